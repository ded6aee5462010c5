"""The parts a fee is composed of: a class each, in a file named as its key in the language."""

from __future__ import annotations

from bedspace.rules.fees.parts.after import After
from bedspace.rules.fees.parts.fixed import Fixed
from bedspace.rules.fees.parts.minimum import Minimum
from bedspace.rules.fees.parts.part import PURPOSES, Charge, Part, Per, Purpose
from bedspace.rules.fees.parts.per_person import PerPerson
from bedspace.rules.fees.parts.per_place import PerPlace
from bedspace.rules.fees.parts.per_use import PerUse
from bedspace.rules.fees.parts.tiers import Tier, Tiers
from bedspace.rules.fees.parts.transport import Transport
from bedspace.rules.fees.parts.yearly import Yearly

_ALL: tuple[type[Part], ...] = (
    Fixed,
    Yearly,
    PerPlace,
    PerUse,
    Transport,
    Minimum,
    Tiers,
    PerPerson,
    After,
)
PARTS: dict[str, type[Part]] = {part.key: part for part in _ALL}
"""Every kind of part by its key in the language, in the order in which the language lists them."""

__all__ = [
    "PARTS",
    "PURPOSES",
    "After",
    "Charge",
    "Fixed",
    "Minimum",
    "Part",
    "Per",
    "PerPerson",
    "PerPlace",
    "PerUse",
    "Purpose",
    "Tier",
    "Tiers",
    "Transport",
    "Yearly",
]

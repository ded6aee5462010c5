"""The register of treaties: who is bound by each, and since when."""

from __future__ import annotations

from datetime import date
from typing import Any

from bedspace.rules.countries import nation
from bedspace.rules.reading import day, read, yes


def names() -> tuple[str, ...]:
    """The treaties in the register."""
    return tuple(_register())


def in_force(treaty: str, one: str, other: str, on: date) -> bool | None:
    """Whether a treaty binds both countries on a day; None when it cannot be told.

    A register that is not complete lists parties only: a country it does not list may still be
    one, so its absence is "not known" and never "no". Where it is `complete` it is "no". A party
    without a day has been one for as long as the register reaches.
    """
    row = _register()[treaty]
    parties = row["parties"]
    pair = [parties.get(id_, parties.get(nation(id_))) for id_ in (one, other)]
    if any(party is None for party in pair):
        return False if yes(row.get("complete", "false"), treaty) else None
    return all(
        (day(party["since"], treaty) or date.min)
        <= on
        < (day(party.get("until"), treaty) or date.max)
        for party in pair
    )


def binds(treaty: str, country: str, on: date) -> bool | None:
    """Whether a treaty binds one country on a day; None when it cannot be told."""
    return in_force(treaty, country, country, on)


def any_in_force(kind: str, one: str, other: str, on: date) -> bool | None:
    """The same for any treaty of a kind: yes when one binds both; None when it cannot be told."""
    known = [
        in_force(id_, one, other, on) for id_, row in _register().items() if row["kind"] == kind
    ]
    if True in known:
        return True
    return False if False in known else None


def _register() -> dict[str, Any]:
    found: dict[str, Any] = read(__package__, "treaties.yaml")
    return found

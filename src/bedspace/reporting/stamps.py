"""Stamps as letters: what a figure rests on, told at the figure and listed once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bedspace.appraisal.figures.figure import (
    ASSUMED_POWER,
    ASSUMPTION,
    OLD_PRICES,
    TAKEN_AS_MET,
    TO_VERIFY,
    UNSOURCED,
    Stamp,
)


@dataclass(frozen=True)
class Kind:
    """A kind of stamp: its letter, its class in the style sheet, and its words: in short, in
    full, of one such stamp and of several."""

    stamp: str
    letter: str
    name: str
    short: str
    means: str
    one: str
    many: str


KINDS = (
    Kind(
        ASSUMED_POWER,
        "P",
        "power",
        "assumed powers",
        "a power that the law does not give is assumed",
        "1 assumed power",
        "{} assumed powers",
    ),
    Kind(
        TAKEN_AS_MET,
        "T",
        "taken",
        "legal conditions taken as met",
        "a legal condition that needs something, or that nobody has decided, is taken as met",
        "1 legal condition taken as met",
        "{} legal conditions taken as met",
    ),
    Kind(
        ASSUMPTION,
        "A",
        "assumption",
        "assumptions",
        "a number that nobody has measured is assumed, with a reason",
        "1 assumption",
        "{} assumptions",
    ),
    Kind(
        UNSOURCED,
        "U",
        "unsourced",
        "numbers without a source",
        "a number has no source and no reason",
        "1 number without a source",
        "{} numbers without a source",
    ),
    Kind(
        OLD_PRICES,
        "O",
        "old",
        "old prices",
        "a price is much older than its use",
        "1 price long before its use",
        "{} prices long before their use",
    ),
    Kind(
        TO_VERIFY,
        "V",
        "verify",
        "rules to be verified",
        "a rule is stated from general knowledge and has still to be read again",
        "1 rule to be verified",
        "{} rules to be verified",
    ),
)
"""The kinds of stamps, the gravest first."""


@dataclass(frozen=True)
class Badge:
    """One kind of stamp, and what it is stamped for."""

    kind: Kind
    about: tuple[str, ...]

    @property
    def letter(self) -> str:
        """The letter that stands at a figure."""
        return self.kind.letter

    @property
    def words(self) -> str:
        """The kind with its count, such as "12 assumptions"."""
        return self.kind.one if len(self.about) == 1 else self.kind.many.format(len(self.about))


def badges(stamps: Iterable[Stamp]) -> tuple[Badge, ...]:
    """Stamps by kind, the gravest first; kinds that are not there are left out."""
    given, found = tuple(stamps), []
    for kind in KINDS:
        about = tuple(stamp.what for stamp in given if stamp.kind == kind.stamp)
        if about:
            found.append(Badge(kind, about))
    return tuple(found)

"""A standard, a reading of a prison's conditions, and a check of the one against the other."""

from __future__ import annotations

from dataclasses import dataclass

DIRECTIONS = ("at least", "at most", "less than", "is true")


@dataclass(frozen=True)
class Standard:
    """What one instrument says of one measure, in our own words.

    `direction` and `threshold` are None for a standard without a number, which no check can
    decide. A standard that is missed only `unless` another (yes or no) reading holds names it:
    22 hours in a cell are solitary confinement only without meaningful contact. `binding` says
    whether it is law for those it `binds`, countries or groups of states; an advisory standard
    binds nobody and is `addressed_to` them.
    """

    id: str
    title: str
    measure: str
    direction: str | None
    threshold: float | None
    unit: str
    applies_to: str
    text: str
    citation: str
    year: int | None
    binding: bool
    binds: tuple[str, ...]
    addressed_to: tuple[str, ...]
    grade: str
    unless: str | None = None

    @property
    def kind(self) -> str:
        """ "binding" or "advisory"."""
        return "binding" if self.binding else "advisory"


@dataclass(frozen=True)
class Reading:
    """What was measured or claimed: a number, or a yes or no; None when nobody has.

    An upper bound is a value that the truth does not exceed, such as a floor area that still has
    the sanitary annexe in it.
    """

    value: float | bool | None
    unit: str
    is_upper_bound: bool = False
    note: str = ""


@dataclass(frozen=True)
class Check:
    """Whether a reading meets a standard: True, False, or None when it cannot be known.

    `binds_receiver` and `binds_sender` say whether the standard is law for either country.
    """

    standard: Standard
    measured: Reading | None
    meets: bool | None
    note: str
    binds_receiver: bool
    binds_sender: bool

"""What happened under an agreement, month by month: what is counted and then invoiced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from bedspace.exceptions import BedspaceError
from bedspace.rules.months import days_in


@dataclass(frozen=True)
class MonthUse:
    """What happened under an agreement in one month.

    `month` is its first day, `days` the days the agreement was active in it, `places` the places
    available on those days, `place_days_used` the sum over days of people held, `movements`
    people moved, either way, `sent` those of them sent for whom a sum a person is due. Where
    `places` changed within a month, give the month twice, one after the other.
    """

    month: date
    days: int
    places: int
    place_days_used: int
    movements: int = 0
    sent: int = 0

    def __post_init__(self) -> None:
        counts = (self.days, self.places, self.place_days_used, self.movements, self.sent)
        if self.month.day != 1:
            raise BedspaceError(f"a month is named by its first day, not {self.month}")
        if any(type(n) is not int or n < 0 for n in counts):
            raise BedspaceError(f"use is counted in whole numbers, none negative: {counts}")
        if self.days > days_in(self.month):
            raise BedspaceError(f"{self.month:%Y-%m} has no {self.days} days")


@dataclass(frozen=True)
class Month:
    """All of one month: one use of it, or several where the places changed within it."""

    uses: tuple[MonthUse, ...]

    @property
    def first(self) -> date:
        """Its first day."""
        return self.uses[0].month

    @property
    def days(self) -> int:
        """Days on which the agreement was active."""
        return sum(use.days for use in self.uses)

    @property
    def place_days_used(self) -> int:
        """The sum over those days of people held."""
        return sum(use.place_days_used for use in self.uses)

    @property
    def movements(self) -> int:
        """People moved, either way."""
        return sum(use.movements for use in self.uses)

    @property
    def sent(self) -> int:
        """Those of them sent for whom a sum a person is due."""
        return sum(use.sent for use in self.uses)


def whole_months(usage: Sequence[MonthUse]) -> tuple[Month, ...]:
    """Use in order of time as whole months, so that no invoice hangs on how a month was parted."""
    found = groupby(usage, key=lambda use: use.month)
    return tuple(Month(tuple(uses)) for _, uses in found)

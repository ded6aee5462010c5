"""What happened under an agreement, month by month: what is counted and then billed."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache

from bedspace.exceptions import BedspaceError


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


@cache
def days_in(month: date) -> int:
    """How many days the month of that date has."""
    return monthrange(month.year, month.month)[1]

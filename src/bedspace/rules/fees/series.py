"""Values by date that hold until the next one: a price index, a rate of exchange."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, Overflow, localcontext
from functools import cached_property, lru_cache

from dateutil.relativedelta import relativedelta

from bedspace.exceptions import BedspaceError
from bedspace.rules.fees.money import EXACT


@dataclass(frozen=True)
class Series:
    """Levels above nought by date, in order. Each holds until the next; the last for as long as the
    one before it did, a single one for a year.

    Raises BedspaceError when there is no value, on dates out of order, or on a level that is not a
    Decimal above nought.
    """

    name: str
    values: tuple[tuple[date, Decimal], ...]

    def __post_init__(self) -> None:
        days = [day for day, _ in self.values]
        if not days:
            raise BedspaceError(f"{self.name} has no values")
        if days != sorted(set(days)):
            raise BedspaceError(f"the dates of {self.name} are not in order")
        for _, level in self.values:
            if not isinstance(level, Decimal) or not level.is_finite() or level <= 0:
                raise BedspaceError(f"a level of {self.name} is a decimal above 0, not {level!r}")

    @property
    def begins(self) -> date:
        """The first day on which it has a level."""
        return self.values[0][0]

    @cached_property
    def ends(self) -> date:
        """The first day on which it has none any more."""
        return reach([day for day, _ in self.values])

    def level(self, on: date) -> Decimal:
        """The level on a day. Raises BedspaceError before it begins and from its end on."""
        if not self.begins <= on < self.ends:
            raise BedspaceError(
                f"{self.name} has no value for {on}: it goes from {self.begins} to {self.ends}"
            )
        return self.values[bisect_right(self.values, on, key=lambda value: value[0]) - 1][1]

    def of_year(self, year: int) -> Decimal:
        """The mean of the levels dated in a year; where none is, the level on its first day."""
        dated = [level for day, level in self.values if day.year == year]
        if not dated:
            return self.level(date(year, 1, 1))
        with localcontext(EXACT):
            return sum(dated, Decimal(0)) / len(dated)


def reach(days: list[date]) -> date:
    """The first day for which values of these dates, in order, say nothing any more."""
    held = relativedelta(days[-1], days[-2]) if len(days) > 1 else relativedelta(years=1)
    return days[-1] + held


def growth(indexed: Decimal | Series, year: int, to: int) -> Decimal:
    """What a price of one calendar year is multiplied by in another, which may be an earlier one.

    A share compounds: (1 + share) to the number of years. An index gives its mean level of the
    one year over that of the other.
    """
    with localcontext(EXACT):
        if isinstance(indexed, Decimal):
            return (1 + indexed) ** (to - year)
        return indexed.of_year(to) / indexed.of_year(year)


@lru_cache(maxsize=1 << 14)  # every member of an ensemble asks for the same months
def anniversaries(start: date, on: date) -> int:
    """Anniversaries of `start` passed by `on`, none before it. Of a 29 February it is the 28th
    where there is no 29th, as dateutil counts."""
    return max(relativedelta(on, start).years, 0)


def factor(indexed: Decimal | Series, start: date, on: date) -> Decimal:
    """What a price of `start` is multiplied by on `on`; it steps on anniversaries of `start`.

    A share compounds: (1 + share) to the number of anniversaries. An index gives its level on the
    last anniversary over its level at the start. Raises BedspaceError where an index has no level
    for a day, or a share grows beyond all counting.
    """
    if isinstance(indexed, Decimal) and not indexed:
        return Decimal(1)
    years = anniversaries(start, on)
    with localcontext(EXACT):
        if isinstance(indexed, Decimal):
            try:
                return (1 + indexed) ** years
            except Overflow:
                raise BedspaceError(
                    f"a price that rises by {indexed * 100:.3g} % a year cannot be counted after "
                    f"{years} years: lower the index"
                ) from None
        if not years:
            return Decimal(1)
        return indexed.level(start + relativedelta(years=years)) / indexed.level(start)

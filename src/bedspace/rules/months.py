"""Calendar months: the first of a month, and a time cut where months begin."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from functools import cache

from bedspace.exceptions import BedspaceError


def months_after(day: date, months: int) -> date:
    """The first day of the month so many months after a day's. Raises BedspaceError where that is
    later than a date can be."""
    years, month = divmod(day.month - 1 + months, 12)
    try:
        return date(day.year + years, month + 1, 1)
    except (OverflowError, ValueError):
        raise BedspaceError(f"{months} months after {day} is later than the year 9999") from None


def next_month(day: date) -> date:
    """The first day of the month after a day's."""
    return months_after(day, 1)


def by_month(first: date, end: date) -> Iterator[tuple[date, date]]:
    """The days from `first` to the one before `end`, cut where a month begins: each part's first
    day, and the day after its last."""
    while first < end:
        there = min(next_month(first), end)
        yield first, there
        first = there


@cache
def days_in(month: date) -> int:
    """How many days the month of that date has."""
    return monthrange(month.year, month.month)[1]

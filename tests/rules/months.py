"""Months of use that several tests of fees invoice."""

from datetime import date

from bedspace.rules import fees


def full_months(first: date, count: int, places: int, held: int) -> list[fees.MonthUse]:
    """So many whole months from the first of one, with `held` people on every day."""
    months = []
    for n in range(count):
        month = date(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1, 1)
        after = date(month.year + month.month // 12, month.month % 12 + 1, 1)
        days = (after - month).days
        months.append(fees.MonthUse(month, days, places, held * days))
    return months

"""Prices made from schedules and invoices: what was announced, what was paid, where it breaks even.

Prices are exact Decimals, not rounded to the cent: they are quotients, and only sums are paid.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal, localcontext

from dateutil.relativedelta import relativedelta

from bedspace.exceptions import BedspaceError
from bedspace.rules.fees.invoicing import Invoice
from bedspace.rules.fees.money import QUOTIENT, Money
from bedspace.rules.fees.parts.part import DAYS_A_YEAR, Part, Purpose
from bedspace.rules.fees.schedule import Schedule
from bedspace.rules.fees.series import anniversaries, factor

FEE: tuple[Purpose, ...] = ("fee",)


def headline_price(
    schedule: Schedule,
    places: int,
    term_days: int,
    purposes: tuple[Purpose, ...] = FEE,
    start: date | None = None,
) -> Money:
    """The price a place-day as announced: every place used on every day of the term.

    (fixed sums + yearly sums x term / 365.25 d + daily prices) / (places x term), without what is
    for another purpose, such as transport or aid, as announcements are made; `purposes` can ask
    for more of them. A price by the month counts twelve times a year. Sums for each movement or
    person sent are left out. With `start`, the first day of the term, each year of it counts at
    its own price, as an index on the part has it; without, all at first-year prices. Raises
    BedspaceError unless both counts are positive, or where an index does not reach.
    """
    if places <= 0 or term_days <= 0:
        raise BedspaceError("a headline price needs at least one place and one day")
    with localcontext(QUOTIENT):
        full, total = Decimal(places), Decimal(0)
        for part in schedule.parts:
            if part.purpose not in purposes:
                continue
            if part.once:
                total += sum(price.amount for price in part.prices)
            for days, times in _years(part, term_days, start):
                total += part.recurring(full, full, days) * times
        return Money(total / (places * term_days), schedule.currency)


def price_used(invoice: Invoice, place_days_used: int) -> Money | None:
    """What a place-day that was really used came to; None when none was used."""
    if place_days_used < 0:
        raise BedspaceError("place-days used are not negative")
    if place_days_used == 0:
        return None
    with localcontext(QUOTIENT):
        return Money(invoice.total / place_days_used, invoice.currency)


def yearly_fee(schedule: Schedule, places: int, held: Decimal) -> Money:
    """The fee of a year of 365.25 days with `places` available and `held` people in them.

    First-year prices, whatever they are for; sums due once and sums for each movement or person
    sent are left out, since none recurs by the day.
    """
    if places < 0 or held < 0:
        raise BedspaceError("places and people held are not negative")
    with localcontext(QUOTIENT):
        each = (p.recurring(Decimal(places), held, DAYS_A_YEAR) for p in schedule.parts)
        return Money(sum(each, Decimal(0)), schedule.currency)


def _years(part: Part, term: int, start: date | None) -> Iterator[tuple[Decimal, Decimal]]:
    """(days, what its prices are multiplied by) for each year of the term, from its start."""
    if start is None or not part.recurs:
        yield Decimal(term), Decimal(1)
        return
    end = start + timedelta(term)
    for year in range(anniversaries(start, end - timedelta(1)) + 1):
        first = start + relativedelta(years=year)
        # The last year has no anniversary after it, which might be beyond the year 9999.
        days = (_next(start, year, end) - first).days
        yield Decimal(days), factor(part.rise, start, first)


def _next(start: date, year: int, end: date) -> date:
    try:
        return min(start + relativedelta(years=year + 1), end)
    except (OverflowError, ValueError):
        return end

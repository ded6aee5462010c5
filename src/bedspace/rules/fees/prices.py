"""Prices made from schedules and invoices: what was announced, what was paid, where it breaks even.

Prices are exact Decimals, not rounded to the cent: they are quotients, and only sums are paid.
"""

from __future__ import annotations

from decimal import Decimal, localcontext

from bedspace.exceptions import BedspaceError
from bedspace.rules.fees.invoicing import EXACT, Invoice
from bedspace.rules.fees.parts import Fixed, Minimum, Money, PerPlace, PerUse, Schedule, Yearly

DAYS_A_YEAR = Decimal("365.25")


def headline_price(schedule: Schedule, places: int, term_days: int) -> Money:
    """The price a place-day as announced: every place used on every day of the term.

    (fixed sums + yearly sums x term / 365.25 d + daily prices) / (places x term), at first-year
    prices and without transport, as announcements are made. Raises BedspaceError unless both
    counts are positive.
    """
    if places <= 0 or term_days <= 0:
        raise BedspaceError("a headline price needs at least one place and one day")
    with localcontext(EXACT):
        place_days = Decimal(places) * term_days
        years = Decimal(term_days) / DAYS_A_YEAR
        total = Decimal(0)
        for part in schedule.parts:
            match part:
                case Fixed():
                    total += part.price.amount
                case Yearly():
                    total += part.price.amount * years
                case PerPlace() | PerUse():
                    total += part.price.amount * place_days
                case Minimum():
                    total += part.price.amount * max(places, part.places) * term_days
        return Money(total / place_days, schedule.currency)


def price_used(bill: Invoice, place_days_used: int) -> Money | None:
    """What a place-day that was really used came to; None when none was used."""
    if place_days_used < 0:
        raise BedspaceError("place-days used are not negative")
    if place_days_used == 0:
        return None
    with localcontext(EXACT):
        return Money(bill.total / place_days_used, bill.currency)


def yearly_fee(schedule: Schedule, places: int, held: Decimal) -> Money:
    """The fee of a year of 365.25 days with `places` available and `held` people in them.

    First-year prices; sums due once and transport are left out, since neither recurs by the day.
    """
    if places < 0 or held < 0:
        raise BedspaceError("places and people held are not negative")
    with localcontext(EXACT):
        total = Decimal(0)
        for part in schedule.parts:
            match part:
                case Yearly():
                    total += part.price.amount
                case PerPlace():
                    total += part.price.amount * places * DAYS_A_YEAR
                case PerUse():
                    total += part.price.amount * held * DAYS_A_YEAR
                case Minimum():
                    total += part.price.amount * max(held, Decimal(part.places)) * DAYS_A_YEAR
        return Money(total, schedule.currency)


def break_even(cost: Money, avoided: Money) -> Decimal:
    """How many units avoided at `avoided` each pay for `cost`: people held, or place-days.

    Raises BedspaceError on two currencies, or when nothing is avoided, since nothing then pays.
    """
    if cost.currency != avoided.currency:
        raise BedspaceError(f"{cost.currency} and {avoided.currency} cannot be compared")
    if avoided.amount <= 0:
        raise BedspaceError("there is no break-even when a unit avoids nothing")
    with localcontext(EXACT):
        return cost.amount / avoided.amount

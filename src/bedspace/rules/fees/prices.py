"""Prices made from schedules and invoices: what was announced, what was paid, where it breaks even.

Prices are exact Decimals, not rounded to the cent: they are quotients, and only sums are paid.
"""

from __future__ import annotations

from decimal import Decimal, localcontext

from bedspace.exceptions import BedspaceError
from bedspace.rules.fees.invoicing import Invoice
from bedspace.rules.fees.money import EXACT, Money
from bedspace.rules.fees.parts import (
    Fixed,
    Minimum,
    Part,
    Per,
    PerPlace,
    PerUse,
    Purpose,
    Schedule,
    Tiers,
    Yearly,
)

DAYS_A_YEAR = Decimal("365.25")
FEE: tuple[Purpose, ...] = ("fee",)


def headline_price(
    schedule: Schedule, places: int, term_days: int, purposes: tuple[Purpose, ...] = FEE
) -> Money:
    """The price a place-day as announced: every place used on every day of the term.

    (fixed sums + yearly sums x term / 365.25 d + daily prices) / (places x term), at first-year
    prices and without what is for another purpose, such as transport or aid, as announcements are
    made; `purposes` can ask for more of them. A price by the month counts twelve times a year.
    Sums for each movement or person sent are left out. Raises BedspaceError unless both counts are
    positive.
    """
    if places <= 0 or term_days <= 0:
        raise BedspaceError("a headline price needs at least one place and one day")
    with localcontext(EXACT):
        total, days = Decimal(0), Decimal(term_days)
        for part in schedule.parts:
            if part.purpose not in purposes:
                continue
            if isinstance(part, Fixed):
                total += part.price.amount
            else:
                total += recurring(part, Decimal(places), Decimal(places), days)
        return Money(total / (places * days), schedule.currency)


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

    First-year prices, whatever they are for; sums due once and sums for each movement or person
    sent are left out, since none recurs by the day.
    """
    if places < 0 or held < 0:
        raise BedspaceError("places and people held are not negative")
    with localcontext(EXACT):
        each = (recurring(p, Decimal(places), held, DAYS_A_YEAR) for p in schedule.parts)
        return Money(sum(each, Decimal(0)), schedule.currency)


def recurring(part: Part, places: Decimal, held: Decimal, days: Decimal) -> Decimal:
    """What a part asks over so many days at first-year prices, a year being 365.25 days and twelve
    months; nought for sums due once, by movement or by person sent."""
    match part:
        case Yearly():
            return part.price.amount * days / DAYS_A_YEAR
        case PerPlace():
            return part.price.amount * places * _times(part.per, days)
        case PerUse():
            return part.price.amount * held * _times(part.per, days)
        case Minimum():
            least = Decimal(part.places or 0) if part.share is None else part.share * places
            return part.price.amount * max(held, least) * _times(part.per, days)
        case Tiers():
            return _tiered(part, held) * _times(part.per, days)
    return Decimal(0)


def _times(per: Per, days: Decimal) -> Decimal:
    return days if per == "day" else 12 * days / DAYS_A_YEAR


def _tiered(part: Tiers, held: Decimal) -> Decimal:
    """What so many people cost for one day or month."""
    total, low = Decimal(0), Decimal(0)
    for tier in part.tiers:
        top = held if tier.upto is None else min(held, Decimal(tier.upto))
        if part.whole and (tier.upto is None or held <= tier.upto):
            return held * tier.price.amount
        total += max(top - low, Decimal(0)) * tier.price.amount
        low = max(top, low)
    return total

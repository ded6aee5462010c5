"""From a part of a fee and what happened to quantities at a price, before any index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import ROUND_DOWN, Decimal
from itertools import accumulate, groupby
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from bedspace.rules.fees.money import Money, minor_unit
from bedspace.rules.fees.parts import (
    After,
    Fixed,
    Minimum,
    Part,
    Per,
    PerPerson,
    PerPlace,
    PerUse,
    Tier,
    Tiers,
    Transport,
    Yearly,
)
from bedspace.rules.fees.use import MonthUse, days_in

KINDS: dict[type, str] = {
    Fixed: "fixed",
    Yearly: "yearly",
    PerPlace: "per_place",
    PerUse: "per_use",
    Transport: "transport",
    Minimum: "minimum",
    Tiers: "tiers",
    PerPerson: "per_person",
    After: "after",
}
"""What each part is called, as the scenario language writes it."""

ONE = Decimal(1)


class Charge(NamedTuple):
    """So much of something at a price of the start, in a month; `priced` is the day whose index
    holds."""

    month: date
    quantity: Decimal
    unit: str
    price: Money
    priced: date


def charges(part: Part, usage: Sequence[MonthUse]) -> Iterator[Charge]:
    """What a part asks for all of `usage`, which is in order of time. Quantities of nought are
    among them."""
    match part:
        case Fixed():
            for i, price in enumerate(instalments(part.price, part.months)):
                month = (part.on + relativedelta(months=i)).replace(day=1)
                unit = "sum" if part.months == 1 else "instalment"
                yield Charge(month, ONE, unit, price, month)
        case After():
            yield from _after(part, usage)
        case PerPerson():
            yield from _per_person(part, usage)
        case Tiers():
            for use in _whole_months(usage):
                yield from monthly(part, use)
        case _:
            for use in usage:
                yield from monthly(part, use)


def monthly(part: Part, use: MonthUse) -> Iterator[Charge]:
    """What a part asks for one month; nothing for parts that are due once."""
    month = use.month
    match part:
        case Yearly():
            price = Money(part.price.amount / 12, part.price.currency)
            active = Decimal(use.days) / days_in(month)
            yield Charge(month, active, "months", price, month)
        case PerPlace():
            there, unit = _counted(use.places * use.days, part.per, use)
            yield Charge(month, there, f"place-{unit} available", part.price, month)
        case PerUse():
            used, unit = _counted(use.place_days_used, part.per, use)
            yield Charge(month, used, f"place-{unit} used", part.price, month)
        case Minimum():
            least = part.places if part.share is None else part.share * use.places
            floor = Decimal(least or 0) * use.days
            billed, unit = _counted(max(Decimal(use.place_days_used), floor), part.per, use)
            why = "used" if use.place_days_used >= floor else "at least"
            yield Charge(month, billed, f"place-{unit} {why}", part.price, month)
        case Tiers():
            for tier, low, inside in bands(part, use):
                used, unit = _counted(inside, part.per, use)
                band = f"above {low}" if tier.upto is None else f"{low} to {tier.upto}"
                yield Charge(month, used, f"place-{unit}, {band} held", tier.price, month)
        case Transport():
            yield Charge(month, Decimal(use.movements), "movements", part.price, month)


def bands(part: Tiers, use: MonthUse) -> Iterator[tuple[Tier, int, Decimal]]:
    """(tier, where it begins, place-days billed at it) for one month, lowest first."""
    used, low = Decimal(use.place_days_used), 0
    for tier in part.tiers:
        left = max(used - low * use.days, Decimal(0))
        room = left if tier.upto is None else Decimal((tier.upto - low) * use.days)
        if part.whole:
            reached = tier.upto is None or used <= tier.upto * use.days
            below = low == 0 or used > low * use.days
            yield tier, low, used if reached and below else Decimal(0)
        else:
            yield tier, low, min(left, room)
        low = tier.upto or low


def instalments(price: Money, months: int) -> tuple[Money, ...]:
    """A sum in equal monthly parts, rounded down; the last takes what that leaves."""
    each = (price.amount / months).quantize(minor_unit(price.currency), ROUND_DOWN)
    last = price.amount - each * (months - 1)
    return (*[Money(each, price.currency)] * (months - 1), Money(last, price.currency))


def _counted(place_days: Decimal | int, per: Per, use: MonthUse) -> tuple[Decimal, str]:
    """Place-days as they are, or as average places over the whole month."""
    count = Decimal(place_days)
    return (count, "days") if per == "day" else (count / days_in(use.month), "months")


def _whole_months(usage: Sequence[MonthUse]) -> Iterator[MonthUse]:
    """One use a month where a change of places has parted it: a band is of the month's average."""
    for month, found in groupby(usage, key=lambda use: use.month):
        parts = list(found)
        days, used = (
            sum(n) for n in zip(*((u.days, u.place_days_used) for u in parts), strict=True)
        )
        yield MonthUse(month, days, parts[-1].places, used)


def _after(part: After, usage: Sequence[MonthUse]) -> Iterator[Charge]:
    sent = accumulate(use.sent for use in usage)
    for use, so_far in zip(usage, sent, strict=True):
        if so_far >= part.people and so_far - use.sent < part.people:
            yield Charge(use.month, ONE, f"sum, {part.people} people sent", part.price, use.month)
            return


def _per_person(part: PerPerson, usage: Sequence[MonthUse]) -> Iterator[Charge]:
    parts = instalments(part.price, part.months)
    for use in usage:
        for i, price in enumerate(parts):
            month = use.month + relativedelta(months=i)
            unit = "people sent" if part.months == 1 else f"people sent {use.month:%Y-%m}"
            yield Charge(month, Decimal(use.sent), unit, price, use.month)

"""Where renting a place costs as much as not renting it: people held, or what is avoided at home.

Fees are those of a year of 365.25 days at first-year prices, without transport (`yearly_fee`). What
is due once comes on top, spread evenly over the years of the term (`once_a_year`).
"""

from __future__ import annotations

from decimal import Decimal, localcontext

from bedspace.exceptions import BedspaceError
from bedspace.rules.fees import Money, Schedule, rounded, yearly_fee
from bedspace.rules.fees.money import QUOTIENT

YEAR = Decimal("365.25")


def once_a_year(schedule: Schedule, years: Decimal) -> Money:
    """The sums of a schedule that are due once, spread evenly over `years`; without interest.

    Raises BedspaceError unless `years` is positive.
    """
    if years <= 0:
        raise BedspaceError("sums are spread over a positive number of years")
    once = (price.amount for part in schedule.parts if part.once for price in part.prices)
    with localcontext(QUOTIENT):
        return Money(sum(once, Decimal(0)) / years, schedule.currency)


def fewest_held(
    schedule: Schedule, places: int, avoided: Money, once: Money | None = None
) -> int | None:
    """The fewest people, held all year, at which renting `places` costs no more than it avoids.

    `avoided` is what one person-day less at home saves and `once` what comes on top of the yearly
    fee. None where even every place in use does not pay. Whole people, so 221.7 gives 222.

    Looked for in whole numbers from 1 up to `places`, at sixteen steps and then by halving: a fee
    whose cost a person falls and rises again within one such step could hide an earlier answer.
    Raises BedspaceError on two currencies.
    """

    def pays(held: int) -> bool:
        # Rounded as it is paid, so that a price a month as a price a day loses nobody a place.
        home = rounded(avoided.amount * held * YEAR, avoided.currency)
        return rounded(_cost(schedule, places, held, once), avoided.currency) <= home

    _same(schedule, avoided, once)
    with localcontext(QUOTIENT):
        steps = sorted({max(places * i // 16, 1) for i in range(1, 17)}) if places > 0 else []
        below = 0
        for held in steps:
            if pays(held):
                while held - below > 1:
                    middle = (held + below) // 2
                    held, below = (middle, below) if pays(middle) else (held, middle)
                return held
            below = held
    return None


def least_avoided(schedule: Schedule, places: int, held: int, once: Money | None = None) -> Money:
    """What a person-day at home must avoid for renting to pay while `held` people use `places`.

    Exact, not rounded. Raises BedspaceError on two currencies, or when nobody is held.
    """
    _same(schedule, once)
    if held <= 0:
        raise BedspaceError("with nobody held no cost at home is enough")
    with localcontext(QUOTIENT):
        cost = _cost(schedule, places, held, once)
        return Money(cost / (held * YEAR), schedule.currency)


def person_month(price: Money) -> Money:
    """A price of a person-day as one of a person-month, a twelfth of 365.25 days."""
    with localcontext(QUOTIENT):
        return Money(price.amount * YEAR / 12, price.currency)


def _cost(schedule: Schedule, places: int, held: int, once: Money | None) -> Decimal:
    yearly = yearly_fee(schedule, places, Decimal(held)).amount
    return yearly + (once.amount if once else Decimal(0))


def _same(schedule: Schedule, *others: Money | None) -> None:
    for money in others:
        if money is not None and money.currency != schedule.currency:
            raise BedspaceError(f"{schedule.currency} and {money.currency} cannot be compared")

"""Present values: what sums of several years are worth in the first of them.

Sums of the first year are not discounted, those of the n-th year after it n times; where a rate
falls with time each year is discounted at its own step (as the tables of the Green Book are made).
Nothing is rounded, so that at 0 % the value is the plain sum.

One convention: a nominal rate discounts money as it is paid, a real rate money at the prices of one
year. So what is discounted at a real rate is first restated (`at_prices_of`) at the prices of the
year that it is valued in.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, localcontext

from bedspace.exceptions import BedspaceError
from bedspace.rules.discounting.rates import DiscountRate
from bedspace.rules.fees import Series

DIGITS = 40


def factor(rate: DiscountRate | None, years: int) -> Decimal:
    """What one unit `years` later is worth now; 1 without a rate. BedspaceError before now."""
    if years < 0:
        raise BedspaceError("money is discounted from later years, not from earlier ones")
    with localcontext(prec=DIGITS):
        found = Decimal(1)
        for year in range(1, years + 1):
            found /= 1 + (rate.step(year).rate if rate else Decimal(0))
        return found


def present_value(rate: DiscountRate | None, flows: Mapping[int, Decimal], base: int) -> Decimal:
    """The value in calendar year `base` of sums by calendar year, none of them earlier.

    Without a rate it is the plain sum, exactly.
    """
    with localcontext(prec=DIGITS):
        return sum((s * factor(rate, year - base) for year, s in flows.items()), Decimal(0))


def at_prices_of(flows: Mapping[int, Decimal], deflator: Series, base: int) -> dict[int, Decimal]:
    """Sums of later years at the prices of calendar year `base`: each x the year's level / its own.

    Raises BedspaceError where the deflator says nothing of a year.
    """
    with localcontext(prec=DIGITS):
        level = deflator.of_year(base)
        return {year: s * level / deflator.of_year(year) if s else s for year, s in flows.items()}

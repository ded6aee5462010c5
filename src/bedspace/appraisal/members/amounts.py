"""Exact amounts of the scenario's money and time: never through a float."""

from __future__ import annotations

from decimal import Decimal, localcontext

from bedspace.scenario import Quantity
from bedspace.scenario.values.quantities import DAYS_A_YEAR

YEAR = Decimal(repr(DAYS_A_YEAR))
"""Days of a year."""


def money(quantity: Quantity) -> Decimal:
    """The exact amount of money."""
    return quantity.amount if quantity.amount is not None else exact(quantity.value)


def a_day(quantity: Quantity) -> Decimal:
    """Money a day; what is written by the month is a twelfth of 365.25 days of it."""
    with localcontext(prec=40):
        each = Decimal(12) / exact(DAYS_A_YEAR) if quantity.unit.endswith("/month") else Decimal(1)
        return money(quantity) * each


def exact(value: float) -> Decimal:
    """A float as the shortest decimal that stands for it."""
    return Decimal(repr(float(value)))

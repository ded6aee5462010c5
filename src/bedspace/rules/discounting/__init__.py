"""What money of later years is worth today under rates that states name for themselves."""

from bedspace.rules.discounting.rates import DiscountRate, Maturity, Step, in_force, rates
from bedspace.rules.discounting.value import at_prices_of, factor, present_value

__all__ = [
    "DiscountRate",
    "Maturity",
    "Step",
    "at_prices_of",
    "factor",
    "in_force",
    "present_value",
    "rates",
]

"""What money of later years is worth today under rates that states name for themselves."""

from bedspace.rules.discounting.rates import DiscountRate, Step, in_force, rates
from bedspace.rules.discounting.value import factor, present_value

__all__ = ["DiscountRate", "Step", "factor", "in_force", "present_value", "rates"]

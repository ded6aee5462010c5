"""A sum for each year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bedspace.rules.fees.money import Money
from bedspace.rules.fees.parts.part import DAYS_A_YEAR, NONE, Charge, Indexed, Part
from bedspace.rules.fees.use import Month
from bedspace.rules.months import days_in


@dataclass(frozen=True)
class Yearly(Part):
    """A sum for each year, whatever is used; paid by the month, a twelfth each."""

    key = "yearly"
    words = "yearly sum"
    recurs = True
    once = False
    hangs_on_use = False
    hangs_on_places = False
    goes_on = True
    refunded = False

    price: Money
    indexed: Indexed = NONE

    def charges(self, months: Sequence[Month]) -> Iterator[Charge]:
        """A twelfth for each month, by its active days."""
        price = Money(self.price.amount / 12, self.price.currency)
        for month in months:
            active = Decimal(month.days) / days_in(month.first)
            yield Charge(month.first, active, "months", price, month.first)

    def recurring(self, places: Decimal, held: Decimal, days: Decimal) -> Decimal:
        """The sum by the year."""
        return self.price.amount * days / DAYS_A_YEAR

"""A sum due on a date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bedspace.rules.fees.money import Money
from bedspace.rules.fees.parts.instalments import check_instalments, instalments
from bedspace.rules.fees.parts.part import NONE, ONE, Charge, Part
from bedspace.rules.fees.use import Month
from bedspace.rules.months import months_after


@dataclass(frozen=True)
class Fixed(Part):
    """A sum due on a date, at once or in equal monthly instalments from it."""

    key = "fixed"
    words = "sums due once"
    recurs = False
    once = True
    hangs_on_use = False
    hangs_on_places = False
    goes_on = False
    refunded = True

    price: Money
    on: date
    months: int = 1

    def charges(self, months: Sequence[Month]) -> Iterator[Charge]:
        """The sum, or each instalment."""
        unit = "sum" if self.months == 1 else "instalment"
        for i, price in enumerate(instalments(self.price, self.months)):
            month = months_after(self.on, i)
            yield Charge(month, ONE, unit, price, month)

    def recurring(self, places: Decimal, held: Decimal, days: Decimal) -> Decimal:
        """Nought: it does not come again."""
        return NONE

    def owed(self, end: date) -> bool:
        """Not when the agreement has ended by its date."""
        return self.on < end

    def check(self) -> None:
        """Raises BedspaceError on a number of instalments that cannot be."""
        check_instalments(self.months)

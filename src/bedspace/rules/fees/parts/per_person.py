"""A price for each person sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bedspace.rules.fees.money import Money
from bedspace.rules.fees.parts.instalments import check_instalments, instalments
from bedspace.rules.fees.parts.part import NONE, Charge, Indexed, Part
from bedspace.rules.fees.use import Month
from bedspace.rules.months import months_after


@dataclass(frozen=True)
class PerPerson(Part):
    """A price for each person sent, in the month of sending or in monthly instalments from it."""

    key = "per_person"
    words = "for each person sent"
    recurs = False
    once = False
    hangs_on_use = True
    hangs_on_places = False
    goes_on = False
    refunded = False

    price: Money
    indexed: Indexed = NONE
    months: int = 1

    def charges(self, months: Sequence[Month]) -> Iterator[Charge]:
        """Each instalment for those sent in each month, at the price of that month."""
        parts = instalments(self.price, self.months)
        for month in months:
            unit = "people sent" if self.months == 1 else f"people sent {month.first:%Y-%m}"
            if not month.sent:
                continue
            for i, price in enumerate(parts):
                due = months_after(month.first, i)
                yield Charge(due, Decimal(month.sent), unit, price, month.first)

    def recurring(self, places: Decimal, held: Decimal, days: Decimal) -> Decimal:
        """Nought: how many are sent does not follow from how many are held."""
        return NONE

    def check(self) -> None:
        """Raises BedspaceError on a number of instalments that cannot be."""
        check_instalments(self.months)

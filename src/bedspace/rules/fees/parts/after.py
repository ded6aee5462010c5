"""A sum due once so many people have been sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bedspace.rules.fees.money import Money
from bedspace.rules.fees.parts.part import NONE, ONE, Charge, Part
from bedspace.rules.fees.use import Month


@dataclass(frozen=True)
class After(Part):
    """A sum due once in the month in which so many people have been sent."""

    key = "after"
    words = "due after so many were sent"
    recurs = False
    once = False
    hangs_on_use = True
    hangs_on_places = False
    goes_on = False
    refunded = False

    people: int
    price: Money

    def charges(self, months: Sequence[Month]) -> Iterator[Charge]:
        """The sum, in the month in which the number is reached."""
        so_far = 0
        for month in months:
            before, so_far = so_far, so_far + month.sent
            if before < self.people <= so_far:
                unit = f"sum, {self.people} people sent"
                yield Charge(month.first, ONE, unit, self.price, month.first)

    def recurring(self, places: Decimal, held: Decimal, days: Decimal) -> Decimal:
        """Nought: it does not come again."""
        return NONE

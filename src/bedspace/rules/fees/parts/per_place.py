"""A price for each place available."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bedspace.rules.fees.money import Money
from bedspace.rules.fees.parts.part import NONE, Charge, Indexed, Part, Per, counted, times
from bedspace.rules.fees.use import Month


@dataclass(frozen=True)
class PerPlace(Part):
    """A price for each place that is kept available, used or not."""

    key = "per_place"
    words = "for places kept"
    recurs = True
    once = False
    hangs_on_use = False
    hangs_on_places = True
    goes_on = True
    refunded = False

    price: Money
    indexed: Indexed = NONE
    per: Per = "day"

    def charges(self, months: Sequence[Month]) -> Iterator[Charge]:
        """A line for each number of places that a month has."""
        for month in months:
            for use in month.uses:
                there, unit = counted(use.places * use.days, self.per, month.first)
                yield Charge(month.first, there, f"place-{unit} available", self.price, month.first)

    def recurring(self, places: Decimal, held: Decimal, days: Decimal) -> Decimal:
        """Every place."""
        return self.price.amount * places * times(self.per, days)

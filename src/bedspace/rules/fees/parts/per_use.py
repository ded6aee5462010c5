"""A price for each place used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bedspace.rules.fees.money import Money
from bedspace.rules.fees.parts.part import NONE, Charge, Indexed, Part, Per, counted, times
from bedspace.rules.fees.use import Month


@dataclass(frozen=True)
class PerUse(Part):
    """A price for each place used."""

    key = "per_use"
    words = "for places used"
    recurs = True
    once = False
    hangs_on_use = True
    hangs_on_places = False
    goes_on = False
    refunded = False

    price: Money
    indexed: Indexed = NONE
    per: Per = "day"

    def charges(self, months: Sequence[Month]) -> Iterator[Charge]:
        """The places used in each month."""
        for month in months:
            used, unit = counted(month.place_days_used, self.per, month.first)
            yield Charge(month.first, used, f"place-{unit} used", self.price, month.first)

    def recurring(self, places: Decimal, held: Decimal, days: Decimal) -> Decimal:
        """Everybody held."""
        return self.price.amount * held * times(self.per, days)

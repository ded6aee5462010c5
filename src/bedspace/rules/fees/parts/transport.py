"""A price for each person moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from bedspace.rules.fees.money import Money
from bedspace.rules.fees.parts.part import NONE, Charge, Indexed, Part, Purpose
from bedspace.rules.fees.use import Month


@dataclass(frozen=True)
class Transport(Part):
    """A price for each movement of one person, each way."""

    key = "transport"
    words = "moving people"
    recurs = False
    once = False
    hangs_on_use = True
    hangs_on_places = False
    goes_on = False
    refunded = False

    price: Money
    indexed: Indexed = NONE
    purpose: Purpose = field(default="transport", kw_only=True)

    def charges(self, months: Sequence[Month]) -> Iterator[Charge]:
        """The movements of each month."""
        for month in months:
            moved = Decimal(month.movements)
            yield Charge(month.first, moved, "movements", self.price, month.first)

    def recurring(self, places: Decimal, held: Decimal, days: Decimal) -> Decimal:
        """Nought: how many are moved does not follow from how many are held."""
        return NONE

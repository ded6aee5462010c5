"""A price for each place used, with a guarantee."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from bedspace.exceptions import BedspaceError
from bedspace.rules.fees.money import Money
from bedspace.rules.fees.parts.part import NONE, Charge, Indexed, Part, Per, counted, times
from bedspace.rules.fees.use import Month


@dataclass(frozen=True)
class Minimum(Part):
    """A price for each place used, invoiced for at least so many `places` on average over the
    active days of a month, or for at least that `share` of the places available; one of the two."""

    key = "minimum"
    words = "for places used, with a minimum"
    recurs = True
    once = False
    hangs_on_use = True
    hangs_on_places = True
    goes_on = True
    refunded = False

    places: int | None
    price: Money
    indexed: Indexed = NONE
    per: Per = "day"
    share: Decimal | None = None

    def charges(self, months: Sequence[Month]) -> Iterator[Charge]:
        """What is used in each month or what is guaranteed in it, whichever is more."""
        for month in months:
            used = Decimal(month.place_days_used)
            floor = sum((self._least(u.places) * u.days for u in month.uses), NONE)
            invoiced, unit = counted(max(used, floor), self.per, month.first)
            why = "used" if used >= floor else "at least"
            yield Charge(month.first, invoiced, f"place-{unit} {why}", self.price, month.first)

    def recurring(self, places: Decimal, held: Decimal, days: Decimal) -> Decimal:
        """Everybody held, or the guarantee."""
        invoiced = max(held, self._least(places))
        return self.price.amount * invoiced * times(self.per, days)

    def guaranteed(self, places: int) -> int:
        """The guarantee in whole people, a part of one counting as one."""
        return int(self._least(places).to_integral_value(ROUND_CEILING))

    def check(self) -> None:
        """Raises BedspaceError unless it is one guarantee, and one that can be."""
        if (self.places is None) == (self.share is None):
            raise BedspaceError("a minimum is a number of places or a share of them")
        if self.places is not None and self.places < 0:
            raise BedspaceError(f"a minimum is not negative: {self.places} places")
        if self.share is not None and not 0 <= self.share <= 1:
            raise BedspaceError(f"a minimum is a share from 0 to 1, not {self.share}")

    def _least(self, places: Decimal | int) -> Decimal:
        return Decimal(self.places or 0) if self.share is None else self.share * places

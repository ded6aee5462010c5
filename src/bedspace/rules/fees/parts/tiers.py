"""Prices by bands of the people held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from bedspace.exceptions import BedspaceError
from bedspace.rules.fees.money import Money
from bedspace.rules.fees.parts.part import NONE, Charge, Indexed, Part, Per, counted, times
from bedspace.rules.fees.use import Month


@dataclass(frozen=True)
class Tier:
    """A band of people held: above the band before it, up to `upto` (None: any number)."""

    upto: int | None
    price: Money


@dataclass(frozen=True)
class Tiers(Part):
    """Prices by bands of the people held on average over the days of a month.

    By band (`whole` False) only the part of the use that lies in a band is invoiced at its price,
    so that the sum never jumps. `whole`: all of it at the price of the band the average reaches.
    """

    key = "tiers"
    words = "for places used, by bands"
    recurs = True
    once = False
    hangs_on_use = True
    hangs_on_places = False
    goes_on = False
    refunded = False

    tiers: tuple[Tier, ...]
    indexed: Indexed = NONE
    per: Per = "day"
    whole: bool = False

    @property
    def prices(self) -> tuple[Money, ...]:
        """That of each band."""
        return tuple(tier.price for tier in self.tiers)

    def charges(self, months: Sequence[Month]) -> Iterator[Charge]:
        """A line for each band in each month."""
        for month in months:
            for tier, low, inside in self._bands(Decimal(month.place_days_used), month.days):
                used, unit = counted(inside, self.per, month.first)
                band = f"above {low}" if tier.upto is None else f"{low} to {tier.upto}"
                yield Charge(
                    month.first, used, f"place-{unit}, {band} held", tier.price, month.first
                )

    def recurring(self, places: Decimal, held: Decimal, days: Decimal) -> Decimal:
        """Everybody held, each in their band."""
        a_day = sum((inside * tier.price.amount for tier, _, inside in self._bands(held, 1)), NONE)
        return a_day * times(self.per, days)

    def check(self) -> None:
        """Raises BedspaceError unless the limits rise and only the last is open."""
        limits = [tier.upto for tier in self.tiers]
        if not limits or limits[-1] is not None:
            raise BedspaceError("nothing is said of people above the last tier")
        if None in limits[:-1]:
            raise BedspaceError("a tier without a limit is not the last")
        for one, other in pairwise(limit for limit in limits if limit is not None):
            if other <= one:
                raise BedspaceError(f"a tier up to {other} overlaps the one up to {one}")

    def _bands(self, used: Decimal, days: int) -> Iterator[tuple[Tier, int, Decimal]]:
        """(tier, where it begins, place-days invoiced at it) of so many, lowest first."""
        low = 0
        for tier in self.tiers:
            left = max(used - low * days, NONE)
            if self.whole:
                reached = tier.upto is None or used <= tier.upto * days
                below = low == 0 or used > low * days
                yield tier, low, used if reached and below else NONE
            else:
                room = left if tier.upto is None else Decimal((tier.upto - low) * days)
                yield tier, low, min(left, room)
            low = tier.upto or low

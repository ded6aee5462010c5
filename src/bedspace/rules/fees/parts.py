"""The parts a fee is composed of. Every amount is a Decimal with its ISO 4217 currency."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bedspace.exceptions import BedspaceError

NONE = Decimal(0)


@dataclass(frozen=True)
class Money:
    """An amount of one currency; raises BedspaceError unless a finite Decimal and three capitals.

    A float is refused, not converted: 72.10 as a float is not 72.10.
    """

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not isinstance(self.amount, Decimal) or not self.amount.is_finite():
            raise BedspaceError(f"money is an exact decimal number, not {self.amount!r}")
        if not re.fullmatch("[A-Z]{3}", self.currency):
            raise BedspaceError(f"{self.currency!r} is no currency; three capitals, such as USD")

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


@dataclass(frozen=True)
class Fixed:
    """A sum due once, on a date."""

    price: Money
    on: date


@dataclass(frozen=True)
class Yearly:
    """A sum for each year, whatever is used; paid by the month, a twelfth each."""

    price: Money
    indexed: Decimal = NONE


@dataclass(frozen=True)
class PerPlace:
    """A price for each place and day that is kept available, used or not."""

    price: Money
    indexed: Decimal = NONE


@dataclass(frozen=True)
class PerUse:
    """A price for each place-day used."""

    price: Money
    indexed: Decimal = NONE


@dataclass(frozen=True)
class Transport:
    """A price for each movement of one person, each way."""

    price: Money
    indexed: Decimal = NONE


@dataclass(frozen=True)
class Minimum:
    """A price for each place-day used, billed for at least `places` on every active day."""

    places: int
    price: Money
    indexed: Decimal = NONE


Part = Fixed | Yearly | PerPlace | PerUse | Transport | Minimum


@dataclass(frozen=True)
class Schedule:
    """A fee: its parts, all of one currency.

    `indexed` on a part is the share by which its price rises on each anniversary of the
    agreement's start, compounding. Raises BedspaceError on mixed currencies, a negative price,
    an index of -100 % or less, or a minimum below nought places.
    """

    parts: tuple[Part, ...]

    def __post_init__(self) -> None:
        if not self.parts:
            raise BedspaceError("a fee has at least one part")
        found = sorted({part.price.currency for part in self.parts})
        if len(found) > 1:
            raise BedspaceError(f"one fee, one currency; this mixes {' and '.join(found)}")
        for part in self.parts:
            if part.price.amount < 0:
                raise BedspaceError(f"a price is not negative: {part.price}")
            rise = index_of(part)
            if not isinstance(rise, Decimal) or not rise.is_finite() or rise <= -1:
                raise BedspaceError(f"an index is a decimal share above -1, not {rise!r}")
            if isinstance(part, Minimum) and part.places < 0:
                raise BedspaceError(f"a minimum is not negative: {part.places} places")

    @property
    def currency(self) -> str:
        """The ISO code of all its parts."""
        return self.parts[0].price.currency


def index_of(part: Part) -> Decimal:
    """The share by which a part's price rises a year; nought for a sum due once."""
    return NONE if isinstance(part, Fixed) else part.indexed

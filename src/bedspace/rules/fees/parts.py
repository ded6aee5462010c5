"""The parts a fee is composed of. Every amount is a Decimal with its ISO 4217 currency."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Literal, get_args

from dateutil.relativedelta import relativedelta

from bedspace.exceptions import BedspaceError
from bedspace.rules.fees.money import Money
from bedspace.rules.fees.series import Series

NONE = Decimal(0)

Purpose = Literal[
    "fee", "aid", "transport", "visits", "health-care", "transition", "monitoring", "set-up"
]
PURPOSES: tuple[Purpose, ...] = get_args(Purpose)
"""What money may be for. All but the fee stand beside it: no headline price has them."""

Per = Literal["day", "month"]
"""Whether a price is for a place on one day, or for one all month (part months by their days)."""

Indexed = Decimal | Series
"""How a price rises on anniversaries of the start: a share a year, or a price index."""


@dataclass(frozen=True, kw_only=True)
class Common:
    """What every part has: what it is for, and a word of its own for the invoice."""

    purpose: Purpose = "fee"
    label: str = ""


@dataclass(frozen=True)
class Fixed(Common):
    """A sum due on a date, at once or in equal monthly instalments from it."""

    price: Money
    on: date
    months: int = 1


@dataclass(frozen=True)
class Yearly(Common):
    """A sum for each year, whatever is used; paid by the month, a twelfth each."""

    price: Money
    indexed: Indexed = NONE


@dataclass(frozen=True)
class PerPlace(Common):
    """A price for each place that is kept available, used or not."""

    price: Money
    indexed: Indexed = NONE
    per: Per = "day"


@dataclass(frozen=True)
class PerUse(Common):
    """A price for each place used."""

    price: Money
    indexed: Indexed = NONE
    per: Per = "day"


@dataclass(frozen=True)
class Transport(Common):
    """A price for each movement of one person, each way."""

    price: Money
    indexed: Indexed = NONE
    purpose: Purpose = field(default="transport", kw_only=True)


@dataclass(frozen=True)
class Minimum(Common):
    """A price for each place used, billed for at least so many `places` on every active day, or for
    at least that `share` of the places available; one of the two."""

    places: int | None
    price: Money
    indexed: Indexed = NONE
    per: Per = "day"
    share: Decimal | None = None


@dataclass(frozen=True)
class Tier:
    """A band of people held: above the band before it, up to `upto` (None: any number)."""

    upto: int | None
    price: Money


@dataclass(frozen=True)
class Tiers(Common):
    """Prices by bands of the people held on average over the days of a month.

    By band (`whole` False) only the part of the use that lies in a band is billed at its price, so
    that the sum never jumps. `whole`: all of it at the price of the band the average reaches.
    """

    tiers: tuple[Tier, ...]
    indexed: Indexed = NONE
    per: Per = "day"
    whole: bool = False

    @property
    def price(self) -> Money:
        """The price of the first band."""
        return self.tiers[0].price


@dataclass(frozen=True)
class PerPerson(Common):
    """A price for each person sent, in the month of sending or in monthly instalments from it."""

    price: Money
    indexed: Indexed = NONE
    months: int = 1


@dataclass(frozen=True)
class After(Common):
    """A sum due once in the month in which so many people have been sent."""

    people: int
    price: Money


@dataclass(frozen=True)
class EarlyEnd:
    """What is owed or returned when the agreement ends before its term.

    `notice` is the time for which all that does not depend on use is still paid (not beyond the
    term); `pays_term`: up to the term. `refund` is the share returned of the sums paid once as a
    fee, for that part of the term which was left.
    """

    notice: relativedelta | None = None
    pays_term: bool = False
    refund: Decimal = NONE

    def owed_until(self, end: date, until: date) -> date:
        """The day up to which what does not depend on use is paid, for an end before `until`."""
        if self.pays_term:
            return until
        return min(end + self.notice, until) if self.notice else end


Part = Fixed | Yearly | PerPlace | PerUse | Transport | Minimum | Tiers | PerPerson | After


@dataclass(frozen=True)
class Schedule:
    """A fee: its parts, all of one currency, and the terms of an early end.

    `indexed` on a part is the share by which its price rises on each anniversary of the
    agreement's start, compounding, or a price index. Raises BedspaceError on mixed currencies, a
    negative price, an index of -100 % or less, a minimum below nought places or not of one kind,
    or tiers that overlap, leave a gap or never end.
    """

    parts: tuple[Part, ...]
    early_end: EarlyEnd | None = None

    def __post_init__(self) -> None:
        if not self.parts:
            raise BedspaceError("a fee has at least one part")
        found = sorted({price.currency for part in self.parts for price in prices_of(part)})
        if len(found) > 1:
            raise BedspaceError(f"one fee, one currency; this mixes {' and '.join(found)}")
        for part in self.parts:
            _check(part)

    @property
    def currency(self) -> str:
        """The ISO code of all its parts."""
        return self.parts[0].price.currency


def prices_of(part: Part) -> tuple[Money, ...]:
    """Every price in a part."""
    return tuple(t.price for t in part.tiers) if isinstance(part, Tiers) else (part.price,)


def index_of(part: Part) -> Indexed:
    """How a part's price rises; not at all for a sum due once."""
    return NONE if isinstance(part, Fixed | After) else part.indexed


def _check(part: Part) -> None:
    for price in prices_of(part):
        if price.amount < 0:
            raise BedspaceError(f"a price is not negative: {price}")
    rise = index_of(part)
    good = isinstance(rise, Series) or (
        isinstance(rise, Decimal) and rise.is_finite() and rise > -1
    )
    if not good:
        raise BedspaceError(f"an index is a decimal share above -1, not {rise!r}")
    if isinstance(part, Minimum):
        _check_minimum(part)
    if isinstance(part, Tiers):
        check_tiers([tier.upto for tier in part.tiers])
    if isinstance(part, Fixed | PerPerson) and part.months < 1:
        raise BedspaceError(f"instalments are at least one, not {part.months}")


def _check_minimum(part: Minimum) -> None:
    if (part.places is None) == (part.share is None):
        raise BedspaceError("a minimum is a number of places or a share of them")
    if part.places is not None and part.places < 0:
        raise BedspaceError(f"a minimum is not negative: {part.places} places")
    if part.share is not None and not 0 <= part.share <= 1:
        raise BedspaceError(f"a minimum is a share from 0 to 1, not {part.share}")


def check_tiers(limits: list[int | None]) -> None:
    """Raises BedspaceError unless the limits rise and only the last is open."""
    if not limits or limits[-1] is not None:
        raise BedspaceError("nothing is said of people above the last tier")
    if None in limits[:-1]:
        raise BedspaceError("a tier without a limit is not the last")
    for one, other in pairwise(limit for limit in limits if limit is not None):
        if other <= one:
            raise BedspaceError(f"a tier up to {other} overlaps the one up to {one}")

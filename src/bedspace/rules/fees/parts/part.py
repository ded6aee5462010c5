"""What every part of a fee has to answer, and what it asks for: charges."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal, NamedTuple, get_args

from bedspace.exceptions import BedspaceError
from bedspace.rules.fees.money import Money
from bedspace.rules.fees.series import Series
from bedspace.rules.fees.use import Month
from bedspace.rules.months import days_in

NONE, ONE = Decimal(0), Decimal(1)
DAYS_A_YEAR = Decimal("365.25")

Purpose = Literal[
    "fee", "aid", "transport", "visits", "health-care", "transition", "monitoring", "set-up"
]
PURPOSES: tuple[Purpose, ...] = get_args(Purpose)
"""What money may be for. All but the fee stand beside it: no headline price has them."""

Per = Literal["day", "month"]
"""Whether a price is for a place on one day, or for one all month (part months by their days)."""

Indexed = Decimal | Series
"""How a price rises on anniversaries of the start: a share a year, or a price index."""


class Charge(NamedTuple):
    """So much of something at a price of the start, in a month; `priced` is the day whose index
    holds."""

    month: date
    quantity: Decimal
    unit: str
    price: Money
    priced: date


class Answers(ABC):
    """What the rest of the house asks a part. A subclass that leaves one of `_ASKED` unanswered is
    refused when it is defined."""

    key: ClassVar[str]
    """Its key in the scenario language, and its name on an invoice."""
    words: ClassVar[str]
    """What it is called in an account, where it has no label of its own."""
    recurs: ClassVar[bool]
    """Whether it is asked again year after year, so that the fee of a year has it."""
    once: ClassVar[bool]
    """Whether it is a sum due once whatever happens: a headline price has it whole, and break-even
    spreads it over the term."""
    hangs_on_use: ClassVar[bool]
    """Whether it changes with the people held, sent or moved."""
    hangs_on_places: ClassVar[bool]
    """Whether it changes with the number of places available."""
    goes_on: ClassVar[bool]
    """Whether it is still owed, with nobody held, in the notice of an early end."""
    refunded: ClassVar[bool]
    """Whether an early end may return a share of it."""
    price: Money
    """Its price, unless it has several (`prices`)."""

    _ASKED = (
        *("key", "words", "recurs", "once", "hangs_on_use", "hangs_on_places"),
        *("goes_on", "refunded", "charges", "recurring"),
    )

    def __init_subclass__(cls) -> None:
        missing = [name for name in cls._ASKED if name not in vars(cls)]
        if missing and cls.__name__ != "Part":
            raise TypeError(f"the fee part {cls.__name__} does not say: {', '.join(missing)}")

    @abstractmethod
    def charges(self, months: Sequence[Month]) -> Iterator[Charge]:
        """What it asks for these months of use, in order of time. Quantities of nought may be
        among them."""

    @abstractmethod
    def recurring(self, places: Decimal, held: Decimal, days: Decimal) -> Decimal:
        """What it asks over so many days at first-year prices, a year being 365.25 days and twelve
        months, with so many places available and people held; nought unless it `recurs`."""

    @property
    def prices(self) -> tuple[Money, ...]:
        """Every price in it."""
        return (self.price,)

    @property
    def rise(self) -> Indexed:
        """How its prices rise; not at all for a part without `indexed`."""
        found: Indexed = getattr(self, "indexed", NONE)
        return found

    def owed(self, end: date) -> bool:
        """Whether it is owed at all when the agreement ends on a day (exclusive)."""
        return True

    def guaranteed(self, places: int) -> int:
        """How many people are paid for at least, of so many places."""
        return 0

    def check(self) -> None:  # noqa: B027 most parts have nothing of their own to check
        """Raises BedspaceError where what it says of itself makes no sense."""


@dataclass(frozen=True, kw_only=True)
class Part(Answers):
    """One part of a fee: what it is for, and a word of its own for the invoice."""

    purpose: Purpose = "fee"
    label: str = ""


def counted(place_days: Decimal | int, per: Per, month: date) -> tuple[Decimal, str]:
    """Place-days as they are, or as average places over the whole month, and their unit."""
    count = Decimal(place_days)
    return (count, "days") if per == "day" else (count / days_in(month), "months")


def times(per: Per, days: Decimal) -> Decimal:
    """How often a price is asked in so many days."""
    return days if per == "day" else 12 * days / DAYS_A_YEAR


def check_part(part: Part) -> None:
    """Raises BedspaceError on a negative price, an index of -100 % or less, or what the part itself
    refuses."""
    for price in part.prices:
        if price.amount < 0:
            raise BedspaceError(f"a price is not negative: {price}")
    rise = part.rise
    good = isinstance(rise, Series) or (
        isinstance(rise, Decimal) and rise.is_finite() and rise > -1
    )
    if not good:
        raise BedspaceError(f"an index is a decimal share above -1, not {rise!r}")
    part.check()

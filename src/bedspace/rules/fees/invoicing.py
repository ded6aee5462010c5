"""Invoices by month that a clerk can check line by line.

The rules, so that anybody with the schedule and the counts gets the same cents:

- A line's amount is quantity x unit price, as printed, rounded half up to two decimals (the minor
  unit of the currencies used so far). The total is the sum of the lines, nothing else.
- Yearly money is paid by the month, a twelfth for a whole month; a part month pays for
  days active / days in the month.
- An index steps up on each anniversary of the agreement's start. A line is billed at the price in
  force on the first day of its month, so when the start is not a first, the step is felt from the
  next month on.
- A sum due once stands in the month of its date, whether or not anybody is held then; it is not
  owed when the agreement ended on or before that date.
- Lines of nought quantity are left out.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

from bedspace.exceptions import BedspaceError
from bedspace.rules.fees.parts import (
    Fixed,
    Minimum,
    Part,
    PerPlace,
    PerUse,
    Schedule,
    Transport,
    Yearly,
    index_of,
)

MINOR_UNIT = Decimal("0.01")
EXACT = Context(prec=40, rounding=ROUND_HALF_UP)
"""Our own decimal context, so that a caller's cannot change a cent."""

_NAMES: dict[type, tuple[str, str]] = {
    Fixed: ("fixed", "sum"),
    Yearly: ("yearly", "months"),
    PerPlace: ("per_place", "place-days available"),
    PerUse: ("per_use", "place-days used"),
    Transport: ("transport", "movements"),
    Minimum: ("minimum", "place-days, at least the minimum"),
}


@dataclass(frozen=True)
class MonthUse:
    """What happened under an agreement in one month.

    `month` is its first day, `days` the days the agreement was active in it, `places` the places
    available on those days, `place_days_used` the sum over days of people held, `movements`
    people moved, either way. Where `places` changed within a month, give the month twice.
    """

    month: date
    days: int
    places: int
    place_days_used: int
    movements: int = 0

    def __post_init__(self) -> None:
        counts = (self.days, self.places, self.place_days_used, self.movements)
        if self.month.day != 1:
            raise BedspaceError(f"a month is named by its first day, not {self.month}")
        if any(type(n) is not int or n < 0 for n in counts):
            raise BedspaceError(f"use is counted in whole numbers, none negative: {counts}")
        if self.days > days_in(self.month):
            raise BedspaceError(f"{self.month:%Y-%m} has no {self.days} days")


@dataclass(frozen=True)
class Line:
    """One line of an invoice: amount = quantity x unit_price, rounded half up to the cent."""

    month: date
    part: str
    quantity: Decimal
    unit: str
    unit_price: Decimal
    amount: Decimal
    currency: str


@dataclass(frozen=True)
class Invoice:
    """All lines of one agreement, by month and then in the schedule's order; one currency."""

    currency: str
    lines: tuple[Line, ...]

    def __post_init__(self) -> None:
        if any(line.currency != self.currency for line in self.lines):
            raise BedspaceError(f"an invoice in {self.currency} has a line in another currency")

    @property
    def total(self) -> Decimal:
        """The sum of the lines, exactly."""
        with localcontext(EXACT):
            return sum((line.amount for line in self.lines), Decimal("0.00"))

    def of(self, part: str) -> Decimal:
        """The sum of the lines of one part: "fixed", "yearly", "per_place" and so on."""
        with localcontext(EXACT):
            mine = (line.amount for line in self.lines if line.part == part)
            return sum(mine, Decimal("0.00"))


def invoice(
    schedule: Schedule, usage: Sequence[MonthUse], start: date, end: date | None = None
) -> Invoice:
    """What the sender owes for `usage` under `schedule`.

    `start` is the agreement's first day, from which indices count; `end` its exclusive last, if
    it is known to have ended. Raises BedspaceError on use in a month before the start's.
    """
    if any(use.month < start.replace(day=1) for use in usage):
        raise BedspaceError(f"use is billed for a time before the agreement's start, {start}")
    lines: list[tuple[date, int, Line]] = []
    with localcontext(EXACT):
        for order, part in enumerate(schedule.parts):
            if isinstance(part, Fixed):
                if end is None or part.on < end:
                    month = part.on.replace(day=1)
                    lines.append((month, order, _line(month, part, Decimal(1), start)))
                continue
            for use in usage:
                quantity = _quantity(part, use)
                if quantity:
                    lines.append((use.month, order, _line(use.month, part, quantity, start)))
    lines.sort(key=lambda row: row[:2])
    return Invoice(schedule.currency, tuple(line for _, _, line in lines))


def days_in(month: date) -> int:
    """How many days the month of that date has."""
    return monthrange(month.year, month.month)[1]


def index_factor(part: Part, start: date, on: date) -> Decimal:
    """(1 + index) to the number of anniversaries of `start` passed by `on`; none before it.

    The anniversary of a 29 February is the 1 March where there is no 29th.
    """
    passed = on.year - start.year - ((on.month, on.day) < (start.month, start.day))
    with localcontext(EXACT):
        return (1 + index_of(part)) ** max(passed, 0)


def _quantity(part: Part, use: MonthUse) -> Decimal:
    match part:
        case Yearly():
            return Decimal(use.days) / Decimal(days_in(use.month))
        case PerPlace():
            return Decimal(use.places * use.days)
        case PerUse():
            return Decimal(use.place_days_used)
        case Minimum():
            return Decimal(max(use.place_days_used, part.places * use.days))
        case Transport():
            return Decimal(use.movements)
        case Fixed():
            return Decimal(1)


def _line(month: date, part: Part, quantity: Decimal, start: date) -> Line:
    name, unit = _NAMES[type(part)]
    price = part.price.amount / 12 if isinstance(part, Yearly) else part.price.amount
    price *= index_factor(part, start, month)
    amount = (quantity * price).quantize(MINOR_UNIT, ROUND_HALF_UP)
    return Line(month, name, quantity, unit, price, amount, part.price.currency)

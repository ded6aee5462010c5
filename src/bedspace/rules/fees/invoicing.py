"""Invoices by month that a clerk can check line by line.

The rules, so that anybody with the schedule and the counts gets the same cents:

- A line's amount is quantity x unit price, as printed, rounded half up to the minor unit of the
  currency. Quantities are rounded to twelve decimals before, unit prices to six. The total is the
  sum of the lines, nothing else.
- Yearly money is paid by the month, a twelfth for a whole month; a part month pays for
  days active / days in the month.
- A price by the month is for one place all month: place-days / days in the month of them.
- An index steps up on each anniversary of the agreement's start. A line is invoiced at the price in
  force on the first day of its month, so when the start is not a first, the step is felt from the
  next month on. Sums for a person sent keep the price of the month of sending. The way home on
  the day after the last has the price of the last: no step is reached once the term is over.
- A month is invoiced whole, however often its places changed: a minimum and tiers go by its
  average.
- A sum due once stands in the month of its date, whether or not anybody is held then; it is not
  owed when the agreement ended on or before that date. What is due in instalments is owed whole.
- Lines of nought quantity are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from itertools import accumulate

from bedspace.exceptions import BedspaceError
from bedspace.rules.fees.money import EXACT, rounded, within
from bedspace.rules.fees.parts import Charge, Part, Purpose
from bedspace.rules.fees.schedule import EarlyEnd, Schedule
from bedspace.rules.fees.series import factor
from bedspace.rules.fees.use import MonthUse, whole_months
from bedspace.rules.months import by_month

QUANTITY = Decimal("1e-12")
PRICE = Decimal("1e-6")
"""To what quantities and unit prices are rounded before they are multiplied."""


@dataclass(frozen=True)
class Line:
    """One line of an invoice: amount = quantity x unit_price, in whole minor units.

    `label` says what is particular to it: the part's own word, a notice, a refund. `item` is the
    place of its part in the schedule, counted from 0.
    """

    month: date
    part: str
    quantity: Decimal
    unit: str
    unit_price: Decimal
    amount: Decimal
    currency: str
    purpose: Purpose = "fee"
    label: str = ""
    item: int = 0


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
        return self._sum(self.lines)

    def of(self, part: str) -> Decimal:
        """The sum of the lines of one part: "fixed", "yearly", "per_place" and so on."""
        return self._sum([line for line in self.lines if line.part == part])

    def of_item(self, item: int) -> Decimal:
        """The sum of the lines of the part at a place in the schedule, counted from 0."""
        return self._sum([line for line in self.lines if line.item == item])

    def for_(self, *purposes: Purpose) -> Decimal:
        """The sum of the lines that are for any of these purposes."""
        return self._sum([line for line in self.lines if line.purpose in purposes])

    def running(self) -> tuple[Decimal, ...]:
        """The total after each line."""
        with localcontext(EXACT):
            return tuple(accumulate(line.amount for line in self.lines))

    def _sum(self, lines: Sequence[Line]) -> Decimal:
        with localcontext(EXACT):
            return sum((line.amount for line in lines), rounded(Decimal(0), self.currency))


def invoice(
    schedule: Schedule,
    usage: Sequence[MonthUse],
    start: date,
    end: date | None = None,
    until: date | None = None,
    horizon: date | None = None,
) -> Invoice:
    """What the sender owes for `usage`, in order of time, under `schedule`.

    `start` is the agreement's first day, from which indices count; `end` its exclusive last, if
    it is known to have ended; `until` the end of its term: the terms of an early end hold when
    `end` is before it. Months from `horizon` on are left out. Raises BedspaceError on use in a
    month before the start's, and on money too large to be exact.
    """
    if any(use.month < start.replace(day=1) for use in usage):
        raise BedspaceError(f"use is invoiced for a time before the agreement's start, {start}")
    last = max(end - timedelta(1), start) if end is not None else date.max
    lines: list[Line] = []
    with localcontext(EXACT):
        for item, part in enumerate(schedule.parts):
            if end is not None and not part.owed(end):
                continue
            due = [(_not_after(last, c), "") for c in part.charges(whole_months(usage))]
            if end is not None and until is not None and end < until and schedule.early_end:
                due += _at_an_early_end(schedule.early_end, part, usage, start, end, until)
            lines += [
                _line(part, item, charge, start, label)
                for charge, label in due
                if charge.quantity and (horizon is None or charge.month < horizon)
            ]
    lines.sort(key=lambda line: (line.month, line.item))
    return Invoice(schedule.currency, tuple(lines))


def _not_after(last: date, charge: Charge) -> Charge:
    """The charge at the price of the term's last day at the latest."""
    return charge if charge.priced <= last else charge._replace(priced=last)


def _line(part: Part, item: int, charge: Charge, start: date, label: str) -> Line:
    """A charge as a line: the index applied, rounded, the amount made."""
    price = charge.price.amount * factor(part.rise, start, charge.priced)
    within(price, f"a price of {part.key}")
    within(charge.quantity, f"a quantity of {part.key}")
    quantity, price = _fine(charge.quantity, QUANTITY), _fine(price, PRICE)
    currency = charge.price.currency
    return Line(
        charge.month,
        part.key,
        quantity,
        charge.unit,
        price,
        rounded(quantity * price, currency),
        currency,
        part.purpose,
        label or part.label,
        item,
    )


def _fine(number: Decimal, to: Decimal) -> Decimal:
    """Rounded to `to`, without noughts behind the last digit."""
    if number == number.to_integral_value():
        return number.to_integral_value()
    fine = number.quantize(to, ROUND_HALF_UP)
    return fine.quantize(Decimal(1)) if fine == fine.to_integral_value() else fine.normalize()


def _at_an_early_end(
    terms: EarlyEnd,
    part: Part,
    usage: Sequence[MonthUse],
    start: date,
    end: date,
    until: date,
) -> Iterator[tuple[Charge, str]]:
    """What a part is still owed after an end before the term, and what of it is returned, each
    with a word for its line."""
    if part.goes_on:
        owed = terms.owed_until(end, until)
        places = next((use.places for use in reversed(usage) if use.days), 0)
        empty = tuple(_empty_months(end, owed, places))
        for charge in part.charges(whole_months(empty)):
            yield charge, f"still owed until {owed}, nobody held"
    if part.refunded and part.purpose == "fee" and terms.refund:
        left = Decimal((until - end).days) / (until - start).days
        month = end.replace(day=1)
        for price in part.prices:
            back = Charge(month, -terms.refund * left, "sum", price, start)
            yield back, f"refund: {_per_cent(terms.refund)} of what the term had left"


def _per_cent(share: Decimal) -> str:
    return f"{(share * 100).normalize():f} %"


def _empty_months(first: date, end: date, places: int) -> Iterator[MonthUse]:
    """The months from a day to another, with nobody held."""
    for here, there in by_month(first, end):
        yield MonthUse(here.replace(day=1), (there - here).days, places, 0)

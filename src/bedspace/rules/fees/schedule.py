"""A whole fee: its parts, and what holds when it ends before its term."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from bedspace.exceptions import BedspaceError
from bedspace.rules.fees.parts.part import NONE, Part, check_part


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
        if self.notice is None:
            return end
        try:
            return min(end + self.notice, until)
        except (OverflowError, ValueError):  # a notice beyond the last year that a date has
            return until


@dataclass(frozen=True)
class Schedule:
    """A fee: its parts, all of one currency, and the terms of an early end.

    `indexed` on a part is the share by which its price rises on each anniversary of the
    agreement's start, compounding, or a price index. Raises BedspaceError on mixed currencies, a
    negative price, an index of -100 % or less, a minimum below nought places or not of one kind,
    tiers that overlap, leave a gap or never end, or instalments fewer than one or too many.
    """

    parts: tuple[Part, ...]
    early_end: EarlyEnd | None = None

    def __post_init__(self) -> None:
        if not self.parts:
            raise BedspaceError("a fee has at least one part")
        for part in self.parts:
            check_part(part)
        found = sorted({price.currency for part in self.parts for price in part.prices})
        if len(found) > 1:
            raise BedspaceError(f"one fee, one currency; this mixes {' and '.join(found)}")

    @property
    def currency(self) -> str:
        """The ISO code of all its parts."""
        return self.parts[0].prices[0].currency

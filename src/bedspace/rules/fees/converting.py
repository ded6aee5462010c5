"""Money of another currency or of another year. Nothing here happens unless it is asked for.

Every answer is rounded half up to the minor unit of its currency. An invoice is converted line by
line, so that its total stays the sum of its lines: the old amount becomes the quantity, the rate
the unit price.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext

from bedspace.exceptions import BedspaceError
from bedspace.rules.fees.invoicing import Invoice, Line
from bedspace.rules.fees.money import EXACT, Money, rounded
from bedspace.rules.fees.series import Series

RATE = Decimal("1e-9")
"""To what a rate that was computed (turned round, or two levels of an index) is rounded."""


@dataclass(frozen=True)
class Rates:
    """What one unit of currency `of` is worth in currency `into`, by date: a rate of exchange, or
    a purchasing power parity."""

    of: str
    into: str
    series: Series

    def rate(self, of: str, into: str, on: date) -> Decimal:
        """The rate on a day, turned round where it is written the other way. Raises
        BedspaceError on other currencies, and on days it has no rate for."""
        if (of, into) == (self.of, self.into):
            return self.series.level(on)
        if (into, of) == (self.of, self.into):
            return (1 / self.series.level(on)).quantize(RATE, ROUND_HALF_UP)
        raise BedspaceError(f"{self.of}/{self.into} does not turn {of} into {into}")


def converted(invoice: Invoice, currency: str, rates: Rates) -> Invoice:
    """An invoice in another currency, line by line at the rate of the first day of the month."""
    if invoice.currency == currency:
        return invoice
    with localcontext(EXACT):
        lines = tuple(
            _restated(line, rates.rate(invoice.currency, currency, line.month), currency)
            for line in invoice.lines
        )
    return Invoice(currency, lines)


def real(money: Money, on: date, deflator: Series, year: int) -> Money:
    """Money of a day at the prices of a year: times the year's level over the day's."""
    with localcontext(EXACT):
        amount = money.amount * deflator.of_year(year) / deflator.level(on)
        return Money(rounded(amount, money.currency), money.currency)


def in_prices_of(invoice: Invoice, deflator: Series, year: int) -> Invoice:
    """An invoice at the prices of a year, line by line by the level on the first of the month."""
    with localcontext(EXACT):
        base = deflator.of_year(year)
        lines = tuple(
            _restated(
                line,
                (base / deflator.level(line.month)).quantize(RATE, ROUND_HALF_UP),
                invoice.currency,
            )
            for line in invoice.lines
        )
    return Invoice(invoice.currency, lines)


def _restated(line: Line, rate: Decimal, currency: str) -> Line:
    unit = f"{line.currency}, {line.part}"
    amount = rounded(line.amount * rate, currency)
    return replace(
        line, quantity=line.amount, unit=unit, unit_price=rate, amount=amount, currency=currency
    )

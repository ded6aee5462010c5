"""Money: an exact amount of one currency.

Which currencies there are, and how many decimals each has (JPY none, KWD three), is Babel's list,
which is Unicode CLDR's and holds ISO 4217 with the currencies that are no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache

from babel import numbers

from bedspace.exceptions import BedspaceError

MOST = Decimal("1e18")
"""The most that any one amount may be: a million million million of whatever currency."""

EXACT = Context(prec=60, rounding=ROUND_HALF_UP)
"""Our own decimal context, so that a caller's cannot change a cent. A quantity and a price below
MOST with twelve and six decimals multiply into 54 digits, so no product of a line is rounded but
to the minor unit."""

QUOTIENT = Context(prec=40, rounding=ROUND_HALF_UP)
"""For prices made by dividing, which have no last digit."""

_NO_MONEY = frozenset({"XXX", "XTS"})
"""Codes of ISO 4217 for no currency and for tests."""


@cache
def currencies() -> frozenset[str]:
    """The codes of every currency there is or was."""
    return frozenset(numbers.list_currencies()) - _NO_MONEY


@cache
def minor_unit(currency: str) -> Decimal:
    """The smallest amount of a currency that is paid: 0.01 EUR, 1 JPY, 0.001 KWD."""
    return Decimal(1).scaleb(-numbers.get_currency_precision(currency))


def rounded(amount: Decimal, currency: str) -> Decimal:
    """An amount in whole minor units of its currency, a half rounded away from nought. Raises
    BedspaceError at MOST and above, where its last digits could not be trusted."""
    within(amount, f"an amount of {currency}")
    return amount.quantize(minor_unit(currency), ROUND_HALF_UP, EXACT)


def within(number: Decimal, what: str) -> None:
    """Raises BedspaceError unless a number is finite and below MOST."""
    if not number.is_finite() or abs(number) >= MOST:
        raise BedspaceError(
            f"{what} comes to {number:.3g}, and money is counted below {MOST:.0e}: lower the "
            "price, the quantity or the index"
        )


@dataclass(frozen=True)
class Money:
    """An amount of one currency; raises BedspaceError unless a finite Decimal below MOST and a
    known code.

    A float is refused, not converted: 72.10 as a float is not 72.10.
    """

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not isinstance(self.amount, Decimal) or not self.amount.is_finite():
            raise BedspaceError(f"money is an exact decimal number, not {self.amount!r}")
        if self.currency not in currencies():
            raise BedspaceError(f"{self.currency!r} is no currency; use its ISO code, such as USD")
        within(self.amount, f"an amount of {self.currency}")

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


def shown(money: Money) -> str:
    """As a reader sees it: digits grouped, the currency's own decimals, the code behind."""
    return numbers.format_currency(
        rounded(money.amount, money.currency), money.currency, "#,##0.00 ¤¤", "en"
    )

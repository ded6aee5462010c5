"""Money in figures: of which currency a unit is, and what sums are rounded to."""

from __future__ import annotations

from decimal import Decimal

from bedspace.rules import fees


def currency_of(unit: str) -> str | None:
    """The currency of a unit such as "EUR", "EUR/year" or "EUR/place-day"; None of any other."""
    word = unit.partition("/")[0]
    return word if word in fees.currencies() else None


def smallest(unit: str) -> Decimal:
    """The minor unit of a unit's currency (0.01 EUR, 1 JPY, 0.001 KWD); 0.01 of any other."""
    currency = currency_of(unit)
    return fees.minor_unit(currency) if currency else Decimal("0.01")


def nought(currency: str) -> Decimal:
    """No money, with the decimals that the currency has."""
    return fees.rounded(Decimal(0), currency)

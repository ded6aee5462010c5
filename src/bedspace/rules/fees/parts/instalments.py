"""Sums paid in equal monthly parts."""

from __future__ import annotations

from decimal import ROUND_DOWN

from bedspace.exceptions import BedspaceError
from bedspace.rules.fees.money import Money, minor_unit

MOST = 1200
"""Instalments that a sum may have: a hundred years of months."""


def instalments(price: Money, months: int) -> tuple[Money, ...]:
    """A sum in equal monthly parts, rounded down; the last takes what that leaves."""
    each = (price.amount / months).quantize(minor_unit(price.currency), ROUND_DOWN)
    last = price.amount - each * (months - 1)
    return (*[Money(each, price.currency)] * (months - 1), Money(last, price.currency))


def check_instalments(months: int) -> None:
    """Raises BedspaceError unless there are from one to MOST."""
    if not 1 <= months <= MOST:
        raise BedspaceError(f"instalments are from 1 to {MOST:,}, not {months:,}")

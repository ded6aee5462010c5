"""A value over members: its median, and the interval that holds 95 % of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from bedspace.appraisal.figures.currencies import smallest


@dataclass(frozen=True)
class Spread:
    """A value over members: its median, and the interval that holds 95 % of them, if any."""

    value: float | Decimal
    low: float | Decimal | None = None
    high: float | Decimal | None = None


def mean(values: Sequence[float] | Sequence[Decimal], unit: str = "") -> float | Decimal:
    """The mean of at least one value; of money rounded as `spread` rounds."""
    middle = float(np.mean([float(v) for v in values]))
    if isinstance(values[0], Decimal):
        return Decimal(repr(middle)).quantize(smallest(unit))
    return middle


def spread(values: Sequence[float] | Sequence[Decimal], unit: str = "") -> Spread:
    """Median with the 2.5th and 97.5th percentiles (linear between members).

    Values that are all the same stay as they are, exactly, and have no interval. Percentiles of
    money are rounded to what the currency of the unit has. ValueError when there are none.
    """
    if not values:
        raise ValueError("there are no members to take a median of")
    first = values[0]
    if all(value == first for value in values):
        return Spread(first)
    cuts = np.quantile(np.array([float(v) for v in values]), [0.5, 0.025, 0.975])
    if isinstance(first, Decimal):
        minor = smallest(unit)
        middle, low, high = (Decimal(repr(float(c))).quantize(minor) for c in cuts)
        return Spread(middle, low, high)
    return Spread(*(float(c) for c in cuts))

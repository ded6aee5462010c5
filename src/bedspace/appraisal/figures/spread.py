"""A value over simulated futures: its mean, and the interval that holds 95 % of them.

Means add: what is avoided less what is paid is what is saved, in one future and on average over
all. Medians do not add.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bedspace.appraisal.figures.currencies import smallest

Part = tuple[float, float] | tuple[Decimal, float] | tuple[Decimal, Decimal]
"""One thing and another that it is divided by."""


@dataclass(frozen=True)
class Spread:
    """A value over members: its mean, and the interval that holds 95 % of them, if any."""

    value: float | Decimal
    low: float | Decimal | None = None
    high: float | Decimal | None = None


def spread(values: Sequence[float] | Sequence[Decimal], unit: str = "") -> Spread:
    """Mean with the 2.5th and 97.5th percentiles (linear between members).

    Values that are all the same stay as they are, exactly, and have no interval. Means and
    percentiles of money are rounded to what the currency of the unit has. ValueError when there are
    none.
    """
    if not values:
        raise ValueError("there are no futures to take a mean of")
    first = values[0]
    if all(value == first for value in values):
        return Spread(first)
    import numpy as np  # not for a figure that is kept and only shown

    numbers = np.array([float(v) for v in values])
    low, high = (float(cut) for cut in np.quantile(numbers, [0.025, 0.975]))
    if isinstance(first, Decimal):
        mean = sum(map(Decimal, values), Decimal(0)) / len(values)
        ends = (_in_minor_units(Decimal(repr(end)), unit) for end in (low, high))
        return Spread(_in_minor_units(mean, unit), *ends)
    return Spread(float(numbers.mean()), low, high)


def ratio_of_means(parts: Sequence[Part], unit: str = "") -> float | Decimal:
    """The mean of the one by the mean of the other, which is not nought. Money by a count is money,
    rounded as `spread` rounds; money by money is a plain number."""
    over, under = (sum(map(_exact, each), Decimal(0)) for each in zip(*parts, strict=True))
    found = over / under
    return _in_minor_units(found, unit) if is_money(parts[0]) else float(found)


def by(part: Part) -> float | Decimal:
    """One thing by the other, of one member: money where `ratio_of_means` is."""
    over, under = part
    return _exact(over) / _exact(under) if is_money(part) else float(over) / float(under)


def is_money(part: Part) -> bool:
    """Whether it is money by a count."""
    return isinstance(part[0], Decimal) and not isinstance(part[1], Decimal)


def _exact(value: float | Decimal) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(repr(float(value)))


def _in_minor_units(value: Decimal, unit: str) -> Decimal:
    return value.quantize(smallest(unit))

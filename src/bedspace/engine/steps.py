"""Levels that change on known days: step functions of the day."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Steps = tuple[tuple[int, float], ...]
"""A step function of time: ((from day, value), ...), days ascending; nought before the first."""


def value_on(series: Steps, day: int) -> float:
    """The value on one day."""
    return next((value for first, value in reversed(series) if first <= day), 0.0)


def each_day(series: Steps, days: int) -> NDArray[np.float64]:
    """The value on each of the days 0 .. days - 1."""
    values = np.zeros(days)
    for day, value in series:
        values[max(day, 0) :] = value
    return values

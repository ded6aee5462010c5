"""Where labels stand so that they do not lie on each other; distances in px, roughly."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

LINE = 14
"""Height of a line of a label."""

_LETTER = 6.2  # mean width of a letter at the labels' size


def levels(places: Sequence[float], labels: Sequence[str]) -> list[int]:
    """For labels centred at `places` along a line: how many lines up each one stands."""
    ends: list[float] = []
    found = [0] * len(places)
    for i in sorted(range(len(places)), key=lambda i: places[i]):
        half = len(labels[i]) * _LETTER / 2
        level = next((k for k, end in enumerate(ends) if places[i] - half > end), len(ends))
        ends[level : level + 1] = [places[i] + half]
        found[i] = level
    return found


def drops(heights: Sequence[float]) -> list[float]:
    """For labels beside points at `heights` (px from the top): how far below its point each one
    stands so that all are a line apart."""
    last = float("-inf")
    found = [0.0] * len(heights)
    for i in sorted(range(len(heights)), key=lambda i: heights[i]):
        last = max(heights[i] + 10, last + LINE)
        found[i] = last - heights[i]
    return found


def scaled(value: float, low: float, high: float, length: float) -> float:
    """Where a value stands on an axis of a length; the middle where the axis has no extent."""
    return length / 2 if high == low else (value - low) / (high - low) * length


def as_number(value: str | float | None) -> float:
    """A value of a record on its axis: dates count in days."""
    if isinstance(value, str):
        return float(date.fromisoformat(value).toordinal())
    return float(value or 0)

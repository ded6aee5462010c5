"""Where labels stand so that they do not lie on each other; distances in px."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

LINE = 14
"""Height of a line of a small label."""


@dataclass(frozen=True)
class Box:
    """A rectangle that something stands in."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two lie on each other."""
        apart = self.right <= other.left or other.right <= self.left
        return not (apart or self.bottom <= other.top or other.bottom <= self.top)


def free(
    point: tuple[float, float], width: float, taken: Sequence[Box], right: float, bottom: float
) -> tuple[float, float, Box] | None:
    """Where a label of that width can stand at a point: its left, its middle, and its box; None
    where there is no room within the plot that is free of what is `taken`."""
    x, y = point
    half = LINE / 2
    for left, middle in (
        (x - width / 2, y - 15),
        (x - width / 2, y + 16),
        (x + 9, y),
        (x - 9 - width, y),
        (x + 7, y - 12),
        (x - 7 - width, y - 12),
        (x + 7, y + 13),
        (x - 7 - width, y + 13),
    ):
        box = Box(left - 1, middle - half, left + width + 1, middle + half)
        inside = box.left >= 0 and box.right <= right and box.top >= -4 and box.bottom <= bottom
        if inside and not any(box.meets(other) for other in taken):
            return left, middle, box
    return None


def along(places: Sequence[tuple[float, float]]) -> list[Box]:
    """Small boxes all along a line through these places, so that no label lies on it."""
    found = []
    for (x, y), (x2, y2) in pairwise(places):
        parts = 1 + int(max(abs(x2 - x), abs(y2 - y)) / 6)
        for i in range(parts):
            right, down = x + (x2 - x) * i / parts, y + (y2 - y) * i / parts
            found.append(Box(right - 2, down - 2, right + 2, down + 2))
    return found


def apart(
    wanted: Sequence[float], tall: Sequence[float], between: tuple[float, float]
) -> list[float]:
    """Middles for labels of these heights, as near as may be to those wanted, none on another and
    all `between` a top and a bottom where they fit."""
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    found = list(wanted)
    edge = between[0]
    for i in order:
        found[i] = max(wanted[i], edge + tall[i] / 2)
        edge = found[i] + tall[i] / 2
    edge = between[1]
    for i in reversed(order):
        found[i] = min(found[i], edge - tall[i] / 2)
        edge = found[i] - tall[i] / 2
    return found


def levels(middles: Sequence[float], widths: Sequence[float], gap: float = 8.0) -> list[int]:
    """For labels centred along a line: how many lines up each one stands to be free of others."""
    ends: list[float] = []
    found = [0] * len(middles)
    for i in sorted(range(len(middles)), key=lambda i: middles[i]):
        half = widths[i] / 2
        level = next((k for k, end in enumerate(ends) if middles[i] - half > end + gap), len(ends))
        ends[level : level + 1] = [middles[i] + half]
        found[i] = level
    return found

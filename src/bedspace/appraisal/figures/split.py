"""Outcomes in two humps: one value in many members, and other values in the rest.

Where an agreement enters into force in half of the members, hundreds of millions are paid in these
and nothing in the others. A mean then is a sum that nobody pays, so such a figure tells the chance
and the value if it happens beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

LEAST = 0.25
"""The least share of members that makes one value a hump of its own: with fewer, the mean lies near
the others."""


@dataclass(frozen=True)
class Split:
    """`value` is that of a `share` of the members; `others` are the values of the rest."""

    value: float | Decimal
    share: float
    others: tuple[float, ...] | tuple[Decimal, ...]


def split(values: Sequence[float] | Sequence[Decimal]) -> Split | None:
    """The value that many members share while the others hardly share any; None where there is no
    such value.

    It is one that at least two members have and a quarter of all; of the rest more than half have a
    value of their own, so that a count of a few people is not taken for it. Nought may be near the
    others; any other value is further from them than they are from one another, so that two
    members who happen to agree are not taken for it.
    """
    if len(values) < 3:
        return None
    counted = Counter(float(value) for value in values)
    most, count = max(counted.items(), key=lambda pair: (pair[1], pair[0] == 0))
    rest = [value for value in counted.elements() if value != most]
    if count < 2 or count < LEAST * len(values) or not rest:
        return None
    if len(set(rest)) * 2 <= len(rest):
        return None
    if most != 0 and min(abs(value - most) for value in rest) <= max(rest) - min(rest):
        return None
    others: tuple[Any, ...] = tuple(value for value in values if float(value) != most)
    return Split(next(v for v in values if float(v) == most), count / len(values), others)

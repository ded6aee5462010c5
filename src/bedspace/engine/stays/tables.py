"""Tables of stays: each law turned once into knots of whole numbers, and how they are read.

A table reads a 32-bit draw, a person's *luck*, as a quantile: more luck, never a shorter stay. So
two scenarios stay paired, person by person, when a law moves a little. Units are ticks of 1/256
day; a stay x becomes floor(x + u) whole days, u another draw (the *dither*) in [0, 1), which keeps
its mean.

Every table has the knots of `REGULAR`. Where a straight line between two of them would say
something else than the law (a rare part of a mixture, a gap in observed stays), it has those of the
law besides: two of one luck are a jump.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bedspace.engine.stays.law import LONGEST, REGULAR, TICKS, Floats, LawOfStay

_NEAR = 0.01
"""A knot of a law is kept where the line that would replace it errs by more than this share."""
_EXACT, _CLOSE = 1e-6, 1e-3
"""A mean that is off by less is that of the law, by more: it lies in stays past the longest."""


@dataclass(frozen=True, eq=False)
class Table:
    """Knots of a law: from one to the next a stay is uniform."""

    lucks: NDArray[np.int64]
    """0 to 2^32, never falling."""
    ticks: NDArray[np.int32]
    """The stay at each, never falling."""

    @property
    def regular(self) -> bool:
        """Whether there are no knots but those of every table."""
        return len(self.lucks) == len(REGULAR)

    @property
    def weights(self) -> Floats:
        """The probability of each cell between two knots."""
        return np.diff(self.lucks) / 2.0**32

    @property
    def mean_days(self) -> float:
        """The mean stay, in days."""
        return mean_ticks((self.lucks, self.ticks.astype(float))) / TICKS


def thinned(p: Floats, days: Floats) -> tuple[NDArray[np.int64], Floats]:
    """Lucks and ticks of a law's knots, as LawOfStay.knots gives them: at all of REGULAR, and the
    law's own in those cells in which a straight line would miss them."""
    lucks = np.rint(p * 2.0**32).astype(np.int64)
    ticks = np.clip(days * TICKS, 0, LONGEST)
    if np.array_equal(lucks, REGULAR):
        return lucks, ticks
    left, right = _at_regular(lucks, ticks)
    cell = np.clip(np.searchsorted(REGULAR, lucks, side="right") - 1, 0, len(REGULAR) - 2)
    part = (lucks - REGULAR[cell]) / np.diff(REGULAR)[cell]
    line = right[cell] + part * (left[cell + 1] - right[cell])
    inside = lucks > REGULAR[cell]
    missed = inside & (np.abs(ticks - line) > 1 + _NEAR * ticks) & (lucks < REGULAR[-1])
    kept = inside & (lucks < REGULAR[-1]) & np.isin(cell, cell[missed])
    jump = left < right
    all_lucks = np.concatenate([REGULAR[jump], REGULAR, lucks[kept]])
    all_ticks = np.concatenate([left[jump], np.append(right[:-1], left[-1]), ticks[kept]])
    order = np.lexsort((all_ticks, all_lucks))
    return all_lucks[order], np.maximum.accumulate(all_ticks[order])


def _at_regular(lucks: NDArray[np.int64], ticks: Floats) -> tuple[Floats, Floats]:
    """The quantile just below and just above each luck of REGULAR."""
    first = np.searchsorted(lucks, REGULAR, side="left")
    last = np.searchsorted(lucks, REGULAR, side="right") - 1
    low = np.clip(first - 1, 0, None)
    width = np.maximum(lucks[first] - lucks[low], 1)
    between = ticks[low] + (REGULAR - lucks[low]) / width * (ticks[first] - ticks[low])
    known = lucks[first] == REGULAR
    left = np.where(known, ticks[first], between)
    right = np.where(known, ticks[last], between)
    left[0], right[-1] = right[0], left[-1]  # nothing lies beyond the ends
    return left, right


def mean_ticks(knots: tuple[NDArray[np.int64], Floats]) -> float:
    """The mean stay, in ticks, of lucks and ticks."""
    lucks, ticks = knots
    return float(np.diff(lucks) / 2.0**32 @ ((ticks[1:] + ticks[:-1]) / 2))


@lru_cache(maxsize=4096)
def table(law: LawOfStay) -> Table:
    """The law's table, corrected so that its mean is the law's.

    Raises PlanError for a law with a negative, infinite or undefined parameter.
    """
    law.check()
    p, days = law.knots()
    endless = np.isinf(days[-1])
    lucks, ticks = thinned(p, days)
    if endless:
        ticks[-1] = ticks[-2]
    wanted, mean = law.mean_days() * TICKS, mean_ticks((lucks, ticks))
    short = 1 - mean / wanted if 0 < wanted < math.inf else 0.0
    if endless and short > 0:  # the tail beyond the last knot but one is missing
        weight = (lucks[-1] - lucks[-2]) / 2.0**32
        ticks[-1] = min(ticks[-1] + 2 * (wanted - mean) / weight, LONGEST)
    elif endless or _EXACT < abs(short) < _CLOSE:  # chords lie above a convex curve, or below
        ticks = ticks / (1 - short)
    result = Table(lucks, np.rint(ticks).astype(np.int32))
    result.lucks.setflags(write=False)
    result.ticks.setflags(write=False)
    return result


def stay_ticks(knots: Table, luck: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Stays in ticks for 32-bit lucks, by linear interpolation rounded to the nearest tick."""
    luck = luck.astype(np.int64)
    k = np.searchsorted(knots.lucks, luck, side="right") - 1
    a, b = knots.ticks[k].astype(np.int64), knots.ticks[k + 1].astype(np.int64)
    width = knots.lucks[k + 1] - knots.lucks[k]
    return np.asarray(a + ((b - a) * (luck - knots.lucks[k]) + width // 2) // width)


def share_below(knots: Table, ticks: NDArray[np.int64]) -> Floats:
    """P(stay <= ticks)."""
    k = np.searchsorted(knots.ticks, ticks, side="right") - 1  # the last knot not beyond
    return np.where(k < 0, 0.0, _share_at(knots, np.maximum(k, 0), ticks))


def share_up_to(knots: Table, ticks: NDArray[np.int64]) -> Floats:
    """P(stay < ticks)."""
    k = np.searchsorted(knots.ticks, ticks, side="left")  # the first knot not before
    last = len(knots.ticks) - 1
    exact = (k <= last) & (knots.ticks[np.minimum(k, last)] == ticks)
    within = _share_at(knots, np.maximum(k - 1, 0), ticks)
    share = np.where(exact, knots.lucks[np.minimum(k, last)] / 2.0**32, within)
    return np.where(k > last, 1.0, np.where((k == 0) & ~exact, 0.0, share))


def _share_at(knots: Table, k: NDArray[np.int64], ticks: NDArray[np.int64]) -> Floats:
    """P(stay <= ticks) for ticks from knot k on and before the next."""
    last = len(knots.ticks) - 1
    inside = np.minimum(k, last - 1)
    low, high = knots.ticks[inside].astype(np.int64), knots.ticks[inside + 1].astype(np.int64)
    part = np.clip((ticks - low) / np.maximum(high - low, 1), 0, 1)
    first, then = knots.lucks[inside], knots.lucks[inside + 1]
    return np.where(k >= last, 1.0, (first + part * (then - first)) / 2.0**32)


def mean_share_left(knots: Table, hazard: float) -> float:
    """E[exp(-hazard x stay)], `hazard` a day: who is left at the end of a stay."""
    a, b = knots.ticks[:-1] / TICKS, knots.ticks[1:] / TICKS
    return float(knots.weights @ (np.exp(-hazard * a) * _mean_decay(hazard * (b - a))))


def _mean_decay(x: Floats) -> Floats:
    """(1 - exp(-x)) / x, and its limit 1."""
    return np.where(x > 0, -np.expm1(-x) / np.where(x > 0, x, 1.0), 1.0)


def exposure(knots: Table, ticks: NDArray[np.int64], hazard: float = 0.0) -> Floats:
    """Expected days in a stage up to each of `ticks` after entering it, where a risk of `hazard` a
    day ends it too: the integral of P(stay > x) exp(-hazard x)."""
    low, high = knots.ticks[:-1].astype(np.int64), knots.ticks[1:].astype(np.int64)
    below = np.searchsorted(high, ticks, side="right")  # whole cells below
    weights = knots.weights
    a, width = low / TICKS, (high - low) / TICKS
    if hazard > 0:
        means = (1 - np.exp(-hazard * a) * _mean_decay(hazard * width)) / hazard
    else:
        means = a + width / 2
    whole = np.concatenate([[0.0], np.cumsum(weights * means)])[below]
    cell = np.minimum(below, len(low) - 1)
    reach = np.where(below < len(low), np.maximum(ticks - low[cell], 0), 0)
    part = reach / np.maximum(high[cell] - low[cell], 1)
    start, reached = a[cell], reach / TICKS
    if hazard > 0:
        within = (1 - np.exp(-hazard * start) * _mean_decay(hazard * reached)) / hazard
    else:
        within = start + reached / 2
    gone = np.concatenate([[0.0], np.cumsum(weights)])[below] + part * weights[cell]
    left = np.where(below < len(low), 1 - gone, 0.0)
    return np.asarray(
        whole + part * weights[cell] * within + left * time_at_risk(ticks / TICKS, hazard)
    )


def time_at_risk(days: Floats, hazard: float) -> Floats:
    """Expected days until a stay of `days` or a risk of `hazard` a day ends, whichever is first:
    (1 - exp(-hazard days)) / hazard."""
    return np.asarray(-np.expm1(-hazard * days) / hazard if hazard > 0 else days)

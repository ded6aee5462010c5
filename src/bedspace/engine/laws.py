"""Laws of a stay, each turned once into a monotone table of whole numbers.

A law says how often stays of each length occur (a probability distribution). A table reads a
32-bit draw, a person's *luck*, as a quantile: more luck, never a shorter stay. So two scenarios
stay paired, person by person, when a law moves a little. Units are ticks of 1/256 day; a stay x
becomes floor(x + u) whole days, u another draw (the *dither*) in [0, 1), which keeps its mean.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from statistics import NormalDist
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bedspace.exceptions import PlanError

BITS = 11
CELLS = 1 << BITS
TICKS = 256
"""Ticks in a day."""
LONGEST = (1 << 31) - 1
"""The longest stay, in ticks (some 23,000 years): stands for "never"."""

Floats = NDArray[np.float64]
Table = NDArray[np.int32]
"""2 x CELLS knots in ticks: quantiles at i / CELLS, the last such cell again in CELLS parts."""


@dataclass(frozen=True)
class Fixed:
    """Always `days`."""

    days: float


@dataclass(frozen=True)
class Never:
    """No end."""


@dataclass(frozen=True)
class Exponential:
    """Constant hazard; `mean` in days."""

    mean: float


@dataclass(frozen=True)
class Lognormal:
    """`mean` in days, `sigma` of the logarithm."""

    mean: float
    sigma: float


@dataclass(frozen=True)
class Weibull:
    """`mean` in days; `shape` below 1: the hazard falls with time."""

    mean: float
    shape: float


@dataclass(frozen=True)
class Gamma:
    """`mean` in days, `shape`."""

    mean: float
    shape: float


@dataclass(frozen=True)
class Scaled:
    """`factor` times `law` (a share of a sentence, say)."""

    law: Law
    factor: float


@dataclass(frozen=True)
class AtLeast:
    """`factor` (at most 1) times `law`, but at least `days`, and never more than `law` itself."""

    law: Law
    factor: float
    days: float


@dataclass(frozen=True)
class Mixture:
    """One of several laws, with the given shares (they sum to one)."""

    parts: tuple[tuple[float, Law], ...]


@dataclass(frozen=True)
class Piecewise:
    """A hazard that is constant between days: ((until day, rate per day), ...); the last piece
    holds to the end, its day infinite."""

    hazards: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Empirical:
    """Observed quantiles ((probability, days), ...) from probability 0 to 1, linear between."""

    points: tuple[tuple[float, float], ...]


Law: TypeAlias = (
    Fixed
    | Never
    | Exponential
    | Lognormal
    | Weibull
    | Gamma
    | Scaled
    | AtLeast
    | Mixture
    | Piecewise
    | Empirical
)


def knot_probabilities() -> Floats:
    """The probability at each knot of a table."""
    coarse = np.arange(CELLS - 1) / CELLS
    fine = 1 - (1 - np.arange(CELLS + 1) / CELLS) / CELLS
    return np.concatenate([coarse, fine])


WEIGHTS = np.concatenate([np.full(CELLS - 1, 1 / CELLS), np.full(CELLS, 1 / CELLS**2)])
"""The probability of each cell between two knots."""
STARTS = np.concatenate([[0.0], np.cumsum(WEIGHTS)])
"""The probability below each knot."""


@lru_cache(maxsize=1)
def _normal_knots() -> Floats:
    inverse = NormalDist().inv_cdf
    inner = [inverse(p) if 0 < p < 1 else 0.0 for p in knot_probabilities()]
    return np.array(inner)


def _gamma_quantiles(p: Floats, shape: float) -> Floats:
    """Quantiles of a gamma law of scale 1: its series (Abramowitz & Stegun 6.5.29) on a grid, read
    backwards."""
    top = shape + 12 * math.sqrt(shape) + 40
    x = np.concatenate([np.geomspace(1e-8, 1e-2, 2000), np.linspace(1e-2, top, 20001)[1:]])
    term = np.ones_like(x)
    total = np.ones_like(x)
    for n in range(1, int(4 * top) + 100):
        term = term * x / (shape + n)
        total += term
    cdf = np.exp(shape * np.log(x) - x - math.lgamma(shape + 1)) * total
    return np.asarray(np.interp(p, np.concatenate([[0.0], cdf]), np.concatenate([[0.0], x])))


def _days(law: Law, p: Floats) -> Floats:
    """Quantiles in days at the knots' probabilities; finite below p = 1."""
    match law:
        case Fixed(days):
            return np.full_like(p, days)
        case Never():
            return np.full_like(p, LONGEST / TICKS)
        case Exponential(mean):
            with np.errstate(divide="ignore"):
                return np.asarray(-mean * np.log1p(-p))
        case Lognormal(mean, sigma):
            logs = math.log(mean) - sigma**2 / 2 + sigma * _normal_knots()
            return np.where(p > 0, np.exp(logs), 0.0)
        case Weibull(mean, shape):
            with np.errstate(divide="ignore"):
                unit = (-np.log1p(-p)) ** (1 / shape)
            return np.asarray(mean / math.gamma(1 + 1 / shape) * unit)
        case Gamma(mean, shape):
            return mean / shape * _gamma_quantiles(p, shape)
        case Scaled(inner, factor):
            return np.asarray(table(inner) / TICKS * factor)
        case AtLeast(inner, factor, days):
            whole = table(inner) / TICKS
            return np.asarray(np.maximum(factor * whole, np.minimum(whole, days)))
        case Mixture(parts):
            return _mixture_quantiles(parts, p)
        case Piecewise(hazards):
            with np.errstate(divide="ignore"):
                return _piecewise_quantiles(hazards, -np.log1p(-p))
        case Empirical(points):
            shares, days = np.array(points).T
            found: Floats = np.interp(p, shares, days)
            return found


def mean_of(law: Law) -> float:
    """The law's own mean in days (infinite for Never)."""
    match law:
        case Fixed(days):
            return days
        case Never():
            return math.inf
        case Exponential(mean) | Lognormal(mean) | Weibull(mean) | Gamma(mean):
            return mean
        case Scaled(inner, factor):
            return factor * mean_of(inner)
        case AtLeast(inner, factor, _):
            if factor > 0 and mean_of(inner) == math.inf:
                return math.inf
            return float(WEIGHTS @ cell_means(_days(law, knot_probabilities())))
        case Mixture(parts):
            return sum(share * mean_of(part) for share, part in parts if share > 0)
        case Piecewise(hazards):
            return _piecewise_mean(hazards)
        case Empirical(points):
            return sum((q - p) * (a + b) / 2 for (p, a), (q, b) in pairwise(points))


def _mixture_quantiles(parts: tuple[tuple[float, Law], ...], p: Floats) -> Floats:
    """Quantiles of a mixture of tables, exact for the tables: bisection on whole ticks."""
    tables = [(share, table(part)) for share, part in parts if share > 0]
    low = np.zeros(p.shape, dtype=np.int64)
    high = np.full(p.shape, LONGEST, dtype=np.int64)
    while np.any(low < high):
        middle = (low + high) // 2
        below = sum(share * share_below(knots, middle) for share, knots in tables)
        low, high = np.where(below < p, middle + 1, low), np.where(below < p, high, middle)
    return high / TICKS


def _pieces(hazards: tuple[tuple[float, float], ...]) -> list[tuple[float, float, float]]:
    """(from day, until day, rate) of each piece."""
    starts = [0.0, *(until for until, _ in hazards[:-1])]
    return [(start, until, rate) for start, (until, rate) in zip(starts, hazards, strict=True)]


def _piecewise_quantiles(hazards: tuple[tuple[float, float], ...], exposure: Floats) -> Floats:
    """The day on which the cumulative hazard reaches `exposure`."""
    days = np.full_like(exposure, math.inf)
    before = 0.0
    for start, until, rate in _pieces(hazards):
        inside = (exposure >= before) & np.isinf(days)
        if rate > 0:
            reached = start + (exposure - before) / rate
            days = np.where(inside & (reached <= until), reached, days)
            before += (until - start) * rate
    return days


def _piecewise_mean(hazards: tuple[tuple[float, float], ...]) -> float:
    """The integral of the survival over the pieces."""
    mean, alive = 0.0, 1.0
    for start, until, rate in _pieces(hazards):
        length = until - start
        if rate > 0:
            mean += alive * -math.expm1(-rate * length) / rate
            alive *= math.exp(-rate * length)
        else:
            mean += alive * length
    return mean


def share_below(knots: Table, ticks: NDArray[np.int64]) -> Floats:
    """P(stay <= ticks): within a cell a stay is uniform."""
    cell = np.searchsorted(knots, ticks, side="right") - 1
    inside = np.clip(cell, 0, len(WEIGHTS) - 1)
    low, high = knots[inside].astype(np.int64), knots[inside + 1].astype(np.int64)
    part = np.clip((ticks - low) / np.maximum(high - low, 1), 0, 1)
    below = STARTS[inside] + part * WEIGHTS[inside]
    return np.where(cell < 0, 0.0, np.where(cell >= len(WEIGHTS), 1.0, below))


def cell_means(knots: Table | Floats) -> Floats:
    """The mean stay of each cell, in ticks."""
    return np.asarray((knots[1:].astype(float) + knots[:-1]) / 2)


@lru_cache(maxsize=4096)
def table(law: Law) -> Table:
    """The law's table, corrected so that its mean is the law's.

    Raises PlanError for a law with a negative, infinite or undefined parameter.
    """
    _check(law)
    ticks = np.clip(_days(law, knot_probabilities()) * TICKS, 0, LONGEST)
    ticks[-1] = ticks[-2]
    wanted = mean_of(law) * TICKS
    if 0 < wanted < math.inf:
        mean = float(WEIGHTS @ cell_means(ticks))
        if mean < wanted:  # the tail beyond the last knot but one is missing
            ticks[-1] = min(ticks[-1] + 2 * (wanted - mean) / WEIGHTS[-1], LONGEST)
        else:  # chords lie above a convex curve
            ticks *= wanted / mean
    result: Table = np.rint(ticks).astype(np.int32)
    result.setflags(write=False)
    return result


def _check(law: Law) -> None:
    numbers: list[tuple[str, float, bool]] = []  # name, value, may be nought
    match law:
        case Fixed(days):
            numbers = [("days", days, True)]
        case Exponential(mean):
            numbers = [("mean", mean, False)]
        case Lognormal(mean, sigma):
            numbers = [("mean", mean, False), ("sigma", sigma, True)]
        case Weibull(mean, shape) | Gamma(mean, shape):
            numbers = [("mean", mean, False), ("shape", shape, False)]
        case Scaled(_, factor):
            numbers = [("factor", factor, True)]
        case AtLeast(_, factor, days):
            numbers = [("factor", factor, True), ("days", days, True)]
            if factor > 1:
                raise PlanError(f"atleast: factor cannot be {factor}")
        case Mixture(parts):
            numbers = [("share", share, True) for share, _ in parts]
            if not math.isclose(sum(share for share, _ in parts), 1.0, abs_tol=1e-9):
                raise PlanError("mixture: the shares of its parts do not sum to one")
        case Piecewise(hazards):
            _check_pieces(hazards)
        case Empirical(points):
            _check_points(points)
    for name, value, nought in numbers:
        if not math.isfinite(value) or value < 0 or (value == 0 and not nought):
            raise PlanError(f"{type(law).__name__.lower()}: {name} cannot be {value}")


def _check_pieces(hazards: tuple[tuple[float, float], ...]) -> None:
    days = [until for until, _ in hazards]
    if not days or days[-1] != math.inf or days != sorted(set(days)) or days[0] <= 0:
        raise PlanError("piecewise: the days ascend from above nought, and the last is without end")
    if any(not 0 <= rate < math.inf for _, rate in hazards) or hazards[-1][1] == 0:
        raise PlanError("piecewise: a rate is not negative, and the last is above nought")


def _check_points(points: tuple[tuple[float, float], ...]) -> None:
    shares, days = [p for p, _ in points], [d for _, d in points]
    if len(points) < 2 or shares[0] != 0 or shares[-1] != 1 or shares != sorted(set(shares)):
        raise PlanError("empirical: the probabilities ascend from 0 to 1")
    if days != sorted(days) or days[0] < 0 or not math.isfinite(days[-1]):
        raise PlanError("empirical: the days are finite and never fall")


def stay_ticks(knots: Table, luck: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Stays in ticks for 32-bit lucks, by linear interpolation rounded to the nearest tick."""
    luck = luck.astype(np.int64)
    cell = luck >> (32 - BITS)
    rest = luck & ((1 << (32 - BITS)) - 1)
    tail = cell == CELLS - 1
    low_bits = 32 - 2 * BITS
    index = np.where(tail, CELLS - 1 + (rest >> low_bits), cell)
    bits = np.where(tail, low_bits, 32 - BITS)
    part = np.where(tail, rest & ((1 << low_bits) - 1), rest)
    a = knots[index].astype(np.int64)
    b = knots[index + 1].astype(np.int64)
    return np.asarray(a + (((b - a) * part + (1 << (bits - 1))) >> bits))


def luck_beyond(
    knots: Table, ticks: NDArray[np.int64], draw: NDArray[np.uint64]
) -> NDArray[np.uint64]:
    """The luck of people known to have stayed `ticks` already: uniform among the stays beyond.

    Where the law knows no stay that long, the longest it knows.
    """
    below = share_below(knots, ticks)
    luck = (below + (1 - below) * (draw.astype(np.float64) + 0.5) / 2.0**32) * 2.0**32
    return np.minimum(luck, 2.0**32 - 1).astype(np.uint64)


def length_biased_luck(knots: Table, draw: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The luck of people found inside at a census: long stays are over-represented in proportion
    to their length, so P(luck <= u) is the table's Lorenz curve, inverted here exactly.

    A law whose mass is all at nought or all at "never" keeps the plain luck.
    """
    mass = WEIGHTS * cell_means(knots)
    if mass.sum() <= 0:
        return draw
    lorenz = np.concatenate([[0.0], np.cumsum(mass)]) / mass.sum()
    u = (draw.astype(np.float64) + 0.5) / 2.0**32
    k = np.clip(np.searchsorted(lorenz, u, side="right") - 1, 0, len(WEIGHTS) - 1)
    a, b = knots[k].astype(float), knots[k + 1].astype(float)
    want = (u - lorenz[k]) * mass.sum() / WEIGHTS[k]
    # Within a cell the stay is a + (b - a) t; solve a t + (b - a) t^2 / 2 = want for t.
    root = np.sqrt(np.maximum(a * a + 2 * (b - a) * want, 0.0))
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.where(a + root > 0, 2 * want / (a + root), 0.0)
    luck = (STARTS[k] + np.clip(t, 0, 1) * WEIGHTS[k]) * 2.0**32
    return np.asarray(np.minimum(luck, 2.0**32 - 1).astype(np.uint64))

"""How much of a result's variance each input makes, from pairs (input, result) that are given.

First-order Sobol' index of an input X for a result Y: Var(E[Y | X]) / Var(Y). Members next to each
other in the order of X have nearly the same X, and all else independent, so the covariance of a
member's Y with that of its neighbours is Var(E[Y | X]). No further runs are needed and no shape is
assumed but that E[Y | X] does not jump from member to member.

With the next member alone it is the rank statistic of Gamboa, Gremaud, Klein and Lagnoux, Global
sensitivity analysis: a novel generation of mighty estimators based on rank statistics, Bernoulli
28(4), 2022. Its error without any effect is 1 / sqrt(n), so that a hundred members hide a fifth of
the variance. With M neighbours on either side, as Lin and Han take several for Chatterjee's
correlation (On boosting the power of Chatterjee's rank correlation, Biometrika 110(2), 2023), it is
1 / sqrt(n M).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

Z95 = 1.959963984540054
"""The 97.5th percentile of the standard normal law."""


@dataclass(frozen=True)
class Index:
    """A first-order index: `share` as estimated (it may lie a little outside 0 to 1), its standard
    `error`, and `p`, the chance of as much where the input does nothing."""

    share: float
    error: float
    p: float

    @property
    def low(self) -> float:
        """Lower end of its 95 % interval, within 0 to 1."""
        return min(max(self.share - Z95 * self.error, 0.0), 1.0)

    @property
    def high(self) -> float:
        """Upper end of it."""
        return min(max(self.share + Z95 * self.error, 0.0), 1.0)


def neighbours(members: int) -> int:
    """How many neighbours are taken on either side: half the square root of the members, so that
    they span ever less of the input's range as members are added."""
    return max(1, round(sqrt(members) / 2))


def first_order(x: Values, y: Values) -> Index:
    """The index of `x` for `y`, one value of each a member (at least three); both vary. Equal
    values of `x` keep the order of the members, which is chance.

    `p` is taken on normal scores of the ranks of y (ties in an order of their own), for which the
    law without any effect is the same whatever y is, and is simulated.
    """
    order = np.argsort(x, kind="stable")
    sorted_y = y[order]
    sorted_y = (sorted_y - sorted_y.mean()) / sorted_y.std()
    around = _around(sorted_y)
    share = float(np.mean(sorted_y * around))
    scores = _scores(len(y))[np.argsort(_order(y))][order]
    as_much = np.searchsorted(_chance(len(y)), np.mean(scores * _around(scores)))
    p = (1 + TRIES - int(as_much)) / (1 + TRIES)
    return Index(share, _error(sorted_y, around, share), p)


def _around(y: Values) -> Values:
    """What the neighbours of each member say of it, along the last axis, its own value left out:
    their mean, and beside the ends, where most are on one side, the line through them."""
    n, m = y.shape[-1], neighbours(y.shape[-1])
    width = 2 * m + 1
    total = np.concatenate((np.zeros((*y.shape[:-1], 1)), np.cumsum(y, axis=-1)), axis=-1)
    made = np.empty_like(y)
    made[..., m : n - m] = (total[..., width:] - total[..., :-width] - y[..., m : n - m]) / (2 * m)
    made[..., :m] = y[..., :width] @ _ends(m)
    made[..., n - m :] = (y[..., ::-1][..., :width] @ _ends(m))[..., ::-1]
    return made


@cache
def _ends(m: int) -> Values:
    """Weights of the first 2 m + 1 members (rows) in the line, by least squares on ranks, that
    stands for each of the first m (columns) without itself."""
    made = np.zeros((2 * m + 1, m))
    for i in range(m):
        others = np.delete(np.arange(2 * m + 1), i)
        off = others - others.mean()
        made[others, i] = 1 / len(others) + (i - others.mean()) * off / (off @ off)
    return made


def _error(y: Values, around: Values, share: float) -> float:
    """Standard error of the index, `y` in the order of x with mean nought and variance one.

    The estimate's error is (1 - S) y^2 - e^2, averaged over members, and the mean product of two
    neighbours' e, where e is what x leaves of y; the two are uncorrelated. e is estimated as the
    distance from the neighbours' mean.
    """
    m = neighbours(len(y))
    squares = (y - around) ** 2 * (2 * m) / (2 * m + 1)
    single = np.var((1 - share) * y**2 - squares)
    paired = np.mean(squares[1:] * squares[:-1]) / m
    return float(np.sqrt((single + paired) / len(y)))


TRIES = 20_000
"""Random orders that the law of an index without any effect is taken from."""


@lru_cache(maxsize=4)
def _chance(n: int) -> Values:
    """Indices of scores in random orders, sorted."""
    dice, found = np.random.default_rng(n), []
    for _ in range(TRIES // 500):
        tried = dice.permuted(np.broadcast_to(_scores(n), (500, n)), axis=1)
        found.append(np.mean(tried * _around(tried), axis=1))
    made: Values = np.sort(np.concatenate(found))
    return made


@lru_cache(maxsize=4)
def _scores(n: int) -> Values:
    """Normal scores of the ranks 1 to n (van der Waerden), with variance one."""
    normal = NormalDist()
    made: Values = np.array([normal.inv_cdf(rank / (n + 1)) for rank in range(1, n + 1)])
    made /= made.std()
    return made


def _order(y: Values) -> NDArray[np.intp]:
    """Members by y; those with equal y in an order that has nothing to do with the members'."""
    return np.lexsort((np.random.default_rng(0).permutation(len(y)), y))


def standing_out(found: Sequence[Index], level: float = 0.05) -> list[bool]:
    """Which of several inputs' indices are more than chance: by Holm's procedure the probability
    that any of those named has nothing to do with the result is at most `level`. An input that
    moves only the spread of the result, not its mean, is told by its interval, which holds nought.

    S. Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal of
    Statistics 6(2), 1979.
    """
    told = [False] * len(found)
    for rank, i in enumerate(sorted(range(len(found)), key=lambda i: found[i].p)):
        if found[i].p > level / (len(found) - rank):
            break
        told[i] = found[i].low > 0
    return told


def direction(x: Values, y: Values) -> float:
    """Spearman's rank correlation: 1 where y only rises with x, -1 where it only falls."""
    return float(np.corrcoef(_ranks(x), _ranks(y))[0, 1])


def _ranks(values: Values) -> Values:
    """Ranks from nought; equal values have the mean of theirs."""
    _, where, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    means: Values = ends - (counts + 1) / 2
    return means[where]


def crossing(x: Values, y: Values, near: float) -> float | None:
    """Where along `x` the median of `y` given x turns its sign, nearest to `near`; None if nowhere
    between the members.

    The median is a parabola in x that has the least sum of absolute distances from y (quantile
    regression: Koenker and Bassett, Regression quantiles, Econometrica 46(1), 1978). So that its
    ends are not taken for a finding, at least BEYOND members must lie on either side of it, most of
    them with the sign that it says.
    """
    middle, scale = float(x.mean()), float(x.std())
    a, b, c = _parabola((x - middle) / scale, y / np.abs(y).max())
    roots = np.roots([a, b, c]) if a else np.array([-c / b] if b else [])
    real = [float(r.real) * scale + middle for r in roots if abs(r.imag) < 1e-9]
    for at in sorted(real, key=lambda at: abs(at - near)):
        slope = 2 * a * (at - middle) / scale + b
        above, below = y[x > at] * slope, y[x < at] * slope
        if min(len(above), len(below)) >= BEYOND and np.median(above) > 0 > np.median(below):
            return at
    return None


BEYOND = 5
"""Members on either side of a turning point, at least."""


def _parabola(x: Values, y: Values, rounds: int = 60) -> tuple[float, float, float]:
    """Coefficients of the median of y as a parabola in x, by least squares weighted again and again
    with the distances of the round before."""
    terms = np.column_stack([x**2, x, np.ones_like(x)])
    weights = np.ones_like(y)
    for _ in range(rounds):
        root = np.sqrt(weights)
        found = np.linalg.lstsq(terms * root[:, None], y * root, rcond=None)[0]
        weights = 1 / np.maximum(np.abs(y - terms @ found), 1e-6)
    return float(found[0]), float(found[1]), float(found[2])

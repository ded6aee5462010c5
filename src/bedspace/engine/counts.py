"""How many people of a cohort arrive on each day."""

from __future__ import annotations

import math

import numba as nb
import numpy as np
from numpy.typing import NDArray

from bedspace.engine import philox
from bedspace.engine.plan import Cohort


@nb.njit(nogil=True, cache=True)
def poisson_quantile(mean, u):  # type: ignore[no-untyped-def]
    """The least n with P(N <= n) >= u for N Poisson with `mean`; monotone in u and in the mean.

    The sum starts ten standard deviations below the mean, where the law has no weight to speak of.
    """
    if mean <= 0.0:
        return 0
    n = max(0, math.floor(mean - 10.0 * math.sqrt(mean) - 10.0))
    weight = math.exp(-mean + n * math.log(mean) - math.lgamma(n + 1.0))
    total = weight
    top = mean + 12.0 * math.sqrt(mean) + 40.0
    while total < u and n < top:
        n += 1
        weight *= mean / n
        total += weight
    return n


@nb.njit(nogil=True, cache=True)
def _quantiles(means, draws, counts):  # type: ignore[no-untyped-def]
    for i in range(means.size):
        counts[i] = poisson_quantile(means[i], draws[i])


def expected_arrivals(cohort: Cohort, days: int) -> NDArray[np.float64]:
    """The cohort's expected arrivals on each day."""
    rate = np.zeros(days)
    for day, value in cohort.rate:
        rate[max(day, 0) :] = value
    return rate


def counts_of(cohort: Cohort, days: int, key: tuple[int, int]) -> NDArray[np.int64]:
    """The arrivals on each day: Poisson quantiles at the day's own addressed draw, or, where the
    spread is "even", the steps of the rounded running total."""
    rate = expected_arrivals(cohort, days)
    if cohort.spread == "even":
        total = np.floor(np.cumsum(rate) + 0.5).astype(np.int64)
        return np.diff(total, prepend=0)
    if not rate.any():
        return np.zeros(days, dtype=np.int64)
    a, b, _, _ = philox.block(
        (1 << 32) - 1,
        np.arange(days),
        philox.cohort_hash(cohort.name),
        0,
        philox.purpose_hash("arrivals", cohort.name),
        key,
    )
    counts = np.zeros(days, dtype=np.int64)
    _quantiles(rate, philox.fraction(a, b), counts)
    return counts

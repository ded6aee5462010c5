"""How many people of a cohort arrive on each day."""

# mypy: disable-error-code="no-untyped-def"
# What Numba compiles is typed by its first call, not by annotations.

from __future__ import annotations

import math

import numba as nb
import numpy as np
from numpy.typing import NDArray

from bedspace.engine import philox
from bedspace.engine.plan import Cohort


@nb.njit(nogil=True, cache=True)
def count_quantile(mean, dispersion, u):
    """The least n with P(N <= n) >= u, for N Poisson with `mean` or, where the variance is
    `dispersion` > 1 times the mean, negative binomial. Monotone in u and in the mean.

    The sum starts ten standard deviations below the mean, where the law has no weight to speak of.
    """
    if mean <= 0.0:
        return 0
    spread = math.sqrt(mean * dispersion)
    n = max(0, math.floor(mean - 10.0 * spread - 10.0 * dispersion))
    top = mean + 12.0 * spread + 40.0 * dispersion
    if dispersion > 1.0:
        size, fail = mean / (dispersion - 1.0), 1.0 - 1.0 / dispersion
        log_weight = math.lgamma(n + size) - math.lgamma(size) - math.lgamma(n + 1.0)
        log_weight += n * math.log(fail) - size * math.log(dispersion)
    else:
        size, fail = 0.0, 0.0
        log_weight = -mean + n * math.log(mean) - math.lgamma(n + 1.0)
    weight = math.exp(log_weight)
    total = weight
    while total < u and n < top:
        weight *= (n + size) * fail / (n + 1.0) if dispersion > 1.0 else mean / (n + 1.0)
        n += 1
        total += weight
    return n


@nb.njit(nogil=True, cache=True)
def _quantiles(means, dispersion, draws, counts):
    for i in range(means.size):
        counts[i] = count_quantile(means[i], dispersion, draws[i])


def expected_arrivals(cohort: Cohort, days: int) -> NDArray[np.float64]:
    """The cohort's expected arrivals on each day."""
    rate = np.zeros(days)
    for day, value in cohort.rate:
        rate[max(day, 0) :] = value
    return rate


def counts_of(cohort: Cohort, days: int, key: tuple[int, int]) -> NDArray[np.int64]:
    """The arrivals on each day: quantiles at the day's own addressed draw, or, where the
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
    _quantiles(rate, cohort.dispersion, philox.fraction(a, b), counts)
    return counts

"""How many people arrive on each day."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedspace.engine import Cohort
from bedspace.engine.counts import count_quantile, counts_of, expected_arrivals

KEY = (12, 3)


def at_most(n: int, mean: float) -> float:
    """P(N <= n), summed term by term."""
    if n < 0:
        return 0.0
    terms = (math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(n + 1))
    return math.fsum(terms)


@pytest.mark.parametrize("mean", [0.01, 0.3, 1.0, 4.5, 40.0, 274.0, 3000.0])
def test_quantile_is_the_least_count_with_enough_weight(mean: float) -> None:
    for u in [1e-9, 0.001, 0.1, 0.3, 0.5, 0.77, 0.95, 0.999, 1 - 1e-7]:
        n = count_quantile(mean, 1.0, u)
        assert at_most(n, mean) >= u - 1e-11
        assert at_most(n - 1, mean) < u + 1e-11


def test_nobody_arrives_where_nobody_is_expected() -> None:
    assert count_quantile(0.0, 1.0, 0.999) == 0
    assert count_quantile(5.0, 1.0, 1e-12) == 0


@given(
    mean=st.floats(0, 5000), more=st.floats(0, 50), u=st.floats(1e-9, 1 - 1e-9), v=st.floats(0, 1)
)
def test_quantile_is_monotone(mean: float, more: float, u: float, v: float) -> None:
    """More luck or a higher rate never brings fewer people: scenarios stay paired."""
    n = count_quantile(mean, 1.0, u)
    assert count_quantile(mean + more, 1.0, u) >= n
    assert count_quantile(mean, 1.0, max(u, v)) >= n


@pytest.mark.parametrize("rate", [0.2, 7.0, 300.0])
def test_poisson_counts_have_their_mean_and_variance(rate: float) -> None:
    n = 20_000
    counts = counts_of(Cohort("flow", "s", rate=((0, rate),)), n, KEY)
    assert abs(counts.mean() - rate) < 4 * math.sqrt(rate / n)
    spread = math.sqrt((rate + 2 * rate**2) / n)  # of the sample variance of a Poisson law
    assert abs(counts.var() - rate) < 4 * spread
    lag = np.corrcoef(counts[1:], counts[:-1])[0, 1]
    assert abs(lag) < 4 / math.sqrt(n)


@given(
    st.lists(
        st.tuples(st.integers(1, 300), st.integers(0, 900)), max_size=5, unique_by=lambda x: x[0]
    )
)
def test_even_counts_keep_the_running_total(later: list[tuple[int, int]]) -> None:
    rate = ((0, 2.37), *((day, value / 100) for day, value in sorted(later)))
    cohort = Cohort("observed", "s", rate=rate, spread="even")
    total = np.cumsum(counts_of(cohort, 300, KEY))
    assert np.all(np.diff(total) >= 0)
    assert np.all(np.abs(total - np.cumsum(expected_arrivals(cohort, 300))) <= 0.5 + 1e-9)


def test_rates_hold_from_their_day_until_the_next() -> None:
    cohort = Cohort("flow", "s", rate=((0, 1.0), (3, 0.0), (5, 2.5)))
    assert expected_arrivals(cohort, 7).tolist() == [1, 1, 1, 0, 0, 2.5, 2.5]
    assert counts_of(cohort, 7, KEY)[3:5].tolist() == [0, 0]


def test_a_day_s_count_depends_on_its_own_rate_and_address_only() -> None:
    """A longer horizon, or another rate later on, leaves the earlier days as they were."""
    short = counts_of(Cohort("flow", "s", rate=((0, 9.0),)), 50, KEY)
    longer = counts_of(Cohort("flow", "s", rate=((0, 9.0), (50, 90.0))), 100, KEY)
    assert np.array_equal(short, longer[:50])
    assert not np.array_equal(short, counts_of(Cohort("other", "s", rate=((0, 9.0),)), 50, KEY))
    assert not np.array_equal(short, counts_of(Cohort("flow", "s", rate=((0, 9.0),)), 50, (12, 4)))

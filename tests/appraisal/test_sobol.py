"""Shares of variance and turning points against cases whose answers are known exactly."""

import numpy as np
import pytest
from numpy.typing import NDArray

from bedspace.appraisal.uncertainty import sobol

ISHIGAMI = (0.3139, 0.4424, 0.0)
"""First-order indices of the Ishigami function with a = 7, b = 0.1 (Ishigami and Homma 1990)."""

Values = NDArray[np.float64]


def ishigami(n: int, seed: int) -> tuple[Values, Values]:
    x = np.random.default_rng(seed).uniform(-np.pi, np.pi, (n, 3))
    return x, np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def linear(n: int, seed: int) -> tuple[Values, Values, Values]:
    """Triangular inputs with weights, the result their sum; and each one's exact share."""
    weights = np.array([3.0, 2.0, 1.0])
    x = np.random.default_rng(seed).triangular(0, 0.3, 1, (n, 3))
    return x, x @ weights, weights**2 / np.sum(weights**2)


@pytest.mark.parametrize("seed", range(8))
def test_ishigami(seed: int) -> None:
    x, y = ishigami(2000, seed)
    for j, exact in enumerate(ISHIGAMI):
        found = sobol.first_order(x[:, j], y)
        assert abs(found.share - exact) < 3 * found.error < 0.07
    told = sobol.standing_out([sobol.first_order(x[:, j], y) for j in range(3)])
    assert told == [True, True, False]


@pytest.mark.parametrize("members", [40, 100, 400])
def test_a_sum_of_three(members: int) -> None:
    """The interval holds the exact share in about 95 of 100, and the mean is near it."""
    found, inside = [], 0
    for seed in range(60):
        x, y, exact = linear(members, seed)
        indices = [sobol.first_order(x[:, j], y) for j in range(3)]
        found.append([index.share for index in indices])
        inside += sum(i.low <= e <= i.high for i, e in zip(indices, exact, strict=True))
    assert inside > 0.88 * 180
    assert np.abs(np.mean(found, axis=0) - exact).max() < 0.06 * (40 / members) ** 0.5 + 0.01


def test_the_error_is_the_spread_over_seeds() -> None:
    x, y, _ = linear(400, 0)
    spread = np.std(
        [sobol.first_order((p := linear(400, s))[0][:, 1], p[1]).share for s in range(99)]
    )
    assert sobol.first_order(x[:, 1], y).error == pytest.approx(spread, rel=0.35)


@pytest.mark.parametrize("members", [40, 100])
@pytest.mark.parametrize("law", ["normal", "lognormal", "seldom"])
def test_what_does_nothing_is_not_named(members: int, law: str) -> None:
    """Of results with 20 numbers that do nothing, about one in twenty names any of them."""
    wrong, results = 0, 100
    for seed in range(results):
        dice = np.random.default_rng(seed)
        y = dice.normal(size=members)
        y = {"normal": y, "lognormal": np.exp(2 * y), "seldom": (y > 1) * 1.0}[law]
        inputs = (dice.uniform(size=members) for _ in range(20))
        wrong += any(sobol.standing_out([sobol.first_order(x, y) for x in inputs]))
    assert wrong <= 13  # a binomial of 100 at 5 % goes beyond that once in a thousand


def test_ties_in_both_are_no_dependence() -> None:
    """Members with equal values stand in an order that must not be the same for both."""
    dice = np.random.default_rng(3)
    x, y = np.zeros(60), np.zeros(60)
    x[dice.permutation(60)[:5]] = 1
    y[dice.permutation(60)[:5]] = 1
    assert sobol.first_order(x, y).p > 0.05


def test_in_force_or_not_explains_a_sum_that_is_paid_or_not() -> None:
    x = (np.random.default_rng(1).uniform(size=100) < 0.3) * 1.0
    found = sobol.first_order(x, 7 * x)
    assert found.share > 0.9 and found.p < 0.001
    assert sobol.direction(x, 7 * x) == pytest.approx(1)
    assert sobol.direction(x, -7 * x) == pytest.approx(-1)


def test_holm_by_hand() -> None:
    found = [sobol.Index(0.3, 0.1, p) for p in (0.04, 0.011, 0.03, 0.02)]
    assert sobol.standing_out(found) == [False, True, False, False]
    found = [sobol.Index(0.3, 0.1, p) for p in (0.04, 0.011, 0.02, 0.016)]
    assert sobol.standing_out(found) == [True, True, True, True]
    assert sobol.standing_out([sobol.Index(0.15, 0.1, 0.001)]) == [False], "nought is within"


def test_where_a_median_turns_its_sign() -> None:
    dice = np.random.default_rng(2)
    x = dice.triangular(0.1, 0.25, 0.6, 200)
    y = 100 * x - 40
    assert sobol.crossing(x, y, 0.25) == pytest.approx(0.4, abs=1e-6)
    # Outliers on one side do not move the median.
    rough = y + np.where(dice.uniform(size=200) < 0.2, 500.0, 0.0) * (dice.uniform(size=200) < 0.5)
    assert sobol.crossing(x, rough, 0.25) == pytest.approx(0.4, abs=0.02)
    curved = 12 / x - 30
    assert sobol.crossing(x, curved, 0.25) == pytest.approx(0.4, abs=0.02)


def test_nothing_turns_beyond_the_members() -> None:
    x = np.linspace(0.1, 0.3, 100)
    assert sobol.crossing(x, 100 * x - 40, 0.2) is None
    assert sobol.crossing(x, 100 * x + 40, 0.2) is None
    assert sobol.crossing(x, 100 * x - 29.9, 0.2) is None, "one member alone lies beyond it"
    assert sobol.crossing(x, 100 * x - 25, 0.2) == pytest.approx(0.25, abs=1e-3)

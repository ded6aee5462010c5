"""Tables of stays, held to the laws they stand for."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numba as nb
import numpy as np
import pytest
from hypothesis import given, settings

from bedspace.engine import Cohort, Exit, Place, Plan, Stage, expected, simulate, stays
from bedspace.engine.kernel import luck
from bedspace.engine.prepare import prepare
from bedspace.engine.stays import (
    AtLeast,
    Exponential,
    Fixed,
    Gamma,
    LawOfStay,
    Lognormal,
    Mixture,
    Never,
    Scaled,
    Weibull,
)
from bedspace.engine.stays.census import length_biased_luck
from bedspace.engine.stays.stacked import stack
from bedspace.exceptions import PlanError
from tests.engine.plans import laws_of_stay

LAWS: list[LawOfStay] = [
    Fixed(30.0),
    Fixed(0.0),
    Exponential(2.0),
    Exponential(365.0),
    Lognormal(60.0, 1.0),
    Lognormal(900.0, 0.3),
    Lognormal(365.0, 1.8),
    Lognormal(365.0, 2.5),
    Lognormal(20.0, 2.9),  # its mean needs the correction of the topmost knot
    Lognormal(0.3, 1.0),
    Lognormal(40.0, 0.0),
    Weibull(200.0, 0.6),
    Weibull(200.0, 0.3),
    Weibull(200.0, 3.0),
    Gamma(100.0, 0.5),
    Gamma(100.0, 1.0),
    Gamma(500.0, 7.0),
    Scaled(Lognormal(900.0, 1.0), 0.4),
    Scaled(Exponential(100.0), 0.0),
    AtLeast(Lognormal(900.0, 1.0), 0.4, 180.0),
    AtLeast(Mixture(((0.5, Fixed(20.0)), (0.5, Never()))), 0.0, 30.0),
    Mixture(((0.5, Exponential(5.0)), (0.5, Exponential(500.0)))),
    Mixture(((0.8, Fixed(3.0)), (0.2, Lognormal(700.0, 1.0)))),
    Mixture(((1.0, Weibull(90.0, 2.0)), (0.0, Never()))),
]


def table_moment(law: LawOfStay, power: int) -> float:
    """E[stay^power] of the table, in days: within a cell from a to b a stay is uniform."""
    knots = stays.table(law)
    a, b = (knots.ticks[k : k - 1 or None].astype(float) / stays.TICKS for k in (0, 1))
    if power == 1:
        return float(knots.weights @ ((a + b) / 2))
    return float(knots.weights @ ((a * a + a * b + b * b) / 3))


@pytest.mark.parametrize("law", LAWS, ids=repr)
def test_mean_is_the_law_s_within_a_twentieth_of_a_percent(law: LawOfStay) -> None:
    assert table_moment(law, 1) == pytest.approx(law.mean_days(), rel=5e-4, abs=1e-9)


def test_mean_of_closed_forms() -> None:
    """The means the tables are held to, against integrals of the survival done here."""
    x = np.linspace(0, 40_000, 4_000_001)
    for law, survival in {
        Exponential(300.0): np.exp(-x / 300),
        Weibull(300.0, 0.8): np.exp(-((x * math.gamma(2.25) / 300) ** 0.8)),
        Gamma(300.0, 2.0): (1 + x / 150) * np.exp(-x / 150),
    }.items():
        assert np.trapezoid(survival, x) == pytest.approx(law.mean_days(), rel=1e-5)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(law=laws_of_stay())
def test_more_luck_is_never_a_shorter_stay(law: LawOfStay) -> None:
    knots = stays.table(law)
    assert knots.ticks[0] >= 0
    assert np.all(np.diff(knots.ticks.astype(np.int64)) >= 0)
    assert np.all(np.diff(knots.lucks) >= 0)
    ticks = stays.stay_ticks(knots, np.linspace(0, 2**32 - 1, 50_001).astype(np.uint64))
    assert np.all(np.diff(ticks) >= 0)


def below(law: LawOfStay, x: float) -> float:
    """P(stay <= x), the textbook's."""
    match law:
        case Exponential(mean):
            return 1 - math.exp(-x / mean)
        case Lognormal(mean, sigma):
            z = (math.log(x / mean) + sigma**2 / 2) / sigma
            return 0.5 * math.erfc(-z / math.sqrt(2))
        case Weibull(mean, shape):
            return 1 - math.exp(-((x / mean * math.gamma(1 + 1 / shape)) ** shape))
        case Gamma(mean, shape):  # whole shapes: an Erlang law
            rate = shape / mean
            terms = (
                math.exp(-rate * x) * (rate * x) ** k / math.factorial(k) for k in range(int(shape))
            )
            return 1 - math.fsum(terms)
        case Scaled(inner, factor):
            return below(inner, x / factor)
        case AtLeast(inner, factor, days):
            return below(inner, x if x < days else x / factor)
        case Mixture(parts):
            return sum(share * below(part, x) for share, part in parts)
    raise AssertionError(law)


@pytest.mark.parametrize("p", [0.01, 0.1, 0.5, 0.9, 0.99, 0.999, 0.99999])
@pytest.mark.parametrize(
    "law",
    [
        Exponential(365.0),
        Lognormal(365.0, 1.0),
        Weibull(200.0, 0.6),
        Weibull(200.0, 3.0),
        Gamma(500.0, 1.0),
        Gamma(500.0, 7.0),
        Scaled(Lognormal(900.0, 1.0), 0.4),
        AtLeast(Lognormal(900.0, 1.0), 0.4, 180.0),
        Mixture(((0.5, Exponential(50.0)), (0.5, Exponential(5000.0)))),
        Mixture(((0.9, Lognormal(60.0, 1.0)), (0.1, Weibull(2000.0, 2.0)))),
    ],
    ids=repr,
)
def test_quantiles_are_the_textbook_s(law: LawOfStay, p: float) -> None:
    ticks = stays.stay_ticks(stays.table(law), np.array([p * 2**32], dtype=np.uint64))
    days = int(ticks[0]) / stays.TICKS
    # Half a tick is the grain; beyond it, the chance of a longer stay is right within 1 %.
    slack = 0.01 * min(p, 1 - p) + 1e-7
    assert below(law, days - 1 / stays.TICKS) <= p + slack
    assert below(law, days + 1 / stays.TICKS) >= p - slack


def test_fixed_and_never() -> None:
    every = np.linspace(0, 2**32 - 1, 1001).astype(np.uint64)
    assert set(stays.stay_ticks(stays.table(Fixed(2.5)), every)) == {640}
    assert set(stays.stay_ticks(stays.table(Never()), every)) == {stays.LONGEST}
    assert Mixture(((0.5, Never()), (0.5, Fixed(1.0)))).mean_days() == math.inf


@pytest.mark.parametrize(("factor", "days"), [(0.5, 100.0), (0.4, 0.0), (0.0, 250.0), (1.0, 9.0)])
def test_the_mean_of_at_least(factor: float, days: float) -> None:
    """E[max(c X, min(X, m))] = E[min(X, m)] + E[c X - m where that is positive], by the integrals
    of an exponential survival."""
    mean = 300.0
    beyond = factor * mean * math.exp(-days / (factor * mean)) if factor else 0.0
    law = AtLeast(Exponential(mean), factor, days)
    by_hand = mean * (1 - math.exp(-days / mean)) + beyond
    assert law.mean_days() == pytest.approx(by_hand, rel=1e-4)


def test_at_least_by_hand() -> None:
    """Half of a sentence, at least 90 days and never more than all of it."""
    for sentence, served in {20.0: 20, 90.0: 90, 120.0: 90, 180.0: 90, 200.0: 100}.items():
        knots = stays.table(AtLeast(Fixed(sentence), 0.5, 90.0))
        assert set(knots.ticks) == {served * stays.TICKS}
    assert AtLeast(Never(), 0.5, 90.0).mean_days() == math.inf


@nb.njit
def _kernel_ticks(p, lucks):
    ticks = np.zeros(lucks.size, dtype=np.int64)
    for i in range(lucks.size):
        ticks[i] = luck.stay_ticks(p, 2, lucks[i])
    return ticks


def kernel_ticks(knots: stays.Table, lucks: np.ndarray) -> np.ndarray:
    """As the kernel reads a table that stands behind two others, one of them uneven."""
    uneven = stays.table(Mixture(((0.3, Fixed(1.0)), (0.7, Fixed(2.0)))))
    p = stack([stays.table(Fixed(0.0)), uneven, knots])
    return _kernel_ticks(p, lucks.astype(np.int64))


@pytest.mark.parametrize("law", [*LAWS, Never()], ids=repr)
def test_the_kernel_reads_tables_as_the_reference_does(law: LawOfStay) -> None:
    knots = stays.table(law)
    edges = np.arange(0, 2**32, 2**19, dtype=np.uint64)
    tail = np.uint64(2**32) - np.arange(1, 5000, dtype=np.uint64)
    own = knots.lucks[:-1].astype(np.uint64)
    lucks = np.concatenate([edges, edges[1:] - np.uint64(1), tail, own, own[1:] - np.uint64(1)])
    assert np.array_equal(kernel_ticks(knots, lucks), stays.stay_ticks(knots, lucks))


@pytest.mark.parametrize("days", [0.0, 0.25, 1.0, 1.99609375, 60.5])
def test_whole_days_keep_the_mean(days: float) -> None:
    """floor(x + u) over all 256 values of u has exactly the mean x, and is never a day away."""
    dithers = np.arange(256)
    whole = (kernel_ticks(stays.table(Fixed(days)), np.zeros(256)) + dithers) // stays.TICKS
    assert whole.mean() == days
    assert np.all(np.abs(whole - days) < 1)


@pytest.mark.parametrize(
    ("law", "second_moment"),
    [
        (Fixed(30.0), 30.0**2),
        (Exponential(365.0), 2 * 365.0**2),
        (Lognormal(60.0, 0.8), 60.0**2 * math.exp(0.64)),
        (Weibull(200.0, 2.0), 200.0**2 * math.gamma(2) / math.gamma(1.5) ** 2),
        (Gamma(100.0, 2.0), 100.0**2 * 1.5),
        (
            Mixture(((0.5, Exponential(20.0)), (0.5, Exponential(200.0)))),
            0.5 * 2 * 20.0**2 + 0.5 * 2 * 200.0**2,
        ),
    ],
    ids=repr,
)
def test_a_census_finds_long_stays(law: LawOfStay, second_moment: float) -> None:
    """The mean stay of those found inside is E[X^2] / E[X], longer than an admission's mean."""
    n = 1 << 17
    draws = ((np.arange(n) + 0.5) * 2.0**32 / n).astype(np.uint64)
    knots = stays.table(law)
    found = stays.stay_ticks(knots, length_biased_luck(knots, draws)) / stays.TICKS
    assert found.mean() == pytest.approx(table_moment(law, 2) / table_moment(law, 1), rel=1e-3)
    assert found.mean() == pytest.approx(second_moment / law.mean_days(), rel=5e-3)


def test_length_bias_of_degenerate_laws() -> None:
    draws = np.array([0, 7, 2**32 - 1], dtype=np.uint64)
    nought = stays.table(Fixed(0.0))
    assert np.array_equal(length_biased_luck(nought, draws), draws)
    never = stays.table(Never())
    lucks = length_biased_luck(never, draws)
    assert set(stays.stay_ticks(never, lucks)) == {stays.LONGEST}


def stock_of(law: LawOfStay, size: int) -> np.ndarray:
    stage = Stage("held", law, (Exit("out", 1.0),), places=("p",))
    plan = Plan(10, (Cohort("stock", "held", size=size),), (stage,), (Place("p", ((0, size),)),))
    return prepare(plan, 5, 0).stock


def test_what_remains_of_an_exponential_stay_is_exponential() -> None:
    """People found inside forget how long they have been there; both halves of their stay have
    the full mean."""
    n = 200_000
    stock = stock_of(Exponential(100.0), n)
    for day in (0, 9, 49, 99, 299):
        there = np.mean(stock["due"] > day)
        expected = math.exp(-(day + 1) / 100)
        assert abs(there - expected) < 4 * math.sqrt(expected * (1 - expected) / n)
    served, remaining = -stock["entered"].astype(float), stock["due"].astype(float)
    assert served.mean() == pytest.approx(100.5, abs=4 * 100 / math.sqrt(n))
    assert remaining.mean() == pytest.approx(99.5, abs=4 * 100 / math.sqrt(n))
    assert abs(np.corrcoef(served, remaining)[0, 1]) < 4 / math.sqrt(n)


def test_what_remains_of_a_fixed_stay_is_uniform() -> None:
    n = 50_000
    share = np.bincount(stock_of(Fixed(30.0), n)["due"], minlength=31) / n
    assert share[30] < 4 / (30 * stays.TICKS)  # within the grain of a tick: arrived this instant
    assert np.all(np.abs(share[:30] - 1 / 30) < 4.5 * math.sqrt(1 / 30 / n))


@pytest.mark.parametrize(
    ("law", "says"),
    [
        (Fixed(-1.0), "fixed: days cannot be -1.0"),
        (Fixed(math.inf), "fixed: days cannot be inf"),
        (Exponential(0.0), "exponential: mean cannot be 0.0"),
        (Exponential(math.nan), "exponential: mean cannot be nan"),
        (Lognormal(-5.0, 1.0), "lognormal: mean cannot be -5.0"),
        (Lognormal(5.0, -0.1), "lognormal: sigma cannot be -0.1"),
        (Weibull(5.0, 0.0), "weibull: shape cannot be 0.0"),
        (Gamma(0.0, 2.0), "gamma: mean cannot be 0.0"),
        (Scaled(Exponential(5.0), -0.5), "scaled: factor cannot be -0.5"),
        (AtLeast(Exponential(5.0), 1.1, 3.0), "atleast: factor cannot be 1.1"),
        (AtLeast(Exponential(5.0), 0.5, -3.0), "atleast: days cannot be -3.0"),
        (Scaled(Exponential(-5.0), 0.5), "exponential: mean cannot be -5.0"),
        (Mixture(((0.5, Fixed(1.0)), (0.4, Fixed(2.0)))), "do not sum to one"),
        (Mixture(((1.5, Fixed(1.0)), (-0.5, Fixed(2.0)))), "mixture: share cannot be -0.5"),
        (Mixture(()), "do not sum to one"),
    ],
    ids=repr,
)
def test_impossible_laws_are_refused(law: LawOfStay, says: str) -> None:
    with pytest.raises(PlanError, match=says):
        stays.table(law)


@dataclass(frozen=True)
class UpTo(stays.LawOfStay):
    """A law that the engine does not know: every stay up to `most` days is as likely."""

    most: float

    def check(self) -> None:
        self.check_numbers(nought=False, most=self.most)

    def mean_days(self) -> float:
        return self.most / 2

    def knots(self) -> tuple[np.ndarray, np.ndarray]:
        return np.array([0.0, 1.0]), np.array([0.0, self.most])

    def log_survival(self, days: np.ndarray) -> np.ndarray:
        with np.errstate(divide="ignore"):
            return np.log(np.clip(1 - days / self.most, 0, 1))


def test_a_law_is_one_class() -> None:
    """Nothing else names the laws one by one: both engines and the twin take a new one. Of people
    found inside a share (1 - t / 60) ** 2 is left after t days."""
    law = UpTo(60.0)
    stage = Stage("held", law, (Exit("out", 1.0),), places=("p",))
    cohorts = (Cohort("flow", "held", rate=((0, 10.0),)), Cohort("stock", "held", size=300))
    plan = Plan(90, cohorts, (stage,), (Place("p", ((0, 9999),)),))
    one = simulate(plan, 1, 0).stages
    assert np.array_equal(one, simulate(plan, 1, 0, engine="reference").stages)
    assert expected(plan)[:, 0] == pytest.approx(np.full(90, 300.0), rel=1e-4)
    left = np.mean(stock_of(law, 100_000)["due"] > 29)
    assert left == pytest.approx(0.25, abs=4 * 0.433 / math.sqrt(100_000))
    with pytest.raises(PlanError, match="upto: most cannot be -1"):
        stays.table(UpTo(-1.0))

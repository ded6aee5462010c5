"""M/G/infinity: people arrive by chance, stay for any law, and there is room for all.

The population at the end of day t is then Poisson with mean  rate x integral from 0 to t + 1 of
P(stay > x) dx,  exactly, although time is whole days (see analytic.by_day). The integrals are made
here by quadrature of the laws' formulas, not from the engine's tables. A table's mean may be off by
0.05 %, which is a quarter of a standard error here.

How sure: every statistic is a z-score over 2,400 independent systems, and one above 4.5
in size fails. Some 120 are looked at, so an engine without fault would fail at one seed in a
thousand.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from bedspace.engine import Cohort, Exit, Place, Plan, Risk, Stage, simulate, stays
from tests.engine.analytic import OUT, area, by_day, copies, poisson, survival

MOST = 4.5
SYSTEMS, REPLICATES = 200, 12
RATE = 1.5
DAYS = (0, 6, 29, 89, 180)

STAYS = {
    "exponential": stays.Exponential(30),
    "lognormal": stays.Lognormal(60, 1.0),
    "weibull": stays.Weibull(40, 0.7),
    "mixture": stays.Mixture(((0.7, stays.Exponential(3)), (0.3, stays.Lognormal(120, 0.8)))),
}
every_law = pytest.mark.parametrize("law", STAYS.values(), ids=STAYS)


def counted(plan: Plan, stages: slice = slice(None)) -> np.ndarray:
    """People by system (all replicates of all copies) and by day."""
    runs = [simulate(plan, 17, replicate).stages[:, stages].T for replicate in range(REPLICATES)]
    return np.concatenate(runs).astype(float)


def assert_poisson(seen: np.ndarray, mean: float) -> None:
    """Mean, variance and every single count are those of a Poisson law of the mean given."""
    n = len(seen)
    assert abs(seen.mean() - mean) / math.sqrt(mean / n) < MOST
    around = ((seen - mean) ** 2).mean()
    assert abs(around - mean) / math.sqrt((mean + 2 * mean**2) / n) < MOST
    wanted = n * poisson(mean, 400)
    cells = np.minimum(np.cumsum(wanted) // (n / 20), 19).astype(int)  # 20 cells, much the same
    expected = np.bincount(cells, wanted)
    found = np.bincount(cells[seen.astype(int)], minlength=len(expected))
    used = expected > 0
    chi = ((found[used] - expected[used]) ** 2 / expected[used]).sum()
    free = used.sum() - 1
    assert free == 0 or (chi - free) / math.sqrt(2 * free) < MOST + 1  # its tail is a little longer


@every_law
def test_population_from_nothing_is_poisson_with_the_analytic_mean(law: stays.LawOfStay) -> None:
    people = counted(copies(SYSTEMS, DAYS[-1] + 1, law, RATE))
    alive = survival(law)
    for day in DAYS:
        assert_poisson(people[:, day], RATE * area(alive, day + 1))
    for early, late in ((6, 29), (29, 89), (89, 180)):
        means = [RATE * area(alive, day + 1) for day in (early, late)]
        both = RATE * area(alive, late + 1, late - early)  # there on both days
        together = ((people[:, early] - means[0]) * (people[:, late] - means[1])).mean()
        error = math.sqrt((means[0] * means[1] + both**2 + both) / len(people))
        assert abs(together - both) / error < MOST


@every_law
def test_a_stock_is_thinned_as_its_law_says(law: stays.LawOfStay) -> None:
    """Of people found inside at a census P(still there after day t) is the integral of P(stay > x)
    from t + 1 on, over the mean; they leave independently, so the count is binomial."""
    size = 80
    people = counted(copies(SYSTEMS, DAYS[-1] + 1, law, 0.0, stock=size))
    alive, mean = survival(law), law.mean_days()
    for day in DAYS:
        left = 1 - area(alive, day + 1) / mean
        spread = size * left * (1 - left)
        seen = people[:, day]
        assert abs(seen.mean() - size * left) / math.sqrt(spread / len(seen)) < MOST
        error = math.sqrt((spread * (1 - 6 * left * (1 - left)) + 2 * spread**2) / len(seen))
        assert abs(((seen - size * left) ** 2).mean() - spread) / error < MOST


@every_law
def test_a_steady_state_is_arrivals_times_mean_stay(law: stays.LawOfStay) -> None:
    """Little's law: a census population and the arrivals that keep it up stay at rate x mean, from
    the first day to the last, and people who came later count as much as those found there."""
    mean = law.mean_days()
    size = round(RATE * mean)
    people = counted(copies(SYSTEMS, DAYS[-1] + 1, law, RATE, stock=size))
    alive = survival(law)
    for day in DAYS:
        left = 1 - area(alive, day + 1) / mean
        wanted = RATE * area(alive, day + 1) + size * left
        spread = RATE * area(alive, day + 1) + size * left * (1 - left)
        assert wanted == pytest.approx(RATE * mean, abs=0.5)
        error = math.sqrt(spread / len(people))
        assert abs(people[:, day].mean() - wanted) / error < MOST


def test_a_stage_is_fed_by_the_one_before() -> None:
    """Who leaves an M/G/infinity stage is again Poisson, by day, so the next stage is another one;
    and how many are in the one says nothing of how many are in the other (Mirasol 1963)."""
    remand, term, share = STAYS["weibull"], STAYS["lognormal"], 0.7
    names = [f"{i:04d}" for i in range(SYSTEMS)]
    onward = [(Exit("sentenced", share, f"term {n}"), Exit("freed", 1 - share)) for n in names]
    held = [Stage(f"remand {n}", remand, onward[i], places=("room",)) for i, n in enumerate(names)]
    held += [Stage(f"term {n}", term, OUT, places=("room",)) for n in names]
    flows = tuple(Cohort(n, f"remand {n}", rate=((0, RATE), (40, 2 * RATE))) for n in names)
    plan = Plan(DAYS[-1] + 1, flows, tuple(held), (Place("room", ((0, 10**8),)),))
    first, second = counted(plan, slice(SYSTEMS)), counted(plan, slice(SYSTEMS, None))
    come = np.where(np.arange(plan.days) < 40, RATE, 2 * RATE)
    inside = np.convolve(come, by_day(survival(remand), plan.days))[: plan.days]
    going = share * (come - np.diff(inside, prepend=0.0))
    then = np.convolve(going, by_day(survival(term), plan.days))[: plan.days]
    for day in DAYS:
        assert_poisson(first[:, day], inside[day])
        assert_poisson(second[:, day], then[day])
        apart = ((first[:, day] - inside[day]) * (second[:, day] - then[day])).mean()
        assert abs(apart) / math.sqrt(inside[day] * then[day] / len(first)) < MOST


def test_a_risk_thins_every_stay_alike() -> None:
    """With a hazard h of dying the survival is that of the stay times exp(-h x)."""
    hazard, law = 0.01, STAYS["lognormal"]
    alive = survival(law)
    plan = copies(SYSTEMS, DAYS[-1] + 1, law, RATE, risks=(Risk("died", hazard),))
    people = counted(plan)
    for day in DAYS:
        mean = RATE * area(lambda x: alive(x) * np.exp(-hazard * x), day + 1)
        assert_poisson(people[:, day], mean)

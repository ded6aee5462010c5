"""How a stage ends: competing risks, credit for time inside, one sentence in parts; stocks whose
time served is known, counts that vary more than Poisson's."""

from __future__ import annotations

import math

import numpy as np
import pytest

from bedspace.engine import Change, Cohort, Exit, Place, Plan, Risk, Stage, simulate, stays
from bedspace.engine.counts import count_quantile, counts_of
from tests.engine.plans import timings

PLACES = (Place("prison", ((0, 1000),)),)
OUT = (Exit("released", 1.0),)


def stage(name: str, stay: stays.LawOfStay, exits: tuple[Exit, ...] = OUT, **more: object) -> Stage:
    return Stage(name, stay, exits, places=("prison",), **more)


def test_piecewise_is_what_its_hazards_say() -> None:
    """0 for 10 days, then 5 % a day: the mean is 10 + 20 days and the median 10 + 20 ln 2."""
    law = stays.Piecewise(((10.0, 0.0), (math.inf, 0.05)))
    assert law.mean_days() == pytest.approx(30)
    half = stays.stay_ticks(stays.table(law), np.array([2**31], dtype=np.uint64))[0] / stays.TICKS
    assert half == pytest.approx(10 + 20 * math.log(2), rel=1e-3)


def test_one_piece_is_exponential() -> None:
    one, other = (
        stays.table(stays.Piecewise(((math.inf, 0.02),))),
        stays.table(stays.Exponential(50)),
    )
    assert np.abs(one.ticks.astype(int) - other.ticks).max() <= 1


def test_empirical_keeps_its_points() -> None:
    law = stays.Empirical(((0.0, 2.0), (0.25, 10.0), (1.0, 40.0)))
    assert law.mean_days() == 0.25 * 6 + 0.75 * 25
    luck = np.array([0, 2**30], dtype=np.uint64)
    found = stays.stay_ticks(stays.table(law), luck) / stays.TICKS
    assert list(found) == pytest.approx([2, 10], abs=0.02)


def test_competing_risks_share_by_their_hazards() -> None:
    """Hazards 1 % of release, 0.6 % of death, 0.4 % of escape: half leave by release, and a stay
    of any kind lasts 50 days on average (the minimum of exponentials)."""
    risks = (Risk("died", 0.006), Risk("escaped", 0.004))
    plan = Plan(
        4000,
        (Cohort("new", "term", rate=((0, 5.0),)),),
        (stage("term", stays.Exponential(100), risks=risks),),
        PLACES,
    )
    outcome = simulate(plan, 1, 0)
    left = outcome.exits.sum(axis=0)[0] / outcome.exits.sum()
    assert list(left) == pytest.approx([0.5, 0.3, 0.2], abs=0.012)
    assert outcome.stages[1000:, 0].mean() == pytest.approx(5 * 50, rel=0.03)  # Little's law


def test_a_stock_is_at_risk_from_the_first_day() -> None:
    """A hazard of 2 % a day alone (nobody is released): after 35 days half the stock is left."""
    plan = Plan(
        100,
        (Cohort("stock", "life", size=20000),),
        (stage("life", stays.Never(), risks=(Risk("died", 0.02),)),),
        PLACES,
    )
    left = simulate(plan, 1, 0).stages[:, 0] / 20000
    expected = np.exp(-0.02 * np.arange(1, 101))
    assert np.abs(left - expected).max() < 4 * 0.5 / math.sqrt(20000)


def two_parts(credit: float, remand: float, term: float) -> Plan:
    return Plan(
        400,
        (Cohort("new", "a remand", rate=((0, 1.0), (1, 0.0)), spread="even"),),
        (
            stage("a remand", stays.Fixed(remand), (Exit("sentenced", 1.0, "b term"),)),
            stage("b term", stays.Fixed(term), credit=credit),
        ),
        PLACES,
    )


@pytest.mark.parametrize(
    ("credit", "remand", "term", "released"),
    [(0.0, 40, 100, 140), (1.0, 40, 100, 100), (0.5, 40, 100, 120), (1.0, 150, 100, 150)],
)
def test_time_on_remand_counts(credit: float, remand: float, term: float, released: int) -> None:
    """Whole credit: out when the sentence is over, counted from arrest; never before today."""
    outcome = simulate(two_parts(credit, remand, term), 1, 0)
    inside = outcome.population.sum(axis=1)
    assert inside[released - 1] == 1
    assert inside[released] == 0


def test_two_stages_of_one_sentence() -> None:
    """Half of a sentence, a hearing that fails, then the other half: each person serves the whole,
    and the halves are equal to a day."""
    plan = Plan(
        3000,
        (Cohort("new", "a first", rate=((0, 1.0), (300, 0.0))),),
        (
            stage(
                "a first", stays.Scaled(stays.Lognormal(200, 0.8), 0.5), (Exit("x", 1, "b rest"),)
            ),
            stage("b rest", stays.Scaled(stays.Lognormal(200, 0.8), 0.5), luck="a first"),
        ),
        PLACES,
    )
    outcome = simulate(plan, 3, 0, trace=True)
    gaps = []
    for life in timings(plan, outcome).values():
        days = [day for day, *_ in life]
        if len(days) == 3:
            gaps.append((days[1] - days[0], days[2] - days[1]))
    gaps_ = np.array(gaps)
    assert len(gaps_) > 200
    assert np.abs(gaps_[:, 0] - gaps_[:, 1]).max() <= 1
    assert gaps_[:, 0].std() > 30  # and they differ from person to person


def test_time_served_is_what_was_given() -> None:
    """Everybody has served 30 of 100 days: all leave on day 70."""
    plan = Plan(
        90,
        (Cohort("stock", "term", size=50, served=stays.Fixed(30)),),
        (stage("term", stays.Fixed(100)),),
        PLACES,
    )
    inside = simulate(plan, 1, 0).population.sum(axis=1)
    assert list(inside[[69, 70]]) == [50, 0]


def test_time_served_says_nothing_of_a_memoryless_stay() -> None:
    plan = Plan(
        200,
        (Cohort("stock", "term", size=20000, served=stays.Lognormal(80, 1)),),
        (stage("term", stays.Exponential(50)),),
        PLACES,
    )
    left = simulate(plan, 1, 0).stages[:, 0] / 20000
    assert np.abs(left - np.exp(-np.arange(1, 201) / 50)).max() < 4 * 0.5 / math.sqrt(20000)


def test_a_retimed_risk_is_the_same_risk() -> None:
    """A measure that changes nothing changes nobody, whatever risks and credit there are."""
    risks = (Risk("died", 0.01), Risk("moved", 0.02, "b term"))
    remand = stage("a remand", stays.Exponential(30), (Exit("x", 1.0, "b term"),), risks=risks)
    term = stage("b term", stays.Lognormal(60, 1), risks=(Risk("died", 0.005),), credit=0.7)
    cohorts = (
        Cohort("new", "a remand", rate=((0, 2.0),)),
        Cohort("stock", "b term", size=50, served=stays.Exponential(20)),
    )
    plan = Plan(200, cohorts, (remand, term), PLACES)
    nothing = (
        Change("m 1", 60, "a remand", stay=remand.stay, exits=remand.exits, reach="inside"),
        Change("m 2", 80, "b term", stay=term.stay, reach="inside"),
    )
    one = simulate(plan, 5, 0)
    two = simulate(Plan(200, cohorts, (remand, term), PLACES, changes=nothing), 5, 0)
    assert np.array_equal(one.stages, two.stages)
    assert np.array_equal(one.exits, two.exits)


@pytest.mark.parametrize(("mean", "dispersion"), [(3.0, 2.0), (40.0, 5.0), (800.0, 1.5)])
def test_overdispersed_counts(mean: float, dispersion: float) -> None:
    cohort = Cohort("new", "x", rate=((0, mean),), dispersion=dispersion)
    counts = counts_of(cohort, 40_000, (1, 1))
    assert counts.mean() == pytest.approx(mean, rel=0.02)
    assert counts.var() / counts.mean() == pytest.approx(dispersion, rel=0.05)


def test_a_count_quantile_is_the_least_that_reaches_u() -> None:
    """Negative binomial of mean 3 and variance 6 (size 3, chance 1/2), summed by hand."""
    weights = [math.comb(n + 2, n) * 0.5 ** (n + 3) for n in range(60)]
    total = np.cumsum(weights)
    for u in (0.01, 0.2, 0.5, 0.9, 0.999):
        assert count_quantile(3.0, 2.0, u) == int(np.argmax(total >= u))

"""Risks: as many die as hazard x days spent inside says, and a stock under risks is in balance."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from bedspace.engine import (
    Cohort,
    Exit,
    Outcome,
    Place,
    Plan,
    Risk,
    Stage,
    expected,
    simulate,
    stays,
)

YEAR = 365.25
PLACES = (Place("prison", ((0, 10**7),)),)
OUT = (Exit("out", 1.0),)


def hazard(share: float) -> float:
    """The hazard a day of a risk that takes a share of those held within a year."""
    return -math.log1p(-share) / YEAR


def stage(name: str, stay: stays.LawOfStay, yearly: float, exits: tuple[Exit, ...] = OUT) -> Stage:
    return Stage(name, stay, exits, places=("prison",), risks=(Risk("died", hazard(yearly)),))


def days_and_deaths(outcome: Outcome) -> tuple[int, int]:
    """Person-days counted, and people who went by the last way out, the risk."""
    return int(outcome.person_days.sum()), int(outcome.exits[:, 0, 1].sum())


@pytest.mark.parametrize("engine", ["kernel", "reference"])
@pytest.mark.parametrize(
    "stay",
    [
        stays.Fixed(1),
        stays.Fixed(3),
        stays.Fixed(2.4),
        stays.Exponential(3),
        stays.Fixed(30),
        stays.Lognormal(30, 1.0),
    ],
    ids=repr,
)
def test_deaths_are_the_hazard_times_the_days_spent(stay: stays.LawOfStay, engine: str) -> None:
    """Everybody is at risk for exactly as long as they are there: with a hazard h of any size,
    P(die) is 1 - E[exp(-h X)], and the mean of min(X, time to the risk) that over h. So deaths and
    h x person-days agree but for chance: deaths have a standard deviation below their root."""
    number, rate = (3000, 0.05) if engine == "reference" else (400_000, 0.01)
    flow = Cohort("new", "term", rate=((0, float(number)), (1, 0.0)), spread="even")
    one = Stage("term", stay, OUT, places=("prison",), risks=(Risk("died", rate),))
    plan = Plan(400, (flow,), (one,), PLACES)
    days, deaths = days_and_deaths(simulate(plan, 1, 0, engine=engine))
    assert abs(deaths - rate * days) < 3.5 * math.sqrt(rate * days)


def test_deaths_in_stays_of_a_thousand_days() -> None:
    """The chance is 1 - exp(-1000 h), with h of 20 % a year."""
    h, number = hazard(0.2), 100_000
    flow = Cohort("new", "term", rate=((0, float(number)), (1, 0.0)), spread="even")
    plan = Plan(1100, (flow,), (stage("term", stays.Fixed(1000), 0.2),), PLACES)
    days, deaths = days_and_deaths(simulate(plan, 1, 0))
    chance = -math.expm1(-1000 * h)
    assert abs(deaths - number * chance) < 3.5 * math.sqrt(number * chance * (1 - chance))
    assert days / number == pytest.approx(chance / h, rel=0.01)


def test_a_stock_dies_by_the_days_it_spends() -> None:
    """The same for people found inside: at risk from the first moment of day 0."""
    one = Stage("term", stays.Exponential(3), OUT, places=("prison",), risks=(Risk("died", 0.02),))
    plan = Plan(200, (Cohort("stock", "term", size=500_000),), (one,), PLACES)
    outcome = simulate(plan, 1, 0)
    # Days to go are x on average as they are counted: whole days but the last, so half a day less
    # than the time at risk of those who leave at their end and half a day less of those who die.
    at_risk = 500_000 * 1 / (1 / 3 + 0.02)
    deaths = int(outcome.exits[:, 0, 1].sum())
    assert abs(deaths - 0.02 * at_risk) < 3.5 * math.sqrt(0.02 * at_risk)


LAWS = {
    "fixed": stays.Fixed(1000),
    "exponential": stays.Exponential(400),
    "lognormal": stays.Lognormal(500, 1.2),
    "weibull": stays.Weibull(300, 0.6),
    "gamma": stays.Gamma(600, 3.0),
    "short": stays.Lognormal(4, 1.0),
    "half of a sentence": stays.Scaled(stays.Lognormal(1500, 1.0), 0.5),
    "at least": stays.AtLeast(stays.Lognormal(900, 1.0), 0.5, 180),
    "mixture with lifers": stays.Mixture(((0.99, stays.Exponential(60)), (0.01, stays.Never()))),
    "never": stays.Never(),
    "piecewise": stays.Piecewise(((30.0, 0.02), (700.0, 0.0), (math.inf, 0.004))),
    "empirical": stays.Empirical(((0.0, 0.0), (0.9, 200.0), (0.91, 2000.0), (1.0, 4000.0))),
}


def mean_time(law: stays.LawOfStay, h: float) -> float:
    """(1 - E[exp(-h X)]) / h, from the law's formula: the integral of S(x) exp(-h x), by trapezes
    on a grid that is finer where a law begins."""
    x = np.concatenate([[0.0], np.geomspace(1e-6, 60 / h, 400_001)])
    return float(np.trapezoid(np.exp(law.log_survival(x) - h * x), x))


@pytest.mark.parametrize("yearly", [0.003, 0.05, 0.2, 0.6])
@pytest.mark.parametrize("name", LAWS)
def test_a_stock_under_a_risk_is_in_balance(name: str, yearly: float) -> None:
    """People come at N / E[min(X, time to the risk)] a day: in expectation N are held for ever, and
    the count on any day is near enough Poisson (|z| < 3.5 on nine days, four years)."""
    law, size = LAWS[name], 20_000
    rate = size / mean_time(law, hazard(yearly))
    one = stage("term", law, yearly)
    cohorts = (Cohort("new", "term", rate=((0, rate),)), Cohort("stock", "term", size=size))
    plan = Plan(1461, cohorts, (one,), PLACES)
    people = expected(plan)[:, 0]
    assert np.abs(people / size - 1).max() < 1.5e-3
    found = simulate(plan, 3, 0).stages[:, 0]
    for day in (0, 30, 100, 200, 365, 427, 700, 1000, 1460):
        assert abs(found[day] - size) / math.sqrt(size) < 3.5, day


def test_the_balance_that_was_missed() -> None:
    """Stays of 1,000 days and 20 % a year: (1 - e^(-1000 h)) / h = 748.29 days, so 26.72756862 a
    day keep up 20,000."""
    h = hazard(0.2)
    assert -math.expm1(-1000 * h) / h == pytest.approx(748.29, abs=0.005)
    cohorts = (
        Cohort("new", "term", rate=((0, 26.72756862),)),
        Cohort("stock", "term", size=20_000),
    )
    plan = Plan(1461, cohorts, (stage("term", stays.Fixed(1000), 0.2),), PLACES)
    assert np.abs(expected(plan)[:, 0] - 20_000).max() < 1


def test_two_stages_under_risks_are_in_balance() -> None:
    """Remand, then a sentence for those who are still there; each stage's stock by itself. Of those
    on remand E[exp(-h X)] come to its end."""
    remand, term = stays.Lognormal(60, 1.0), stays.Gamma(700, 2.0)
    one, two = hazard(0.3), hazard(0.1)
    rate = 30.0
    first = rate * mean_time(remand, one)
    onward = rate - one * first
    second = onward * mean_time(term, two)
    to_term = (Exit("sentenced", 1.0, "b term"),)
    plan = Plan(
        1461,
        (
            Cohort("new", "a remand", rate=((0, rate),)),
            Cohort("stock a", "a remand", size=round(first)),
            Cohort("stock b", "b term", size=round(second)),
        ),
        (stage("a remand", remand, 0.3, to_term), stage("b term", term, 0.1)),
        PLACES,
    )
    people = expected(plan)
    assert np.abs(people[:, 0] / first - 1).max() < 2e-3
    assert np.abs(people[:, 1] / second - 1).max() < 2e-3
    found = simulate(plan, 2, 0).stages
    for day in (0, 100, 365, 800, 1460):
        assert abs(found[day, 0] - first) / math.sqrt(first) < 3.5
        assert abs(found[day, 1] - second) / math.sqrt(second) < 3.5


def test_a_risk_that_leads_on_feeds_the_next_stage() -> None:
    """The twin shares out those whom a risk takes as the engine does."""
    risks = (Risk("moved", 0.01, "b ward"), Risk("died", 0.005))
    plan = Plan(
        300,
        (Cohort("new", "a term", rate=((0, 300.0),)), Cohort("stock", "a term", size=5000)),
        (
            Stage("a term", stays.Lognormal(40, 1.0), OUT, places=("prison",), risks=risks),
            Stage("b ward", stays.Fixed(20), OUT, places=("prison",)),
        ),
        PLACES,
    )
    people, found = expected(plan), simulate(plan, 1, 0).stages
    for day in (0, 5, 20, 60, 299):
        assert np.all(np.abs(found[day] - people[day]) < 3.5 * np.sqrt(people[day]) + 1)


@pytest.mark.parametrize("served", [stays.Fixed(500), stays.Exponential(900)])
def test_time_served_does_not_wear_a_risk_out(served: stays.LawOfStay) -> None:
    """Known time served under an exponential stay: exp(-(1 / m + h) t) are left whatever it was."""
    h, size = hazard(0.3), 50_000
    stock = Cohort("stock", "term", size=size, served=served)
    plan = Plan(400, (stock,), (stage("term", stays.Exponential(300), 0.3),), PLACES)
    left = simulate(plan, 1, 0).stages[:, 0] / size
    for day in (0, 50, 399):
        wanted = math.exp(-(1 / 300 + h) * (day + 1))
        assert abs(left[day] - wanted) < 4 * math.sqrt(wanted * (1 - wanted) / size)


def test_a_risk_of_next_to_nothing_changes_nobody() -> None:
    """As the hazard goes to nought the stock is that without a risk, person for person."""
    law = stays.Lognormal(200, 1.0)
    without = Stage("term", law, OUT, places=("prison",))
    cohorts = (Cohort("stock", "term", size=2000),)
    nearly = replace(without, risks=(Risk("died", 1e-9),))
    one = simulate(Plan(700, cohorts, (without,), PLACES), 1, 0)
    two = simulate(Plan(700, cohorts, (nearly,), PLACES), 1, 0)
    assert np.abs(one.stages - two.stages).max() <= 2

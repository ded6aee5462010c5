"""El Salvador from March 2022, arrests and releases as given, against what was published."""

import datetime as dt

import numpy as np
import pytest

from bedspace import compile as compiler
from bedspace import engine, ensemble, results, scenario

pytestmark = pytest.mark.slow

MEMBERS = 80
PUBLISHED = {dt.date(2022, 12, 31): 97_525, dt.date(2023, 9, 14): 105_100}


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> results.Run:
    out = tmp_path_factory.mktemp("history") / "run"
    return ensemble.run(scenario.load("el-salvador"), MEMBERS, 1, 2, out)


def people(history: results.Run, day: dt.date) -> np.ndarray:
    """People held on a day, by member."""
    found = history.sql(
        f"SELECT member, sum(people) AS people FROM population WHERE day = DATE '{day}' "
        "AND system = 'el-salvador' GROUP BY member ORDER BY member"
    ).fetchnumpy()["people"]
    assert len(found) == MEMBERS
    return np.asarray(found, dtype=float)


def test_it_starts_from_the_published_stock(history: results.Run) -> None:
    assert sum(cohort.size for cohort in compiler.plan(history.scenario).cohorts) == 39_538
    first = people(history, dt.date(2022, 3, 27))
    # A day of arrests by the running total, 13,753 in 25 days, and an ordinary day's come and go.
    assert np.abs(first - 39_538 - 13_753 / 25).max() < 50


def test_the_published_totals_are_the_scored_ones(history: results.Run) -> None:
    observed = history.scenario.systems["el-salvador"].observed
    scored = {o.date: o.population.value for o in observed if o.scored and o.population}
    assert scored == PUBLISHED


@pytest.mark.parametrize("day", PUBLISHED)
def test_a_published_total_is_met(history: results.Run, day: dt.date) -> None:
    found = people(history, day)
    low, median, high = np.quantile(found, [0.025, 0.5, 0.975])
    assert median == pytest.approx(PUBLISHED[day], rel=0.03)
    assert low <= PUBLISHED[day] <= high
    # Chance alone gives 0.3 %: the ranges of the inputs have to be in it too.
    assert 0.006 < (high - low) / 2 / median < 0.08


def test_arrests_are_those_given_in_every_member(history: results.Run) -> None:
    """Of the published totals this is the one that stands at the end of a month: 2025-08-31."""
    found = history.sql(
        "SELECT DISTINCT people FROM (SELECT member, sum(people) AS people FROM flows WHERE "
        "group_name = 'emergency' AND cause = 'admission' AND month < DATE '2025-09-01' "
        "GROUP BY member)"
    ).fetchall()
    assert found == [(89_000,)]


REPLICATES = 40


def test_the_mean_of_many_replicates_is_the_closed_form() -> None:
    """With nothing drawn: CECOT crowds and turns nobody away, so no place binds."""
    plan = compiler.plan(scenario.load("el-salvador"))
    twin = engine.expected(plan)
    dates = [0, 10, 60, 279, 340, 536, 900, 1500, 2500, 3500, plan.days - 1]
    seen = np.array(
        [engine.simulate(plan, 11, r).stages[dates] for r in range(REPLICATES)], dtype=float
    )
    error = seen.std(axis=0, ddof=1) / np.sqrt(REPLICATES)
    # Of 77 comparisons none by chance beyond 4.5 errors (t with 39 degrees, p about 6e-5 each);
    # one person for stages that are all but certain, whose running totals are rounded.
    away = np.abs(seen.mean(axis=0) - twin[dates])
    assert (away <= 4.5 * error + 1.0).all(), away / (error + 1e-9)
    assert twin[dates].sum(axis=1).min() > 39_000
    assert (error > 0).sum() > 40

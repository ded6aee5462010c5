"""Trend and season of admissions, month by month, by hand."""

import datetime as dt

import numpy as np
import pytest

from bedspace import compile as compiler
from bedspace import engine
from bedspace.engine import Cohort, stays
from bedspace.engine.counts import expected_arrivals
from bedspace.scenario import Scenario, paths, uncertain, with_values
from tests.compile.made import GROUP, made, named

ADMISSIONS = f"{GROUP}/admissions"
HALF_AND_DOUBLE = "[0.5, 1.5, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"


def daily(scn: Scenario) -> dict[dt.date, float]:
    """Expected arrivals on every day of the run."""
    found = compiler.plan(scn)
    rates = expected_arrivals(named(found.cohorts, "home/all/admissions"), found.days)
    return {scn.start + dt.timedelta(day): float(rate) for day, rate in enumerate(rates)}


def test_a_trend_compounds_by_calendar_months_from_the_start() -> None:
    changed = {ADMISSIONS: "{rate: 10 / day, trend: 21 % / year}", "start": "2025-02-10"}
    found = daily(made({**changed, "end": "2027-06-01", "agreements": None}))
    assert found[dt.date(2025, 2, 28)] == 10
    assert found[dt.date(2025, 8, 1)] == found[dt.date(2025, 8, 31)] == pytest.approx(11)
    assert found[dt.date(2026, 1, 31)] == pytest.approx(10 * 1.21 ** (11 / 12))
    assert found[dt.date(2026, 2, 1)] == pytest.approx(12.1)
    assert found[dt.date(2027, 2, 1)] == pytest.approx(14.641)


def test_admissions_may_shrink() -> None:
    changed = {ADMISSIONS: "{rate: 16 / day, trend: -75 % / year}"}
    assert daily(made(changed))[dt.date(2025, 7, 1)] == pytest.approx(8)


def test_a_season_begins_with_january_whenever_the_run_does() -> None:
    changed = {ADMISSIONS: f"{{rate: 10 / day, season: {HALF_AND_DOUBLE}}}"}
    found = daily(made({**changed, "start": "2024-12-05"}))
    assert [found[dt.date(2025, month, 1)] for month in (1, 2, 3)] == [5, 15, 10]
    assert (found[dt.date(2024, 12, 5)], found[dt.date(2025, 1, 31)]) == (10, 5)


def test_observed_counts_have_neither() -> None:
    text = "{yearly: {2025: 365}, then: 10 / day, trend: 44 % / year, season: "
    changed = {ADMISSIONS: f"{text}{HALF_AND_DOUBLE}}}", "end": "2026-12-31"}
    found = made(changed)
    observed = expected_arrivals(
        named(compiler.plan(found).cohorts, "home/all/admissions-observed"), 365
    )
    assert set(observed) == {1.0}
    assert daily(found)[dt.date(2026, 1, 1)] == pytest.approx(10 * 1.44 * 0.5)
    assert daily(found)[dt.date(2026, 7, 1)] == pytest.approx(10 * 1.44 * 1.2)


def test_a_measure_sets_the_rate_and_the_course_goes_on() -> None:
    changed = {
        ADMISSIONS: "{rate: 10 / day, trend: 21 % / year}",
        "measures/m": "{on: 2025-06-15, set: {home.groups.all.admissions.rate: 100 / day}}",
    }
    found = daily(made(changed))
    assert found[dt.date(2025, 6, 14)] == pytest.approx(10 * 1.21 ** (5 / 12))
    assert found[dt.date(2025, 6, 15)] == pytest.approx(100 * 1.21 ** (5 / 12))
    assert found[dt.date(2025, 7, 1)] == pytest.approx(110)


def test_they_have_paths_and_a_season_that_is_drawn_still_has_mean_one() -> None:
    season = "[{value: 1, low: 0, high: 13}, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"
    scn = made({ADMISSIONS: f"{{rate: 10 / day, season: {season}, trend: 0 % / year}}"})
    path = "home.groups.all.admissions.season.0"
    assert list(uncertain(scn)) == [path]
    assert paths.get(scn, "home.groups.all.admissions.trend").value == 0
    found = daily(with_values(scn, {path: 13.0}))  # the sum is 24
    assert (found[dt.date(2025, 1, 1)], found[dt.date(2025, 2, 1)]) == (65, 5)


def test_dispersion_is_that_of_the_counts_at_the_rate() -> None:
    text = "{yearly: {2025: 365}, then: 10 / day, dispersion: 1.8}"
    found = compiler.plan(made({ADMISSIONS: text, "end": "2027-01-01"}))
    spread = {c.name: c.dispersion for c in found.cohorts if "/admissions" in c.name}
    assert spread == {"home/all/admissions": 1.8, "home/all/admissions-observed": 1.0}
    scn = made({ADMISSIONS: "{rate: 4 / day, dispersion: 3}", f"{GROUP}/stock": None})
    assert paths.get(scn, "home.groups.all.admissions.dispersion").value == 3
    admitted = [engine.simulate(compiler.plan(scn), 1, m).arrivals.sum() for m in range(60)]
    # 365 days of 4 with variance 3 x 4: the spread of the sum is 66.2, and its own error a tenth.
    assert np.std(admitted) == pytest.approx((365 * 12) ** 0.5, rel=0.4)


def test_a_stock_with_the_time_it_has_served() -> None:
    held = "{sentenced: {people: {value: 70, low: 50, high: 90}, served: {fixed: 40 d}}, remand: 5}"
    scn = made({f"{GROUP}/stock": held, ADMISSIONS: None})
    path = "home.groups.all.stock.sentenced"
    assert list(uncertain(scn)) == [f"{path}.people"]
    stock = scn.systems["home"].groups["all"].stock
    assert isinstance(stock, dict)
    assert [(part.value, part.low, part.high) for part in stock.values()] == [
        (70, 50, 90),
        (5, None, None),
    ]
    found = compiler.plan(with_values(scn, {f"{path}.people": 80.0, f"{path}.served.fixed": 45.0}))
    assert named(found.cohorts, "home/all/stock/sentenced") == Cohort(
        "home/all/stock/sentenced", "home/all/sentenced", size=80, served=stays.Fixed(45)
    )
    assert named(found.cohorts, "home/all/stock/remand").served is None


def test_who_has_served_forty_of_sixty_days_leaves_after_twenty() -> None:
    held = "{sentenced: {people: 70, served: {fixed: 40 d}}}"
    changed = {f"{GROUP}/stock": held, ADMISSIONS: None, "agreements": None}
    found = compiler.plan(
        made({**changed, "systems/home/pathways/usual/sentenced/stay": "{fixed: 60 d}"})
    )
    people = engine.simulate(found, 1, 0).population.sum(axis=1)
    assert (people[:20] == 70).all() and (people[20:] == 0).all()

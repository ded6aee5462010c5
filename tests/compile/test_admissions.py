"""Trend and season of admissions, month by month, by hand."""

import datetime as dt

import pytest

from bedspace import compile as compiler
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

"""Rented places that become available over time, level by level and by hand."""

import datetime as dt

import pytest

from bedspace import compile as compiler
from bedspace import engine
from bedspace.engine import Plan
from bedspace.scenario import rented, uncertain, with_values
from tests.compile.made import LEASE, Scenario, made, named, plan

RAMP = f"{LEASE}/ramp"
RENTED = "abroad/tower@lease"
MARCH, APRIL, MAY, JUNE, SEPTEMBER = 59, 90, 120, 151, 243
"""Days of the first of each month; the lease has 40 places from March to the end of August."""


def steps(found: Plan) -> dict[int, float]:
    """The rented places by the first day on which there are so many."""
    told: dict[int, float] = {}
    for day, places in named(found.places, RENTED).capacity:
        if not told or places != list(told.values())[-1]:
            told[day] = places
    return told


def ramped(text: str, more: dict[str, str | None] | None = None) -> Scenario:
    return made({RAMP: text, **(more or {})})


def test_dated_levels_in_places_and_shares() -> None:
    scn = ramped("{2025-04-01: 13, 2025-05-01: 65 %, 2025-06-01: 100 %}")
    assert steps(compiler.plan(scn)) == {0: 0, APRIL: 13, MAY: 26, JUNE: 40, SEPTEMBER: 0}
    assert rented.places(scn, "lease") == (
        (dt.date(2025, 3, 1), 0),
        (dt.date(2025, 4, 1), 13),
        (dt.date(2025, 5, 1), 26),
        (dt.date(2025, 6, 1), 40),
        (dt.date(2025, 9, 1), 0),
    )


def test_without_a_level_of_all_the_rest_never_comes() -> None:
    found = steps(plan({RAMP: "{2025-03-01: 10, 2025-05-01: 30}"}))
    assert found == {0: 0, MARCH: 10, MAY: 30, SEPTEMBER: 0}


def test_an_even_ramp_is_read_on_the_first_of_every_month() -> None:
    # 40 x 31 / 90 = 13.8 on 1 April, 40 x 61 / 90 = 27.1 on 1 May, all on 1 June after 92 days.
    assert steps(plan({RAMP: "90 d"})) == {0: 0, APRIL: 14, MAY: 27, JUNE: 40, SEPTEMBER: 0}
    # From the 20th: 40 x 12 / 90 = 5.3, 40 x 42 / 90 = 18.7, 40 x 73 / 90 = 32.4.
    late = {RAMP: "90 d", f"{LEASE}/from": "2025-03-20"}
    assert steps(plan(late)) == {0: 0, APRIL: 5, MAY: 19, JUNE: 32, JUNE + 30: 40, SEPTEMBER: 0}
    # A ramp longer than the term is not finished: 40 x 184 / 400 would be 18.4.
    assert max(steps(plan({RAMP: "400 d"})).values()) == 15  # 40 x 153 / 400 on 1 August


def test_a_ramp_that_ends_within_a_month_ends_on_the_next_first() -> None:
    assert steps(plan({RAMP: "30.5 d"})) == {0: 0, APRIL: 40, SEPTEMBER: 0}
    assert steps(plan({RAMP: "31.5 d"})) == {0: 0, APRIL: 39, MAY: 40, SEPTEMBER: 0}


def test_a_measure_sets_all_the_places_and_the_ramp_goes_on() -> None:
    more = "{on: 2025-04-15, until: 2025-07-01, set: {agreements.lease.places: 60}}"
    # The even ramp: 60 x 31 / 90 = 20.7 on 15 April, 60 x 61 / 90 = 40.7 on 1 May.
    found = steps(plan({RAMP: "90 d", "measures/m": more}))
    assert found == {0: 0, APRIL: 14, 104: 21, MAY: 41, JUNE: 60, 181: 40, SEPTEMBER: 0}
    # Levels: 30 are 30, a half is half of what is then set, and nothing is above it.
    levels = "{2025-04-01: 30, 2025-06-01: 100 %}"
    found = steps(plan({RAMP: levels, "measures/m": more}))
    assert found == {0: 0, APRIL: 30, JUNE: 60, 181: 40, SEPTEMBER: 0}
    fewer = "{on: 2025-04-15, set: {agreements.lease.places: 10}}"
    found = steps(plan({RAMP: levels, "measures/m": fewer}))
    assert found == {0: 0, APRIL: 30, 104: 10, SEPTEMBER: 0}


def test_every_level_is_an_uncertain_number() -> None:
    share = "{value: 65 %, low: 50 %, high: 80 %}"
    scn = ramped(f"{{2025-04-01: {{value: 13, low: 5, high: 20}}, 2025-05-01: {share}}}")
    paths = [f"agreements.lease.ramp.2025-0{month}-01" for month in (4, 5)]
    assert list(uncertain(scn)) == paths
    drawn = with_values(scn, dict(zip(paths, (19.6, 0.7), strict=True)))
    assert steps(compiler.plan(drawn)) == {0: 0, APRIL: 20, MAY: 28, SEPTEMBER: 0}
    # A draw below the level before it takes nothing away.
    drawn = with_values(scn, {paths[0]: 38.0})
    assert steps(compiler.plan(drawn)) == {0: 0, APRIL: 38, SEPTEMBER: 0}
    scn = ramped("{value: 90 d, low: 60 d, high: 200 d}")
    assert list(uncertain(scn)) == ["agreements.lease.ramp"]
    drawn = with_values(scn, {"agreements.lease.ramp": 62.0})
    assert steps(compiler.plan(drawn)) == {0: 0, APRIL: 20, MAY: 39, JUNE: 40, SEPTEMBER: 0}


def test_a_term_that_began_before_the_run() -> None:
    changes = {RAMP: "120 d", f"{LEASE}/from": "2024-12-01"}
    # 31 days on 1 January: 40 x 31 / 120 = 10.3; 62: 20.7; 90: 30; 121: all.
    assert steps(plan(changes)) == {0: 10, 31: 21, MARCH: 30, APRIL: 40, SEPTEMBER: 0}


def test_an_early_end_ends_the_ramp() -> None:
    changes: dict[str, str | None] = {RAMP: "90 d", f"{LEASE}/ends_early": "{on: 2025-05-10}"}
    assert steps(plan(changes)) == {0: 0, APRIL: 14, MAY: 27, 129: 0}


@pytest.mark.parametrize("engine_name", ["kernel", "reference"])
def test_people_are_sent_as_places_become_available(engine_name: str) -> None:
    # Some 500 people are eligible on every day: whoever leaves is followed the same day.
    found = plan({RAMP: "{2025-04-01: 13, 2025-05-01: 65 %, 2025-06-01: 100 %}"})
    rows = engine.simulate(found, 1, 0, engine_name).population
    held = rows[:, [place.name for place in found.places].index(RENTED)]
    expected = {0: 0, APRIL: 13, MAY: 26, JUNE: 40, SEPTEMBER: 0}
    for (first, people), end in zip(expected.items(), [*list(expected)[1:], 365], strict=True):
        assert set(held[first:end]) == {people}

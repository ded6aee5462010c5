"""Days on which nobody is let out, by hand. Day 0 is a Monday: Saturdays are days 5, 12, 19 ..."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bedspace.engine import (
    Change,
    Cohort,
    Exit,
    Outcome,
    Place,
    Plan,
    Risk,
    Stage,
    Transfer,
    expected,
    simulate,
    stays,
)
from bedspace.exceptions import PlanError

ENGINES = ("kernel", "reference")
MON, FRI, SAT, SUN, NEXT_MON = 0, 4, 5, 6, 7
WEEKENDS = tuple(day for day in range(64) if day % 7 > 4)
HOME = Place("prison", ((0, 1000),))


def term(stay: float, **more: object) -> Stage:
    given = {"exits": (Exit("released", 1.0),), "places": ("prison",), "no_release_on": WEEKENDS}
    return Stage("term", stays.Fixed(stay), **{**given, **more})


def came(day: int, number: int = 10, stage: str = "term") -> Cohort:
    """So many people, all on one day."""
    rate = ((0, 0.0), (day, float(number)), (day + 1, 0.0)) if day else ((0, number), (1, 0.0))
    return Cohort(f"of day {day}", stage, rate=rate, spread="even")


def run(engine: str, cohort: Cohort, *stages: Stage, days: int = 60, **more: object) -> Outcome:
    plan = Plan(days, (cohort,), stages, (HOME,), periods=tuple(range(days)))
    return simulate(replace(plan, **more), 1, 0, engine=engine, trace=True)


def gone(outcome: Outcome, stage: int = 0, way: int = 0) -> dict[int, int]:
    """How many left a stage by one way, by day."""
    left = outcome.exits[:, stage, way]
    return {int(day): int(left[day]) for day in np.flatnonzero(left)}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("enters", "stay", "before", "after"),
    [
        (MON, 4, FRI, FRI),  # due on a day like any other
        (MON, 5, FRI, NEXT_MON),  # due on Saturday
        (MON, 6, FRI, NEXT_MON),  # due on Sunday
        (MON, 7, NEXT_MON, NEXT_MON),
        (FRI, 1, FRI, NEXT_MON),  # the Friday before is the day of entering
        (SAT, 0, NEXT_MON, NEXT_MON),  # the Friday before is past
        (SAT, 1, NEXT_MON, NEXT_MON),
        (SAT, 7, 11, 14),  # due on the Saturday after: day 12
        (SUN, 1, NEXT_MON, NEXT_MON),
        (MON, 500, None, None),  # after the plan's last day
    ],
)
def test_who_is_due_on_a_weekend(
    engine: str, enters: int, stay: int, before: int | None, after: int | None
) -> None:
    for instead, day in (("before", before), ("after", after)):
        outcome = run(engine, came(enters), term(stay, instead=instead))
        assert gone(outcome) == ({} if day is None else {day: 10})


@pytest.mark.parametrize("engine", ENGINES)
def test_a_long_week_end_is_one(engine: str) -> None:
    """Good Friday and Easter Monday, say: days 4 to 7. Wednesday's people are due on each of them;
    Thursday is the last day before, Tuesday the next."""
    easter = {"no_release_on": (4, 5, 6, 7)}
    for stay in (2, 3, 4, 5):
        assert gone(run(engine, came(2), term(stay, **easter))) == {3: 10}
        assert gone(run(engine, came(2), term(stay, **easter, instead="after"))) == {8: 10}


@pytest.mark.parametrize("engine", ENGINES)
def test_the_end_of_the_run_changes_nothing(engine: str) -> None:
    """The run ends with Friday. Whoever is due on the Sunday after it leaves on the Friday."""
    stage = term(6, no_release_on=(SAT, SUN))
    assert gone(run(engine, came(MON), stage, days=5)) == {FRI: 10}


@pytest.mark.parametrize("engine", ENGINES)
def test_nobody_waits_to_move_to_another_stage_in_custody(engine: str) -> None:
    """Remand ends on Saturday and leads to a term of 8 days: due on Sunday, out on Friday 11."""
    remand = Stage(
        "remand", stays.Fixed(5), (Exit("t", 1.0, "term"),), places=("prison",),
        no_release_on=WEEKENDS,
    )  # fmt: skip
    outcome = run(engine, came(MON, stage="remand"), remand, term(8))
    assert gone(outcome, stage=0) == {SAT: 10}
    assert gone(outcome, stage=1) == {11: 10}


@pytest.mark.parametrize("engine", ENGINES)
def test_a_release_to_liberty_is_one(engine: str) -> None:
    """Out on Friday 4 for 8 days at liberty, so back on Saturday 12: nobody chooses that day."""
    liberty = Stage("liberty", stays.Fixed(8), (Exit("back", 1.0, "term"),), inside=False)
    stage = term(6, exits=(Exit("licence", 1.0, "liberty"),))
    outcome = run(engine, came(MON), liberty, stage, days=14)
    assert gone(outcome, stage=1) == {FRI: 10}
    assert gone(outcome, stage=0) == {12: 10}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("served", "closed", "day"),
    [
        (5, WEEKENDS, FRI),  # 5 of 10 days are served on Monday: due on Saturday
        (3, WEEKENDS, NEXT_MON),
        (9, (0, 1), 2),  # due on day 1, and day 0 is none either
        (12, (0, 1), 2),  # longer than anybody stays: out on the first day that there is
    ],
)
def test_a_stock(engine: str, served: int, closed: tuple[int, ...], day: int) -> None:
    found = Cohort("found", "term", size=10, served=stays.Fixed(served))
    assert gone(run(engine, found, term(10, no_release_on=closed))) == {day: 10}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("on", "stay", "day"),
    [
        (SUN, 3, NEXT_MON),  # the new end was day 3; today is a Sunday
        (FRI, 3, FRI),
        (SUN, 12, 11),  # the new end is Saturday 12
        (SAT, 6, NEXT_MON),  # the new end is tomorrow, and yesterday was Friday
        (FRI, 6, FRI),
    ],
)
def test_a_change_that_reaches_those_inside(engine: str, on: int, stay: int, day: int) -> None:
    change = Change("shorter", on, "term", stay=stays.Fixed(stay), reach="inside")
    assert gone(run(engine, came(MON), term(30), changes=(change,))) == {day: 10}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("needed_on", "day"), [(FRI, FRI), (SAT, NEXT_MON)])
def test_nobody_is_let_out_early_on_such_a_day(engine: str, needed_on: int, day: int) -> None:
    """The prison of ten is full and each has some days left when one more comes: on Saturday, one
    too many are held until the next comes on Monday, who makes two leave."""
    rate = ((0, 10.0), (1, 0.0), (needed_on, 1.0), (needed_on + 1, 0.0), (7, 1.0), (8, 0.0))
    cohort = Cohort("all", "term", rate=rate, spread="even")
    places = (Place("prison", ((0, 10),)),)
    outcome = run(engine, cohort, term(10, early=60), days=8, places=places)
    first = {FRI: 1, NEXT_MON: 1} if day == FRI else {NEXT_MON: 2}
    assert gone(outcome) == first
    # Due on day 10: so many days early.
    assert outcome.remitted.sum() == sum((10 - on) * people for on, people in first.items())


@pytest.mark.parametrize("engine", ENGINES)
def test_home_from_abroad_is_before_the_day_of_release(engine: str) -> None:
    """Due on Sunday, so out on Friday, so home on Wednesday, two days before."""
    lease = Transfer("lease", "abroad", ("term",), 0, 60, min_remaining=3, home_before=2)
    places = (Place("abroad", ((0, 10),)), HOME)
    outcome = run(engine, came(MON), term(6), places=places, transfers=(lease,))
    assert outcome.population[:5].tolist() == [[10, 0], [10, 0], [0, 10], [0, 10], [0, 0]]


@pytest.mark.parametrize("engine", ENGINES)
def test_risks_come_on_any_day_and_for_as_long_as_people_are_held(engine: str) -> None:
    """Due on Saturday after 5 days, and held until Monday: at risk for 7 days to the hour, so
    1 - exp(-7 / 50) = 13.06 % die. (4.5 standard errors: once in 150,000.)"""
    people = 20_000 if engine == "kernel" else 2_000
    stage = term(5, instead="after", risks=(Risk("died", 1 / 50),))
    outcome = run(engine, came(MON, people), stage, places=(Place("prison", ((0, people),)),))
    dead = 1 - np.exp(-7 / 50)
    died = gone(outcome, way=1)
    assert abs(sum(died.values()) - people * dead) < 4.5 * np.sqrt(people * dead * (1 - dead))
    assert died[SAT] > 0 and died[SUN] > 0
    assert gone(outcome) == {NEXT_MON: people - sum(died.values())}


def test_the_closed_form_refuses() -> None:
    with pytest.raises(PlanError, match="knows no days without releases"):
        expected(Plan(9, (came(MON),), (term(5),), (HOME,)))

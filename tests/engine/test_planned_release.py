"""Planned releases, by hand: who goes on the day, by which way, and what comes after it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from bedspace.engine import (
    Cohort,
    Exit,
    Outcome,
    Place,
    Plan,
    Release,
    Risk,
    Stage,
    Transfer,
    expected,
    simulate,
    stays,
)
from bedspace.exceptions import PlanError
from tests.engine.plans import lives

ENGINES = ("kernel", "reference")
OUT = (Exit("released", 1.0),)
HELD = {"places": ("prison",)}


def came(day: int, number: int = 10, stage: str = "term") -> Cohort:
    rate = ((0, 0.0), (day, float(number)), (day + 1, 0.0)) if day else ((0, number), (1, 0.0))
    return Cohort(f"{stage} of day {day:03}", stage, rate=rate, spread="even")


def plan(*cohorts: Cohort, stages: tuple[Stage, ...] = (), **more: object) -> Plan:
    stages = stages or (Stage("term", stays.Fixed(60), OUT, **HELD),)
    return Plan(200, cohorts, stages, (Place("prison", ((0, 900),)),), periods=tuple(range(200)),
                **more)  # fmt: skip


def amnesty(day: int, *stages: str, **more: object) -> tuple[Release, ...]:
    return (Release("amnesty", day, stages or ("term",), **more),)


def run(engine: str, found: Plan) -> Outcome:
    return simulate(found, 1, 0, engine=engine, trace=True)


def left(outcome: Outcome, stage: int = 0) -> dict[int, int]:
    """How many leave a stage, by day."""
    gone = outcome.exits[:, stage].sum(axis=1)
    return {int(day): int(gone[day]) for day in np.flatnonzero(gone)}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("rule", "days", "remitted"),
    [
        # Ten came on day 0, for 60 days, and ten on day 20. On day 45 they have 15 and 35 left.
        ({"people": 4}, {45: 4, 60: 6, 80: 10}, 4 * 15),
        ({"people": 14}, {45: 14, 60: 0, 80: 6}, 10 * 15 + 4 * 35),
        ({"people": 14, "within": 15}, {45: 10, 80: 10}, 10 * 15),
        ({"people": 14, "within": 14}, {60: 10, 80: 10}, 0),
        ({"within": 35}, {45: 20}, 10 * 15 + 10 * 35),
        ({"people": 50}, {45: 20}, 10 * 15 + 10 * 35),  # more than there are: all go
        ({"people": 0}, {60: 10, 80: 10}, 0),
        ({"people": 14, "first": "longest"}, {45: 14, 80: 6}, 10 * 15 + 4 * 35),
    ],
)
def test_who_goes(engine: str, rule: dict, days: dict[int, int], remitted: int) -> None:
    outcome = run(engine, plan(came(0), came(20), releases=amnesty(45, **rule)))
    assert left(outcome) == {day: people for day, people in days.items() if people}
    assert outcome.remitted.sum() == remitted
    assert outcome.early.sum() == sum(people for day, people in days.items() if day == 45)


@pytest.mark.parametrize("engine", ENGINES)
def test_whose_stay_ends_on_the_day_is_not_counted_among_them(engine: str) -> None:
    outcome = run(engine, plan(came(0), came(20), releases=amnesty(60, people=3)))
    assert left(outcome) == {60: 13, 80: 7}


@pytest.mark.parametrize("engine", ENGINES)
def test_the_longest_in_the_stage_go_first_or_the_soonest_out(engine: str) -> None:
    """Those who came first stay longest: 100 days from day 0, and 40 from day 20."""
    stages = (
        Stage("long", stays.Fixed(100), OUT, **HELD),
        Stage("short", stays.Fixed(40), OUT, **HELD),
    )
    for first, stage in (("longest", 0), ("soonest", 1)):
        release = amnesty(45, "long", "short", people=10, first=first)
        cohorts = (came(0, stage="long"), came(20, stage="short"))
        outcome = run(engine, plan(*cohorts, stages=stages, releases=release))
        assert outcome.early.sum(axis=0)[stage] == 10 == outcome.early.sum()


@pytest.mark.parametrize("engine", ENGINES)
def test_by_lot_anybody_may_go(engine: str) -> None:
    """A hundred of each; 100 of the 200 go: hypergeometric, a standard deviation of 3.5."""
    release = amnesty(45, people=100, first="lot")
    outcome = run(engine, plan(came(0, 100), came(20, 100), releases=release))
    assert 50 - 4.5 * 3.54 < left(outcome)[60] < 50 + 4.5 * 3.54
    assert left(outcome)[60] + left(outcome)[80] == 100


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("final", "back"), [(False, [45 + 30]), (True, [])])
def test_with_and_without_a_return(engine: str, final: bool, back: list[int]) -> None:
    """All would be back 30 days after their release: after a final one nobody is."""
    stages = (
        Stage("liberty", stays.Fixed(30), (Exit("back", 1.0, "term"),), inside=False),
        Stage("term", stays.Fixed(60), (Exit("out", 0.0), Exit("out", 1.0, "liberty")), **HELD),
    )
    outcome = run(engine, plan(came(0), stages=stages, releases=amnesty(45, final=final)))
    assert list(left(outcome)) == back[:1] + [day + 90 for day in back if day + 90 < 200]
    assert outcome.stages[46].tolist() == [10 * (not final), 0]


@pytest.mark.parametrize("engine", ENGINES)
def test_under_supervision_they_may_be_recalled_until_the_sentence_ends(engine: str) -> None:
    """60 of 120 days are to be served; let out on day 45, recalled on day 75, out on day 120."""
    held, licence = {**HELD, "ends_with": "term"}, (Exit("licence", 1.0, "licence"),)
    ways = (Exit("back", 1.0, "recall"), Exit("over", 0.0))
    stages = (
        Stage("licence", stays.Fixed(30), ways, False, ends_with="term"),
        Stage("recall", stays.Never(), licence, **held),
        Stage("term", stays.Fixed(60), licence, whole=stays.Fixed(120), **HELD),
    )
    outcome = run(engine, plan(came(0), stages=stages, releases=amnesty(45)))
    inside = outcome.population[:, 0]
    assert np.flatnonzero(np.diff(inside, prepend=0)).tolist() == [0, 45, 75, 120]


@pytest.mark.parametrize("engine", ENGINES)
def test_who_would_have_gone_on_or_died_leaves_by_a_way_out(engine: str) -> None:
    """A quarter would be refused, and many die: all go on day 10, the first ways in proportion 2:1
    (300 people; a standard deviation of 8.2 around 200)."""
    exits = (Exit("released", 0.5), Exit("removed", 0.25), Exit("refused", 0.25, "more"))
    stages = (
        Stage("more", stays.Fixed(60), OUT, **HELD),
        Stage("term", stays.Fixed(60), exits, risks=(Risk("died", 0.02),), **HELD),
    )
    outcome = run(engine, plan(came(0, 300), stages=stages, releases=amnesty(10)))
    gone = outcome.exits.sum(axis=0)[1]
    assert gone[2] == 0
    assert gone[3] == outcome.exits[:11, 1, 3].sum()  # who dies later is let out before
    assert gone.sum() == 300
    let_out = gone[:2].sum()
    assert abs(gone[0] - let_out * 2 / 3) < 4.5 * np.sqrt(let_out * 2 / 9)
    assert outcome.population[10:].sum() == 0


@pytest.mark.parametrize("engine", ENGINES)
def test_people_abroad_go_too(engine: str) -> None:
    lease = Transfer("lease", "abroad", ("term",), 0, 199, min_remaining=3, home_before=2)
    places = (Place("abroad", ((0, 6),)), Place("prison", ((0, 900),)))
    found = plan(came(0), came(50), transfers=(lease,), releases=amnesty(45))
    outcome = run(engine, replace(found, places=places))
    assert outcome.population[[44, 45, 50]].tolist() == [[6, 4], [0, 0], [6, 4]]
    assert left(outcome) == {45: 10, 110: 10}


@pytest.mark.parametrize("engine", ENGINES)
def test_two_hundred_days_later_nobody_is_missing(engine: str) -> None:
    """Whoever stays for ever and is let out has the days to the end of the run remitted."""
    stages = (Stage("term", stays.Never(), OUT, **HELD),)
    outcome = run(engine, plan(came(0), stages=stages, releases=amnesty(45, people=4)))
    assert outcome.population[[44, 45, 199], 0].tolist() == [10, 6, 6]
    assert outcome.remitted.sum() == 4 * (200 - 45)


def test_the_others_go_when_they_would_have_gone() -> None:
    """Their luck is their own: without the release each leaves on the same day."""
    stages = (Stage("term", stays.Exponential(60), OUT, **HELD),)
    without, with_ = (
        lives(found, run("kernel", found))
        for found in (
            plan(came(0, 100), stages=stages),
            plan(came(0, 100), stages=stages, releases=amnesty(20, people=30, first="lot")),
        )
    )
    same = Counter(without[who] == with_[who] for who in without)
    assert same[False] == 30


def test_the_closed_form_refuses() -> None:
    with pytest.raises(PlanError, match="knows no planned releases"):
        expected(plan(came(0), releases=amnesty(3)))

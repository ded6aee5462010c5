"""When all is full people are held elsewhere, and move on as soon as there is room."""

from __future__ import annotations

import pytest

from bedspace.engine import Change, Cohort, Exit, Place, Plan, Queue, Stage, simulate, stays
from bedspace.exceptions import PlanError
from tests.engine.plans import lives

OUT = (Exit("released", 1.0),)


def term(days: float, name: str = "term", **more: object) -> Stage:
    stage = dict(places=("prison",), when_full="elsewhere", elsewhere="cells") | more
    return Stage(name, stays.Fixed(days), OUT, **stage)


def plan_of(stage: Stage, *cohorts: Cohort, room: int = 10, **more: object) -> Plan:
    places = (Place("cells", ((0, 0),)), Place("prison", ((0, room),)))
    return Plan(60, cohorts, (stage,), places, **more)


@pytest.mark.parametrize("engine", ["kernel", "reference"])
def test_nobody_is_crowded_and_nobody_lost(engine: str) -> None:
    """One a day for 20 days each: 20 people in the long run, 10 of them in the cells."""
    plan = plan_of(term(20), Cohort("new", "term", rate=((0, 1.0),), spread="even"))
    outcome = simulate(plan, 1, 0, engine)
    cells, prison = outcome.population[:, 0], outcome.population[:, 1]
    assert prison.max() == 10
    assert list((cells + prison)[25:]) == [20] * 35
    assert outcome.diverted.sum() == 0


@pytest.mark.parametrize("engine", ["kernel", "reference"])
def test_longest_in_the_stage_moves_first(engine: str) -> None:
    """Twelve on the first day fill the ten places; a place is freed on day 5 by a change for two
    of them only if they are let out, so here one arrival of each later day waits its turn."""
    plan = plan_of(
        term(30),
        Cohort("a first", "term", rate=((0, 10.0), (1, 0.0)), spread="even"),
        Cohort("b later", "term", rate=((0, 0.0), (3, 1.0), (6, 0.0)), spread="even"),
    )
    outcome = simulate(plan, 1, 0, engine, trace=True)
    moved = {
        arrived: [move.day for move in life if move.place == "prison"]
        for (cohort, arrived, _), life in lives(plan, outcome).items()
        if cohort == "b later"
    }
    assert moved == {3: [30], 4: [30], 5: [30]}  # the ten leave on day 30, and all three go in


@pytest.mark.parametrize("engine", ["kernel", "reference"])
def test_one_place_goes_to_the_longest_waiting(engine: str) -> None:
    plan = plan_of(
        term(10),
        Cohort("new", "term", rate=((0, 1.0), (4, 0.0)), spread="even"),
        room=1,
    )
    outcome = simulate(plan, 1, 0, engine, trace=True)
    entered = sorted(
        (move.day, arrived)
        for (_, arrived, _), life in lives(plan, outcome).items()
        for move in life
        if move.place == "prison"
    )
    assert entered == [(0, 0), (10, 1), (11, 2), (12, 3)]


def test_a_change_does_not_lose_those_who_wait() -> None:
    """Stays get longer on day 5: whoever waits elsewhere is still found when there is room."""
    longer = Change("longer", 5, "term", stay=stays.Fixed(25), reach="inside")
    cohorts = (Cohort("new", "term", rate=((0, 1.0), (12, 0.0)), spread="even"),)
    plan = plan_of(term(12), *cohorts, room=6, changes=(longer,))
    fast = simulate(plan, 1, 0).population
    assert (fast == simulate(plan, 1, 0, "reference").population).all()
    assert fast[26, 1] == 6  # two have left, and two of those waiting have taken their places


@pytest.mark.parametrize("engine", ["kernel", "reference"])
def test_who_waits_for_a_hearing_stays_where_they_are(engine: str) -> None:
    court = Queue("court", ((0, 0.0), (20, 1.0)))
    plan = plan_of(
        term(2, queue="court"),
        Cohort("new", "term", rate=((0, 12.0), (1, 0.0)), spread="even"),
        queues=(court,),
    )
    outcome = simulate(plan, 1, 0, engine)
    assert list(outcome.population[15]) == [2, 10]
    assert outcome.population[40].sum() == 0


def test_elsewhere_and_rule_go_together() -> None:
    cohort = Cohort("new", "term", rate=((0, 1.0),))
    for wrong in (term(5, elsewhere=None), term(5, when_full="crowd"), term(5, elsewhere="prison")):
        with pytest.raises(PlanError, match=r'stage "term".*elsewhere'):
            simulate(plan_of(wrong, cohort), 1, 0)

"""Whoever waits in a queue stays at risk."""

from __future__ import annotations

import math

import numpy as np
import pytest

from bedspace.engine import Cohort, Exit, Outcome, Place, Plan, Queue, Risk, Stage, simulate, stays
from tests.engine.plans import lives

DAYS = 400


def run(engine: str, stay: stays.LawOfStay, served: float | None) -> tuple[Plan, Outcome]:
    """Remand with a risk of death, before a court that serves so many a day (None: no court)."""
    stage = Stage(
        "remand",
        stay,
        (Exit("tried", 1.0),),
        places=("jail",),
        queue=None if served is None else "court",
        risks=(Risk("died", 0.01),),
    )
    queues = () if served is None else (Queue("court", ((0, served),)),)
    cohorts = (Cohort("new", "remand", rate=((0, 1.0),)), Cohort("stock", "remand", size=50))
    plan = Plan(DAYS, cohorts, (stage,), (Place("jail", ((0, 500),)),), queues)
    return plan, simulate(plan, 3, 0, engine=engine, trace=True)


@pytest.mark.parametrize("engine", ["kernel", "reference"])
def test_before_a_court_that_hardly_sits_death_comes_as_if_nobody_waited(engine: str) -> None:
    """A constant hazard does not ask whether the stay is over: each person dies on the very day on
    which they would have died in a stay without end."""
    waiting, without_end = run(engine, stays.Fixed(20), 1e-9), run(engine, stays.Never(), None)
    assert lives(*waiting) == lives(*without_end)
    assert waiting[1].exits[0, 0].tolist() == without_end[1].exits[0, 0].tolist()
    assert waiting[1].waiting.max() > 30


@pytest.mark.parametrize("engine", ["kernel", "reference"])
def test_nobody_is_tried_after_death_and_nobody_is_lost(engine: str) -> None:
    _, outcome = run(engine, stays.Fixed(20), 0.5)
    tried, died = outcome.exits[0, 0].tolist()
    assert tried == outcome.served.sum()
    assert died > 50
    assert tried + died + outcome.stages[-1, 0] == 50 + outcome.arrivals.sum()
    assert (np.diff(outcome.waiting[:, 0]) < 0).any()


@pytest.mark.parametrize("engine", ["kernel", "reference"])
@pytest.mark.parametrize(("stay", "heard_on"), [(10, 10), (10, 11), (10, 17), (3, 17), (0.3, 5)])
def test_the_time_at_risk_is_the_stay_and_the_days_waited(
    engine: str, stay: float, heard_on: int
) -> None:
    """People come on day 0 and the court hears everybody on one day only. With a stay of whole
    days, they are at risk from the hour of arrest to that hour of the day of the hearing. A stay of
    0.3 days ends on day 1 (with a court a stay lasts a day at least), at the hour of arrest too. So
    1 - exp(-h x days) die before, h a day. (4.5 standard errors: once in 150,000.)"""
    people, hazard = (100_000 if engine == "kernel" else 2_000), 0.05
    stage = Stage(
        "remand",
        stays.Fixed(stay),
        (Exit("tried", 1.0),),
        places=("jail",),
        queue="court",
        risks=(Risk("died", hazard),),
    )
    came = Cohort("new", "remand", rate=((0, float(people)), (1, 0.0)), spread="even")
    court = Queue("court", ((0, 0.0), (heard_on, float(people)), (heard_on + 1, 0.0)))
    plan = Plan(30, (came,), (stage,), (Place("jail", ((0, people),)),), (court,))
    tried = int(simulate(plan, 5, 0, engine=engine).exits[0, 0, 0])
    alive = math.exp(-hazard * heard_on)
    assert abs(tried - people * alive) < 4.5 * math.sqrt(people * alive * (1 - alive))


@pytest.mark.parametrize("engine", ["kernel", "reference"])
def test_deaths_are_the_hazard_times_the_days_counted(engine: str) -> None:
    """Before a court that hears five people a day and works at its limit, stays of 3.4 days on
    average: the person-days counted, times the hazard, die. (4.5 Poisson errors.)"""
    days, hazard = (4000 if engine == "kernel" else 300), 0.03
    stage = Stage(
        "remand",
        stays.Exponential(3.4),
        (Exit("tried", 1.0),),
        places=("jail",),
        queue="court",
        risks=(Risk("died", hazard),),
    )
    cohort = Cohort("new", "remand", rate=((0, 6.0),))
    queues = (Queue("court", ((0, 5.0),)),)
    plan = Plan(days, (cohort,), (stage,), (Place("jail", ((0, 500),)),), queues)
    outcome = simulate(plan, 5, 0, engine=engine)
    expected = hazard * outcome.person_days.sum()
    assert abs(int(outcome.exits[0, 0, 1]) - expected) < 4.5 * math.sqrt(expected)

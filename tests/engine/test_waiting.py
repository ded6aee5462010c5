"""Whoever waits in a queue stays at risk."""

from __future__ import annotations

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

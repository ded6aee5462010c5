"""People, days, stages, places: simulates any system in which people are held for a while.

It knows nothing of files, statutes, costs or states and can be used alone:

    from bedspace import engine
    outcome = engine.simulate(plan, seed=1, replicate=0)

Read plan.py for what can be said, reference/days.py for what it means, outcome.py for what comes
out, kernel/ for how it is done fast. SENT, HOME, ENDED and OUT number the last axis of an Outcome's
`transfers`.
"""

from bedspace.engine import stays
from bedspace.engine.outcome import ENDED, HOME, OUT, SENT, Outcome
from bedspace.engine.plan import (
    Change,
    Cohort,
    Exit,
    Place,
    Plan,
    Queue,
    Release,
    Risk,
    Stage,
    Transfer,
)
from bedspace.engine.simulate import KERNEL, REFERENCE, check_engine, plan_hash, simulate
from bedspace.engine.steps import Steps
from bedspace.engine.twin import expected

__all__ = [
    "ENDED",
    "HOME",
    "KERNEL",
    "OUT",
    "REFERENCE",
    "SENT",
    "Change",
    "Cohort",
    "Exit",
    "Outcome",
    "Place",
    "Plan",
    "Queue",
    "Release",
    "Risk",
    "Stage",
    "Steps",
    "Transfer",
    "check_engine",
    "expected",
    "plan_hash",
    "simulate",
    "stays",
]

"""The kernel never writes beyond an array, and says so when a day had too little room."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numba
import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bedspace.engine import Cohort, Exit, Place, Plan, Stage, Transfer, simulate, stays
from bedspace.engine.kernel import calling, days, state
from bedspace.engine.kernel.compiled import compiled
from bedspace.exceptions import PlanError
from tests.engine.plans import plans
from tests.engine.test_agreement import digest, everything, rich_plan

compiler = pytest.mark.skipif(
    bool(numba.config.DISABLE_JIT), reason="the compiler is off in this run"
)


def elsewhere(expression: str, **environment: str) -> str:
    """What an expression over this module prints in a process of its own."""
    code = f"from tests.engine import test_room as m; print({expression})"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip()


def told_of_too_little_room() -> str:
    """What is said when days are begun without asking what they can bring. (No transfers: their
    heaps are asked for apart.)"""
    days.demand = lambda p, s, day: 0
    calling.grow = lambda s, moves: s
    try:
        simulate(replace(rich_plan(), transfers=()), 6, 0)
    except PlanError as error:
        return str(error)
    return "nothing"


def test_too_little_room_is_an_error_and_not_a_wrong_count() -> None:
    """With the compiler off, so that the estimate can be replaced by one that is always wrong."""
    told = elsewhere("m.told_of_too_little_room()", NUMBA_DISABLE_JIT="1")
    assert told.startswith("the kernel had too little room on day ")
    assert told.endswith("run it with the reference engine meanwhile")


def test_a_transfer_that_begins_offers_everybody_at_once() -> None:
    """Twenty people a day come and nobody leaves, so on day 1,500 some 30,000 are offered ten
    places: far more offers than a day has moves. Ten go at once and stay."""
    plan = Plan(
        days=1510,
        cohorts=(Cohort("flow", "held", rate=((0, 20.0),)),),
        stages=(Stage("held", stays.Never(), (Exit("released", 1.0),), places=("home",)),),
        places=(Place("home", ((0, 40_000.0),)), Place("rented", ((0, 10.0),))),
        transfers=(Transfer("lease", "rented", ("held",), first=1500, end=1510),),
    )
    found = simulate(plan, 1, 0)
    assert [int(found.population[day, 1]) for day in (1499, 1500, 1509)] == [0, 10, 10]


def bytes_of_plans() -> list[str]:
    """Fingerprints of the Plan in which everything happens, and of 15 random ones."""
    found = [digest(simulate(rich_plan(), 6, 0, trace=True))]

    @settings(everything, max_examples=15, phases=[Phase.generate], database=None)
    @given(plan=plans(), seed=st.integers(0, 99))
    def run(plan: Plan, seed: int) -> None:
        found.append(digest(simulate(plan, seed, 0, trace=True)))

    run()
    return found


@compiled
def _beyond(numbers, i):  # type: ignore[no-untyped-def]  # typed by its first call
    return numbers[i]


def checked_bytes_of_plans() -> list[str]:
    """The same, when every array grows by just what the kernel asks for and by no more, and every
    index is checked, as one beyond the end shows."""
    state.MORE = 1.0
    try:
        _beyond(np.zeros(3), 3)
    except IndexError:
        return bytes_of_plans()
    return ["indexes are not checked"]


@pytest.mark.slow
@compiler
def test_no_index_lies_beyond_an_array(tmp_path: Path) -> None:
    """Both sides in processes of their own: hypothesis draws from what is imported, too."""
    checked = {"NUMBA_BOUNDSCHECK": "1", "NUMBA_CACHE_DIR": str(tmp_path)}
    assert elsewhere("m.checked_bytes_of_plans()", **checked) == elsewhere("m.bytes_of_plans()")

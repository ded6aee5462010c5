"""The kernel as plain Python, with Numba's compiler off: the same bytes up to 500 people."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace

import numba
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bedspace.engine import Plan, simulate
from tests.engine.plans import plans
from tests.engine.test_agreement import digest, everything, happenings, rich_plan

PEOPLE = 500

compiled = pytest.mark.skipif(
    bool(numba.config.DISABLE_JIT), reason="the compiler is off in this run"
)


def larger(plan: Plan, times: float) -> Plan:
    """The same Plan for `times` as many people: stocks, flows, places, hearings, moves a day."""

    def steps(some: tuple[tuple[int, float], ...]) -> tuple[tuple[int, float], ...]:
        return tuple((day, value * times) for day, value in some)

    return replace(
        plan,
        cohorts=tuple(
            replace(c, size=round(c.size * times), rate=steps(c.rate)) for c in plan.cohorts
        ),
        places=tuple(replace(place, capacity=steps(place.capacity)) for place in plan.places),
        queues=tuple(replace(queue, served=steps(queue.served)) for queue in plan.queues),
        transfers=tuple(replace(t, per_day=min(t.per_day * times, 1e9)) for t in plan.transfers),
    )


def five_hundred() -> Plan:
    """The Plan in which everything happens, for more than three times as many people."""
    return larger(rich_plan(), 3.2)


def bytes_of_random_plans() -> list[str]:
    """Fingerprints of 40 random Plans' outcomes, the same Plans whenever it is asked."""
    found = []

    @settings(everything, max_examples=40, phases=[Phase.generate], database=None)
    @given(plan=plans(), seed=st.integers(0, 99))
    def run(plan: Plan, seed: int) -> None:
        found.append(digest(simulate(plan, seed, 0, trace=True)))

    run()
    return found


def printed(expression: str, off: bool = True) -> str:
    """What an expression over this module prints in its own process, the compiler off or on."""
    code = f"from tests.engine import test_without_compiler as m; print({expression})"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={
            **os.environ,
            "NUMBA_DISABLE_JIT": str(int(off)),
            "PYTHONPATH": os.pathsep.join(sys.path),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_there_are_five_hundred_people_and_everything_happens() -> None:
    outcome = simulate(five_hundred(), 6, 0, trace=True)
    assert outcome.stages.sum(axis=1).max() >= PEOPLE
    missing = [what for what, occurs in happenings(five_hundred(), outcome).items() if not occurs]
    assert not missing


@compiled
def test_the_bytes_of_500_people_are_the_same() -> None:
    plain = printed("m.digest(m.simulate(m.five_hundred(), 6, 0, trace=True))")
    assert plain == digest(simulate(five_hundred(), 6, 0, trace=True))


@pytest.mark.slow
@compiled
def test_the_bytes_of_random_plans_are_the_same() -> None:
    """All features mixed, as in the daily comparison with the reference engine. Each in its own
    process: which Plans Hypothesis draws hangs on the modules that are loaded."""
    asked = "m.bytes_of_random_plans()"
    assert printed(asked) == printed(asked, off=False)

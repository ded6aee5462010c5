"""The kernel is the reference engine, person for person."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from dataclasses import fields
from hashlib import blake2b
from itertools import pairwise

import numba
import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bedspace.engine import (
    ENDED,
    HOME,
    OUT,
    SENT,
    Change,
    Cohort,
    Exit,
    Outcome,
    Place,
    Plan,
    Queue,
    Release,
    Risk,
    Stage,
    Transfer,
    simulate,
    stays,
)
from tests.engine.plans import lives, plans, timings

everything = settings(
    max_examples=300,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def in_order(trace: np.ndarray) -> np.ndarray:
    """A trace by person, each person's moves in the order in which they were made."""
    return trace[np.lexsort((np.arange(len(trace)), *trace[:, [3, 2, 1]].T))]


def assert_equal(one: Outcome, two: Outcome) -> None:
    for field in fields(Outcome):
        a, b = getattr(one, field.name), getattr(two, field.name)
        if field.name == "trace":
            a, b = in_order(a), in_order(b)
        assert np.array_equal(a, b), f"{field.name} differs"


@everything
@given(plan=plans(), seed=st.integers(0, 2**32 - 1), replicate=st.integers(0, 2**31 - 1))
def test_kernel_equals_reference(plan: Plan, seed: int, replicate: int) -> None:
    slow = simulate(plan, seed, replicate, engine="reference")
    assert_equal(simulate(plan, seed, replicate, trace=True), slow)


def _zero_day_stays(plan: Plan, outcome: Outcome) -> int:
    """Stages that began and ended within a day, so that the trace does not know them."""
    targets = {(s.name, k): e.to for s in plan.stages for k, e in enumerate((*s.exits, *s.risks))}
    left = outcome.exits.sum(axis=0)
    entries = int(outcome.arrivals.sum()) + sum(c.size for c in plan.cohorts)
    for i, stage in enumerate(plan.stages):
        for k in range(len(stage.exits) + len(stage.risks)):
            entries += int(left[i, k]) if targets[stage.name, k] else 0
    known = sum(m[2] is not None for life in timings(plan, outcome).values() for m in life)
    return entries - known - int(outcome.diverted.sum())


def happenings(plan: Plan, outcome: Outcome) -> dict[str, bool]:
    """What a Plan's replicate had in it."""
    moves = outcome.transfers.sum(axis=(0, 2))  # transfers x 4
    stage_of = {stage.name: i for i, stage in enumerate(plan.stages)}
    ends = {
        how: any(moves[i, ENDED] for i, t in enumerate(plan.transfers) if t.at_end == how)
        for how in ("return", "leave")
    }

    def reached(change: Change) -> bool:
        within = change.reach == "inside" and 0 < change.day < plan.days
        return within and bool(outcome.stages[change.day - 1, stage_of[change.stage]])

    def release_reached(release: Release) -> bool:
        period = sum(first <= release.day for first in plan.periods) - 1
        among = [stage_of[name] for name in release.stages]
        return bool(release.people and release.day and outcome.early[period, among].any())

    place_of = {place.name: i for i, place in enumerate(plan.places)}
    abroad = {(place_of[t.to], stage_of[name]): t for t in plan.transfers for name in t.stages}
    return {
        "sent": bool(moves[:, SENT].any()),
        "brought home": bool(moves[:, HOME].any()),
        "ended abroad": bool(moves[:, OUT].any()),
        "transfer ended, returned": ends["return"],
        "transfer ended, let go": ends["leave"],
        "waited in a queue": bool(outcome.waiting.any()),
        "turned away": bool(outcome.diverted.any()),
        "crowded": bool(outcome.over.any()),
        "came back": bool((outcome.trace[:, 4] > 0).any()),
        "stays of nought days": _zero_day_stays(plan, outcome) > 0,
        "change reached those inside": any(reached(change) for change in plan.changes),
        "change reached those abroad": any(
            reached(change) and any(s == stage_of[change.stage] for _, s in abroad)
            for change in plan.changes
        )
        and bool(moves[:, SENT].any()),
        "stock at liberty": any(
            c.size and not plan.stages[stage_of[c.stage]].inside for c in plan.cohorts
        ),
        "held elsewhere": "police cells" in place_of
        and bool(outcome.population[:, place_of["police cells"]].any()),
        "moved on from there": any(
            one.place == "police cells"
            and two.place not in (None, "police cells")
            and one.stage == two.stage
            for life in lives(plan, outcome).values()
            for one, two in pairwise(life)
        ),
        "let out early": bool(outcome.early.any()),
        "let out early, then came back": bool(
            any(
                outcome.early[:, i].any() and any(e.to for e in stage.exits)
                for i, stage in enumerate(plan.stages)
            )
        ),
        "died or escaped": any(
            outcome.exits[:, i, len(stage.exits) :].any() for i, stage in enumerate(plan.stages)
        ),
        "served a part of one sentence": any(
            stage.luck and outcome.stages[:, i].any() for i, stage in enumerate(plan.stages)
        ),
        "let out by a planned release": any(release_reached(release) for release in plan.releases),
        "ruled by the day of admission": any(
            change.reach == "admitted"
            and outcome.stages[change.day + 1 :, stage_of[change.stage]].any()
            for change in plan.changes
        ),
        "recalled under a sentence": any(
            stage.ends_with and stage.inside and outcome.stages[:, i].any()
            for i, stage in enumerate(plan.stages)
        ),
        "licence over with the sentence": any(
            stage.ends_with and not stage.inside and outcome.exits[:, i, len(stage.exits) - 1].any()
            for i, stage in enumerate(plan.stages)
        ),
        "left where nobody is let out on some days": any(
            stage.no_release_on and outcome.exits[:, i].any() for i, stage in enumerate(plan.stages)
        ),
        "time inside counted": any(
            stage.credit and i > 0 and outcome.stages[:, i].any()
            for i, stage in enumerate(plan.stages)
        ),
    }


LEAST = {
    "sent": 40,
    "brought home": 15,
    "ended abroad": 8,
    "transfer ended, returned": 10,
    "transfer ended, let go": 6,
    "waited in a queue": 30,
    "turned away": 15,
    "crowded": 50,
    "came back": 25,
    "stays of nought days": 40,
    "change reached those inside": 30,
    "change reached those abroad": 10,
    "stock at liberty": 5,
    "held elsewhere": 30,
    "moved on from there": 15,
    "let out early": 20,
    "let out early, then came back": 5,
    "died or escaped": 60,
    "served a part of one sentence": 30,
    "let out by a planned release": 60,
    "ruled by the day of admission": 40,
    "recalled under a sentence": 35,
    "licence over with the sentence": 15,
    "left where nobody is let out on some days": 90,
    "time inside counted": 40,
}


def test_random_plans_have_everything_in_them() -> None:
    """In 400 random Plans each event occurs in a fair share, so agreement says something.

    Hypothesis draws numbers also from the constants of whatever modules are loaded, so the Plans
    of one test alone are not those of the whole suite: the least counts leave room for that.
    """
    counted: Counter[str] = Counter()

    @settings(everything, max_examples=400, phases=[Phase.generate], database=None)
    @given(plan=plans(), seed=st.integers(0, 99))
    def look(plan: Plan, seed: int) -> None:
        outcome = simulate(plan, seed, 0, trace=True)
        counted.update(name for name, occurs in happenings(plan, outcome).items() if occurs)

    look()
    rare = {name: counted[name] for name, least in LEAST.items() if counted[name] < least}
    assert not rare, f"too rare in 400 Plans: {rare}"


def digest(outcome: Outcome) -> str:
    """The bytes of every array of an Outcome, fingerprinted."""
    made = blake2b(digest_size=16)
    for field in fields(Outcome):
        made.update(np.ascontiguousarray(getattr(outcome, field.name)).tobytes())
    return made.hexdigest()


def rich_plan() -> Plan:
    """A fixed Plan in which everything happens."""
    stages = (
        Stage("arrest", stays.Fixed(0.4), (Exit("charged", 1.0, "remand"),), places=("jail",)),
        Stage("free", stays.Exponential(15), (Exit("back", 1.0, "remand"),), inside=False),
        Stage(
            "licence",
            stays.Exponential(30),
            (Exit("back", 1.0, "recalled"), Exit("over", 0.0)),
            inside=False,
            ends_with="term",
        ),
        Stage(
            "recalled",
            stays.Exponential(20),
            (Exit("released", 1.0, "licence"),),
            places=("tower", "jail"),
            ends_with="term",
        ),
        Stage(
            "remand",
            stays.Mixture(((0.3, stays.Fixed(2)), (0.7, stays.Gamma(15, 0.5)))),
            (Exit("convicted", 0.7, "term"), Exit("bailed", 0.3, "free")),
            places=("jail", "tower"),
            when_full="divert",
            queue="court",
            risks=(Risk("died", 0.01), Risk("moved", 0.01, "term")),
        ),
        Stage(
            "refused",
            stays.Scaled(stays.Lognormal(80, 1.0), 0.2),
            (Exit("released", 0.5), Exit("licence", 0.5, "free")),
            places=("tower", "jail"),
            luck="term",
            early=20,
            no_release_on=tuple(day for day in range(150) if day % 7 > 4),
        ),
        Stage(
            "term",
            stays.Scaled(stays.Lognormal(80, 1.0), 0.5),
            (
                Exit("released", 0.1),
                Exit("liberty", 0.4, "free"),
                Exit("licence", 0.3, "licence"),
                Exit("refused", 0.2, "refused"),
            ),
            places=("tower", "jail"),
            when_full="elsewhere",
            elsewhere="police cells",
            rule="in-order",
            credit=0.5,
            whole=stays.Lognormal(80, 1.0),
        ),
    )
    return Plan(
        150,
        (
            Cohort("arrivals", "arrest", rate=((0, 3.0), (60, 5.5))),
            Cohort("free at first", "free", size=20),
            Cohort("stock", "term", size=60),
        ),
        tuple(sorted(stages, key=lambda stage: stage.name)),
        (
            Place("abroad", ((0, 30),)),
            Place("hired", ((0, 20), (40, 35)), "abroad"),
            Place("jail", ((0, 40),)),
            Place("police cells", ((0, 5),)),
            Place("tower", ((0, 50),)),
        ),
        (Queue("court", ((0, 2.7),)),),
        (
            Transfer(
                "lease a",
                "hired",
                ("term",),
                first=5,
                end=120,
                min_remaining=8,
                selected=0.8,
                consenting=0.9,
                blocked=0.1,
                per_day=2.5,
                delay=3,
                home_before=4,
            ),
            Transfer("lease b", "abroad", ("remand", "term"), 0, 90, at_end="leave"),
        ),
        (
            Change("rule", 70, "term", stay=stays.Weibull(30, 1.5), reach="inside"),
            Change("rule 2", 80, "remand", stay=stays.Exponential(5), reach="admitted"),
        ),
        (0, 31, 59, 90, 120),
        (Release("amnesty", 100, ("refused", "term"), people=9, first="lot"),),
    )


def test_the_rich_plan_is_rich() -> None:
    happened = happenings(rich_plan(), simulate(rich_plan(), 6, 0, trace=True))
    missing = [name for name, occurs in happened.items() if not occurs]
    assert not missing


@pytest.mark.skipif(bool(numba.config.DISABLE_JIT), reason="the compiler is off in this run")
def test_without_the_compiler_the_bytes_are_the_same() -> None:
    """The kernel as plain Python, in a process of its own, against the compiled one."""
    code = (
        "from tests.engine.test_agreement import digest, rich_plan, simulate;"
        "print(digest(simulate(rich_plan(), 6, 0, trace=True)))"
    )
    plain = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert plain.stdout.strip() == digest(simulate(rich_plan(), 6, 0, trace=True))

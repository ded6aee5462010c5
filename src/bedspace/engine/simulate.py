"""Run one replicate of a Plan: in the fast engine, or in the reference engine on the same draws."""

# mypy: disable-error-code="no-untyped-def"
# What Numba compiles is typed by its first call, not by annotations.

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numba as nb
import numpy as np
from numpy.typing import NDArray

from bedspace.engine import kernel, reference
from bedspace.engine.compiled import borrow
from bedspace.engine.outcome import Outcome
from bedspace.engine.plan import Plan
from bedspace.engine.prepare import Prepared, prepare
from bedspace.engine.state import EVENTS, NEEDED, TRACE, allocate, grow
from bedspace.exceptions import PlanError

MOST_SEED = 2**32 - 1


def plan_hash(plan: Plan) -> str:
    """A Plan's fingerprint: equal Plans give equal results, so this names a result."""
    return blake2b(repr(plan).encode(), digest_size=16).hexdigest()


def simulate(
    plan: Plan, seed: int, replicate: int, engine: str = "fast", trace: bool = False
) -> Outcome:
    """One replicate of `plan`. `engine` is "fast" or "reference"; both give the same Outcome.

    With `trace`, every move of every person is kept (the reference engine always keeps it). The
    fast engine holds no interpreter lock. Raises PlanError for a Plan that does not hold together
    and for a seed or replicate outside 0 .. 2^32 - 1 (replicates: 2^31 - 1).
    """
    if not 0 <= seed <= MOST_SEED or not 0 <= replicate < 2**31:
        raise PlanError("a seed lies in 0 .. 4294967295, a replicate in 0 .. 2147483647")
    p = prepare(plan, seed, replicate)
    outputs = _outputs(p)
    if engine == "reference":
        return reference.simulate(p, _outcome(outputs, np.zeros((0, 7), dtype=np.int32), 0))
    if engine != "fast":
        raise PlanError(f'there is no engine "{engine}": "fast" or "reference"')
    run_days = _compiled(_sources())
    state = allocate(p, outputs, trace)
    day = 0
    while day < p.days:
        state = grow(state, int(state.number[NEEDED]))
        day = run_days(p, state, day)
    rows = state.trace[: int(state.number[TRACE])].copy()
    return _outcome(outputs, rows, int(state.number[EVENTS]))


def _outputs(p: Prepared) -> dict[str, NDArray[Any]]:
    days, periods = p.days, len(p.period_end)
    S, P, A, Q = len(p.stage_table), len(p.within), len(p.transfer_to), len(p.queue_purpose)
    return dict(
        population=np.zeros((days, P), dtype=np.int32),
        stages=np.zeros((days, S), dtype=np.int32),
        person_days=np.zeros((periods, S, P), dtype=np.int64),
        arrivals=np.zeros((periods, len(p.cohort_stage)), dtype=np.int32),
        left=np.zeros((periods, S, p.thresholds.shape[1]), dtype=np.int32),
        diverted=np.zeros((periods, S), dtype=np.int32),
        early=np.zeros((periods, S), dtype=np.int32),
        remitted=np.zeros((periods, S), dtype=np.int64),
        moved=np.zeros((periods, A, S, 4), dtype=np.int32),
        waiting=np.zeros((days, Q), dtype=np.int32),
        served=np.zeros((periods, Q), dtype=np.int32),
        waited=np.zeros((periods, Q), dtype=np.int64),
        over=np.zeros((periods, P), dtype=np.int64),
    )


def _outcome(outputs: dict[str, NDArray[Any]], trace: NDArray[np.int32], events: int) -> Outcome:
    named = dict(outputs)
    named["exits"], named["transfers"] = named.pop("left"), named.pop("moved")
    return Outcome(**named, trace=trace, events=events)


@cache
def _sources() -> str:
    """The engine's own source, fingerprinted."""
    digest = blake2b(digest_size=16)
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def _compiled(sources: str) -> Callable[..., int]:
    """The compiled entry point. `sources` is a free variable of it and so part of the key under
    which Numba keeps it on disk: its own key would overlook a change in an imported module."""

    @nb.njit(nogil=True, cache=True)
    def run_days(p, s, first):
        return kernel.run_days(borrow(p), borrow(s), first) if sources else first

    return run_days

"""The kernel as Python calls it: compiled once, and given more memory between days."""

# mypy: disable-error-code="no-untyped-def"
# What Numba compiles is typed by its first call, not by annotations.

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from hashlib import blake2b
from pathlib import Path

import numba as nb

from bedspace.engine.kernel import days
from bedspace.engine.kernel.compiled import borrow
from bedspace.engine.kernel.state import EVENTS, NEEDED, SHORT, TRACE, allocate, grow
from bedspace.engine.outcome import Outcome
from bedspace.engine.prepare import Prepared
from bedspace.exceptions import PlanError


def simulate(p: Prepared, out: Outcome, trace: bool) -> Outcome:
    """Run a prepared Plan, filling the empty `out`; every move of every person too, with `trace`.

    PlanError if a day brought more than the kernel had made room for, which would be a fault of
    the kernel: nothing was written where it does not belong, but the counts would be wrong.
    """
    run_days = _compiled(_sources())
    state = allocate(p, out, trace)
    day = 0
    while day < p.days:
        state = grow(state, int(state.number[NEEDED]))
        day = run_days(p, state, day)
        if state.number[SHORT]:
            raise PlanError(
                f"the kernel had too little room on day {day}, which is a fault of bedspace: "
                "report this plan, and run it with the reference engine meanwhile"
            )
    rows = state.trace[: int(state.number[TRACE])].copy()
    return replace(out, trace=rows, events=int(state.number[EVENTS]))


@cache
def _sources() -> str:
    """The engine's own source, fingerprinted."""
    digest = blake2b(digest_size=16)
    for path in sorted(Path(__file__).parents[1].rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def _compiled(sources: str) -> Callable[..., int]:
    """The compiled entry point. `sources` is a free variable of it and so part of the key under
    which Numba keeps it on disk: its own key would overlook a change in an imported module."""

    @nb.njit(nogil=True, cache=True)
    def run_days(p, s, first):
        return days.run_days(borrow(p), borrow(s), first) if sources else first

    return run_days

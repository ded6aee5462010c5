"""A baseline and a scenario on the same members: the same people with the same luck."""

from __future__ import annotations

import warnings
from concurrent.futures import Executor
from pathlib import Path

from bedspace.engine import KERNEL
from bedspace.ensemble import running
from bedspace.ensemble.pools import THREADS
from bedspace.ensemble.running import Progress, Tell
from bedspace.ensemble.sides import side
from bedspace.exceptions import RunError
from bedspace.results.comparison import Comparison, open_any
from bedspace.scenario import Scenario


def compare(
    baseline: Scenario,
    scn: Scenario,
    members: int,
    seed: int,
    workers: int | None,
    out: Path,
    progress: Progress | None = None,
    executor: Executor | str = THREADS,
    resume: bool = False,
    tell: Tell = warnings.warn,
    engine: str = KERNEL,
    cache: Path | None = None,
) -> Comparison:
    """Run both into `out`/baseline and `out`/scenario, each a run folder of its own.

    Progress counts the members of both sides; the rest is as for `run`. RunError as for that, and
    when the two do not cover the same days and systems: a difference of counts would then be one of
    dates, or of nothing.
    """
    running.check_limits(members, seed, workers, engine)
    if (baseline.start, baseline.end) != (scn.start, scn.end):
        raise RunError(
            f"the baseline runs from {baseline.start} to {baseline.end} and the scenario from "
            f"{scn.start} to {scn.end}; give both the same start and end"
        )
    for one, other, which in ((scn, baseline, "baseline"), (baseline, scn, "scenario")):
        for system in [name for name in one.systems if name not in other.systems]:
            raise RunError(
                f"the {which} has no system {system!r}, so that nothing can be compared there: let "
                "a variant leave out the agreement, and keep the system"
            )
    both = [side("baseline", baseline), side("scenario", scn)]
    done = resume and running.finished(out, both, members, seed)
    if not done:
        how = (progress, executor, resume, tell, engine, cache)
        running.make("comparison", both, members, seed, workers, out, *how)
    opened = open_any(Path(out), check=done)
    if not isinstance(opened, Comparison):
        raise RunError(f"{out} is not a comparison")
    return opened

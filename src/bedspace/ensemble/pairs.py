"""A baseline and a scenario on the same members: the same people with the same luck."""

from __future__ import annotations

from concurrent.futures import Executor
from pathlib import Path

from bedspace.ensemble import running
from bedspace.ensemble.running import Progress
from bedspace.exceptions import RunError
from bedspace.results import folder as layout
from bedspace.results.comparison import Comparison, open_any
from bedspace.scenario import Scenario


def compare(
    baseline: Scenario,
    scn: Scenario,
    members: int,
    seed: int,
    workers: int,
    out: Path,
    progress: Progress | None = None,
    executor: Executor | None = None,
) -> Comparison:
    """Run both into `out`/baseline and `out`/scenario, each a run folder of its own.

    Progress counts the members of both sides. RunError as for `run`, and when the two do not
    cover the same days: a difference of counts would then be one of dates.
    """
    running.check_limits(members, seed, workers)
    if (baseline.start, baseline.end) != (scn.start, scn.end):
        raise RunError(
            f"the baseline runs from {baseline.start} to {baseline.end} and the scenario from "
            f"{scn.start} to {scn.end}; give both the same start and end"
        )
    with layout.new_folder(Path(out)) as folder:
        sides = [folder / "baseline", folder / "scenario"]
        begun = [running.prepare(s, d) for s, d in zip((baseline, scn), sides, strict=True)]
        work = [
            running.chunks(s, seed, members, d) for s, d in zip((baseline, scn), sides, strict=True)
        ]
        # Interleaved, so that a pair's two halves are done at about the same time.
        both = [chunk for pair in zip(*work, strict=True) for chunk in pair]
        done = running.perform(both, workers, executor, progress)
        for i, side in enumerate(sides):
            running.seal(side, work[i], done[i::2], *begun[i])
        manifests = [layout.record(folder, f"{side.name}/{layout.MANIFEST}") for side in sides]
        values = {"kind": "comparison", "members": members, "seed": seed, "files": manifests}
        layout.write_json(folder, layout.MANIFEST, layout.stamped(values))
    opened = open_any(Path(out), check=False)
    assert isinstance(opened, Comparison)
    return opened

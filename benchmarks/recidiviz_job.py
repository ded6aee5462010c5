"""The size of job that another projection tool was measured on: 88,000 prisoners, 120 months.

    python benchmarks/recidiviz_job.py [--members 20] [--workers 2] [--json]

There, expected values of 3 compartments take about 8 s and of 21 about 79 s (a published figure for
Recidiviz's open population projection; it was not run here). Told here, for two ordinary scenarios
of ours: the time of the expected values alone, without capacity (the closed-form twin); and of an
ensemble, everybody simulated in every member, all tables written, with the interval it gives for
the population at the end. Importing and compiling come first and are not timed.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from run import positive

from bedspace import compile as compiler
from bedspace import engine, ensemble, scenario

FILES = {count: Path(__file__).with_name(f"recidiviz-{count}.yaml") for count in (3, 21)}


@dataclass(frozen=True)
class Job:
    """Seconds for each way, and people held at the end: expected, and 5, 50 and 95 of a hundred
    members."""

    compartments: int
    expected_s: float
    members: int
    workers: int
    ensemble_s: float
    expected_people: float
    low: float
    middle: float
    high: float


def job(compartments: int, members: int, workers: int) -> Job:
    scn = scenario.load(str(FILES[compartments]))
    plan = compiler.plan(scn)
    assert len(plan.stages) == compartments
    engine.simulate(plan, 1, 0)
    begun = time.perf_counter()
    expected = engine.expected(compiler.plan(scn))
    expected_s = time.perf_counter() - begun
    inside = [i for i, stage in enumerate(plan.stages) if stage.inside]
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        run = ensemble.run(scn, members, 1, workers, Path(folder) / "run")
        last = run.sql(
            "SELECT member, sum(people) AS people FROM population "
            "WHERE day = (SELECT max(day) FROM population) GROUP BY member"
        ).fetchnumpy()["people"]
        ensemble_s = time.perf_counter() - begun
    low, middle, high = np.quantile(last.astype(float), [0.05, 0.5, 0.95])
    return Job(
        compartments,
        round(expected_s, 4),
        members,
        workers,
        round(ensemble_s, 3),
        round(float(expected[-1, inside].sum())),
        round(low),
        round(middle),
        round(high),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="88,000 prisoners, 120 months.")
    parser.add_argument("--members", type=positive, default=20)
    parser.add_argument("--workers", type=positive, default=os.cpu_count() or 1)
    parser.add_argument("--json", action="store_true", help="a list of objects, nothing else")
    asked = parser.parse_args()
    jobs = [job(count, asked.members, asked.workers) for count in FILES]
    if asked.json:
        print(json.dumps([asdict(done) for done in jobs], indent=1))
        return
    for done in jobs:
        print(
            f"{done.compartments} compartments: expected values in {done.expected_s:.3f} s; "
            f"{done.members} members in {done.ensemble_s:.1f} s on {done.workers} threads: "
            f"{done.middle:,.0f} people at the end ({done.low:,.0f} to {done.high:,.0f} in nine "
            f"members of ten; {done.expected_people:,.0f} expected without ranges)"
        )


if __name__ == "__main__":
    main()

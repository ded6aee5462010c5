"""Many members over an Executor, ten at a time, each ten written to disk before they are forgotten.

The chunk is the unit of work and of writing. Its size never depends on the workers, so neither do
the bytes; memory holds one chunk per worker however many members there are.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor, as_completed, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from pydantic import TypeAdapter

from bedspace import __version__, engine
from bedspace import compile as compiler
from bedspace import scenario as language
from bedspace.ensemble import members as one
from bedspace.exceptions import RunError
from bedspace.results import folder as layout
from bedspace.results import parquet
from bedspace.results.frames import concatenate
from bedspace.results.reader import Run, open_run
from bedspace.results.schema import TABLES
from bedspace.results.tables import BUILDERS
from bedspace.scenario import Scenario, evidence

CHUNK = 10
"""Members simulated and written together. Changing it changes the bytes: raise layout.FORMAT."""

MOST_MEMBERS = 100_000
MOST_WORKERS = 256
LARGEST_SEED = 2**32 - 1

Progress = Callable[[int, int], None]
"""Called with (members done, members in all) whenever a chunk is finished."""

Records = list[dict[str, Any]]


@dataclass(frozen=True)
class Chunk:
    """The one payload of a task: what to simulate and where to leave it."""

    scenario: Scenario
    seed: int
    number: int
    first: int
    count: int
    folder: Path


def check_limits(members: int, seed: int, workers: int) -> None:
    """RunError that states the limit, if one of them is passed."""
    limits = (
        ("replicates", members, 1, MOST_MEMBERS),
        ("seed", seed, 0, LARGEST_SEED),
        ("workers", workers, 1, MOST_WORKERS),
    )
    for what, value, least, most in limits:
        if not least <= value <= most:
            raise RunError(f"{what} is {value}; it must be between {least} and {most}")


def chunks(scn: Scenario, seed: int, members: int, folder: Path) -> list[Chunk]:
    """The work of one run, in order; the last chunk may be smaller."""
    firsts = range(0, members, CHUNK)
    return [
        Chunk(scn, seed, i, first, min(CHUNK, members - first), folder)
        for i, first in enumerate(firsts)
    ]


def simulate_chunk(chunk: Chunk) -> Records:
    """Simulate a chunk's members and write one part of every table; records of the files."""
    members = [
        one.simulate(chunk.scenario, chunk.seed, chunk.first + i) for i in range(chunk.count)
    ]
    records = []
    try:
        with contextlib.closing(parquet.connect()) as con:
            for table in TABLES.values():
                frame = concatenate([BUILDERS[table.name](m) for m in members])
                path = layout.part(table.name, chunk.number)
                parquet.write(con, table, frame, chunk.folder / path)
                records.append(layout.record(chunk.folder, path, len(frame)))
    except (duckdb.Error, OSError) as e:
        raise RunError(f"cannot write chunk {chunk.number} of the run: {e}") from e
    return records


def perform(
    work: Sequence[Chunk], workers: int, executor: Executor | None, progress: Progress | None
) -> list[Records]:
    """Do all chunks, in any order; their records in the order of `work`.

    When one fails the rest are cancelled, those under way awaited, and its error raised.
    """
    total = sum(c.count for c in work)
    done = 0
    with _pool(workers, executor) as pool:
        futures = [pool.submit(simulate_chunk, chunk) for chunk in work]
        sizes = {future: chunk.count for future, chunk in zip(futures, work, strict=True)}
        try:
            for future in as_completed(futures):
                future.result()
                done += sizes[future]
                if progress is not None:
                    progress(done, total)
        except BaseException:
            for future in futures:
                future.cancel()
            wait(futures)
            raise
        return [future.result() for future in futures]


@contextlib.contextmanager
def _pool(workers: int, executor: Executor | None) -> Iterator[Executor]:
    """The caller's executor, left open, or threads of our own (the engine frees the GIL)."""
    if executor is not None:
        yield executor
        return
    with ThreadPoolExecutor(workers, thread_name_prefix="bedspace") as pool:
        yield pool


def prepare(scn: Scenario, folder: Path) -> tuple[str, Records]:
    """Make a run's folders and write what is known beforehand; the plan's hash and the records.

    PlanError if the scenario, before any draw, is one that cannot be run; RunError if it holds
    numbers that the scenario.json kept with the results would not have.
    """
    written = language.paths.numbers(language.from_raw(scn.raw, scn.name, scn.variant))
    ours = language.paths.numbers(scn)
    other = sorted(p for p in written.keys() | ours.keys() if written.get(p) != ours.get(p))
    if other:
        raise RunError(f"{other[0]} is not as the scenario's file has it: make a variant that is")
    for table in TABLES:
        (folder / "tables" / table).mkdir(parents=True)
    ledger = TypeAdapter(list[evidence.Entry]).dump_python(evidence.ledger(scn), mode="json")
    files = [
        layout.write_json(folder, "scenario.json", kept(scn), sort=False),
        layout.write_json(folder, "evidence.json", ledger),
    ]
    return engine.plan_hash(compiler.plan(scn)), files


def kept(scn: Scenario) -> dict[str, Any]:
    """The scenario as its results keep it, a scenario file itself.

    Of the variants, one that was applied keeps its title and summary alone and the others go: they
    were written against the file as it was.
    """
    raw = dict(scn.raw)
    if scn.variant is not None:
        words = raw["variants"][scn.variant]
        own = {key: words[key] for key in ("title", "summary") if key in words}
        raw["variants"] = {scn.variant: own}
    return raw


def seal(
    folder: Path, work: Sequence[Chunk], done: Sequence[Records], plan_hash: str, files: Records
) -> None:
    """Write the manifest, the last file of a run."""
    scn = work[0].scenario
    rows = dict.fromkeys(TABLES, 0)
    for records in done:
        for table, entry in zip(TABLES, records, strict=True):
            rows[table] += entry["rows"]
    listed = [
        {"chunk": c.number, "first": c.first, "members": c.count, "files": records}
        for c, records in zip(work, done, strict=True)
    ]
    values = {
        "kind": "run",
        "bedspace": __version__,
        "scenario": scn.name,
        "variant": scn.variant,
        "seed": work[0].seed,
        "members": sum(c.count for c in work),
        "plan": plan_hash,
        "rows": rows,
        "files": files,
        "chunks": listed,
    }
    layout.write_json(folder, layout.MANIFEST, layout.stamped(values))


def run(
    scn: Scenario,
    members: int,
    seed: int,
    workers: int,
    out: Path,
    progress: Progress | None = None,
    executor: Executor | None = None,
) -> Run:
    """Run an ensemble into the new folder `out` and open it.

    The bytes written depend on the scenario, the seed and the number of members alone; the first
    members are the same however many there are. `executor` replaces the `workers` threads.
    RunError, PlanError: nothing is left behind.
    """
    check_limits(members, seed, workers)
    with layout.new_folder(Path(out)) as folder:
        plan_hash, files = prepare(scn, folder)
        work = chunks(scn, seed, members, folder)
        seal(folder, work, perform(work, workers, executor, progress), plan_hash, files)
    return open_run(Path(out), check=False)

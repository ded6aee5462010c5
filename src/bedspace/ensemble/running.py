"""Many members over workers into a folder, each ten written to disk before they are forgotten.

Memory holds a few chunks per worker however many members there are.
"""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from itertools import chain, islice
from numbers import Integral
from pathlib import Path

from bedspace.cache import trim
from bedspace.engine import KERNEL, REFERENCE, check_engine
from bedspace.ensemble import found, memory, pace, pools
from bedspace.ensemble.chunks import Chunk, chunks
from bedspace.ensemble.found import Part
from bedspace.ensemble.pools import MOST_WORKERS, THREADS, Pool
from bedspace.ensemble.sides import SCENARIO, Side, seal, side
from bedspace.ensemble.versions import made_by
from bedspace.exceptions import RunError
from bedspace.results import folder as layout
from bedspace.results import partial
from bedspace.results.partial import Aim, Partial, Record
from bedspace.results.reader import Run, open_run, read_manifest
from bedspace.scenario import Scenario

MOST_MEMBERS = 100_000
LARGEST_SEED = 2**32 - 1

AHEAD = 2
"""Chunks handed out for each worker: one at work and one to go on with."""

Progress = Callable[[int, int], None]
"""Called with (members done, members in all) of all sides: at the start and at every chunk."""

Tell = Callable[[str], None]
"""Called with a line that a user should read and that is no error."""


def run(
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
) -> Run:
    """Run an ensemble into the new folder `out` and open it.

    The bytes written depend on the scenario, the seed and the number of members alone; the first
    members are the same however many there are. `executor` is "threads", "processes", a Dask
    scheduler's address or an Executor, `workers` how many chunks are simulated at once. `engine` is
    "kernel" or "reference", which is slow; the bytes are the same, so one may go on with what the
    other has begun. `cache` is a folder where members are found again that were simulated by the
    same Plans, and where those simulated now are kept; workers on other machines do without.

    RunError, PlanError: chunks that were finished stay beside `out`, and `resume` goes on with
    them, with the same scenario and seed and at least as many members; if none was, nothing stays.
    With `resume`, a run that is finished already is opened, if it is the one that is asked for.
    """
    check_limits(members, seed, workers, engine)
    whole = [side("", scn)]
    if not (resume and finished(out, whole, members, seed)):
        how = (progress, executor, resume, tell, engine, cache)
        make("run", whole, members, seed, workers, out, *how)
        return open_run(Path(out), check=False)
    return open_run(Path(out))


def check_limits(members: object, seed: object, workers: object, engine: str = KERNEL) -> None:
    """RunError that states the limit, if one is passed; PlanError if there is no such engine."""
    check_engine(engine)
    limits = (
        ("replicates", members, 1, MOST_MEMBERS),
        ("seed", seed, 0, LARGEST_SEED),
        ("workers", 1 if workers is None else workers, 1, MOST_WORKERS),
    )
    for what, value, least, most in limits:
        if isinstance(value, bool) or not isinstance(value, Integral):
            raise RunError(
                f"{what} is {value!r}; it must be a whole number between {least} and {most}"
            )
        if not least <= int(value) <= most:
            raise RunError(f"{what} is {value}; it must be between {least} and {most}")


def finished(out: Path, sides: Sequence[Side], members: int, seed: int) -> bool:
    """Whether `out` holds a finished run of just this. RunError if it holds another: of another
    scenario, seed or number of members, or made by other code or libraries."""
    out = Path(out)
    if not (out / layout.MANIFEST).is_file():
        return False
    kind = "run" if [one.name for one in sides] == [""] else "comparison"
    top = read_manifest(out)
    words = []
    if top.get("kind") != kind:
        words.append(f"as a {top.get('kind')}, not {kind}")
    else:
        words += [
            f"with {what} {top.get(key)}, not {asked}"
            for key, what, asked in (("seed", "seed", seed), ("members", "members", members))
            if top.get(key) != asked
        ]
        words += [word for one in sides for word in _otherwise(out / one.name, one)]
    if words:
        raise RunError(
            f"{out} is finished already and is another run, made "
            f"{' and '.join(dict.fromkeys(words))}: choose another --out"
        )
    return True


def _otherwise(folder: Path, one: Side) -> Iterator[str]:
    """How the run in a folder was made otherwise than a side would be now."""
    found = read_manifest(folder)
    written = {entry["path"]: entry["sha256"] for entry in found.get("files", ())}
    named = (one.scenario.name, one.scenario.variant)
    ours = layout.record(SCENARIO, one.files[SCENARIO])["sha256"]
    if (found.get("scenario"), found.get("variant")) != named or written.get(SCENARIO) != ours:
        yield "with another scenario, or another state of its file"
    if other := partial.different(found.get("made_by", {}), made_by()):
        yield f"with {other}"


def make(
    kind: str,
    sides: Sequence[Side],
    members: int,
    seed: int,
    workers: int | None,
    out: Path,
    progress: Progress | None,
    executor: Executor | str,
    resume: bool,
    tell: Tell,
    engine: str,
    cache: Path | None,
) -> None:
    """Write the sides' runs, and the manifest of the pair if they are a comparison."""
    aim = Aim(kind, members, seed, {one.name: one.hash for one in sides}, made_by())
    with (
        partial.begin(Path(out), aim, resume) as begun,
        pools.opened(executor, workers) as pool,
    ):
        for path in begun.altered:
            tell(f"{path} is not as it was written: its members are simulated again")
        scratch = begun.scratch if pool.nearby else None
        how = (scratch, engine, cache if pool.nearby else None)
        work = [chunks(one.scenario, seed, members, one.name, *how) for one in sides]
        if engine == REFERENCE:
            pace.check([one.plan for one in sides], members, tell)
        at_once = min(pool.workers(), sum(map(len, work)))
        memory.check([one.plan for one in sides], at_once, pool.separate, pool.memory)
        # Interleaved, so that a pair's two halves are done at about the same time.
        every = list(chain(*zip(*work, strict=True)))
        records = perform(every, pool, begun, progress, None if cache is None else tell)
        manifests = [
            seal(begun.results, one, seed, members, [r for r in records if r["side"] == one.name])
            for one in sides
        ]
        if kind == "comparison":
            values = {"kind": kind, "members": members, "seed": seed, "files": manifests}
            layout.write_json(begun.results, layout.MANIFEST, layout.stamped(values))
    if cache is not None:
        trim(cache)


def perform(
    work: Sequence[Chunk],
    pool: Pool,
    begun: Partial,
    progress: Progress | None,
    tell: Tell | None,
) -> list[Record]:
    """Do all chunks that are not kept, in any order; the records of all in the order of `work`.
    `tell` is told how many members were found again and when they were simulated.

    When one fails the rest are cancelled, those under way awaited, and its error raised.
    """
    records = {_key(r["side"], r["chunk"], r["members"]): r for r in begun.kept}
    keys = [_key(c.side, c.number, c.count) for c in work]
    done, total = sum(key[-1] for key in keys if key in records), sum(c.count for c in work)
    if progress is not None:
        progress(done, total)
    again: list[tuple[int, float]] = []
    missing = [c for c, key in zip(work, keys, strict=True) if key not in records]
    with contextlib.closing(_done(missing, pool)) as finished:
        for chunk, parts in finished:
            record = {
                "side": chunk.side,
                "chunk": chunk.number,
                "first": chunk.first,
                "members": chunk.count,
            }
            files = {layout.part(part.table, chunk.number): part.data for part in parts}
            record = partial.keep(begun, record, files, [part.rows for part in parts])
            records[_key(chunk.side, chunk.number, chunk.count)] = record
            done += chunk.count
            if parts[0].simulated is not None:
                again.append((chunk.count, parts[0].simulated))
            if progress is not None:
                progress(done, total)
    if tell is not None:
        tell(found.told(again, sum(chunk.count for chunk in missing)))
    return [records[key] for key in keys]


def _key(side: str, number: int, count: int) -> tuple[str, int, int]:
    """What makes a chunk the same one; the last of fewer members has fewer."""
    return side, number, count


def _done(work: Iterable[Chunk], pool: Pool) -> Generator[tuple[Chunk, list[Part]]]:
    """Chunks as they are done. Only so many are handed out at a time that workers never idle, so
    that neither what waits nor what comes back fills the memory."""
    work = iter(work)
    under_way: dict[Future[list[Part]], Chunk] = {}
    try:
        while True:
            for chunk in islice(work, max(0, AHEAD * pool.workers() - len(under_way))):
                under_way[pool.submit(chunk)] = chunk
            if not under_way:
                return
            for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                chunk = under_way.pop(future)
                yield chunk, future.result()
    finally:
        pool.stop()
        for future in under_way:
            future.cancel()
        wait(under_way)

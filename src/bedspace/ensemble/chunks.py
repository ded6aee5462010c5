"""The unit of work: ten members, simulated where a worker is and sent back as finished files.

Its size never depends on the workers, so neither do the bytes. What a worker returns is written by
the one process that holds the run's folder, so workers need no disk in common with it.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from bedspace.engine import KERNEL
from bedspace.ensemble import found
from bedspace.ensemble import members as one
from bedspace.ensemble.found import Part
from bedspace.ensemble.versions import made_by
from bedspace.exceptions import RunError
from bedspace.results import parquet
from bedspace.results.frames import Frame, concatenate
from bedspace.results.partial import different
from bedspace.results.schema import TABLES
from bedspace.results.tables import BUILDERS, Member, drawn
from bedspace.scenario import Scenario

CHUNK = 10
"""Members simulated and written together. Changing it changes the bytes: raise layout.FORMAT."""


@dataclass(frozen=True)
class Chunk:
    """The one payload of a task. `side` is the folder within the results that it belongs to,
    `scratch` a folder for the worker's own files (None: the system's), `made_by` the code and
    libraries that its bytes are to come from, `engine` the name of the one that simulates, `cache`
    the folder where its tables are found again and kept (None: nowhere)."""

    scenario: Scenario
    seed: int
    side: str
    number: int
    first: int
    count: int
    scratch: Path | None
    made_by: Mapping[str, str]
    engine: str
    cache: Path | None = None


def chunks(
    scn: Scenario,
    seed: int,
    members: int,
    side: str = "",
    scratch: Path | None = None,
    engine: str = KERNEL,
    cache: Path | None = None,
) -> list[Chunk]:
    """The work of one run, in order; the last chunk may be smaller."""
    how = (scratch, made_by(), engine, cache)
    return [
        Chunk(scn, seed, side, i, first, min(CHUNK, members - first), *how)
        for i, first in enumerate(range(0, members, CHUNK))
    ]


def simulate_chunk(chunk: Chunk, stopped: Callable[[], bool] = lambda: False) -> list[Part]:
    """Simulate a chunk's members and make one part of every table, in the order of TABLES.

    `stopped` is asked before each member. RunError if it says so, if a member cannot be run, if
    the disk refuses, or if this worker's code or libraries are not those that the chunk asks for.
    """
    if made_by() != chunk.made_by:
        raise RunError(f"a worker has {different(made_by(), chunk.made_by)}: install the same")
    numbers = range(chunk.first, chunk.first + chunk.count)
    if chunk.cache is None:
        made = []
        for number in numbers:
            _go_on(stopped)
            made.append(one.simulate(chunk.scenario, chunk.seed, number, chunk.engine))
        return _written(chunk, _frames(made))
    planned = [one.planned(chunk.scenario, chunk.seed, number) for number in numbers]
    key = found.key(planned, chunk.seed, chunk.made_by)
    if (kept := found.again(chunk.cache, key)) is not None:
        frames = [drawn(member.number, member.draws) for member in planned]
        return [*kept, *_written(chunk, [(found.DRAWS, frames)])]
    made = []
    for member in planned:
        _go_on(stopped)
        made.append(one.simulated(member, chunk.seed, chunk.engine))
    parts = _written(chunk, _frames(made))
    found.keep(chunk.cache, key, parts)
    return parts


def _go_on(stopped: Callable[[], bool]) -> None:
    """RunError if the work is to be stopped."""
    if stopped():
        raise RunError("stopped")


def _frames(made: Sequence[Member]) -> Iterator[tuple[str, list[Frame]]]:
    """Every table with the rows of each of the members, one table after the other."""
    for table in TABLES:
        yield table, [BUILDERS[table](member) for member in made]


def _written(chunk: Chunk, frames: Iterable[tuple[str, Sequence[Frame]]]) -> list[Part]:
    """A part of each table, from the rows of its members."""
    parts = []
    try:
        with (
            contextlib.closing(parquet.connect()) as con,
            tempfile.TemporaryDirectory(prefix="bedspace-", dir=chunk.scratch) as folder,
        ):
            for name, each in frames:
                frame = concatenate(each)
                file = Path(folder) / "part"
                parquet.write(con, TABLES[name], frame, file)
                parts.append(Part(name, len(frame), file.read_bytes()))
    except (duckdb.Error, OSError) as e:
        words = " ".join(str(e).split())
        raise RunError(f"cannot write chunk {chunk.number} of the run: {words}") from e
    return parts

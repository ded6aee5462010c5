"""The unit of work: ten members, simulated where a worker is and sent back as finished files.

Its size never depends on the workers, so neither do the bytes. What a worker returns is written by
the one process that holds the run's folder, so workers need no disk in common with it.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from bedspace.engine import KERNEL
from bedspace.ensemble import members as one
from bedspace.ensemble.versions import made_by
from bedspace.exceptions import RunError
from bedspace.results import parquet
from bedspace.results.frames import concatenate
from bedspace.results.partial import different
from bedspace.results.schema import TABLES
from bedspace.results.tables import BUILDERS
from bedspace.scenario import Scenario

CHUNK = 10
"""Members simulated and written together. Changing it changes the bytes: raise layout.FORMAT."""


@dataclass(frozen=True)
class Chunk:
    """The one payload of a task. `side` is the folder within the results that it belongs to,
    `scratch` a folder for the worker's own files (None: the system's), `made_by` the code and
    libraries that its bytes are to come from, `engine` the name of the one that simulates."""

    scenario: Scenario
    seed: int
    side: str
    number: int
    first: int
    count: int
    scratch: Path | None
    made_by: Mapping[str, str]
    engine: str


@dataclass(frozen=True)
class Part:
    """A chunk's part of one table, as the bytes of a Parquet file."""

    table: str
    rows: int
    data: bytes


def chunks(
    scn: Scenario,
    seed: int,
    members: int,
    side: str = "",
    scratch: Path | None = None,
    engine: str = KERNEL,
) -> list[Chunk]:
    """The work of one run, in order; the last chunk may be smaller."""
    return [
        Chunk(scn, seed, side, i, first, min(CHUNK, members - first), scratch, made_by(), engine)
        for i, first in enumerate(range(0, members, CHUNK))
    ]


def simulate_chunk(chunk: Chunk, stopped: Callable[[], bool] = lambda: False) -> list[Part]:
    """Simulate a chunk's members and make one part of every table, in the order of TABLES.

    `stopped` is asked before each member. RunError if it says so, if a member cannot be run, if
    the disk refuses, or if this worker's code or libraries are not those that the chunk asks for.
    """
    if made_by() != chunk.made_by:
        raise RunError(f"a worker has {different(made_by(), chunk.made_by)}: install the same")
    members = []
    for i in range(chunk.count):
        if stopped():
            raise RunError("stopped")
        members.append(one.simulate(chunk.scenario, chunk.seed, chunk.first + i, chunk.engine))
    parts = []
    try:
        with (
            contextlib.closing(parquet.connect()) as con,
            tempfile.TemporaryDirectory(prefix="bedspace-", dir=chunk.scratch) as folder,
        ):
            for table in TABLES.values():
                frame = concatenate([BUILDERS[table.name](m) for m in members])
                file = Path(folder) / "part"
                parquet.write(con, table, frame, file)
                parts.append(Part(table.name, len(frame), file.read_bytes()))
    except (duckdb.Error, OSError) as e:
        words = " ".join(str(e).split())
        raise RunError(f"cannot write chunk {chunk.number} of the run: {words}") from e
    return parts

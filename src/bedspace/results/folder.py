"""A run on disk: an immutable folder of files, each with its hash in the manifest.

Nothing in it knows the clock, the host, a path or the number of workers: the same scenario, seed
and members give the same bytes everywhere.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bedspace import plain_json
from bedspace.engine.philox import STREAM_VERSION
from bedspace.exceptions import RunError

FORMAT = 4
"""Version of the folder and its tables; a reader takes no other."""

MANIFEST = "manifest.json"


def canonical(value: Any, sort: bool = True) -> bytes:
    """JSON with sorted keys, so that equal values are equal bytes. ValueError for NaN.

    `sort` False keeps the order of keys, where that is what somebody wrote.
    """
    return plain_json.text(value, sort).encode()


def sha256(path: Path) -> str:
    """Hash of a file, read piece by piece."""
    with path.open("rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()


def part(table: str, chunk: int) -> str:
    """Path of a table's part within its run folder."""
    return f"tables/{table}/part-{chunk:05d}.parquet"


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all: it has its name when it is on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    begun = path.with_name(f"{path.name}.new")
    with begun.open("wb") as f:
        f.write(data)
        f.flush()
        os.fsync(f.fileno())
    begun.replace(path)


def record(path: str, data: bytes, rows: int | None = None) -> dict[str, Any]:
    """What the manifest says of a file: path, sha256, size in bytes and rows if it is a table."""
    digest = hashlib.sha256(data).hexdigest()
    entry: dict[str, Any] = {"path": path, "sha256": digest, "bytes": len(data)}
    return entry if rows is None else entry | {"rows": rows}


def as_recorded(folder: Path, entry: Mapping[str, Any]) -> bool:
    """Whether a file is there and as it was when it was recorded."""
    file = folder / entry["path"]
    if not file.is_file() or file.stat().st_size != entry["bytes"]:
        return False
    return sha256(file) == str(entry["sha256"])


def write_json(folder: Path, path: str, value: Any, sort: bool = True) -> dict[str, Any]:
    """Write canonical JSON and return the file's record."""
    data = canonical(value, sort)
    write(folder / path, data)
    return record(path, data)


def refuse_existing(out: Path) -> None:
    """RunError if there is anything at `out`: a run is never written over."""
    if out.exists() or out.is_symlink():
        raise RunError(f"{out} exists already; runs are never overwritten: choose another --out")


def stamped(values: Mapping[str, Any]) -> dict[str, Any]:
    """A manifest: `values` and the versions every reader checks first."""
    return {"format": FORMAT, "draw_stream": STREAM_VERSION, **values}

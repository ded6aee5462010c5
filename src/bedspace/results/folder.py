"""A run on disk: an immutable folder, written beside its final name and renamed when complete.

Nothing in it knows the clock, the host, a path or the number of workers: the same scenario, seed
and members give the same bytes everywhere.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bedspace.engine.philox import STREAM_VERSION
from bedspace.exceptions import RunError

FORMAT = 2
"""Version of the folder and its tables; a reader takes no other."""

MANIFEST = "manifest.json"


def canonical(value: Any, sort: bool = True) -> bytes:
    """JSON with sorted keys, so that equal values are equal bytes. ValueError for NaN.

    `sort` False keeps the order of keys, where that is what somebody wrote.
    """
    text = json.dumps(value, sort_keys=sort, indent=1, ensure_ascii=False, allow_nan=False)
    return (text + "\n").encode()


def sha256(path: Path) -> str:
    """Hash of a file, read piece by piece."""
    with path.open("rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()


def part(table: str, chunk: int) -> str:
    """Path of a table's part within its run folder."""
    return f"tables/{table}/part-{chunk:05d}.parquet"


def record(folder: Path, path: str, rows: int | None = None) -> dict[str, Any]:
    """What the manifest says of a file: path, sha256, size in bytes and rows if it is a table."""
    file = folder / path
    entry: dict[str, Any] = {"path": path, "sha256": sha256(file), "bytes": file.stat().st_size}
    return entry if rows is None else entry | {"rows": rows}


def write_json(folder: Path, path: str, value: Any, sort: bool = True) -> dict[str, Any]:
    """Write canonical JSON and return the file's record."""
    (folder / path).write_bytes(canonical(value, sort))
    return record(folder, path)


def refuse_existing(out: Path) -> None:
    """RunError if there is anything at `out`: a run is never written over."""
    if out.exists() or out.is_symlink():
        raise RunError(f"{out} exists already; runs are never overwritten: choose another --out")


@contextlib.contextmanager
def new_folder(out: Path) -> Iterator[Path]:
    """A temporary sibling of `out` to write in, renamed to `out` when the block ends well and
    removed when it does not. RunError if `out` exists or the disk refuses."""
    refuse_existing(out)
    partial = out.parent / f".{out.name}.partial-{uuid.uuid4().hex[:8]}"
    try:
        partial.mkdir(parents=True)
        yield partial
        refuse_existing(out)
        partial.rename(out)
    except OSError as e:
        raise RunError(f"cannot write the run to {out}: {e.strerror or e}") from e
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def stamped(values: Mapping[str, Any]) -> dict[str, Any]:
    """A manifest: `values` and the versions every reader checks first."""
    return {"format": FORMAT, "draw_stream": STREAM_VERSION, **values}

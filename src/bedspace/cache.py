"""What was computed once and is kept for the next time, in a folder of the user's own.

An entry is one file, named by the hash of everything that it was made of: a line of JSON about it,
then its parts, byte after byte. It has its name only when it is whole, and it begins with a hash of
all that follows, so that an entry that was cut off or altered is removed and never used. Whatever
is kept can be made again: the whole folder may be deleted at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from bedspace import plain_json

VARIABLE = "BEDSPACE_CACHE"
"""The environment's variable that names another folder."""

LARGEST = 2_000_000_000
"""Bytes that are kept at most; what has not been used for longest is removed first."""

_FORMAT = b"bedspace cache 1\n"

_LEFT = 24 * 3600
"""Seconds after which a file that was begun and has no name yet is left over from a killed
process."""

_ENTRY = re.compile(r"[0-9a-f]{64}")
_BEGUN = re.compile(r"\.[0-9a-f]{64}\..+")

LIBRARIES = ("babel", "duckdb", "numba", "numpy", "python-dateutil")
"""Packages whose versions results and figures may depend on."""


@dataclass(frozen=True)
class Entry:
    """What was kept: `about` it, its parts, and when it was made (seconds since 1970)."""

    about: Mapping[str, Any]
    parts: tuple[bytes, ...]
    made: float


def folder() -> Path:
    """Where things are kept: the folder that BEDSPACE_CACHE names, or `bedspace` among the user's
    caches, as the system has it. Nothing is made by asking."""
    if named := os.environ.get(VARIABLE):
        return Path(named)
    if sys.platform == "win32":
        top = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        top = Path.home() / "Library" / "Caches"
    else:
        top = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(top) / "bedspace"


def key(*made_of: Any) -> str:
    """The name of what is made of these values, which JSON knows."""
    return hashlib.sha256(plain_json.text(list(made_of)).encode()).hexdigest()


@cache
def code() -> str:
    """A hash of the whole package as it is installed, its data too, and of its libraries'
    versions."""
    found, top = hashlib.sha256(), Path(__file__).parent
    for file in sorted(top.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            found.update(f"\n{file.relative_to(top).as_posix()}\n".encode())
            found.update(file.read_bytes())
    versions = [metadata.version(name) for name in LIBRARIES]
    found.update(" ".join([sys.version, *versions]).encode())
    return found.hexdigest()


def get(where: Path, kind: str, name: str) -> Entry | None:
    """The entry of a kind and name in the folder `where`; None where there is none. One that is
    not as it was written is removed."""
    path = where / kind / name
    try:
        data = path.read_bytes()
    except OSError:
        return None
    entry = _read(data)
    with contextlib.suppress(OSError):
        if entry is None:
            path.unlink()
        else:
            os.utime(path)  # it was used just now
    return entry


def put(
    where: Path, kind: str, name: str, about: Mapping[str, Any], parts: Sequence[bytes] = ()
) -> None:
    """Keep an entry. Other processes see it whole or not at all. OSError when the disk refuses."""
    sizes = [len(part) for part in parts]
    head = {"about": about, "made": time.time(), "sizes": sizes}
    data = b"".join([plain_json.line(head).encode(), *parts])
    top = where / kind
    top.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, begun = tempfile.mkstemp(prefix=f".{name}.", dir=top)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_FORMAT + hashlib.sha256(data).hexdigest().encode() + b"\n" + data)
        os.replace(begun, top / name)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(begun)
        raise


def trim(where: Path, largest: int = LARGEST) -> None:
    """Remove what has not been used for longest until at most `largest` bytes are kept, and what
    killed processes left. Nothing is done while another process does it."""
    if not where.is_dir():
        return
    refused = (OSError, Timeout, NotImplementedError)  # the last from a disk without locks
    with contextlib.suppress(*refused), FileLock(where / "lock", timeout=0):
        now, found = time.time(), []
        for path in where.glob("*/*"):
            status = path.stat()
            if _ENTRY.fullmatch(path.name):
                found.append((status.st_mtime, status.st_size, path))
            elif _BEGUN.fullmatch(path.name) and now - status.st_mtime > _LEFT:
                path.unlink()
        size = sum(bytes_ for _, bytes_, _ in found)
        for _, bytes_, path in sorted(found):
            if size <= largest:
                break
            path.unlink()
            size -= bytes_


def ago(made: float) -> str:
    """How long ago that was, in words."""
    past = max(time.time() - made, 0)
    for size, word in ((86400, "day"), (3600, "hour"), (60, "minute"), (1, "second")):
        if past >= size:
            count = int(past // size)
            return f"{count} {word}{'' if count == 1 else 's'} ago"
    return "just now"


def _read(data: bytes) -> Entry | None:
    """None for what is not as it was written."""
    start = len(_FORMAT) + 65
    if not data.startswith(_FORMAT) or data[start - 1 : start] != b"\n":
        return None
    if (
        hashlib.sha256(memoryview(data)[start:]).hexdigest().encode()
        != data[start - 65 : start - 1]
    ):
        return None
    end = data.index(b"\n", start) + 1
    head = json.loads(data[start:end])
    return Entry(head["about"], tuple(_cut(data[end:], head["sizes"])), head["made"])


def _cut(data: bytes, sizes: Sequence[int]) -> Iterator[bytes]:
    first = 0
    for size in sizes:
        yield data[first : first + size]
        first += size

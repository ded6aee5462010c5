"""A run while it is being written: a folder beside its final name, which survives its writer.

    .NAME.partial/
        run.json    what is being made; last to be written when it begins
        lock        held by the process that writes, and by no other
        results/    becomes NAME when all of it is there
        done/       one record a finished chunk: its files and their hashes
        scratch/    for workers on this machine; nothing in it is ever read again

A chunk counts as finished when its record is there, and the record is written after the files that
it names. So a process may be killed at any moment: what is begun again trusts records alone, and
them only where the files still have the hashes recorded.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from bedspace.exceptions import RunError
from bedspace.results import folder as layout

Record = dict[str, Any]
"""Of a finished chunk: side, chunk, first (member), members, files (as in a manifest)."""


@dataclass(frozen=True)
class Aim:
    """What a run is to be, as far as its bytes depend on it.

    `scenarios` maps a side (its folder within the results; "" for a single run) to the hash of its
    scenario; `made_by` names the code and libraries.
    """

    kind: str
    members: int
    seed: int
    scenarios: Mapping[str, str]
    made_by: Mapping[str, str]


@dataclass(frozen=True)
class Partial:
    """A run being written by this process. `kept` has the records of chunks finished earlier,
    `altered` the files that were recorded and are not as they were."""

    folder: Path
    kept: tuple[Record, ...]
    altered: tuple[str, ...]

    @property
    def results(self) -> Path:
        """The folder that becomes the run."""
        return self.folder / "results"

    @property
    def scratch(self) -> Path:
        """A folder on the same disk that goes away with the partial one."""
        return self.folder / "scratch"


def place(out: Path) -> Path:
    """Where a run that will be at `out` is written."""
    return out.parent / f".{out.name}.partial"


def unfinished(out: Path) -> tuple[int, int] | None:
    """(members finished, members in all) of a run begun for `out` and not finished, counted over
    both sides of a comparison; None if nothing of it is kept."""
    begun = _begun(place(out))
    records = _records(place(out)).values()
    finished = sum(record["members"] for record in records if record)
    return (finished, begun["members"] * len(begun["scenarios"])) if begun and finished else None


@contextlib.contextmanager
def begin(out: Path, aim: Aim, resume: bool) -> Iterator[Partial]:
    """Write a run here; it appears at `out` when the block ends well.

    When the block fails, finished chunks stay for `resume`, and if there are none nothing does.
    RunError if `out` exists, if another process writes there, if something is kept there and
    `resume` is not asked for or the aim was another, or if the disk refuses. In an error of the
    block it is said what is kept.
    """
    layout.refuse_existing(out)
    folder = place(out)
    with _refusals(out):
        folder.mkdir(parents=True, exist_ok=True)
    with _locked(out, folder):
        layout.refuse_existing(out)
        _refuse_unfit(out, folder, aim, resume)
        try:
            with _refusals(out):
                partial = _taken_up(folder, aim)
            with _said_what_is_kept(out), _refusals(out):
                yield partial
                _publish(folder, out)
        finally:
            if not unfinished(out):
                shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _said_what_is_kept(out: Path) -> Iterator[None]:
    """A RunError within says what is kept and how to go on."""
    try:
        yield
    except RunError as e:
        if not (kept := unfinished(out)):
            raise
        done, total = kept
        raise RunError(f"{e}; {done} of {total} futures are kept: go on with --resume") from e


def _taken_up(folder: Path, aim: Aim) -> Partial:
    """Make the partial folder ready for writing, with what is kept of it."""
    kept: list[Record] = []
    altered: list[str] = []
    for path, record in _records(folder).items():
        side = record["side"] if record else ""
        wrong = _wrong(folder / "results" / side, record) if record else [path.name]
        altered += [str(Path(side) / name) for name in wrong]
        if record is None or wrong:
            path.unlink()
        else:
            kept.append(record)
    for name in ("scratch",) if kept else ("run.json", "results", "done", "scratch"):
        _remove(folder / name)
    for name in ("results", "done", "scratch"):
        (folder / name).mkdir(exist_ok=True)
    layout.write(folder / "run.json", layout.canonical(layout.stamped(asdict(aim))))
    return Partial(folder, tuple(kept), tuple(altered))


def _refuse_unfit(out: Path, folder: Path, aim: Aim, resume: bool) -> None:
    """RunError if something is kept that is not to be gone on with, or cannot be."""
    if _begun(folder) is None:
        if (folder / "results").is_dir() and any((folder / "done").glob("*")):
            raise RunError(
                f"{folder / 'run.json'} is not as this bedspace writes it: choose another --out, "
                f"or remove {folder}"
            )
    elif (earlier := unfinished(out)) and not resume:
        done, total = earlier
        raise RunError(
            f"{out} was begun and not finished, {done} of {total} futures are kept: go on with "
            f"--resume, choose another --out, or remove {folder}"
        )
    elif earlier:
        _refuse_another(out, folder, aim)


def _refuse_another(out: Path, folder: Path, aim: Aim) -> None:
    """RunError if what is kept cannot be part of what is asked for now."""
    begun, asked = _begun(folder), layout.stamped(asdict(aim))
    assert begun is not None
    words = [
        f"{what} {begun.get(key)}, not {asked[key]}"
        for key, what in (
            ("kind", "as a"),
            ("format", "in folder format"),
            ("draw_stream", "with draw stream"),
            ("seed", "with seed"),
        )
        if begun.get(key) != asked[key]
    ]
    if begun["members"] > aim.members:
        words.append(f"with {begun['members']} members, more than {aim.members}")
    if begun["scenarios"] != dict(aim.scenarios):
        words.append("with another scenario, or another state of its file")
    if begun["made_by"] != dict(aim.made_by):
        words.append(f"with {different(begun['made_by'], aim.made_by)}")
    if words:
        raise RunError(
            f"{out} cannot be resumed, it was begun {' and '.join(words)}: choose another "
            f"--out, or remove {folder}"
        )


def different(theirs: Mapping[str, str], ours: Mapping[str, str]) -> str:
    """What another code or other libraries are: "duckdb 1.1.0, not 1.2.0", in one phrase."""
    names = [name for name in ours if theirs.get(name) != ours[name]]
    told = [
        "other code of bedspace"
        if name == "code"
        else f"{name} {theirs.get(name)}, not {ours[name]}"
        for name in names
        if name != "code" or names == ["code"]
    ]
    return " and ".join(told)


def keep(partial: Partial, record: Record, files: Mapping[str, bytes], rows: list[int]) -> Record:
    """Write a finished chunk's files (path within its side -> bytes, with their rows) and then its
    record, which is returned with the files' own records in it. OSError when the disk refuses."""
    done = partial.folder / "done" / f"{record['side'] or 'run'}-{record['chunk']:05d}.json"
    done.unlink(missing_ok=True)
    entries = []
    for (path, data), count in zip(files.items(), rows, strict=True):
        layout.write(partial.results / record["side"] / path, data)
        entries.append(layout.record(path, data, count))
    whole = {**record, "files": entries}
    layout.write(done, layout.canonical(whole))
    return whole


def _publish(folder: Path, out: Path) -> None:
    """Give the finished results their name; from then on nothing is kept any more."""
    for directory in [folder / "results", *(folder / "results").rglob("*")]:
        if directory.is_dir():
            _sync(directory)
    layout.refuse_existing(out)
    (folder / "results").rename(out)
    _sync(out.parent)
    _remove(folder / "run.json")


def _sync(directory: Path) -> None:
    """Put a directory's entries on the disk, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _begun(folder: Path) -> dict[str, Any] | None:
    """What run.json says, None if there is nothing that could be gone on with."""
    try:
        values = json.loads((folder / "run.json").read_bytes())
    except (OSError, ValueError):
        return None
    known = isinstance(values, dict) and {f.name for f in fields(Aim)} <= values.keys()
    return values if known and (folder / "results").is_dir() else None


def _records(folder: Path) -> dict[Path, Record | None]:
    """Records of finished chunks by their files; None for one that is not as it was written."""
    return {path: _record(path) for path in sorted((folder / "done").glob("*.json"))}


def _record(path: Path) -> Record | None:
    try:
        record = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    keys = {"side", "chunk", "first", "members", "files"}
    return record if isinstance(record, dict) and record.keys() == keys else None


def _wrong(folder: Path, record: Record) -> list[str]:
    """Files of a finished chunk that are missing or not what was written."""
    return [e["path"] for e in record["files"] if not layout.as_recorded(folder, e)]


@contextlib.contextmanager
def _locked(out: Path, folder: Path) -> Iterator[None]:
    """Hold the folder against every other process and thread; RunError if another holds it.

    The lock is the system's: it goes away with its process however that ends. filelock takes it
    from workers that are forked. A file that only says "locked" is never put in its place.
    """
    lock = folder / "lock"
    held = FileLock(lock, timeout=0, fallback_to_soft=False)
    try:
        held.acquire()
    except Timeout:
        raise RunError(
            f"another run is being written to {out} now: wait for it, or choose another --out"
        ) from None
    except (OSError, NotImplementedError) as e:  # the latter from a disk without locks
        raise RunError(f"cannot write the run to {out}: {e}") from e
    try:
        if not lock.exists():  # that other run ended while we asked
            raise RunError(f"another run into {out} has just ended: start again")
        yield
    finally:
        held.release()


@contextlib.contextmanager
def _refusals(out: Path) -> Iterator[None]:
    """An OSError within is a RunError."""
    try:
        yield
    except OSError as e:
        raise RunError(f"cannot write the run to {out}: {e.strerror or e}") from e

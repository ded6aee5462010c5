"""A reading as files: the clean CSV, and its notes, in which every cell of the file is kept."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bedspace.exceptions import HistoryError
from bedspace.history.files import is_blank, letters, text_of
from bedspace.history.reading import Reading
from bedspace.history.values import Entry, Line
from bedspace.plain_csv import comma_separated

NOTES = (
    "row",
    "column",
    "heading",
    "as_given",
    "part",
    "date",
    "is",
    "value",
    "low",
    "high",
    "note",
)
"""Columns of the notes, before those of the groups."""


def notes_of(out: Path) -> Path:
    """The file of notes beside a clean file: clean.csv has clean.notes.csv."""
    return out.with_name(f"{out.stem}.notes.csv")


def write(reading: Reading, out: str | Path) -> tuple[Path, Path]:
    """Write the clean file and its notes; returns both paths.

    HistoryError when the reading is not clean, when the ending is not .csv, or when a file that was
    read would be written over.
    """
    reading.check()
    path = Path(out)
    if path.suffix.lower() != ".csv":
        raise HistoryError(f"--out {path.name}: a clean file is CSV; give a name that ends in .csv")
    if not path.parent.is_dir():
        raise HistoryError(f"--out {path}: there is no folder {path.parent}")
    notes = notes_of(path)
    for file in (path, notes):
        if file.exists() and reading.path.exists() and file.samefile(reading.path):
            raise HistoryError(
                f"--out {path.name}: {file.name} is the file that is read; give another name"
            )
    _put(notes, comma_separated((*NOTES, *reading.groups), _notes(reading)))
    _put(path, clean(reading))
    return path, notes


def clean(reading: Reading) -> str:
    """The clean file: date, population, flows, what else was named, groups."""
    heads = ("date", *reading.columns, *reading.groups)
    rows = (
        (line.day, *(_short(line.number(role)) for role in reading.columns), *line.groups)
        for line in reading.lines
    )
    return comma_separated(heads, rows)


def _short(number: float | None) -> float | int | None:
    return int(number) if number is not None and number.is_integer() else number


def _put(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    handle, name = tempfile.mkstemp(prefix=".bedspace-", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(name, 0o666 & ~umask)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _notes(reading: Reading) -> Iterator[tuple[object, ...]]:
    """Every filled cell of the file with what was made of it."""
    layout, grid = reading.layout, reading.layout.grid
    used: dict[tuple[int, int], tuple[Line, str, Entry]] = {}
    for line in reading.lines:
        for role, entry in line.entries.items():
            for column in entry.columns:
                used[entry.row, column.at] = (line, role, entry)
    body = set(layout.body)
    unread = {row for row, _ in reading.extracted.unread}
    nobody = ("",) * len(reading.groups)
    for row, cells in enumerate(grid.rows, 1):
        part = (
            "heading" if row in layout.heads
            else "title" if row < layout.heads[-1]
            else "not read" if row in unread
            else "table" if row in body
            else "note"
        )  # fmt: skip
        for at, cell in enumerate(cells):
            if is_blank(cell) and (row, at) not in used:
                continue
            head = layout.columns[at].name if part in ("table", "not read") else ""
            start = (row, letters(at), head, text_of(cell), part)
            if (row, at) not in used:
                yield (*start, None, "", None, None, None, "", *nobody)
                continue
            line, role, entry = used[row, at]
            joined = len(entry.columns) > 1
            note = f"part of a sum; {entry.note}".rstrip("; ") if joined else entry.note
            numbers = (None,) * 3 if joined else (_short(entry.number), entry.low, entry.high)
            yield (*start, line.day, role, *numbers, note, *line.groups)

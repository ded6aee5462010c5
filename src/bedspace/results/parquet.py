"""Frames -> Parquet bytes that depend on the rows alone, and the DuckDB connection for it all.

A part is written from a single scan on one thread: a UNION ALL or a parallel scan may put row
groups in another order.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import duckdb

from bedspace.exceptions import RunError
from bedspace.results.frames import Frame
from bedspace.results.schema import Table


def connect() -> duckdb.DuckDBPyConnection:
    """An in-memory database that works alone: one thread, no extension is looked for, fetched or
    configured, so nothing reaches for a network."""
    return duckdb.connect(
        config={
            "threads": 1,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "custom_extension_repository": "none",
            "lock_configuration": True,
        }
    )


def quote(text: str | None) -> str:
    """Text as an SQL literal."""
    return "NULL" if text is None else "'" + text.replace("'", "''") + "'"


def name(column: str) -> str:
    """A name as an SQL identifier."""
    return '"' + column.replace('"', '""') + '"'


def reading(folder: Path, files: Sequence[str]) -> str:
    """What stands after FROM to read exactly these Parquet files of `folder`, in their order.

    DuckDB would take `a[1]` or `*` in a path for a pattern and `key=value` for a column of the
    table. The files' own names, `part-00000.parquet`, hold nothing of the kind.
    """
    top = _as_it_stands(folder.absolute())
    paths = ", ".join(quote(str(top / file)) for file in files)
    return f"read_parquet([{paths}], hive_partitioning = false)"


_PATTERN = "*?[\\" if os.sep == "/" else "*?["
"""Characters of a path that DuckDB takes for a pattern, or, a backslash, for a separator."""


def _is_literal(path: Path) -> bool:
    """Whether DuckDB reads this path as it stands."""
    text = str(path)
    return not any(c in text for c in _PATTERN) and _is_unicode(text)


def _is_unicode(text: str) -> bool:
    """Whether the text has an encoding: a name of bytes that are no UTF-8 has none."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


@cache
def _as_it_stands(folder: Path) -> Path:
    """`folder` by a path that DuckDB reads as it stands: its own, or that of a link to it.

    A pattern in brackets would not do: DuckDB then lists every folder above, and stumbles over
    others' names there. The link stays until Python ends, since relations are read when they are
    used. RunError if there can be no such link.
    """
    if _is_literal(folder):
        return folder
    kept = tempfile.TemporaryDirectory(prefix="bedspace-")
    _LINKS.append(kept)
    link = Path(kept.name).absolute() / "results"
    try:
        if not _is_literal(link):
            raise OSError("the folder for temporary files has such a name, too")
        link.symlink_to(folder, target_is_directory=True)
    except OSError as e:
        raise RunError(
            f"{folder} cannot be read where it is: its path holds one of {' '.join(_PATTERN)}, and "
            f"no link to it can be made ({e.strerror or e}); move it to another folder"
        ) from e
    return link


_LINKS: list[tempfile.TemporaryDirectory[str]] = []


def _select(table: Table, frame: Frame) -> str:
    """The query that turns the registered arrays into the table's columns; words are looked up
    by code in a constant list."""
    texts = {
        column: f"(CAST([{', '.join(map(quote, words))}] AS VARCHAR[]))[code_{i} + 1]"
        for i, key in enumerate(frame.keys)
        for column, words in key.words.items()
    }
    columns = [
        f"CAST({texts.get(c.name, name(c.name))} AS {c.type}) AS {name(c.name)}"
        for c in table.columns
    ]
    return f"SELECT {', '.join(columns)} FROM frame_rows"


def write(con: duckdb.DuckDBPyConnection, table: Table, frame: Frame, path: Path) -> None:
    """Write the frame's rows, in order, as one Parquet file (zstd).

    DuckDB is given an absolute path: it takes `~` at the beginning of one for somebody's home.
    """
    arrays = dict(frame.numbers) | {f"code_{i}": k.codes for i, k in enumerate(frame.keys)}
    con.register("frame_rows", arrays)
    try:
        con.execute(
            f"COPY ({_select(table, frame)}) TO {quote(str(path.absolute()))} "
            "(FORMAT parquet, COMPRESSION zstd)"
        )
    finally:
        con.unregister("frame_rows")

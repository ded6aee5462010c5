"""Frames -> Parquet bytes that depend on the rows alone, and the DuckDB connection for it all.

A part is written from a single scan on one thread: a UNION ALL or a parallel scan may put row
groups in another order.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

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
    """Write the frame's rows, in order, as one Parquet file (zstd)."""
    arrays = dict(frame.numbers) | {f"code_{i}": k.codes for i, k in enumerate(frame.keys)}
    con.register("frame_rows", arrays)
    try:
        con.execute(
            f"COPY ({_select(table, frame)}) TO {quote(str(path))} "
            "(FORMAT parquet, COMPRESSION zstd)"
        )
    finally:
        con.unregister("frame_rows")

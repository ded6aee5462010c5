"""Columns of Python values as a DuckDB relation, and relations of several runs as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

from bedspace.results.parquet import connect, name

Columns = Mapping[str, tuple[str, Sequence[Any]]]
"""By name: the type in SQL, and the values, of which there are as many in each."""


def relation(columns: Columns) -> duckdb.DuckDBPyRelation:
    """A relation of these columns, its rows kept."""
    selected = [
        f"unnest(${i}::{kind}[]) AS {name(head)}"
        for i, (head, (kind, _)) in enumerate(columns.items(), 1)
    ]
    values = [list(cells) for _, cells in columns.values()]
    return connect().sql(f"SELECT {', '.join(selected)}", params=values).materialize()


def stacked(
    parts: Sequence[tuple[Mapping[str, Any], duckdb.DuckDBPyRelation]],
) -> duckdb.DuckDBPyRelation:
    """Relations of the same columns, one below the other, each with the values that it goes with as
    further columns in front: double where all are numbers, else text."""
    first = parts[0][1]
    rows = [(values, row) for values, one in parts for row in one.fetchall()]
    columns: dict[str, tuple[str, Sequence[Any]]] = {}
    for head in parts[0][0]:
        told = [values[head] for values, _ in rows]
        numbers = all(_is_number(values[head]) for values, _ in parts)
        kind, make = ("DOUBLE", float) if numbers else ("VARCHAR", str)
        columns[head] = (kind, [make(value) for value in told])
    for i, (head, type_) in enumerate(zip(first.columns, first.types, strict=True)):
        columns[head] = (str(type_), [row[i] for _, row in rows])
    return relation(columns)


def _is_number(value: Any) -> bool:
    try:
        float(value)
    except (TypeError, ValueError):
        return False
    return not isinstance(value, bool)

"""Runs of one scenario with several values: a point for each, all on the same people and luck."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from bedspace.results.comparison import Comparison
from bedspace.results.reader import Params, Run
from bedspace.results.rows import stacked


@dataclass(frozen=True)
class Point:
    """What was set, by path, and the run or comparison that was made with it."""

    values: Mapping[str, Any]
    made: Run | Comparison


@dataclass(frozen=True)
class Sweep:
    """The points of a sweep in their order: the last path changes fastest."""

    points: tuple[Point, ...]

    def __iter__(self) -> Iterator[Point]:
        return iter(self.points)

    def __len__(self) -> int:
        return len(self.points)

    def sql(self, query: str, params: Params | None = None) -> duckdb.DuckDBPyRelation:
        """The answers of all points to one query, one below the other, with a column for each path
        in front; as for a Run or a Comparison. RunError if it fails."""
        return stacked([(one.values, one.made.sql(query, params)) for one in self.points])

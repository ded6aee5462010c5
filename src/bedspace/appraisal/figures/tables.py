"""Tables, charts and the sections they stand in. Reports show them, computing nothing.

Their stamps are read off what is in them, like those of a Figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from bedspace.appraisal.figures import plain
from bedspace.appraisal.figures.figure import Figure, Input, Number, Stamp, stamps_of
from bedspace.exceptions import BedspaceError

Cell = Figure | str | None
"""A cell is a figure, or the words that say what figures stand beside it."""

Datum = Mapping[str, str | float | None]
"""One row, or one mark, of a chart, as a chart's kind has it."""


@dataclass(frozen=True)
class Table:
    """One table: `columns` are headings, `rows` have one cell for each.

    `about` is the system or agreement it is about, as shown; `keys` say what each row is about,
    for whoever picks rows out of it: such words are read off nothing.
    """

    id: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    about: str = ""
    keys: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise BedspaceError(f"table {self.id} has a row that is not as long as its headings")
        if self.keys and len(self.keys) != len(self.rows):
            raise BedspaceError(f"table {self.id} has {len(self.rows)} rows, {len(self.keys)} keys")

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures in it, row by row."""
        return tuple(cell for row in self.rows for cell in row if isinstance(cell, Figure))

    @cached_property
    def stamps(self) -> tuple[Stamp, ...]:
        """Those of its figures."""
        return stamps_of(self.figures)


@dataclass(frozen=True)
class Chart:
    """One chart: what it draws, as data.

    kind "band": rows {x: ISO date, low, mid, high, group}, marks {x, y, label, group};
    "line": rows {x, y, group}; "range": rows {label, low, high, group};
    "bars": rows {label, value, group}. `marks` of "line", "range" and "bars" are lines across the
    chart, {value, label}: thresholds, fees; on "line" they may stand at {x, label}.
    `inputs` are what the data rest on; `table` is the id of the table that stands beside it.
    """

    id: str
    title: str
    kind: Literal["band", "line", "range", "bars"]
    x_title: str
    y_title: str
    rows: tuple[Datum, ...]
    inputs: tuple[Input, ...]
    table: str
    marks: tuple[Datum, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        if not self.inputs:
            raise BedspaceError(f"chart {self.id} rests on nothing")

    @cached_property
    def stamps(self) -> tuple[Stamp, ...]:
        """Those of its inputs."""
        return stamps_of(self.inputs)


@dataclass(frozen=True)
class Section:
    """One part of the appraisal; `notes` are sentences to show above its tables."""

    id: str
    title: str
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()
    notes: tuple[str, ...] = ()

    @cached_property
    def stamps(self) -> tuple[Stamp, ...]:
        """Those of its tables and charts."""
        figures = (figure for table in self.tables for figure in table.figures)
        inputs = (item for chart in self.charts for item in chart.inputs)
        return stamps_of((*figures, *inputs))


def plain_section(section: Section, named: Mapping[Number, str]) -> dict[str, Any]:
    """A section as plain maps and lists; `named` are the names of the numbers told once."""
    return {
        "id": section.id,
        "title": section.title,
        "notes": list(section.notes),
        "stamps": list(section.stamps),
        "tables": [_table(t) for t in section.tables],
        "charts": [_chart(s, named) for s in section.charts],
    }


def _table(table: Table) -> dict[str, Any]:
    rows = [[{"figure": c.id} if isinstance(c, Figure) else c for c in row] for row in table.rows]
    return {
        "id": table.id,
        "title": table.title,
        "columns": list(table.columns),
        "rows": rows,
        "note": table.note,
        "stamps": list(table.stamps),
    }


def _chart(chart: Chart, named: Mapping[Number, str]) -> dict[str, Any]:
    return {
        "id": chart.id,
        "title": chart.title,
        "kind": chart.kind,
        "x_title": chart.x_title,
        "y_title": chart.y_title,
        "rows": [dict(r) for r in chart.rows],
        "marks": [dict(r) for r in chart.marks],
        "inputs": [plain.reference(i, named) for i in chart.inputs],
        "table": chart.table,
        "note": chart.note,
        "stamps": list(chart.stamps),
    }

"""Tables, charts and the sections they stand in. Reports show them, computing nothing.

Their stamps are read off what is in them, like those of a Figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from bedspace.appraisal.figures import plain
from bedspace.appraisal.figures.figure import Figure, Input, Number, stamps_of
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
    def stamps(self) -> tuple[str, ...]:
        """Those of its figures."""
        return stamps_of(self.figures)


Kind = Literal["band", "line", "range", "bars", "dots", "strip", "matrix"]
"""How a chart is drawn."""


@dataclass(frozen=True)
class Chart:
    """One chart: what it draws, as data.

    `title` states what is found, `told` are the figures whose values it tells; `subject` says what
    is drawn, with its unit, and `note` how to read it. `names` are words for readers of groups.

    Rows by kind; `group` may be empty. "band": {x: ISO date, mid, group} with {low, high} of 95 %
    and, inside them, {low80, high80, low50, high50} where a band is drawn. "line": {x, y, group}.
    "range": {label, low, high, group} with {value} for the middle and
    {text} for what is said of it; {open: "high"} goes on without end. "bars": {label, value, group}
    with {low, high} where it has an interval. "dots": {label, value, group}, a dot each. "strip":
    {x: ISO date, y: per cent, group}. "matrix": {row, column, value: a share, text}.

    Marks: on "band" points that were observed, or that the title tells of (group "told"),
    {x, y, label, group}; on "line" {x, label} upright,
    {value, label} level and {x, x2, label} a stretch; on the others lines across, {value, label}.
    `inputs` are what the data rest on; `table` is the id of the table that stands beside it.
    """

    id: str
    title: str
    kind: Kind
    x_title: str
    y_title: str
    rows: tuple[Datum, ...]
    inputs: tuple[Input, ...]
    table: str
    marks: tuple[Datum, ...] = ()
    note: str = ""
    subject: str = ""
    told: tuple[Figure, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.inputs:
            raise BedspaceError(f"chart {self.id} rests on nothing")

    @cached_property
    def stamps(self) -> tuple[str, ...]:
        """Those of its inputs and of the figures that its title tells."""
        return stamps_of((*self.inputs, *self.told))

    @property
    def is_flat(self) -> bool:
        """Whether there is nothing to see: one bar, one point, or the same height all along."""
        if self.kind in ("band", "line", "strip"):
            return all(len(heights) < 2 for heights in self._heights().values())
        keys = ("low", "value", "high")
        shown = {tuple(row.get(key) for key in keys) for row in self.rows}
        return len(shown) < 2

    def _heights(self) -> dict[str, set[str | float | None]]:
        """Every height of a line, or of the ends of a band, by group and end."""
        found: dict[str, set[str | float | None]] = {}
        for row in self.rows:
            for key in ("y", "low", "mid", "high"):
                if key in row:
                    found.setdefault(f"{row.get('group')} {key}", set()).add(row[key])
        return found


@dataclass(frozen=True)
class Section:
    """One part of the appraisal; `notes` are sentences to show above its tables."""

    id: str
    title: str
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()
    notes: tuple[str, ...] = ()

    @cached_property
    def stamps(self) -> tuple[str, ...]:
        """Those of its tables and charts."""
        figures = (figure for table in self.tables for figure in table.figures)
        inputs = (item for chart in self.charts for item in (*chart.inputs, *chart.told))
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
        "subject": chart.subject,
        "kind": chart.kind,
        "x_title": chart.x_title,
        "y_title": chart.y_title,
        "rows": [dict(r) for r in chart.rows],
        "marks": [dict(r) for r in chart.marks],
        "inputs": [plain.reference(i, named) for i in chart.inputs],
        "told": [figure.id for figure in chart.told],
        "names": dict(chart.names),
        "table": chart.table,
        "note": chart.note,
        "stamps": list(chart.stamps),
    }

"""An Appraisal: sections of tables and series, made of Figures. Reports show it, computing nothing.

Stamps of tables, series and sections are read off what is in them, like those of a Figure.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal

from bedspace.appraisal.figures import plain
from bedspace.appraisal.figures.figure import (
    Figure,
    Input,
    Number,
    Simulated,
    below,
    stamps_of,
    walk,
)
from bedspace.exceptions import BedspaceError

Cell = Figure | str | None
"""A cell is a figure, or the words that say what figures stand beside it."""

Record = Mapping[str, str | float | None]

SECTIONS = (
    "population",
    "places",
    "law",
    "money-sender",
    "money-receiver",
    "corridor",
    "conditions",
    "sensitivity",
    "cannot-know",
    "evidence",
)
"""Ids of the sections, in their order."""


FEW = 40
"""Fewer members than this leave less than one beyond each end of an interval that holds 95 %."""


@dataclass(frozen=True)
class Table:
    """One table: `columns` are headings, `rows` have one cell for each."""

    id: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise BedspaceError(f"table {self.id} has a row that is not as long as its headings")

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures in it, row by row."""
        return tuple(cell for row in self.rows for cell in row if isinstance(cell, Figure))

    @cached_property
    def stamps(self) -> tuple[str, ...]:
        """Those of its figures."""
        return stamps_of(self.figures)


@dataclass(frozen=True)
class Series:
    """What one chart draws, as records.

    kind "band": rows {x: ISO date, low, mid, high, group}, marks {x, y, label, group};
    "line": rows {x, y, group}; "range": rows {label, low, high, group};
    "bars": rows {label, value, group}. `marks` of "line", "range" and "bars" are lines across the
    chart, {value, label}: thresholds, fees; on "line" they may stand at {x, label}.
    `inputs` are what the records rest on; `table` is the id of the table that stands beside it.
    """

    id: str
    title: str
    kind: Literal["band", "line", "range", "bars"]
    x_title: str
    y_title: str
    rows: tuple[Record, ...]
    inputs: tuple[Input, ...]
    table: str
    marks: tuple[Record, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        if not self.inputs:
            raise BedspaceError(f"series {self.id} rests on nothing")

    @cached_property
    def stamps(self) -> tuple[str, ...]:
        """Those of its inputs."""
        return stamps_of(self.inputs)


@dataclass(frozen=True)
class Section:
    """One part of the appraisal; `notes` are sentences to show above its tables."""

    id: str
    title: str
    tables: tuple[Table, ...] = ()
    series: tuple[Series, ...] = ()
    notes: tuple[str, ...] = ()

    @cached_property
    def stamps(self) -> tuple[str, ...]:
        """Those of its tables and series."""
        figures = (figure for table in self.tables for figure in table.figures)
        inputs = (item for series in self.series for item in series.inputs)
        return stamps_of((*figures, *inputs))


@dataclass(frozen=True)
class Appraisal:
    """Everything that is said of one comparison, in the order it is shown.

    `scenario` and `baseline` are names as the user wrote them ("cecot-offer#grant"); `answers`
    are the ids of the figures that answer the main questions, in their order.
    """

    title: str
    scenario: str
    baseline: str
    members: int
    seed: int
    start: date
    end: date
    sections: tuple[Section, ...]
    answers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for id_ in self.answers:
            self.figure(id_)

    @property
    def caution(self) -> str:
        """What to say of every interval before it is read; empty with 40 members and more."""
        if self.members >= FEW:
            return ""
        return (
            f"From {self.members} member{'' if self.members == 1 else 's'} only: with fewer than "
            f"{FEW}, each end of what is called a 95 % interval is the outermost member or next to "
            "it, and the interval is likely too narrow."
        )

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """Every figure by its id: those shown, each followed by those it is made of.

        Raises BedspaceError when two figures have one id.
        """
        return figures_of(self.sections)

    @cached_property
    def inputs(self) -> tuple[Input, ...]:
        """Everything that figures and series rest on, once each, figures left out."""
        found: dict[Input, None] = {}
        series = (item for s in self.sections for one in s.series for item in one.inputs)
        for item in (*(i for f in self.figures.values() for i in f.inputs), *series):
            if not isinstance(item, Figure):
                found.setdefault(item)
                found.update(dict.fromkeys(below(item)))
        return tuple(found)

    def figure(self, id_: str) -> Figure:
        """The figure of that id; BedspaceError when there is none."""
        if id_ not in self.figures:
            raise BedspaceError(f"there is no figure {id_!r} in the appraisal of {self.scenario}")
        return self.figures[id_]

    def walk(self, id_: str) -> Iterator[tuple[int, Input]]:
        """The figure and everything it rests on, each with its depth below it."""
        return walk(self.figure(id_))

    def section(self, id_: str) -> Section:
        """The section of that id; BedspaceError when there is none."""
        for section in self.sections:
            if section.id == id_:
                return section
        raise BedspaceError(f"there is no section {id_!r}; there are {', '.join(SECTIONS)}")

    @cached_property
    def stamps(self) -> tuple[str, ...]:
        """Every stamp of every figure."""
        return stamps_of(self.figures.values())

    def to_json(self) -> str:
        """The whole of it as canonical JSON: Decimals as strings, dates in ISO 8601."""
        return json.dumps(self.to_dict(), sort_keys=True, indent=1, ensure_ascii=False) + "\n"

    def to_dict(self) -> dict[str, Any]:
        """The same as plain maps and lists. A cell that is a figure is {"figure": id}; numbers of
        the scenario and counts of the run are named where used and told once."""
        inputs = self.inputs
        named = plain.keys(inputs)
        return {
            "title": self.title,
            "scenario": self.scenario,
            "baseline": self.baseline,
            "members": self.members,
            "caution": self.caution,
            "seed": self.seed,
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "answers": list(self.answers),
            "sections": [_section(s, named) for s in self.sections],
            "figures": {f.id: plain.figure(f, named) for f in self.figures.values()},
            "numbers": {name: plain.number(item) for item, name in named.items()},
            "counts": {i.id: plain.counted(i, named) for i in inputs if isinstance(i, Simulated)},
            "stamps": list(self.stamps),
        }


def _section(section: Section, named: Mapping[Number, str]) -> dict[str, Any]:
    return {
        "id": section.id,
        "title": section.title,
        "notes": list(section.notes),
        "stamps": list(section.stamps),
        "tables": [_table(t) for t in section.tables],
        "series": [_series(s, named) for s in section.series],
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


def _series(series: Series, named: Mapping[Number, str]) -> dict[str, Any]:
    return {
        "id": series.id,
        "title": series.title,
        "kind": series.kind,
        "x_title": series.x_title,
        "y_title": series.y_title,
        "rows": [dict(r) for r in series.rows],
        "marks": [dict(r) for r in series.marks],
        "inputs": [plain.reference(i, named) for i in series.inputs],
        "table": series.table,
        "note": series.note,
        "stamps": list(series.stamps),
    }


def figures_of(sections: Iterable[Section]) -> dict[str, Figure]:
    """Every figure of tables and series, each followed by those it is made of, by its id.

    Raises BedspaceError when two figures have one id.
    """
    found: dict[str, Figure] = {}
    for section in sections:
        for table in section.tables:
            for figure in table.figures:
                _gather(figure, found)
        for series in section.series:
            for item in series.inputs:
                _gather(item, found)
    return found


def _gather(item: Input, found: dict[str, Figure]) -> None:
    if isinstance(item, Figure):
        known = found.setdefault(item.id, item)
        if known is not item:
            if known != item:
                raise BedspaceError(f"two figures have the id {item.id!r}")
            return
    for lower in below(item):
        if isinstance(lower, Figure):
            _gather(lower, found)

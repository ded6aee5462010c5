"""What the template shows, made of Figures, Tables and Chart; every stamp comes from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bedspace.appraisal import Appraisal, Cell, Chart, Figure, Input, Section, Table
from bedspace.appraisal.figures import words
from bedspace.appraisal.figures.figure import (
    ASSUMED_POWER,
    ASSUMPTION,
    OLD_PRICES,
    TAKEN_AS_MET,
    TO_VERIFY,
    UNSOURCED,
    Stamp,
    stamps_of,
)
from bedspace.reporting.brief import brief
from bedspace.reporting.charts import drawings

MOST_INPUTS = 40
"""Inputs of one figure that are told one by one."""


@dataclass(frozen=True)
class Badge:
    """One kind of stamp: a letter to stand at a figure, its words, and what it is stamped for."""

    letter: str
    kind: str
    one: str
    many: str
    about: tuple[str, ...]

    @property
    def words(self) -> str:
        """The kind with its count, such as "rests on 12 assumptions"."""
        return self.one if len(self.about) == 1 else self.many.format(len(self.about))


_KINDS = (
    (ASSUMED_POWER, "P", "power", "1 assumed power", "{} assumed powers"),
    (
        TAKEN_AS_MET,
        "T",
        "taken",
        "1 legal gate taken as met",
        "{} legal gates taken as met",
    ),
    (ASSUMPTION, "A", "assumption", "rests on 1 assumption", "rests on {} assumptions"),
    (UNSOURCED, "U", "unsourced", "1 number without a source", "{} numbers without a source"),
    (OLD_PRICES, "O", "old", "1 price long before its use", "{} prices long before their use"),
    (TO_VERIFY, "V", "verify", "1 rule to be verified", "{} rules to be verified"),
)


def badges(stamps: tuple[Stamp, ...]) -> list[Badge]:
    """Stamps by kind, the gravest first; kinds that are not there are left out."""
    found = []
    for start, letter, kind, one, many in _KINDS:
        about = tuple(s.what for s in stamps if s.kind == start)
        if about:
            found.append(Badge(letter, kind, one, many, about))
    return found


@dataclass(frozen=True)
class CellView:
    """A cell: its words, the interval beside them, its badges, its note and the note's number."""

    text: str
    interval: str = ""
    badges: tuple[Badge, ...] = ()
    note: str = ""
    footnote: int = 0
    is_figure: bool = False
    is_number: bool = False
    rows: int = 1
    """Rows it spans; 0 where the cell above reaches down to here."""


def cell(given: Cell, unit: bool = True) -> CellView:
    """A cell of a table, or a figure that stands alone."""
    if not isinstance(given, Figure):
        return CellView(words.show(given))
    return CellView(
        words.value(given, unit),
        words.interval(given),
        tuple(badges(given.stamps)),
        given.note,
        is_figure=True,
        is_number=given.value is not None and not isinstance(given.value, str),
    )


@dataclass(frozen=True)
class TableView:
    """A table with its cells in view, its notes told once, and its stamps."""

    id: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[CellView, ...], ...]
    note: str
    badges: tuple[Badge, ...]
    footnotes: tuple[str, ...]


def table(given: Table, prefix: str = "") -> TableView:
    """A table in view: empty columns are left out, a unit that a whole column has stands in its
    heading, words repeated downwards stand once, and notes of figures are numbered below."""
    kept = [i for i in range(len(given.columns)) if any(row[i] for row in given.rows)]
    units = {i: _unit(row[i] for row in given.rows) for i in kept}
    heads = [_heading(given.columns[i], units[i]) for i in kept]
    notes = _footnotes(given)
    rows = []
    for row in given.rows:
        made = [cell(row[i], unit=not units[i]) for i in kept]
        rows.append([replace(c, footnote=notes.get(c.note, 0)) for c in made])
    return TableView(
        f"{prefix}{given.id}",
        given.title,
        tuple(heads),
        tuple(tuple(row) for row in _spanned(rows)),
        given.note,
        tuple(badges(given.stamps)),
        tuple(notes),
    )


def _heading(column: str, unit: str) -> str:
    """A column's heading with its unit, unless it says so already."""
    return f"{column} ({unit})" if unit and unit not in column.lower() else column


def _unit(column: Iterable[Cell]) -> str:
    """The unit that all figures of a column have; "" where it needs none or they differ."""
    figures = [c for c in column if isinstance(c, Figure) and c.value is not None]
    units = {f.unit for f in figures}
    found = units.pop() if len(units) == 1 else ""
    return "" if found in ("share", "words", "date") else found


def _footnotes(given: Table) -> dict[str, int]:
    """Notes of the figures with their numbers; what its own row says already needs no note."""
    said = {
        figure.note
        for row in given.rows
        for figure in row
        if isinstance(figure, Figure) and figure.note in row
    }
    notes = dict.fromkeys(f.note for f in given.figures if f.note and f.note not in said)
    return {note: i for i, note in enumerate(notes, start=1)}


def _spanned(rows: list[list[CellView]]) -> list[list[CellView]]:
    """Rows in which words of the first two columns reach down over their repetitions."""
    for column in range(2):
        top = 0
        for i, row in enumerate(rows):
            if column >= len(row) - 1:
                continue
            above = rows[i - 1][: column + 1] if i else None
            same = [c.text for c in row[: column + 1]] == [c.text for c in above or ()]
            if above and same and not row[column].is_figure and row[column].text:
                rows[top][column] = replace(rows[top][column], rows=i - top + 1)
                row[column] = replace(row[column], rows=0)
            else:
                top = i
    return rows


@dataclass(frozen=True)
class ChartView:
    """A chart drawn twice, with its stamps and the table that has its numbers."""

    id: str
    title: str
    wide: str
    narrow: str
    note: str
    badges: tuple[Badge, ...]
    table: TableView | None
    subject: str = ""


@dataclass(frozen=True)
class MadeView:
    """How one figure was made."""

    id: str
    title: str
    shown: str
    formula: str
    inputs: tuple[str, ...]
    badges: tuple[Badge, ...]


def made(figure: Figure) -> MadeView:
    """A figure's formula and what goes into it, one level down."""
    return MadeView(
        figure.id,
        figure.title,
        words.show(figure),
        figure.formula,
        _inputs(figure),
        tuple(badges(figure.stamps)),
    )


def _inputs(figure: Figure) -> tuple[str, ...]:
    told = [words.describe(item) for item in figure.inputs[:MOST_INPUTS]]
    more = len(figure.inputs) - len(told)
    return (*told, f"and {more} more") if more else tuple(told)


@dataclass(frozen=True)
class SectionView:
    """A section: its notes, its charts each followed by its table, then the other tables."""

    id: str
    title: str
    notes: tuple[str, ...]
    charts: tuple[ChartView, ...]
    tables: tuple[TableView, ...]
    made: tuple[MadeView, ...]
    badges: tuple[Badge, ...]


def section(given: Section, prefix: str = "") -> SectionView:
    """A section in view. `prefix` keeps ids apart when a page holds several appraisals."""
    tables = {t.id: table(t, prefix) for t in given.tables}
    charts: list[ChartView] = []
    placed: set[str] = set()
    for chart in given.charts:
        first = chart.table in tables and chart.table not in placed
        placed.add(chart.table)
        charts.append(_chart(chart, tables[chart.table] if first else None, prefix))
    others = tuple(view for id_, view in tables.items() if id_ not in placed)
    figures = {f.id: f for t in given.tables for f in t.figures}
    return SectionView(
        f"{prefix}{given.id}",
        given.title,
        given.notes,
        tuple(charts),
        others,
        tuple(made(f) for f in figures.values()),
        tuple(badges(given.stamps)),
    )


def _chart(chart: Chart, beside: TableView | None, prefix: str) -> ChartView:
    id_ = f"{prefix}{chart.id}"
    wide, narrow = drawings(chart, id_)
    return ChartView(
        id_,
        chart.title,
        wide,
        narrow,
        chart.note,
        tuple(badges(chart.stamps)),
        beside,
        chart.subject,
    )


@dataclass(frozen=True)
class AnswerView:
    """One of the figures that answer the main questions."""

    title: str
    cell: CellView


@dataclass(frozen=True)
class AppraisalView:
    """One appraisal as a part of the page."""

    id: str
    title: str
    scenario: str
    baseline: str
    reform: bool
    is_run: bool
    members: int
    caution: str
    seed: int
    period: str
    answers: tuple[AnswerView, ...]
    sections: tuple[SectionView, ...]
    badges: tuple[Badge, ...]


def _brief(figure: Figure) -> CellView:
    text, interval = brief(figure)
    return replace(cell(figure), text=text, interval=interval)


def appraisal(given: Appraisal, prefix: str = "") -> AppraisalView:
    """An appraisal in view."""
    answers = [given.figure(id_) for id_ in given.answers]
    return AppraisalView(
        f"{prefix}appraisal",
        given.title,
        given.scenario,
        given.baseline,
        any(section.id == "costs" for section in given.sections),
        given.is_run,
        given.members,
        given.caution,
        given.seed,
        f"{given.start} to {given.end}",
        tuple(AnswerView(f.title, _brief(f)) for f in answers),
        tuple(section(s, prefix) for s in given.sections),
        tuple(badges(stamps_of([*given.figures.values(), *_drawn(given)]))),
    )


def _drawn(given: Appraisal) -> list[Input]:
    return [item for s in given.sections for chart in s.charts for item in chart.inputs]

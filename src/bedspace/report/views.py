"""What the template shows, made of Figures, Tables and Series; every stamp comes from them."""

from __future__ import annotations

from dataclasses import dataclass

from bedspace.appraise import Appraisal, Cell, Figure, Input, Section, Series, Table, words
from bedspace.appraise.figure import ASSUMED_POWER, ASSUMPTION, TO_VERIFY, UNSOURCED, stamps_of
from bedspace.report.drawing import drawings


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
    (ASSUMPTION, "A", "assumption", "rests on 1 assumption", "rests on {} assumptions"),
    (UNSOURCED, "U", "unsourced", "1 number without a source", "{} numbers without a source"),
    (TO_VERIFY, "V", "verify", "1 rule to be verified", "{} rules to be verified"),
)


def badges(stamps: tuple[str, ...]) -> list[Badge]:
    """Stamps by kind, the gravest first; kinds that are not there are left out."""
    found = []
    for start, letter, kind, one, many in _KINDS:
        about = tuple(s.partition(": ")[2] for s in stamps if s.startswith(f"{start}:"))
        if about:
            found.append(Badge(letter, kind, one, many, about))
    return found


@dataclass(frozen=True)
class CellView:
    """A cell: its words, the interval beside them, its badges and its note."""

    text: str
    interval: str = ""
    badges: tuple[Badge, ...] = ()
    note: str = ""
    is_figure: bool = False
    is_number: bool = False


def cell(given: Cell, unit: bool = True) -> CellView:
    """A cell of a table, or a figure that stands alone."""
    if not isinstance(given, Figure):
        return CellView(words.show(given))
    whole = words.show(given, unit)
    text, interval = whole, ""
    if given.low is not None and given.value is not None:
        text, _, interval = whole.rpartition(" (")
        interval = interval.removesuffix(")")
    return CellView(
        text,
        interval,
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
    """A table in view. Notes of its figures become footnotes, each told once."""
    rows = tuple(tuple(cell(c) for c in row) for row in given.rows)
    notes = tuple(dict.fromkeys(f.note for f in given.figures if f.note))
    return TableView(
        f"{prefix}{given.id}",
        given.title,
        given.columns,
        rows,
        given.note,
        tuple(badges(given.stamps)),
        notes,
    )


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
        tuple(words.describe(item) for item in figure.inputs),
        tuple(badges(figure.stamps)),
    )


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
    for series in given.series:
        first = series.table in tables and series.table not in placed
        placed.add(series.table)
        charts.append(_chart(series, tables[series.table] if first else None, prefix))
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


def _chart(series: Series, beside: TableView | None, prefix: str) -> ChartView:
    id_ = f"{prefix}{series.id}"
    wide, narrow = drawings(series, id_)
    return ChartView(
        id_, series.title, wide, narrow, series.note, tuple(badges(series.stamps)), beside
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
    members: int
    seed: int
    period: str
    answers: tuple[AnswerView, ...]
    sections: tuple[SectionView, ...]
    badges: tuple[Badge, ...]


def appraisal(given: Appraisal, prefix: str = "") -> AppraisalView:
    """An appraisal in view."""
    answers = [given.figure(id_) for id_ in given.answers]
    return AppraisalView(
        f"{prefix}appraisal",
        given.title,
        given.scenario,
        given.baseline,
        given.members,
        given.seed,
        f"{given.start} to {given.end}",
        tuple(AnswerView(f.title, cell(f)) for f in answers),
        tuple(section(s, prefix) for s in given.sections),
        tuple(badges(stamps_of([*given.figures.values(), *_drawn(given)]))),
    )


def _drawn(given: Appraisal) -> list[Input]:
    return [item for s in given.sections for series in s.series for item in series.inputs]

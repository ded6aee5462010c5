"""What the page shows before its annex: the few tables that answer each of a reader's questions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bedspace.appraisal import Appraisal, Cell, Chart, Figure, Section, Table
from bedspace.appraisal.figures import words
from bedspace.reporting.annex import anchor
from bedspace.reporting.brief import readable
from bedspace.reporting.charts import drawings
from bedspace.reporting.stamps import Badge, badges
from bedspace.reporting.views import CellView, TableView, Viewer, finished, shared_unit

MOST_ROWS = 12
"""Rows of a table before the annex."""

MOST_CHARTS = 6
"""Charts of one part before the annex."""

MOST_TABLES = 4
"""Tables of one kind before the annex, such as one for each of many prison systems."""


@dataclass(frozen=True)
class Pick:
    """A table that is shown before the annex: its id ends in `end`. `columns` are the headings
    kept, all where there are none; of more than `rows` rows some are shown, the last among them."""

    end: str
    columns: tuple[str, ...] = ()
    rows: int = MOST_ROWS


@dataclass(frozen=True)
class Matrix:
    """A table that is shown turned: a row for each word under `down`, a column for each under
    `across`, each with the figure under its own `..._figure` heading, and `cell` where they meet.
    Two headings of `cell` are the ends of a range. `corner` and `over` are the words that stand
    over the first column and before each heading."""

    end: str
    down: str
    across: str
    cell: tuple[str, ...]
    down_figure: str = ""
    across_figure: str = ""
    corner: str = ""
    over: str = "{}"


PICKS: dict[str, tuple[Pick | Matrix, ...]] = {
    "law": (Matrix("law-people", "Group", "Route", ("At least", "At most"), corner="Who"),),
    "places": (Pick(r"places\.[^.]+"),),
    "population": (Pick(r"population\.[^.]+", rows=3),),
    "money-sender": (Pick("price"), Pick("saving")),
    "money-receiver": (Pick("receiver"),),
    "corridor": (
        Matrix(
            "corridor",
            "Receiver covers",
            "Sender saves at",
            ("Whether a fee suits both",),
            "Needs at least",
            "Pays at most",
            "If the receiver's fee has to cover",
            "Sender saves at {}, so pays at most",
        ),
    ),
    "conditions": (Pick("areas"), Pick("regime", ("Standard", "Stated", "Result"))),
    "sensitivity": (),
    "agreements": (Pick("common"),),
    "apart": (Pick("common"),),
}
"""What each section shows before the annex; a section that is not named shows its first tables."""

OBSERVED = "observed"
"""End of the ids of tables that set what was observed beside the simulation."""

HEADINGS = {
    "Baseline": "Without",
    "Scenario": "With",
    "Impact": "Difference",
    "": "What",
    "Figure": "Value",
}
"""Headings in a reader's words."""

ANSWERS = {
    "some fee suits both": "yes",
    "no fee suits both": "no",
    "some fee suits both in some futures": "in some futures",
}
"""Whether there is a fee that suits both, in a reader's words."""


@dataclass(frozen=True)
class ChartView:
    """A chart drawn for wide and for narrow pages, with a title that says what is found and a
    subject that says what is drawn; `table` is the anchor of its numbers."""

    id: str
    title: str
    subject: str
    wide: str
    narrow: str
    note: str
    badges: tuple[Badge, ...]
    table: str


@dataclass(frozen=True)
class PartView:
    """One question of a reader's, answered; `annex` is the anchor of all its tables."""

    id: str
    title: str
    notes: tuple[str, ...]
    charts: tuple[ChartView, ...]
    tables: tuple[TableView, ...]
    annex: str = ""


PARTS = (
    ("law", "", ("law",)),
    ("room", "Room and people", ("places", "population")),
    ("costs", "", ("costs",)),
    ("money-sender", "", ("money-sender",)),
    ("money-receiver", "", ("money-receiver",)),
    ("corridor", "", ("corridor",)),
    ("conditions", "", ("conditions",)),
    ("sensitivity", "", ("sensitivity",)),
)
"""The parts of the page in their order: an id, a title where it is not that of its only section,
and the ids of the sections."""


def parts(given: Appraisal, view: Viewer) -> Iterator[PartView]:
    """The sections in the order of a reader's questions, those without anything left out."""
    sections = {section.id: section for section in given.sections}
    told = {id_ for _, _, ids in PARTS for id_ in ids} | {"evidence", "cannot-know"}
    order = [*PARTS, *((id_, "", (id_,)) for id_ in sections if id_ not in told)]
    for id_, title, ids in order:
        mine = [sections[one] for one in ids if one in sections]
        if mine:
            yield _part(id_, title or mine[0].title, mine, view)


def _part(id_: str, title: str, sections: Sequence[Section], view: Viewer) -> PartView:
    charts = [chart for section in sections for chart in section.charts if not _is_check(chart)]
    notes = [note for section in sections for note in section.notes]
    # A table without rows says why there are none.
    notes += [t.note for section in sections for t in section.tables if not t.rows and t.note]
    tables = [table for section in sections for table in _picked(section, view)]
    return PartView(
        id_,
        title,
        tuple(readable(note) for note in notes),
        tuple(chart_view(chart) for chart in charts[:MOST_CHARTS]),
        tuple(tables),
        next(
            (f"all-{section.id}" for section in sections if any(t.rows for t in section.tables)), ""
        ),
    )


def _of_part(section: Section) -> list[Table]:
    return [t for t in section.tables if not t.id.endswith(f".{OBSERVED}")]


def _is_check(chart: Chart) -> bool:
    return chart.table.endswith(f".{OBSERVED}")


def checked(given: Appraisal, view: Viewer) -> PartView | None:
    """What sets observed counts beside the simulation; None where nothing was observed."""
    tables = [t for s in given.sections for t in s.tables if t.id.endswith(f".{OBSERVED}")]
    charts = [chart for s in given.sections for chart in s.charts if _is_check(chart)]
    if not tables:
        return None
    return PartView(
        "checked",
        "Checked against what happened",
        (),
        tuple(chart_view(chart) for chart in charts[:MOST_CHARTS]),
        tuple(_observed(table, view) for table in tables[:MOST_TABLES]),
        "all-population",
    )


def _observed(table: Table, view: Viewer) -> TableView:
    """Counts with what was simulated for them; the annex has the others too. Of a comparison, the
    first side: the baseline is what did happen."""
    wanted = ("What", "Observed", "Run", "Error", "Inside")
    found = [next((c for c in table.columns if c.startswith(start)), "") for start in wanted]
    if found[2]:
        at = table.columns.index(found[2])
        rows = tuple(row for row in table.rows if isinstance(row[at], Figure))
        table = replace(table, rows=rows or table.rows, keys=())
    shown = view.table(narrowed(table, list(filter(None, found)), MOST_ROWS), f"f-{table.id}", True)
    return replace(shown, columns=tuple(_bare_heading(column) for column in shown.columns))


def _bare_heading(given: CellView) -> CellView:
    """A heading of the only side that is shown, without the side's name."""
    text = given.text.replace("Run, baseline", "Simulated").replace("Run", "Simulated")
    return replace(given, text=text)


def _picked(section: Section, view: Viewer) -> Iterator[TableView]:
    """The tables that are named for the section; its first ones where it has none of these."""
    tables = [table for table in _of_part(section) if table.rows]
    picks = PICKS.get(section.id, (Pick(".*"),))
    found = 0
    for pick in picks:
        ends = re.compile(rf"(?:[^.]+\.)?{pick.end}")
        for table in [t for t in tables if ends.fullmatch(t.id)][:MOST_TABLES]:
            found += 1
            yield (
                turned(pick, table, view) if isinstance(pick, Matrix) else picked(pick, table, view)
            )
    if picks and not found:
        yield from (picked(Pick(""), table, view) for table in tables[:1])


def picked(pick: Pick, table: Table, view: Viewer) -> TableView:
    """The table with the rows and columns that are shown before the annex."""
    shown = view.table(narrowed(table, pick.columns, pick.rows), f"f-{table.id}", small=True)
    return replace(shown, columns=tuple(map(_heading, shown.columns)))


def _heading(given: CellView) -> CellView:
    name, bracket, unit = given.text.partition(" (")
    name = HEADINGS.get(name, name).replace(", baseline", ", without")
    return replace(given, text=name.replace(", scenario", ", with") + bracket + unit)


def narrowed(table: Table, columns: Sequence[str], most: int) -> Table:
    """The table with the columns of these headings, each once, and of more rows than `most` some
    that are evenly apart and end with the last."""
    places = [table.columns.index(c) for c in columns if c in table.columns]
    places = places or list(range(len(table.columns)))
    count = len(table.rows)
    step = -(-count // most)
    rows = table.rows if count <= most else table.rows[(count - 1) % step :: step]
    return replace(
        table,
        columns=tuple(table.columns[i] for i in places),
        rows=tuple(tuple(row[i] for i in places) for row in rows),
        keys=(),
    )


def turned(pick: Matrix, table: Table, view: Viewer) -> TableView:
    """The table as a matrix; as it is where it lacks a heading that this takes."""
    wanted = [
        pick.down,
        pick.across,
        *pick.cell,
        *filter(None, (pick.down_figure, pick.across_figure)),
    ]
    if not set(wanted) <= set(table.columns):
        return picked(Pick(pick.end), table, view)
    at = {heading: table.columns.index(heading) for heading in wanted}
    down = list(dict.fromkeys(str(row[at[pick.down]]) for row in table.rows))
    across = list(dict.fromkeys(str(row[at[pick.across]]) for row in table.rows))
    where = {(str(row[at[pick.down]]), str(row[at[pick.across]])): row for row in table.rows}
    unit = shared_unit(row[at[key]] for row in table.rows for key in pick.cell)
    heads = [CellView(pick.corner or pick.down)]
    heads += [CellView(pick.down_figure)] if pick.down_figure else []
    rows: list[list[CellView]] = []
    for name in across:
        row = next(row for row in table.rows if str(row[at[pick.across]]) == name)
        beside = view.brief(row[at[pick.across_figure]]) if pick.across_figure else None
        heads.append(CellView(_upper(pick.over.format(name)), then=beside))
    for name in down:
        row = next(row for row in table.rows if str(row[at[pick.down]]) == name)
        made = [CellView(_upper(name))]
        if pick.down_figure:
            made.append(view.brief(row[at[pick.down_figure]]))
        for other in across:
            met = where.get((name, other))
            cells = [met[at[key]] for key in pick.cell] if met else [None]
            made.append(_joined([_bare(cell, view, unit) for cell in cells]))
        rows.append(made)
    return finished(f"f-{table.id}", table.title, heads, rows, table.note)


def _bare(given: Cell, view: Viewer, unit: str) -> CellView:
    """A cell of a matrix whose title says the unit."""
    if unit and isinstance(given, Figure):
        return view.cell(given, words.value(given, unit=False))
    return view.brief(given)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _joined(cells: Sequence[CellView]) -> CellView:
    """A cell, or two as the ends of a range; one where both ends say the same."""
    first, *rest = [replace(c, text=ANSWERS.get(c.text, c.text)) for c in cells]
    if not rest:
        return first
    kinds = {badge.kind: badge for cell in (first, *rest) for badge in cell.badges}
    last = replace(rest[0], badges=tuple(kinds.values()))
    if first.text == last.text:
        return last
    return replace(first, badges=(), then=last)


def chart_view(chart: Chart) -> ChartView:
    """A chart in view."""
    wide, narrow = drawings(chart, f"c-{chart.id}")
    return ChartView(
        f"c-{chart.id}",
        readable(chart.title),
        readable(chart.subject),
        wide,
        narrow,
        readable(chart.note),
        badges(chart.stamps),
        anchor(chart.table),
    )

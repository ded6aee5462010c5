"""What the page shows, made of Figures and Tables; every stamp comes from them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bedspace.appraisal import Cell, Figure, Table
from bedspace.appraisal.figures import words
from bedspace.reporting.brief import brief, in_millions, millions, readable, unit
from bedspace.reporting.references import References
from bedspace.reporting.stamps import Badge, badges

_DATES = re.compile(r"\d{4}-\d\d-\d\d( to \d{4}-\d\d-\d\d)?")


@dataclass(frozen=True)
class CellView:
    """A cell: its words, and of a figure the interval, the stamps and the name to link to.

    `note` is the figure's own, told once below the table under the number `footnote`; `then` is a
    second figure of the cell, after the word "to"; `kind` is "n" of a number, "d" of a date; `rows`
    are those it spans, 0 where the cell above reaches down to here.
    """

    text: str
    interval: str = ""
    badges: tuple[Badge, ...] = ()
    name: str = ""
    note: str = ""
    footnote: int = 0
    kind: str = ""
    rows: int = 1
    then: CellView | None = None


@dataclass(frozen=True)
class TableView:
    """A table with its cells in view, and its notes told once."""

    id: str
    title: str
    columns: tuple[CellView, ...]
    rows: tuple[tuple[CellView, ...], ...]
    note: str = ""
    footnotes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Viewer:
    """Puts cells and tables in view. `part` is the number of the appraisal in the page."""

    names: References
    part: int = 0

    def cell(self, given: Cell, text: str | None = None, interval: str | None = None) -> CellView:
        """A cell; a figure's words may be given, else they are as exact as it is."""
        if not isinstance(given, Figure):
            told = words.show(given)
            return CellView(readable(told), kind="d" if _DATES.fullmatch(told) else "")
        shown = words.value(given) if text is None else text
        between = words.interval(given) if interval is None else interval
        ends = between.split(" to ")
        if len(set(ends)) < len(ends):  # no width is left at so many digits
            between = ""
        return CellView(
            readable(shown),
            readable(between),
            badges(given.stamps),
            self.names.figure(given, self.part),
            given.note,
            kind=_kind(given),
        )

    def brief(self, given: Cell) -> CellView:
        """A cell for little room: large sums in millions."""
        if not isinstance(given, Figure) or isinstance(given.value, str | None):
            return self.cell(given)
        return self.cell(given, *brief(given))

    def table(self, given: Table, id_: str, small: bool = False) -> TableView:
        """A table in view: empty columns are left out, a unit that a whole column has stands in its
        heading, words repeated downwards stand once, and notes of figures are numbered below.
        With `small`, large sums are in millions."""
        kept = [i for i in range(len(given.columns)) if any(row[i] for row in given.rows)]
        made = [self._column([row[i] for row in given.rows], given.columns[i], small) for i in kept]
        rows = [list(row) for row in zip(*(cells for _, cells in made), strict=True)]
        heads = [CellView(head) for head, _ in made]
        return finished(id_, given.title, heads, rows, given.note)

    def _column(
        self, column: Sequence[Cell], heading: str, small: bool
    ) -> tuple[str, list[CellView]]:
        scaled = in_millions(column) if small else ""
        if scaled:
            return f"{heading} ({scaled})", [self._in_millions(c) for c in column]
        shared = shared_unit(column)
        if not shared:
            return heading, [self.brief(c) if small else self.cell(c) for c in column]
        head = heading if shared in heading.lower() else f"{heading} ({unit(shared)})"
        return head, [
            self.cell(c, words.value(c, unit=False)) if isinstance(c, Figure) else self.cell(c)
            for c in column
        ]

    def _in_millions(self, given: Cell) -> CellView:
        if not isinstance(given, Figure) or isinstance(given.value, str | None):
            return self.cell(given)
        ends = [v for v in (given.low, given.high) if not isinstance(v, str | None)]
        interval = " to ".join(map(millions, ends))
        return self.cell(given, millions(given.value), interval)


def _kind(given: Figure) -> str:
    if given.value is None or (isinstance(given.value, str) and given.unit != "date"):
        return ""
    return "d" if given.unit == "date" else "n"


def finished(
    id_: str,
    title: str,
    columns: Sequence[CellView],
    rows: Sequence[Sequence[CellView]],
    note: str = "",
) -> TableView:
    """A table of cells in view, with its notes numbered and repeated words joined."""
    notes = _footnotes(rows, note)
    numbered = [[replace(c, footnote=notes.get(c.note, 0)) for c in row] for row in rows]
    joined = tuple(tuple(row) for row in _spanned(_aligned(numbered)))
    return TableView(
        id_, title, tuple(columns), joined, readable(note), tuple(map(readable, notes))
    )


def _aligned(rows: list[list[CellView]]) -> list[list[CellView]]:
    """Rows in which what is not known stands where the numbers of its column do."""
    of_numbers = {i for row in rows for i, cell in enumerate(row) if cell.kind == "n"}
    return [
        [
            replace(cell, kind="n") if i in of_numbers and cell.text == "not known" else cell
            for i, cell in enumerate(row)
        ]
        for row in rows
    ]


def shared_unit(column: Iterable[Cell]) -> str:
    """The unit that all figures of a column have; "" where it needs none or they differ."""
    figures = [c for c in column if isinstance(c, Figure) and c.value is not None]
    units = {f.unit for f in figures}
    found = units.pop() if len(units) == 1 else ""
    return "" if found in words.NO_UNIT else found


def _footnotes(rows: Sequence[Sequence[CellView]], below: str) -> dict[str, int]:
    """Notes of the figures with their numbers; what its own row or the table's note says already
    needs none."""
    found: dict[str, int] = {}
    for row in rows:
        told = {cell.text for cell in row}
        for cell in row:
            if not cell.note or cell.note in told or cell.note.lower() in below.lower():
                continue
            if cell.note not in found:
                found[cell.note] = len(found) + 1
    return found


def _spanned(rows: list[list[CellView]]) -> list[list[CellView]]:
    """Rows in which words of the first two columns reach down over their repetitions."""
    for column in range(2):
        top = 0
        for i, row in enumerate(rows):
            if column >= len(row) - 1:
                continue
            above = rows[i - 1][: column + 1] if i else None
            same = [c.text for c in row[: column + 1]] == [c.text for c in above or ()]
            if above and same and not row[column].name and row[column].text:
                rows[top][column] = replace(rows[top][column], rows=i - top + 1)
                row[column] = replace(row[column], rows=0)
            else:
                top = i
    return rows

"""Where the table is in a grid: titles above, one row of headings or several, rows, notes below."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice

from bedspace.exceptions import HistoryError
from bedspace.history import dates
from bedspace.history.files import Cell, Grid, is_blank, letters, text_of
from bedspace.history.numbers import Convention, Kind, value

_SEARCHED = 200
"""Rows in which the headings are looked for."""
_LONG = 80
"""Characters from which a cell in the headings is a note, not a heading."""
_BELOW = 6
"""Filled cells below that tell what a column holds."""

_LABEL_MARK = re.compile(
    r"\s?(?P<mark>/[a-z](,\s?[a-z])*|[*†‡§]+|[¹²³⁴⁵⁶⁷⁸⁹⁰]+|"
    r"\[(note )?\w{1,3}\]|\((note )?[a-z\d]\))$",
    re.IGNORECASE,
)
_LOOSE = Convention()


@dataclass(frozen=True)
class Column:
    """A column of the table: its place counted from 0, its heading, and the heading as written."""

    at: int
    name: str
    as_given: str
    upper: str = ""
    """What stands over it and its neighbours in a row of headings above."""
    mark: str = ""

    @property
    def lower(self) -> str:
        """The heading without what stands over it."""
        return self.name.removeprefix(f"{self.upper}: ") if self.upper else self.name


@dataclass(frozen=True)
class Layout:
    """A table within a grid; rows are counted from 1 and stand as they are in the file."""

    grid: Grid
    heads: tuple[int, ...]
    columns: tuple[Column, ...]
    body: tuple[int, ...]
    """Rows that are not blank."""
    above: tuple[tuple[int, str], ...]
    below: tuple[tuple[int, str], ...]

    def cells(self, at: int) -> list[Cell]:
        """The cells of a column."""
        return [self.grid.cell(row, at) for row in self.body]

    def label(self, column: Column) -> str:
        """A column for a message."""
        return f"column {column.name!r} ({letters(column.at)})"


def without_mark(text: str) -> tuple[str, str]:
    """A label, and the mark of a footnote at its end: "Alabama/b" is "Alabama" and "b"."""
    told = " ".join(text.split())
    found = _LABEL_MARK.search(told)
    if not found or not told[: found.start()].strip():
        return told, ""
    return told[: found.start()].strip(), found["mark"].strip("/[]()").replace("note ", "")


def laid_out(grid: Grid, asked: tuple[int, ...] = ()) -> Layout:
    """Find the table in a grid; `asked` are its rows of headings where the user says.

    HistoryError when there is none, or when headings stand twice.
    """
    heads = asked or ((1,) if grid.file.endswith(".parquet") else _heads(grid))
    if asked and not (1 <= asked[0] <= asked[-1] < len(grid.rows)):
        raise HistoryError(f"{grid.file} has {len(grid.rows)} rows: --header {asked[-1]} is none")
    columns = _columns(grid, heads)
    if not any(column.as_given for column in columns):
        raise HistoryError(f"{grid.where(heads[-1])}: there are no headings; say another --header")
    last = _last(grid, heads[-1])
    body = tuple(r for r in range(heads[-1] + 1, last + 1) if _filled(grid, r))
    if not body:
        raise HistoryError(f"{grid.where(heads[-1])}: there are no rows under the headings")
    _check_width(grid, columns, body)
    above = [
        (r, _joined(grid, r)) for r in range(1, heads[-1]) if r not in heads and _filled(grid, r)
    ]
    above += [(r, text_of(c)) for r in heads for c in grid.rows[r - 1] if len(text_of(c)) > _LONG]
    below = [(r, _joined(grid, r)) for r in range(last + 1, len(grid.rows) + 1) if _filled(grid, r)]
    return Layout(grid, heads, columns, body, tuple(above), tuple(below))


def _filled(grid: Grid, row: int) -> list[int]:
    """Columns of a row in which something stands."""
    return [c for c, cell in enumerate(grid.rows[row - 1]) if not is_blank(cell)]


def _joined(grid: Grid, row: int) -> str:
    return " | ".join(text_of(grid.cell(row, c)).strip() for c in _filled(grid, row))


def is_number(cell: Cell) -> bool:
    """Whether it is a number in any convention, or a bound."""
    kind = value(cell, _LOOSE).kind
    other = value(cell, Convention(".", ",")).kind
    return Kind.NUMBER in (kind, other) or kind is Kind.BOUND


def is_date(cell: Cell) -> bool:
    """Whether it is a date or a period by itself."""
    return dates.read([cell], dates.Ways()).periods[0] is not None


def _heads(grid: Grid) -> tuple[int, ...]:
    """Rows of headings: those above the first row of numbers or dates that has any."""
    for row in range(2, min(len(grid.rows), _SEARCHED) + 1):
        filled = _filled(grid, row)
        if not filled or not _is_data(grid, row):
            continue
        heads = _above(grid, row)
        if heads:
            return heads
    raise HistoryError(
        f"{grid.file}: no row of headings with numbers under it was found; "
        "add one, or say which it is: --header ROW, or FIRST-LAST where there are several"
    )


def _is_data(grid: Grid, row: int) -> bool:
    """Whether a row has numbers or dates that no heading has."""
    return any(_is_value(grid, row, c) for c in _filled(grid, row))


def _is_value(grid: Grid, row: int, column: int) -> bool:
    """A number that is no year, or a date in a column of dates."""
    cell = grid.cell(row, column)
    if is_date(cell):
        below = list(
            islice(
                (
                    grid.cell(r, column)
                    for r in range(row + 1, len(grid.rows) + 1)
                    if not is_blank(grid.cell(r, column))
                ),
                _BELOW,
            )
        )
        if not below:
            return not isinstance(cell, str)
        return sum(is_date(c) for c in below) * 2 >= len(below)
    return is_number(cell)


def _above(grid: Grid, row: int) -> tuple[int, ...]:
    """The rows of headings right above a row of data; none if what is there are no headings."""
    filled = {c for c in _filled(grid, row) if text_of(grid.cell(row, c)).strip() != "%"}
    found: list[int] = []
    skipped = 0
    for r in range(row - 1, 0, -1):
        cells = _filled(grid, r)
        if len(cells) < 2 and len(filled) > 1:
            skipped += bool(cells)
            if found and skipped <= 1 and not _is_note(grid, r):
                continue
            if not found and not cells:
                continue
            if found:
                break
            continue
        if _is_data(grid, r) or (found and not _stands_over(grid, r, found[0])):
            break
        found.insert(0, r)
        skipped = 0 if len(found) == 1 else skipped
    if not found:
        return ()
    headed = {c for r in found for c in _filled(grid, r)}
    return tuple(found) if len(headed & filled) * 2 >= len(filled) else ()


def _is_note(grid: Grid, row: int) -> bool:
    return not _filled(grid, row)


def _stands_over(grid: Grid, row: int, lower: int) -> bool:
    """Whether a row's cells are headings of several columns of the row of headings below it."""
    cells = [c for c in _filled(grid, row) if len(text_of(grid.cell(row, c))) <= _LONG]
    return bool(cells) and len(cells) <= len(_filled(grid, lower))


def _columns(grid: Grid, heads: tuple[int, ...]) -> tuple[Column, ...]:
    """Columns with headings that are never the same twice."""
    width = len(grid.rows[0])
    lower = [text_of(grid.cell(heads[-1], c)).strip() for c in range(width)]
    upper = [""] * width
    for r in heads[:-1]:
        running = ""
        for c in range(width):
            told = text_of(grid.cell(r, c)).strip()
            if told and len(told) <= _LONG:
                running = without_mark(told)[0]
            if running:
                upper[c] = f"{upper[c]}: {running}" if upper[c] else running
            if told and not lower[c]:
                lower[c], upper[c] = told, ""
    names = [without_mark(text) for text in lower]
    often = Counter(name.lower() for name, _ in names if name)
    found = []
    for c, (name, mark) in enumerate(names):
        over = upper[c] if name and upper[c] and often[name.lower()] > 1 else ""
        found.append(Column(c, f"{over}: {name}" if over else name, lower[c], upper[c], mark))
    _check_twice(grid, heads, found)
    return tuple(found)


def _check_twice(grid: Grid, heads: tuple[int, ...], columns: list[Column]) -> None:
    seen: dict[str, Column] = {}
    for column in columns:
        if not column.name:
            continue
        first = seen.setdefault(column.name.lower(), column)
        if first is not column:
            raise HistoryError(
                f"{grid.where(heads[-1], column.at)}: the heading {column.name!r} stands twice, "
                f"first in column {letters(first.at)}; rename one of them"
            )


def _last(grid: Grid, head: int) -> int:
    """The last row that has more than a note in it."""
    for row in range(len(grid.rows), head, -1):
        filled = _filled(grid, row)
        cells = [grid.cell(row, c) for c in filled]
        if len(filled) >= 2 and any(_says(cell) for cell in cells):
            return row
        if len(filled) == 1 and is_date(cells[0]):
            return row
    return head


def _says(cell: Cell) -> bool:
    """Whether it is a number, a date, or what stands for one."""
    return is_number(cell) or value(cell, _LOOSE).kind is not Kind.TEXT or is_date(cell)


def _check_width(grid: Grid, columns: tuple[Column, ...], body: tuple[int, ...]) -> None:
    """A cell right of all headings is refused: a comma within a number splits it in two."""
    headed = [c.at for c in columns if c.as_given]
    for row in body:
        beyond = [c for c in _filled(grid, row) if c > headed[-1] + 1]
        full = len(_filled(grid, row)) > len(headed) and headed == list(range(len(headed)))
        if (beyond or full) and not _named_by_unit(grid, body, headed[-1] + 1):
            raise HistoryError(
                f"{grid.where(row)}: there are more cells than headings; put numbers such as "
                "83,193 in quotation marks, or say --delimiter"
            )


def _named_by_unit(grid: Grid, body: tuple[int, ...], at: int) -> bool:
    """Whether a column without a heading holds units, such as the % beside a percentage."""
    cells = [grid.cell(row, at) for row in body] if at < len(grid.rows[0]) else []
    return all(is_blank(c) or text_of(c).strip() in ("%", "pct") for c in cells)

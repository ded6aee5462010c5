"""A file as a grid of cells, whatever its form. Text stays the text it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

Cell = str | int | float | bool | date | datetime | None
Row = tuple[Cell, ...]

MOST_BYTES = 64 * 2**20
"""Bytes of a file, also after it is unpacked if it is gzipped text."""
MOST_UNPACKED = 512 * 2**20
"""Bytes of what an Excel or OpenDocument file unpacks to."""
MOST_CELLS = 5_000_000


@dataclass(frozen=True)
class Grid:
    """The cells of one table or sheet, all rows of one width; rows are counted from 1."""

    file: str
    rows: tuple[Row, ...]
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    found: tuple[str, ...] = ()
    """What a reader should know of the file, in sentences."""

    def cell(self, row: int, column: int) -> Cell:
        """The cell in a row, counted from 1, and a column, counted from 0."""
        return self.rows[row - 1][column]

    def where(self, row: int, column: int | None = None) -> str:
        """A place for a message: file, sheet, row, and the column by its letters."""
        sheet = f", sheet {self.sheet!r}" if self.sheet else ""
        told = f", column {letters(column)}" if column is not None else ""
        return f"{self.file}{sheet}, row {row}{told}"


@dataclass(frozen=True)
class Opening:
    """What a user says of a file before it is opened."""

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""


def letters(column: int) -> str:
    """The letters of a column, counted from 0, as spreadsheets have them."""
    told = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        told = chr(65 + rest) + told
    return told


def text_of(cell: Cell) -> str:
    """A cell as text, as it was written or as a sheet keeps it."""
    if cell is None:
        return ""
    if isinstance(cell, datetime) and (cell.hour, cell.minute, cell.second) == (0, 0, 0):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)


def is_blank(cell: Cell) -> bool:
    """Whether there is nothing in it, or spaces only."""
    return cell is None or (isinstance(cell, str) and not cell.strip())

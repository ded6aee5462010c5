"""Rows of a question to the tables as an Excel file, whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bedspace.exceptions import RunError
from bedspace.plain_csv import Row
from bedspace.reporting.files import write_bytes
from bedspace.reporting.spreadsheet import openpyxl, put, sealed

MOST_ROWS = 1_048_576
"""Rows of an Excel sheet, its headings among them."""

MOST_COLUMNS = 16_384
"""Columns of an Excel sheet."""


def workbook(out: Path, columns: Sequence[str], rows: Sequence[Row]) -> Path:
    """Write the rows into the one sheet of an Excel file; returns its path.

    Integers and decimals that Excel would round, lists and what is no number become text; a float
    is written with 16 digits. RunError when the extra that writes it is not installed, or when a
    sheet cannot hold all of it.
    """
    library = openpyxl()
    if len(rows) >= MOST_ROWS or len(columns) > MOST_COLUMNS:
        raise RunError(
            f"{len(rows):,} rows and {len(columns):,} columns do not fit on a sheet, which holds "
            f"{MOST_ROWS - 1:,} rows below its headings and {MOST_COLUMNS:,} columns: "
            "ask for fewer, or take --csv"
        )
    book = library.Workbook(write_only=True)
    sheet = book.create_sheet("answer")
    sheet.freeze_panes = "A2"
    for row in (columns, *rows):
        sheet.append([_cell(sheet, value) for value in row])
    return write_bytes(out, sealed(book))


def _cell(sheet: Any, value: object) -> Any:
    from openpyxl.cell import WriteOnlyCell

    return put(WriteOnlyCell(sheet), value)

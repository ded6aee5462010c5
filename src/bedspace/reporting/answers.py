"""Rows of a question to the tables as CSV and as an Excel file, whole."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from bedspace.exceptions import RunError
from bedspace.reporting.files import write_bytes

MOST_ROWS = 1_048_576
"""Rows of an Excel sheet, its headings among them."""

MOST_COLUMNS = 16_384
"""Columns of an Excel sheet."""

MOST_CHARACTERS = 32_767
"""Characters in a cell of an Excel sheet."""

_DIGITS = 15
"""Digits that Excel keeps of an integer or a decimal."""

Row = Sequence[object]


def comma_separated(columns: Sequence[str], rows: Iterable[Row]) -> str:
    """The rows as CSV (RFC 4180 with line feeds), headings first; what is missing is empty."""
    text = io.StringIO()
    made = csv.writer(text, lineterminator="\n")
    made.writerow(columns)
    made.writerows([_text(value) for value in row] for row in rows)
    return text.getvalue()


def _text(value: object) -> str:
    """A value as text: dates in ISO 8601, numbers with a point and all their digits."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, ensure_ascii=False, default=_text)
    return str(value)


def workbook(out: Path, columns: Sequence[str], rows: Sequence[Row]) -> Path:
    """Write the rows into the one sheet of an Excel file; returns its path.

    Integers and decimals that Excel would round, lists and what is no number become text; a float
    is written with 16 digits. RunError when the extra that writes it is not installed, or when a
    sheet cannot hold all of it.
    """
    try:
        from openpyxl import Workbook
    except ImportError:
        raise RunError(
            "Excel files are written by openpyxl, which is not installed; "
            "install it with: pip install 'bedspace[tables]'"
        ) from None
    if len(rows) >= MOST_ROWS or len(columns) > MOST_COLUMNS:
        raise RunError(
            f"{len(rows):,} rows and {len(columns):,} columns do not fit on a sheet, which holds "
            f"{MOST_ROWS - 1:,} rows below its headings and {MOST_COLUMNS:,} columns: "
            "ask for fewer, or take --csv"
        )
    book = Workbook(write_only=True)
    sheet = book.create_sheet("answer")
    sheet.freeze_panes = "A2"
    for row in (columns, *rows):
        sheet.append([_cell(sheet, value) for value in row])
    data = io.BytesIO()
    book.save(data)
    return write_bytes(out, data.getvalue())


def _cell(sheet: Any, value: object) -> Any:
    """A value as a cell: text is never taken for a formula."""
    from openpyxl.cell import WriteOnlyCell

    kept = _kept(value)
    if not isinstance(kept, str):
        return kept
    text = "".join(c for c in kept if c in "\t\n" or ord(c) >= 32)  # XML has no other controls
    if len(text) > MOST_CHARACTERS:
        raise RunError(
            f"a cell of {len(text):,} characters does not fit on a sheet, which holds "
            f"{MOST_CHARACTERS:,}: take --csv"
        )
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    return cell


def _kept(value: object) -> object:
    """The value where a sheet keeps it as it is, otherwise its text."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value if abs(value) < 10**_DIGITS else _text(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else _text(value)
    if isinstance(value, Decimal):
        whole = value.is_finite() and len(value.as_tuple().digits) <= _DIGITS
        return value if whole else _text(value)
    if type(value) is date and value.year >= 1900:  # Excel knows no day before
        return value
    if isinstance(value, datetime) and value.tzinfo is None and value.year >= 1900:
        return value
    return _text(value)

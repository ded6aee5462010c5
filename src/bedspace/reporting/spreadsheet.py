"""Cells for spreadsheets: text that no program runs, numbers that stay numbers, the same bytes.

In CSV, text that could be run gets an apostrophe before it (`plain_csv`); in an Excel file it stays
as it is in a cell of text marked so. Numbers are never touched: -226 stays -226.
"""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bedspace.exceptions import RunError
from bedspace.plain_csv import RUN, as_text

MOST_CHARACTERS = 32_767
"""Characters in a cell of an Excel sheet."""

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP can name, for files that know no clock."""

_DIGITS = 15
"""Digits that Excel keeps of an integer or a decimal."""


def kept(value: object) -> object:
    """The value where an Excel sheet keeps it as it is, otherwise its text."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value if abs(value) < 10**_DIGITS else as_text(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else as_text(value)
    if isinstance(value, Decimal):
        whole = value.is_finite() and len(value.as_tuple().digits) <= _DIGITS
        return value if whole else as_text(value)
    if type(value) is date and value.year >= 1900:  # Excel knows no day before
        return value
    if isinstance(value, datetime) and value.tzinfo is None and value.year >= 1900:
        return value
    return as_text(value)


def cell_text(value: str) -> str:
    """Text that a cell can hold. RunError when it is too long."""
    text = "".join(c for c in value if c in "\t\n" or ord(c) >= 32)  # XML has no other controls
    if len(text) > MOST_CHARACTERS:
        raise RunError(
            f"a cell of {len(text):,} characters does not fit on a sheet, which holds "
            f"{MOST_CHARACTERS:,}: take --csv"
        )
    return text


def put(cell: Any, value: object) -> Any:
    """Fill an openpyxl cell and return it: text is never taken for a formula, not even when the
    cell is edited or copied, since it is marked as text."""
    found = kept(value)
    if not isinstance(found, str):
        cell.value = found
        return cell
    text = cell_text(found)
    cell.value = text
    cell.data_type = "s"
    if text.startswith(RUN):
        cell.quotePrefix = True
    return cell


def openpyxl() -> Any:
    """The library that writes Excel files. RunError when its extra is not installed."""
    try:
        import openpyxl as found
    except ImportError:
        raise RunError(
            "Excel files are written by openpyxl, which is not installed; "
            "install it with: pip install 'bedspace[tables]'"
        ) from None
    return found


def sealed(book: Any) -> bytes:
    """A workbook as bytes that depend on its cells alone: no file in it knows when it was made."""
    book.properties.creator = "bedspace"
    book.properties.created = datetime(*EPOCH)
    raw = io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    core = parts["docProps/core.xml"].decode()
    moment = datetime(*EPOCH).strftime("%Y-%m-%dT%H:%M:%SZ")
    core = re.sub(r"(<dcterms:modified[^>]*>)[^<]*(<)", rf"\g<1>{moment}\g<2>", core)
    return zipped(parts | {"docProps/core.xml": core.encode()})


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Files by their names as a ZIP whose bytes depend on them alone."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3  # as on Unix, whatever the machine is
            archive.writestr(entry, data)
    return made.getvalue()

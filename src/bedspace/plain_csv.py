"""Rows as CSV: text that no spreadsheet runs, numbers that stay numbers, the same bytes everywhere.

A spreadsheet takes text that begins with = + - @ for a formula, and runs it. Such text gets an
apostrophe before it, which says "text" to a person and to most programs. Numbers are never
touched: -226 stays -226.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, time
from decimal import Decimal

RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What the text of a formula can begin with; the last four are the full-width signs, which Excel
takes for the others in some languages."""

Row = Sequence[object]


def guarded(text: str) -> str:
    """The text as it stands in CSV: an apostrophe before what could be run."""
    return f"'{text}" if text.startswith(RUN) else text


def unguarded(text: str) -> str:
    """The text that was guarded, without its apostrophe."""
    return text[1:] if text.startswith("'") and text[1:].startswith(RUN) else text


def comma_separated(columns: Sequence[str], rows: Iterable[Row]) -> str:
    """The rows as CSV (RFC 4180 with line feeds), headings first; what is missing is empty.

    Text, headings too, is `guarded`.
    """
    lines = [csv_line([guarded(column) for column in columns])]
    lines += [csv_line([_field(value) for value in row]) for row in rows]
    return "".join(lines)


def csv_line(fields: Sequence[str]) -> str:
    """Fields as a line of CSV. A carriage return is quoted too, which Python's own writer leaves
    bare where lines end with a line feed."""
    told = [
        '"' + field.replace('"', '""') + '"' if any(c in field for c in ',"\r\n') else field
        for field in fields
    ]
    return (",".join(told) or '""') + "\n"


def _field(value: object) -> str:
    return guarded(value) if isinstance(value, str) else as_text(value)


def as_text(value: object) -> str:
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
        return json.dumps(value, ensure_ascii=False, default=as_text)
    return str(value)

"""What a chart draws, as CSV."""

from __future__ import annotations

from bedspace.appraisal import Chart
from bedspace.reporting.answers import comma_separated

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv(chart: Chart) -> str:
    """Rows and marks of a chart under one heading, `part` telling the two apart (RFC 4180 with line
    feeds). Text that a spreadsheet would run as a formula begins with an apostrophe."""
    parts = [("data", row) for row in chart.rows] + [("mark", mark) for mark in chart.marks]
    columns = list(dict.fromkeys(key for _, row in parts for key in row))
    rows = [[part, *(_safe(row.get(key)) for key in columns)] for part, row in parts]
    return comma_separated(["part", *columns], rows)


def _safe(value: str | float | None) -> str | float | None:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value

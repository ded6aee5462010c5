"""What a chart draws, as CSV."""

from __future__ import annotations

from bedspace.appraisal import Chart
from bedspace.plain_csv import comma_separated


def csv(chart: Chart) -> str:
    """Rows and marks of a chart under one heading, `part` telling the two apart (RFC 4180 with line
    feeds). Text that a spreadsheet would run as a formula begins with an apostrophe."""
    parts = [("data", row) for row in chart.rows] + [("mark", mark) for mark in chart.marks]
    columns = list(dict.fromkeys(key for _, row in parts for key in row))
    rows = [[part, *(row.get(key) for key in columns)] for part, row in parts]
    return comma_separated(["part", *columns], rows)

"""A chart in words: what is drawn, where it begins and ends, what is marked in it."""

from __future__ import annotations

from bedspace.appraisal import Chart, Datum
from bedspace.appraisal.figures import words

_KINDS = {
    "band": "Line chart with bands for 95 % intervals",
    "line": "Line chart",
    "range": "Chart of ranges",
    "bars": "Bar chart",
}

_MOST = 12  # rows or marks told one by one


def describe(chart: Chart) -> str:
    """A text that can stand for the chart; the table beside it has the numbers."""
    axes = ", ".join(title for title in (chart.y_title, chart.x_title) if title)
    parts = [f"{_KINDS[chart.kind]}: {chart.title}."]
    if axes:
        parts.append(f"Axes: {axes}.")
    parts += _told(chart)
    if chart.marks:
        parts.append("Marked: " + "; ".join(_mark(m) for m in chart.marks[:_MOST]) + ".")
    powers, met = words.gates(chart.stamps)
    if powers:
        parts.append(f"Rests on assumed powers: {', '.join(powers)}.")
    if met:
        parts.append(f"Legal gates taken as met: {', '.join(met)}.")
    return " ".join(parts)


def _told(chart: Chart) -> list[str]:
    if chart.kind in ("range", "bars"):
        return ["; ".join(_row(row) for row in chart.rows[:_MOST]) + "."]
    found = []
    for name in dict.fromkeys(row.get("group") for row in chart.rows):
        rows = [row for row in chart.rows if row.get("group") == name]
        first, last = rows[0], rows[-1]
        label = f"{name}: " if name else ""
        found.append(f"{label}{_point(first)}, to {_point(last)}.")
    return found


def _row(row: Datum) -> str:
    group = f" ({row['group']})" if row.get("group") else ""
    if "value" in row:
        return f"{row['label']}{group}: {number(row['value'])}"
    return f"{row['label']}{group}: {number(row['low'])} to {number(row['high'])}"


def _point(row: Datum) -> str:
    if "mid" in row:
        interval = f" ({number(row['low'])} to {number(row['high'])})"
        return f"{number(row['mid'])}{interval} at {number(row['x'])}"
    return f"{number(row['y'])} at {number(row['x'])}"


def _mark(mark: Datum) -> str:
    numbers = [number(mark[key]) for key in ("value", "y", "x") if mark.get(key) is not None]
    return f"{mark.get('label') or 'point'} at {', '.join(numbers)}"


def number(value: str | float | None) -> str:
    """A record's value for reading aloud."""
    if value is None:
        return "not known"
    if isinstance(value, str):
        return value
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:,.2f}".rstrip("0").rstrip(".")

"""A chart in words: what it finds, what is drawn with its numbers, what is marked in it."""

from __future__ import annotations

from bedspace.appraisal import Chart, Datum
from bedspace.appraisal.figures import words

_KINDS = {
    "band": "Line chart with bands for intervals",
    "line": "Line chart",
    "range": "Chart of ranges",
    "bars": "Bar chart",
    "dots": "Dot chart, a dot for each simulated future",
    "strip": "Strips over time",
    "matrix": "Matrix",
}

_MOST = 14  # rows or marks told one by one


def describe(chart: Chart) -> str:
    """A text that can stand for the chart; the table beside it has the numbers."""
    parts = [f"{_KINDS[chart.kind]}: {chart.title.rstrip('.')}."]
    if chart.subject:
        parts.append(f"{chart.subject.rstrip('.')}.")
    else:
        axes = ", ".join(title for title in (chart.y_title, chart.x_title) if title)
        parts += [f"Axes: {axes}."] if axes else []
    parts += _told(chart)
    marks = [mark for mark in map(_mark, chart.marks[:_MOST]) if mark]
    if marks:
        parts.append("Marked: " + "; ".join(marks) + _more(chart.marks) + ".")
    powers, met = words.gates(chart.stamps)
    if powers:
        parts.append(f"Rests on assumed powers: {', '.join(powers)}.")
    if met:
        # A page and a table have them by name, up to dozens: not to be heard at every chart.
        parts.append(f"Open legal conditions taken as met: {len(met)}.")
    return " ".join(parts)


def _told(chart: Chart) -> list[str]:
    if chart.kind in ("range", "bars"):
        return [_listed([_row(chart, row) for row in chart.rows], chart.rows)]
    if chart.kind == "matrix":
        return [_listed([_cell(row) for row in chart.rows], chart.rows)]
    if chart.kind == "dots":
        return [_dots(chart, label) for label in dict.fromkeys(r["label"] for r in chart.rows)]
    found = []
    for name in dict.fromkeys(row.get("group") for row in chart.rows):
        rows = [row for row in chart.rows if row.get("group") == name]
        label = f"{_named(chart, name)}: " if name else ""
        found.append(f"{label}{', to '.join(_course(chart, rows))}.")
    return found


def _course(chart: Chart, rows: list[Datum]) -> list[str]:
    """Where a line begins, where it is furthest from nought or a strip passes half, and its end."""
    first, last = rows[0], rows[-1]
    if chart.kind == "strip":
        half = next((row for row in rows if _height(row) >= 50), last)
        between = half if _height(first) < 50 else first
    else:
        between = max(rows, key=lambda row: abs(_height(row)))
    unit = " %" if chart.kind == "strip" else ""
    course = [first, *([between] if between not in (first, last) else []), last]
    return [_point(row, unit) for row in course]


def _height(row: Datum) -> float:
    return float(row.get("mid", row.get("y")) or 0)


def _listed(told: list[str], rows: tuple[Datum, ...]) -> str:
    return "; ".join(told[:_MOST]) + _more(rows) + "."


def _more(rows: tuple[Datum, ...]) -> str:
    return f"; and {len(rows) - _MOST} more" if len(rows) > _MOST else ""


def _named(chart: Chart, group: str | float | None) -> str:
    return chart.names.get(str(group), str(group)).replace("\n", " ")


def _row(chart: Chart, row: Datum) -> str:
    group = f" ({_named(chart, row['group'])})" if row.get("group") else ""
    if row.get("text"):
        return f"{row['label']}{group}: {row['text']}"
    ends = f"{number(row.get('low'))} to {number(row.get('high'))}"
    if row.get("value") is None:
        return f"{row['label']}{group}: {ends}"
    between = f" ({ends})" if row.get("low") is not None else ""
    return f"{row['label']}{group}: {number(row['value'])}{between}"


def _cell(row: Datum) -> str:
    value = row.get("value")
    share = "not known" if not isinstance(value, int | float) else f"{100 * value:.0f} %"
    return f"{row['row']}, {row['column']}: {row.get('text') or share}"


def _dots(chart: Chart, label: str | float | None) -> str:
    values = [float(row["value"] or 0) for row in chart.rows if row["label"] == label]
    below = sum(value < 0 for value in values)
    return (
        f"{label}: {below} of {len(values)} below nought, from {number(min(values))} to "
        f"{number(max(values))} {chart.x_title}.".replace(" .", ".")
    )


def _point(row: Datum, unit: str = "") -> str:
    if "mid" not in row:
        return f"{number(row['y'])}{unit} at {number(row['x'])}"
    low, high = row.get("low"), row.get("high")
    interval = f" ({number(low)} to {number(high)})" if low is not None else ""
    return f"{number(row['mid'])}{interval} at {number(row['x'])}"


def _mark(mark: Datum) -> str:
    numbers = [number(mark[key]) for key in ("value", "y", "x", "x2") if mark.get(key) is not None]
    if not numbers:
        return ""
    return f"{mark.get('label') or 'point'} at {', '.join(numbers)}"


def number(value: str | float | None) -> str:
    """A record's value for reading aloud."""
    if value is None:
        return "not known"
    if isinstance(value, str):
        return value
    if abs(value) >= 1000:
        return f"{value:,.0f}".replace("-", "−")
    return f"{value:,.2f}".rstrip("0").rstrip(".").replace("-", "−")

"""Cells that are filled by how much they stand for: a matrix, and strips over time."""

from __future__ import annotations

from itertools import pairwise

from bedspace.appraisal import Chart, Datum
from bedspace.reporting.charts.labels import Box
from bedspace.reporting.charts.plot import (
    LINE,
    SMALL,
    TEXT,
    WIDE,
    Plot,
    Spec,
    Word,
    boxes,
    dates,
    lines,
    when,
    wide,
    wrapped,
    write,
    x_axis,
)
from bedspace.reporting.charts.words import groups, named
from bedspace.reporting.palette import INK, ON_DARK, ON_LIGHT, RULE, SOFT, STEPS

EDGES = (0.1, 0.3, 0.5, 0.75)
"""Shares at which the fill of a cell of a matrix grows darker."""

QUARTERS = (0.0, 25.0, 50.0, 75.0)
"""Per cents above which the fill of a strip grows darker."""

_CELL, _STRIP = 34, 30


def matrix(chart: Chart, width: int) -> Spec:
    """A cell for each row and column that meet, darker where its share is larger."""
    rows = list(dict.fromkeys(str(r["row"]) for r in chart.rows))
    columns = list(dict.fromkeys(str(r["column"]) for r in chart.rows))
    column = width >= WIDE
    left = 236 if column else 4
    inner = float(width - left - 4)
    each = min(inner / len(columns), 130)
    heads = [wrapped(name, each - 6, SMALL) for name in columns]
    names = [wrapped(name, left - 16 if column else width - 8, TEXT) for name in rows]
    top = LINE * max(len(h) for h in heads) + 10
    tall = [max(_CELL, LINE * len(n) + 6) if column else _CELL + LINE * len(n) + 8 for n in names]
    height, inner = float(sum(tall)), each * len(columns)
    sides = (0.0, float(len(columns))), (height, 0.0)
    plot = Plot(inner, height, left, width - left - inner, top, 8, *sides)
    told = [
        Word("\n".join(h), each * (i + 0.5), -LINE * len(h) / 2 - 4, "center", SOFT, SMALL)
        for i, h in enumerate(heads)
    ]
    filled: dict[int, list[tuple[float, float, float, float]]] = {}
    empty: list[tuple[float, float, float, float]] = []
    start = 0.0
    known = {(str(r["row"]), str(r["column"])): r for r in chart.rows}
    for name, text, deep in zip(rows, names, tall, strict=True):
        bottom = start + deep
        first = start if column else bottom - _CELL
        if column:
            told.append(Word("\n".join(text), -12, start + deep / 2, "right"))
        else:
            told.append(Word("\n".join(text), 0, start + 8 + LINE * len(text) / 2))
        for i, head in enumerate(columns):
            cell = (i + 0.02, first + 1.5, i + 0.98, bottom - 1.5)
            datum = known.get((name, head))
            if datum is None or datum.get("value") is None:
                empty.append(cell)
                continue
            step = sum(float(datum["value"] or 0) >= edge for edge in EDGES)
            filled.setdefault(step, []).append(cell)
            ink = ON_DARK if step > 2 else ON_LIGHT
            told.append(Word(_says(datum), each * (i + 0.5), (first + bottom) / 2, "center", ink))
        start = bottom
    layers = [layer for s, cells in filled.items() for layer in boxes(plot, cells, STEPS[s], SOFT)]
    layers += lines(plot, [(x, (y + y2) / 2, x2, (y + y2) / 2) for x, y, x2, y2 in empty], RULE)
    return plot.spec([*layers, *write(plot, told)])


def _says(datum: Datum) -> str:
    return str(datum.get("text") or f"{100 * float(datum['value'] or 0):.0f} %")


def strip(chart: Chart, width: int) -> Spec:
    """A strip for each group over time, darker where its per cent is higher; a label where it
    passes a quarter, a half and three quarters, and what it comes to at the end."""
    names = groups(chart) or [""]
    found = {n: [r for r in chart.rows if (r.get("group") or "") == n] for n in names}
    xs = [when(row["x"]) for row in chart.rows]
    room = 50
    inner = width - 16 - room
    deep = LINE * 2 + 22 + _STRIP
    height = float(deep * len(names) + 4)
    plot = Plot(inner, height, 16, room, 4, 26, (min(xs), max(xs)), (height, 0.0))
    layers: list[Spec] = []
    told: list[Word] = []
    for i, (name, rows) in enumerate(found.items()):
        top = deep * (i + 1) - _STRIP
        told.append(Word(named(chart, name), 0, deep * i + 22, "left", INK, TEXT, True))
        for step, first, last in _runs(rows):
            layers += boxes(plot, [(first, top, last, top + _STRIP)], STEPS[step])
        outline = (plot.x[0], top, plot.x[1], top + _STRIP)
        layers += _outlined(plot, outline)
        told += _passed(plot, rows, top)
        end = float(rows[-1]["y"] or 0)
        told.append(Word(f"{end:.0f} %", plot.width + 6, top + _STRIP / 2, "left", INK, TEXT, True))
    layers += x_axis(plot, *dates(*plot.x, 8 if width >= WIDE else 4))
    return plot.spec([*layers, *write(plot, told)])


def _step(row: Datum) -> int:
    return sum(float(row["y"] or 0) > edge for edge in QUARTERS)


def _runs(rows: list[Datum]) -> list[tuple[int, float, float]]:
    """Months of one fill together: the fill, where it begins and where it ends."""
    found: list[tuple[int, float, float]] = []
    for here, there in pairwise(rows):
        step, first, last = _step(there), when(here["x"]), when(there["x"])
        if found and found[-1][0] == step:
            found[-1] = (step, found[-1][1], last)
        else:
            found.append((step, first, last))
    return found


def _outlined(plot: Plot, box: tuple[float, float, float, float]) -> list[Spec]:
    x, y, x2, y2 = box
    sides = [(x, y, x2, y), (x, y2, x2, y2), (x, y, x, y2), (x2, y, x2, y2)]
    return lines(plot, sides, SOFT, 0.8)


def _passed(plot: Plot, rows: list[Datum], top: float) -> list[Word]:
    """The quarters passed, each above where it is, the half first; none on another."""
    told: list[Word] = []
    taken: list[Box] = []
    for edge, text in (
        (50.0, "half"), (25.0, "a quarter"), (75.0, "three quarters"), (0.01, "the first"),
    ):  # fmt: skip
        at = next((when(r["x"]) for r in rows if float(r["y"] or 0) >= edge), None)
        if at is None or at <= plot.x[0]:
            continue
        right, room = plot.right_of(at), wide(text, SMALL)
        right = min(max(right, room / 2), plot.width - room / 2)
        box = Box(right - room / 2 - 4, top - 16, right + room / 2 + 4, top)
        if any(box.meets(other) for other in taken):
            continue
        taken.append(box)
        told.append(Word(text, right, top - 8, "center", SOFT, SMALL))
    return told

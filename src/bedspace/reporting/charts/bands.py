"""People over time: bands of 50, 80 and 95 %, lines, and what was observed."""

from __future__ import annotations

from collections.abc import Sequence

from bedspace.appraisal import Chart, Datum
from bedspace.reporting.charts.labels import Box, along, apart, free
from bedspace.reporting.charts.plot import (
    LINE,
    SMALL,
    TEXT,
    WIDE,
    Plot,
    Spec,
    Word,
    brief,
    dates,
    nice,
    points,
    spelt,
    when,
    wide,
    wrapped,
    write,
    x_axis,
    y_axis,
)
from bedspace.reporting.charts.words import groups, named
from bedspace.reporting.palette import BANDS, DASHES, GROUPS, INK, ON_LIGHT, SOFT

ENDS = (("low", "high"), ("low80", "high80"), ("low50", "high50"))
_OUTER = ("low", "high")
_HELD = ("95 %", "80 %", "50 %")


def band(chart: Chart, width: int) -> Spec:
    """One group with its bands, any others as dashed lines; observed points as diamonds."""
    found = _split(chart)
    names = {name: [line for line in named(chart, name).split("\n") if line] for name in found}
    room = 118 if width >= WIDE else 84
    if not any(names.values()):
        room = 56
    plot, ticks = _ground(chart, width, room)
    layers = y_axis(plot, ticks, [spelt(t, ticks[1] - ticks[0]) for t in ticks])
    layers += x_axis(plot, *dates(*plot.x, 8 if width >= WIDE else 4))
    fan = next((name for name, rows in reversed(found.items()) if "low" in rows[0]), None)
    if fan is not None:
        layers += _fan(plot, found[fan])
    ends = []
    for i, (name, rows) in enumerate(found.items()):
        colour = GROUPS[0] if name == fan else SOFT
        dash = DASHES[0 if name == fan else 1 + i % 5]
        layers.append(_line(plot, rows, "mid", colour, 2.2, dash))
        ends.append((name, colour, float(rows[-1]["mid"] or 0)))
    layers += _told_at_end(plot, chart, ends, names, room)
    if fan is not None and width >= WIDE:
        others = [plot.below_top(value) for name, _, value in ends if name != fan]
        layers += _shares(plot, found[fan][-1], others)
    return plot.spec([*layers, *_points(plot, chart, width)])


def _split(chart: Chart) -> dict[str, list[Datum]]:
    names = groups(chart) or [""]
    return {n: [row for row in chart.rows if (row.get("group") or "") == n] for n in names}


def _ground(chart: Chart, width: int, room: float) -> tuple[Plot, list[float]]:
    keys = ("low", "mid", "high")
    values = [float(row[k] or 0) for row in chart.rows for k in keys if k in row]
    values += [float(mark["y"] or 0) for mark in chart.marks]
    low, high = min(values), max(values)
    # A scale from nought would press a large population that changes little into one line.
    if 0 < low < 0.55 * high or (low > 0 and not any("low" in r for r in chart.rows)):
        low = 0.0
    ticks = nice(low, high, 6 if width >= WIDE else 5)
    left = 10 + max(wide(spelt(t, ticks[1] - ticks[0]), SMALL) for t in ticks)
    xs = [when(row["x"]) for row in (*chart.rows, *chart.marks)]
    height = 300 if width >= WIDE else 250
    plot = Plot(
        width - left - room, height, left, room, 8, 26, (min(xs), max(xs)), (ticks[0], ticks[-1])
    )
    return plot, ticks


def _fan(plot: Plot, rows: Sequence[Datum]) -> list[Spec]:
    layers = []
    for (low, high), fill in zip(ENDS, BANDS, strict=True):
        if low not in rows[0]:
            continue
        values = [{"x": when(r["x"]), "low": r[low], "high": r[high]} for r in rows]
        encoding = {"x": plot.along(), "y": plot.along("low", "y"), "y2": {"field": "high"}}
        mark = {"type": "area", "color": fill, "opacity": 1}
        layers.append({"data": {"values": values}, "mark": mark, "encoding": encoding})
    return [*layers, *(_line(plot, rows, end, GROUPS[0], 0.7, DASHES[0]) for end in _OUTER)]


def _shares(plot: Plot, last: Datum, others: Sequence[float]) -> list[Spec]:
    """What the bands hold, at their end, where each is thick enough for it and no other line
    ends there."""
    told = []
    for (_, high), (_, inner), text in zip(ENDS, (*ENDS[1:], ("", "mid")), _HELD, strict=True):
        if high not in last or inner not in last:
            continue
        top, bottom = (plot.below_top(float(last[key] or 0)) for key in (high, inner))
        middle = (top + bottom) / 2
        if bottom - top >= SMALL + 1 and all(abs(middle - other) > SMALL for other in others):
            told.append(Word(text, plot.width - 5, middle, "right", ON_LIGHT, SMALL))
    return write(plot, told)


def _line(
    plot: Plot, rows: Sequence[Datum], key: str, colour: str, thick: float, dash: Sequence[int]
) -> Spec:
    mark: Spec = {"type": "line", "color": colour, "strokeWidth": thick}
    if dash[1]:
        mark["strokeDash"] = list(dash)
    return {
        "data": {"values": [{"x": when(r["x"]), "y": r[key]} for r in rows]},
        "mark": mark,
        "encoding": {"x": plot.along(), "y": plot.along("y", "y")},
    }


def _told_at_end(
    plot: Plot,
    chart: Chart,
    ends: Sequence[tuple[str, str, float]],
    names: dict[str, list[str]],
    room: float,
) -> list[Spec]:
    """Each line's name to the right of its end, moved apart where they are near; its last value
    with it, unless the title tells of another day."""
    last = not any(mark.get("group") == "told" for mark in chart.marks)
    texts = []
    for name, _, value in ends:
        lines = [part for line in names[name] for part in wrapped(line, room - 12, TEXT, True)]
        texts.append([*lines, *([brief(value)] if last else [])])
    heights = [plot.below_top(value) for _, _, value in ends]
    places = apart(heights, [LINE * len(text) + 4 for text in texts], (-4, plot.height + 8))
    told = [
        Word("\n".join(text), plot.width + 8, place, "left", colour, TEXT, True)
        for text, place, (_, colour, _) in zip(texts, places, ends, strict=True)
    ]
    return write(plot, told)


def _points(plot: Plot, chart: Chart, width: int) -> list[Spec]:
    """The point that the title tells of, and observed points in ink, for they belong to no
    simulation; hollow where no day is given. An observed point has its label at it or none: the
    table has every one."""
    told = [mark for mark in chart.marks if mark.get("group") == "told"]
    seen = [mark for mark in chart.marks if mark.get("group") != "told"]
    layers = points(plot, [_place(mark) for mark in told], GROUPS[0], 90)
    for hollow in (False, True):
        alike = [mark for mark in seen if ("no day" in str(mark.get("group"))) is hollow]
        layers += points(plot, [_place(mark) for mark in alike], INK, 70, "diamond", hollow)
    spots = [(plot.right_of(x), plot.below_top(y)) for x, y in map(_place, (*told, *seen))]
    taken = [Box(x - 6, y - 6, x + 6, y + 6) for x, y in spots]
    for rows in _split(chart).values():
        taken += along([(plot.right_of(when(r["x"])), plot.below_top(_mid(r))) for r in rows])
    words = []
    for mark, spot in zip(told, spots, strict=False):
        words += _label(plot, str(mark["label"]), spot, taken, GROUPS[0])
    # The first and the last are named before those between.
    order = sorted(range(len(told), len(spots)), key=lambda i: (len(told) < i < len(spots) - 1, -i))
    named: list[Word] = []
    for i in order:
        text = brief(_place(seen[i - len(told)])[1]) + ("" if named else " observed")
        if len(named) < (5 if width >= WIDE else 2):
            named += _label(plot, text, spots[i], taken, INK)
    return [*layers, *write(plot, [*words, *named])]


def _mid(row: Datum) -> float:
    return float(row["mid"] or 0)


def _place(mark: Datum) -> tuple[float, float]:
    return when(mark["x"]), float(mark["y"] or 0)


def _label(
    plot: Plot, text: str, spot: tuple[float, float], taken: list[Box], colour: str
) -> list[Word]:
    """The label of a point where there is room for it, which is then taken."""
    found = free(spot, wide(text, SMALL), taken, plot.width, plot.height)
    if found is None:
        return []
    right, down, box = found
    taken.append(box)
    return [Word(text, right, down, "left", colour, SMALL, colour != INK)]

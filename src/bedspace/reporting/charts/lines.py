"""Lines over time or over a number, each with its name at its end."""

from __future__ import annotations

from collections.abc import Sequence

from bedspace.appraisal import Chart, Datum
from bedspace.reporting.charts.labels import Box, along, apart, levels
from bedspace.reporting.charts.plot import (
    SMALL,
    TEXT,
    WIDE,
    Plot,
    Spec,
    Word,
    boxes,
    dates,
    nice,
    spelt,
    when,
    wide,
    wrapped,
    write,
    x_axis,
    y_axis,
)
from bedspace.reporting.charts.plot import lines as straight
from bedspace.reporting.charts.words import groups, named
from bedspace.reporting.palette import DASHES, GROUPS, INK, PALE, SOFT

_MOST_BIG = 6  # lines whose names may stand on several lines


def line(chart: Chart, width: int) -> Spec:
    """Every group as a line; stretches, levels and upright lines as the marks say."""
    names = groups(chart)
    room = _room(chart, width, names)
    plot, ticks, up = _ground(chart, width, room)
    step = ticks[1] - ticks[0]
    layers = _stretches(plot, chart)
    layers += y_axis(plot, ticks, [spelt(t, step) for t in ticks])
    layers += _level_axis(plot, chart, width)
    looks = [
        # Another round of colours begins one dash further on, so that no two lines look alike.
        (GROUPS[i % len(GROUPS)], DASHES[(i + i // len(GROUPS)) % len(DASHES)])
        for i in range(len(names) or 1)
    ]
    rows = {n: [r for r in chart.rows if (r.get("group") or "") == n] for n in names or [""]}
    for mine, (colour, dash) in zip(rows.values(), looks, strict=True):
        mark: Spec = {"type": "line", "color": colour, "strokeWidth": 2.4}
        if dash[1]:
            mark["strokeDash"] = list(dash)
        values = [{"x": when(r["x"]), "y": r["y"]} for r in mine]
        encoding = {"x": plot.along(), "y": plot.along("y", "y")}
        layers.append({"data": {"values": values}, "mark": mark, "encoding": encoding})
    layers += _marked(plot, chart, width, up)
    if room > 20:
        layers += _names(plot, chart, rows, [colour for colour, _ in looks], room)
    return plot.spec(layers)


def _room(chart: Chart, width: int, names: Sequence[str]) -> float:
    """Room at the right for the names of the lines; one line needs none, many stand on one line."""
    if len(names) < 2:
        return 16
    longest = max(wide(named(chart, name), TEXT, True) for name in names) + 16
    if len(names) > _MOST_BIG:
        return min(longest, 190 if width >= WIDE else 150)
    return min(longest, 170 if width >= WIDE else 104)


def _ground(chart: Chart, width: int, room: float) -> tuple[Plot, list[float], list[int]]:
    values = [float(row["y"] or 0) for row in chart.rows]
    values += [float(m["value"] or 0) for m in chart.marks if m.get("value") is not None]
    low, high = min(values), max(values)
    low = 0.0 if 0 < low < 0.6 * high else low
    ticks = nice(low, high, 6 if width >= WIDE else 5)
    left = 10 + max(wide(spelt(t, ticks[1] - ticks[0]), SMALL) for t in ticks)
    xs = [when(row["x"]) for row in chart.rows]
    across = (min(xs), max(xs))
    inner = width - left - room
    up = _levels(chart, across, inner)
    top = 10 + LIFT * (1 + max(up, default=-1))
    height = 270 if width >= WIDE else 230
    titled = 20 if chart.x_title and not _is_dated(chart) else 0
    plot = Plot(inner, height, left, room, top, 26 + titled, across, (ticks[0], ticks[-1]))
    return plot, ticks, up


LIFT = 16
"""Height of a line of the labels above the box."""


def _is_dated(chart: Chart) -> bool:
    return isinstance(chart.rows[0]["x"], str)


def _upright(chart: Chart) -> list[Datum]:
    return [m for m in chart.marks if m.get("x") is not None]


def _middle(mark: Datum) -> float:
    ends = [when(mark["x"]), when(mark.get("x2") or mark["x"])]
    return sum(ends) / 2


def _levels(chart: Chart, across: tuple[float, float], inner: float) -> list[int]:
    marks = _upright(chart)
    first, last = across
    places = [(_middle(m) - first) / ((last - first) or 1) * inner for m in marks]
    return levels(places, [wide(str(m.get("label") or ""), SMALL) for m in marks])


def _level_axis(plot: Plot, chart: Chart, width: int) -> list[Spec]:
    if _is_dated(chart):
        return x_axis(plot, *dates(*plot.x, 8 if width >= WIDE else 4))
    first, last = plot.x
    ticks = [t for t in nice(first, last, 6) if first <= t <= last]
    step = ticks[1] - ticks[0] if len(ticks) > 1 else 1
    share = "share" in chart.x_title
    told = [f"{100 * t:.0f} %" if share else spelt(t, step) for t in ticks]
    title = Word(chart.x_title, plot.width / 2, plot.height + 36, "center", SOFT, SMALL)
    return [*x_axis(plot, ticks, told), *write(plot, [title] if chart.x_title else [])]


def _stretches(plot: Plot, chart: Chart) -> list[Spec]:
    low, high = plot.y
    found = [m for m in _upright(chart) if m.get("x2") is not None]
    return boxes(plot, [(when(m["x"]), low, when(m["x2"]), high) for m in found], PALE)


def _marked(plot: Plot, chart: Chart, width: int, up: Sequence[int]) -> list[Spec]:
    """Upright lines with their labels above the box, level ones with theirs upon them."""
    (first, last), (low, high) = plot.x, plot.y
    upright = _upright(chart)
    words, ends = [], []
    for mark, lifted in zip(upright, up, strict=True):
        label = str(mark.get("label") or "")
        half = wide(label, SMALL) / 2
        right = plot.right_of(_middle(mark))
        right = min(max(right, half - plot.left + 2), plot.width + plot.right - half - 2)
        words.append(Word(label, right, -10 - LIFT * lifted, "center", INK, SMALL))
        if mark.get("x2") is None:
            ends.append((when(mark["x"]), low, when(mark["x"]), high))
    level = [m for m in chart.marks if m.get("x") is None and m.get("value") is not None]
    words += [_on_level(plot, chart, mark, [x for x, *_ in ends]) for mark in level]
    across = [(first, float(m["value"] or 0), last, float(m["value"] or 0)) for m in level]
    return [*straight(plot, [*ends, *across], INK, 1.2, (4, 3)), *write(plot, words)]


def _on_level(plot: Plot, chart: Chart, mark: Datum, upright: Sequence[float]) -> Word:
    """The label of a level line: at either end, above or below, where nothing else is."""
    label, down = str(mark.get("label") or ""), plot.below_top(float(mark["value"] or 0))
    room, taken = wide(label, SMALL), []
    for name in groups(chart) or [""]:
        rows = [row for row in chart.rows if (row.get("group") or "") == name]
        places = [(plot.right_of(when(r["x"])), plot.below_top(float(r["y"] or 0))) for r in rows]
        taken += along(places)
    taken += [Box(plot.right_of(x) - 3, 0, plot.right_of(x) + 3, plot.height) for x in upright]
    found: list[tuple[int, int, float, float]] = []
    for left in (plot.width - 4 - room, 4.0):
        for middle in (down - 9, down + 11):
            box = Box(left, middle - 7, left + room, middle + 7)
            met = sum(box.meets(other) for other in taken)
            # Labels of upright lines stand above the box, so none of a level one does.
            found.append((met + 99 * (middle < LIFT / 2), len(found), left, middle))
    *_, left, middle = min(found)
    return Word(label, left, middle, "left", INK, SMALL)


def _names(
    plot: Plot,
    chart: Chart,
    rows: dict[str, list[Datum]],
    colours: Sequence[str],
    room: float,
) -> list[Spec]:
    size = TEXT if len(rows) <= _MOST_BIG else SMALL
    most = 4 if len(rows) <= _MOST_BIG else 1
    texts = [wrapped(named(chart, name), room - 14, size, True, most) for name in rows]
    heights = [plot.below_top(float(mine[-1]["y"] or 0)) for mine in rows.values()]
    tall = [16 * len(text) + 2 for text in texts]
    places = apart(heights, tall, (-plot.top, plot.height + plot.bottom - 4))
    told = [
        Word("\n".join(text), plot.width + 8, place, "left", colour, size, True)
        for text, place, colour in zip(texts, places, colours, strict=True)
    ]
    return write(plot, told)

"""Rows one under the other: ranges, bars, and futures as dots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bedspace.appraisal import Chart, Datum
from bedspace.reporting.charts.labels import levels
from bedspace.reporting.charts.plot import (
    LINE,
    SMALL,
    TEXT,
    WIDE,
    Plot,
    Spec,
    Word,
    boxes,
    brief,
    lines,
    nice,
    points,
    scale_of,
    spelt,
    wide,
    wrapped,
    write,
    x_axis,
)
from bedspace.reporting.charts.words import groups, named
from bedspace.reporting.palette import GAIN, GROUPS, INK, LOSS, RULE, SOFT

_AXIS = 26  # room below the box for the ticks
_COLUMN = 232  # room at the left for the labels of a desk's drawing
_BAR = 18
_DOTS = 92  # height of the dots of one row
_MEANT = {"paid": LOSS, "avoided": GAIN, "a loss": LOSS, "a saving": GAIN}


@dataclass(frozen=True)
class _Row:
    """One label with all its data, where its words stand, and the middle of each datum."""

    data: list[Datum]
    words: list[Word]
    middles: list[float]
    bottom: float


def ranges(chart: Chart, width: int) -> Spec:
    """Each row from low to high with its middle, if it has one; what it says stands at its label.
    One that is open goes on beyond the axis."""
    found = _rows(chart, width, told=True)
    plot, ticks = _ground(chart, width, found, 18)
    stretches = _stretches(plot, found)
    layers = _axis(plot, ticks, stretches)
    colours = _colours(chart)
    for row in found:
        for datum, middle in zip(row.data, row.middles, strict=True):
            goes_on = datum.get("open") == "high"
            last = plot.x[1]
            low = min(float(datum["low"] or 0), last)
            high = last if goes_on else float(datum["high"] or 0)
            y = plot.at(0, middle)[1]
            colour = colours[str(datum.get("group") or "")]
            layers += lines(plot, [(low, y, high, y)], colour, 7)
            if goes_on:
                layers += points(plot, [(last, y)], colour, 200, "triangle-right")
            if datum.get("value") is not None:
                layers += points(plot, [(float(datum["value"] or 0), y)], colour, 190)
        layers += write(plot, row.words)
    return plot.spec([*layers, *_across(plot, chart, stretches)])


def bars(chart: Chart, width: int) -> Spec:
    """Each row from nought to its value, with its interval where it has one."""
    found = _rows(chart, width, told=False)
    several = len(found) < len(chart.rows)
    texts = {id(d): _at_bar(chart, d, several) for row in found for d in row.data}
    room = 12 + max(wide(text, TEXT, True) for text in texts.values())
    plot, ticks = _ground(chart, width, found, room)
    stretches = _stretches(plot, found)
    layers = _axis(plot, ticks, stretches)
    colours = _colours(chart)
    for row in found:
        for datum, middle in zip(row.data, row.middles, strict=True):
            value, thick = float(datum["value"] or 0), _BAR / 2
            colour = colours[str(datum.get("group") or "")]
            top, bottom = plot.at(0, middle - thick)[1], plot.at(0, middle + thick)[1]
            layers += boxes(plot, [(0.0, top, value, bottom)], colour)
            end, y = value, plot.at(0, middle)[1]
            if datum.get("low") is not None:
                low, end = float(datum["low"] or 0), max(value, float(datum["high"] or 0))
                layers += lines(plot, [(low, y, float(datum["high"] or 0), y)], INK, 1.4)
            text = texts[id(datum)]
            told = Word(text, plot.right_of(end) + 6, middle, "left", INK, TEXT, True)
            layers += write(plot, [told])
        layers += write(plot, row.words)
    return plot.spec([*layers, *_across(plot, chart, stretches)])


def _at_bar(chart: Chart, datum: Datum, several: bool) -> str:
    text = str(datum.get("text") or brief(float(datum["value"] or 0)))
    return f"{text} {named(chart, datum.get('group'))}" if several else text


def dots(chart: Chart, width: int) -> Spec:
    """Every future as a dot on a line with nought; a mark says how many are on either side."""
    labels = list(dict.fromkeys(str(row["label"]) for row in chart.rows))
    values = {n: [float(r["value"] or 0) for r in chart.rows if r["label"] == n] for n in labels}
    every = [0.0, *(v for mine in values.values() for v in mine)]
    size, word = scale_of(every)
    most = 7 if width >= WIDE else 5
    ticks = [t * size for t in nice(min(every) / size, max(every) / size, most)]
    side = 14
    inner = width - 2 * side
    head = LINE * 2 + 22
    height = len(labels) * (head + _DOTS)
    plot = Plot(inner, height, side, side, 4, _AXIS + 20, (ticks[0], ticks[-1]), (height, 0.0))
    words = [spelt(t / size, (ticks[1] - ticks[0]) / size) for t in ticks]
    layers = x_axis(plot, ticks, words)
    low, high = plot.x
    unit = f"{chart.x_title} {word}".strip()
    told = [Word(unit, plot.width / 2, plot.height + 36, "center", SOFT, SMALL)]
    layers += lines(plot, [(0.0, 30.0, 0.0, height)], INK, 1.4)
    for i, label in enumerate(labels):
        floor = (i + 1) * (head + _DOTS)
        layers += lines(plot, [(low, floor, high, floor)], RULE if i + 1 < len(labels) else SOFT)
        spots, radius = _stacked(plot, values[label])
        for colour, sign in ((LOSS, -1), (GAIN, 1)):
            mine = [(x, floor - down) for x, down, v in spots if (v < 0) == (sign < 0)]
            layers += points(plot, mine, colour, 3.14159 * (radius * 0.92) ** 2)
        top = i * (head + _DOTS)
        told.append(Word(label, 0, top + 20, "left", INK, TEXT, True))
        told += _sides(plot, chart, label, top + 22 + LINE)
    return plot.spec([*layers, *write(plot, told)])


def _stacked(plot: Plot, values: Sequence[float]) -> tuple[list[tuple[float, float, float]], float]:
    """Dots heaped where they would lie on each other: where each stands, how far up, and what it
    is; and their radius, the largest with which the highest heap has room."""
    for radius in (7.0, 6.0, 5.0, 4.0, 3.0, 2.2, 1.6):
        heaps: dict[float, int] = {}
        spots = []
        for value in sorted(values):
            # Heaps do not reach over nought: a dot on the wrong side of it would tell a lie.
            step = 2 * radius
            zero = plot.right_of(0.0)
            cell = (plot.right_of(value) - zero) // step
            place = zero + (cell + 0.5) * step
            heaps[place] = heaps.get(place, 0) + 1
            up = (heaps[place] - 0.5) * step
            spots.append((plot.at(place, 0)[0], up, value))
        if max(heaps.values()) * 2 * radius <= _DOTS - 6:
            break
    return spots, radius


def _sides(plot: Plot, chart: Chart, label: str, down: float) -> list[Word]:
    """How many dots lie on either side of nought, in words beside it."""
    mark = next((m for m in chart.marks if m.get("label") == label), None)
    if mark is None:
        return []
    below, above = (str(mark.get(key) or "") for key in ("below", "above"))
    zero = plot.right_of(0.0)
    told = []
    if below:
        room = wide(below, TEXT)
        fits = zero - 8 >= room
        told.append(Word(below, zero - 8 if fits else 0, down, "right" if fits else "left", LOSS))
    if above:
        room = wide(above, TEXT)
        fits = plot.width - zero - 8 >= room
        at, align = (zero + 8, "left") if fits else (plot.width, "right")
        told.append(Word(above, at, down, align, GAIN))
    return told


def _colours(chart: Chart) -> dict[str, str]:
    names = groups(chart)
    each = {name: GROUPS[i % len(GROUPS)] for i, name in enumerate(names)}
    return {"": GROUPS[0]} | each | {name: _MEANT[name] for name in names if name in _MEANT}


def _rows(chart: Chart, width: int, told: bool) -> list[_Row]:
    """Where every row stands: labels in a column at the left of a desk's drawing, above their marks
    on a phone's. `told`: what a datum says stands with its label."""
    by_label: dict[str, list[Datum]] = {}
    for row in chart.rows:
        by_label.setdefault(str(row["label"]), []).append(row)
    column = width >= WIDE
    room = _COLUMN - 16 if column else width - 8
    right = -14.0 if column else 0.0
    align = "right" if column else "left"
    found, top = [], 6.0
    for label, data in by_label.items():
        colours = _colours(chart)
        heads = [(line, INK, False) for line in wrapped(label, room, TEXT)]
        if told:
            for datum in data:
                text, colour = _says(datum), colours[str(datum.get("group") or "")]
                heads += [(line, colour, True) for line in wrapped(text, room, TEXT, True)]
        marks = (_BAR + 6) * len(data)
        tall = max(LINE * len(heads), marks) if column else LINE * len(heads) + marks
        first = top + (tall - LINE * len(heads)) / 2 if column else top
        words = [
            Word(text, right, first + LINE * (i + 0.5), align, colour, TEXT, bold)
            for i, (text, colour, bold) in enumerate(heads)
        ]
        start = top + (tall - marks) / 2 if column else top + LINE * len(heads) + 2
        middles = [start + (_BAR + 6) * (i + 0.5) for i in range(len(data))]
        top += tall + (12 if column else 10)
        found.append(_Row(data, words, middles, top - 6))
    return found


def _says(datum: Datum) -> str:
    if datum.get("text"):
        return str(datum["text"])
    ends = f"{brief(float(datum['low'] or 0))} to {brief(float(datum['high'] or 0))}"
    if datum.get("value") is None:
        return ends
    return f"{brief(float(datum['value'] or 0))} ({ends})"


def _ground(
    chart: Chart, width: int, rows: Sequence[_Row], room: float
) -> tuple[Plot, list[float]]:
    values = [float(row[key] or 0) for row in chart.rows for key in ("low", "high", "value")
              if row.get(key) is not None]  # fmt: skip
    values += [float(m["value"] or 0) for m in chart.marks]
    # What goes on without end stretches the axis to where it begins, unless that is far out.
    closed = max((float(row["high"] or 0) for row in chart.rows if row.get("high") is not None),
                 default=0.0)  # fmt: skip
    closed = max(closed, *(float(m["value"] or 0) for m in chart.marks), 0.0)
    values = [v for v in values if v <= 3 * closed or chart.kind != "range"]
    low, high = min(0.0, *values), max(0.0, *values)
    size, _ = scale_of([low, high])
    column = width >= WIDE
    ticks = [t * size for t in nice(low / size, high / size, 6 if column else 5)]
    left = _COLUMN if column else 8
    height = rows[-1].bottom
    inner = width - left - room
    # Bars end where the longest does, not at the tick beyond it.
    across = (ticks[0] if low < 0 else 0.0, high if chart.kind == "bars" else ticks[-1])
    top = 8 + 16 * (1 + max(_lifted(chart, across, inner), default=-1))
    return Plot(inner, height, left, room, top, _AXIS, across, (height, 0.0)), ticks


def _stretches(plot: Plot, rows: Sequence[_Row]) -> list[tuple[float, float]]:
    """Where upright lines stand: all the way, but on a phone's drawing not through its labels."""
    if plot.left >= _COLUMN:
        return [(0.0, plot.height)]
    half = _BAR / 2 + 4
    return [(row.middles[0] - half, row.middles[-1] + half) for row in rows]


def _axis(
    plot: Plot, ticks: Sequence[float], stretches: Sequence[tuple[float, float]]
) -> list[Spec]:
    shown = [t for t in ticks if plot.x[0] <= t <= plot.x[1]]
    size, word = scale_of(list(plot.x))
    step = (ticks[1] - ticks[0]) / size
    words = [spelt(t / size, step) for t in shown]
    if word:
        words[-1] += f" {word}"
    grid = lines(plot, [(t, a, t, b) for t in shown for a, b in stretches])
    nought = lines(plot, [(0.0, a, 0.0, b) for a, b in stretches], SOFT, 1.3)
    return [*x_axis(plot, shown, words), *grid, *nought]


def _lifted(chart: Chart, across: tuple[float, float], inner: float) -> list[int]:
    first, last = across
    places = [(float(m["value"] or 0) - first) / ((last - first) or 1) * inner for m in chart.marks]
    return levels(places, [wide(str(m.get("label") or ""), SMALL) for m in chart.marks])


def _across(plot: Plot, chart: Chart, stretches: Sequence[tuple[float, float]]) -> list[Spec]:
    """Lines through all rows with their labels above."""
    if not chart.marks:
        return []
    ends, words = [], []
    up = _lifted(chart, plot.x, plot.width)
    for mark, level in zip(chart.marks, up, strict=True):
        value = float(mark["value"] or 0)
        # The line goes up to its label, past those that stand lower.
        ends.append((value, -6 - 16.0 * level, value, min(stretches[0][0], 4.0)))
        ends += [(value, a, value, b) for a, b in stretches]
        label = str(mark.get("label") or "")
        half = wide(label, SMALL) / 2
        right = min(max(plot.right_of(value), half - plot.left), plot.width + plot.right - half)
        words.append(Word(label, right, -13 - 16.0 * level, "center", INK, SMALL))
    return [*lines(plot, ends, INK, 1.2, (4, 3)), *write(plot, words)]

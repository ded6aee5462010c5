"""The ground a chart is drawn on: its box, its axes, the words in it; distances in px.

Everything is laid out here rather than by Vega, so that a drawing has the same size and the same
words on every machine, and so that labels stand where the marks are and no legend is needed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bedspace.reporting.palette import INK, RULE, SOFT

Spec = dict[str, Any]

WIDE, NARROW = 720, 350
"""Widths of the two drawings of each chart, px: a desk's and a phone's."""

FONT = "Helvetica, Arial, sans-serif"

SMALL, TEXT, LINE = 12, 13, 16
"""Sizes of axis words and of labels, and the height of a line of a label."""


@dataclass(frozen=True)
class Plot:
    """The box in which marks stand, the room around it, and what its sides stand for.

    `x` and `y` are the values at the left and right, and at the bottom and top.
    """

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    x: tuple[float, float]
    y: tuple[float, float]

    def right_of(self, value: float) -> float:
        """How far a value of the level axis is from the left of the box."""
        first, last = self.x
        return (value - first) / ((last - first) or 1) * self.width

    def below_top(self, value: float) -> float:
        """How far a value of the upright axis is from the top of the box."""
        low, high = self.y
        return (high - value) / ((high - low) or 1) * self.height

    def at(self, right: float, down: float) -> tuple[float, float]:
        """The values that stand so far right of the left and below the top."""
        first, last = self.x
        low, high = self.y
        return (
            first + right / self.width * (last - first),
            high - down / self.height * (high - low),
        )

    def along(self, field: str = "x", axis: str = "x") -> Spec:
        """The encoding of a field on one of the axes."""
        domain = list(self.x if axis == "x" else self.y)
        scale = {"domain": domain, "nice": False, "zero": False}
        return {"field": field, "type": "quantitative", "scale": scale, "axis": None}

    def spec(self, layers: Sequence[Spec]) -> Spec:
        """The whole specification, nothing drawn but the layers."""
        return {
            "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
            "width": round(self.width, 1),
            "height": round(self.height, 1),
            "autosize": "none",
            "padding": {
                "left": self.left, "right": self.right, "top": self.top, "bottom": self.bottom,
            },
            "config": {"background": None, "view": {"stroke": None}, "font": FONT, "aria": False},
            "layer": list(layers),
        }  # fmt: skip


@dataclass(frozen=True)
class Word:
    """A label in the box, so far right of its left and below its top, lines apart by a newline."""

    text: str
    right: float
    down: float
    align: str = "left"
    colour: str = INK
    size: int = TEXT
    bold: bool = False
    baseline: str = "middle"


def write(plot: Plot, words: Sequence[Word]) -> list[Spec]:
    """Labels as layers, those that look alike in one."""
    alike: dict[tuple[Any, ...], list[Spec]] = {}
    for word in words:
        x, y = plot.at(word.right, word.down)
        lines = word.text.count("\n")
        # Lines go down from the first, which is raised so that all stand in the middle of the row.
        up = LINE * lines / 2 if word.baseline == "middle" else 0
        if word.baseline == "bottom":
            up = LINE * lines
        look = (word.align, word.colour, word.size, word.bold, word.baseline, up)
        alike.setdefault(look, []).append({"x": x, "y": y, "text": word.text})
    layers = []
    for (align, colour, size, bold, baseline, up), rows in alike.items():
        mark = {
            "type": "text", "align": align, "color": colour, "fontSize": size, "font": FONT,
            "fontWeight": "bold" if bold else "normal", "baseline": baseline, "dy": -up,
            "lineBreak": "\n", "lineHeight": LINE,
        }  # fmt: skip
        encoding = {
            "x": plot.along(),
            "y": plot.along("y", "y"),
            "text": {"field": "text", "type": "nominal"},
        }
        layers.append({"data": {"values": rows}, "mark": mark, "encoding": encoding})
    return layers


def lines(
    plot: Plot,
    ends: Sequence[tuple[float, float, float, float]],
    colour: str = RULE,
    thick: float = 1,
    dash: Sequence[int] = (),
) -> list[Spec]:
    """Straight lines as a layer, each from (x, y) to (x2, y2) in values."""
    if not ends:
        return []
    rows = [{"x": a, "y": b, "x2": c, "y2": d} for a, b, c, d in ends]
    mark = {"type": "rule", "color": colour, "strokeWidth": thick}
    if dash:
        mark["strokeDash"] = list(dash)
    encoding = {
        "x": plot.along(), "y": plot.along("y", "y"), "x2": {"field": "x2"}, "y2": {"field": "y2"},
    }  # fmt: skip
    return [{"data": {"values": rows}, "mark": mark, "encoding": encoding}]


def boxes(
    plot: Plot, sides: Sequence[tuple[float, float, float, float]], colour: str, line: str = ""
) -> list[Spec]:
    """Filled boxes as a layer, each from (x, y) to (x2, y2) in values."""
    if not sides:
        return []
    rows = [{"x": a, "y": b, "x2": c, "y2": d} for a, b, c, d in sides]
    mark: Spec = {"type": "rect", "color": colour}
    if line:
        mark |= {"stroke": line, "strokeWidth": 0.8}
    encoding = {
        "x": plot.along(), "y": plot.along("y", "y"), "x2": {"field": "x2"}, "y2": {"field": "y2"},
    }  # fmt: skip
    return [{"data": {"values": rows}, "mark": mark, "encoding": encoding}]


def points(
    plot: Plot,
    places: Sequence[tuple[float, float]],
    colour: str,
    size: float,
    shape: str = "circle",
    hollow: bool = False,
) -> list[Spec]:
    """Marks at (x, y) in values as a layer; `size` is in square px, as Vega has it."""
    if not places:
        return []
    rows = [{"x": x, "y": y} for x, y in places]
    mark: Spec = {"type": "point", "shape": shape, "size": size, "color": colour, "opacity": 1}
    mark |= {"filled": not hollow, "strokeWidth": 1.5 if hollow else 0}
    encoding = {"x": plot.along(), "y": plot.along("y", "y")}
    return [{"data": {"values": rows}, "mark": mark, "encoding": encoding}]


def y_axis(plot: Plot, ticks: Sequence[float], words: Sequence[str]) -> list[Spec]:
    """Level lines across the box with what they stand for at the left; nought is darker."""
    first, last = plot.x
    plain = [(first, t, last, t) for t in ticks if t or plot.y[0] == 0]
    nought = [(first, t, last, t) for t in ticks if not t and plot.y[0] != 0]
    told = [
        Word(text, -8, plot.below_top(t), "right", SOFT, SMALL)
        for t, text in zip(ticks, words, strict=True)
    ]
    return [*lines(plot, plain), *lines(plot, nought, SOFT, 1.3), *write(plot, told)]


def x_axis(plot: Plot, ticks: Sequence[float], words: Sequence[str]) -> list[Spec]:
    """What the ticks stand for, below the box."""
    told, ends = [], -math.inf
    for t, text in zip(ticks, words, strict=True):
        right, half = plot.right_of(t), wide(text, SMALL) / 2
        right = min(max(right, half - plot.left), plot.width + plot.right - half)
        if right - half > ends + 6:
            told.append(Word(text, right, plot.height + 15, "center", SOFT, SMALL))
            ends = right + half
    return write(plot, told)


def nice(low: float, high: float, most: int) -> list[float]:
    """Round numbers from at or below `low` to at or above `high`, at most about `most`."""
    if low == high:
        low, high = (low - 1, high + 1) if low else (0.0, 1.0)
    raw = (high - low) / max(most - 1, 1)
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * m for m in (1, 2, 2.5, 5, 10) if power * m >= raw * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [float(f"{i * step:.12g}") for i in range(first, last + 1)]


def years(first: float, last: float, most: int) -> list[float]:
    """Whole years from `first` to `last`, at most so many."""
    every = range(math.ceil(first - 1e-9), math.floor(last + 1e-9) + 1)
    step = next((s for s in (1, 2, 5, 10, 20, 50) if len(every) / s <= most), 100)
    return [float(y) for y in every if y % step == 0] or [float(y) for y in every[:1]]


def dates(first: float, last: float, most: int) -> tuple[list[float], list[str]]:
    """Where years begin, or months where there are few years, and what they are called."""
    if last - first > 2.5:
        every = years(first, last, most)
        return every, [f"{year:.0f}" for year in every]
    months = range(math.ceil(12 * first - 1e-6), math.floor(12 * last + 1e-6) + 1)
    step = next((s for s in (1, 2, 3, 6) if len(months) / s <= most), 12)
    kept = [month for month in months if month % step == 0] or list(months[:1])
    return [month / 12 for month in kept], [f"{_MONTHS[m % 12]} {m // 12}" for m in kept]


_MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)


def when(text: str | float | None) -> float:
    """A date as a year with its fraction; a number stays one."""
    if not isinstance(text, str):
        return float(text or 0)
    day = date.fromisoformat(text)
    first, then = date(day.year, 1, 1), date(day.year + 1, 1, 1)
    return day.year + (day - first).days / (then - first).days


_WIDTHS = {
    "ijl.,:;'|!I ()[]\u00a0": 0.28,
    "ftr-/": 0.33,
    "mwMW%": 0.86,
    "ABCDEFGHKLNOPQRSTUVXYZ&": 0.7,
}


def wide(text: str, size: float, bold: bool = False) -> float:
    """How wide a line of text is, px, roughly."""
    letters = sum(
        next((share for some, share in _WIDTHS.items() if letter in some), 0.55) for letter in text
    )
    return letters * size * (1.06 if bold else 1.0)


def wrapped(text: str, room: float, size: float, bold: bool = False, most: int = 99) -> list[str]:
    """Text broken into lines no wider than `room` px where words allow; at most so many lines, the
    last then ending in dots."""
    found: list[str] = []
    for word in text.replace(" %", "\u00a0%").replace(" m²", "\u00a0m²").split(" "):
        longer = f"{found[-1]} {word}" if found else word
        if found and wide(longer, size, bold) <= room:
            found[-1] = longer
        else:
            found.append(word)
    if len(found) > most:
        found = [*found[: most - 1], f"{found[most - 1]}…"]
    return found


def scale_of(values: Sequence[float]) -> tuple[float, str]:
    """What to divide large numbers by for an axis, and the word for it."""
    most = max((abs(v) for v in values), default=0)
    for size, word in ((1e9, "billion"), (1e6, "million")):
        if most >= 2 * size:
            return size, word
    return 1.0, ""


def spelt(value: float, step: float = 0.0) -> str:
    """A number on an axis: thousands apart, a true minus, decimals as the step needs them."""
    digits = 0 if not step else max(0, -math.floor(math.log10(step) + 1e-9))
    digits = digits if not step or abs(step * 10**digits % 1) < 1e-6 else digits + 1
    return f"{value:,.{digits}f}".replace("-", "−")


def brief(value: float) -> str:
    """A number at a mark: as many digits as are read."""
    most = abs(value)
    for size, word in ((1e9, "bn"), (1e6, "m")):
        if most >= size:
            return f"{value / size:,.{0 if most >= 100 * size else 1}f}{word}".replace("-", "−")
    digits = 0 if most >= 100 or value == int(value) else 1 if most >= 10 else 2
    text = f"{value:,.{digits}f}".replace("-", "−")
    return text if any(c in "123456789" for c in text) else "0"

"""Series -> Vega-Lite specifications, as data. Nothing is drawn or computed here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from bedspace.appraise import Record, Series
from bedspace.report.palette import DASHES, GROUPS, INK, RULE, SOFT

Spec = dict[str, Any]

WIDE, NARROW = 900, 330
"""Widths of the two drawings of each chart, px: a desk's and a phone's."""

_FONT = "Helvetica, Arial, sans-serif"


def spec(series: Series, width: int = WIDE) -> Spec:
    """The chart of a series, `width` px wide over all."""
    made = {"band": _band, "line": _line, "range": _range, "bars": _bars}[series.kind](
        series, width
    )
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": width,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "config": _config(width),
        **made,
    }


def _config(width: int) -> Spec:
    small = width < WIDE
    size = 12 if small else 13
    axis = {
        "labelFont": _FONT, "titleFont": _FONT, "labelFontSize": size, "titleFontSize": size,
        "titleFontWeight": "normal", "labelColor": SOFT, "titleColor": SOFT, "gridColor": RULE,
        "domainColor": RULE, "tickColor": RULE, "titlePadding": 8, "labelOverlap": "greedy",
    }  # fmt: skip
    legend = {
        "labelFont": _FONT, "labelFontSize": size, "labelColor": INK, "title": None,
        "orient": "top", "direction": "vertical" if small else "horizontal", "symbolSize": 160,
        "labelLimit": width - 60,
    }  # fmt: skip
    return {
        "background": None,
        "view": {"stroke": None},
        "font": _FONT,
        "axis": axis,
        "legend": legend,
        "text": {"font": _FONT, "fontSize": size, "color": INK},
        "aria": False,
    }


def groups(series: Series) -> list[str]:
    """Names of the groups of a series, in the order they first appear."""
    return list(dict.fromkeys(str(row["group"]) for row in series.rows if row.get("group")))


def _colour(series: Series) -> Spec:
    return _by_group(series, GROUPS) if groups(series) else {"value": GROUPS[0]}


def _dash(series: Series) -> Spec:
    return _by_group(series, DASHES) if groups(series) else {"value": DASHES[0]}


def _by_group(series: Series, looks: Sequence[Any]) -> Spec:
    names = groups(series)
    scale = {"domain": names, "range": [looks[i % len(looks)] for i in range(len(names))]}
    legend: Spec = {"legend": {"symbolType": "stroke", "symbolOpacity": 1, "symbolStrokeWidth": 3}}
    if len(names) == 1:
        legend = {"legend": None}
    return {"field": "group", "type": "nominal", "scale": scale, **legend}


def _x(series: Series, width: int) -> Spec:
    first = series.rows[0]["x"]
    if isinstance(first, str) and is_date(first):
        axis = {"format": "%Y", "tickCount": {"interval": "year", "step": 2}, "grid": False}
        if width < WIDE:
            axis["tickCount"] = {"interval": "year", "step": 4}
        return {"field": "x", "type": "temporal", "title": series.x_title or None, "axis": axis}
    if isinstance(first, str):
        axis = {"labelAngle": 0}
        return {"field": "x", "type": "ordinal", "title": series.x_title or None, "sort": None,
                "axis": axis}  # fmt: skip
    return {"field": "x", "type": "quantitative", "title": series.x_title or None,
            "axis": {"grid": False, "format": ",~f", "tickCount": 6}}  # fmt: skip


def _y(series: Series, field: str = "y") -> Spec:
    axis = {"format": ",~f", "tickCount": 6}
    return {"field": field, "type": "quantitative", "title": series.y_title or None, "axis": axis}


def _band(series: Series, width: int) -> Spec:
    base = {"values": list(series.rows)}
    colour, dash, x = _colour(series), _dash(series), _x(series, width)
    area = {
        "mark": {"type": "area", "opacity": 0.18},
        "encoding": {"x": x, "y": _y(series, "low"), "y2": {"field": "high"}, "color": colour},
    }
    line = {
        "mark": {"type": "line", "strokeWidth": 2.2},
        "encoding": {"x": x, "y": _y(series, "mid"), "color": colour, "strokeDash": dash},
    }
    return {"height": _height(width), "data": base, "layer": [area, line, *_points(series, width)]}


def _points(series: Series, width: int) -> list[Spec]:
    """Observed points with their labels, in ink: they belong to no simulation."""
    if not series.marks:
        return []
    data = {"values": list(series.marks)}
    x = {"field": "x", "type": "temporal"}
    y = {"field": "y", "type": "quantitative"}
    point = {
        "data": data,
        "mark": {"type": "point", "shape": "diamond", "size": 70, "filled": True, "color": INK},
        "encoding": {"x": x, "y": y},
    }
    text = {
        "data": data,
        "mark": {"type": "text", "baseline": "bottom", "dy": -8, "fontSize": 11},
        "encoding": {"x": x, "y": y, "text": {"field": "label"}},
    }
    return [point] if width < WIDE else [point, text]


def _line(series: Series, width: int) -> Spec:
    line = {
        "mark": {"type": "line", "strokeWidth": 2.2, "point": len(series.rows) < 30},
        "encoding": {
            "x": _x(series, width),
            "y": _y(series),
            "color": _colour(series),
            "strokeDash": _dash(series),
        },
    }
    upright = [m for m in series.marks if m.get("x") is not None]
    level = [m for m in series.marks if m.get("value") is not None]
    layers = [line, *_rules(level, "y", "value"), *_rules(upright, "x", "x")]
    return {"height": _height(width), "data": {"values": list(series.rows)}, "layer": layers}


def _rules(marks: list[Record], axis: str, field: str) -> list[Spec]:
    """Lines across the chart at `field`, each with its label at the line's end."""
    if not marks:
        return []
    kind = "temporal" if isinstance(marks[0][field], str) else "quantitative"
    data = {"values": [{**mark, "place": i} for i, mark in enumerate(marks)]}
    at = {"field": field, "type": kind}
    rule = {
        "data": data,
        "mark": {"type": "rule", "strokeDash": [4, 3], "color": INK, "strokeWidth": 1.2},
        "encoding": {axis: at},
    }
    if axis == "y":
        mark = {"type": "text", "align": "right", "baseline": "bottom", "dy": -3, "fontSize": 11}
        other = {"x": {"value": {"expr": "width"}}}
        texts: list[Spec] = [
            {"data": data, "mark": mark,
             "encoding": {axis: at, **other, "text": {"field": "label"}}}
        ]  # fmt: skip
        return [rule, *texts]
    # Upright lines may stand close: each label is written above the chart, one line higher.
    texts = [
        {
            "data": {"values": [mark]},
            "mark": {"type": "text", "align": "center", "baseline": "bottom", "fontSize": 11,
                     "dy": -4 - 14 * i},
            "encoding": {axis: at, "y": {"value": 0}, "text": {"field": "label"}},
        }
        for i, mark in enumerate(marks)
    ]  # fmt: skip
    return [rule, *texts]


def _labels(series: Series, width: int) -> Spec:
    limit = 230 if width >= WIDE else 120
    axis = {"title": None, "labelLimit": limit, "grid": False, "domain": False, "ticks": False,
            "labelColor": INK}  # fmt: skip
    return {"field": "label", "type": "nominal", "sort": None, "axis": axis}


def _value_axis(series: Series, field: str) -> Spec:
    return {
        "field": field,
        "type": "quantitative",
        "title": (series.y_title if series.kind == "bars" else series.x_title) or None,
        "axis": {"format": ",~f", "tickCount": 5},
    }


def _offset(series: Series) -> Spec:
    return {"yOffset": {"field": "group", "sort": None}} if len(groups(series)) > 1 else {}


def _range(series: Series, width: int) -> Spec:
    common = {"y": _labels(series, width), "color": _colour(series), **_offset(series)}
    bar = {
        "mark": {"type": "bar", "opacity": 0.35, "height": {"band": 0.7}},
        "encoding": {**common, "x": _value_axis(series, "low"), "x2": {"field": "high"}},
    }
    ends = [
        {
            "mark": {"type": "tick", "thickness": 3, "height": {"band": 0.7}},
            "encoding": {**common, "x": _value_axis(series, end)},
        }
        for end in ("low", "high")
    ]
    layers = [bar, *ends, *_rules(list(series.marks), "x", "value")]
    return {"height": _rows_height(series), "data": {"values": list(series.rows)}, "layer": layers}


def _bars(series: Series, width: int) -> Spec:
    common = {"y": _labels(series, width), "color": _colour(series), **_offset(series)}
    bar = {
        "mark": {"type": "bar", "height": {"band": 0.75}},
        "encoding": {**common, "x": _value_axis(series, "value")},
    }
    text = {
        "mark": {"type": "text", "align": "left", "dx": 4, "color": INK},
        "encoding": {
            **{k: v for k, v in common.items() if k != "color"},
            "x": _value_axis(series, "value"),
            "text": {"field": "value", "type": "quantitative", "format": ",.2~f"},
        },
    }
    layers = [bar, text, *_rules(list(series.marks), "x", "value")]
    return {"height": _rows_height(series), "data": {"values": list(series.rows)}, "layer": layers}


def _height(width: int) -> int:
    return 300 if width >= WIDE else 240


def _rows_height(series: Series) -> int:
    labels = len(dict.fromkeys(row["label"] for row in series.rows))
    return 10 + labels * max(30, 20 * len(groups(series)))


def is_date(text: str) -> bool:
    """Whether the text is an ISO date."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True

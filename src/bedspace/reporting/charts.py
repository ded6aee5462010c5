"""Charts -> Vega-Lite specifications, as data. Nothing is drawn or computed here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from textwrap import wrap
from typing import Any

from bedspace.appraisal import Chart, Datum
from bedspace.appraisal.figures import words
from bedspace.reporting.labels import LINE, as_number, drops, levels, scaled
from bedspace.reporting.palette import DASHES, GROUPS, INK, RULE, SOFT

Spec = dict[str, Any]

WIDE, NARROW = 900, 330
"""Widths of the two drawings of each chart, px: a desk's and a phone's."""

_FONT = "Helvetica, Arial, sans-serif"


_RAISED = rf"{-(LINE + 1) / 2} * (length(split(datum.label, '\n')) - 1)"
"""How far a label of several lines is moved up to stand in the middle of its row."""


def spec(chart: Chart, width: int = WIDE) -> Spec:
    """The specification of a chart, `width` px wide over all."""
    made = {"band": _band, "line": _line, "range": _range, "bars": _bars}[chart.kind](chart, width)
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": width,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "config": _config(width, _above(chart, width), groups(chart)),
        **_stamped(chart, width),
        **made,
    }


def stamp(chart: Chart, width: int = WIDE) -> list[str]:
    """Lines to stand in the drawing itself, which may be looked at without its page: the powers
    assumed by name, the gates taken as met by their number. Empty when it rests on neither."""
    powers, met = words.gates(chart.stamps)
    told = [f"Assumes powers that the law does not give: {', '.join(powers)}."] if powers else []
    if met:
        told.append(f"Takes {len(met)} legal gate{'s' * (len(met) > 1)} as met.")
    return wrap(" ".join(told), width // 7, break_on_hyphens=False)


def _stamped(chart: Chart, width: int) -> Spec:
    lines = stamp(chart, width)
    if not lines:
        return {}
    look = {"anchor": "start", "frame": "bounds", "orient": "bottom", "font": _FONT}
    ink = {"fontSize": 11, "fontWeight": "normal", "color": INK, "offset": 8}
    return {"title": {"text": lines, **look, **ink}}


def _config(width: int, above: int, names: Sequence[str]) -> Spec:
    small = width < WIDE
    longest = max((len(name) for name in names), default=0)
    size = 12 if small else 13
    axis = {
        "labelFont": _FONT, "titleFont": _FONT, "labelFontSize": size, "titleFontSize": size,
        "titleFontWeight": "normal", "labelColor": SOFT, "titleColor": SOFT, "gridColor": RULE,
        "domainColor": RULE, "tickColor": RULE, "titlePadding": 8, "labelOverlap": "greedy",
    }  # fmt: skip
    legend = {
        "labelFont": _FONT, "labelFontSize": size, "labelColor": INK, "title": None,
        "orient": "top", "direction": "vertical" if small else "horizontal", "symbolSize": 160,
        "labelLimit": width - 60, "offset": 8 + above,
        "columns": 1 if small else max(1, width // (8 * longest + 50)),
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


def groups(chart: Chart) -> list[str]:
    """Names of the groups of a chart, in the order they first appear."""
    return list(dict.fromkeys(str(row["group"]) for row in chart.rows if row.get("group")))


def _colour(chart: Chart) -> Spec:
    return _by_group(chart, GROUPS) if groups(chart) else {"value": GROUPS[0]}


def _dash(chart: Chart) -> Spec:
    names = groups(chart)
    # Another round of colours begins one dash further on, so that no two lines look alike.
    looks = [DASHES[(i + i // len(GROUPS)) % len(DASHES)] for i in range(len(names))]
    return _by_group(chart, looks) if names else {"value": DASHES[0]}


def _by_group(chart: Chart, looks: Sequence[Any]) -> Spec:
    names = groups(chart)
    scale = {"domain": names, "range": [looks[i % len(looks)] for i in range(len(names))]}
    look: Spec | None = {"symbolOpacity": 1}
    if chart.kind in ("band", "line"):
        look = {"symbolOpacity": 1, "symbolType": "stroke", "symbolStrokeWidth": 3}
    if len(names) == 1:
        look = None
    return {"field": "group", "type": "nominal", "scale": scale, "legend": look}


def _x(chart: Chart, width: int) -> Spec:
    first = chart.rows[0]["x"]
    if isinstance(first, str) and is_date(first):
        axis = {"format": "%Y", "tickCount": {"interval": "year", "step": 2}, "grid": False}
        if width < WIDE:
            axis["tickCount"] = {"interval": "year", "step": 4}
        return {"field": "x", "type": "temporal", "title": chart.x_title or None, "axis": axis}
    if isinstance(first, str):
        axis = {"labelAngle": 0}
        return {"field": "x", "type": "ordinal", "title": chart.x_title or None, "sort": None,
                "axis": axis}  # fmt: skip
    return {"field": "x", "type": "quantitative", "title": chart.x_title or None,
            "axis": {"grid": False, "format": ",~f", "tickCount": 6}}  # fmt: skip


def _y(chart: Chart, field: str = "y") -> Spec:
    axis = {"format": ",~f", "tickCount": 6}
    return {"field": field, "type": "quantitative", "title": chart.y_title or None, "axis": axis}


def _band(chart: Chart, width: int) -> Spec:
    base = {"values": list(chart.rows)}
    colour, dash, x = _colour(chart), _dash(chart), _x(chart, width)
    area = {
        "mark": {"type": "area", "opacity": 0.18},
        "encoding": {"x": x, "y": _y(chart, "low"), "y2": {"field": "high"}, "color": colour},
    }
    line = {
        "mark": {"type": "line", "strokeWidth": 2.2},
        "encoding": {"x": x, "y": _y(chart, "mid"), "color": colour, "strokeDash": dash},
    }
    return {"height": _height(width), "data": base, "layer": [area, line, *_points(chart, width)]}


def _points(chart: Chart, width: int) -> list[Spec]:
    """Observed points in ink, for they belong to no simulation; hollow where no day is given."""
    layers: list[Spec] = []
    x, y = {"field": "x", "type": "temporal"}, {"field": "y", "type": "quantitative"}
    place: Spec = {"x": x, "y": y}
    top = max(as_number(row["high"]) for row in chart.rows)
    heights = [_height(width) * (1 - as_number(m["y"]) / top) for m in chart.marks]
    for mark, drop in zip(chart.marks, drops(heights), strict=True):
        hollow = "no day" in str(mark.get("group"))
        point = {"type": "point", "shape": "diamond", "size": 60, "color": INK,
                 "filled": not hollow}  # fmt: skip
        layers.append({"data": {"values": [mark]}, "mark": point, "encoding": place})
        if width < WIDE:
            continue
        text = {"type": "text", "align": "left", "dx": 8, "dy": drop, "fontSize": 11}
        words = {"text": {"field": "label"}}
        layers.append({"data": {"values": [mark]}, "mark": text, "encoding": {**place, **words}})
    return layers


def _line(chart: Chart, width: int) -> Spec:
    line = {
        "mark": {"type": "line", "strokeWidth": 2.2, "point": len(chart.rows) < 30},
        "encoding": {
            "x": _x(chart, width),
            "y": _y(chart),
            "color": _colour(chart),
            "strokeDash": _dash(chart),
        },
    }
    upright = [m for m in chart.marks if m.get("x") is not None]
    level = [m for m in chart.marks if m.get("value") is not None]
    found = [as_number(row["y"]) for row in chart.rows]
    zero = [{"mark": {"type": "rule", "color": SOFT}, "encoding": {"y": {"datum": 0}}}]
    layers = [
        *(zero if min(found) < 0 < max(found) else []),
        line,
        *_rules(chart, level, "y", "value", width),
        *_rules(chart, upright, "x", "x", width),
    ]
    return {"height": _height(width), "data": {"values": list(chart.rows)}, "layer": layers}


def _rules(chart: Chart, marks: Sequence[Datum], axis: str, field: str, width: int) -> list[Spec]:
    """Lines across the chart at `field`, each with its label at the line's end."""
    if not marks:
        return []
    kind = "temporal" if isinstance(marks[0][field], str) else "quantitative"
    data = {"values": list(marks)}
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
    # Upright lines may stand close: labels that would meet are written one line higher.
    ups = _levels(chart, marks, field, width)
    texts = [
        {
            "data": {"values": [mark]},
            "mark": {"type": "text", "align": "center", "baseline": "bottom", "fontSize": 11,
                     "dy": -4 - LINE * up},
            "encoding": {axis: at, "y": {"value": 0}, "text": {"field": "label"}},
        }
        for mark, up in zip(marks, ups, strict=True)
    ]  # fmt: skip
    return [rule, *texts]


def _levels(chart: Chart, marks: Sequence[Datum], field: str, width: int) -> list[int]:
    first, last = _extent(chart, marks, field)
    at_px = [scaled(as_number(m[field]), first, last, 0.85 * width) for m in marks]
    return levels(at_px, [str(m.get("label") or "") for m in marks])


def _above(chart: Chart, width: int) -> int:
    """Height of the labels of upright lines, which stand above the chart and below the legend."""
    field = "x" if chart.kind == "line" else "value"
    marks = [m for m in chart.marks if m.get(field) is not None]
    if chart.kind == "band" or not marks:
        return 0
    return LINE * (1 + max(_levels(chart, marks, field, width)))


def _extent(chart: Chart, marks: Sequence[Datum], field: str) -> tuple[float, float]:
    """The least and the most that the level axis shows; bars and ranges begin at nought."""
    if chart.kind == "line":
        found = [as_number(row["x"]) for row in chart.rows]
        return min(found), max(found)
    keys = ("low", "high", "value")
    rows = [as_number(row[key]) for row in chart.rows for key in keys if key in row]
    return 0.0, max([*rows, *(as_number(m[field]) for m in marks)])


def _labels(chart: Chart, width: int) -> Spec:
    axis = {"title": None, "labelLimit": 0, "grid": False, "domain": False, "ticks": False,
            "labelColor": INK, "labelPadding": 6, "labelExpr": r"split(datum.label, '\n')",
            "labelLineHeight": LINE + 1, "labelOffset": {"expr": _RAISED}}  # fmt: skip
    return {"field": "label", "type": "nominal", "sort": None, "axis": axis}


def _rows(chart: Chart, width: int) -> list[Datum]:
    """The rows, their labels broken into lines."""
    letters = 44 if width >= WIDE else 18
    return [{**row, "label": "\n".join(wrap(str(row["label"]), letters))} for row in chart.rows]


def _value_axis(chart: Chart, field: str) -> Spec:
    return {
        "field": field,
        "type": "quantitative",
        "title": (chart.y_title if chart.kind == "bars" else chart.x_title) or None,
        "axis": {"format": ",~f", "tickCount": 5},
    }


def _offset(chart: Chart) -> Spec:
    """Groups side by side, where one label has several."""
    labels = [row["label"] for row in chart.rows]
    crowded = len(set(labels)) < len(labels)
    return {"yOffset": {"field": "group", "sort": None}} if crowded else {}


def _range(chart: Chart, width: int) -> Spec:
    common = {"y": _labels(chart, width), "color": _colour(chart), **_offset(chart)}
    bar = {
        "mark": {"type": "bar", "opacity": 0.35, "height": {"band": 0.7}},
        "encoding": {**common, "x": _value_axis(chart, "low"), "x2": {"field": "high"}},
    }
    ends = [
        {
            "mark": {"type": "tick", "thickness": 3, "height": {"band": 0.7}},
            "encoding": {**common, "x": _value_axis(chart, end)},
        }
        for end in ("low", "high")
    ]
    layers = [bar, *ends, *_rules(chart, chart.marks, "x", "value", width)]
    rows = _rows(chart, width)
    return {"height": _rows_height(chart, rows), "data": {"values": rows}, "layer": layers}


def _bars(chart: Chart, width: int) -> Spec:
    common = {"y": _labels(chart, width), "color": _colour(chart), **_offset(chart)}
    bar = {
        "mark": {"type": "bar", "height": {"band": 0.75}},
        "encoding": {**common, "x": _value_axis(chart, "value")},
    }
    text = {
        "mark": {"type": "text", "align": "left", "dx": 4, "color": INK},
        "encoding": {
            **{k: v for k, v in common.items() if k != "color"},
            "x": _value_axis(chart, "value"),
            "text": {"field": "value", "type": "quantitative", "format": ",.2~f"},
        },
    }
    layers = [bar, text, *_rules(chart, chart.marks, "x", "value", width)]
    rows = _rows(chart, width)
    return {"height": _rows_height(chart, rows), "data": {"values": rows}, "layer": layers}


def _height(width: int) -> int:
    return 300 if width >= WIDE else 240


def _rows_height(chart: Chart, rows: Sequence[Datum]) -> int:
    labels = dict.fromkeys(str(row["label"]) for row in rows)
    lines = max(label.count("\n") + 1 for label in labels)
    return 10 + len(labels) * max(30, 20 * len(groups(chart)), (LINE + 1) * lines + 8)


def is_date(text: str) -> bool:
    """Whether the text is an ISO date."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True

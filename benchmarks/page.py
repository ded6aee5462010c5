"""Writes the tables and the chart of docs/performance.md from benchmarks/results.json.

python benchmarks/page.py
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import vl_convert
import w

from bedspace.reporting.palette import GROUPS, INK, RULE, SOFT

HERE = Path(__file__).resolve().parent
DOCS = HERE.parent / "docs"
PAGE, CHART = DOCS / "performance.md", DOCS / "images" / "engines.svg"
BEGIN, END = "<!-- written by benchmarks/page.py -->", "<!-- to here -->"
FONT = "Helvetica, Arial, sans-serif"

Results = dict[str, Any]
NAMES = {
    "floor": "the floor's parts alone",
    "bedspace": "bedspace",
    "numpy-lives": "NumPy, whole lives first",
    "numpy-scan": "NumPy, daily scan",
    "cimba": "cimba",
    "starsim": "Starsim",
    "simpy": "SimPy",
    "mesa": "Mesa",
    "ciw": "Ciw",
}
"""How an engine is called on the page; the rivals with their version."""


def name(row: Results, found: Results) -> str:
    version = found["versions"].get(row["engine"], "")
    return f"{NAMES[row['engine']]} {version}".strip()


def drawn_name(row: Results, found: Results) -> str:
    """The same, with a stock that is not W's own."""
    other = "" if row["stock"] == w.STOCK else f", stock {row['stock']:,}"
    return name(row, found) + other


def times(row: Results, found: Results) -> float:
    """How many times as long as bedspace takes for an event, with the same stock if that was
    measured, else with W's own."""
    ours = {r["stock"]: r["ns_per_event"] for r in found["rows"] if r["engine"] == "bedspace"}
    return float(row["ns_per_event"] / ours.get(row["stock"], ours[w.STOCK]))


def few(x: float) -> str:
    """Three figures that count."""
    return f"{x:,.0f}" if x >= 100 else f"{x:.3g}"


def engines(found: Results) -> str:
    """The table of engines."""
    lines = [
        "| engine | stock | runs | a run, s | ns an event | times bedspace | peak MB | people |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for row in found["rows"]:
        stock = f"{row['stock']:,}" + ("" if row["days"] == w.DAYS else f", {row['days']} days")
        people = "" if row["mean_population"] is None else f"{row['mean_population']:,.0f}"
        cells = [name(row, found), stock, str(row["repeat"]), few(row["wall_s"])]
        cells += [few(row["ns_per_event"]), few(times(row, found))]
        cells += [f"{row['peak_mb']:,.0f}", people]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def jobs(found: Results) -> str:
    """The table of the job of 3 and 21 compartments."""
    lines = [
        "| compartments | expected values alone, s | members | all members, s | "
        "people at the end (nine members of ten) |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {job['compartments']} | {job['expected_s']:.3f} | {job['members']} on "
        f"{job['workers']} threads | {few(job['ensemble_s'])} | {job['middle']:,} "
        f"({job['low']:,} to {job['high']:,}) |"
        for job in found["jobs"]
    ]
    return "\n".join(lines)


def drawn(found: Results) -> list[Results]:
    """What the chart shows: every engine once, at W's own size or what it was given instead."""
    rows = [row for row in found["rows"] if row["stock"] <= w.STOCK]
    return sorted(rows, key=lambda row: float(row["ns_per_event"]))


def chart(found: Results) -> str:
    """Nanoseconds an event as SVG, on a scale of tens."""
    values = [
        {
            "engine": drawn_name(row, found),
            "ns": row["ns_per_event"],
            "label": few(row["ns_per_event"]),
            "ours": row["engine"] == "bedspace",
        }
        for row in drawn(found)
    ]
    most = max(float(value["ns"]) for value in values)
    axis = {
        "title": "nanoseconds an event; each line is ten times the one before",
        "values": [10**k for k in range(math.ceil(math.log10(most)) + 1)],
        "format": ",",
    }
    bars: Results = {
        "mark": {"type": "bar", "height": {"band": 0.7}},
        "encoding": {
            "x": {"field": "ns", "type": "quantitative", "scale": {"type": "log"}, "axis": axis},
            "x2": {"datum": 1},
            "color": {
                "condition": {"test": "datum.ours", "value": GROUPS[1]},
                "value": GROUPS[0],
            },
        },
    }
    words: Results = {
        "mark": {"type": "text", "align": "left", "dx": 5},
        "encoding": {
            "x": {"field": "ns", "type": "quantitative"},
            "text": {"field": "label"},
        },
    }
    look = {"labelFont": FONT, "titleFont": FONT, "labelFontSize": 13, "titleFontSize": 13,
            "titleFontWeight": "normal", "labelColor": INK, "titleColor": SOFT, "gridColor": RULE,
            "domainColor": RULE, "tickColor": RULE, "labelLimit": 220}  # fmt: skip
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"values": values},
        "width": 520,
        "height": {"step": 30},
        "background": "white",
        "padding": 12,
        "encoding": {"y": {"field": "engine", "type": "nominal", "sort": None, "title": None}},
        "layer": [bars, words],
        "config": {
            "axis": look,
            "view": {"stroke": None},
            "text": {"font": FONT, "fontSize": 13, "color": INK},
            "font": FONT,
        },
    }
    return vl_convert.vegalite_to_svg(spec, vl_version="5.21", allowed_base_urls=[])


def described(found: Results) -> str:
    """The chart in words."""
    rows = drawn(found)
    told = "; ".join(f"{drawn_name(row, found)}: {few(row['ns_per_event'])}" for row in rows)
    return f"Bars: nanoseconds an event of workload W, on a scale of tens. {told}."


def section(found: Results) -> str:
    """Everything between the two marks of the page."""
    machine, versions = found["machine"], found["versions"]
    where = f"{machine['processor']}, {machine['memory_gb']} GB, {machine['system']}"
    what = ", ".join(f"{key} {versions[key]}" for key in ("python", "numpy", "numba"))
    return f"""
Measured on {found["date"]} at {found["commit"]}: one core of {machine["cores"]} ({where}; load
{machine["load"]} before); {what}.

{engines(found)}

![{described(found)}](images/engines.svg)

### 88,000 prisoners, 120 months

{jobs(found)}
"""


def main() -> None:
    found = json.loads((HERE / "results.json").read_text(encoding="utf-8"))
    CHART.write_text(chart(found), encoding="utf-8")
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    assert after, f"{PAGE} has lost the marks between which this is written"
    PAGE.write_text(f"{before}{BEGIN}\n{section(found)}\n{END}{after}", encoding="utf-8")
    print(f"{PAGE}\n{CHART}")


if __name__ == "__main__":
    main()

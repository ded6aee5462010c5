"""Draws the README's picture from the demo's run, with the project's own chart.

make demo
.venv/bin/python docs/images/draw.py demo/runs/offer-*
"""

from __future__ import annotations

import sys
from pathlib import Path

import vl_convert

from bedspace import appraisal, results
from bedspace.reporting import charts

CHART = "population.el-salvador.months"
FILE = Path(__file__).with_name("el-salvador.png")


def draw(run: Path) -> bytes:
    """PNG of the chart of people held in El Salvador, from the folder of a comparison."""
    made = results.open(run)
    assert isinstance(made, results.Comparison)
    found = appraisal.appraise(made).section("population").charts
    chart = next(s for s in found if s.id == CHART)
    title = {"text": chart.title, "anchor": "start", "fontSize": 16, "fontWeight": "bold"}
    title |= {"subtitle": charts.stamp(chart)}
    # The report lays charts on its own page; a picture needs a ground, for dark themes.
    spec = charts.spec(chart) | {"title": title, "background": "white", "padding": 14}
    return vl_convert.vegalite_to_png(spec, vl_version="5.21", scale=1.5, allowed_base_urls=[])


if __name__ == "__main__":
    FILE.write_bytes(draw(Path(sys.argv[1])))
    print(FILE)

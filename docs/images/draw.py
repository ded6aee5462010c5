"""Draws the README's picture from the demo's run, with the project's own chart.

make demo
.venv/bin/python docs/images/draw.py demo/runs/offer-*
"""

from __future__ import annotations

import sys
from pathlib import Path

from bedspace import appraisal, results
from bedspace.reporting import charts

CHART = "population.el-salvador.months"
FILE = Path(__file__).with_name("el-salvador.png")


def draw(run: Path) -> bytes:
    """PNG of the chart of people held in El Salvador, from the folder of a comparison."""
    made = results.open(run)
    assert isinstance(made, results.Comparison)
    found = appraisal.appraise(made).section("population").charts
    return charts.png(next(chart for chart in found if chart.id == CHART))


if __name__ == "__main__":
    FILE.write_bytes(draw(Path(sys.argv[1])))
    print(FILE)

"""Charts for paper: a drawing in the paper's font, and words for who cannot see it."""

from __future__ import annotations

import re
from typing import Any

from bedspace.appraisal import Chart
from bedspace.reporting import charts, drawing
from bedspace.reporting.about import letters
from bedspace.reporting.alt import describe
from bedspace.reporting.paper.lettering import signed

FONT = "Libertinus Serif"

_FAMILY = re.compile(r'font-family="[^"]*"')


def picture(chart: Chart, width: int = charts.WIDE) -> dict[str, Any]:
    """A chart's drawing, its title, its note, its letters and its description."""
    svg = drawing.svg(charts.spec(chart, width))
    return {
        "title": chart.title,
        "svg": _FAMILY.sub(f'font-family="{FONT}"', svg),
        "alt": signed(describe(chart)),
        "note": signed(chart.note),
        "letters": letters(chart.stamps),
    }

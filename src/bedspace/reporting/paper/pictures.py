"""Charts for paper: a drawing in the paper's font, and words for who cannot see it."""

from __future__ import annotations

import re
from typing import Any

from bedspace.appraisal import Chart
from bedspace.appraisal.figures.letters import bare
from bedspace.reporting import charts
from bedspace.reporting.alt import describe
from bedspace.reporting.paper.lettering import signed

FONT = "Libertinus Serif"

_FAMILY = re.compile(r'font-family="[^"]*"')


def picture(chart: Chart, narrow: bool = False) -> dict[str, Any]:
    """A chart's drawing for the breadth of a page or of half of it, what it finds, what it shows,
    how it is read, its letters and its description."""
    svg = charts.drawing(chart, chart.id, charts.NARROW if narrow else charts.WIDE)
    alone = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return {
        "title": signed(chart.title),
        "subject": signed(chart.subject),
        "svg": _FAMILY.sub(f'font-family="{FONT}"', alone),
        "alt": signed(describe(chart)),
        "note": signed(chart.note),
        "letters": bare(chart.stamps),
    }

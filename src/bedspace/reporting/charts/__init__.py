"""Charts: each as a picture of its own (SVG, PNG), as data (CSV, Vega-Lite), and for a page.

An appraisal says what a chart shows; here it is laid out and drawn. Nothing is computed.
"""

from bedspace.reporting.charts.drawing import Shown, drawing, drawings, png, show, spec, svg
from bedspace.reporting.charts.plot import NARROW, WIDE
from bedspace.reporting.charts.sheet import csv
from bedspace.reporting.charts.words import groups, source, stamp

__all__ = [
    "NARROW",
    "WIDE",
    "Shown",
    "csv",
    "drawing",
    "drawings",
    "groups",
    "png",
    "show",
    "source",
    "spec",
    "stamp",
    "svg",
]

"""Vega-Lite specifications -> SVG to stand in a page, with words for who cannot see it."""

from __future__ import annotations

import re
from html import escape

from bedspace.appraisal import Chart
from bedspace.exceptions import BedspaceError
from bedspace.reporting import charts
from bedspace.reporting.alt import describe

_OWN_ARIA = re.compile(r' (?:aria-[a-z]+|role)="[^"]*"')
_OPENING = re.compile(r"<svg\b[^>]*?viewBox=\"(0 0 ([\d.]+) [\d.]+)\"[^>]*>")


def drawings(chart: Chart, name: str) -> tuple[str, str]:
    """A chart for a wide and for a narrow page; `name` is unique in the page.

    BedspaceError when the extra that draws is not installed.
    """
    wide, narrow = (charts.spec(chart, width) for width in (charts.WIDE, charts.NARROW))
    words = describe(chart)
    return (
        _inline(svg(wide), f"{name}-wide", words, "wide"),
        _inline(svg(narrow), f"{name}-narrow", words, "narrow"),
    )


def svg(spec: charts.Spec) -> str:
    try:
        import vl_convert
    except ImportError:
        raise BedspaceError(
            "charts are drawn by vl-convert, which is not installed; "
            "install it with: pip install 'bedspace[report]'"
        ) from None
    # No base address is allowed, so that a chart never reaches for the network.
    drawn: str = vl_convert.vegalite_to_svg(spec, vl_version="5.21", allowed_base_urls=[])
    return drawn


def _inline(svg: str, name: str, words: str, kind: str) -> str:
    """The SVG under one role and label, its ids made unique in the page."""
    svg = _OWN_ARIA.sub("", svg)
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{name}-\1"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", rf"url(#{name}-\1)", svg)
    svg = svg.replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "")

    def opening(found: re.Match[str]) -> str:
        box, width = found[1], found[2]
        return (
            f'<svg class="{kind}" viewBox="{box}" style="max-width:{float(width):.0f}px" '
            f'role="img" aria-label="{escape(words)}" focusable="false">'
        )

    return _OPENING.sub(opening, svg, count=1)

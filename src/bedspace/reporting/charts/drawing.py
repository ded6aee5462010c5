"""A chart -> Vega-Lite -> SVG and PNG, by vl-convert."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from bedspace.appraisal import Chart
from bedspace.exceptions import BedspaceError
from bedspace.reporting import palette
from bedspace.reporting.alt import describe
from bedspace.reporting.charts.bands import band
from bedspace.reporting.charts.frame import framed
from bedspace.reporting.charts.grids import matrix, strip
from bedspace.reporting.charts.lines import line
from bedspace.reporting.charts.plot import NARROW, WIDE, Spec
from bedspace.reporting.charts.rows import bars, dots, ranges
from bedspace.reporting.charts.words import stamp

VERSION = "5.21"
"""The Vega-Lite that draws."""

VEGA_LITE = "application/vnd.vegalite.v5+json"
"""What a notebook calls a chart in Vega-Lite."""

_DRAWN = {
    "band": band, "line": line, "range": ranges, "bars": bars, "dots": dots, "strip": strip,
    "matrix": matrix,
}  # fmt: skip


def spec(chart: Chart, width: int = WIDE) -> Spec:
    """The plot of a chart in Vega-Lite, `width` px wide over all (WIDE or NARROW)."""
    return _DRAWN[chart.kind](chart, width)


def drawings(chart: Chart, name: str) -> tuple[str, str]:
    """A chart as SVG for a wide and for a narrow page, without heading; `name` is unique in the
    page, whose style sheet has `palette.dark_rules()`. BedspaceError as below."""
    return drawing(chart, f"{name}-wide", WIDE), drawing(chart, f"{name}-narrow", NARROW)


def drawing(chart: Chart, name: str, width: int) -> str:
    """One of the two. BedspaceError when the extra that draws is not installed."""
    return framed(_drawn(chart, width), chart, width, name, whole=False)


def svg(chart: Chart, width: int = WIDE) -> str:
    """A picture of its own: finding, what is drawn, the plot, how to read it, stamps, sources. It
    is dark where the reader's system is. BedspaceError as above."""
    return framed(_drawn(chart, width), chart, width, "chart", whole=True)


def png(chart: Chart, width: int = WIDE, scale: float = 2.0, dark: bool = False) -> bytes:
    """The same as a PNG of `scale` pixels to each px, on white or, with `dark`, on black."""
    picture = svg(chart, width)
    made: bytes = _renderer().svg_to_png(
        palette.darkened(picture) if dark else picture, scale=scale
    )
    return made


@dataclass(frozen=True)
class Shown:
    """A chart that a notebook shows: as SVG, as Vega-Lite where it draws that itself, in words
    where neither can be shown. Without the extra that draws there is no SVG."""

    chart: Chart

    def svg(self, width: int = WIDE) -> str:
        """The picture as SVG. BedspaceError when the extra that draws is not installed."""
        return svg(self.chart, width)

    def png(self, width: int = WIDE, scale: float = 2.0, dark: bool = False) -> bytes:
        """The picture as PNG. BedspaceError as above."""
        return png(self.chart, width, scale, dark)

    def spec(self, width: int = WIDE) -> Spec:
        """The chart in Vega-Lite with its heading and stamp, on white."""
        head = {"text": self.chart.title, "anchor": "start"}
        below = [line for line in (self.chart.subject, stamp(self.chart)) if line]
        return spec(self.chart, width) | {
            "title": head | ({"subtitle": below} if below else {}),
            "background": "white",
        }

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        made: dict[str, Any] = {"text/plain": describe(self.chart), VEGA_LITE: self.spec()}
        # Where nothing draws here, a notebook that knows Vega-Lite does.
        with suppress(BedspaceError):
            made["image/svg+xml"] = self.svg()
        return made

    def __repr__(self) -> str:
        return describe(self.chart)


def show(chart: Chart) -> Shown:
    """The chart as the last line of a notebook's cell."""
    return Shown(chart)


def _drawn(chart: Chart, width: int) -> str:
    # No base address is allowed, so that a chart never reaches for the network.
    made: str = _renderer().vegalite_to_svg(
        spec(chart, width), vl_version=VERSION, allowed_base_urls=[]
    )
    return made


def _renderer() -> Any:
    try:
        import vl_convert
    except ImportError:
        raise BedspaceError(
            "charts are drawn by vl-convert, which is not installed; "
            "install it with: pip install 'bedspace[report]'"
        ) from None
    return vl_convert

"""A drawing in its frame: above it what it finds and what it shows, below it how to read it, where
its numbers come from and what it assumes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from bedspace.appraisal import Chart
from bedspace.reporting import palette
from bedspace.reporting.alt import describe
from bedspace.reporting.charts.plot import FONT, WIDE, wrapped
from bedspace.reporting.charts.words import source, stamp
from bedspace.reporting.palette import GROUND, INK, SOFT

_OPENING = re.compile(r'<svg\b[^>]*?viewBox="0 0 ([\d.]+) ([\d.]+)"[^>]*>')
_OWN_ARIA = re.compile(r' (?:aria-[a-z]+|role|class)="[^"]*"')
_EMPTY = re.compile(r'<path d="[^"]*"(?: fill="none")? pointer-events="none"></path>')
_DIGITS, _TAG = re.compile(r"(\d+\.\d)\d+"), re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Line:
    """A line of words of the frame."""

    text: str
    size: int
    colour: str = SOFT
    bold: bool = False


def heading(chart: Chart, width: int) -> list[Line]:
    """What the chart finds, then what it shows."""
    big = 19 if width >= WIDE else 17
    found = [Line(t, big, INK, True) for t in wrapped(chart.title, width - 24, big, True)]
    return [*found, *(Line(t, 14) for t in wrapped(chart.subject, width - 16, 14))]


def footing(chart: Chart, width: int, note: bool) -> list[Line]:
    """How to read it (with `note`), what it assumes, and where its numbers come from."""
    told = [(chart.note, SOFT)] if note and chart.note else []
    told += [(stamp(chart), INK), (source(chart), SOFT)]
    return [
        Line(text, 12, ink) for one, ink in told for text in wrapped(one, width - 12, 12) if one
    ]


def framed(plot: str, chart: Chart, width: int, name: str, whole: bool) -> str:
    """The SVG of a plot under one role and label, its ids made unique by `name`.

    `whole` is a picture of its own, with heading, ground and colours for the dark; otherwise it is
    a part of a page, which has the heading and the rules of the dark.
    """
    inner, height = _plain(plot, name)
    above = heading(chart, width) if whole else []
    below = footing(chart, width, note=whole)
    pad = 16 if whole else 0
    parts, down = [], float(pad)
    for line in above:
        down += line.size * 1.25
        parts.append(_text(line, pad, down))
    down += 12 if above else 0
    parts.append(f'<g transform="translate({pad},{down:.0f})">{inner}</g>')
    down += height + 6
    for line in below:
        down += line.size * 1.35
        parts.append(_text(line, pad, down))
    full, tall = width + 2 * pad, round(down + pad + 6)
    body = "".join(parts)
    kind = "wide" if width >= WIDE else "narrow"
    label = f'role="img" aria-label="{escape(describe(chart))}"'
    if not whole:
        return (
            f'<svg class="{kind}" viewBox="0 0 {full} {tall}" style="max-width:{full}px" '
            f'font-family="{FONT}" {label} focusable="false">{body}</svg>'
        )
    dark = f"@media (prefers-color-scheme: dark) {{ {palette.dark_rules(within='')} }}"
    ground = f'<rect width="{full}" height="{tall}" fill="{GROUND}"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{full}" height="{tall}" '
        f'viewBox="0 0 {full} {tall}" font-family="{FONT}" {label}>'
        f"<style>{dark}</style>{ground}{body}</svg>"
    )


def _text(line: Line, right: float, down: float) -> str:
    weight = ' font-weight="bold"' if line.bold else ""
    return (
        f'<text x="{right:g}" y="{down:.1f}" font-size="{line.size}" fill="{line.colour}"{weight}>'
        f"{escape(line.text)}</text>"
    )


def _plain(svg: str, name: str) -> tuple[str, float]:
    """What is in an SVG, without what says nothing, and its height."""
    opening = _OPENING.search(svg)
    assert opening is not None
    inner = svg[opening.end() : svg.rindex("</svg>")]
    inner = _OWN_ARIA.sub("", inner)
    inner = _EMPTY.sub("", inner)
    inner = re.sub(r'\bid="([^"]+)"', rf'id="{name}-\1"', inner)
    inner = re.sub(r"url\(#([^)]+)\)", rf"url(#{name}-\1)", inner)
    inner = inner.replace(f' font-family="{FONT}"', "")
    inner = _TAG.sub(lambda tag: _DIGITS.sub(r"\1", tag[0]), inner)
    return inner, float(opening[2])

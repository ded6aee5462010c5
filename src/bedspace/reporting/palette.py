"""Colours of charts and page, once: light ones here, their dark twins for the style sheet.

After Okabe and Ito's set for colour-blind readers, darkened until words in them reach a contrast of
4.5 to 1 on white (WCAG 2.1, 1.4.3), lightened until they do on the dark ground. Nothing is told by
colour alone: groups carry their names and lines differ in dash too. Every colour is its own, so
that a rule of the style sheet can tell it by its value.
"""

from __future__ import annotations

GROUND, DARK_GROUND = "#ffffff", "#14181c"

INK, SOFT, RULE = "#1b1f24", "#59626c", "#d5dade"

GROUPS = ("#0b5fa5", "#b34700", "#00735a", "#8a3a73", "#7a6000", "#4a4f9c")

GAIN, LOSS = GROUPS[0], GROUPS[1]
"""Blue and orange, which readers with any common colour blindness tell apart."""

DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [4, 1], [1, 3])

BANDS = ("#dce8f4", "#b9d3ea", "#96bee1")
"""Fills of the bands of 95, 80 and 50 %; the line in them and their outer edges are GROUPS[0]."""

PALE = "#f1e2d6"
"""Fill of a stretch or a range that stands behind lines."""

STEPS = ("#edf3f9", "#c4daed", "#8cb8de", "#2f74ae", "#0a4377")
"""Fills of cells from none to all; words on the first three are ON_LIGHT, on the others ON_DARK."""

ON_LIGHT, ON_DARK = "#1b1f25", "#fefefe"

DARK = {
    GROUND: DARK_GROUND,
    INK: "#e8eaed",
    SOFT: "#a5aeb8",
    RULE: "#3a424b",
    "#0b5fa5": "#6db6f2",
    "#b34700": "#ff9a57",
    "#00735a": "#4fd0ab",
    "#8a3a73": "#e495cb",
    "#7a6000": "#e0c14a",
    "#4a4f9c": "#a9aef5",
    "#dce8f4": "#1b2c3b",
    "#b9d3ea": "#213f58",
    "#96bee1": "#2a5577",
    "#f1e2d6": "#3a2b20",
    "#edf3f9": "#1c2731",
    "#c4daed": "#1e3f5c",
    "#8cb8de": "#2a628f",
    "#2f74ae": "#6db0e8",
    "#0a4377": "#bcdcf8",
    ON_LIGHT: "#e8eaee",
    ON_DARK: "#0d1116",
}
"""Light colour -> its twin on the dark ground."""


def dark_rules(within: str = "svg ") -> str:
    """CSS that turns a chart's colours into their twins; attributes give way to any rule."""
    return "\n".join(
        f'{within}[{what}="{light}"] {{ {what}: {dark}; }}'
        for light, dark in DARK.items()
        for what in ("fill", "stroke")
    )


def darkened(svg: str) -> str:
    """A drawing in its dark colours."""
    for light, dark in DARK.items():
        svg = svg.replace(f'"{light}"', f'"{dark}"')
    return svg

"""Colours of charts and page, once: light ones here, their dark twins for the style sheet.

After Okabe and Ito's set for colour-blind readers, darkened until words in them reach a contrast of
4.5 to 1 on white (WCAG 2.1, 1.4.3), lightened until they do on the dark ground. Nothing is told by
colour alone: groups carry their names and lines differ in dash too.
"""

from __future__ import annotations

INK, SOFT, RULE = "#1b1f24", "#59626c", "#d5dade"

GROUPS = ("#0b5fa5", "#b34700", "#00735a", "#8a3a73", "#7a6000", "#4a4f9c")

DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [4, 1], [1, 3])

DARK = {
    INK: "#e8eaed",
    SOFT: "#a5aeb8",
    RULE: "#3a424b",
    "#0b5fa5": "#6db6f2",
    "#b34700": "#ff9a57",
    "#00735a": "#4fd0ab",
    "#8a3a73": "#e495cb",
    "#7a6000": "#e0c14a",
    "#4a4f9c": "#a9aef5",
}
"""Light colour -> its twin on the dark ground."""


def dark_rules() -> str:
    """CSS that turns a chart's colours into their twins; attributes give way to any rule."""
    return "\n".join(
        f'svg [{what}="{light}"] {{ {what}: {dark}; }}'
        for light, dark in DARK.items()
        for what in ("fill", "stroke")
    )

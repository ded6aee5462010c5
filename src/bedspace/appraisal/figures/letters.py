"""The letters that stand for stamps where there is little room."""

from __future__ import annotations

from collections.abc import Iterable

from bedspace.appraisal.figures.figure import STAMPS

LETTERS = dict(zip(STAMPS, "PTAUOV", strict=True))
"""The letter that stands at a figure for each kind of stamp, the same as in the HTML report."""

KEY = (
    "P assumed power, T legal gate taken as met, A rests on an assumption, U unsourced number, "
    "O old prices, V rule to be verified"
)


def letters(stamps: Iterable[str]) -> str:
    """The kinds of stamps as letters in brackets: "[PTA]"; empty when there are none."""
    kinds = {stamp.split(":", 1)[0] for stamp in stamps}
    found = "".join(letter for kind, letter in LETTERS.items() if kind in kinds)
    return f"[{found}]" if found else ""

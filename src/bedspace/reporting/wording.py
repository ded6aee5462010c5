"""The words of an appraisal's tables in those of a reader who knows nothing of ensembles."""

from __future__ import annotations

import re
from dataclasses import replace

from bedspace.reporting.views import CellView, TableView

_WORDS = (
    (r"(?<![Gg]ang )\bmember(s?)\b(?! states?\b)", r"future\1"),
    (r"(?<![Gg]ang )\bMember(s?)\b(?! [Ss]tates?\b)", r"Future\1"),
    (r"\bover the (?:whole )?run\b", "over the simulated years"),
    (r"\boutside the run\b", "outside the simulated years"),
    (r"\b([Tt])he run\b", r"\1he simulation"),
    (r"\b[Ww]idth of the corridor\b", "Room for a fee"),
    (r"\bcorridor\b", "room for a fee"),
    (r"\blegal gate(s?)\b", r"legal condition\1"),
)
"""Patterns of our own terms, and what is said instead. A group's or a place's name has none of
them but perhaps "gang members"."""


def spoken(text: str) -> str:
    """A text of an appraisal in a reader's words."""
    for pattern, instead in _WORDS:
        text = re.sub(pattern, instead, text)
    return text


def table(given: TableView) -> TableView:
    """A table in a reader's words."""
    return replace(
        given,
        title=spoken(given.title),
        columns=tuple(_cell(column) for column in given.columns),
        rows=tuple(tuple(_cell(cell) for cell in row) for row in given.rows),
        note=spoken(given.note),
        footnotes=tuple(spoken(note) for note in given.footnotes),
    )


def _cell(given: CellView) -> CellView:
    return replace(given, text=spoken(given.text))

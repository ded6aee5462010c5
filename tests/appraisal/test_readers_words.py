"""A reader is told of futures and of legal conditions, not in the words of our code."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from bedspace.appraisal import Appraisal

OURS = re.compile(
    r"(?<!gang )\bmembers?\b(?! states?\b)|\bcorridor\b|\b(legal|assumed|open|shut) gates?\b"
    r"|\b(whole|over the) run\b",
    re.IGNORECASE,
)


def texts(found: Appraisal) -> Iterator[str]:
    """Everything that a reader sees but ids and the scenario's own texts."""
    for section in found.sections:
        yield section.title
        yield from section.notes
        for table in section.tables:
            yield from (table.title, table.note, *table.columns)
            yield from (cell for row in table.rows for cell in row if isinstance(cell, str))
        for chart in section.charts:
            yield from (chart.title, chart.subject, chart.note, chart.x_title, chart.y_title)
    for figure in found.figures.values():
        yield from (figure.title, figure.formula, figure.note)
    yield from (sentence.text for sentence in found.answer.sentences)


@pytest.mark.parametrize("name", ["leased", "granted"])
def test_a_reader_is_told_in_words_of_the_field(name: str, request: pytest.FixtureRequest) -> None:
    told = list(texts(request.getfixturevalue(name)))
    assert len(told) > 500
    assert [text for text in told if text and OURS.search(text)] == []

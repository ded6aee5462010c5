"""The first screen of the page: the answer, with each number leading to how it was made."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bedspace.appraisal import Appraisal, Figure
from bedspace.appraisal.figures.answer import Answer, Sentence
from bedspace.reporting import short
from bedspace.reporting.stamps import Badge, badges
from bedspace.reporting.views import CellView, Viewer

_NUMBER = re.compile(r"(?<![\w.,-])[$€£]?(\d[\d,]*(?:\.\d+)?)(?:\s?(%|m\b|million|bn\b|billion))?")
_SCALES = {"%": 0.01, "m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}


@dataclass(frozen=True)
class SentenceView:
    """A sentence in pieces, each with the name of the figure that it tells, or none; then the
    `names` of figures that no number of it shows as they are, such as chances."""

    pieces: tuple[tuple[str, str], ...]
    names: tuple[str, ...]
    badges: tuple[Badge, ...]

    @property
    def text(self) -> str:
        """The sentence."""
        return "".join(text for text, _ in self.pieces)


@dataclass(frozen=True)
class TileView:
    """A small box: its title and its sentences."""

    title: str
    sentences: tuple[SentenceView, ...]


@dataclass(frozen=True)
class AnswerView:
    """The answer in view, in the order it is read."""

    question: str
    sentence: SentenceView
    grounds: tuple[SentenceView, ...]
    tiles: tuple[TileView, ...]
    turns: tuple[SentenceView, ...]
    unknown: tuple[SentenceView, ...]
    rests_on: str


@dataclass(frozen=True)
class InShortView:
    """One of the figures that answer the main questions, where no sentence does."""

    title: str
    cell: CellView


def answer(given: Answer, view: Viewer) -> AnswerView:
    """An answer in view."""

    def all_of(sentences: Sequence[Sentence]) -> tuple[SentenceView, ...]:
        return tuple(sentence(one, view) for one in sentences)

    return AnswerView(
        given.question,
        sentence(given.sentence, view),
        all_of(given.grounds),
        tuple(TileView(tile.title, all_of(tile.sentences)) for tile in given.tiles),
        all_of(given.turns),
        all_of(given.unknown),
        given.rests_on,
    )


def in_short(given: Appraisal, view: Viewer) -> tuple[InShortView, ...]:
    """The figures that answer the main questions."""
    figures = [given.figure(id_) for id_ in given.answers]
    return tuple(InShortView(figure.title, view.brief(figure)) for figure in figures)


def sentence(given: Sentence, view: Viewer) -> SentenceView:
    """A sentence whose numbers lead to their figures."""
    text = short.signed(given.text)
    places = list(_NUMBER.finditer(text))
    linked: dict[int, Figure] = {}
    rest: list[Figure] = []
    for figure in given.figures:
        free = (i for i, place in enumerate(places) if i not in linked)
        found = next((i for i in free if _tells(places[i], figure)), None)
        if found is None:
            rest.append(figure)
        else:
            linked[found] = figure
    pieces: list[tuple[str, str]] = []
    end = 0
    for i, figure in sorted(linked.items(), key=lambda pair: pair[0]):
        start, stop = places[i].span()
        pieces += [(text[end:start], ""), (text[start:stop], view.names.figure(figure, view.part))]
        end = stop
    pieces.append((text[end:], ""))
    names = dict.fromkeys(view.names.figure(figure, view.part) for figure in rest)
    return SentenceView(tuple(p for p in pieces if p[0]), tuple(names), badges(given.stamps))


def _tells(place: re.Match[str], figure: Figure) -> bool:
    """Whether a number in a sentence is the figure's value as far as its digits go. The sentence
    says in words whether it is gained or lost."""
    if not isinstance(figure.value, int | float | Decimal):
        return False
    digits, scale = place[1].replace(",", ""), _SCALES.get(place[2] or "", 1.0)
    decimals = len(digits.partition(".")[2])
    return abs(float(digits) * scale - abs(float(figure.value))) <= 0.500001 * 10**-decimals * scale

"""The first screen of the page: the answer, with each number leading to how it was made."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bedspace.appraisal import Figure
from bedspace.appraisal.figures.answer import Answer, Sentence
from bedspace.reporting.brief import readable
from bedspace.reporting.stamps import Badge, badges
from bedspace.reporting.views import Viewer

_NUMBER = re.compile(r"(?<![\w.,-])[$€£]?(\d[\d,]*(?:\.\d+)?)(?:\s?(%|m\b|million|bn\b|billion))?")
_SCALES = {"%": 0.01, "m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}

_COUNTED = {
    "power": "power",
    "legal": "taken",
    "assumption": "assumption",
    "source": "unsourced",
    "price": "old",
    "rule": "verify",
}
"""A word for each kind of stamp that a count of stamps has, and the kind's class."""


@dataclass(frozen=True)
class SentenceView:
    """A sentence in pieces, each with the name of the figure that it tells, or none; then the
    figures, by name and title, that no number of it shows as they are, such as a verdict."""

    pieces: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str], ...]
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
    rests_on: tuple[tuple[str, str], ...]
    """What it rests on in pieces, each with the class of the stamp that it counts, or none."""


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
        _resting(readable(given.rests_on)),
    )


def _resting(text: str) -> tuple[tuple[str, str], ...]:
    """The counts of a line such as "Rests on 2 assumptions and one old price." by their kinds."""
    found = []
    for piece in re.split(r"((?:\d+|one) [^,.]+?(?= and |[,.]))", text):
        kind = next((kind for word, kind in _COUNTED.items() if word in piece), "")
        found.append((piece, kind if piece[:1].isdigit() or piece.startswith("one ") else ""))
    return tuple(piece for piece in found if piece[0])


def sentence(given: Sentence, view: Viewer) -> SentenceView:
    """A sentence whose numbers lead to their figures."""
    text = readable(given.text)
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
    others = {view.names.figure(figure, view.part): figure.title for figure in rest}
    told = tuple(piece for piece in pieces if piece[0])
    return SentenceView(told, tuple(others.items()), badges(given.stamps))


def _tells(place: re.Match[str], figure: Figure) -> bool:
    """Whether a number in a sentence is the figure's value as far as its digits go. The sentence
    says in words whether it is gained or lost."""
    if not isinstance(figure.value, int | float | Decimal):
        return False
    digits, scale = place[1].replace(",", ""), _SCALES.get(place[2] or "", 1.0)
    decimals = len(digits.partition(".")[2])
    gap = abs(float(digits) * scale - abs(float(figure.value)))
    return bool(gap <= 0.500001 * 10**-decimals * scale)

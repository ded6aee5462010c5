"""An Answer: what an appraisal says, in the order a reader asks for it.

It is made of sentences by a fixed grammar (`appraisal/answer`), and every number in a sentence is a
Figure's, so that nothing is said that cannot be explained.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bedspace.appraisal.figures.figure import Figure, Stamp, stamps_of
from bedspace.exceptions import BedspaceError


@dataclass(frozen=True)
class Sentence:
    """A sentence, and the figures whose values, chances and signs it tells, in its order.

    Raises BedspaceError when it is empty.
    """

    text: str
    figures: tuple[Figure, ...] = ()

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise BedspaceError("a sentence of an answer is empty")

    @cached_property
    def stamps(self) -> tuple[Stamp, ...]:
        """Those of its figures."""
        return stamps_of(self.figures)


@dataclass(frozen=True)
class Tile:
    """A small box of the first screen: what it is about, and a few sentences."""

    title: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, repr=False)
class Answer:
    """The first screen: a question, one sentence that answers it, and what that stands on.

    `grounds` are three to five sentences with numbers and intervals; `tiles` are shown side by
    side; `turns` say which numbers would turn the answer, at which value, and what range the file
    gives them; `unknown` are the most important things that nobody knows; `rests_on` is what is
    assumed or open, in one line.
    """

    question: str
    sentence: Sentence
    grounds: tuple[Sentence, ...] = ()
    tiles: tuple[Tile, ...] = ()
    turns: tuple[Sentence, ...] = ()
    unknown: tuple[Sentence, ...] = ()
    rests_on: str = ""

    def __repr__(self) -> str:
        return f"<Answer: {self.sentence.text}>"

    def __str__(self) -> str:
        """The whole of it as lines of text."""
        tiles = (f"{t.title}: {' '.join(s.text for s in t.sentences)}" for t in self.tiles)
        parts = (
            ("", (one.text for one in self.grounds)),
            ("", tiles),
            ("What would turn it:", (one.text for one in self.turns)),
            ("What nobody knows:", (one.text for one in self.unknown)),
        )
        lines = [self.question, self.sentence.text]
        for title, texts in parts:
            found = [f"- {text}" for text in texts]
            lines += [*([title] if title and found else []), *found]
        return "\n".join([*lines, *([self.rests_on] if self.rests_on else [])])

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence, in the order they are read."""
        tiles = (sentence for tile in self.tiles for sentence in tile.sentences)
        return (self.sentence, *self.grounds, *tiles, *self.turns, *self.unknown)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure that a sentence tells, once."""
        found = (figure for sentence in self.sentences for figure in sentence.figures)
        return tuple({figure.id: figure for figure in found}.values())

    @cached_property
    def stamps(self) -> tuple[Stamp, ...]:
        """Those of its figures."""
        return stamps_of(self.figures)

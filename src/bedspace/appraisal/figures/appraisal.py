"""An Appraisal: sections of tables and charts, made of Figures. Reports show it, computing nothing.

Stamps of tables, charts and sections are read off what is in them, like those of a Figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from bedspace import plain_json
from bedspace.appraisal.figures import frames, plain, shown, tables
from bedspace.appraisal.figures.answer import Answer
from bedspace.appraisal.figures.figure import (
    Figure,
    Input,
    Simulated,
    Stamp,
    below,
    stamps_of,
    walk,
)
from bedspace.appraisal.figures.tables import Chart, Section, Table
from bedspace.exceptions import BedspaceError
from bedspace.rules.spelling import meant

SECTIONS = (
    "population",
    "places",
    "costs",
    "law",
    "money-sender",
    "money-receiver",
    "corridor",
    "conditions",
    "sensitivity",
    "cannot-know",
    "evidence",
)
"""Ids of the sections, in their order. Without an agreement there is "costs", and nothing of law,
of fees and of conditions; with one there is no "costs"."""


FEW = 40
"""Fewer members than this leave less than one beyond each end of an interval that holds 95 %."""


@dataclass(frozen=True, repr=False)
class Appraisal(frames.Framed):
    """Everything that is said of one comparison, or of one run: the answer, then the sections.

    `scenario` and `baseline` are names as the user wrote them ("cecot-offer#grant"); `answers`
    are the ids of the figures that answer the main questions, in their order. `is_run` where a
    single run is told of, which has no baseline.
    """

    title: str
    scenario: str
    baseline: str
    members: int
    seed: int
    start: date
    end: date
    sections: tuple[Section, ...]
    answer: Answer
    answers: tuple[str, ...] = ()
    is_run: bool = False

    def __post_init__(self) -> None:
        for id_ in self.answers:
            self.figure(id_)

    @property
    def caution(self) -> str:
        """What to say of every interval before it is read; empty with 40 members and more."""
        if self.members >= FEW:
            return ""
        return (
            f"From {self.members} simulated future{'' if self.members == 1 else 's'} only: with "
            f"fewer than {FEW}, each end of what is called a 95 % interval is the outermost future "
            "or next to it, and the interval is likely too narrow."
        )

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """Every figure by its id: those shown, each followed by those it is made of.

        Raises BedspaceError when two figures have one id.
        """
        return figures_of(self.sections, self.answer.figures)

    @cached_property
    def inputs(self) -> tuple[Input, ...]:
        """Everything that figures and charts rest on, once each, figures left out."""
        found: dict[Input, None] = {}
        drawn = (i for s in self.sections for one in s.charts for i in (*one.inputs, *one.told))
        for item in (*(i for f in self.figures.values() for i in f.inputs), *drawn):
            if not isinstance(item, Figure):
                found.setdefault(item)
                found.update(dict.fromkeys(below(item)))
        return tuple(found)

    def figure(self, id_: str) -> Figure:
        """The figure of that id; BedspaceError when there is none."""
        if id_ not in self.figures:
            raise BedspaceError(f"there is no figure {id_!r} in the appraisal of {self.scenario}")
        return self.figures[id_]

    def walk(self, id_: str) -> Iterator[tuple[int, Input]]:
        """The figure and everything it rests on, each with its depth below it."""
        return walk(self.figure(id_))

    def section(self, id_: str) -> Section:
        """The section of that id; BedspaceError when there is none."""
        return _one({section.id: section for section in self.sections}, "section", id_)

    @cached_property
    def tables(self) -> dict[str, Table]:
        """Every table by its id, in the order they are shown."""
        return {table.id: table for section in self.sections for table in section.tables}

    def table(self, id_: str) -> Table:
        """The table of that id, whose .df(), .pl(), .arrow() and .relation() are frames of it;
        BedspaceError when there is none."""
        return _one(self.tables, "table", id_)

    @cached_property
    def charts(self) -> dict[str, Chart]:
        """Every chart by its id, as data; `bedspace.chart` draws one."""
        return {chart.id: chart for section in self.sections for chart in section.charts}

    def chart(self, id_: str) -> Chart:
        """The data of the chart of that id; BedspaceError when there is none."""
        return _one(self.charts, "chart", id_)

    def columns_of(self) -> frames.Columns:
        """Every figure, one a row: its .df(), .pl(), .arrow() and .relation() are frames of all."""
        return frames.of_figures(self.figures.values())

    def __repr__(self) -> str:
        return f"<Appraisal of {self.scenario}: {self.answer.sentence.text}>"

    def __str__(self) -> str:
        return shown.appraisal_text(self)

    def _repr_html_(self) -> str:
        return shown.appraisal_html(self)

    @cached_property
    def stamps(self) -> tuple[Stamp, ...]:
        """Every stamp of every figure."""
        return stamps_of(self.figures.values())

    def to_json(self) -> str:
        """The whole of it as canonical JSON: Decimals as strings, dates in ISO 8601."""
        return plain_json.text(plain_json.plain(self.to_dict()))

    def to_dict(self) -> dict[str, Any]:
        """The same as plain maps and lists. A cell that is a figure is {"figure": id}; numbers of
        the scenario and counts of the run are named where used and told once."""
        inputs = self.inputs
        named = plain.keys(inputs)
        return {
            "title": self.title,
            "scenario": self.scenario,
            "baseline": self.baseline,
            "members": self.members,
            "caution": self.caution,
            "seed": self.seed,
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "answer": plain.answer(self.answer),
            "answers": list(self.answers),
            "sections": [tables.plain_section(s, named) for s in self.sections],
            "figures": {f.id: plain.figure(f, named) for f in self.figures.values()},
            "numbers": {name: plain.number(item) for item, name in named.items()},
            "counts": {i.id: plain.counted(i, named) for i in inputs if isinstance(i, Simulated)},
            "stamps": list(self.stamps),
        }


_Kind = TypeVar("_Kind")


def _one(known: Mapping[str, _Kind], kind: str, id_: str) -> _Kind:
    """The one of that id. BedspaceError when there is none, with the nearest."""
    if id_ not in known:
        raise BedspaceError(f"there is no {kind} {id_!r}; {meant(id_, list(known))}")
    return known[id_]


def figures_of(sections: Iterable[Section], more: Iterable[Figure] = ()) -> dict[str, Figure]:
    """Every figure of tables and charts, then `more`, each followed by those it is made of, by its
    id.

    Raises BedspaceError when two figures have one id.
    """
    found: dict[str, Figure] = {}
    for section in sections:
        for table in section.tables:
            for figure in table.figures:
                _gather(figure, found)
        for chart in section.charts:
            for item in (*chart.inputs, *chart.told):
                _gather(item, found)
    for figure in more:
        _gather(figure, found)
    return found


def _gather(item: Input, found: dict[str, Figure]) -> None:
    if not isinstance(item, Figure):
        return  # nothing else rests on figures
    known = found.setdefault(item.id, item)
    if known is not item:
        if known != item:
            raise BedspaceError(f"two figures have the id {item.id!r}")
        return
    for lower in item.inputs:
        if isinstance(lower, Figure):
            _gather(lower, found)

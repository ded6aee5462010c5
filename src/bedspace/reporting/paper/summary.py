"""The two pages for the desk: the answer with what it stands on, in fixed boxes of few lines, then
method, assumptions, law, sources and two charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from bedspace.appraisal import Appraisal, Chart, Figure, Number, Taken
from bedspace.appraisal.figures import words
from bedspace.appraisal.figures.answer import Sentence
from bedspace.appraisal.figures.figure import ASSUMED_POWER
from bedspace.appraisal.figures.letters import MEANINGS, bare
from bedspace.reporting.about import About
from bedspace.reporting.brief import brief
from bedspace.reporting.paper.lettering import signed
from bedspace.reporting.paper.numbering import Numbering
from bedspace.reporting.paper.pictures import picture

Data = dict[str, Any]

GLANCE = 11
"""Figures in the table of the first page."""

_DRAWN = (".saving-futures", ".saving-by-share", ".difference", ".months")
"""Ends of the ids of the charts that are wanted on the second page: what every future says, what
would turn it, and people."""


def summary(found: Appraisal, known: About) -> Data:
    """Both pages as plain maps and lists."""
    numbering = Numbering(found)
    return {
        "answer": answer(found),
        "glance": glance(found, numbering),
        "boxes": [
            _proposed(found, known),
            _turns(found),
            unknown(found),
            {
                "title": "What it rests on",
                "items": _rests_on(found),
                "bullets": True,
            },
        ],
        "method": method(found),
        "assumptions": assumptions(found),
        "law": law(found),
        "sources": sources(found, known),
        "charts": [picture(chart, narrow=True) for chart in chosen(found)],
        "commands": list(known.commands),
        "where": known.where,
        "citation": known.citation,
        "key": key(found),
    }


def key(found: Appraisal) -> list[Data]:
    """The letters of the stamps that the appraisal has, with their meaning."""
    return [{"letter": letter, "words": MEANINGS[letter]} for letter in bare(found.stamps)]


def answer(found: Appraisal) -> Data:
    """The question, the sentence, its grounds and the tiles."""
    given = found.answer
    return {
        "question": given.question,
        "sentence": signed(given.sentence.text),
        "letters": bare(given.sentence.stamps),
        "grounds": sentences(given.grounds),
        "tiles": [
            {"title": tile.title, "items": sentences(tile.sentences)} for tile in given.tiles
        ],
    }


def sentences(given: Iterable[Sentence]) -> list[str]:
    """Sentences as texts."""
    return [signed(sentence.text) for sentence in given]


def glance(found: Appraisal, numbering: Numbering) -> list[Data]:
    """The first figures among the answers that are numbers, with what 95 % of futures hold; of
    people held, the difference only."""
    made = []
    for id_ in found.answers:
        figure = found.figure(id_)
        if not _is_number(figure) or id_.endswith((".baseline", ".scenario")):
            continue
        text, interval = brief(figure)
        if figure.humps is not None:
            interval = words.humps(figure.humps, figure.unit)
        made.append(
            {
                "title": figure.title,
                "value": signed(text),
                "interval": signed(interval),
                "letters": bare(figure.stamps),
                "figure": numbering.figures[id_],
            }
        )
    return made[:GLANCE]


def _is_number(figure: Figure) -> bool:
    return figure.value is not None and not isinstance(figure.value, str)


def _proposed(found: Appraisal, known: About) -> Data:
    items = [known.summary or f"{found.title}."]
    if found.baseline:
        own = known.baseline and known.baseline != found.title
        told = f"{known.baseline} ({found.baseline})" if own else found.baseline
        items.append(f"Compared with: {told}.")
    return {"title": "What is appraised", "items": items, "bullets": False}


def _turns(found: Appraisal) -> Data:
    """Switching values."""
    items = sentences(found.answer.turns)
    none = "No number that would turn it has been computed."
    return {"title": "What would change it", "items": items or [none], "bullets": True}


def unknown(found: Appraisal) -> Data:
    """The most important things that nobody knows; otherwise, what no appraisal can know."""
    items = sentences(found.answer.unknown)
    if not items:
        items = [note for s in found.sections if s.id == "cannot-know" for note in s.notes]
    return {"title": "What nobody knows", "items": [signed(i) for i in items], "bullets": True}


def method(found: Appraisal) -> list[str]:
    """How the figures were made, in sentences."""
    told = [
        f"bedspace follows every person day by day from {found.start} to {found.end}: through "
        "custody, transfer, return and release.",
        f"It does so in {found.members} simulated futures. Each has its own luck, and its own "
        "value of every number that has a range.",
    ]
    if found.baseline:
        told.append(
            "The scenario and its baseline hold the same people with the same luck, so that their "
            "difference is the policy's and not chance."
        )
    told.append(
        "An interval holds 95 % of the futures. It covers chance and the ranges stated; it does "
        "not cover an error of the model."
    )
    return told


def assumptions(found: Appraisal) -> list[Data]:
    """Assumed numbers with why they are taken: those that have a range first, and among them those
    that most figures use directly."""
    used = Counter(item for f in found.figures.values() for item in f.inputs)
    assumed = (i for i in found.inputs if isinstance(i, Number) and i.grade == "assumption")
    order = sorted(assumed, key=lambda n: (n.low is None, -used[n], n.path))
    return [
        {
            "path": number.path,
            "value": signed(_valued(number)),
            "why": signed(number.note or "no source and no reason is given"),
        }
        for number in order
    ]


def _valued(number: Number) -> str:
    text = words.given(number.value)
    if number.unit and number.unit != "number" and not isinstance(number.value, str):
        text += f" {number.unit}"
    if number.low is None or number.high is None:
        return text
    return f"{text} ({words.given(number.low)} to {words.given(number.high)})"


def _rests_on(found: Appraisal) -> list[str]:
    """What is assumed or open, in a line, and the powers that are assumed."""
    return [signed(text) for text in (found.answer.rests_on, law(found)[0]) if text]


def law(found: Appraisal) -> list[str]:
    """Powers assumed, and conditions that are taken as met, in words."""
    powers = [s.what for s in found.stamps if s.kind == ASSUMED_POWER]
    met = [item for item in found.inputs if isinstance(item, Taken)]
    if not powers and not met:
        return ["Nothing in law is assumed, and no open legal question is taken as met."]
    told = [f"Powers assumed that the law does not give: {', '.join(powers) or 'none'}."]
    if met:
        undecided = sum(item.status == "unsettled" for item in met)
        needed = len(met) - undecided
        parts = [f"{needed} still need something"] if needed else []
        parts += [f"{undecided} nobody has decided"] if undecided else []
        many = "legal condition is" if len(met) == 1 else "legal conditions are"
        told.append(
            f"{len(met)} {many} taken as met: {', '.join(parts)}. Whoever the law bars on every "
            "route is not sent."
        )
        first = sorted(met, key=lambda item: item.status != "unsettled")
        told += list(dict.fromkeys(item.words for item in first))
    return [signed(text) for text in told]


def sources(found: Appraisal, known: About) -> list[str]:
    """The works that most figures rest on directly."""
    used = Counter(
        item.source
        for figure in found.figures.values()
        for item in figure.inputs
        if isinstance(item, Number) and item.source
    )
    cited = Counter(i.source for i in found.inputs if isinstance(i, Number) and i.source)
    order = sorted(cited, key=lambda title: (-used[title], -cited[title], title))
    told = []
    for title in order:
        source = known.sources.get(title)
        by = [source.publisher, source.date or ""] if source is not None else []
        told.append(", ".join([title, *(part for part in by if part)]) + ".")
    return told or ["No number cites a source."]


def chosen(found: Appraisal) -> list[Chart]:
    """Two charts at most: the first of each kind that is wanted, then any others."""
    every = [chart for section in found.sections for chart in section.charts]
    first = {end: chart for end in _DRAWN for chart in reversed(every) if chart.id.endswith(end)}
    wanted = {chart.id: chart for chart in (*first.values(), *every)}
    return list(wanted.values())[:2]

"""Figures and their inputs as plain maps and lists, fit for JSON. Decimals are strings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, assert_never

from bedspace.appraisal.figures.answer import Answer, Sentence
from bedspace.appraisal.figures.figure import (
    Figure,
    Gate,
    Input,
    Number,
    Rule,
    Simulated,
    Taken,
)
from bedspace.appraisal.figures.spread import spread
from bedspace.plain_json import plain


def keys(inputs: Iterable[Input]) -> dict[Number, str]:
    """A name for every number: its path, and where two sides of a comparison have another value
    there, the path and "(2)"."""
    found: dict[Number, str] = {}
    taken: Counter[str] = Counter()
    for item in inputs:
        if isinstance(item, Number) and item not in found:
            taken[item.path] += 1
            count = taken[item.path]
            found[item] = item.path if count == 1 else f"{item.path} ({count})"
    return found


def figure(made: Figure, named: Mapping[Number, str]) -> dict[str, Any]:
    """A figure with its inputs by reference."""
    return facts(made) | {"inputs": [reference(item, named) for item in made.inputs]}


def facts(made: Figure) -> dict[str, Any]:
    """A figure without its inputs."""
    return {
        "id": made.id,
        "title": made.title,
        "value": plain(made.value),
        "low": plain(made.low),
        "high": plain(made.high),
        "unit": made.unit,
        "formula": made.formula,
        "note": made.note,
        "stamps": list(made.stamps),
    } | _humps(made)


def answer(made: Answer) -> dict[str, Any]:
    """An answer: its sentences with the ids of the figures that they tell."""
    return {
        "question": made.question,
        "sentence": _sentence(made.sentence),
        "grounds": [_sentence(one) for one in made.grounds],
        "tiles": [
            {"title": tile.title, "sentences": [_sentence(one) for one in tile.sentences]}
            for tile in made.tiles
        ],
        "turns": [_sentence(one) for one in made.turns],
        "unknown": [_sentence(one) for one in made.unknown],
        "rests_on": made.rests_on,
        "stamps": list(made.stamps),
    }


def _sentence(made: Sentence) -> dict[str, Any]:
    return {"text": made.text, "figures": [figure.id for figure in made.figures]}


def _humps(made: Figure) -> dict[str, Any]:
    """Where many members share one value: it, its chance, and the median of the others."""
    found = made.humps
    if found is None:
        return {}
    rest = spread(found.others, made.unit)
    return {
        "mean": plain(made.value),
        "humps": {
            "value": plain(found.value),
            "share_of_members": found.share,
            "others": {
                "median": plain(rest.value),
                "low": plain(rest.low),
                "high": plain(rest.high),
            },
        },
    }


def number(item: Number) -> dict[str, Any]:
    """A number of the scenario with its evidence."""
    return {
        "path": item.path,
        "value": plain(item.value),
        "low": plain(item.low),
        "high": plain(item.high),
        "unit": item.unit,
        "source": item.source,
        "grade": item.grade,
        "quote": item.quote,
        "note": item.note,
        "disputed_by": list(item.disputed_by),
    }


def reference(item: Input, named: Mapping[Number, str]) -> dict[str, Any]:
    """An input: figures, numbers and counts of a run by name, everything else in full."""
    match item:
        case Figure():
            return {"kind": "figure", "id": item.id}
        case Number():
            return {"kind": "number", "number": named[item]}
        case Gate():
            return {"kind": "assumed gate", "gate": item.gate, "reason": item.reason}
        case Taken():
            return {
                "kind": "gate taken as met",
                "gate": item.gate,
                "status": item.status,
                "words": item.words,
            }
        case Rule():
            return {
                "kind": "rule",
                "id": item.id,
                "words": item.words,
                "citation": item.citation,
                "grade": item.grade,
                "as_of": item.as_of,
                "binds": item.binds,
            }
        case Simulated():
            return {"kind": "counted in the run", "id": item.id, "words": item.words}
        case _:
            assert_never(item)


def counted(item: Simulated, named: Mapping[Number, str]) -> dict[str, Any]:
    """What a count of a run rests on."""
    return {
        "words": item.words,
        "numbers": [named[i] for i in item.rests_on if isinstance(i, Number)],
        "assumed": [i.gate for i in item.rests_on if isinstance(i, Gate)],
        "taken_as_met": [
            {"gate": i.gate, "status": i.status, "words": i.words}
            for i in item.rests_on
            if isinstance(i, Taken)
        ],
    }

"""A figure traced to everything it rests on, as nested maps; and what was meant by a wrong id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any

from bedspace.appraisal.figures import plain
from bedspace.appraisal.figures.appraisal import Appraisal
from bedspace.appraisal.figures.figure import (
    Figure,
    Gate,
    Input,
    Number,
    Rule,
    Simulated,
    Taken,
    walk,
)
from bedspace.exceptions import BedspaceError

NEAR = 6
"""Ids that are suggested for one that does not exist."""


def traced(found: Appraisal, id_: str) -> Figure:
    """The figure of that id. BedspaceError when there is none, with the ids nearest to it."""
    if id_ in found.figures:
        return found.figures[id_]
    meant = near(id_, found.figures)
    raise BedspaceError(
        f"there is no figure {id_!r} in the appraisal of {found.scenario}"
        + (f"; did you mean {', '.join(meant)}?" if meant else ".")
        + " All of them: bedspace explain RUN"
    )


def near(asked: str, ids: Iterable[str]) -> list[str]:
    """Ids that hold what was asked, the shortest first; then those that are spelt nearly like it,
    whole or without the agreement or system they begin with."""
    known = list(ids)
    holding = sorted((i for i in known if asked and asked.lower() in i.lower()), key=len)
    ends: dict[str, list[str]] = {}
    for id_ in known:
        ends.setdefault(id_, []).append(id_)
        ends.setdefault(id_.partition(".")[2], []).append(id_)
    alike = [i for end in get_close_matches(asked, ends, NEAR, 0.6) for i in ends[end]]
    return list(dict.fromkeys((*holding, *alike)))[:NEAR]


def opened(item: Input) -> Iterator[tuple[int, Input, bool]]:
    """As `walk`, each with whether it was told before: then it is only named."""
    told: set[object] = set()
    for depth, one in walk(item):
        # Both sides of a comparison may have another value at one path.
        key = one if isinstance(one, Number) else (type(one), one.id)
        yield depth, one, key in told
        told.add(key)


def tree(item: Input) -> dict[str, Any]:
    """The item and below it, in "rests_on", all it rests on, fit for JSON: each in full where it is
    first told, and later as {"kind", "id", "told": "above"}."""
    branch: list[dict[str, Any]] = []
    for depth, one, told in opened(item):
        made = {"kind": kind(one), "id": one.id, **({"told": "above"} if told else _own(one))}
        if depth:
            branch[depth - 1].setdefault("rests_on", []).append(made)
        branch[depth:] = [made]
    return branch[0]


def kind(item: Input) -> str:
    """What an input is called."""
    match item:
        case Figure():
            return "figure"
        case Number():
            return "number"
        case Simulated():
            return "counted in the run"
        case Rule():
            return "rule"
        case Gate():
            return "assumed gate"
        case Taken():
            return "gate taken as met"


def _own(item: Input) -> dict[str, Any]:
    """What an item says of itself, without what it rests on."""
    match item:
        case Figure():
            return plain.facts(item)
        case Number():
            return plain.number(item)
        case Simulated():
            return {"words": item.words}
        case _:
            return plain.reference(item, {})

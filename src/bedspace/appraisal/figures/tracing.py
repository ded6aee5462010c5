"""A figure traced to everything it rests on, as nested maps; and what was meant by a wrong id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, assert_never

from bedspace import plain_json
from bedspace.appraisal.figures import plain
from bedspace.appraisal.figures.appraisal import Appraisal
from bedspace.appraisal.figures.currencies import smallest
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
from bedspace.rules.spelling import alike

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
    similar = [i for end in alike(asked, ends, NEAR) for i in ends[end]]
    return list(dict.fromkeys((*holding, *similar)))[:NEAR]


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


def summands(figure: Figure) -> tuple[tuple[int, Figure], ...]:
    """The figures that this one is the sum of, each with 1 or with -1 where it is taken away: in
    every member and so in their means, as shown. Empty where it is made in another way."""
    parts = _parts(figure)
    if len(parts) < 2:
        return ()
    rest = (-1,) * (len(parts) - 1)
    for signs in ((1,) * len(parts), (1, *rest), (*rest, 1)):
        signed = tuple(zip(signs, parts, strict=True))
        if _adds(figure, signed):
            return signed
    return ()


def _parts(figure: Figure) -> list[Figure]:
    """Its parts that vary, or nothing where one of them has other members than it has."""
    values = figure.by_member
    parts = [item for item in figure.inputs if isinstance(item, Figure) and item.by_member]
    if figure.low is None or any(len(part.by_member) != len(values) for part in parts):
        return []
    return [] if isinstance(figure.value, str | None) else parts


def _adds(figure: Figure, signed: Sequence[tuple[int, Figure]]) -> bool:
    if any(part.unit != figure.unit or part.exact for _, part in signed):
        return False
    parts = [[sign * value for value in map(float, part.by_member)] for sign, part in signed]
    if isinstance(figure.value, Decimal):
        # Each is rounded by itself to what its currency has.
        slack = float(smallest(figure.unit)) / 2 * (len(parts) + 1)
    else:
        slack = 1e-9 * max(abs(value) for part in parts for value in part)
    sums = map(sum, zip(*parts, strict=True))
    both = zip(sums, map(float, figure.by_member), strict=True)
    return all(abs(made - value) <= slack for made, value in both)


@dataclass(frozen=True)
class InOneMember:
    """A figure and those it is made of as one member has them: there the formula holds, where a
    product of means, or a mean of products, is another. `parts` are the figures with the member's
    value of each."""

    member: int
    value: float | Decimal
    parts: tuple[tuple[Figure, float | Decimal], ...]


def in_one_member(figure: Figure) -> InOneMember | None:
    """The member whose value is nearest to the figure's own, the first of equals; None where no
    value varies between members, the parts have other members, or the figure is a sum."""
    parts, values = _parts(figure), figure.by_member
    if not parts or isinstance(figure.value, str | None) or summands(figure):
        return None
    mean = float(figure.value)
    member = min(range(len(values)), key=lambda m: (abs(float(values[m]) - mean), m))
    return InOneMember(member, values[member], tuple((p, p.by_member[member]) for p in parts))


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
        case _:
            assert_never(item)


def _made(figure: Figure) -> dict[str, Any]:
    """How its own number is made of others: as a sum, or in one member."""
    if added := summands(figure):
        return {"sum_of": {part.id: sign for sign, part in added}}
    one = in_one_member(figure)
    if one is None:
        return {}
    parts = {part.id: plain_json.plain(value) for part, value in one.parts}
    return {
        "in_one_member": {"member": one.member, "value": plain_json.plain(one.value), "of": parts}
    }


def _own(item: Input) -> dict[str, Any]:
    """What an item says of itself, without what it rests on."""
    match item:
        case Figure():
            return plain.facts(item) | _made(item)
        case Number():
            return plain.number(item)
        case Simulated():
            return {"words": item.words}
        case Gate() | Taken() | Rule():
            return plain.reference(item, {})
        case _:
            assert_never(item)

"""An appraisal as JSON that gives it back whole: each figure once, with every member's value.

This is the form in which a finished appraisal is kept for the next time. `Appraisal.to_json` is
for readers instead: it names things and leaves out what a reader does not need.

Every part of an appraisal is one row of `parts`: what it is, then its fields in their order. A
part that others rest on stands before them, and they name it by its place, so what is shared stays
shared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from bedspace.appraisal.figures.answer import Answer, Sentence, Tile
from bedspace.appraisal.figures.appraisal import Appraisal
from bedspace.appraisal.figures.figure import Figure, Gate, Number, Rule, Simulated, Taken
from bedspace.appraisal.figures.tables import Chart, Section, Table

_KINDS: dict[str, type] = {
    kind.__name__: kind
    for kind in (
        Number,
        Gate,
        Taken,
        Rule,
        Simulated,
        Figure,
        Table,
        Chart,
        Section,
        Sentence,
        Tile,
        Answer,
        Appraisal,
    )
}

_FIELDS = {
    kind: tuple(field.name for field in fields(kind) if field.init) for kind in _KINDS.values()
}

# A value that JSON has no word for is a map of one key, which says what it is.
_PART, _DECIMAL, _DECIMALS, _DATE, _MAP = "part", "decimal", "decimals", "date", "map"


def stored(found: Appraisal) -> dict[str, Any]:
    """The appraisal as plain maps and lists, fit for JSON.

    Raises TypeError for a part of a kind that is not known here.
    """
    parts: list[list[Any]] = []
    places: dict[int, int] = {}
    _place(found, parts, places)
    return {"parts": parts}


def restored(kept: Mapping[str, Any]) -> Appraisal:
    """The appraisal that `stored` made this of."""
    parts: list[Any] = []
    for kind, *values in kept["parts"]:
        parts.append(_KINDS[kind](*(_value(value, parts) for value in values)))
    found = parts[-1]
    assert isinstance(found, Appraisal)
    return found


def _place(part: Any, parts: list[list[Any]], places: dict[int, int]) -> int:
    """Where a part stands, after all that it rests on."""
    if id(part) not in places:
        names = _FIELDS[type(part)]
        row = [type(part).__name__, *(_plain(getattr(part, n), parts, places) for n in names)]
        places[id(part)] = len(parts)
        parts.append(row)
    return places[id(part)]


def _plain(value: Any, parts: list[list[Any]], places: dict[int, int]) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if type(value) in _FIELDS:
        return {_PART: _place(value, parts, places)}
    if isinstance(value, Decimal):
        return {_DECIMAL: str(value)}
    if isinstance(value, date):
        return {_DATE: value.isoformat()}
    if isinstance(value, Mapping):
        return {_MAP: [[key, _plain(one, parts, places)] for key, one in value.items()]}
    if isinstance(value, tuple | list):
        if value and all(isinstance(one, Decimal) for one in value):
            return {_DECIMALS: [str(one) for one in value]}
        return [_plain(one, parts, places) for one in value]
    raise TypeError(f"an appraisal cannot be kept with a {type(value).__name__} in it")


def _value(kept: Any, parts: list[Any]) -> Any:
    if isinstance(kept, list):
        return tuple(_value(one, parts) for one in kept)
    if not isinstance(kept, dict):
        return kept
    ((kind, inner),) = kept.items()
    if kind == _PART:
        return parts[inner]
    if kind == _DECIMAL:
        return Decimal(inner)
    if kind == _DECIMALS:
        return tuple(Decimal(one) for one in inner)
    if kind == _DATE:
        return date.fromisoformat(inner)
    return {key: _value(one, parts) for key, one in inner}

"""Paths: the only way to name a number. `homeland.facilities.north.places`,
`agreements.lease.fee.0.per_place`; the leading `systems.` is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from pydantic import BaseModel

from bedspace.exceptions import ScenarioError
from bedspace.scenario.model.custody import Admissions
from bedspace.scenario.model.renewals import Renewal
from bedspace.scenario.model.scenario import Scenario
from bedspace.scenario.reading.faults import advise, keys
from bedspace.scenario.reading.nodes import problem
from bedspace.scenario.reading.trees import Mark
from bedspace.scenario.values.quantities import Quantity, with_value
from bedspace.scenario.values.typed import Flag

Step = str | int
NO_INPUT = re.compile(r"(context|[^.]+\.observed|agreements\.[^.]+\.observed)\.")


def leaves(scn: Scenario) -> Iterator[tuple[str, Quantity | Flag]]:
    """Every number and flag with its path; maps and lists in the order of the file."""
    for path, value in _walk(scn, ""):
        yield path.removeprefix("systems."), value


def numbers(scn: Scenario) -> dict[str, Quantity]:
    """Every number by its path, those of measures, observations and context too."""
    return {path: value for path, value in leaves(scn) if isinstance(value, Quantity)}


def uncertain(scn: Scenario) -> dict[str, Quantity]:
    """The inputs with a range, by path. What is never an input (observed, context) is left out."""
    return {
        path: number
        for path, number in numbers(scn).items()
        if number.low is not None
        and number.high is not None
        and number.low < number.high
        and not NO_INPUT.match(path)
    }


def get(scn: Scenario, path: str) -> Any:
    """What stands at `path`: a Quantity, a Flag, a date, a word, a list or a whole part.

    Raises ScenarioError with the nearest name when the path names nothing.
    """
    return _follow(scn, path)[1]


def canonical(scn: Scenario, path: str) -> str:
    """The path as `numbers` has it: `...admissions` stands for `...admissions.rate`."""
    steps = ["from" if step == "from_" else str(step) for step in _follow(scn, path)[0]]
    return ".".join(steps[1:] if steps[0] == "systems" else steps)


def with_values(scn: Scenario, values: Mapping[str, float | Decimal]) -> Scenario:
    """The same scenario with other numbers, in base units; nothing is checked again.

    The path of a renewal takes the days from its start to the renewal that fails.

    Money takes a Decimal exactly. Exits and mixes need not sum to one afterwards: see
    `pathways.exit_shares`. Raises ScenarioError when a path names no number.
    """
    todo: dict[Step, Any] = {}
    lapses: dict[Step, Any] = {}
    for path, value in values.items():
        steps, old = _follow(scn, path)
        if not isinstance(old, Quantity | Renewal):
            raise _nothing(scn, path, "is not a number", "name a number")
        here = lapses if isinstance(old, Renewal) else todo
        for step in steps[:-1]:
            here = here.setdefault(step, {})
        here[steps[-1]] = float(value) if isinstance(old, Renewal) else with_value(old, value)
    # Numbers first: those of a renewal stand within what a lapse is set at.
    changed: Scenario = _rebuilt(_rebuilt(scn, todo), lapses)
    return changed


def replaced(scn: Scenario, values: Mapping[str, Quantity | Flag]) -> Scenario:
    """The same scenario with other quantities and flags at their paths, as they are given."""
    todo: dict[Step, Any] = {}
    for path, quantity in values.items():
        steps, _ = _follow(scn, path)
        here = todo
        for step in steps[:-1]:
            here = here.setdefault(step, {})
        here[steps[-1]] = quantity
    changed: Scenario = _rebuilt(scn, todo)
    return changed


def _rebuilt(old: Any, todo: Any) -> Any:
    if isinstance(todo, Quantity | Flag):
        return todo
    if isinstance(todo, float):
        return old.lasting(todo)
    if isinstance(old, BaseModel):
        return old.model_copy(
            update={str(k): _rebuilt(getattr(old, str(k)), v) for k, v in todo.items()}
        )
    if isinstance(old, dict):
        return old | {k: _rebuilt(old[k], v) for k, v in todo.items()}
    items = list(old)
    for k, v in todo.items():
        items[int(k)] = _rebuilt(items[int(k)], v)
    return tuple(items)


def _walk(value: Any, path: str) -> Iterator[tuple[str, Quantity | Flag]]:
    if isinstance(value, Quantity | Flag):
        yield path, value
        return
    entries: list[tuple[Any, Any]] = []
    if isinstance(value, BaseModel):
        entries = [
            (field.alias or name, getattr(value, name))
            for name, field in type(value).model_fields.items()
            if name != "variants"
        ]
    elif isinstance(value, dict):
        entries = list(value.items())
    elif isinstance(value, tuple):
        entries = list(enumerate(value))
    for key, below in entries:
        if not isinstance(below, str):
            yield from _walk(below, f"{path}.{key}" if path else str(key))


def _follow(scn: Scenario, path: str) -> tuple[list[Any], Any]:
    """The steps (attribute names, keys, indices) that `path` takes, and what is there."""
    first = path.split(".", 1)[0]
    steps: list[Any] = ["systems"] if first in scn.systems else []
    here: Any = scn.systems if steps else scn
    rest = path
    while rest:
        word, _, after = rest.partition(".")
        if (field := _field(here, word)) is not None:
            steps.append(field)
            here, rest = getattr(here, field), after
            continue
        known = _known(here)
        fitting = [k for k in known if rest == k or rest.startswith(k + ".")]
        if not fitting:
            names = list(known) + (list(scn.systems) if here is scn else [])
            raise _nothing(scn, path, f"names nothing: there is no {word!r}", advise(word, names))
        key = max(fitting, key=len)
        steps.append(known[key])
        here = _step(here, known[key])
        rest = rest[len(key) + 1 :]
    if isinstance(here, Admissions) and here.rate is not None:
        return [*steps, "rate"], here.rate
    return steps, here


def _field(here: Any, word: str) -> str | None:
    """The attribute of a part that a word of a path names, if it is given; no such name has a dot
    in it, as keys of a map may have."""
    name = _fields(type(here)).get(word) if isinstance(here, BaseModel) else None
    return None if name is None or getattr(here, name) is None else name


@cache
def _fields(part: type[BaseModel]) -> dict[str, str]:
    """The attribute of each key of a kind of part."""
    return dict(zip(keys(part), part.model_fields, strict=True))


def _known(here: Any) -> dict[str, Any]:
    """Names that lead on from here -> the step each one takes."""
    if isinstance(here, BaseModel):
        pairs = _fields(type(here)).items()
        return {key: name for key, name in pairs if getattr(here, name) is not None}
    if isinstance(here, dict):
        return {str(key): key for key in here}
    if isinstance(here, tuple):
        return {str(i): i for i in range(len(here))}
    return {}


def _step(here: Any, step: Any) -> Any:
    return getattr(here, step) if isinstance(here, BaseModel) else here[step]


def _nothing(scn: Scenario, path: str, what: str, mend: str) -> ScenarioError:
    file, line, column = scn.where(path).rsplit(":", 2)
    return ScenarioError(
        [problem(Mark(file, int(line), int(column)), f"the path {path!r} {what}", mend)]
    )

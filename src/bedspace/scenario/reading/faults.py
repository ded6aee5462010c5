"""From what pydantic says to what a user can mend: one place, one line, the nearest valid name."""

from __future__ import annotations

import types
from collections.abc import Iterable, Sequence
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from bedspace.exceptions import Problem
from bedspace.rules.spelling import nearest
from bedspace.scenario.reading.nodes import problem
from bedspace.scenario.reading.trees import Branch, Leaf, Node, Row, at, child, mark_at
from bedspace.scenario.values.characters import unusual
from bedspace.scenario.values.quantities import Quantity
from bedspace.scenario.values.typed import Evidence, Flag

_TAGS = (
    "one number",
    "by stage",
    "people alone",
    "people and time served",
    "a word",
    "a facility",
    "a length",
    "dated levels",
    "a number of places",
    "a share",
    "the name of an index",
    "[key]",
)
"""What pydantic puts into a location where one key may hold several kinds of value."""


def advise(word: str, names: Iterable[str], kind: str = "names") -> str:
    """How to mend a wrong name: the nearest valid one, or all of them."""
    known = list(names)
    near = nearest(word, known)
    if near:
        return f"did you mean {near!r}?"
    if not known:
        return f"there are no {kind} here: define one or take it out"
    shown = ", ".join(known[:12]) + (", ..." if len(known) > 12 else "")
    return f"the {kind} here are {shown}"


def keys(model: type[BaseModel]) -> list[str]:
    """The keys a map of this model may have, as written in the file."""
    return [field.alias or name for name, field in model.model_fields.items()]


def translate(error: ValidationError, model: type[BaseModel], tree: Node) -> list[Problem]:
    """Every fault pydantic found in the plain form of `tree`, as Problems in the file."""
    faults = error.errors(include_url=False)
    misspelt: set[tuple[tuple[str, ...], str | None]] = set()
    cut: set[tuple[str, ...]] = set()
    for fault in faults:
        if fault["type"] == "extra_forbidden":
            *above, word = _steps(fault["loc"], tree)
            misspelt.add((tuple(above), nearest(word, keys_at(model, above))))
            if _empty(at(tree, *above, word)):
                cut.add((*above, _before(at(tree, *above), word)))
    found = []
    for fault in faults:
        steps = _steps(fault["loc"], tree)
        if fault["type"] == "missing" and (tuple(steps[:-1]), steps[-1]) in misspelt:
            continue  # the misspelt key says it already
        if tuple(steps) in cut:
            continue  # the comma behind it says it already
        found.append(_one(fault, steps, model, tree))
    return found


def _one(fault: Any, steps: list[str], model: type[BaseModel], tree: Node) -> Problem:
    kind, context = fault["type"], fault.get("ctx", {})
    last = steps[-1] if steps else ""
    if kind == "bedspace":
        for step in context["at"]:
            if child_exists(tree, [*steps, step]):
                steps = [*steps, step]
    odd = _unusual(at(tree, *steps))
    if odd is not None and "[key]" not in fault["loc"]:
        return problem(mark_at(tree, steps), odd, "write plain spaces, or none")
    if kind == "bedspace":
        return problem(
            mark_at(tree, steps, key="[key]" in fault["loc"]), context["what"], context["mend"]
        )
    if kind == "extra_forbidden":
        mend = advise(last, keys_at(model, steps[:-1]), "keys")
        if _empty(at(tree, *steps)):
            mend = (
                "a comma inside { } begins a new key: write a number without one, and text with "
                "one in quotes"
            )
        return problem(mark_at(tree, steps, key=True), f"{last!r} is not a key here", mend)
    if kind == "missing":
        return problem(
            mark_at(tree, steps[:-1], key=True), f"{last!r} is missing", f"add the key {last}"
        )
    if kind == "literal_error":
        allowed = [word.strip("' ") for word in context["expected"].replace(" or ", ",").split(",")]
        node = at(tree, *steps)
        word = node.text if isinstance(node, Leaf) else "a map or list"
        return problem(
            mark_at(tree, steps), f"{word!r} is not allowed here", f"write {' or '.join(allowed)}"
        )
    if kind in ("tuple_type", "list_type"):
        return problem(
            mark_at(tree, steps),
            f"{last!r} must be a list",
            "write it in brackets: [a, b], or one item a line after a dash",
        )
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        here = keys_at(model, steps)
        return problem(
            mark_at(tree, steps),
            f"{last!r} must be a map",
            f"give its keys: {', '.join(here[:10])}" if here else "give name: value",
        )
    return problem(mark_at(tree, steps), str(fault["msg"]), "see docs/language.md")


def _unusual(node: Node | None) -> str | None:
    """The character that looks like a space, or like nothing, in a value that was refused."""
    if isinstance(node, Branch):
        node = node.get("value")
    if not isinstance(node, Leaf):
        return None
    odd = unusual(node.text.strip())
    return f"{odd} stands in {' '.join(node.text.split())!r}" if odd else None


def _empty(node: Node | None) -> bool:
    """Whether this is a key alone, as a comma inside braces makes one."""
    return isinstance(node, Leaf) and not node.text


def _before(node: Node | None, key: str) -> str:
    """The key before another in a map."""
    known = list(node.items) if isinstance(node, Branch) else []
    return known[known.index(key) - 1] if key in known[1:] else ""


def child_exists(tree: Node, steps: Sequence[str]) -> bool:
    """Whether something stands at `steps`."""
    return at(tree, *steps) is not None


def _steps(loc: tuple[int | str, ...], tree: Node) -> list[str]:
    """Pydantic's location without the names that its validators put in."""
    steps: list[str] = []
    node: Node | None = tree
    for i, part in enumerate(loc):
        step = str(part)
        below = child(node, step) if node is not None else None
        if below is None and (i < len(loc) - 1 or step in _TAGS):
            continue
        if below is None and not isinstance(node, Branch | Row):
            continue
        steps.append(step)
        node = below
    return steps


def keys_at(model: type[BaseModel], steps: Sequence[str]) -> list[str]:
    """The keys that are valid in a map at `steps`, of any kind; empty where any name is."""
    here: Any = model
    for step in steps:
        here = _down(here, step)
    return [key for found in _models(here) for key in keys(found)]


def _models(kind: Any) -> list[type[BaseModel]]:
    found: list[type[BaseModel]] = []
    for option in _options(kind):
        if option in (Quantity, Flag):
            found.append(Evidence)
        elif isinstance(option, type) and issubclass(option, BaseModel):
            found.append(option)
    return found


def _down(kind: Any, step: str) -> Any:
    for option in _options(kind):
        origin, args = get_origin(option), get_args(option)
        if origin is dict:
            return args[1]
        if origin is tuple and step.isdecimal():
            return args[0]
    for model in _models(kind):
        for name, field in model.model_fields.items():
            if step == (field.alias or name):
                return field.annotation
    return None


def _options(kind: Any) -> list[Any]:
    """The alternatives of a type: unions opened, annotations taken off."""
    if get_origin(kind) is Annotated:
        return _options(get_args(kind)[0])
    if get_origin(kind) in (Union, types.UnionType):
        return [option for part in get_args(kind) for option in _options(part)]
    return [kind]

"""Law that a scenario brings: routes written in the file itself or in a law file beside it, in the
form of the shipped ones, beside which they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from bedspace.exceptions import Problem
from bedspace.rules import law
from bedspace.scenario.looking import items, leaf
from bedspace.scenario.reading import problem
from bedspace.scenario.trees import Branch, Leaf, Node, Row, mark_at, plain

Fetch = Callable[[Leaf], tuple[Node | None, list[Problem]]]
"""Reads the law file that a leaf names: its tree, None where it cannot be read, and its faults."""


def _route(raw: object) -> object:
    # One with faults stays as it is: `check` says where they are.
    return raw if not isinstance(raw, dict) or law.faults(raw) else law.made(raw)


OwnRoute = Annotated[
    Any,
    BeforeValidator(_route),
    WithJsonSchema({"type": ["string", "object"], "description": "A route, or a law file's name."}),
]
"""A `law.Route` once the scenario is loaded."""


def gathered(tree: Branch, fetch: Fetch) -> tuple[Branch, list[Problem]]:
    """The tree with what each law file holds in place of its name, so that a scenario keeps its law
    with it wherever it goes."""
    if not any(isinstance(item, Leaf) for item in items(tree, "law")):
        return tree, []
    mark, given = tree.items["law"]
    problems: list[Problem] = []
    kept: list[Node] = []
    for item in items(tree, "law"):
        if isinstance(item, Leaf):
            found, wrong = fetch(item)
            problems += wrong
            kept += [found] if found is not None else []
        else:
            kept.append(item)
    return Branch({**tree.items, "law": (mark, Row(tuple(kept), given.mark))}, tree.mark), problems


def check(tree: Node) -> Iterator[Problem]:
    """Everything that is wrong with the routes a scenario brings, at its place."""
    seen: dict[str, str] = dict.fromkeys(law.routes(), "shipped with bedspace")
    for item in items(tree, "law"):
        for fault in law.faults(plain(item)):
            yield problem(mark_at(item, fault.path), fault.what, fault.mend)
        id_ = leaf(item, "id")
        if id_ is not None and id_.text in seen:
            yield problem(
                id_.mark,
                f"the route {id_.text!r} is {seen[id_.text]}",
                "give it an id of its own, and name that one under routes",
            )
        elif id_ is not None:
            seen[id_.text] = "here twice"


def routes(tree: Node) -> tuple[dict[str, law.Route], set[str]]:
    """The routes there are for a scenario's agreements, the shipped ones and its own; and the ids
    of those whose faults leave open what they say."""
    found = dict(law.routes())
    open_ = set()
    for item in items(tree, "law"):
        id_ = leaf(item, "id")
        record = plain(item)
        if not law.faults(record):
            route = law.made(record)
            found.setdefault(route.id, route)
        elif id_ is not None:
            open_.add(id_.text)
    return found, open_

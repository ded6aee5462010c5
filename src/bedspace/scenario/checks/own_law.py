"""Law that a scenario brings: what is wrong with its routes, and which routes there are."""

from __future__ import annotations

from collections.abc import Iterator

from bedspace.exceptions import Problem
from bedspace.rules import law
from bedspace.scenario.reading.looking import items, leaf
from bedspace.scenario.reading.nodes import problem
from bedspace.scenario.reading.trees import Node, mark_at, plain


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

"""Checks of `offences`: each is one that a group names, each attribute one that law asks for."""

from __future__ import annotations

from collections.abc import Iterator

from bedspace.exceptions import Problem
from bedspace.rules import law
from bedspace.scenario.checks import own_law
from bedspace.scenario.reading.faults import advise
from bedspace.scenario.reading.looking import entries, leaf, names
from bedspace.scenario.reading.nodes import problem
from bedspace.scenario.reading.trees import Node


def check(tree: Node) -> Iterator[Problem]:
    """Offences that nobody has and attributes that no law asks for: a name written wrongly would
    leave the law without its answer, and unseen."""
    declared = entries(tree, "offences")
    if not declared:
        return
    had = _had(tree)
    routes, open_ = own_law.routes(tree)
    asked = law.offence_attributes(routes)
    for offence, mark, attributes in declared:
        if offence not in had:
            what = f"no group names the offence {offence!r}"
            yield problem(mark, what, advise(offence, had, "offences"))
        for name, where, _ in entries(attributes):
            # Nobody can say what a route with faults asks.
            if name not in asked and not open_:
                what = f"no law asks whether an offence is {name!r}"
                yield problem(where, what, advise(name, asked, "attributes"))


def _had(tree: Node) -> list[str]:
    """The offences that groups name, for everybody or as a part of their mix."""
    groups = [
        group
        for _, _, system in entries(tree, "systems")
        for _, _, group in entries(system, "groups")
    ]
    words = (leaf(group, "attributes", "offence") for group in groups)
    mixed = (name for group in groups for name in names(group, "shares", "offence"))
    return [*dict.fromkeys([*(word.text for word in words if word is not None), *mixed])]

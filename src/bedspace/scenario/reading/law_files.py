"""Law files: what each holds in place of its name, so that a scenario keeps its law with it."""

from __future__ import annotations

from collections.abc import Callable

from bedspace.exceptions import Problem
from bedspace.scenario.reading.looking import items
from bedspace.scenario.reading.trees import Branch, Leaf, Node, Row

Fetch = Callable[[Leaf], tuple[Node | None, list[Problem]]]
"""Reads the law file that a leaf names: its tree, None where it cannot be read, and its faults."""


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

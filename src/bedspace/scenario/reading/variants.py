"""Variants: the same scenario with things taken out (`without`) or set from the beginning."""

from __future__ import annotations

from collections.abc import Callable

from bedspace.exceptions import Problem
from bedspace.scenario.reading.faults import advise
from bedspace.scenario.reading.looking import entries, is_number, items, leaves, names
from bedspace.scenario.reading.nodes import problem
from bedspace.scenario.reading.tabled import spread
from bedspace.scenario.reading.trees import (
    Branch,
    Leaf,
    Mark,
    Node,
    Row,
    at,
    changed,
    merged,
    split,
)

USED_UP = ("extends", "without")
"""Keys at the top of a file that say how it is laid on another."""

Below = Callable[[list[str]], list[str]]
"""Steps down the tree -> the keys that the language has there."""


def apply(tree: Branch, variant: str, below: Below) -> tuple[Branch, list[Problem]]:
    """The tree as the variant has it, and the paths that name nothing: see `applied`."""
    return applied(tree, at(tree, "variants", variant), below)


def applied(tree: Branch, spec: Node | None, below: Below) -> tuple[Branch, list[Problem]]:
    """The tree as a map with `without` and `set` has it, and the paths that name nothing.

    `without` goes first, then `set`; a map that is set replaces what stood there. Under a key of
    the language (`below` knows them) that is not written yet, a first part may be set.
    """
    tree, problems = without(tree, spec)
    for name, mark, value in entries(spec, "set"):
        steps = _steps(tree, name)
        new = at(tree, *steps) is None
        first = new and len(steps) > 1 and steps[-2] in below(steps[:-2])
        if first and at(tree, *steps[:-1]) is None and isinstance(at(tree, *steps[:-2]), Branch):
            tree = normal(_branch(changed(tree, steps, value, mark)))
        elif not steps or (len(steps) < 2 and new) or at(tree, *steps[:-1]) is None:
            problems.append(_nothing(tree, name, mark))
        elif isinstance(at(tree, *steps[:-1]), Leaf):
            problems.append(
                problem(
                    mark, f"the path {name!r} goes below a single value", "set the value itself"
                )
            )
        elif isinstance(at(tree, *steps[:-1]), Row) and new:
            problems.append(_nothing(tree, name, mark))
        else:
            tree = normal(_branch(changed(tree, steps, value, mark)))
    return tree, problems


def without(tree: Branch, spec: Node | None) -> tuple[Branch, list[Problem]]:
    """The tree without what stands at the paths that `spec` lists under `without`, and those that
    name nothing."""
    problems: list[Problem] = []
    for path in leaves(spec, "without"):
        steps = _steps(tree, path.text)
        if not steps or at(tree, *steps) is None:
            problems.append(_nothing(tree, path.text, path.mark))
        else:
            tree = _branch(changed(tree, steps, None, path.mark))
    return tree, problems


def standing(tree: Branch, path: str) -> Node | None:
    """What stands at a path of the tree, or None."""
    steps = _steps(tree, path)
    return at(tree, *steps) if steps else None


def known(tree: Node) -> list[str]:
    """The variants of a file."""
    return list(names(tree, "variants"))


def normal(tree: Branch) -> Branch:
    """The tree with short forms written out: `40 / day` is `{rate: 40 / day}`, `[sat, sun]` is
    `{days: [sat, sun]}`, and every value of a table has the table's evidence."""
    tree = spread(tree)
    for system, _, body in entries(tree, "systems"):
        for group, _, _ in entries(body, "groups"):
            steps = ["systems", system, "groups", group, "admissions"]
            if is_number(at(tree, *steps)):
                tree = _under(tree, steps, "rate")
        for pathway, _, stages in entries(body, "pathways"):
            for stage in names(stages):
                steps = ["systems", system, "pathways", pathway, stage, "no_release_on"]
                if isinstance(at(tree, *steps), Row):
                    tree = _under(tree, steps, "days")
    return tree


def _under(tree: Branch, steps: list[str], key: str) -> Branch:
    """What stands at `steps`, as the value of `key` in a map there."""
    bare = at(tree, *steps)
    assert bare is not None
    return _branch(changed(tree, steps, Branch({key: (bare.mark, bare)}, bare.mark), bare.mark))


def extended(base: Branch, over: Branch) -> Branch:
    """`over` laid on what it extends; the keys `extends` and `without` are used up."""
    over = Branch({k: v for k, v in over.items.items() if k not in USED_UP}, over.mark)
    return _branch(merged(base, over))


def _steps(tree: Branch, path: str) -> list[str]:
    """`path` as steps from the top of the tree, `systems` put back in front."""
    first = path.split(".", 1)[0]
    systems = tree.get("systems")
    if systems is not None and first in names(systems):
        return ["systems", *split(systems, path)]
    return split(tree, path)


def _nothing(tree: Branch, path: str, mark: Mark) -> Problem:
    """The path names nothing: say the nearest name to the first step that fails."""
    steps = _steps(tree, path)
    here: Node | None = tree
    for step in steps:
        below = at(here, step)
        if below is None:
            choices = list(names(here)) or [str(i) for i in range(len(items(here)))]
            if here is tree:
                choices = [*names(tree, "systems"), *choices]
            return problem(
                mark,
                f"the path {path!r} names nothing: there is no {step!r}",
                advise(step, choices),
            )
        here = below
    return problem(mark, f"the path {path!r} names nothing", "name something that is there")


def _branch(node: Node) -> Branch:
    assert isinstance(node, Branch)
    return node

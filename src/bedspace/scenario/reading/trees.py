"""The file as a tree of texts, each with its place in the file. What reading makes and what
variants change; the model is built from it, and errors point back into it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a file, 1-based."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A scalar, as the text that stands in the file."""

    text: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Row:
    """A list."""

    items: tuple[Node, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Branch:
    """A map: key -> (place of the key, value)."""

    items: dict[str, tuple[Mark, Node]]
    mark: Mark

    def get(self, key: str) -> Node | None:
        """The value under `key`, or None."""
        found = self.items.get(key)
        return found[1] if found else None


Node = Leaf | Row | Branch

_INDEX = re.compile("0|[1-9][0-9]{0,8}")
"""A place in a list, as a path names it."""


def plain(node: Node) -> Any:
    """The tree as dicts, lists and texts, without its places."""
    if isinstance(node, Leaf):
        return node.text
    if isinstance(node, Row):
        return [plain(item) for item in node.items]
    return {key: plain(value) for key, (_, value) in node.items.items()}


def planted(raw: Any, mark: Mark) -> Node:
    """Dicts, lists and scalars as a tree whose every part stands at `mark`."""
    if isinstance(raw, Mapping):
        return Branch({str(k): (mark, planted(v, mark)) for k, v in raw.items()}, mark)
    if isinstance(raw, Sequence) and not isinstance(raw, str):
        return Row(tuple(planted(item, mark) for item in raw), mark)
    if isinstance(raw, bool):
        return Leaf("true" if raw else "false", mark)
    return Leaf(str(raw), mark)


def merged(base: Node, over: Node) -> Node:
    """`over` laid on `base`: maps merge deep, anything else replaces."""
    if not (isinstance(base, Branch) and isinstance(over, Branch)):
        return over
    items = dict(base.items)
    for key, (mark, value) in over.items.items():
        old = items.get(key)
        items[key] = (mark, merged(old[1], value) if old else value)
    return Branch(items, over.mark)


def child(node: Node, step: str) -> Node | None:
    """One step down: a key of a map or an index of a list."""
    if isinstance(node, Branch):
        return node.get(step)
    if isinstance(node, Row) and _INDEX.fullmatch(step) and int(step) < len(node.items):
        return node.items[int(step)]
    return None


def mark_at(tree: Node, steps: Sequence[str], *, key: bool = False) -> Mark:
    """Where `steps` lead, or the nearest thing above: a scalar's own place, a map's or list's key;
    with `key` the key in any case.

    Steps that are not in the tree are passed over: they are names a validator put in, or the
    `value` of a number that was written bare.
    """
    node, mark = tree, tree.mark
    for step in steps:
        below = child(node, step)
        if below is None:
            continue
        if isinstance(node, Branch) and (key or not isinstance(below, Leaf)):
            mark = node.items[step][0]
        else:
            mark = below.mark
        node = below
    return mark


def at(node: Node | None, *steps: str) -> Node | None:
    """What stands at `steps`, or None."""
    for step in steps:
        node = child(node, step) if node is not None else None
    return node


def changed(node: Node, steps: Sequence[str], value: Node | None, mark: Mark) -> Node:
    """The tree with `value` at `steps` (None takes it out). The steps up to the last exist, or
    are made as maps."""
    step, rest = steps[0], steps[1:]
    if isinstance(node, Row):
        items = list(node.items)
        if rest:
            items[int(step)] = changed(items[int(step)], rest, value, mark)
        elif value is None:
            del items[int(step)]
        else:
            items[int(step)] = value
        return Row(tuple(items), node.mark)
    entries = dict(node.items) if isinstance(node, Branch) else {}
    if rest:
        old = entries.get(step, (mark, Branch({}, mark)))
        entries[step] = (old[0], changed(old[1], rest, value, mark))
    elif value is None:
        del entries[step]
    else:
        entries[step] = (entries[step][0] if step in entries else mark, value)
    return Branch(entries, node.mark)


def split(node: Node, path: str) -> list[str]:
    """`path` as steps down the tree. Keys may hold dots themselves (paths under `set`), so the
    longest key that fits is taken."""
    steps: list[str] = []
    here: Node | None = node
    while path:
        step = _first(here, path)
        steps.append(step)
        path = path[len(step) + 1 :]
        here = child(here, step) if here is not None else None
    return steps


def _first(node: Node | None, path: str) -> str:
    if isinstance(node, Branch):
        fitting = [k for k in node.items if path == k or path.startswith(k + ".")]
        if fitting:
            return max(fitting, key=len)
    return path.split(".", 1)[0]


@dataclass(frozen=True)
class Origin:
    """Where a scenario came from: its name, the variant, its resolved tree, and the shipped name or
    file that `load` was asked for (empty when it was made of a tree). `settings` are the values
    that were set in it afterwards, by path."""

    name: str = ""
    variant: str | None = None
    tree: Node = Branch({}, Mark("", 1, 1))
    source: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def raw(self) -> dict[str, Any]:
        """The resolved tree as dicts, lists and texts."""
        found: dict[str, Any] = plain(self.tree)
        return found

    def where(self, path: str) -> str:
        """ "file:line:col" of what stands at `path`, or of the nearest thing around it."""
        systems = self.tree.get("systems") if isinstance(self.tree, Branch) else None
        first = path.split(".", 1)[0]
        if systems is not None and child(systems, first) is not None:
            return str(mark_at(systems, split(systems, path)))
        return str(mark_at(self.tree, split(self.tree, path)))

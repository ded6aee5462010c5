"""Looking into a tree that may be wrong anywhere: what cannot be read is simply not there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, KeysView

from bedspace.scenario.reading.trees import Branch, Leaf, Mark, Node, Row, at
from bedspace.scenario.values.bounds import FIRST_DAY, LAST_DAY
from bedspace.scenario.values.quantities import QuantityError, Reading, parse

_NOTHING: dict[str, None] = {}
Entry = tuple[str, Mark, Node]


def entries(node: Node | None, *steps: str) -> list[Entry]:
    """(key, place of the key, value) of the map at `steps`; none when there is no map."""
    found = at(node, *steps)
    if not isinstance(found, Branch):
        return []
    return [(key, mark, value) for key, (mark, value) in found.items.items()]


def names(node: Node | None, *steps: str) -> KeysView[str]:
    """The keys of the map at `steps`."""
    found = at(node, *steps)
    return found.items.keys() if isinstance(found, Branch) else _NOTHING.keys()


def items(node: Node | None, *steps: str) -> tuple[Node, ...]:
    """The items of the list at `steps`."""
    found = at(node, *steps)
    return found.items if isinstance(found, Row) else ()


def leaf(node: Node | None, *steps: str) -> Leaf | None:
    """The scalar at `steps`."""
    found = at(node, *steps)
    return found if isinstance(found, Leaf) else None


def leaves(node: Node | None, *steps: str) -> list[Leaf]:
    """The scalars in the list at `steps`."""
    return [item for item in items(node, *steps) if isinstance(item, Leaf)]


def day(node: Node | None, *steps: str) -> tuple[dt.date, Mark] | None:
    """The date at `steps`."""
    found = leaf(node, *steps)
    if found is None:
        return None
    try:
        date = dt.date.fromisoformat(found.text.strip())
    except ValueError:
        return None
    return (date, found.mark) if FIRST_DAY <= date <= LAST_DAY else None


def number(node: Node | None, dimension: str, *steps: str) -> tuple[Reading, Mark] | None:
    """The number at `steps`, bare or with evidence."""
    found = leaf(node, *steps) or leaf(node, *steps, "value")
    if found is None:
        return None
    try:
        return parse(found.text, dimension), found.mark
    except QuantityError:
        return None


def is_number(node: Node | None) -> bool:
    """Whether this is written as one number, not as a map of several."""
    return isinstance(node, Leaf) or (isinstance(node, Branch) and "value" in node.items)


def each(node: Node, key: str, but: tuple[str, ...] = ()) -> Iterator[Node]:
    """Everything that stands under `key` anywhere, not looking below the keys `but`."""
    if isinstance(node, Row):
        for item in node.items:
            yield from each(item, key, but)
    elif isinstance(node, Branch):
        for name, (_, value) in node.items.items():
            if name == key:
                yield value
            if name not in but:
                yield from each(value, key, but)

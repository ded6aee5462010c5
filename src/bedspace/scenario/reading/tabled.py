"""Tables of quantiles with one evidence for all: each value gets it, as if written with it."""

from __future__ import annotations

from bedspace.scenario.reading.trees import Branch, Leaf, Mark, Node, Row


def spread(tree: Branch) -> Branch:
    """The tree in which every value of `quantiles: {values: {...}, source: ..., grade: ...}` has
    that evidence, unless it has its own."""
    systems = tree.items.get("systems")
    if systems is None:
        return tree
    return Branch({**tree.items, "systems": (systems[0], _spread(systems[1]))}, tree.mark)


def _spread(node: Node) -> Node:
    if isinstance(node, Row):
        return Row(tuple(_spread(item) for item in node.items), node.mark)
    if isinstance(node, Leaf):
        return node
    found: dict[str, tuple[Mark, Node]] = {}
    for key, (mark, value) in node.items.items():
        values = value.get("values") if isinstance(value, Branch) else None
        if key == "quantiles" and isinstance(value, Branch) and isinstance(values, Branch):
            found[key] = (mark, _each(values, value))
        else:
            found[key] = (mark, _spread(value))
    return Branch(found, node.mark)


def _each(values: Branch, table: Branch) -> Branch:
    evidence = {key: entry for key, entry in table.items.items() if key != "values"}
    cited: dict[str, tuple[Mark, Node]] = {}
    for share, (mark, value) in values.items.items():
        if isinstance(value, Leaf):
            value = Branch({"value": (value.mark, value), **evidence}, value.mark)
        cited[share] = (mark, value)
    return Branch(cited, values.mark)

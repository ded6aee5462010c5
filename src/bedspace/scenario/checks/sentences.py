"""Checks of sentences: a minimum term that has something to act on, and what follows one."""

from __future__ import annotations

from collections.abc import Iterator

from bedspace.exceptions import Problem
from bedspace.scenario.reading.looking import entries, leaf, number
from bedspace.scenario.reading.nodes import problem
from bedspace.scenario.reading.trees import Mark, Node, at


def check(tree: Node) -> Iterator[Problem]:
    """Every minimum term that says nothing, every sentence that goes on after one as if there were
    none."""
    by_measures = {
        path: mark
        for _, _, measure in entries(tree, "measures")
        for path, mark, _ in entries(measure, "set")
    }
    for system, _, body in entries(tree, "systems"):
        for name, _, pathway in entries(body, "pathways"):
            yield from _pathway(f"{system}.pathways.{name}", pathway, by_measures)


def _pathway(prefix: str, pathway: Node, by_measures: dict[str, Mark]) -> Iterator[Problem]:
    least = {}
    for key, _, stage in entries(pathway):
        found = {k: mark for k, mark, _ in entries(stage)}
        of_measures = {
            k: by_measures[f"{prefix}.{key}.{k}"]
            for k in ("share", "good_time", "minimum")
            if f"{prefix}.{key}.{k}" in by_measures
        }
        found = of_measures | found
        if "minimum" in found:
            least[key] = found["minimum"]
            if "share" not in found and "good_time" not in found:
                yield problem(
                    found["minimum"],
                    f"the minimum of {key!r} has nothing to act on: all of the stay is served",
                    "give the share that is served, or take minimum out",
                )
    for key, _, stage in entries(pathway):
        first = leaf(stage, "sentence")
        credit = number(stage, "share", "credit")
        # A credit that cannot be read is reported as such.
        counted = at(stage, "credit") is not None and (credit is None or credit[0].value > 0)
        if first is not None and first.text in least and not counted:
            yield problem(
                first.mark,
                f"{first.text!r} has a minimum, so no share of its sentence is what is left of it",
                f"add credit: 100 %, and let the share of {key!r} be that of the whole sentence",
            )

"""What is legal but probably wrong: shown as warnings. A file with doubts runs as written."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bedspace.exceptions import Problem
from bedspace.scenario.checks import nations, planned, unlikely
from bedspace.scenario.model.scenario import Scenario
from bedspace.scenario.reading.nodes import problem
from bedspace.scenario.reading.trees import Mark, Node
from bedspace.scenario.views import price_years


def _old_prices(scn: Scenario, _: Node) -> Iterator[Problem]:
    """Costs at the prices of years before the first in which they are used, and no index."""
    for path, year in price_years.old(scn).items():
        used = price_years.first_used(scn, path.partition(".")[0])
        file, line, column = scn.where(path).rsplit(":", 2)
        yield problem(
            Mark(file, int(line), int(column)),
            f"{path} is at prices of {year} and first used in {used}",
            "give indexed beside prices_of, or a newer cost",
        )


def _of_whole(scn: Scenario, _: Node) -> Iterator[Problem]:
    return unlikely.of_whole(scn)


def _of_releases(scn: Scenario, _: Node) -> Iterator[Problem]:
    return planned.of_whole(scn)


def _of_names(_: Scenario, tree: Node) -> Iterator[Problem]:
    return nations.doubts(tree)


def _of_tree(_: Scenario, tree: Node) -> Iterator[Problem]:
    return unlikely.doubts(tree)


_DOUBTS: tuple[Callable[[Scenario, Node], Iterator[Problem]], ...] = (
    _old_prices,
    _of_names,
    _of_tree,
    _of_whole,
    _of_releases,
)
"""Each finds one kind of doubt, in a scenario or in the tree it was made from."""


def warnings(scn: Scenario) -> list[Problem]:
    """Every doubt about a scenario as it was asked for, its variant applied; by file and place."""
    tree = scn._origin.tree
    found = dict.fromkeys(doubt for check in _DOUBTS for doubt in check(scn, tree))
    return sorted(found, key=lambda one: (one.file, one.line, one.column))

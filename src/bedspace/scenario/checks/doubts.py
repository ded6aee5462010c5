"""What is legal and probably wrong: doubts, shown as warnings. A file with doubts runs as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bedspace.exceptions import Problem
from bedspace.scenario.checks import nations, unlikely
from bedspace.scenario.model.scenario import Scenario
from bedspace.scenario.reading.trees import Node

_DOUBTS: tuple[Callable[[Node], Iterator[Problem]], ...] = (
    nations.doubts,
    unlikely.doubts,
)
_OF_WHOLE: tuple[Callable[[Scenario], Iterator[Problem]], ...] = (unlikely.of_whole,)


def warnings(scn: Scenario) -> list[Problem]:
    """Every doubt about a scenario as it was asked for, its variant applied; by file and place."""
    tree = scn._origin.tree
    found = dict.fromkeys(doubt for room in _DOUBTS for doubt in room(tree))
    found |= dict.fromkeys(doubt for room in _OF_WHOLE for doubt in room(scn))
    return sorted(found, key=lambda one: (one.file, one.line, one.column))

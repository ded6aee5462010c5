"""A YAML file as it is written: maps, lists and texts, and where each of them stands.

Every scalar stays its text, so that NO, 12:30, a date and a 4100 are read by the key they stand
under.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from bedspace.exceptions import BedspaceError

Path = tuple[str, ...]


@dataclass(frozen=True)
class Parsed:
    """What a file holds, and line and column of every part of it, by the steps that lead there."""

    record: Any
    places: Mapping[Path, tuple[int, int]]
    file: str

    def where(self, path: Path) -> str:
        """ "file:line:col" of what stands at `path`, or of the nearest thing around it."""
        while path not in self.places:
            path = path[:-1]
        line, column = self.places[path]
        return f"{self.file}:{line}:{column}"


def parsed(text: str, file: str) -> Parsed:
    """The content of a file called `file`. Raises BedspaceError with the line of what is wrong."""
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"{mark.line + 1}:{mark.column + 1}" if mark else "1:1"
        raise BedspaceError(
            f"{file}:{place}: this is not YAML: {error.problem or error.context}; "
            "check indentation, quotes and brackets"
        ) from None
    if node is None:
        raise BedspaceError(f"{file}:1:1: the file is empty; write a route or cases")
    places: dict[Path, tuple[int, int]] = {}
    return Parsed(_plain(node, (), places, file), places, file)


def _plain(node: Any, path: Path, places: dict[Path, tuple[int, int]], file: str) -> Any:
    places[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(n, (*path, str(i)), places, file) for i, n in enumerate(node.value)]
    found: dict[str, Any] = {}
    for key, value in node.value:
        name = str(key.value)
        if name in found:
            line, column = key.start_mark.line + 1, key.start_mark.column + 1
            raise BedspaceError(f"{file}:{line}:{column}: {name!r} is here twice; take one out")
        found[name] = _plain(value, (*path, name), places, file)
    return found

"""Which numbers of a scenario somebody really reads: each notes its path when its value is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from bedspace.scenario.model.scenario import Scenario
from bedspace.scenario.values.quantities import Quantity
from bedspace.scenario.views import paths


class Watched(Quantity):
    """A quantity that says when its value is read; otherwise as the one it was made from."""

    __slots__ = ("note_read",)
    note_read: Callable[[], None]

    def __getattribute__(self, name: str) -> Any:
        """The attribute of that name; whoever asks for the value is noted."""
        if name == "value":
            object.__getattribute__(self, "note_read")()
        return object.__getattribute__(self, name)


def watched(scn: Scenario) -> tuple[Scenario, set[str]]:
    """The same scenario, and the paths of its numbers that have been read in it so far."""
    seen: set[str] = set()
    found = {path: _watch(number, path, seen) for path, number in paths.numbers(scn).items()}
    return paths.replaced(scn, found), seen


def _watch(number: Quantity, path: str, seen: set[str]) -> Watched:
    made = object.__new__(Watched)
    for field in fields(Quantity):
        object.__setattr__(made, field.name, getattr(number, field.name))
    object.__setattr__(made, "note_read", lambda: seen.add(path))
    return made

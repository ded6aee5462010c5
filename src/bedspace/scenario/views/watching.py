"""Which numbers and flags of a scenario somebody really reads: each notes its path when its value
is read."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from bedspace.scenario.model.scenario import Scenario
from bedspace.scenario.values.quantities import Quantity
from bedspace.scenario.values.typed import Flag
from bedspace.scenario.views import paths


class _Noting:
    """Says when its value is read; otherwise as what it was made from."""

    __slots__ = ()

    def __getattribute__(self, name: str) -> Any:
        """The attribute of that name; whoever asks for the value is noted."""
        if name == "value":
            object.__getattribute__(self, "note_read")()
        return object.__getattribute__(self, name)


class Watched(_Noting, Quantity):
    """A quantity that notes whoever reads it."""

    __slots__ = ("note_read",)


class WatchedFlag(_Noting, Flag):
    """A flag that notes whoever reads it."""

    __slots__ = ("note_read",)


def watched(scn: Scenario) -> tuple[Scenario, set[str]]:
    """The same scenario, and the paths of its numbers and flags that were read in it so far."""
    seen: set[str] = set()
    found = {path: _watch(leaf, path, seen) for path, leaf in paths.leaves(scn)}
    return paths.replaced(scn, found), seen


def _watch(leaf: Quantity | Flag, path: str, seen: set[str]) -> Quantity | Flag:
    kind = Watched if isinstance(leaf, Quantity) else WatchedFlag
    made: Any = object.__new__(kind)
    for field in fields(leaf):
        object.__setattr__(made, field.name, getattr(leaf, field.name))
    object.__setattr__(made, "note_read", lambda: seen.add(path))
    watched_leaf: Quantity | Flag = made
    return watched_leaf

"""When places run out and by how much, from daily counts: the rows of the table `headroom`.

A day ends *full* when no place is free: in a facility, or in all facilities of a system. Where
people are crowded in, more are held than there are places; where they are turned away, held
elsewhere or let out early, just as many: the day is the same by each of the rules.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bedspace.engine.plan import Plan


@dataclass(frozen=True)
class Headroom:
    """By day (rows) and by whom it is told of (columns), all in people."""

    whom: tuple[tuple[str, str | None], ...]
    """(system, facility), None for all facilities of the system together, which come first."""
    free: NDArray[np.int64]
    """Places free at the end of the day."""
    full: NDArray[np.bool_]
    """Whether none was."""
    short: NDArray[np.int64]
    """People above the places of the facility that holds them, or held elsewhere."""


def headroom(plan: Plan, population: NDArray[np.int32], capacity: NDArray[np.int32]) -> Headroom:
    """`population` and `capacity` are days x places of the Plan.

    People in places rented within a facility take up the facility's. A facility that is only there
    to hold people elsewhere (an overflow) has no places to offer: whoever is in it is short of one.
    A facility that has no places and holds nobody, not yet open or closed, is not full.
    """
    names = [place.name for place in plan.places]
    overflow = {stage.overflow for stage in plan.stages if stage.overflow is not None}
    own = [i for i, place in enumerate(plan.places) if "@" not in place.name]
    whom: list[tuple[str, str | None]] = []
    columns: list[tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.int64]]] = []
    for system in dict.fromkeys(name.split("/", 1)[0] for name in names):
        mine = [i for i in own if names[i].startswith(f"{system}/")]
        held = {
            i: population[:, [i, *_within(plan, names[i])]].sum(axis=1, dtype=np.int64)
            for i in mine
        }
        room = {i: capacity[:, i].astype(np.int64) for i in mine}
        free = {i: np.maximum(room[i] - held[i], 0) for i in mine}
        short = {i: np.maximum(held[i] - room[i], 0) for i in mine}
        ordinary = [i for i in mine if names[i] not in overflow]
        none = np.zeros(plan.days, dtype=np.int64)
        all_free = sum((free[i] for i in ordinary), none)
        any_use = sum((room[i] + held[i] for i in ordinary), none) > 0
        elsewhere = sum((held[i] for i in mine if names[i] in overflow), none)
        all_short = sum((short[i] for i in ordinary), elsewhere)
        whom.append((system, None))
        columns.append((all_free, (all_free == 0) & any_use, all_short))
        for i in mine:
            whom.append((system, names[i].split("/", 1)[1]))
            columns.append((free[i], (free[i] == 0) & (room[i] + held[i] > 0), short[i]))
    by_kind = [np.stack(one, axis=1) for one in zip(*columns, strict=True)]
    return Headroom(tuple(whom), *by_kind)


def _within(plan: Plan, name: str) -> list[int]:
    """Places rented within a facility."""
    return [i for i, place in enumerate(plan.places) if place.within == name]

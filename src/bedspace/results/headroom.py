"""When places run out and by how much, from daily counts: the rows of the table `headroom`.

A day ends *full* when no place is free: in a facility, in all facilities of a system, or in all
those that are open to people of some stage (an estate by sex, age or security). Where people are
crowded in, more are held than there are places; where they are turned away, held
elsewhere or let out early, just as many: the day is the same by each of the rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bedspace.compile import names
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
    refused: NDArray[np.bool_]
    """Whether people of some stage would have found none in any facility open to them."""
    short: NDArray[np.int64]
    """People above the places of the facility that holds them, or held elsewhere."""


def headroom(plan: Plan, population: NDArray[np.int32], capacity: NDArray[np.int32]) -> Headroom:
    """`population` and `capacity` are days x places of the Plan.

    People in places rented within a facility take up the facility's. A facility that is only there
    to hold people elsewhere has no places to offer: whoever is in it is short of one.
    A facility that has no places and holds nobody, not yet open or closed, is not full.
    """
    read = [names.read_place(place.name) for place in plan.places]
    kept_for_that = {stage.elsewhere for stage in plan.stages if stage.elsewhere is not None}
    own = [i for i, place in enumerate(plan.places) if read[i].agreement is None]
    whom: list[tuple[str, str | None]] = []
    none = np.zeros(plan.days, dtype=np.int64)
    columns: list[tuple[NDArray[Any], ...]] = []
    for system in dict.fromkeys(place.system for place in read):
        mine = [i for i in own if read[i].system == system]
        held = {
            i: population[:, [i, *_within(plan, plan.places[i].name)]].sum(axis=1, dtype=np.int64)
            for i in mine
        }
        room = {i: capacity[:, i].astype(np.int64) for i in mine}
        free = {i: np.maximum(room[i] - held[i], 0) for i in mine}
        short = {i: np.maximum(held[i] - room[i], 0) for i in mine}
        used = {i: room[i] + held[i] > 0 for i in mine}
        ordinary = [i for i in mine if plan.places[i].name not in kept_for_that]
        elsewhere = sum(held[i] for i in mine if plan.places[i].name in kept_for_that)
        estates = {
            stage.places for stage in plan.stages if names.read_stage(stage.name).system == system
        }
        full = [
            _none_free([i for i in ordinary if plan.places[i].name in estate], free, used)
            for estate in sorted(estates)
        ]
        all_full = _none_free(ordinary, free, used)
        whom.append((system, None))
        columns.append(
            (
                sum((free[i] for i in ordinary), none),
                all_full,
                np.logical_or.reduce([all_full, *full]),
                sum((short[i] for i in ordinary), none) + elsewhere,
            )
        )
        for i in mine:
            alone = _none_free([i], free, used)
            whom.append((system, read[i].facility))
            columns.append((free[i], alone, alone, short[i]))
    by_kind = [np.stack(one, axis=1) for one in zip(*columns, strict=True)]
    return Headroom(tuple(whom), *by_kind)


def _none_free(
    which: Sequence[int],
    free: Mapping[int, NDArray[np.int64]],
    used: Mapping[int, NDArray[np.bool_]],
) -> NDArray[np.bool_]:
    """Days that end with no place free in any of these facilities, one of them being in use."""
    if not which:
        return np.zeros_like(next(iter(used.values())))
    room = np.sum([free[i] for i in which], axis=0) > 0
    return np.asarray(~room & np.any([used[i] for i in which], axis=0))


def _within(plan: Plan, name: str) -> list[int]:
    """Places rented within a facility."""
    return [i for i, place in enumerate(plan.places) if place.within == name]

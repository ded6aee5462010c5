"""Days without releases as arrays: when somebody who is due on one of them is let out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bedspace.engine.plan import Stage

NO_DAY = -1


class Releases(NamedTuple):
    """The calendars of a Plan: K of them, over B days; all later days are days of release."""

    stage_calendar: NDArray[np.int32]  # S, or -1
    release_before: NDArray[np.int32]  # K x B, the day on which those due leave, or NO_DAY: on none
    release_after: NDArray[np.int32]  # K x B, the next day of release: where that is past


def releases(stages: Sequence[Stage]) -> Releases:
    """A calendar for every set of days, however many stages have it."""
    rules = [(stage.no_release_on, stage.instead) for stage in stages]
    known = sorted({rule for rule in rules if rule[0]})
    width = max((days[-1] + 2 for days, _ in known), default=0)
    before = np.zeros((len(known), width), dtype=np.int32)
    after = np.zeros((len(known), width), dtype=np.int32)
    every = np.arange(width)
    for i, (days, instead) in enumerate(known):
        closed = np.zeros(width, dtype=np.bool_)
        closed[list(days)] = True
        backwards = np.where(closed, width, every)[::-1]
        after[i] = np.minimum.accumulate(backwards)[::-1]
        earlier = np.maximum.accumulate(np.where(closed, NO_DAY, every))
        before[i] = earlier if instead == "before" else after[i]
    calendar = [known.index(rule) if rule[0] else NO_DAY for rule in rules]
    return Releases(np.array(calendar, dtype=np.int32), before, after)


def let_out_on_day_0(found: Releases, stage: int, due: NDArray[np.int64]) -> NDArray[np.int64]:
    """The days on which people who are there on day 0 leave custody, if their stays end on the days
    `due`."""
    calendar = found.stage_calendar[stage]
    if calendar == NO_DAY:
        return due
    due = np.maximum(due, 0)
    within = np.minimum(due, found.release_after.shape[1] - 1)
    day = found.release_before[calendar, within]
    day = np.where(day == NO_DAY, found.release_after[calendar, within], day)
    return np.where(due > within, due, day)

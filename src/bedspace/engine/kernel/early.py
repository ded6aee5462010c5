"""Early release in the kernel: people near the end of their stay make room for others.

Nobody is looked through daily: the calendar has those soonest at the end first, and how far it has
been read today is remembered for each stage that seeks places.
"""

# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

import numpy as np

from bedspace.engine.kernel.compiled import ONE, compiled
from bedspace.engine.kernel.luck import by_risk, draw
from bedspace.engine.kernel.moves import leave_batch
from bedspace.engine.kernel.sending import address_of, before
from bedspace.engine.kernel.state import after, span
from bedspace.engine.prepare import NONE


@compiled
def make_room(p, s, day, stage):
    """While all places of a stage are full, whoever is held there and soonest at the end is let
    out, if near enough."""
    while is_full(p, s, day, stage):
        i = soonest(p, s, day, stage)
        if i == NONE:
            break
        period = p.period_of[day]
        person = s.people[i]
        s.early[period, person["stage"]] += 1
        s.remitted[period, person["stage"]] += person["due"] - day
        s.batch[0] = s.people[i]
        person["stage"] = NONE  # what is left in the bucket is nobody
        leave_batch(p, s, day, ONE)


@compiled
def is_full(p, s, day, stage):
    """Whether none of a stage's places has room."""
    places = p.stage_places[stage]
    for k in range(places.size):
        place = places[k]
        if place == NONE:
            break
        if s.held[place] < p.capacity[day, place]:
            return False
    return True


@compiled
def soonest(p, s, day, stage):
    """The index in the pool of the next person to let out of a stage's places, or NONE."""
    best = np.int64(NONE)
    for bucket in range(s.soonest[stage], min(day + p.longest_early, p.days) + 1):
        for other in range(p.stage_table.size):
            if bucket - day <= p.stage_early[other]:
                i, last = span(s, other, bucket)
                while i != NONE:
                    person = s.people[i]
                    if person["stage"] != NONE and may_leave(p, day, person, stage):
                        r0, _, _, _ = draw(
                            p, person, np.int64(person["spell"]), p.stage_early_purpose[other]
                        )
                        address_of(person, s.near[0])
                        s.near[0]["key"] = (np.int64(person["due"]) << 32) | np.int64(r0)
                        if best == NONE or before(s.near[0], s.near[1]):
                            s.near[1] = s.near[0]
                            best = i
                    i = after(s, i, last)
        s.soonest[stage] = bucket
        if best != NONE:
            break
    return best


@compiled
def may_leave(p, day, person, stage):
    """Whether somebody is held in a place of `stage`, their stay ends soon enough and its end leads
    out of custody, and today is a day on which people are let out."""
    own = np.int64(person["stage"])
    if not p.stage_allows[stage, person["place"]] or by_risk(p, person):
        return False
    target = p.targets[own, person["exit"]]
    calendar = p.stage_calendar[own]
    if calendar != NONE and is_closed(p, calendar, day):
        return False
    near = person["due"] - day <= p.stage_early[own]
    return near and (target == NONE or not p.stage_inside[target])


@compiled
def is_closed(p, calendar, day):
    """Whether nobody is let out on a day, by one of the calendars."""
    return day < p.release_after.shape[1] and p.release_after[calendar, day] != day

"""People held elsewhere, for want of a place, in the kernel: a heap by day of entering."""

# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

import numpy as np

from bedspace.engine.kernel.compiled import ZERO, compiled
from bedspace.engine.kernel.early import make_room
from bedspace.engine.kernel.moves import give_place, join_cell, leave_cell, note, take_place
from bedspace.engine.kernel.placing import choose_place
from bedspace.engine.kernel.sending import address_of, located, pop, push
from bedspace.engine.kernel.state import ELSEWHERE, after, fits, span
from bedspace.engine.prepare import NONE


@compiled
def hold_elsewhere(s, i):
    """Remember person `i` of the pool, who was placed in elsewhere."""
    if fits(s, s.number[ELSEWHERE], min(s.elsewhere.size, s.order.size)):
        person = s.people[i]
        entry = s.offered
        entry[0]["at"] = i
        address_of(person, entry[0])
        entry[0]["key"] = np.int64(person["entered"])
        push(s.elsewhere, s.number[ELSEWHERE], entry)
        s.number[ELSEWHERE] += 1


@compiled
def list_elsewhere(p, s, day):
    """Find all of them anew, after a change has altered when their stays end."""
    s.number[ELSEWHERE] = 0
    for stage in range(p.stage_table.size):
        if p.stage_elsewhere[stage] != NONE:
            for bucket in range(day, p.days + 1):
                i, last = span(s, stage, bucket)
                while i != NONE:
                    person = s.people[i]
                    here = person["place"] == p.stage_elsewhere[stage]
                    if person["stage"] != NONE and here:
                        hold_elsewhere(s, i)
                    i = after(s, i, last)


@compiled
def held_elsewhere(p, s, waiting):
    """The index in the pool of somebody remembered, or NONE if they are there no more."""
    i = located(s, waiting)
    if i != NONE and s.people[i]["place"] != p.stage_elsewhere[waiting["stage"]]:
        i = np.int64(NONE)
    return i


@compiled
def move_on(p, s, day):
    """Whoever is held elsewhere goes where they belong as soon as there is room, longest first."""
    staying = ZERO
    while s.number[ELSEWHERE] > 0:
        pop(s.elsewhere, s.number[ELSEWHERE], s.chosen)
        s.number[ELSEWHERE] -= 1
        waiting = s.chosen[0]
        stage = np.int64(waiting["stage"])
        if waiting["due"] > day:
            if p.stage_relief[stage] and held_elsewhere(p, s, waiting) != NONE:
                make_room(p, s, day, stage)
            place = choose_place(p, s, day, stage, True)
            if place == NONE:
                s.order[staying] = waiting
                staying += 1
            else:
                i = held_elsewhere(p, s, waiting)
                if i != NONE:
                    person = s.people[i]
                    leave_cell(p, s, day, stage, np.int64(person["place"]))
                    give_place(p, s, np.int64(person["place"]))
                    take_place(p, s, place)
                    person["place"] = place
                    join_cell(p, s, day, stage, place)
                    note(s, day, person, stage, place)
                    bucket = min(person["due"], p.days)
                    for other in range(p.stage_table.size):
                        s.soonest[other] = min(s.soonest[other], bucket)
    for k in range(staying):
        s.offered[0] = s.order[k]
        push(s.elsewhere, s.number[ELSEWHERE], s.offered)
        s.number[ELSEWHERE] += 1

"""Which place, which person: what the reference engine asks. Nothing here changes the world."""

from __future__ import annotations

import numpy as np

from bedspace.engine.prepare import LEAST_FULL, NONE
from bedspace.engine.world import Person, World, by_risk, words


def who(person: Person) -> tuple[int, int, int]:
    """Who a person is, to order people whose draws are equal."""
    return person.cohort, person.arrived, person.ordinal


def places_of(w: World, stage: int) -> list[int]:
    """The places in which a stage is served."""
    return [int(place) for place in w.p.stage_places[stage] if place != NONE]


def choose_place(w: World, stage: int, moving: bool) -> int:
    """The place that the stage's rule chooses; NONE if all are full and people go elsewhere, or are
    turned away, which happens to nobody in custody already (`moving`)."""
    p = w.p
    allowed = places_of(w, stage)
    capacity = p.capacity[w.day]
    if p.stage_rule[stage] != LEAST_FULL:
        for place in allowed:
            if w.held[place] < capacity[place]:
                return place
    best, lowest = allowed[0], np.inf
    for place in allowed:
        load = w.held[place] / capacity[place] if capacity[place] > 0 else np.inf
        if load < lowest:
            best, lowest = place, load
    full = not w.held[best] < capacity[best]
    if full and (p.stage_overflow[stage] != NONE or (p.stage_diverts[stage] and not moving)):
        return NONE
    return best


def room(w: World, place: int) -> int:
    """Free places, also in what the place lies within."""
    free = int(w.p.capacity[w.day, place]) - w.held[place]
    outer = int(w.p.within[place])
    if outer != NONE:
        free = min(free, int(w.p.capacity[w.day, outer]) - w.held[outer])
    return free


def may_leave_early(w: World, person: Person) -> bool:
    """Whether the end of the person's stay is near enough, and leads out of custody."""
    p, stage = w.p, person.stage
    if by_risk(w, person) or person.due - w.day > p.stage_early[stage]:
        return False
    target = int(p.targets[stage, person.exit])
    return target == NONE or not p.stage_inside[target]


def early_draw(w: World, person: Person) -> int:
    """The person's own priority among those whose stays end on one day."""
    return words(w, person, int(w.p.stage_early_purpose[person.stage]), person.spell)[0]


def eligible(w: World, person: Person, transfer: int) -> bool:
    """Whether the transfer's rules and the person's own fixed draws let them be sent today."""
    p = w.p
    since = max(int(p.transfer_first[transfer]), person.entered)
    if w.day < since + p.transfer_delay[transfer]:
        return False
    if person.due - w.day < p.transfer_min[transfer]:
        return False
    drawn = words(w, person, int(p.transfer_purpose[transfer]), 0)
    return bool(
        drawn[0] < p.transfer_selected[transfer]
        and drawn[1] < p.transfer_consenting[transfer]
        and drawn[2] >= p.transfer_blocked[transfer, person.stage]
    )

"""Which place somebody gets, in the kernel."""

# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

import numpy as np

from bedspace.engine.kernel.compiled import inlined
from bedspace.engine.prepare import IN_ORDER, NONE


@inlined
def choose_place(p, s, day, stage, moving):
    """The place that the stage's rule chooses; NONE if all are full and people go elsewhere, or are
    turned away, which happens to nobody in custody already (`moving`)."""
    places, capacity = p.stage_places[stage], p.capacity[day]
    in_order = p.stage_rule[stage] == IN_ORDER
    best = places[0]
    held = np.int64(1)  # held / room is the lowest load so far, at first 1 / 0
    room = np.int64(0)
    for k in range(places.size):
        place = places[k]
        if place == NONE:
            break
        here = np.int64(s.held[place])
        most = np.int64(capacity[place])
        if in_order and here < most:
            return place
        if here * room < held * most:  # here / most < held / room, where nought means full
            best = place
            held = here
            room = most
    turned_away = p.stage_diverts[stage] and not moving
    if held >= room and (turned_away or p.stage_elsewhere[stage] != NONE):
        return NONE
    return best

"""Planned releases in the kernel: a day on which people are let out before their time."""

# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

import numpy as np

from bedspace.engine.kernel.compiled import ONE, ZERO, compiled
from bedspace.engine.kernel.luck import by_admission, draw
from bedspace.engine.kernel.moves import leave_batch
from bedspace.engine.kernel.sending import address_of, pop, push
from bedspace.engine.kernel.state import after, fits, span
from bedspace.engine.prepare import LONGEST, NONE, SOONEST


@compiled
def release(p, s, day, planned):
    """Let the people of a planned release out of custody."""
    number = line_up(p, s, day, planned)
    period = p.period_of[day]
    people = np.int64(p.release_people[planned])
    while number > 0 and people > 0:
        pop(s.order, number, s.chosen)
        number -= 1
        people -= 1
        i = np.int64(s.chosen[0]["at"])
        person = s.people[i]
        stage = np.int64(person["stage"])
        s.early[period, stage] += 1
        s.remitted[period, stage] += min(np.int64(person["due"]), p.days) - day
        s.batch[0] = s.people[i]
        s.batch[0]["exit"] = way_released(p, s, person, stage, planned)
        person["stage"] = NONE  # what is left in the bucket is nobody
        leave_batch(p, s, day, ONE)


@compiled
def line_up(p, s, day, planned):
    """Put those who may go into a heap; returns how many."""
    number = ZERO
    stages = p.stage_table.size
    for wheel in range(stages + p.transfer_to.size):
        if wheel >= stages or p.release_stage[planned, wheel]:
            for bucket in range(day, p.days + 1):
                i, last = span(s, wheel, bucket)
                while i != NONE:
                    person = s.people[i]
                    if may_go(p, day, person, planned) and fits(s, number, s.order.size):
                        spell = np.int64(person["spell"])
                        word, _, _, _ = draw(p, person, spell, p.release_purpose[planned])
                        key = ZERO
                        if p.release_first[planned] == SOONEST:
                            key = np.int64(person["due"])
                        elif p.release_first[planned] == LONGEST:
                            key = np.int64(person["entered"])
                        entry = s.offered
                        address_of(person, entry[0])
                        entry[0]["key"] = (key << 32) | np.int64(word)
                        entry[0]["at"] = i
                        push(s.order, number, entry)
                        number += 1
                    i = after(s, i, last)
    return number


@compiled
def may_go(p, day, person, planned):
    """Whether somebody is in a stage of the release, and near enough to the end of it."""
    stage = np.int64(person["stage"])
    if stage == NONE or not p.release_stage[planned, stage]:
        return False
    return person["due"] - day <= p.release_within[planned]


@compiled
def way_released(p, s, person, stage, planned):
    """The way by which a planned release lets somebody out: their own, if it leads out of custody,
    for good if the release is final; else one of those that do, by their shares."""
    own = np.int64(person["exit"])
    ways = np.int64(p.stage_ways[stage])
    if own < ways and leads_out(p, stage, own, planned):
        return own
    exits = np.int64(s.exits[stage])
    if p.stage_dated[stage]:
        exits = by_admission(p, p.change_exits, person, stage, exits)
    total = ZERO
    for k in range(ways):
        if leads_out(p, stage, k, planned):
            total += share_of(p, exits, k)
    _, word, _, _ = draw(p, person, np.int64(person["spell"]), p.release_purpose[planned])
    rest = ((np.int64(word) >> 1) * total) >> 31
    chosen = np.int64(NONE)
    for k in range(ways):
        if leads_out(p, stage, k, planned):
            share = share_of(p, exits, k)
            if total == 0 or rest < share:
                chosen = np.int64(k)
                break
            rest -= share
    return chosen


@compiled
def leads_out(p, stage, way, planned):
    """Whether a way out leads out of custody, for good if the release is final."""
    target = p.targets[stage, way]
    return target == NONE or (not p.release_final[planned] and not p.stage_inside[target])


@compiled
def share_of(p, exits, way):
    """The share of an exit, of 2^32."""
    below = np.int64(0)
    if way > 0:
        below = np.int64(p.thresholds[exits, way - 1])
    return np.int64(p.thresholds[exits, way]) - below

"""What happens to one person, as small inlined pieces of the kernel."""

# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

import numpy as np

from bedspace.engine.kernel.compiled import ZERO, compiled, inlined
from bedspace.engine.kernel.luck import address, begin, by_risk, draw, first_risk
from bedspace.engine.kernel.sending import offer
from bedspace.engine.kernel.state import BATCH, EVENTS, PEOPLE, SEEKERS, TRACE, TRACING, file, fits
from bedspace.engine.outcome import OUT
from bedspace.engine.philox import philox
from bedspace.engine.prepare import NONE
from bedspace.engine.stays.law import TICKS


@inlined
def join_cell(p, s, day, stage, place):
    """Count somebody in a stage and, if they have one, a place from today on."""
    s.staged[stage] += 1
    if place != NONE:
        s.own[place] += 1
        s.cell[stage, place] += 1
        s.cell_days[stage, place] += p.period_end[p.period_of[day]] - day


@inlined
def leave_cell(p, s, day, stage, place):
    """Undo join_cell from today on."""
    s.staged[stage] -= 1
    if place != NONE:
        s.own[place] -= 1
        s.cell[stage, place] -= 1
        s.cell_days[stage, place] -= p.period_end[p.period_of[day]] - day


@inlined
def take_place(p, s, place):
    s.held[place] += 1
    if p.within[place] != NONE:
        s.held[p.within[place]] += 1


@inlined
def give_place(p, s, place):
    if place != NONE:
        s.held[place] -= 1
        if p.within[place] != NONE:
            s.held[p.within[place]] -= 1


@inlined
def note(s, day, person, stage, place):
    """Write down where a person is now, if a trace is kept."""
    if s.number[TRACING] != 0 and fits(s, s.number[TRACE], s.trace.shape[0]):
        row = s.number[TRACE]
        s.trace[row, 0] = day
        s.trace[row, 1] = person["cohort"]
        s.trace[row, 2] = person["arrived"]
        s.trace[row, 3] = person["ordinal"]
        s.trace[row, 4] = person["spell"]
        s.trace[row, 5] = stage
        s.trace[row, 6] = place
        s.number[TRACE] += 1


@inlined
def leave(p, s, day, person, settled):
    """End the present stage; returns the next, or NONE. `settled`: the person was counted in it."""
    period = p.period_of[day]
    stage = np.int64(person["stage"])
    place = np.int64(person["place"])
    s.left[period, stage, person["exit"]] += 1
    s.number[EVENTS] += 1
    if settled:
        leave_cell(p, s, day, stage, place)
    target = np.int64(p.targets[stage, person["exit"]])
    transfer = np.int64(person["transfer"])
    keeps = target != NONE and place != NONE and p.stage_allows[target, place]
    moving = target != NONE and p.stage_inside[target] and (place != NONE or person["moving"])
    if transfer >= 0:
        s.moved[period, transfer, stage, OUT] += 1
        keeps = False
    if not keeps:
        give_place(p, s, place)
        person["place"] = NONE
        person["transfer"] = NONE
    person["moving"] = moving
    bounded = p.stage_whole[stage] != NONE
    if p.stage_begins[stage]:
        person["credit"] = np.int64(p.stage_credit[stage] * person["credit"])
    if p.stage_inside[stage] or (bounded and p.stage_counts[stage]):
        person["credit"] += day - person["entered"]
    elif not bounded:
        person["credit"] = 0
    if not p.stage_inside[stage]:
        person["spell"] += 1
    same = target != NONE and p.stage_luck[target] == p.stage_luck[stage]
    known = p.stage_inside[stage] if not bounded else person["entered"] >= 0
    person["keeps_luck"] = same and known
    return target


@compiled
def join_queue(p, s, first, source, i):
    """Person `i` of `source` waits for the queue of the stage; whom a risk would reach meanwhile is
    filed for that day, too: `first` at the earliest."""
    stage = np.int64(source[i]["stage"])
    queue = p.stage_queue[stage]
    wheel = p.stage_table.size + p.transfer_to.size + queue
    file(s, wheel, 1, source, i)
    s.queue_length[queue] += 1
    if p.stage_risk[stage] != NONE:
        tick, _ = first_risk(p, source[i], stage)
        risk = tick // TICKS
        if risk < p.days:
            file(s, wheel + p.queue_purpose.size, max(risk, first), source, i)


@inlined
def settle(p, s, day, source, i):
    """File somebody under the day the stage ends, or line them up for a place."""
    person = source[i]
    stage = np.int64(person["stage"])
    place = np.int64(person["place"])
    if p.stage_inside[stage] and place == NONE:
        if fits(s, s.number[SEEKERS], s.seekers.size):
            s.seekers[s.number[SEEKERS]] = source[i]
            s.number[SEEKERS] += 1
    else:
        due = np.int64(person["due"])
        queue = p.stage_queue[stage]
        if queue != NONE and due <= day and not by_risk(p, person):
            join_queue(p, s, day + 1, source, i)
        else:
            file(s, stage, min(due, p.days), source, i)
            if p.stage_offered[stage]:
                offer(p, s, day, np.int64(s.tail[stage, min(due, p.days)]))
        join_cell(p, s, day, stage, place)
        note(s, day, person, stage, place)


@compiled
def enter_batch(p, s, day, n):
    """Everybody in the first `n` of the batch enters the stage written in them.

    The draws are made in one vector pass, apart from applying them.
    """
    words = s.words
    batch = s.batch
    for i in range(n):
        person = batch[i]
        purpose = p.stage_purpose[person["stage"]]
        cohort = p.cohort_hash[person["cohort"]]
        c0, c1, c2, c3 = address(person, cohort, np.int64(person["spell"]), purpose)
        words[0, i] = c0
        words[1, i] = c1
        words[2, i] = c2
        words[3, i] = c3
    k0, k1 = np.uint64(p.key[0]), np.uint64(p.key[1])
    for i in range(n):
        c0, c1 = np.uint64(words[0, i]), np.uint64(words[1, i])
        c2, c3 = np.uint64(words[2, i]), np.uint64(words[3, i])
        r0, r1, r2, _ = philox(c0, c1, c2, c3, k0, k1)
        words[0, i] = r0
        words[1, i] = r1
        words[2, i] = r2
    for i in range(n):
        person = batch[i]
        stage = np.int64(person["stage"])
        due = begin(p, s, day, person, stage, words[0, i], words[1, i], words[2, i])
        while due == day and stage != NONE:  # a stay of nought days ends at once
            stage = leave(p, s, day, person, False)
            if stage != NONE:
                spell = np.int64(person["spell"])
                r0, r1, r2, _ = draw(p, person, spell, p.stage_purpose[stage])
                due = begin(p, s, day, person, stage, r0, r1, r2)
        if stage == NONE:
            s.number[PEOPLE] -= 1
            note(s, day, person, NONE, NONE)
            person["stage"] = NONE
    for i in range(n):  # apart: to copy what was just written would stall
        if batch[i]["stage"] != NONE:
            settle(p, s, day, batch, i)


@compiled
def leave_batch(p, s, day, n):
    """The first `n` of the batch end their stage; whoever goes on enters the next."""
    going_on = ZERO
    for i in range(n):
        s.batch[going_on] = s.batch[i]
        person = s.batch[going_on]
        target = leave(p, s, day, person, True)
        if target == NONE:
            s.number[PEOPLE] -= 1
            note(s, day, person, NONE, NONE)
        else:
            person["stage"] = target
            going_on += 1
    enter_batch(p, s, day, going_on)


@inlined
def lift(p, s, day, i, n):
    """Put person `i` of the pool, who leaves today, into the batch of `n`; returns the new n."""
    s.batch[n] = s.people[i]
    n += 1
    if n == BATCH:
        leave_batch(p, s, day, n)
        n = ZERO
    return n

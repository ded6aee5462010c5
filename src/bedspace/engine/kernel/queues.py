"""Queues in the kernel: who joins, who is served, whom a risk reaches meanwhile."""

# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

import numpy as np

from bedspace.engine.kernel.compiled import ZERO, compiled, inlined
from bedspace.engine.kernel.luck import draw, first_risk, way_of_risk
from bedspace.engine.kernel.moves import leave_batch, lift
from bedspace.engine.kernel.sending import pop, push, same
from bedspace.engine.kernel.state import after, done_with, empty, file, fits, span
from bedspace.engine.prepare import NONE
from bedspace.engine.stays.law import TICKS


@compiled
def waiting(s, wheel, bucket, wanted):
    """The index in the pool of somebody who waits in a bucket of a queue, or NONE."""
    i, last = span(s, wheel, bucket)
    while i != NONE:
        if same(s.people[i], wanted):
            break
        i = after(s, i, last)
    return i


@compiled
def end_waits(p, s, day, queue, heard):
    """Whom a risk reaches today leaves the queue by it, if still there: first who is reached before
    the hour of their hearing, and once the queue has been `heard`, the others."""
    wheel = p.stage_table.size + p.transfer_to.size + queue
    risks = wheel + p.queue_purpose.size
    n = ZERO
    i, last = span(s, risks, day)
    if heard:
        empty(s, risks, day)
    while i != NONE:
        k = np.int64(NONE)
        if heard or reached_before(p, day, s.people[i]):
            k = waiting(s, wheel, 0, s.people[i])
            if k == NONE:
                k = waiting(s, wheel, 1, s.people[i])
        if k != NONE:
            person = s.people[k]
            stage = np.int64(person["stage"])
            _, word = first_risk(p, person, stage)
            person["exit"] = way_of_risk(p, stage, word)
            s.queue_length[queue] -= 1
            n = lift(p, s, day, k, n)
            s.people[k]["stage"] = NONE  # what is left in the queue is nobody
        i = done_with(s, i, last) if heard else after(s, i, last)
    leave_batch(p, s, day, n)


@compiled
def reached_before(p, day, person):
    """Whether a risk reaches somebody before the hour at which the stay ended, on a day."""
    tick, _ = first_risk(p, person, np.int64(person["stage"]))
    return tick < day * TICKS + np.int64(person["hour"])


@compiled
def line_up(p, s, queue):
    """Those who joined since the last service go to the end of the queue, by their own priority."""
    wheel = p.stage_table.size + p.transfer_to.size + queue
    number = ZERO
    i, last = span(s, wheel, 1)
    empty(s, wheel, 1)
    while i != NONE:
        person = s.people[i]
        # Else a risk has reached them.
        if person["stage"] != NONE and fits(s, number, min(s.line.size, s.order.size)):
            word, _, _, _ = draw(p, person, np.int64(person["spell"]), p.queue_purpose[queue])
            s.line[number] = s.people[i]
            entry = s.offered
            entry[0]["key"] = np.int64(word)
            entry[0]["cohort"] = person["cohort"]
            entry[0]["arrived"] = person["arrived"]
            entry[0]["ordinal"] = person["ordinal"]
            entry[0]["at"] = number
            push(s.order, number, entry)
            number += 1
        i = done_with(s, i, last)
    while number > 0:
        pop(s.order, number, s.chosen)
        number -= 1
        file(s, wheel, 0, s.line, s.chosen[0]["at"])


@inlined
def allowance(credit, i, rate):
    """How many may be dealt with today: fractions are kept, idle time is lost."""
    credit[i] += rate
    whole = np.int64(credit[i])
    credit[i] -= whole
    return whole


@compiled
def serve(p, s, day, queue):
    """Serve a queue, first come first served."""
    line_up(p, s, queue)
    wheel = p.stage_table.size + p.transfer_to.size + queue
    number = allowance(s.queue_credit, queue, p.served[day, queue])
    number = min(number, s.queue_length[queue])
    s.queue_length[queue] -= number
    s.served[p.period_of[day], queue] += number
    n = ZERO
    i, last = span(s, wheel, 0)
    while number > 0 and i != NONE:
        if s.people[i]["stage"] != NONE:
            n = lift(p, s, day, i, n)
            number -= 1
        i = done_with(s, i, last)
    leave_batch(p, s, day, n)
    s.head[wheel, 0] = i
    if i == NONE:
        empty(s, wheel, 0)

"""The kernel: the same eight steps a day as the reference engine, on the same draws.

A person is a record of 40 bytes that moves through the calendar (state.py). Whoever is not due is
not touched, so a day costs what happens in it, not who is inside.
"""

# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

import numpy as np

from bedspace.engine.kernel.changes import apply_change
from bedspace.engine.kernel.compiled import ZERO, compiled
from bedspace.engine.kernel.early import make_room
from bedspace.engine.kernel.elsewhere import hold_elsewhere, list_elsewhere, move_on
from bedspace.engine.kernel.luck import by_risk, day_back
from bedspace.engine.kernel.moves import (
    enter_batch,
    give_place,
    join_cell,
    join_queue,
    leave_batch,
    leave_cell,
    lift,
    note,
    settle,
    take_place,
)
from bedspace.engine.kernel.placing import choose_place
from bedspace.engine.kernel.queues import allowance, end_waits, serve
from bedspace.engine.kernel.releasing import release
from bedspace.engine.kernel.sending import (
    most_offers,
    must_offer_everybody,
    next_to_send,
    offer_everybody,
)
from bedspace.engine.kernel.state import (
    BATCH,
    ELSEWHERE,
    EVENTS,
    FREE,
    NEEDED,
    OFFERS,
    PEOPLE,
    SEEKERS,
    SHORT,
    TRACE,
    TRACING,
    after,
    done_with,
    empty,
    file,
    fits,
    most_in,
    span,
)
from bedspace.engine.outcome import ENDED, HOME, SENT
from bedspace.engine.prepare import NONE


@compiled
def bring_back(p, s, day, transfer):
    """Bring home those whose stay is nearly over, and on the transfer's last day everybody."""
    wheel = p.stage_table.size + transfer
    n = ZERO
    i, last = span(s, wheel, day)
    empty(s, wheel, day)
    while i != NONE:
        person = s.people[i]
        stage = np.int64(person["stage"])
        if stage != NONE:  # else let out meanwhile
            free_to_go = p.stage_queue[stage] == NONE or by_risk(p, person)
            if person["due"] == day and free_to_go:
                n = lift(p, s, day, i, n)
            else:
                leave_batch(p, s, day, n)
                n = ZERO
                go_home(p, s, day, i, np.int64(HOME))
        i = done_with(s, i, last)
    leave_batch(p, s, day, n)
    if day == p.transfer_end[transfer]:
        for bucket in range(day, p.days + 1):
            i, last = span(s, wheel, bucket)
            empty(s, wheel, bucket)
            while i != NONE:
                if s.people[i]["stage"] != NONE:
                    if p.transfer_leave[transfer]:
                        let_go(p, s, day, i)
                    else:
                        go_home(p, s, day, i, np.int64(ENDED))
                i = done_with(s, i, last)


@compiled
def go_home(p, s, day, i, event):
    """Bring person `i` of the pool back from a transfer: they need a place at home."""
    person = s.people[i]
    stage = np.int64(person["stage"])
    s.moved[p.period_of[day], person["transfer"], stage, event] += 1
    s.number[EVENTS] += 1
    leave_cell(p, s, day, stage, np.int64(person["place"]))
    give_place(p, s, np.int64(person["place"]))
    person["place"] = NONE
    person["transfer"] = NONE
    person["moving"] = True
    if fits(s, s.number[SEEKERS], s.seekers.size):
        s.seekers[s.number[SEEKERS]] = s.people[i]
        s.number[SEEKERS] += 1


@compiled
def let_go(p, s, day, i):
    """Person `i` of the pool leaves custody because the transfer has ended."""
    person = s.people[i]
    stage = np.int64(person["stage"])
    s.moved[p.period_of[day], person["transfer"], stage, ENDED] += 1
    s.number[EVENTS] += 1
    s.number[PEOPLE] -= 1
    leave_cell(p, s, day, stage, np.int64(person["place"]))
    give_place(p, s, np.int64(person["place"]))
    note(s, day, person, NONE, NONE)


@compiled
def end_stages(p, s, day):
    """Everybody who is due leaves, or joins the queue that their stage waits for."""
    n = ZERO
    for stage in range(p.stage_table.size):
        queue = p.stage_queue[stage]
        i, last = span(s, stage, day)
        empty(s, stage, day)
        while i != NONE:
            if s.people[i]["stage"] != NONE:  # else sent away meanwhile
                if queue == NONE or by_risk(p, s.people[i]):
                    n = lift(p, s, day, i, n)
                else:
                    join_queue(p, s, day, s.people, i)
            i = done_with(s, i, last)
        leave_batch(p, s, day, n)
        n = ZERO


@compiled
def admit(p, s, day):
    """Today's new arrivals of every cohort."""
    n = ZERO
    for cohort in range(p.cohort_stage.size):
        number = p.arrivals[day, cohort]
        s.arrivals[p.period_of[day], cohort] += number
        s.number[EVENTS] += number
        s.number[PEOPLE] += number
        for ordinal in range(number):
            person = s.batch[n]
            person["arrived"] = day
            person["ordinal"] = ordinal
            person["cohort"] = cohort
            person["stage"] = p.cohort_stage[cohort]
            person["place"] = NONE
            person["transfer"] = NONE
            person["spell"] = 0
            person["moving"] = False
            person["keeps_luck"] = False
            person["credit"] = 0
            n += 1
            if n == BATCH:
                enter_batch(p, s, day, n)
                n = ZERO
    enter_batch(p, s, day, n)


@compiled
def find_places(p, s, day):
    """Place everybody who needs one, in the order in which they came up, and file them."""
    for i in range(s.number[SEEKERS]):
        person = s.seekers[i]
        stage = np.int64(person["stage"])
        if p.stage_inside[stage]:
            if p.stage_relief[stage]:
                make_room(p, s, day, stage)
            place = choose_place(p, s, day, stage, person["moving"])
            person["moving"] = False
            if place == NONE:
                place = np.int64(p.stage_elsewhere[stage])
            if place != NONE:
                person["place"] = place
                take_place(p, s, place)
            else:
                s.diverted[p.period_of[day], stage] += 1
                s.number[PEOPLE] -= 1
                note(s, day, person, NONE, NONE)
                person["stage"] = NONE
    for i in range(s.number[SEEKERS]):  # apart: to copy what was just written would stall
        stage = np.int64(s.seekers[i]["stage"])
        if stage != NONE:
            settle(p, s, day, s.seekers, i)
            elsewhere = p.stage_elsewhere[stage]
            due = min(np.int64(s.seekers[i]["due"]), p.days)
            if elsewhere != NONE and s.seekers[i]["place"] == elsewhere and due > day:
                hold_elsewhere(s, np.int64(s.tail[stage, due]))
    s.number[SEEKERS] = 0


@compiled
def send(p, s, day, transfer):
    """Fill the transfer's free places, lowest priority draw first."""
    number = allowance(s.transfer_credit, transfer, p.transfer_per_day[transfer])
    to = np.int64(p.transfer_to[transfer])
    number = min(number, np.int64(p.capacity[day, to] - s.held[to]))
    outer = p.within[to]
    if outer != NONE:
        number = min(number, np.int64(p.capacity[day, outer] - s.held[outer]))
    while number > 0:
        i = next_to_send(p, s, day, transfer)
        if i == NONE:
            break
        number -= 1
        person = s.people[i]
        stage = np.int64(person["stage"])
        leave_cell(p, s, day, stage, np.int64(person["place"]))
        give_place(p, s, np.int64(person["place"]))
        take_place(p, s, to)
        person["place"] = to
        person["transfer"] = transfer
        join_cell(p, s, day, stage, to)
        s.moved[p.period_of[day], transfer, stage, SENT] += 1
        s.number[EVENTS] += 1
        note(s, day, person, stage, to)
        bucket = day_back(p, person, transfer, day)
        file(s, p.stage_table.size + transfer, bucket, s.people, i)
        person["stage"] = NONE  # what is left in the old bucket is nobody


@compiled
def count(p, s, day):
    """Count everybody at the end of the day."""
    period = p.period_of[day]
    for stage in range(p.stage_table.size):
        s.stages[day, stage] = s.staged[stage]
    for place in range(p.within.size):
        s.population[day, place] = s.own[place]
        s.over[period, place] += max(0, s.held[place] - p.capacity[day, place])
    for queue in range(p.queue_purpose.size):
        s.waiting[day, queue] = s.queue_length[queue]
        s.waited[period, queue] += s.queue_length[queue]
    if day + 1 == p.period_end[period]:
        following = np.int64(0)
        if period + 1 < p.period_end.size:
            following = np.int64(p.period_end[period + 1] - p.period_end[period])
        for stage in range(p.stage_table.size):
            for place in range(p.within.size):
                s.person_days[period, stage, place] = s.cell_days[stage, place]
                s.cell_days[stage, place] = s.cell[stage, place] * following


@compiled
def demand(p, s, day):
    """The most filings that this day can bring, so that nothing has to grow in its midst."""
    moves = np.int64(0)
    for wheel in range(p.stage_table.size + p.transfer_to.size):
        i, last = span(s, wheel, day)
        while i != NONE:
            moves += s.people[i]["stage"] != NONE  # a look ahead also fetches them to be at hand
            i = after(s, i, last)
    for cohort in range(p.cohort_stage.size):
        moves += p.arrivals[day, cohort]
    for queue in range(p.queue_purpose.size):
        moves += 2 * s.queue_length[queue]
    for stage in range(p.stage_table.size):
        for bucket in range(day + 1, min(day + p.stage_early[stage], p.days) + 1):
            moves += most_in(s, stage, bucket)
    everybody = False
    for change in range(p.change_day.size):
        everybody |= p.change_inside[change] and p.change_day[change] == day
    for planned in range(p.release_day.size):
        everybody |= p.release_day[planned] == day
    for transfer in range(p.transfer_to.size):
        to = p.transfer_to[transfer]
        if p.transfer_first[transfer] <= day <= p.transfer_end[transfer]:
            moves += max(p.capacity[day, to], s.held[to])
    if everybody:
        moves += 2 * s.number[PEOPLE]
    return 4 * moves + 2 * BATCH


@compiled
def run_days(p, s, first):
    """Run days from `first` on; stops early, before a day, when the state must grow for it.

    Returns the day not yet run and leaves in s.number[NEEDED] for how many filings to make room. If
    a day brought more than there was room for, that day is returned and s.number[SHORT] is not 0.
    """
    s.soonest[:] = first + 1
    find_places(p, s, first)  # for the stock, on the first call
    day = first
    while day < p.days:
        needed = demand(p, s, day)
        s.number[NEEDED] = needed
        room = s.number[FREE] >= needed and s.seekers.size >= needed and s.line.size >= needed
        room &= s.elsewhere.size >= s.number[ELSEWHERE] + needed
        heaped = most_offers(p, s, day)
        s.number[OFFERS] = heaped
        for transfer in range(p.transfer_to.size):
            heaped = max(heaped, s.heaped[0, transfer], s.heaped[1, transfer])
        if p.transfer_to.size > 0:
            room &= s.pending.shape[1] >= heaped + needed
            room &= s.ready.shape[1] >= 2 * heaped + needed
        if s.number[TRACING] != 0:
            room &= s.trace.shape[0] >= s.number[TRACE] + 6 * needed
        if not room:
            break
        again = must_offer_everybody(p, s, day)
        retimed = False
        for change in range(p.change_day.size):
            if p.change_day[change] == day:
                apply_change(p, s, day, change)
                retimed |= p.change_inside[change]
        again |= retimed
        for transfer in range(p.transfer_to.size):
            bring_back(p, s, day, transfer)
        end_stages(p, s, day)
        for planned in range(p.release_day.size):
            if p.release_day[planned] == day:
                release(p, s, day, planned)
        for queue in range(p.queue_purpose.size):
            end_waits(p, s, day, queue, False)
            serve(p, s, day, queue)
            end_waits(p, s, day, queue, True)
        admit(p, s, day)
        if retimed:
            list_elsewhere(p, s, day)
        s.soonest[:] = day + 1
        move_on(p, s, day)
        find_places(p, s, day)
        if again:
            offer_everybody(p, s, day)
        for transfer in range(p.transfer_to.size):
            if p.transfer_first[transfer] <= day < p.transfer_end[transfer]:
                send(p, s, day, transfer)
        count(p, s, day)
        if s.number[SHORT] != 0:
            break
        day += 1
    return day

"""The model said plainly, one person at a time. Read this to learn bedspace.

Every day goes the same way:

1. changes: a stage gets a new law, perhaps reaching those inside;
2. those sent whose stay is nearly over are brought home, and all when their transfer ends;
3. stages end: whoever is due leaves for the next stage, or waits for the queue; a planned release
   lets people out;
4. queues are served; whom a risk reaches in a queue, before the hearing or after it, leaves by it;
5. new people arrive;
6. all who need a place get one (everyone who leaves has left before anyone arrives), those held
   elsewhere first; where places are short, people near the end of their stay may be let out;
7. transfers send people;
8. people are counted.

All is read from the Plan itself, except what prepare.py draws before the first day for both
engines: who is there on day 0 and how many arrive on each day. The kernel does the same fast, on
the same draws, and must agree person for person.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from bedspace.engine.outcome import ENDED, HOME, OUT, SENT, Outcome
from bedspace.engine.plan import Change, Cohort, Plan, Queue, Release, Stage, Transfer
from bedspace.engine.prepare import Prepared, luck_of
from bedspace.engine.reference.choosing import (
    all_full,
    choose_place,
    eligible,
    may_leave_early,
    room,
    to_release,
    who,
)
from bedspace.engine.reference.counting import count
from bedspace.engine.reference.luck import (
    by_risk,
    draw,
    first_risk,
    knows_sentence,
    leads_to,
    stretch,
    time_out,
    way_released,
)
from bedspace.engine.reference.world import (
    Person,
    World,
    begin_day,
    file,
    filed,
    new_world,
    note,
    note_gone,
    number,
    occupy,
    take_all,
    vacate,
)
from bedspace.engine.stays import TICKS, LawOfStay
from bedspace.engine.stays.census import BEYOND
from bedspace.engine.steps import value_on


def simulate(plan: Plan, drawn: Prepared, out: Outcome) -> Outcome:
    """Run a Plan, filling the empty `out`. Of `drawn` it reads key, stock and arrivals."""
    w = new_world(plan, drawn, out)
    settle_stock(w, drawn)
    for day in range(plan.days):
        begin_day(w, day)
        for change in plan.changes:
            if change.day == day:
                apply_change(w, change)
        for transfer in plan.transfers:
            bring_back(w, transfer)
        for stage in plan.stages:
            end_stage(w, stage)
        for planned in plan.releases:
            if planned.day == day:
                release(w, planned)
        for queue in plan.queues:
            end_waits(w, queue, heard=False)
            serve(w, queue)
            end_waits(w, queue, heard=True)
        for cohort in plan.cohorts:
            admit(w, cohort, int(drawn.arrivals[day, number(w, cohort)]))
        move_on(w)
        find_places(w)
        for transfer in plan.transfers:
            if transfer.first <= day < transfer.end:
                send(w, transfer)
        count(w)
    trace = np.array(w.trace, dtype=np.int32).reshape(len(w.trace), 7)
    return replace(out, trace=trace, events=w.events)


def settle_stock(w: World, drawn: Prepared) -> None:
    """Who is there from the start has a place before day 0 begins."""
    for row in drawn.stock:
        cohort = w.plan.cohorts[row["cohort"]]
        person = Person(cohort, -1, int(row["ordinal"]), w.stages[cohort.stage])
        person.entered, person.due = int(row["entered"]), int(row["due"])
        person.hour = int(row["hour"])
        person.luck, person.dither = int(row["luck"]), int(row["dither"])
        person.way = int(row["exit"])
        person.moving = person.stage.inside
        settle(w, person)
    find_places(w)


# 1. Changes.


def apply_change(w: World, change: Change) -> None:
    """Put a change into force. If it reaches those inside, their luck is read in the new law."""
    if change.reach == "admitted":
        return  # whoever enters the stage asks for it: see in_force
    before = w.stay[change.stage]
    if change.stay is not None:
        w.stay[change.stage] = change.stay
    if change.exits is not None:
        w.exits[change.stage] = change.exits
    if change.reach != "inside":
        return
    for person in take_all(w.ends[change.stage]):
        time_anew(w, person, before)
        file(w, w.ends[change.stage], person.due, person)
    for transfer in w.plan.transfers:
        for person in take_all(w.away[transfer.name]):
            if person.stage.name == change.stage:
                time_anew(w, person, before)
            file_away(w, person, transfer)


def time_anew(w: World, person: Person, before: LawOfStay) -> None:
    """Read the end of a stage in the law now in force; an end that is past is today."""
    _, exit_word, _, _ = draw(w, person, "stage", person.stage.name)
    if person.luck == BEYOND and person.entered < 0:
        stretch(w, person, before, exit_word)
    else:
        time_out(w, person, exit_word)
    person.due = max(w.day, person.due)


# 2. Homecoming.


def bring_back(w: World, transfer: Transfer) -> None:
    """Bring home those whose stay is nearly over, and everybody on the day the transfer ends."""
    for person in w.away[transfer.name].pop(w.day, []):
        waits = person.stage.queue is not None and not by_risk(person)
        if person.due == w.day and not waits:
            leave(w, person)
        else:  # home before the end, or at the end, to wait for the queue there
            return_home(w, person, transfer, HOME)
    if w.day == transfer.end:
        for person in take_all(w.away[transfer.name]):
            if transfer.at_end == "leave":
                let_go(w, person, transfer)
            else:
                return_home(w, person, transfer, ENDED)


def return_home(w: World, person: Person, transfer: Transfer, event: int) -> None:
    """Bring somebody back, who then needs a place of their stage."""
    count_transfer(w, person, transfer, event)
    vacate(w, person)
    person.moving = True
    w.seekers.append(person)


def let_go(w: World, person: Person, transfer: Transfer) -> None:
    """End somebody's custody because the transfer ends."""
    count_transfer(w, person, transfer, ENDED)
    vacate(w, person)
    note_gone(w, person)


def count_transfer(w: World, person: Person, transfer: Transfer, event: int) -> None:
    """Count an event of a transfer: SENT, HOME or ENDED."""
    w.out.transfers[w.period, number(w, transfer), number(w, person.stage), event] += 1
    w.events += 1


# 3. Stages end, and the next begin.


def end_stage(w: World, stage: Stage) -> None:
    """Whoever is due leaves, or joins the queue that the stage waits for."""
    for person in w.ends[stage.name].pop(w.day, []):
        if stage.queue is None or by_risk(person):
            leave(w, person)
        else:
            join(w, person, w.day)


def leave(w: World, person: Person) -> None:
    """End the present stage and go where the way out leads."""
    stage, to = person.stage, leads_to(w, person)
    following = None if to is None else w.stages[to]
    w.out.exits[w.period, number(w, stage), person.way] += 1
    w.events += 1
    in_custody = person.moving or person.place is not None
    person.moving = in_custody and following is not None and following.inside
    if person.transfer is not None:
        w.out.transfers[w.period, number(w, person.transfer), number(w, stage), OUT] += 1
        vacate(w, person)
    elif person.place and not (following and person.place.name in following.places):
        vacate(w, person)
    goes_on = stage.inside or stage.ends_with is not None  # the same sentence
    if stage.whole is not None:
        person.credit = int(stage.credit * person.credit)
    if not goes_on:
        person.credit = 0
    elif stage.inside or stage.counts:
        person.credit += w.day - person.entered
    if not stage.inside:  # back from liberty: a new spell
        person.spell = (person.spell + 1) % 65536
    if following is None:
        note_gone(w, person)
    else:
        known = stage.ends_with is None or knows_sentence(person)
        enter(w, person, following, after=stage if goes_on and known else None)


def enter(w: World, person: Person, stage: Stage, after: Stage | None) -> None:
    """Begin a stage, `after` another one under the same sentence: all its luck is drawn now. A stay
    of nought days ends at once and takes no place."""
    luck, exit_word, dither, _ = draw(w, person, "stage", stage.name)
    shared = luck_of(stage)
    if shared == stage.name:
        person.luck = luck
    elif after is None or luck_of(after) != shared:
        person.luck = draw(w, person, "stage", shared)[0]
    person.stage, person.entered, person.dither = stage, w.day, dither >> 24
    time_out(w, person, exit_word)
    if person.due == w.day:
        leave(w, person)
    else:
        settle(w, person)


def release(w: World, planned: Release) -> None:
    """Let the people of a planned release out of custody."""
    for person, page in to_release(w, planned):
        page.remove(person)
        w.out.early[w.period, number(w, person.stage)] += 1
        left = min(person.due, w.plan.days) - w.day
        w.out.remitted[w.period, number(w, person.stage)] += left
        person.way = way_released(w, person, planned)
        leave(w, person)


def settle(w: World, person: Person) -> None:
    """File the person under the day the stage ends; who has yet to get a place lines up for one."""
    stage = person.stage
    if stage.inside and person.place is None:
        w.seekers.append(person)
        return
    if stage.queue is not None and person.due <= w.day and not by_risk(person):
        join(w, person, w.day + 1)  # the stay ended while away
    else:
        file(w, w.ends[stage.name], person.due, person)
    note(w, person)


# 4. Queues.


def join(w: World, person: Person, first: int) -> None:
    """Wait for the queue of the stage. Whom a risk would reach meanwhile is remembered for that
    day, `first` at the earliest."""
    stage = person.stage
    assert stage.queue is not None
    w.joining[stage.queue].append(person)
    if stage.risks:
        tick, _ = first_risk(w, person)
        w.at_risk[stage.queue, max(tick // TICKS, first)].append((person, person.spell, stage))


def end_waits(w: World, queue: Queue, heard: bool) -> None:
    """Whom a risk reaches today leaves the queue by it. A hearing is at the hour at which the stay
    ended: whom the risk reaches before that hour has left before it, the others once the queue has
    been `heard`, if they are still there."""
    today = (queue.name, w.day)
    for person, spell, stage in w.at_risk.pop(today, []) if heard else w.at_risk[today]:
        if person.spell != spell or person.stage is not stage:
            continue  # heard on a day before
        tick, way = first_risk(w, person)
        if not heard and tick >= w.day * TICKS + person.hour:
            continue
        for line in (w.waiting[queue.name], w.joining[queue.name]):
            if person in line:
                line.remove(person)
                person.way = way
                leave(w, person)
                break


def serve(w: World, queue: Queue) -> None:
    """Serve a queue: first come first served, those of one day by their own priority."""
    joining = sorted(
        w.joining[queue.name],
        key=lambda person: (draw(w, person, "queue", queue.name)[0], *who(w, person)),
    )
    line = w.waiting[queue.name] + joining
    served = min(allowance(w, queue, value_on(queue.served, w.day)), len(line))
    w.waiting[queue.name], w.joining[queue.name] = line[served:], []
    w.out.served[w.period, number(w, queue)] += served
    for person in line[:served]:
        leave(w, person)


def allowance(w: World, noun: Queue | Transfer, rate: float) -> int:
    """How many a queue or a transfer may deal with today, at a rate a day: fractions are kept, idle
    time is lost."""
    total = w.fractions[type(noun), noun.name] + rate
    w.fractions[type(noun), noun.name] = total - int(total)
    return int(total)


# 5. Arrivals.


def admit(w: World, cohort: Cohort, arrivals: int) -> None:
    """Today's new people of a cohort."""
    w.out.arrivals[w.period, number(w, cohort)] += arrivals
    w.events += arrivals
    stage = w.stages[cohort.stage]
    for ordinal in range(arrivals):
        enter(w, Person(cohort, w.day, ordinal, stage), stage, after=None)


# 6. Places.


def move_on(w: World) -> None:
    """Whoever is held elsewhere goes where they belong as soon as there is room, longest in their
    stage first. Those who wait for a queue stay where they are."""
    elsewhere = [
        person
        for stage in w.plan.stages
        if stage.elsewhere is not None
        for person, _ in filed(w.ends[stage.name])
        if person.place is not None and person.place.name == stage.elsewhere
    ]
    for person in sorted(elsewhere, key=lambda x: (x.entered, *who(w, x))):
        make_room(w, person.stage)
        place = choose_place(w, person.stage, moving=True)
        if place is not None:
            vacate(w, person)
            occupy(w, person, place)
            note(w, person)


def find_places(w: World) -> None:
    """Place everybody who needs one, in the order in which they came up."""
    seekers, w.seekers = w.seekers, []
    for person in seekers:
        make_room(w, person.stage)
        place = choose_place(w, person.stage, person.moving)
        person.moving = False
        if place is not None:
            occupy(w, person, place)
        elif person.stage.elsewhere is not None:
            occupy(w, person, w.places[person.stage.elsewhere])
        else:
            w.out.diverted[w.period, number(w, person.stage)] += 1
            note_gone(w, person)
    for person in seekers:  # now, so that nobody is let out on the day that they are placed
        if person.place is not None:
            settle(w, person)


def make_room(w: World, stage: Stage) -> None:
    """While all places of a stage are full, whoever is held there and soonest at the end is let
    out, if near enough."""
    while all_full(w, stage):
        near = [
            (person.due, draw(w, person, "early", other.name)[0], *who(w, person), person, page)
            for other in w.plan.stages
            if other.early
            for person, page in filed(w.ends[other.name])
            if person.place is not None and person.place.name in stage.places
            if may_leave_early(w, person)
        ]
        if not near:
            break
        *_, person, page = min(near)  # no two people are equal in who they are
        page.remove(person)
        w.out.early[w.period, number(w, person.stage)] += 1
        w.out.remitted[w.period, number(w, person.stage)] += person.due - w.day
        leave(w, person)


# 7. Transfers.


def send(w: World, transfer: Transfer) -> None:
    """Fill the transfer's free places from the people at home, lowest priority draw first."""
    free = min(allowance(w, transfer, transfer.per_day), room(w, transfer.to))
    if free <= 0:
        return
    found = [
        (draw(w, person, "transfer", transfer.name, spell=0)[3], *who(w, person), person, page)
        for stage in w.plan.stages
        if stage.name in transfer.stages
        for person, page in filed(w.ends[stage.name])
        if eligible(w, person, transfer)
    ]
    for *_, person, page in sorted(found)[:free]:
        page.remove(person)
        vacate(w, person)
        occupy(w, person, w.places[transfer.to])
        person.transfer = transfer
        file_away(w, person, transfer)
        count_transfer(w, person, transfer, SENT)
        note(w, person)


def file_away(w: World, person: Person, transfer: Transfer) -> None:
    """File somebody under the day on which they come home, or leave from where they are."""
    before = 0 if by_risk(person) else transfer.home_before
    file(w, w.away[transfer.name], person.due - before, person)

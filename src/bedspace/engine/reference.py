"""The reference engine: the model said plainly, one person at a time. Read this to learn bedspace.

Every day goes the same way:

1. changes: a stage gets a new law, perhaps reaching those inside;
2. those sent whose stay is nearly over are brought home, and all when their transfer ends;
3. stages end: whoever is due leaves for the next stage, or waits for the queue;
4. whom a risk reaches in a queue leaves it, then the queue is served;
5. new people arrive;
6. all who need a place get one (everyone who leaves has left before anyone arrives), those held
   elsewhere first; where places are short, people near the end of their stay may be let out;
7. transfers send people;
8. people are counted.

Who somebody is, and how their luck is read, stands in world.py; whom and what a rule chooses in
asking.py. `p` is the Plan in numbers (prepare.py). The fast engine (kernel.py) does the same on the
same draws and must agree person for person.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from bedspace.engine.asking import (
    choose_place,
    early_draw,
    eligible,
    may_leave_early,
    places_of,
    room,
    who,
)
from bedspace.engine.outcome import ENDED, HOME, OUT, SENT, Outcome
from bedspace.engine.prepare import NONE, Prepared
from bedspace.engine.stays import TICKS
from bedspace.engine.stays.census import BEYOND
from bedspace.engine.world import Person, World, by_risk, first_risk, stretch, time_out, words


def simulate(p: Prepared, out: Outcome) -> Outcome:
    """Run a prepared Plan, filling the empty `out`."""
    S, A, Q = len(p.stage_table), len(p.transfer_to), len(p.queue_purpose)  # how many of each
    w = World(
        p=p,
        calendar=defaultdict(list),
        table=[int(t) for t in p.stage_table],
        exits=[int(e) for e in p.stage_exits],
        waiting=[[] for _ in range(Q)],
        joining=[[] for _ in range(Q)],
        at_risk=defaultdict(list),
        queue_credit=[0.0] * Q,
        transfer_credit=[0.0] * A,
        out=out,
        trace=[],
        held=[0] * len(p.within),
    )
    for row in p.stock:  # they have their places before day 0 begins
        person = Person(int(row["arrived"]), int(row["ordinal"]), int(row["cohort"]))
        for name in ("stage", "entered", "due", "luck", "dither", "exit"):
            setattr(person, name, int(row[name]))
        person.moving = bool(p.stage_inside[person.stage])
        settle(w, person)
    find_places(w)
    for day in range(p.days):
        w.day, w.period = day, int(p.period_of[day])
        for change in np.flatnonzero(p.change_day == day):
            apply_change(w, int(change))
        for transfer in range(A):
            bring_back(w, transfer)
        for stage in range(S):
            for person in w.calendar.pop((stage, day), []):
                if p.stage_queue[stage] == NONE or by_risk(w, person):
                    leave(w, person)
                else:
                    join(w, person, day)
        for queue in range(Q):
            end_waits(w, queue)
            serve(w, queue)
        for cohort in range(len(p.cohort_stage)):
            admit(w, cohort)
        move_on(w)
        find_places(w)
        for transfer in range(A):
            send(w, transfer)
        count(w)
    trace = np.array(w.trace, dtype=np.int32).reshape(len(w.trace), 7)
    return Outcome(**{**out.__dict__, "trace": trace, "events": w.events})


def enter(w: World, person: Person, stage: int) -> None:
    """Begin a stage: all its luck is drawn now. A stay of nought days ends at once and takes no
    place."""
    drawn = words(w, person, int(w.p.stage_purpose[stage]), person.spell)
    root = w.p.stage_luck[stage]
    if root == w.p.stage_purpose[stage]:
        person.luck = drawn[0]
    elif person.stage == NONE or root != w.p.stage_luck[person.stage]:
        person.luck = words(w, person, int(root), person.spell)[0]
    person.stage, person.entered, person.dither = stage, w.day, drawn[2] >> 24
    time_out(w, person, drawn[1])
    if person.due == w.day:
        leave(w, person)
    else:
        settle(w, person)


def settle(w: World, person: Person) -> None:
    """File the person under the day the stage ends; who has yet to get a place lines up for one."""
    if w.p.stage_inside[person.stage] and person.place == NONE:
        w.seekers.append(person)
        return
    waits = w.p.stage_queue[person.stage] != NONE and not by_risk(w, person)
    if waits and person.due <= w.day:  # it ended away
        join(w, person, w.day + 1)
    else:
        file(w, person.stage, person.due, person)
    note(w, person)


def file(w: World, wheel: int, day: int, person: Person) -> None:
    """Put a person into the calendar; all that is due after the horizon goes into one bucket."""
    w.calendar[wheel, min(max(day, w.day), w.p.days)].append(person)


def leave(w: World, person: Person) -> None:
    """End the present stage and go where the exit leads."""
    p, stage = w.p, person.stage
    w.out.exits[w.period, stage, person.exit] += 1
    w.events += 1
    target = int(p.targets[stage, person.exit])
    stays_inside = target != NONE and bool(p.stage_inside[target])
    person.moving = stays_inside and (person.moving or person.place != NONE)
    if person.transfer != NONE:
        w.out.transfers[w.period, person.transfer, stage, OUT] += 1
        vacate(w, person)
    if p.stage_inside[stage]:
        person.credit += w.day - person.entered
    else:
        person.spell, person.credit = (person.spell + 1) % 65536, 0
        person.stage = NONE
    if target == NONE or not p.stage_allows[target, person.place]:
        vacate(w, person)
    if target == NONE:
        person.stage = NONE
        note(w, person)
    else:
        enter(w, person, target)


def occupy(w: World, person: Person, place: int) -> None:
    person.place = place
    w.held[place] += 1
    if w.p.within[place] != NONE:
        w.held[w.p.within[place]] += 1


def vacate(w: World, person: Person) -> None:
    if person.place != NONE:
        w.held[person.place] -= 1
        if w.p.within[person.place] != NONE:
            w.held[w.p.within[person.place]] -= 1
    person.place = person.transfer = NONE


def find_places(w: World) -> None:
    """Place everybody who needs one, in the order in which they came up."""
    seekers, w.seekers = w.seekers, []
    for person in seekers:
        make_room(w, person.stage)
        place = choose_place(w, person.stage, person.moving)
        person.moving = False
        if place == NONE:
            place = int(w.p.stage_overflow[person.stage])
        if place == NONE:
            w.out.diverted[w.period, person.stage] += 1
            person.stage = NONE
            note(w, person)
        else:
            occupy(w, person, place)
    for person in seekers:  # now, so that nobody is let out on the day that they are placed
        if person.place != NONE:
            settle(w, person)


def make_room(w: World, stage: int) -> None:
    """While all places of a stage are full, whoever is held there and soonest at the end is let
    out, if near enough."""
    capacity = w.p.capacity[w.day]
    allowed = places_of(w, stage)
    while all(w.held[place] >= capacity[place] for place in allowed):
        near = [
            ((person.due, early_draw(w, person), *who(person)), person, where)
            for where, people in w.calendar.items()
            if where[0] < len(w.p.stage_table)
            for person in people
            if person.place in allowed and may_leave_early(w, person)
        ]
        if not near:
            break
        _, person, where = min(near, key=lambda found: found[0])
        w.calendar[where].remove(person)
        w.out.early[w.period, person.stage] += 1
        w.out.remitted[w.period, person.stage] += person.due - w.day
        leave(w, person)


def move_on(w: World) -> None:
    """Whoever is held elsewhere goes where they belong as soon as there is room, longest in their
    stage first. Those who wait for a hearing stay where they are."""
    S, overflow = len(w.p.stage_table), w.p.stage_overflow
    elsewhere = [
        person
        for (wheel, _), people in w.calendar.items()
        if wheel < S and overflow[wheel] != NONE
        for person in people
        if person.place == overflow[wheel]
    ]
    for person in sorted(elsewhere, key=lambda x: (x.entered, *who(x))):
        make_room(w, person.stage)
        place = choose_place(w, person.stage, moving=True)
        if place != NONE:
            vacate(w, person)
            occupy(w, person, place)
            note(w, person)


def admit(w: World, cohort: int) -> None:
    """Today's new arrivals of a cohort."""
    number = int(w.p.arrivals[w.day, cohort])
    w.out.arrivals[w.period, cohort] += number
    w.events += number
    for ordinal in range(number):
        person = Person(arrived=w.day, ordinal=ordinal, cohort=cohort)
        enter(w, person, int(w.p.cohort_stage[cohort]))


def allowance(credit: list[float], index: int, rate: float) -> int:
    """How many may be dealt with today: fractions are kept, idle time is lost."""
    credit[index] += rate
    whole = int(credit[index])
    credit[index] -= whole
    return whole


def join(w: World, person: Person, first: int) -> None:
    """Wait for the queue of the stage. Whom a risk would reach meanwhile is remembered for that
    day, `first` at the earliest."""
    queue = int(w.p.stage_queue[person.stage])
    w.joining[queue].append(person)
    if w.p.stage_risk[person.stage] != NONE:
        tick, _ = first_risk(w, person)
        w.at_risk[queue, max(tick // TICKS, first)].append((person, person.spell, person.stage))


def end_waits(w: World, queue: int) -> None:
    """Whom a risk reaches today leaves the queue by it."""
    for person, spell, stage in w.at_risk.pop((queue, w.day), []):
        if (person.spell, person.stage) == (spell, stage):  # else served meanwhile
            for line in (w.waiting[queue], w.joining[queue]):
                line[:] = [other for other in line if other is not person]
            _, person.exit = first_risk(w, person)
            leave(w, person)


def serve(w: World, queue: int) -> None:
    """Serve a queue: first come first served, those of one day by their own priority."""
    p = w.p
    purpose = int(p.queue_purpose[queue])
    joining = sorted(
        w.joining[queue],
        key=lambda x: (words(w, x, purpose, x.spell)[0], *who(x)),
    )
    w.joining[queue] = []
    line = w.waiting[queue] + joining
    number = min(allowance(w.queue_credit, queue, float(p.served[w.day, queue])), len(line))
    w.waiting[queue] = line[number:]
    w.out.served[w.period, queue] += number
    for person in line[:number]:
        leave(w, person)


def send(w: World, transfer: int) -> None:
    """Fill the transfer's free places from the people at home, lowest priority draw first."""
    p = w.p
    if not p.transfer_first[transfer] <= w.day < p.transfer_end[transfer]:
        return
    number = allowance(w.transfer_credit, transfer, float(p.transfer_per_day[transfer]))
    to = int(p.transfer_to[transfer])
    number = min(number, room(w, to))
    if number <= 0:
        return
    found = [
        (words(w, person, int(p.transfer_purpose[transfer]), 0)[3], person, where)
        for where, people in w.calendar.items()
        if where[0] < len(p.stage_table) and p.transfer_stage[transfer, where[0]]
        for person in people
        if eligible(w, person, transfer)
    ]
    found.sort(key=lambda x: (x[0], *who(x[1])))
    for _, person, where in found[:number]:
        w.calendar[where].remove(person)
        vacate(w, person)
        occupy(w, person, to)
        person.transfer = transfer
        file_away(w, person)
        w.out.transfers[w.period, transfer, person.stage, SENT] += 1
        w.events += 1
        note(w, person)


def file_away(w: World, person: Person) -> None:
    """File a person held under a transfer under the day they come home or leave."""
    back = 0 if by_risk(w, person) else int(w.p.transfer_back[person.transfer])
    day = person.due - back
    file(w, len(w.p.stage_table) + person.transfer, day, person)


def bring_back(w: World, transfer: int) -> None:
    """Bring home those whose stay is nearly over, and everybody on the day the transfer ends."""
    p, wheel = w.p, len(w.p.stage_table) + transfer
    for person in w.calendar.pop((wheel, w.day), []):
        if person.due == w.day:
            end_away(w, person)
        else:
            return_home(w, person, HOME)
    if w.day == p.transfer_end[transfer]:
        for day in sorted(day for which, day in w.calendar if which == wheel):
            for person in w.calendar.pop((wheel, day)):
                if p.transfer_leave[transfer]:
                    w.out.transfers[w.period, transfer, person.stage, ENDED] += 1
                    w.events += 1
                    vacate(w, person)
                    person.stage = NONE
                    note(w, person)
                else:
                    return_home(w, person, ENDED)


def end_away(w: World, person: Person) -> None:
    """The stage ends while away; a stage with a queue is waited for at home."""
    queue = int(w.p.stage_queue[person.stage])
    if queue == NONE or by_risk(w, person):
        leave(w, person)
    else:
        return_home(w, person, HOME)


def return_home(w: World, person: Person, event: int) -> None:
    w.out.transfers[w.period, person.transfer, person.stage, event] += 1
    w.events += 1
    vacate(w, person)
    person.moving = True
    w.seekers.append(person)


def apply_change(w: World, change: int) -> None:
    """Put a change into force; if it reaches those inside, re-time and refile all of them."""
    p, stage = w.p, int(w.p.change_stage[change])
    before = w.table[stage]
    if p.change_table[change] != NONE:
        w.table[stage] = int(p.change_table[change])
    if p.change_exits[change] != NONE:
        w.exits[stage] = int(p.change_exits[change])
    if not p.change_inside[change]:
        return
    wheels = [stage, *range(len(p.stage_table), len(p.stage_table) + len(p.transfer_to))]
    for wheel in wheels:
        days = sorted(day for which, day in w.calendar if which == wheel)
        for person in [person for day in days for person in w.calendar.pop((wheel, day))]:
            if person.stage == stage:
                drawn = words(w, person, int(p.stage_purpose[stage]), person.spell)
                if person.luck == BEYOND and person.entered < 0:
                    stretch(w, person, before, drawn[1])
                else:
                    time_out(w, person, drawn[1])
                person.due = max(w.day, person.due)
            if wheel == stage:
                file(w, wheel, person.due, person)
            else:
                file_away(w, person)


def note(w: World, person: Person) -> None:
    """Write down where the person is now."""
    p = person
    w.trace.append((w.day, p.cohort, p.arrived, p.ordinal, p.spell, p.stage, p.place))


def count(w: World) -> None:
    """Count everybody at the end of the day."""
    p, out = w.p, w.out
    settled = [person for people in w.calendar.values() for person in people]
    queued = [person for line in (*w.waiting, *w.joining) for person in line]
    for person in settled + queued:
        out.stages[w.day, person.stage] += 1
        if person.place != NONE:
            out.population[w.day, person.place] += 1
            out.person_days[w.period, person.stage, person.place] += 1
    for queue in range(len(p.queue_purpose)):
        length = len(w.waiting[queue]) + len(w.joining[queue])
        out.waiting[w.day, queue] = length
        out.waited[w.period, queue] += length
    for place, held in enumerate(w.held):
        out.over[w.period, place] += max(0, held - int(p.capacity[w.day, place]))

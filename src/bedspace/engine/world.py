"""The reference engine's world: a person, who is where, and how a person's luck is read."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from bedspace.engine import philox, stays
from bedspace.engine.outcome import Outcome
from bedspace.engine.prepare import NONE, Prepared, table_of


@dataclass
class Person:
    """Somebody in the system; the fields are those of prepare.PERSON and explained there."""

    arrived: int
    ordinal: int
    cohort: int
    spell: int = 0
    stage: int = NONE
    entered: int = 0
    due: int = 0
    credit: int = 0
    luck: int = 0
    dither: int = 0
    exit: int = 0
    place: int = NONE
    transfer: int = NONE
    moving: bool = False  # needs another place, but was in custody already


@dataclass
class World:
    """Who is where on one day.

    `calendar` holds, by (wheel, day), those who have something due. A wheel is a calendar of one
    kind: one for the end of each of the S stages (wheel = stage), one for the end of the time away
    under each transfer (wheel = S + transfer). Whoever waits in a queue is on none of them.
    """

    p: Prepared
    calendar: dict[tuple[int, int], list[Person]]
    table: list[int]  # by stage, the law of the stay in force (its number in p.tables)
    exits: list[int]  # the set of exits in force, by stage
    waiting: list[list[Person]]  # by queue
    joining: list[list[Person]]  # by queue, since it was last served
    at_risk: dict[tuple[int, int], list[tuple[Person, int, int]]]
    """By (queue, day): whom a risk reaches if they still wait in that spell and stage."""
    queue_credit: list[float]  # by queue, the part of a service kept for tomorrow
    transfer_credit: list[float]  # by transfer, the part of a person to send kept for tomorrow
    out: Outcome
    trace: list[tuple[int, ...]]
    held: list[int]  # by place, people held in it and in the places within it
    day: int = 0
    period: int = 0
    seekers: list[Person] = field(default_factory=list)  # need a place today
    events: int = 0


def words(w: World, person: Person, purpose: int, spell: int) -> list[int]:
    """The four 32-bit words drawn for a person and a purpose; philox.py says what each is for."""
    cohort, key = int(w.p.cohort_hash[person.cohort]), (int(w.p.key[0]), int(w.p.key[1]))
    drawn = philox.block(person.ordinal, person.arrived, cohort, spell, purpose, key)
    return [int(word) for word in drawn]


def stay_ticks(w: World, table: int, luck: int) -> int:
    """A stay in ticks: the luck read in a table."""
    return int(stays.stay_ticks(table_of(w.p, table), np.array([luck], dtype=np.uint64))[0])


def time_out(w: World, person: Person, exit_word: int) -> None:
    """Set when and by which way out the person's stage ends, under the law now in force.

    Days already spent inside may count against the stay; a risk that comes first, be it by a part
    of a day, cuts it short.
    """
    p, stage = w.p, person.stage
    stay = stay_ticks(w, w.table[stage], person.luck)
    stay -= int(p.stage_credit[stage] * person.credit) * stays.TICKS
    since = person.entered * stays.TICKS + person.dither
    end = since + max(stay, int(p.stage_least[stage]) * stays.TICKS)
    person.exit = way_out(w, w.exits[stage], exit_word)
    if p.stage_risk[stage] != NONE:
        tick, way = first_risk(w, person)
        if tick < end:
            end, person.exit = tick, way
    person.due = end // stays.TICKS


def stretch(w: World, person: Person, before: int, exit_word: int) -> None:
    """The same for somebody who has served for so long that their luck says no more: their stay is
    to the longest of the law now in force as it was to that of the table `before`."""
    if by_risk(w, person):
        return  # the risk comes when it would have come
    stage = person.stage
    longest, was = int(w.p.tables[w.table[stage], -1]), int(w.p.tables[before, -1])
    person.due = person.entered + (person.due - person.entered) * longest // max(was, 1)
    person.exit = way_out(w, w.exits[stage], exit_word)


def first_risk(w: World, person: Person) -> tuple[int, int]:
    """The tick on which a risk of the person's stage would end it, and the way out."""
    p, stage = w.p, person.stage
    drawn = words(w, person, int(p.stage_risk_purpose[stage]), person.spell)
    # Somebody of the stock entered before tick 0: their time at risk counts from there.
    since = max(person.entered * stays.TICKS + person.dither, 0)
    tick = since + stay_ticks(w, int(p.stage_risk[stage]), drawn[0])
    which = way_out(w, int(p.stage_risk_exits[stage]), drawn[1])
    return tick, int(p.stage_ways[stage]) + which


def by_risk(w: World, person: Person) -> bool:
    """Whether a risk, not the stay, ends the stage: such an end waits for no queue."""
    return person.exit >= int(w.p.stage_ways[person.stage])


def way_out(w: World, exits: int, word: int) -> int:
    """The exit of a set of exits that a drawn word chooses."""
    return next(k for k, top in enumerate(w.p.thresholds[exits]) if word < int(top))

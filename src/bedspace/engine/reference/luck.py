"""How a person's luck is read: how long, which way out, when a risk would come."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import count

import numpy as np

from bedspace.engine import philox, stays
from bedspace.engine.plan import Exit, Release, Risk
from bedspace.engine.prepare import least_days, risk_exits, thresholds, whole_sentence
from bedspace.engine.reference.world import Person, World
from bedspace.engine.stays import TICKS, LawOfStay

Words = tuple[int, int, int, int]


def draw(w: World, person: Person, kind: str, name: str, spell: int | None = None) -> Words:
    """The four words of 32 bits drawn for a person and a purpose: a `kind` of philox.py's list, and
    the name of the stage, queue or transfer. Each spell has draws of its own."""
    spell = person.spell if spell is None else spell
    return _words(person.ordinal, person.arrived, person.cohort.name, spell, kind, name, w.key)


@lru_cache(maxsize=1 << 17)  # a draw is the same whenever it is asked for
def _words(
    ordinal: int,
    arrived: int,
    cohort: str,
    spell: int,
    kind: str,
    name: str,
    key: tuple[int, int],
) -> Words:
    purpose = philox.purpose_hash(kind, name)
    a, b, c, d = philox.block(ordinal, arrived, philox.cohort_hash(cohort), spell, purpose, key)
    return int(a), int(b), int(c), int(d)


def stay_ticks(law: LawOfStay, luck: int) -> int:
    """A stay in ticks, of which a day has 256: the luck read in the law's table."""
    return int(stays.stay_ticks(stays.table(law), np.array([luck], dtype=np.uint64))[0])


def chosen(exits: Sequence[Exit], word: int) -> int:
    """Which of some exits a drawn word chooses, by their shares."""
    return next(k for k, top in enumerate(thresholds(exits, len(exits))) if word < top)


def time_out(w: World, person: Person, exit_word: int) -> None:
    """Set when and by which way out the person's stage ends, under the law now in force.

    Days already spent inside may count against the stay; a risk that comes first, be it by a part
    of a day, cuts it short.
    """
    stage = person.stage
    law, exits = in_force(w, person)
    stay = stay_ticks(law, luck_in(w, person))
    stay -= int(stage.credit * person.credit) * TICKS
    end = entered_at(person) + max(stay, least_days(stage) * TICKS)
    person.way = chosen(exits, exit_word)
    if knows_sentence(person):
        left = sentence_left(w, person)
        over = entered_at(person) + max(left, least_days(stage) * TICKS)
        if over <= end and (stage.inside or stage.counts or left <= 0):  # else it stands still
            end = over
            if not stage.inside:
                person.way = len(stage.exits) - 1
    end += (let_out(w, person, end // TICKS) - end // TICKS) * TICKS
    if stage.risks:
        tick, way = first_risk(w, person)
        if tick < end:
            end, person.way = tick, way
    person.due, person.hour = divmod(end, TICKS)


def in_force(w: World, person: Person) -> tuple[LawOfStay, tuple[Exit, ...]]:
    """The law of the stay and the exits of the person's stage: those in force, or on the day on
    which they were admitted."""
    law, exits = w.stay[person.stage.name], w.exits[person.stage.name]
    for change in w.dated[person.stage.name]:
        if change.day <= person.entered - person.credit:
            law, exits = change.stay or law, change.exits or exits
    return law, exits


def luck_in(w: World, person: Person) -> int:
    """The luck of the person's stay: their own, or where that is the luck of the sentence with
    which the stage ends, another draw."""
    if knows_sentence(person) and person.stage.luck is None:
        return draw(w, person, "stage", person.stage.name)[0]
    return person.luck


def knows_sentence(person: Person) -> bool:
    """Whether the person's stage ends with a sentence, and it is known: not of a stock."""
    return person.stage.ends_with is not None and person.entered >= 0


def sentence_left(w: World, person: Person) -> int:
    """Ticks of the sentence that were left when the person entered their stage."""
    whole = whole_sentence(w.plan, person.stage)
    return stay_ticks(whole, person.luck) - person.credit * TICKS


def entered_at(person: Person) -> int:
    """The tick at which the person entered the stage: the dither says at what time of the day."""
    return person.entered * TICKS + person.dither


def stretch(w: World, person: Person, before: LawOfStay, exit_word: int) -> None:
    """The same for somebody who has served for so long that their luck says no more: their stay is
    to the longest of the law now in force as it was to the longest of the law before."""
    if by_risk(person):
        return  # the risk comes when it would have come
    longest, was = (int(stays.table(law).ticks[-1]) for law in (w.stay[person.stage.name], before))
    person.due = person.entered + (person.due - person.entered) * longest // max(was, 1)
    person.way = chosen(w.exits[person.stage.name], exit_word)
    person.due = let_out(w, person, person.due)


def let_out(w: World, person: Person, due: int) -> int:
    """The day on which somebody leaves whose stay ends on day `due`: another one, where the way
    out leads out of custody and nobody is let out on that day."""
    closed = w.closed[person.stage.name]
    if not closed or not leads_out(w, person):
        return due
    due = max(due, w.day)
    open_days = (day for day in range(due, w.day - 1, -1) if day not in closed)
    before = next(open_days, None)
    if before is None or person.stage.instead == "after":
        return next(day for day in count(due) if day not in closed)
    return before


def first_risk(w: World, person: Person) -> tuple[int, int]:
    """The tick on which a risk of the person's stage would end it, and the way out."""
    stage = person.stage
    when, which, _, _ = draw(w, person, "risk", stage.name)
    time_to_first = stays.Exponential(1 / sum(risk.rate for risk in stage.risks))
    # Somebody of the stock entered before tick 0: their time at risk counts from there.
    tick = max(entered_at(person), 0) + stay_ticks(time_to_first, when)
    return tick, len(stage.exits) + chosen(risk_exits(stage), which)


def by_risk(person: Person) -> bool:
    """Whether a risk, not the stay, ends the stage: such an end waits for no queue."""
    return person.way >= len(person.stage.exits)


def leads_to(w: World, person: Person) -> str | None:
    """The name of the stage that the person's way out leads to; None: out of custody for good."""
    ways: tuple[Exit | Risk, ...] = (*person.stage.exits, *person.stage.risks)
    return ways[person.way].to


def leads_out(w: World, person: Person) -> bool:
    """Whether the person's way out leads out of custody."""
    target = leads_to(w, person)
    return target is None or not w.stages[target].inside


def way_released(w: World, person: Person, planned: Release) -> int:
    """The way by which a planned release lets somebody out: their own, if it leads out of custody,
    for good if the release is final; else one of those that do, by their shares."""
    exits = person.stage.exits
    ways = [
        k
        for k, exit_ in enumerate(exits)
        if exit_.to is None or (not planned.final and not w.stages[exit_.to].inside)
    ]
    if person.way in ways:
        return person.way
    tops = [0, *thresholds(in_force(w, person)[1], len(exits))]
    shares = [tops[k + 1] - tops[k] for k in ways]
    rest = ((draw(w, person, "release", planned.name)[1] >> 1) * sum(shares)) >> 31
    for k, share in zip(ways, shares, strict=True):
        if rest < share:
            return k
        rest -= share
    return ways[0]  # none has a share

"""How a person's luck is read: how long, which way out, when a risk would come."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from bedspace.engine import laws, philox
from bedspace.engine.plan import Exit, Risk
from bedspace.engine.prepare import least_days, risk_exits, thresholds
from bedspace.engine.reference.world import Person, World

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


def whole_days(law: laws.Law, luck: int, dither: int) -> int:
    """A stay in whole days: the luck read in the law's table, the dither deciding about the part
    of a day."""
    ticks = laws.stay_ticks(laws.table(law), np.array([luck], dtype=np.uint64))[0]
    return (int(ticks) + dither) // laws.TICKS


def chosen(exits: Sequence[Exit], word: int) -> int:
    """Which of some exits a drawn word chooses, by their shares."""
    return next(k for k, top in enumerate(thresholds(exits, len(exits))) if word < top)


def time_out(w: World, person: Person, exit_word: int) -> None:
    """Set when and by which way out the person's stage ends, under the law now in force.

    Days already spent inside may count against the stay; a risk that comes first cuts it short.
    """
    stage = person.stage
    least = least_days(stage)
    stay = max(whole_days(w.stay[stage.name], person.luck, person.dither), least)
    stay = max(stay - int(stage.credit * person.credit), least)
    person.due = person.entered + stay
    person.way = chosen(w.exits[stage.name], exit_word)
    if stage.risks:
        day, way = first_risk(w, person)
        if day < person.due:
            person.due, person.way = day, way


def first_risk(w: World, person: Person) -> tuple[int, int]:
    """The day on which a risk of the person's stage would end it, and the way out."""
    stage = person.stage
    when, which, _, _ = draw(w, person, "risk", stage.name)
    time_to_first = laws.Exponential(1 / sum(risk.rate for risk in stage.risks))
    # Somebody of the stock: their time at risk counts from day 0.
    since, dither = (person.entered, person.dither) if person.entered >= 0 else (0, 0)
    day = since + whole_days(time_to_first, when, dither)
    return day, len(stage.exits) + chosen(risk_exits(stage), which)


def by_risk(person: Person) -> bool:
    """Whether a risk, not the stay, ends the stage: such an end waits for no queue."""
    return person.way >= len(person.stage.exits)


def leads_to(w: World, person: Person) -> str | None:
    """The name of the stage that the person's way out leads to; None: out of custody for good."""
    ways: tuple[Exit | Risk, ...] = (*person.stage.exits, *person.stage.risks)
    return ways[person.way].to

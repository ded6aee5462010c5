"""Changes of a stage's law in the kernel."""

# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

import numpy as np

from bedspace.engine.kernel.compiled import ZERO, compiled
from bedspace.engine.kernel.luck import day_back, draw, stretch, time_out
from bedspace.engine.kernel.state import done_with, empty, file, fits, span
from bedspace.engine.prepare import NONE
from bedspace.engine.stays.census import BEYOND


@compiled
def apply_change(p, s, day, change):
    """Put a change into force; if it reaches those inside, re-time and refile all of them."""
    if p.change_admitted[change]:
        return  # whoever enters the stage asks for it: see time_out
    stage = np.int64(p.change_stage[change])
    before = np.int64(s.table[stage])
    if p.change_table[change] != NONE:
        s.table[stage] = p.change_table[change]
    if p.change_exits[change] != NONE:
        s.exits[stage] = p.change_exits[change]
    if p.change_inside[change]:
        refile(p, s, day, before, stage, stage)
        for transfer in range(p.transfer_to.size):
            refile(p, s, day, before, stage, p.stage_table.size + transfer)


@compiled
def refile(p, s, day, before, stage, wheel):
    """Take everybody off a wheel in the order of the calendar and file them anew; `before` is the
    table that was in force."""
    number = ZERO
    for bucket in range(day, p.days + 1):
        i, last = span(s, wheel, bucket)
        empty(s, wheel, bucket)
        while i != NONE:
            if s.people[i]["stage"] != NONE and fits(s, number, s.line.size):
                s.line[number] = s.people[i]
                number += 1
            i = done_with(s, i, last)
    for i in range(number):
        person = s.line[i]
        if person["stage"] == stage:
            spell = np.int64(person["spell"])
            own, word, _, _ = draw(p, person, spell, p.stage_purpose[stage])
            if person["luck"] == BEYOND and person["entered"] < 0:
                stretch(p, s, day, person, stage, before, word)
            else:
                time_out(p, s, day, person, stage, own, word)
            person["due"] = max(day, person["due"])
        due = min(np.int64(person["due"]), p.days)
        if wheel != stage:
            due = day_back(p, person, np.int64(person["transfer"]), day)
        file(s, wheel, due, s.line, i)

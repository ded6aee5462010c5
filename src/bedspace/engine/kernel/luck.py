"""A person's own luck, read from addressed words: inlined pieces of the kernel."""

# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

import numpy as np

from bedspace.engine.kernel.compiled import ZERO, inlined
from bedspace.engine.laws import BITS, CELLS, TICKS
from bedspace.engine.philox import DAY_BITS, DAY_WIDTH, philox
from bedspace.engine.prepare import NONE

_LOW_BITS = 32 - 2 * BITS
_HIGH_BITS = 32 - BITS


@inlined
def stay_days(p, table, luck, dither, least):
    """Whole days of a stay: laws.stay_ticks for one luck, with the person's dither."""
    cell = luck >> _HIGH_BITS
    rest = luck & ((1 << _HIGH_BITS) - 1)
    bits = _HIGH_BITS
    if cell == CELLS - 1:
        cell += rest >> _LOW_BITS
        rest = rest & ((1 << _LOW_BITS) - 1)
        bits = _LOW_BITS
    a = np.int64(p.tables[table, cell])
    b = np.int64(p.tables[table, cell + 1])
    ticks = a + (((b - a) * rest + (1 << (bits - 1))) >> bits)
    return max((ticks + dither) // TICKS, least)


@inlined
def way_out(p, exits, word):
    """The exit that a drawn word chooses."""
    k = 0
    while word >= p.thresholds[exits, k]:
        k += 1
    return k


@inlined
def address(person, cohort_hash, spell, purpose):
    """The four words of a person's counter."""
    when = (np.int64(person["arrived"]) & DAY_BITS) | ((spell >> 8) << DAY_WIDTH)
    what = ((spell & 255) << 24) | np.int64(purpose)
    return np.uint64(person["ordinal"]), np.uint64(when), cohort_hash, np.uint64(what)


@inlined
def draw(p, person, spell, purpose):
    """One block of a person's random words."""
    c0, c1, c2, c3 = address(person, p.cohort_hash[person["cohort"]], spell, purpose)
    return philox(c0, c1, c2, c3, np.uint64(p.key[0]), np.uint64(p.key[1]))


@inlined
def first_risk(p, person, stage):
    """The day on which a risk of a stage would end it, and the word that says which."""
    spell = np.int64(person["spell"])
    r0, r1, _, _ = draw(p, person, spell, p.stage_risk_purpose[stage])
    since = np.int64(person["entered"])
    dither = np.int64(person["dither"])
    if since < 0:  # somebody of the stock: their time at risk counts from day 0
        since = ZERO
        dither = ZERO
    return since + stay_days(p, p.stage_risk[stage], np.int64(r0), dither, ZERO), r1


@inlined
def way_of_risk(p, stage, word):
    """The way out by the risk that a drawn word chooses."""
    return p.stage_ways[stage] + way_out(p, p.stage_risk_exits[stage], word)


@inlined
def time_out(p, s, person, stage, exit_word):
    """Write when and by which way out the person's stage ends, under the law now in force."""
    luck = np.int64(person["luck"])
    dither = np.int64(person["dither"])
    entered = np.int64(person["entered"])
    stay = stay_days(p, s.table[stage], luck, dither, p.stage_least[stage])
    if p.stage_credit[stage] > 0:
        credit = np.int64(p.stage_credit[stage] * person["credit"])
        stay = max(stay - credit, np.int64(p.stage_least[stage]))
    due = entered + stay
    way = way_out(p, s.exits[stage], exit_word)
    if p.stage_risk[stage] != NONE:
        risk, word = first_risk(p, person, stage)
        if risk < due:
            due = risk
            way = way_of_risk(p, stage, word)
    person["due"] = due
    person["exit"] = way


@inlined
def by_risk(p, person):
    """Whether a risk, not the stay, ends the person's stage."""
    return person["exit"] >= p.stage_ways[person["stage"]]


@inlined
def day_back(p, person, transfer, day):
    """The day on which somebody held under a transfer comes home, or leaves for good."""
    due = np.int64(person["due"])
    if not by_risk(p, person):
        due = max(due - p.transfer_back[transfer], day)
    return min(due, p.days)


@inlined
def begin(p, s, day, person, stage, luck_word, exit_word, dither_word):
    """Write the luck of a stage just entered into the person; returns the day it ends."""
    if p.stage_luck[stage] == p.stage_purpose[stage]:
        person["luck"] = luck_word
    elif not person["keeps_luck"]:
        spell = np.int64(person["spell"])
        shared, _, _, _ = draw(p, person, spell, p.stage_luck[stage])
        person["luck"] = shared
    person["stage"] = stage
    person["entered"] = day
    person["dither"] = dither_word >> np.uint64(24)
    time_out(p, s, person, stage, exit_word)
    return np.int64(person["due"])

"""A person's own luck, read from addressed words: inlined pieces of the kernel."""

# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

import numpy as np

from bedspace.engine.kernel.compiled import ONE, ZERO, compiled, inlined
from bedspace.engine.philox import DAY_BITS, DAY_WIDTH, philox
from bedspace.engine.prepare import NONE
from bedspace.engine.stays.law import CELLS, COARSE, FINE, TICKS


@inlined
def stay_ticks(p, table, luck):
    """Ticks of a stay: stays.stay_ticks for one luck."""
    cell = luck >> COARSE
    rest = luck & ((1 << COARSE) - 1)
    bits = COARSE
    if cell == CELLS - 1:
        cell += rest >> FINE
        rest = rest & ((1 << FINE) - 1)
        bits = FINE
    if p.uneven[table] != NONE:
        ticks = uneven_ticks(p, p.uneven[table], cell, luck)
    else:
        a = np.int64(p.tables[table, cell])
        b = np.int64(p.tables[table, cell + 1])
        ticks = a + (((b - a) * rest + (1 << (bits - 1))) >> bits)
    return ticks


@compiled
def uneven_ticks(p, row, cell, luck):
    """The same by a table with knots of its own within the regular cells."""
    k = np.int64(p.uneven_first[row, cell])
    after = np.int64(p.uneven_first[row, cell + 1])
    while after - k > 1:
        middle = (k + after) // 2
        if p.uneven_lucks[middle] <= luck:
            k = middle
        else:
            after = middle
    a = np.int64(p.uneven_ticks[k])
    b = np.int64(p.uneven_ticks[k + 1])
    width = p.uneven_lucks[k + 1] - p.uneven_lucks[k]
    return a + ((b - a) * (luck - p.uneven_lucks[k]) + width // 2) // width


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
    """The tick on which a risk of a stage would end it, and the word that says which."""
    spell = np.int64(person["spell"])
    r0, r1, _, _ = draw(p, person, spell, p.stage_risk_purpose[stage])
    since = np.int64(person["entered"]) * TICKS + np.int64(person["dither"])
    # Somebody of the stock entered before tick 0: their time at risk counts from there.
    return max(since, ZERO) + stay_ticks(p, p.stage_risk[stage], np.int64(r0)), r1


@inlined
def way_of_risk(p, stage, word):
    """The way out by the risk that a drawn word chooses."""
    return p.stage_ways[stage] + way_out(p, p.stage_risk_exits[stage], word)


@inlined
def time_out(p, s, day, person, stage, own_word, exit_word):
    """Write when and by which way out the person's stage ends, under the law now in force."""
    luck = np.int64(person["luck"])
    since = np.int64(person["entered"]) * TICKS + np.int64(person["dither"])
    table, exits = np.int64(s.table[stage]), np.int64(s.exits[stage])
    if p.stage_dated[stage]:
        table = by_admission(p, p.change_table, person, stage, table)
        exits = by_admission(p, p.change_exits, person, stage, exits)
    if p.stage_apart[stage] and person["entered"] >= 0:
        luck = np.int64(own_word)
    stay = stay_ticks(p, table, luck)
    if p.stage_credit[stage] > 0:
        stay -= np.int64(p.stage_credit[stage] * person["credit"]) * TICKS
    end = since + max(stay, p.stage_least[stage] * TICKS)
    way = way_out(p, exits, exit_word)
    if p.stage_whole[stage] != NONE and person["entered"] >= 0:
        left = stay_ticks(p, p.stage_whole[stage], np.int64(person["luck"]))
        left -= np.int64(person["credit"]) * TICKS
        over = since + max(left, p.stage_least[stage] * TICKS)
        runs = p.stage_inside[stage] or p.stage_counts[stage]
        if over <= end and (runs or left <= 0):
            end = over
            if not p.stage_inside[stage]:
                way = p.stage_ways[stage] - 1
    if p.stage_calendar[stage] != NONE:
        end += (let_out(p, day, stage, way, end // TICKS) - end // TICKS) * TICKS
    if p.stage_risk[stage] != NONE:
        risk, word = first_risk(p, person, stage)
        if risk < end:
            end = risk
            way = way_of_risk(p, stage, word)
    person["due"] = end // TICKS
    person["hour"] = end & (TICKS - 1)
    person["exit"] = way


@compiled
def by_admission(p, changed, person, stage, found):
    """What the last change of a stage sets that was in force when somebody was admitted; `found`
    where none was."""
    admitted = np.int64(person["entered"]) - np.int64(person["credit"])
    for change in range(p.change_day.size):
        dated = p.change_stage[change] == stage and p.change_day[change] <= admitted
        if dated and changed[change] != NONE:
            found = np.int64(changed[change])
    return found


@inlined
def stretch(p, s, day, person, stage, before, exit_word):
    """The same for somebody who has served for so long that their luck says no more: their stay is
    to the longest of the law now in force as it was to that of the table `before`."""
    if person["exit"] < p.stage_ways[stage]:  # else the risk comes when it would have come
        longest, was = np.int64(p.tables[s.table[stage], -1]), np.int64(p.tables[before, -1])
        stay = np.int64(person["due"]) - person["entered"]
        person["due"] = person["entered"] + stay * longest // max(was, ONE)
        person["exit"] = way_out(p, s.exits[stage], exit_word)
        if p.stage_calendar[stage] != NONE:
            due = np.int64(person["due"])
            person["due"] = let_out(p, day, stage, np.int64(person["exit"]), due)


@compiled
def let_out(p, day, stage, way, due):
    """The day on which somebody leaves a stage that lets nobody out on some days, and whose stay
    ends on day `due`."""
    target = p.targets[stage, way]
    if target != NONE and p.stage_inside[target]:
        return due
    due = max(due, day)
    if due >= p.release_after.shape[1]:
        return due
    calendar = p.stage_calendar[stage]
    found = np.int64(p.release_before[calendar, due])
    if found < day:
        found = np.int64(p.release_after[calendar, due])
    return found


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
    time_out(p, s, day, person, stage, luck_word, exit_word)
    return np.int64(person["due"])

"""A person's own luck, read from addressed words: inlined pieces of the fast engine."""

# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

import numpy as np

from bedspace.engine.compiled import inlined
from bedspace.engine.laws import BITS, CELLS, TICKS
from bedspace.engine.philox import DAY_BITS, DAY_WIDTH, philox

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
def begin(p, s, day, person, stage, luck_word, exit_word, dither_word):
    """Write the luck of a stage just entered into the person; returns the day it ends."""
    luck = np.int64(luck_word)
    dither = np.int64(dither_word >> np.uint64(24))
    due = day + stay_days(p, s.table[stage], luck, dither, p.stage_least[stage])
    person["stage"] = stage
    person["entered"] = day
    person["luck"] = luck
    person["dither"] = dither
    person["due"] = due
    person["exit"] = way_out(p, s.exits[stage], exit_word)
    return due

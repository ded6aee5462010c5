"""W in NumPy: every life is drawn before the first day, spell by spell; then people are placed.

Nothing that happens to a person depends on where the others are, so whole lives can be drawn as
arrays. Facilities are the exception, and are filled day by day.
"""

from __future__ import annotations

import numpy as np
import w
from numpy.typing import NDArray

Times = NDArray[np.float64]


def run(stock: int, days: int, seed: int) -> w.Run:
    rng = np.random.default_rng(seed)
    arrivals = rng.uniform(0, days, rng.poisson(w.admissions(stock) * days))
    entered = [np.zeros(stock)]
    remand_ended = [np.zeros(stock)]
    released = [rng.exponential(w.FOUND_MEAN, stock)]
    events = len(arrivals) + int((released[0] < days).sum())
    entering = np.concatenate([arrivals, _returning(rng, released[0], days)])
    events += len(entering) - len(arrivals)
    while len(entering):
        ended = entering + rng.lognormal(w.mu(w.REMAND_MEAN), w.SIGMA, len(entering))
        sentenced = rng.random(len(entering)) < w.SENTENCED
        left = ended.copy()
        left[sentenced] += rng.lognormal(w.mu(w.SENTENCE_MEAN), w.SIGMA, sentenced.sum())
        events += int((ended < days).sum() + (left[sentenced] < days).sum())
        entered.append(entering)
        remand_ended.append(ended)
        released.append(left)
        entering = _returning(rng, left, days)
        events += len(entering)
    spells = np.concatenate(entered), np.concatenate(remand_ended), np.concatenate(released)
    people = _held(spells[0], spells[2], days)
    remand = _held(spells[0], spells[1], days)
    facilities = _placed(spells[0], spells[2], stock, days)
    return w.Run(np.stack([remand, people - remand], axis=1), facilities, events)


def _returning(rng: np.random.Generator, released: Times, days: int) -> Times:
    """When those who come back, and do so before the end, are admitted again."""
    back = released[(released < days) & (rng.random(len(released)) < w.RETURNING)]
    back = back + rng.exponential(w.AWAY_MEAN, len(back))
    return np.asarray(back[back < days])


def _day(times: Times, days: int) -> NDArray[np.int64]:
    """The first end of a day at or after each time; `days` for all after the last."""
    return np.minimum(np.maximum(np.ceil(times) - 1, 0), days).astype(np.int64)


def _held(since: Times, until: Times, days: int) -> NDArray[np.int64]:
    """People between `since` and `until` at the end of each day."""
    change = np.bincount(_day(since, days), minlength=days + 1)
    change -= np.bincount(_day(until, days), minlength=days + 1)
    return np.asarray(np.cumsum(change)[:days])


def _placed(since: Times, until: Times, stock: int, days: int) -> NDArray[np.int64]:
    """People in each facility at the end of each day, admissions placed where it is least full.

    On each day whoever leaves leaves first. The places that the day's admissions get one after the
    other are the ones with the lowest occupied / capacity of all that are next in a facility.
    """
    first, last = _day(since, days), _day(until, days)
    stays = np.flatnonzero(first < last)  # others come and go between two ends of days
    by_first = stays[np.argsort(first[stays], kind="stable")]
    by_last = stays[np.argsort(last[stays], kind="stable")]
    come = np.searchsorted(first[by_first], np.arange(days + 1))
    go = np.searchsorted(last[by_last], np.arange(days + 1))
    capacity = np.array(w.capacities(stock))
    facility = np.zeros(len(since), dtype=np.int8)
    inside = np.zeros(len(capacity), dtype=np.int64)
    ends = np.zeros((days, len(capacity)), dtype=np.int64)
    for day in range(days):
        leaving = by_last[go[day] : go[day + 1]]
        inside -= np.bincount(facility[leaving], minlength=len(capacity))
        arriving = by_first[come[day] : come[day + 1]]
        chosen = least_full(inside, capacity, len(arriving))
        facility[arriving] = chosen
        inside += np.bincount(chosen, minlength=len(capacity))
        ends[day] = inside
    return ends


def least_full(
    inside: NDArray[np.int64], capacity: NDArray[np.int64], people: int
) -> NDArray[np.int64]:
    """The facilities that so many people get who are placed one after the other."""
    level = (inside.sum() + people) / capacity.sum()
    room = np.maximum(np.ceil(level * capacity - inside).astype(np.int64) + 1, 1)
    facility = np.repeat(np.arange(len(capacity)), room)
    within = np.arange(len(facility)) - np.repeat(np.cumsum(room) - room, room)
    fullness = (inside[facility] + within) / capacity[facility]
    return np.asarray(facility[np.argsort(fullness, kind="stable")[:people]])

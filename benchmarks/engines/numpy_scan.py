"""W in NumPy: one row a person, and a look at every row on every day.

What has come due is handled until nothing more falls on the day; times are not rounded to days.
Rows of people who left for good are used again.
"""

from __future__ import annotations

import numpy as np
import w
from engines.numpy_lives import least_full
from numpy.typing import NDArray

REMAND, SENTENCED, AWAY, NOBODY = range(4)
NOWHERE = 10
Rows = NDArray[np.int64]


class People:
    """Columns of everybody in custody or on the way back."""

    def __init__(self, stock: int, rng: np.random.Generator) -> None:
        rows = 2 * stock + 1000
        self.rng = rng
        self.due = np.full(rows, np.inf)
        self.stage = np.full(rows, NOBODY, dtype=np.int8)
        self.facility = np.full(rows, NOWHERE, dtype=np.int8)
        self.free = np.arange(rows)

    def rows(self, people: int) -> Rows:
        """Rows for so many new people."""
        if people > len(self.free):
            rows = len(self.due)
            self.free = np.concatenate([self.free, np.arange(rows, 2 * rows)])
            self.due = np.concatenate([self.due, np.full(rows, np.inf)])
            self.stage = np.concatenate([self.stage, np.full(rows, NOBODY, dtype=np.int8)])
            self.facility = np.concatenate([self.facility, np.full(rows, NOWHERE, dtype=np.int8)])
        taken, self.free = self.free[:people], self.free[people:]
        return taken

    def enter(self, who: Rows, stage: int, since: NDArray[np.float64]) -> None:
        """Begin a stage, with the time in it drawn."""
        if stage == AWAY:
            stay = self.rng.exponential(w.AWAY_MEAN, len(who))
        else:
            mean = w.REMAND_MEAN if stage == REMAND else w.SENTENCE_MEAN
            stay = self.rng.lognormal(w.mu(mean), w.SIGMA, len(who))
        self.stage[who] = stage
        self.due[who] = since + stay

    def leave(self, who: Rows) -> None:
        """Released: some will return, the rows of the others are free."""
        self.facility[who] = NOWHERE
        returning = self.rng.random(len(who)) < w.RETURNING
        self.enter(who[returning], AWAY, self.due[who[returning]])
        gone = who[~returning]
        self.stage[gone], self.due[gone] = NOBODY, np.inf
        self.free = np.concatenate([self.free, gone])


def run(stock: int, days: int, seed: int) -> w.Run:
    rng = np.random.default_rng(seed)
    people = People(stock, rng)
    capacity = np.array(w.capacities(stock))
    found = people.rows(stock)
    people.stage[found] = SENTENCED
    people.due[found] = rng.exponential(w.FOUND_MEAN, stock)
    people.facility[found] = least_full(np.zeros(10, dtype=np.int64), capacity, stock)
    inside = np.bincount(people.facility[found], minlength=10)
    held = np.array([0, stock, 0, 0])
    stages = np.zeros((days, 2), dtype=np.int64)
    facilities = np.zeros((days, 10), dtype=np.int64)
    events = 0
    for day in range(days):
        arrived = people.rows(rng.poisson(w.admissions(stock)))
        people.enter(arrived, REMAND, day + rng.random(len(arrived)))
        held[REMAND] += len(arrived)
        events += len(arrived)
        admitted = [arrived]
        due = np.flatnonzero(people.due <= day + 1)
        while len(due):
            events += len(due)
            stage = people.stage[due]
            held -= np.bincount(stage, minlength=4)
            back, tried, served = (due[stage == s] for s in (AWAY, REMAND, SENTENCED))
            guilty = rng.random(len(tried)) < w.SENTENCED
            out = np.concatenate([tried[~guilty], served])
            inside -= np.bincount(people.facility[out], minlength=11)[:10]
            people.enter(back, REMAND, people.due[back])
            people.enter(tried[guilty], SENTENCED, people.due[tried[guilty]])
            people.leave(out)
            admitted.append(back)
            held += np.bincount(people.stage[due], minlength=4)
            due = due[people.due[due] <= day + 1]
        new = np.unique(np.concatenate(admitted))
        new = new[(people.stage[new] <= SENTENCED) & (people.facility[new] == NOWHERE)]
        people.facility[new] = least_full(inside, capacity, len(new))
        inside += np.bincount(people.facility[new], minlength=10)
        stages[day], facilities[day] = held[:2], inside
    return w.Run(stages, facilities, events)

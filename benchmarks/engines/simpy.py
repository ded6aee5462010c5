"""W in SimPy: a process for every person, one for admissions and one that counts every day."""

from __future__ import annotations

import random
from collections.abc import Generator

import numpy as np
import simpy
import w

REMAND, SENTENCED = range(2)
Process = Generator[simpy.Event, None, None]


class Prisons:
    """The facilities, and everybody in them."""

    def __init__(self, env: simpy.Environment, stock: int, days: int, seed: int) -> None:
        self.env = env
        self.random = random.Random(seed)
        self.capacity = w.capacities(stock)
        self.inside = [0] * len(self.capacity)
        self.held = [0, 0]
        self.events = 0
        self.stages = np.zeros((days, 2), dtype=np.int64)
        self.facilities = np.zeros((days, len(self.capacity)), dtype=np.int64)

    def place(self) -> int:
        """One more person where it is least full."""
        inside, capacity = self.inside, self.capacity
        facility = min(range(len(inside)), key=lambda i: inside[i] / capacity[i])
        inside[facility] += 1
        return facility

    def stay(self, stage: int, days: float) -> Process:
        """Held in a stage for so long."""
        self.held[stage] += 1
        yield self.env.timeout(days)
        self.held[stage] -= 1
        self.events += 1

    def found(self) -> Process:
        """Somebody there at the start."""
        facility = self.place()
        yield from self.stay(SENTENCED, self.random.expovariate(1 / w.FOUND_MEAN))
        self.inside[facility] -= 1
        yield from self.back()

    def person(self) -> Process:
        """From an admission on: remand, perhaps a sentence, perhaps a return."""
        draw = self.random
        self.events += 1
        facility = self.place()
        yield from self.stay(REMAND, draw.lognormvariate(w.mu(w.REMAND_MEAN), w.SIGMA))
        if draw.random() < w.SENTENCED:
            stay = draw.lognormvariate(w.mu(w.SENTENCE_MEAN), w.SIGMA)
            yield from self.stay(SENTENCED, stay)
        self.inside[facility] -= 1
        yield from self.back()

    def back(self) -> Process:
        """After release: some are admitted again."""
        if self.random.random() < w.RETURNING:
            yield self.env.timeout(self.random.expovariate(1 / w.AWAY_MEAN))
            self.env.process(self.person())

    def admissions(self, rate: float) -> Process:
        while True:
            yield self.env.timeout(self.random.expovariate(rate))
            self.env.process(self.person())

    def census(self) -> Process:
        for day in range(len(self.stages)):
            yield self.env.timeout(1)
            self.stages[day], self.facilities[day] = self.held, self.inside


def run(stock: int, days: int, seed: int) -> w.Run:
    env = simpy.Environment()
    prisons = Prisons(env, stock, days, seed)
    for _ in range(stock):
        env.process(prisons.found())
    env.process(prisons.admissions(w.admissions(stock)))
    census = env.process(prisons.census())
    env.run(until=census)
    return w.Run(prisons.stages, prisons.facilities, prisons.events)

"""W in cimba: people are spawned models, and what happens to them next is a scheduled event.

A process for every person would read better, but each has a stack of its own, of which Linux maps
some 30,000 by default: a stock of 100,000 ends with `cmi_coroutine_stack_alloc: Fatal: Assert
"r == 0" failed`. cimba hands back outputs and recorded datasets, so each column that is counted
every day is a model with a dataset.
"""

from __future__ import annotations

import cimba as cb
import numpy as np
import w
from cimba import random

REMAND, SENTENCED = range(2)
REMAND_MU, SENTENCE_MU = w.mu(w.REMAND_MEAN), w.mu(w.SENTENCE_MEAN)


class Count(cb.Model):
    """People somewhere: a facility, or a stage (without capacity)."""

    capacity: int = 1
    people: int = 0
    daily: cb.Dataset

    def __init__(self, capacity: int = 1) -> None:
        self.capacity = capacity
        self.daily = cb.Dataset()
        self.daily.capture()


class Prisons(cb.Model):
    """The facilities, and who comes to them."""

    rate: cb.Param[float]
    stock: int = 0
    days: int = 0
    events: cb.Output[int]
    facilities: list[Count]
    stages: list[Count]

    def __init__(self, stock: int, days: int) -> None:
        self.rate, self.stock, self.days = w.admissions(stock), stock, days
        self.facilities = [Count(places) for places in w.capacities(stock)]
        self.stages = [Count(), Count()]

    @cb.function
    def place(self) -> int:
        """One more person where it is least full."""
        chosen, lowest = 0, np.inf
        for i in range(len(self.facilities)):
            fullness = self.facilities[i].people / self.facilities[i].capacity
            if fullness < lowest:
                chosen, lowest = i, fullness
        self.facilities[chosen].people += 1
        return chosen

    @cb.process
    def begin(self) -> None:
        for _ in range(self.stock):
            person = cb.spawn(Person, prisons=self)
            person.find()
        while True:
            cb.hold(random.exponential(1 / self.rate))
            person = cb.spawn(Person, prisons=self)
            person.admit()

    @cb.process
    def census(self) -> None:
        for _ in range(self.days):
            cb.hold(1.0)
            for i in range(len(self.facilities)):
                self.facilities[i].daily.record(self.facilities[i].people)
            for i in range(len(self.stages)):
                self.stages[i].daily.record(self.stages[i].people)
        cb.end_trial()


class Person(cb.Model):
    """From being found or admitted to the last release."""

    prisons: cb.Ref[Prisons]
    facility: int = 0
    stage: int = REMAND

    @cb.function
    def find(self) -> None:
        self.facility = self.prisons.place()
        self.hold_in(SENTENCED, random.exponential(w.FOUND_MEAN))

    @cb.function
    def admit(self) -> None:
        self.prisons.events += 1
        self.facility = self.prisons.place()
        self.hold_in(REMAND, random.lognormal(REMAND_MU, w.SIGMA))

    @cb.function
    def hold_in(self, stage: int, days: float) -> None:
        self.stage = stage
        self.prisons.stages[stage].people += 1
        cb.schedule(self.end, days)

    @cb.event
    def end(self) -> None:
        """The end of a stage."""
        self.prisons.events += 1
        self.prisons.stages[self.stage].people -= 1
        if self.stage == REMAND and random.bernoulli(w.SENTENCED):
            self.hold_in(SENTENCED, random.lognormal(SENTENCE_MU, w.SIGMA))
        else:
            self.prisons.facilities[self.facility].people -= 1
            if random.bernoulli(w.RETURNING):
                cb.schedule(self.back, random.exponential(w.AWAY_MEAN))

    @cb.event
    def back(self) -> None:
        self.admit()


def run(stock: int, days: int, seed: int) -> w.Run:
    prisons = Prisons(stock, days)
    window = cb.Window(duration=days + 1.0)
    results = cb.Experiment(prisons, window=window, seed=seed).run(workers=1, on_failure="raise")

    def daily(counts: list[Count]) -> np.ndarray:
        columns = [np.asarray(results[count].daily.trial(0, 0)[1]) for count in counts]
        return np.stack(columns, axis=1).astype(np.int64)

    events = int(np.asarray(results[prisons].events)[0, 0])
    return w.Run(daily(prisons.stages), daily(prisons.facilities), events)

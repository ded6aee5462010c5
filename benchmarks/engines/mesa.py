"""W in Mesa: people are agents, and what happens to them next is a scheduled event."""

from __future__ import annotations

import numpy as np
import w
from mesa import Agent, Model
from mesa.experimental.devs import DEVSimulator

REMAND, SENTENCED = range(2)


class Person(Agent):
    """Somebody in custody, or on the way back."""

    def admit(self) -> None:
        self.model.events += 1
        self.facility = self.model.place()
        self.begin(REMAND, self.random.lognormvariate(w.mu(w.REMAND_MEAN), w.SIGMA))

    def find(self) -> None:
        """Be there at the start."""
        self.facility = self.model.place()
        self.begin(SENTENCED, self.random.expovariate(1 / w.FOUND_MEAN))

    def begin(self, stage: int, days: float) -> None:
        self.stage = stage
        self.model.held[stage] += 1
        self.model.simulator.schedule_event_relative(self.end, days)

    def end(self) -> None:
        """The end of a stage."""
        self.model.events += 1
        self.model.held[self.stage] -= 1
        if self.stage == REMAND and self.random.random() < w.SENTENCED:
            self.begin(SENTENCED, self.random.lognormvariate(w.mu(w.SENTENCE_MEAN), w.SIGMA))
        else:
            self.release()

    def release(self) -> None:
        self.model.inside[self.facility] -= 1
        if self.random.random() < w.RETURNING:
            away = self.random.expovariate(1 / w.AWAY_MEAN)
            self.model.simulator.schedule_event_relative(self.admit, away)
        else:
            self.remove()


class Prisons(Model):
    """The facilities, and who comes to them."""

    def __init__(self, stock: int, days: int, seed: int, simulator: DEVSimulator) -> None:
        super().__init__(seed=seed)
        self.simulator = simulator
        simulator.setup(self)
        self.rate = w.admissions(stock)
        self.capacity = w.capacities(stock)
        self.inside = [0] * len(self.capacity)
        self.held = [0, 0]
        self.events = 0
        self.stages = np.zeros((days, 2), dtype=np.int64)
        self.facilities = np.zeros((days, len(self.capacity)), dtype=np.int64)
        for person in Person.create_agents(self, stock):
            person.find()
        simulator.schedule_event_relative(self.arrive, self.random.expovariate(self.rate))
        for day in range(days):
            simulator.schedule_event_absolute(self.count, day + 1.0, function_args=[day])

    def place(self) -> int:
        """One more person where it is least full."""
        inside, capacity = self.inside, self.capacity
        facility = min(range(len(inside)), key=lambda i: inside[i] / capacity[i])
        inside[facility] += 1
        return facility

    def arrive(self) -> None:
        Person(self).admit()
        self.simulator.schedule_event_relative(self.arrive, self.random.expovariate(self.rate))

    def count(self, day: int) -> None:
        self.stages[day], self.facilities[day] = self.held, self.inside


def run(stock: int, days: int, seed: int) -> w.Run:
    simulator = DEVSimulator()
    prisons = Prisons(stock, days, seed, simulator)
    simulator.run_until(days)
    return w.Run(prisons.stages, prisons.facilities, prisons.events)

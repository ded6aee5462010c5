"""W in Starsim: a module that moves people between states, a step a day.

Common random numbers, which are on by default, are switched off: they cost a third more.
"""

from __future__ import annotations

import math

import numpy as np
import starsim as ss
import w
from engines.numpy_lives import least_full


class Custody(ss.Module):
    """Everybody in custody or on the way back; others are removed from the simulation."""

    def __init__(self, stock: int, days: int) -> None:
        super().__init__()
        self.define_states(
            ss.BoolState("remand"),
            ss.BoolState("sentenced"),
            ss.BoolState("away"),
            ss.FloatArr("ti_next"),
            ss.IntArr("facility"),
        )
        spread = math.sqrt(math.expm1(w.SIGMA**2))
        self.define_pars(
            arriving=ss.poisson(lam=w.admissions(stock)),
            found=ss.expon(scale=ss.days(w.FOUND_MEAN), round="stochastic"),
            tried=_lognormal(w.REMAND_MEAN, spread),
            served=_lognormal(w.SENTENCE_MEAN, spread),
            gone=ss.expon(scale=ss.days(w.AWAY_MEAN), round="stochastic"),
            guilty=ss.bernoulli(p=w.SENTENCED),
            returning=ss.bernoulli(p=w.RETURNING),
        )
        self.capacity = np.array(w.capacities(stock))
        self.inside = np.zeros(len(self.capacity), dtype=np.int64)
        self.stages = np.zeros((days, 2), dtype=np.int64)
        self.facilities = np.zeros((days, len(self.capacity)), dtype=np.int64)
        self.events = 0

    def init_post(self) -> None:
        super().init_post()
        found = self.sim.people.auids
        self.sentenced[found] = True
        self.ti_next[found] = self.pars.found.rvs(found)
        self.place(found)

    def place(self, uids: ss.uids) -> None:
        """One after the other where it is least full."""
        facility = least_full(self.inside, self.capacity, len(uids))
        self.facility[uids] = facility
        self.inside += np.bincount(facility, minlength=len(self.inside))

    def step(self) -> None:
        due = (self.ti_next <= self.ti).uids
        tried = due[self.remand[due]]
        served = due[self.sentenced[due]]
        back = due[self.away[due]]
        guilty, acquitted = self.pars.guilty.split(tried)
        self.remand[tried] = False
        self.sentenced[guilty] = True
        self.ti_next[guilty] = self.ti + self.pars.served.rvs(guilty)

        released = ss.uids.cat(acquitted, served)
        self.inside -= np.bincount(self.facility[released], minlength=len(self.inside))
        self.sentenced[served] = False
        returning, free = self.pars.returning.split(released)
        self.away[returning] = True
        self.ti_next[returning] = self.ti + self.pars.gone.rvs(returning)
        self.sim.people.request_removal(free)
        self.ti_next[free] = np.inf

        new = self.sim.people.grow(int(self.pars.arriving.rvs(1)[0]))
        entering = ss.uids.cat(new, back)
        self.away[back] = False
        self.remand[entering] = True
        self.ti_next[entering] = self.ti + self.pars.tried.rvs(entering)
        self.place(entering)
        self.events += len(due) + len(new)

    def update_results(self) -> None:
        super().update_results()
        self.stages[self.ti] = self.remand.sum(), self.sentenced.sum()
        self.facilities[self.ti] = self.inside


def _lognormal(mean: float, spread: float) -> ss.Dist:
    return ss.lognorm_ex(mean=ss.days(mean), std=ss.days(mean * spread), round="stochastic")


def run(stock: int, days: int, seed: int) -> w.Run:
    ss.options(crn=False)
    custody = Custody(stock, days)
    sim = ss.Sim(
        n_agents=stock,
        start=ss.days(0),
        dt=ss.days(1),
        dur=ss.days(days - 1),  # the first day is a step too
        modules=custody,
        rand_seed=seed,
        use_aging=False,
        copy_inputs=False,
        verbose=0,
    )
    sim.run()
    return w.Run(custody.stages, custody.facilities, custody.events)

"""What one replicate leaves behind: plain arrays, indexed by the Plan's canonical order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bedspace.engine.plan import Plan

SENT, HOME, ENDED, OUT = range(4)
"""Events of a transfer: sent; brought home before the stay ends; returned (or let go) because the
transfer ended; left custody, or the stage, while away."""


@dataclass(frozen=True)
class Outcome:
    """Counts of one replicate. D days, P places, S stages, T periods, C cohorts, X exits and risks
    (the most any stage has), A transfers, Q queues. What has a row for each day is counted at its
    end, and days (person_days, waited, over) are sums of such counts.

    A person held in a place `within` another is counted in the inner one only, but takes room in
    both, which `over` shows.
    """

    population: NDArray[np.int32]  # D x P
    stages: NDArray[np.int32]  # D x S, stages outside included
    person_days: NDArray[np.int64]  # T x S x P
    arrivals: NDArray[np.int32]  # T x C, new people, also those turned away
    exits: NDArray[np.int32]  # T x S x X, a stage's exits, then its risks
    diverted: NDArray[np.int32]  # T x S, people from outside turned away for want of a place
    early: NDArray[np.int32]  # T x S, people let out before their stay ended, also among exits
    remitted: NDArray[np.int64]  # T x S, days of their stays that were left
    transfers: NDArray[np.int32]  # T x A x S x 4 (SENT, HOME, ENDED, OUT)
    waiting: NDArray[np.int32]  # D x Q
    served: NDArray[np.int32]  # T x Q
    waited: NDArray[np.int64]  # T x Q, person-days in the queue
    over: NDArray[np.int64]  # T x P, person-days above capacity
    trace: NDArray[np.int32]  # N x 7: day, cohort, arrived, ordinal, spell, stage, place (-1: none)
    events: int  # arrivals + stages ended + transfer moves


def empty(plan: Plan) -> Outcome:
    """The Outcome of a Plan in which nothing has happened yet."""
    D, T = plan.days, len(plan.periods)
    S, P, C = len(plan.stages), len(plan.places), len(plan.cohorts)
    A, Q = len(plan.transfers), len(plan.queues)
    X = max(len(stage.exits) + len(stage.risks) for stage in plan.stages)
    return Outcome(
        population=np.zeros((D, P), dtype=np.int32),
        stages=np.zeros((D, S), dtype=np.int32),
        person_days=np.zeros((T, S, P), dtype=np.int64),
        arrivals=np.zeros((T, C), dtype=np.int32),
        exits=np.zeros((T, S, X), dtype=np.int32),
        diverted=np.zeros((T, S), dtype=np.int32),
        early=np.zeros((T, S), dtype=np.int32),
        remitted=np.zeros((T, S), dtype=np.int64),
        transfers=np.zeros((T, A, S, 4), dtype=np.int32),
        waiting=np.zeros((D, Q), dtype=np.int32),
        served=np.zeros((T, Q), dtype=np.int32),
        waited=np.zeros((T, Q), dtype=np.int64),
        over=np.zeros((T, P), dtype=np.int64),
        trace=np.zeros((0, 7), dtype=np.int32),
        events=0,
    )

"""Nobody is lost or made: every array of an Outcome against the trace and against the others."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bedspace.engine import ENDED, HOME, OUT, SENT, Exit, Outcome, Place, Plan, Stage, simulate
from bedspace.engine.stays import Never
from tests.engine.plans import plans, recount

some = settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
with_plans = given(plan=plans(), seed=st.integers(0, 2**32 - 1))


def by_period(plan: Plan, daily: np.ndarray) -> np.ndarray:
    return np.add.reduceat(daily, plan.periods, axis=0)


def let_go(plan: Plan, outcome: Outcome) -> np.ndarray:
    """People whose custody ended with a transfer, periods x stages."""
    leaving = [i for i, transfer in enumerate(plan.transfers) if transfer.at_end == "leave"]
    return outcome.transfers[..., ENDED][:, leaving].sum(axis=1)


@some
@with_plans
def test_daily_counts_are_those_of_the_trace(plan: Plan, seed: int) -> None:
    outcome = simulate(plan, seed, 0, trace=True)
    by_stage, by_both = recount(plan, outcome)
    assert by_stage.min() >= 0
    assert by_both.min() >= 0
    assert np.array_equal(outcome.stages, by_stage)
    assert np.array_equal(outcome.population, by_both.sum(axis=1))
    assert np.array_equal(outcome.person_days, by_period(plan, by_both))


@some
@with_plans
def test_every_stage_balances_in_every_period(plan: Plan, seed: int) -> None:
    """Stock tomorrow is stock today and who came, less who went."""
    outcome = simulate(plan, seed, 1)
    index = {stage.name: i for i, stage in enumerate(plan.stages)}
    came = np.zeros((len(plan.periods), len(plan.stages)), dtype=np.int64)
    for c, cohort in enumerate(plan.cohorts):
        came[:, index[cohort.stage]] += outcome.arrivals[:, c]
        came[0, index[cohort.stage]] += cohort.size
    for s, stage in enumerate(plan.stages):
        for k, exit_ in enumerate((*stage.exits, *stage.risks)):
            if exit_.to is not None:
                came[:, index[exit_.to]] += outcome.exits[:, s, k]
    went = outcome.exits.sum(axis=2) + outcome.diverted + let_go(plan, outcome)
    last_days = [*(day - 1 for day in plan.periods[1:]), plan.days - 1]
    stock = outcome.stages[last_days]
    assert np.array_equal(stock, np.cumsum(came - went, axis=0))


@some
@with_plans
def test_everybody_is_somewhere_every_day(plan: Plan, seed: int) -> None:
    """With periods of one day: stock[t + 1] = stock[t] + arrivals - out for good, overall."""
    daily = replace(plan, periods=tuple(range(plan.days)))
    outcome = simulate(daily, seed, 2)
    out = np.zeros(plan.days, dtype=np.int64)
    for s, stage in enumerate(plan.stages):
        for k, exit_ in enumerate((*stage.exits, *stage.risks)):
            if exit_.to is None:
                out += outcome.exits[:, s, k]
    out += outcome.diverted.sum(axis=1) + let_go(daily, outcome).sum(axis=1)
    change = outcome.arrivals.sum(axis=1) - out
    change[0] += sum(cohort.size for cohort in plan.cohorts)
    assert np.array_equal(outcome.stages.sum(axis=1), np.cumsum(change))
    # The reporting periods add up what happens and change nothing of it.
    coarse = simulate(plan, seed, 2)
    for name in ("arrivals", "exits", "diverted", "transfers", "served", "waited", "over"):
        assert np.array_equal(by_period(plan, getattr(outcome, name)), getattr(coarse, name)), name
    assert np.array_equal(outcome.population, coarse.population)
    assert np.array_equal(by_period(plan, outcome.person_days), coarse.person_days)


@some
@with_plans
def test_places_hold_the_people_inside(plan: Plan, seed: int) -> None:
    outcome = simulate(plan, seed, 3)
    inside = [i for i, stage in enumerate(plan.stages) if stage.inside]
    assert np.array_equal(outcome.population.sum(axis=1), outcome.stages[:, inside].sum(axis=1))
    held = outcome.population.astype(np.int64)
    index = {place.name: i for i, place in enumerate(plan.places)}
    for i, place in enumerate(plan.places):
        if place.within is not None:
            held[:, index[place.within]] += outcome.population[:, i]
    capacity = np.zeros_like(held)
    for i, place in enumerate(plan.places):
        for day, value in place.capacity:
            capacity[day:, i] = value
    assert np.array_equal(outcome.over, by_period(plan, np.maximum(held - capacity, 0)))
    for s, stage in enumerate(plan.stages):
        elsewhere = [i for name, i in index.items() if name not in (*stage.places, stage.elsewhere)]
        rented = {index[t.to] for t in plan.transfers if stage.name in t.stages}
        for i in set(elsewhere) - rented:
            assert not outcome.person_days[:, s, i].any(), "held where the stage is not served"


@some
@with_plans
def test_transfers_and_queues_balance(plan: Plan, seed: int) -> None:
    outcome = simulate(plan, seed, 4)
    moves = outcome.transfers.sum(axis=2).cumsum(axis=0)  # periods x transfers x 4
    away = moves[:, :, SENT] - moves[:, :, [HOME, ENDED, OUT]].sum(axis=2)
    assert np.all(away >= 0)
    last_days = [*(day - 1 for day in plan.periods[1:]), plan.days - 1]
    index = {place.name: i for i, place in enumerate(plan.places)}
    for to in {transfer.to for transfer in plan.transfers}:
        if not any(to in stage.places for stage in plan.stages):  # nobody is there otherwise
            here = [a for a, transfer in enumerate(plan.transfers) if transfer.to == to]
            assert np.array_equal(
                away[:, here].sum(axis=1), outcome.population[last_days, index[to]]
            )
    for a, transfer in enumerate(plan.transfers):
        not_taken = [i for i, s in enumerate(plan.stages) if s.name not in transfer.stages]
        assert not outcome.transfers[:, a, not_taken].any()
        ended = [t for t, day in enumerate(last_days) if day >= transfer.end]
        assert not away[ended, a].any(), "somebody is away after the transfer's end"
    assert np.array_equal(by_period(plan, outcome.waiting), outcome.waited)
    for q, queue in enumerate(plan.queues):
        rate = np.zeros(plan.days)
        for day, value in queue.served:
            rate[day:] = value
        able = np.cumsum(rate)[last_days]
        assert np.all(outcome.served[:, q].cumsum() <= able + 1e-6)
        users = [i for i, stage in enumerate(plan.stages) if stage.queue == queue.name]
        left = np.zeros(len(plan.periods), dtype=np.int64)
        for i in users:
            left += outcome.exits[:, i, : len(plan.stages[i].exits)].sum(axis=1)
        assert np.array_equal(outcome.served[:, q], left), "they leave by the queue, all of them"
    happened = outcome.arrivals.sum() + outcome.exits.sum() + outcome.transfers[..., :OUT].sum()
    assert outcome.events == happened


@pytest.mark.parametrize("engine", ["kernel", "reference"])
def test_a_system_without_people_stays_empty(engine: str) -> None:
    stage = Stage("held", Never(), (Exit("out", 1.0),), places=("p",))
    outcome = simulate(Plan(5, (), (stage,), (Place("p", ((0, 3),)),)), 1, 0, engine=engine)
    assert outcome.events == 0
    assert outcome.stages.tolist() == [[0]] * 5
    assert outcome.population.tolist() == [[0]] * 5

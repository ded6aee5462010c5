"""The closed-form twin: expected populations by convolution, as if there were always room.

Without binding places or queues people do not affect one another, so the expected number in a
stage follows from when people enter it and how long they stay. Milliseconds instead of an
ensemble; exact for the same tables that the engines read.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bedspace.engine import laws
from bedspace.engine.check import check
from bedspace.engine.counts import expected_arrivals
from bedspace.engine.plan import Exit, Plan, Stage
from bedspace.engine.prepare import least_days
from bedspace.exceptions import PlanError

Floats = NDArray[np.float64]

_SETTLED = 1e-9
"""Spells are followed until fewer than this many people enter another one."""


def _integral(knots: laws.Table, days: NDArray[np.int64]) -> Floats:
    """E[max(0, day - stay)] for stays of a table: the integral of P(stay <= x) up to each day."""
    ticks = days * laws.TICKS
    low, high = knots[:-1].astype(np.int64), knots[1:].astype(np.int64)
    below = np.searchsorted(high, ticks, side="right")  # whole cells below
    weight = np.concatenate([[0.0], np.cumsum(laws.WEIGHTS)])[below]
    moment = np.concatenate([[0.0], np.cumsum(laws.WEIGHTS * laws.cell_means(knots))])[below]
    total = ticks * weight - moment
    cell = np.minimum(below, len(low) - 1)
    part = np.where(below < len(low), np.maximum(ticks - low[cell], 0), 0)
    width = np.maximum(high[cell] - low[cell], 1)
    within = part.astype(float) ** 2 / (2 * width) * laws.WEIGHTS[cell]
    return np.asarray((total + within) / laws.TICKS)


def survival(stage: Stage, law: laws.Law, days: int) -> Floats:
    """P(still in the stage at the end of day k after entering), k = 0 .. days - 1.

    A stay x ends on day floor(x + u) with u uniform, so P(ended by day k) is the average of
    P(stay <= x) over k <= x < k + 1.
    """
    area = _integral(laws.table(law), np.arange(days + 1))
    alive = 1 - np.diff(area)
    alive[: least_days(stage)] = 1.0
    return np.clip(alive, 0.0, 1.0)


def _residual(stage: Stage, days: int) -> Floats:
    """P(somebody found inside at the start is still there at the end of day k)."""
    knots = laws.table(stage.stay)
    if knots[0] == laws.LONGEST:
        return np.ones(days)
    whole = np.arange(1, days + 1)
    mean = float(laws.WEIGHTS @ laws.cell_means(knots)) / laws.TICKS
    if mean == 0.0:
        return np.zeros(days)
    # Equilibrium law: P(residual <= t) is the integral of the survival up to t over the mean.
    return np.clip(1 - (whole - _integral(knots, whole)) / mean, 0.0, 1.0)


def _convolve(entries: Floats, alive: Floats) -> Floats:
    """Population from entries by day and survival by days since, both of one length."""
    size = 1 << (2 * len(entries) - 1).bit_length()
    product = np.fft.rfft(entries, size) * np.fft.rfft(alive, size)
    return np.asarray(np.fft.irfft(product, size)[: len(entries)])


def _topological(plan: Plan) -> list[int]:
    """Stages in an order in which, within a spell, nobody goes back."""
    index = {stage.name: i for i, stage in enumerate(plan.stages)}
    order: list[int] = []

    def visit(i: int) -> None:
        if i in order:
            return
        if plan.stages[i].inside:
            for exit_ in plan.stages[i].exits:
                if exit_.to is not None:
                    visit(index[exit_.to])
        order.append(i)

    for i in range(len(plan.stages)):
        visit(i)
    return order[::-1]


def _laws_in_force(plan: Plan, stage: Stage) -> list[tuple[int, laws.Law, tuple[Exit, ...]]]:
    """From which day which stay and exits hold for people who enter the stage."""
    in_force = [(0, stage.stay, stage.exits)]
    for change in sorted(plan.changes, key=lambda c: (c.day, c.name)):
        if change.stage == stage.name:
            _, stay, exits = in_force[-1]
            in_force.append((change.day, change.stay or stay, change.exits or exits))
    return in_force


def expected(plan: Plan) -> Floats:
    """Expected people in each stage at the end of each day: days x stages, in the Plan's order.

    Raises PlanError for a Plan without a closed form here: with a queue, with risks, shared luck
    or credit, with a stock whose time served is given, with a change that reaches those inside, or
    with a transfer that ends custody. Capacity, and what a stage does without it, is overlooked.
    """
    check(plan)
    if any(stage.queue for stage in plan.stages):
        raise PlanError("the closed form knows no queues: run the engine")
    if any(change.reach == "inside" for change in plan.changes):
        raise PlanError("the closed form knows no changes that reach those inside: run the engine")
    if any(transfer.at_end == "leave" for transfer in plan.transfers):
        raise PlanError("the closed form knows no transfer that ends custody: run the engine")
    if any(stage.risks or stage.luck or stage.credit for stage in plan.stages):
        raise PlanError("the closed form knows no risks, shared luck or credit: run the engine")
    if any(cohort.served is not None for cohort in plan.cohorts):
        raise PlanError("the closed form knows no stock whose time served is given: run the engine")
    index = {stage.name: i for i, stage in enumerate(plan.stages)}
    entries = np.zeros((plan.days, len(plan.stages)))
    stock = np.zeros(len(plan.stages))
    for cohort in plan.cohorts:
        entries[:, index[cohort.stage]] += expected_arrivals(cohort, plan.days)
        stock[index[cohort.stage]] += cohort.size
    order = _topological(plan)
    population = np.zeros_like(entries)
    while entries.sum() > _SETTLED or stock.any():
        following = np.zeros_like(entries)
        for i in order:
            stage = plan.stages[i]
            into = entries if stage.inside else following
            in_force = _laws_in_force(plan, stage)
            if stock[i]:
                left = stock[i] * _residual(stage, plan.days)
                population[:, i] += left
                _pass_on(into, index, -np.diff(left, prepend=stock[i]), stage.exits)
            for k, (first, stay, exits) in enumerate(in_force):
                last = in_force[k + 1][0] if k + 1 < len(in_force) else plan.days
                arriving = np.zeros(plan.days)
                arriving[first:last] = entries[first:last, i]
                if arriving.any():
                    inside = _convolve(arriving, survival(stage, stay, plan.days))
                    population[:, i] += inside
                    _pass_on(into, index, arriving - np.diff(inside, prepend=0.0), exits)
        entries, stock = following, np.zeros(len(plan.stages))
    return population


def _pass_on(into: Floats, index: dict[str, int], leaving: Floats, exits: tuple[Exit, ...]) -> None:
    """Share those who leave a stage by day among the stages that its exits lead to."""
    for exit_ in exits:
        if exit_.to is not None:
            into[:, index[exit_.to]] += np.maximum(leaving, 0.0) * exit_.share

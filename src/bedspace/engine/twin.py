"""The closed-form twin: expected populations by convolution, as if there were always room.

Without binding places or queues people do not affect one another, so the expected number in a
stage follows from when people enter it and how long they stay. Milliseconds instead of an
ensemble; exact for the same tables that the engines read.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bedspace.engine import stays
from bedspace.engine.check import check
from bedspace.engine.counts import expected_arrivals
from bedspace.engine.plan import Exit, Plan, Stage
from bedspace.engine.prepare import least_days, risk_exits
from bedspace.engine.stays.law import LawOfStay
from bedspace.engine.stays.tables import exposure
from bedspace.exceptions import PlanError

Floats = NDArray[np.float64]

_SETTLED = 1e-9
"""Spells are followed until fewer than this many people enter another one."""


def hazard_of(stage: Stage) -> float:
    """All risks of a stage together, a day."""
    return sum(risk.rate for risk in stage.risks)


def survival(stage: Stage, law: LawOfStay, days: int) -> Floats:
    """P(still in the stage at the end of day k after entering), k = 0 .. days - 1.

    A stay x, or the risk that comes before it, ends on day floor(x + u) with u uniform, so this is
    the average over k <= x < k + 1 of P(stay > x) exp(-hazard x).
    """
    area = exposure(stays.table(law), np.arange(days + 1) * stays.TICKS, hazard_of(stage))
    alive = np.diff(area)
    alive[: least_days(stage)] = 1.0
    return np.clip(alive, 0.0, 1.0)


def _risked(stage: Stage, law: LawOfStay, days: int) -> Floats:
    """P(a risk has ended the stage by the end of day k after entering): the hazard times the days
    spent in it up to k + 1 - u, averaged over the part of a day u."""
    area = exposure(stays.table(law), _quarters(days), hazard_of(stage))
    return hazard_of(stage) * _daily_means(area)


def _quarters(days: int) -> NDArray[np.int64]:
    """Ticks of every quarter of a day, from the first to the last."""
    return np.arange(4 * days + 1) * (stays.TICKS // 4)


def _daily_means(values: Floats) -> Floats:
    """Means over each day of what is known at its quarters, by Boole's rule."""
    days = np.lib.stride_tricks.sliding_window_view(values, 5)[::4]
    return np.asarray(days @ np.array([7, 32, 12, 32, 7]) / 90)


def _residual(stage: Stage, days: int) -> tuple[Floats, Floats]:
    """P(somebody found inside at the start is still there at the end of day k), and P(a risk has
    ended the stage by then)."""
    knots, hazard = stays.table(stage.stay), hazard_of(stage)
    ticks = _quarters(days)
    mean = exposure(knots, np.array([2 * stays.LONGEST]), hazard)[0]
    if knots.ticks[0] == stays.LONGEST:
        alive = np.exp(-hazard * ticks / stays.TICKS)
    elif mean == 0.0:
        return np.zeros(days), np.zeros(days)
    else:  # the integral of the survival up to t over the mean has left by t
        alive = np.clip(1 - exposure(knots, ticks, hazard) / mean, 0.0, 1.0)
    return alive[4::4], hazard * np.cumsum(_daily_means(alive))


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
            ways = [*plan.stages[i].exits, *risk_exits(plan.stages[i])]
            for to in [way.to for way in ways if way.to is not None]:
                visit(index[to])
        order.append(i)

    for i in range(len(plan.stages)):
        visit(i)
    return order[::-1]


def _laws_in_force(plan: Plan, stage: Stage) -> list[tuple[int, LawOfStay, tuple[Exit, ...]]]:
    """From which day which stay and exits hold for people who enter the stage."""
    in_force = [(0, stage.stay, stage.exits)]
    for change in sorted(plan.changes, key=lambda c: (c.day, c.name)):
        if change.stage == stage.name:
            _, stay, exits = in_force[-1]
            in_force.append((change.day, change.stay or stay, change.exits or exits))
    return in_force


def expected(plan: Plan) -> Floats:
    """Expected people in each stage at the end of each day: days x stages, in the Plan's order.

    Raises PlanError for a Plan without a closed form here: with a queue, with shared luck or
    credit, with risks at liberty, with a stock whose time served is given, with a change that
    reaches those inside or goes by the day of admission, with a transfer that ends custody, with
    days without releases, with planned releases, or with a sentence that outlives the release.
    Capacity, and what a stage does without it, is overlooked.
    """
    check(plan)
    if any(stage.queue for stage in plan.stages):
        raise PlanError("the closed form knows no queues: run the engine")
    if any(change.reach == "inside" for change in plan.changes):
        raise PlanError("the closed form knows no changes that reach those inside: run the engine")
    if any(change.reach == "admitted" for change in plan.changes):
        raise PlanError("the closed form knows no changes by day of admission: run the engine")
    if plan.releases:
        raise PlanError("the closed form knows no planned releases: run the engine")
    if any(transfer.at_end == "leave" for transfer in plan.transfers):
        raise PlanError("the closed form knows no transfer that ends custody: run the engine")
    if any(stage.luck or stage.credit for stage in plan.stages):
        raise PlanError("the closed form knows no shared luck or credit: run the engine")
    if any(stage.no_release_on for stage in plan.stages):
        raise PlanError("the closed form knows no days without releases: run the engine")
    if any(stage.ends_with for stage in plan.stages):
        raise PlanError("the closed form knows no sentence after the release: run the engine")
    if any(stage.risks and not stage.inside for stage in plan.stages):
        raise PlanError("the closed form knows no risks at liberty: run the engine")
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
                alive, risked = _residual(stage, plan.days)
                population[:, i] += stock[i] * alive
                by_risk = stock[i] * np.diff(risked, prepend=0.0)
                leaving = -stock[i] * np.diff(alive, prepend=1.0)
                _pass_on(into, index, leaving - by_risk, stage.exits)
                _pass_on(into, index, by_risk, risk_exits(stage))
            for k, (first, stay, exits) in enumerate(in_force):
                last = in_force[k + 1][0] if k + 1 < len(in_force) else plan.days
                arriving = np.zeros(plan.days)
                arriving[first:last] = entries[first:last, i]
                if arriving.any():
                    inside = _convolve(arriving, survival(stage, stay, plan.days))
                    population[:, i] += inside
                    risked = _convolve(arriving, _risked(stage, stay, plan.days))
                    by_risk = np.diff(risked, prepend=0.0)
                    leaving = arriving - np.diff(inside, prepend=0.0)
                    _pass_on(into, index, leaving - by_risk, exits)
                    _pass_on(into, index, by_risk, risk_exits(stage))
        entries, stock = following, np.zeros(len(plan.stages))
    return population


def _pass_on(into: Floats, index: dict[str, int], leaving: Floats, exits: tuple[Exit, ...]) -> None:
    """Share those who leave a stage by day among the stages that its exits lead to."""
    for exit_ in exits:
        if exit_.to is not None:
            into[:, index[exit_.to]] += np.maximum(leaving, 0.0) * exit_.share

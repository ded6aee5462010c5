"""From a Plan to what both engines read: checked, numbered, tables stacked, people addressed.

Everything drawn outside the daily loop is drawn here, once, for both engines: the number of
arrivals on each day and the people who are there on day 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bedspace.engine import philox, stays
from bedspace.engine.check import check
from bedspace.engine.counts import counts_of
from bedspace.engine.plan import Cohort, Exit, Plan, Stage
from bedspace.engine.releases import Releases, let_out_on_day_0, releases
from bedspace.engine.stays.census import ages, length_biased_luck, stays_beyond
from bedspace.engine.stays.stacked import Stacked, stack, unstack
from bedspace.engine.steps import Steps, each_day

NONE = -1
LEAST_FULL, IN_ORDER = 0, 1
FIRST = ("soonest", "longest", "lot")
SOONEST, LONGEST, LOT = range(3)

PERSON = np.dtype(
    [
        ("arrived", np.int32),  # day, -1 for people there from the start
        ("ordinal", np.uint32),  # within the cohort and day
        ("entered", np.int32),  # day of entering the present stage
        ("due", np.int32),  # day it ends
        ("credit", np.int32),  # days inside in this spell before the present stage
        ("luck", np.uint32),  # own position in the law of the stay
        ("cohort", np.uint16),
        ("stage", np.int16),
        ("place", np.int16),
        ("transfer", np.int16),  # the transfer that holds the person, or NONE
        ("spell", np.uint16),
        ("exit", np.uint8),  # the way out, decided on entering the stage
        ("dither", np.uint8),  # turns a stay into whole days without bias
        ("hour", np.uint8),  # part of the day at which the stage ends
        ("moving", np.bool_),  # needs a place, and is in custody already: is never turned away
        ("keeps_luck", np.bool_),  # on the way between two stages of one spell that share a draw
    ],
    align=True,
)
"""A person: 40 bytes, so that a chunk of eight is five cache lines."""


class Prepared(NamedTuple):
    """A Plan as arrays. D days, S stages, P places, C cohorts, Q queues, A transfers, R releases, E
    sets of exits, X the most exits and risks of any stage, L tables. Names are those of the Plan's
    nouns.

    A *table* is a law as stays.table makes it: one for each stage, change of a stay and stage at
    risk. A *purpose* is what a draw is for, as philox.purpose_hash makes it."""

    days: int
    period_of: NDArray[np.int32]  # D
    period_end: NDArray[np.int32]  # T, first day after each period
    tables: NDArray[np.int32]  # this and the next four: see stays.stacked
    uneven: NDArray[np.int32]
    uneven_first: NDArray[np.int32]
    uneven_lucks: NDArray[np.int64]
    uneven_ticks: NDArray[np.int32]
    thresholds: NDArray[np.uint64]  # E x X, cumulative shares of 2^32
    targets: NDArray[np.int32]  # S x X, stage or NONE
    stage_table: NDArray[np.int32]  # S
    stage_exits: NDArray[np.int32]  # S
    stage_purpose: NDArray[np.uint64]  # S
    stage_luck: NDArray[np.uint64]  # S, the purpose whose draw is the luck of the stay
    stage_credit: NDArray[np.float64]  # S
    stage_whole: NDArray[np.int32]  # S, the table of the sentence that it ends with, or NONE
    stage_begins: NDArray[np.bool_]  # S, a sentence begins that may outlive the release
    stage_apart: NDArray[np.bool_]  # S, its stay is read at its own draw, not at the sentence's
    stage_counts: NDArray[np.bool_]  # S, at liberty: its days count towards the sentence
    stage_risk: NDArray[np.int32]  # S, the table of the time to the first risk, or NONE
    stage_risk_exits: NDArray[np.int32]  # S, the set of exits that says which risk
    stage_risk_purpose: NDArray[np.uint64]  # S
    stage_ways: NDArray[np.int32]  # S, exits before the risks
    stage_early: NDArray[np.int32]  # S, most days to go of those let out for want of places
    stage_early_purpose: NDArray[np.uint64]  # S
    stage_relief: NDArray[np.bool_]  # S, somebody in its places may be let out early
    longest_early: int  # most days of stage_early
    stage_inside: NDArray[np.bool_]  # S
    stage_least: NDArray[np.int32]  # S, least whole days of a stay
    stage_calendar: NDArray[np.int32]  # this and the next two: see releases.py
    release_before: NDArray[np.int32]
    release_after: NDArray[np.int32]
    stage_queue: NDArray[np.int32]  # S, or NONE
    stage_places: NDArray[np.int32]  # S x P, in order, then NONE
    stage_allows: NDArray[np.bool_]  # S x P
    stage_rule: NDArray[np.int32]  # S
    stage_diverts: NDArray[np.bool_]  # S
    stage_elsewhere: NDArray[np.int32]  # S, place, or NONE
    capacity: NDArray[np.int32]  # D x P
    within: NDArray[np.int32]  # P, or NONE
    cohort_hash: NDArray[np.uint64]  # C
    cohort_stage: NDArray[np.int32]  # C
    arrivals: NDArray[np.int32]  # D x C
    served: NDArray[np.float64]  # D x Q
    queue_purpose: NDArray[np.uint64]  # Q
    transfer_purpose: NDArray[np.uint64]  # A
    transfer_to: NDArray[np.int32]  # A, place
    transfer_stage: NDArray[np.bool_]  # A x S
    stage_offered: NDArray[np.bool_]  # S, some transfer takes from it
    transfer_first: NDArray[np.int32]  # A
    transfer_end: NDArray[np.int32]  # A
    transfer_min: NDArray[np.int32]  # A, least days to go
    transfer_delay: NDArray[np.int32]  # A
    transfer_back: NDArray[np.int32]  # A, days before the stay's end
    transfer_leave: NDArray[np.bool_]  # A, everybody leaves custody at the end
    transfer_per_day: NDArray[np.float64]  # A
    transfer_selected: NDArray[np.uint64]  # A, of 2^32
    transfer_consenting: NDArray[np.uint64]  # A, of 2^32
    transfer_blocked: NDArray[np.uint64]  # A x S, of 2^32, with those who may not be sent at all
    change_day: NDArray[np.int32]  # changes in order of day, then name
    change_stage: NDArray[np.int32]
    change_table: NDArray[np.int32]  # or NONE
    change_exits: NDArray[np.int32]  # or NONE
    change_inside: NDArray[np.bool_]
    change_admitted: NDArray[np.bool_]
    stage_dated: NDArray[np.bool_]  # S, its changes go by the day of admission
    release_day: NDArray[np.int32]  # R, releases in order of name
    release_stage: NDArray[np.bool_]  # R x S
    release_people: NDArray[np.int32]
    release_within: NDArray[np.int32]
    release_first: NDArray[np.int32]  # SOONEST, LONGEST or LOT
    release_final: NDArray[np.bool_]
    release_purpose: NDArray[np.uint64]
    key: NDArray[np.uint32]  # seed, replicate
    stock: NDArray[np.void]  # PERSON, in order of cohort and ordinal


def of_2_32(share: float) -> int:
    return round(share * 2**32)


def thresholds(exits: Sequence[Exit], width: int) -> list[int]:
    """Cumulative shares; the last is 2^32 exactly, whatever the rounding."""
    total = [of_2_32(sum(e.share for e in exits[: i + 1])) for i in range(len(exits) - 1)]
    return total + [2**32] * (width - len(total))


def least_days(stage: Stage) -> int:
    """The fewest whole days in a stage: one where somebody waits for a queue or is at liberty."""
    return int(not stage.inside or stage.queue is not None)


def luck_of(stage: Stage) -> str:
    """The stage whose draw somebody's luck is: the sentence's, if it is one that goes on."""
    return stage.ends_with or stage.luck or stage.name


def whole_sentence(plan: Plan, stage: Stage) -> stays.LawOfStay:
    """The law of the whole sentence with which a stage ends."""
    law = next(other.whole for other in plan.stages if other.name == stage.ends_with)
    assert law is not None  # check() has passed
    return law


def _stock(
    cohort: Cohort,
    index: int,
    stage: int,
    plan: Plan,
    calendars: Releases,
    key: tuple[int, int],
) -> NDArray[np.void]:
    """The people of a stock: a draw gives the luck (length-biased) and the share already served."""
    law = plan.stages[stage]
    people = np.zeros(cohort.size, dtype=PERSON)
    ordinal = np.arange(cohort.size)
    words = philox.block(
        ordinal.astype(np.uint64),
        -1,
        philox.cohort_hash(cohort.name),
        0,
        philox.purpose_hash("stage", law.name),
        key,
    )
    hazard = sum(risk.rate for risk in law.risks)
    if cohort.served is None:
        knots = stays.table(law.stay)
        luck = length_biased_luck(knots, words[0], hazard)
        stay = stays.stay_ticks(knots, luck)
        served = ages(stay, words[3], hazard)
    else:
        served = stays.stay_ticks(stays.table(cohort.served), words[3])
        luck, stay = stays_beyond(law.stay, served, words[0])
    # They entered `served` ticks before day 0; the part of a day becomes their dither.
    entered, dither = np.floor_divide(-served, stays.TICKS), -served & (stays.TICKS - 1)
    end = np.maximum(stay, least_days(law) * stays.TICKS) - served
    shares = thresholds(law.exits, len(law.exits))
    way = np.searchsorted(np.array(shares, dtype=np.uint64), words[1], side="right")
    inside = {one.name for one in plan.stages if one.inside}
    lets_out = np.array([exit_.to not in inside for exit_ in law.exits])[way]
    due = np.floor_divide(end, stays.TICKS)
    moved = np.where(lets_out, let_out_on_day_0(calendars, stage, due) - due, 0)
    end += moved * stays.TICKS
    risk_end, risk_exit = _first_risk(cohort, law, key)
    people["arrived"] = -1
    people["ordinal"] = ordinal
    people["entered"] = entered
    people["due"], people["hour"] = np.divmod(np.minimum(end, risk_end), stays.TICKS)
    people["luck"] = luck
    people["cohort"] = index
    people["stage"] = stage
    people["place"] = NONE
    people["transfer"] = NONE
    people["moving"] = law.inside
    people["exit"] = np.where(risk_end < end, risk_exit, way)
    people["dither"] = dither
    return people


def _first_risk(
    cohort: Cohort, stage: Stage, key: tuple[int, int]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Tick and exit of the first risk for each person of a stock; never, where there is none.

    A constant hazard knows no memory: its time counts from day 0, whatever was served before.
    """
    rate = sum(risk.rate for risk in stage.risks)
    if rate <= 0:
        return np.full(cohort.size, 2 * stays.LONGEST), np.zeros(cohort.size, dtype=np.int64)
    words = philox.block(
        np.arange(cohort.size, dtype=np.uint64),
        -1,
        philox.cohort_hash(cohort.name),
        0,
        philox.purpose_hash("risk", stage.name),
        key,
    )
    ticks = stays.stay_ticks(stays.table(stays.Exponential(1 / rate)), words[0])
    shares = np.array(thresholds(risk_exits(stage), len(stage.risks)), dtype=np.uint64)
    which = np.searchsorted(shares, words[1], side="right")
    return ticks, len(stage.exits) + which.astype(np.int64)


def risk_exits(stage: Stage) -> tuple[Exit, ...]:
    """A stage's risks as exits with their shares of the whole hazard."""
    rate = sum(risk.rate for risk in stage.risks)
    return tuple(Exit(risk.cause, risk.rate / rate, risk.to) for risk in stage.risks)


def table_of(p: Prepared, number: int) -> stays.Table:
    """One of the tables of a prepared Plan."""
    stacked = {name: getattr(p, name) for name in Stacked._fields}
    return unstack(Stacked(**stacked), number)


def prepare(plan: Plan, seed: int, replicate: int) -> Prepared:
    """Number and draw everything; raises PlanError where the Plan does not hold together."""
    check(plan)
    key = (seed, replicate)
    stage_of = {stage.name: i for i, stage in enumerate(plan.stages)}
    place_of = {place.name: i for i, place in enumerate(plan.places)}
    queue_of = {queue.name: i for i, queue in enumerate(plan.queues)}
    S, P, A = len(plan.stages), len(plan.places), len(plan.transfers)
    width = max(len(stage.exits) + len(stage.risks) for stage in plan.stages)

    tables = [stays.table(stage.stay) for stage in plan.stages]
    exits = [thresholds(stage.exits, width) for stage in plan.stages]
    changes = sorted(plan.changes, key=lambda c: (c.day, c.name))
    change_table, change_exits = [], []
    dated = {change.stage for change in changes if change.reach == "admitted"}
    for change in changes:
        change_table.append(NONE if change.stay is None else len(tables))
        change_exits.append(NONE if change.exits is None else len(exits))
        if change.stay is not None:
            tables.append(stays.table(change.stay))
        if change.exits is not None:
            exits.append(thresholds(change.exits, width))

    stage_risk = np.full(S, NONE, dtype=np.int32)
    stage_risk_exits = np.full(S, NONE, dtype=np.int32)
    for i, stage in enumerate(plan.stages):
        rate = sum(risk.rate for risk in stage.risks)
        if rate > 0:
            stage_risk[i], stage_risk_exits[i] = len(tables), len(exits)
            tables.append(stays.table(stays.Exponential(1 / rate)))
            exits.append(thresholds(risk_exits(stage), width))

    stage_whole = np.full(S, NONE, dtype=np.int32)
    for i, stage in enumerate(plan.stages):
        if stage.ends_with is not None:
            stage_whole[i] = len(tables)
            tables.append(stays.table(whole_sentence(plan, stage)))

    targets = np.full((S, width), NONE, dtype=np.int32)
    stage_places = np.full((S, max(P, 1)), NONE, dtype=np.int32)
    stage_allows = np.zeros((S, max(P, 1)), dtype=np.bool_)
    for i, stage in enumerate(plan.stages):
        ways = [*(exit_.to for exit_ in stage.exits), *(risk.to for risk in stage.risks)]
        for k, to in enumerate(ways):
            targets[i, k] = NONE if to is None else stage_of[to]
        for k, name in enumerate(stage.places):
            stage_places[i, k] = place_of[name]
            stage_allows[i, place_of[name]] = True
    near = np.array([stage.early > 0 for stage in plan.stages])
    stage_relief = (stage_allows[:, None] & stage_allows[None, near]).any(axis=(1, 2))
    transfer_stage = np.zeros((A, S), dtype=np.bool_)
    transfer_blocked = np.zeros((A, S), dtype=np.uint64)
    for i, transfer in enumerate(plan.transfers):
        for k, name in enumerate(transfer.stages):
            allowed = transfer.allowed[k] if transfer.allowed else 1.0
            transfer_stage[i, stage_of[name]] = True
            transfer_blocked[i, stage_of[name]] = of_2_32(1 - (1 - transfer.blocked) * allowed)

    periods = np.array(plan.periods, dtype=np.int32)
    period_of = np.searchsorted(periods, np.arange(plan.days), side="right").astype(np.int32) - 1
    calendars = releases(plan.stages)
    stocks = [
        _stock(cohort, i, stage_of[cohort.stage], plan, calendars, key)
        for i, cohort in enumerate(plan.cohorts)
    ]

    def column(values: Sequence[float], dtype: type) -> NDArray[np.generic]:
        return np.array(values, dtype=dtype)

    def by_day(series: Sequence[Steps], dtype: type) -> NDArray[np.generic]:
        columns = [each_day(one, plan.days) for one in series]
        return np.array(columns, dtype=dtype).reshape(len(columns), plan.days).T.copy()

    def purposes(kind: str, names: Sequence[str]) -> NDArray[np.generic]:
        return column([philox.purpose_hash(kind, name) for name in names], np.uint64)

    arrivals = [counts_of(cohort, plan.days, key) for cohort in plan.cohorts]
    values = dict(
        days=plan.days,
        period_of=period_of,
        period_end=np.append(periods[1:], plan.days).astype(np.int32),
        **stack(tables)._asdict(),
        thresholds=np.array(exits, dtype=np.uint64),
        targets=targets,
        stage_table=np.arange(S, dtype=np.int32),
        stage_exits=np.arange(S, dtype=np.int32),
        stage_purpose=purposes("stage", [s.name for s in plan.stages]),
        stage_luck=purposes("stage", [luck_of(s) for s in plan.stages]),
        stage_credit=column([s.credit for s in plan.stages], np.float64),
        stage_whole=stage_whole,
        stage_begins=column([s.whole is not None for s in plan.stages], np.bool_),
        stage_apart=column([s.ends_with is not None and not s.luck for s in plan.stages], np.bool_),
        stage_counts=column([s.counts for s in plan.stages], np.bool_),
        stage_risk=stage_risk,
        stage_risk_exits=stage_risk_exits,
        stage_risk_purpose=purposes("risk", [s.name for s in plan.stages]),
        stage_ways=column([len(s.exits) for s in plan.stages], np.int32),
        stage_early=column([s.early for s in plan.stages], np.int32),
        stage_early_purpose=purposes("early", [s.name for s in plan.stages]),
        stage_relief=stage_relief,
        longest_early=max(s.early for s in plan.stages),
        stage_inside=column([s.inside for s in plan.stages], np.bool_),
        stage_least=column([least_days(s) for s in plan.stages], np.int32),
        **calendars._asdict(),
        stage_queue=column([queue_of[s.queue] if s.queue else NONE for s in plan.stages], np.int32),
        stage_places=stage_places,
        stage_allows=stage_allows,
        stage_rule=column([int(s.rule == "in-order") for s in plan.stages], np.int32),
        stage_elsewhere=column(
            [place_of[s.elsewhere] if s.elsewhere else NONE for s in plan.stages], np.int32
        ),
        stage_diverts=column([s.when_full == "divert" for s in plan.stages], np.bool_),
        capacity=by_day([p.capacity for p in plan.places], np.int32),
        within=column([place_of[p.within] if p.within else NONE for p in plan.places], np.int32),
        cohort_hash=column([philox.cohort_hash(c.name) for c in plan.cohorts], np.uint64),
        cohort_stage=column([stage_of[c.stage] for c in plan.cohorts], np.int32),
        arrivals=np.array(arrivals, dtype=np.int32).reshape(len(arrivals), plan.days).T.copy(),
        served=by_day([q.served for q in plan.queues], np.float64),
        queue_purpose=purposes("queue", [q.name for q in plan.queues]),
        transfer_purpose=purposes("transfer", [t.name for t in plan.transfers]),
        transfer_to=column([place_of[t.to] for t in plan.transfers], np.int32),
        transfer_stage=transfer_stage,
        stage_offered=transfer_stage.any(axis=0),
        transfer_first=column([t.first for t in plan.transfers], np.int32),
        transfer_end=column([t.end for t in plan.transfers], np.int32),
        transfer_min=column([t.min_remaining for t in plan.transfers], np.int32),
        transfer_delay=column([t.delay for t in plan.transfers], np.int32),
        transfer_back=column([t.home_before for t in plan.transfers], np.int32),
        transfer_leave=column([t.at_end == "leave" for t in plan.transfers], np.bool_),
        transfer_per_day=column([t.per_day for t in plan.transfers], np.float64),
        transfer_selected=column([of_2_32(t.selected) for t in plan.transfers], np.uint64),
        transfer_consenting=column([of_2_32(t.consenting) for t in plan.transfers], np.uint64),
        transfer_blocked=transfer_blocked,
        change_day=column([c.day for c in changes], np.int32),
        change_stage=column([stage_of[c.stage] for c in changes], np.int32),
        change_table=column(change_table, np.int32),
        change_exits=column(change_exits, np.int32),
        change_admitted=column([c.reach == "admitted" for c in changes], np.bool_),
        stage_dated=column([s.name in dated for s in plan.stages], np.bool_),
        change_inside=column([c.reach == "inside" for c in changes], np.bool_),
        release_day=column([r.day for r in plan.releases], np.int32),
        release_stage=np.array(
            [[s.name in r.stages for s in plan.stages] for r in plan.releases], dtype=np.bool_
        ).reshape(len(plan.releases), S),
        release_people=column([r.people for r in plan.releases], np.int32),
        release_within=column([r.within for r in plan.releases], np.int32),
        release_first=column([FIRST.index(r.first) for r in plan.releases], np.int32),
        release_final=column([r.final for r in plan.releases], np.bool_),
        release_purpose=purposes("release", [r.name for r in plan.releases]),
        key=np.array(key, dtype=np.uint32),
        stock=np.concatenate([np.zeros(0, dtype=PERSON), *stocks]),
    )
    return Prepared(**values)

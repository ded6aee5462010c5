"""(Plan, Outcome, member, start date) -> the rows of each table, all by whole arrays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bedspace.compile import names
from bedspace.engine.outcome import ENDED, Outcome
from bedspace.engine.plan import Exit, Plan, Risk
from bedspace.engine.steps import Steps, each_day
from bedspace.results import headroom as room
from bedspace.results.frames import Frame, Key, Words

EVENTS = ("sent", "home", "ended", "out")
"""Words for the last axis of Outcome.transfers."""


@dataclass(frozen=True)
class Member:
    """Everything the tables of one member are made of. `draws` maps path -> value drawn."""

    number: int
    start: dt.date
    plan: Plan
    outcome: Outcome
    draws: Mapping[str, float]


def _codes(values: NDArray[np.int64]) -> NDArray[np.int32]:
    return values.astype(np.int32)


def _days(m: Member) -> NDArray[np.datetime64]:
    return (np.datetime64(m.start, "D") + np.arange(m.plan.days)).astype("datetime64[s]")


def _months(m: Member) -> NDArray[np.datetime64]:
    first = np.datetime64(m.start, "D") + np.asarray(m.plan.periods)
    return first.astype("datetime64[M]").astype("datetime64[s]")


def _lengths(m: Member) -> NDArray[np.int64]:
    """Days in each period."""
    return np.diff(np.append(np.asarray(m.plan.periods, dtype=np.int64), m.plan.days))


def _average(m: Member, daily: NDArray[np.integer[Any]]) -> NDArray[np.float64]:
    """D x N daily counts -> T x N means over each period."""
    sums = np.add.reduceat(daily, m.plan.periods, axis=0, dtype=np.int64)
    return sums / _lengths(m)[:, None]


def _last(m: Member, daily: NDArray[np.int32]) -> NDArray[np.int32]:
    """D x N daily counts -> T x N counts on the last day of each period."""
    last: NDArray[np.int32] = daily[np.cumsum(_lengths(m)) - 1]
    return last


def _same(m: Member, rows: int) -> NDArray[np.int32]:
    return np.full(rows, m.number, dtype=np.int32)


def _place_key(m: Member, codes: NDArray[np.int64], system: str = "system") -> Key:
    """Columns `system`, facility and agreement from the names of places."""
    read = [names.read_place(p.name) for p in m.plan.places]
    words: dict[str, Words] = {
        system: tuple(place.system for place in read),
        "facility": tuple(place.facility for place in read),
        "agreement": tuple(place.agreement for place in read),
    }
    return Key(_codes(codes), words)


def _stage_key(m: Member, codes: NDArray[np.int64]) -> Key:
    """Columns system, group_name and stage from the names of stages."""
    read = [names.read_stage(s.name) for s in m.plan.stages]
    words: dict[str, Words] = {
        "system": tuple(stage.system for stage in read),
        "group_name": tuple(stage.group for stage in read),
        "stage": tuple(stage.stage for stage in read),
    }
    return Key(_codes(codes), words)


def _grid(first: int, second: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Indices of every row of a first x second array, in the order of its ravel()."""
    return np.repeat(np.arange(first), second), np.tile(np.arange(second), first)


def population(m: Member) -> Frame:
    day, place = _grid(m.plan.days, len(m.plan.places))
    people = m.outcome.population.ravel()
    numbers = {"member": _same(m, len(day)), "day": _days(m)[day], "people": people}
    return Frame(numbers, (_place_key(m, place),))


def stages(m: Member) -> Frame:
    month, stage = _grid(len(m.plan.periods), len(m.plan.stages))
    numbers = {
        "member": _same(m, len(month)),
        "month": _months(m)[month],
        "people_average": _average(m, m.outcome.stages).ravel(),
        "people_end": _last(m, m.outcome.stages).ravel(),
    }
    return Frame(numbers, (_stage_key(m, stage),))


def person_days(m: Member) -> Frame:
    month, stage, place = np.nonzero(m.outcome.person_days)
    numbers = {
        "member": _same(m, len(month)),
        "month": _months(m)[month],
        "person_days": m.outcome.person_days[month, stage, place],
    }
    return Frame(numbers, (_stage_key(m, stage), _place_key(m, place, "holder")))


FlowRow = tuple[str, str, str, str, str]
"""system, group, stage_from, stage_to, cause"""


ENDED_FLOW = "agreement-ended"


def _flow_kinds(plan: Plan) -> tuple[list[FlowRow], list[FlowRow]]:
    """Words of every flow there can be: of admissions by cohort; of exits by stage and exit (padded
    with blanks to the most exits any stage has)."""
    admissions: list[FlowRow] = []
    for cohort in plan.cohorts:
        first = names.read_stage(cohort.stage)
        admissions.append((first.system, first.group, "", first.stage, "admission"))
    widest = max((len(s.exits) + len(s.risks) for s in plan.stages), default=0)
    exits: list[FlowRow] = []
    for s in plan.stages:
        left = names.read_stage(s.name)
        ways: list[Exit | Risk] = [*s.exits, *s.risks]
        for e in ways:
            to = e.cause if e.to is None else names.read_stage(e.to).stage
            exits.append((left.system, left.group, left.stage, to, e.cause))
        exits += [("", "", "", "", "")] * (widest - len(ways))
    return admissions, exits


def _by_stage(plan: Plan, word: str) -> list[FlowRow]:
    """Words of a way out that every stage has."""
    read = (names.read_stage(s.name) for s in plan.stages)
    return [(left.system, left.group, left.stage, word, word) for left in read]


def flows(m: Member) -> Frame:
    """All that changes the people of a stage, so that its counts add up from month to month.

    Whoever is there on day 0 is not admitted: the engine counts no arrival of a stock.
    """
    out = m.outcome
    admissions, exits = _flow_kinds(m.plan)
    leaving = np.array([t.at_end == "leave" for t in m.plan.transfers], dtype=bool)
    counts = np.hstack(
        [
            out.arrivals,
            out.exits.reshape(len(m.plan.periods), len(exits)),
            out.diverted,
            out.transfers[..., ENDED][:, leaving].sum(axis=1, dtype=np.int32),
        ]
    )
    month, kind = np.nonzero(counts)
    rows = admissions + exits
    rows += _by_stage(m.plan, "diverted") + _by_stage(m.plan, ENDED_FLOW)
    columns = ("system", "group_name", "stage_from", "stage_to", "cause")
    words: dict[str, Words] = {n: tuple(r[i] for r in rows) for i, n in enumerate(columns)}
    numbers = {
        "member": _same(m, len(month)),
        "month": _months(m)[month],
        "people": counts[month, kind],
    }
    return Frame(numbers, (Key(_codes(kind), words),))


def early(m: Member) -> Frame:
    month, stage = np.nonzero(m.outcome.early)
    numbers = {
        "member": _same(m, len(month)),
        "month": _months(m)[month],
        "people": m.outcome.early[month, stage],
        "days_remitted": m.outcome.remitted[month, stage],
    }
    return Frame(numbers, (_stage_key(m, stage),))


def _capacity(steps: Steps, days: NDArray[np.int64]) -> NDArray[np.int32]:
    """Whole places on each of `days`."""
    return np.floor(each_day(steps, int(days[-1]) + 1)[days] + 1e-9).astype(np.int32)


def places(m: Member) -> Frame:
    month, place = _grid(len(m.plan.periods), len(m.plan.places))
    ends = np.cumsum(_lengths(m)) - 1
    capacity = [_capacity(p.capacity, ends) for p in m.plan.places]
    numbers = {
        "member": _same(m, len(month)),
        "month": _months(m)[month],
        "capacity": np.array(capacity, dtype=np.int32).T.ravel(),
        "occupied_average": _average(m, m.outcome.population).ravel(),
        "person_days_over": m.outcome.over.ravel(),
    }
    return Frame(numbers, (_place_key(m, place),))


def headroom(m: Member) -> Frame:
    days = np.arange(m.plan.days)
    capacity = np.stack([_capacity(p.capacity, days) for p in m.plan.places], axis=1)
    seen = room.headroom(m.plan, m.outcome.population, capacity)
    month, whom = _grid(len(m.plan.periods), len(seen.whom))

    def first(of: NDArray[np.bool_]) -> NDArray[np.datetime64]:
        on = np.where(of, _days(m)[:, None], np.datetime64("NaT", "s"))
        found: NDArray[np.datetime64] = np.fmin.reduceat(on, m.plan.periods, axis=0).ravel()
        return found

    numbers = {
        "member": _same(m, len(month)),
        "month": _months(m)[month],
        "free_average": _average(m, seen.free).ravel(),
        "full_days": np.add.reduceat(seen.full, m.plan.periods, axis=0, dtype=np.int32).ravel(),
        "first_full": first(seen.full),
        "first_refused": first(seen.refused),
        "place_days_short": np.add.reduceat(seen.short, m.plan.periods, axis=0).ravel(),
    }
    words: dict[str, Words] = {
        "system": tuple(system for system, _ in seen.whom),
        "facility": tuple(facility for _, facility in seen.whom),
    }
    return Frame(numbers, (Key(_codes(whom), words),))


def transfers(m: Member) -> Frame:
    month, agreement, stage, event = np.nonzero(m.outcome.transfers)
    agreements: Words = tuple(t.name for t in m.plan.transfers)
    numbers = {
        "member": _same(m, len(month)),
        "month": _months(m)[month],
        "people": m.outcome.transfers[month, agreement, stage, event],
    }
    keys = (
        Key(_codes(agreement), {"agreement": agreements}),
        _stage_key(m, stage),
        Key(_codes(event), {"event": EVENTS}),
    )
    return Frame(numbers, keys)


def queues(m: Member) -> Frame:
    month, queue = _grid(len(m.plan.periods), len(m.plan.queues))
    numbers = {
        "member": _same(m, len(month)),
        "month": _months(m)[month],
        "waiting_end": _last(m, m.outcome.waiting).ravel(),
        "served": m.outcome.served.ravel(),
        "days_waited": m.outcome.waited.ravel(),
    }
    return Frame(numbers, (Key(_codes(queue), {"queue": tuple(q.name for q in m.plan.queues)}),))


def draws(m: Member) -> Frame:
    return drawn(m.number, m.draws)


def drawn(member: int, values: Mapping[str, float]) -> Frame:
    """The rows of `draws` for a member of that number, from the values by path: the one table that
    does not depend on the Plan."""
    value = np.array(list(values.values()), dtype=np.float64)
    numbers: dict[str, NDArray[Any]] = {
        "member": np.full(len(value), member, dtype=np.int32),
        "value": value,
    }
    return Frame(numbers, (Key(_codes(np.arange(len(value))), {"path": tuple(values)}),))


BUILDERS: dict[str, Callable[[Member], Frame]] = {
    f.__name__: f
    for f in (
        population,
        stages,
        person_days,
        flows,
        early,
        places,
        headroom,
        transfers,
        queues,
        draws,
    )
}
"""Table name -> function that makes its rows for one member."""

"""When places run out, with what chance, and how many place-days are short: the figures.

Places have run out on the first day that ends with none free: in one facility, or in all of a
system's. What is then done with people (crowded, turned away, held elsewhere, let out early) does
not change that day.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from duckdb import DuckDBPyRelation

from bedspace.appraisal.figures import making
from bedspace.appraisal.figures.figure import Figure, Simulated
from bedspace.appraisal.figures.once import once
from bedspace.appraisal.members.basis import Basis
from bedspace.appraisal.members.members import Ensemble
from bedspace.results import Run

Whom = tuple[str, str | None]
"""A system and one of its facilities; None: all of them together; SOME: any estate of it."""

SOME = "*"
"""Stands for those of the facilities that are open to people of some stage."""

SIDES = ("baseline", "scenario")


@dataclass(frozen=True, eq=False)
class Seen:
    """What the members of one run have of places; `side` is "" where there is one run only."""

    basis: Basis
    side: str
    members: int
    first: Mapping[Whom, Sequence[date | None]]
    """The first day without a free place, member by member."""
    short: Mapping[tuple[str, int], Sequence[int]]
    """Place-days short by system and calendar year, member by member."""
    made: dict[Any, Any] = field(default_factory=dict, repr=False)
    """What `figures.once` keeps of it."""


def seen(
    basis: Basis, ask: Callable[[str], DuckDBPyRelation], table: str, side: str, members: int
) -> Seen:
    """Both read from the table `headroom`, under its name in this run or comparison."""
    first: dict[Whom, list[date | None]] = {}
    for member, system, facility, full, refused in ask(
        f"SELECT member, system, facility, min(first_full), min(first_refused) FROM {table} "
        "GROUP BY ALL ORDER BY system, facility NULLS FIRST"
    ).fetchall():
        first.setdefault((system, facility), [None] * members)[member] = full
        if facility is None:
            first.setdefault((system, SOME), [None] * members)[member] = refused
    short: dict[tuple[str, int], list[int]] = {}
    for member, system, year, days in ask(
        f"SELECT member, system, year(month), sum(place_days_short)::BIGINT FROM {table} "
        "WHERE facility IS NULL GROUP BY ALL ORDER BY ALL"
    ).fetchall():
        short.setdefault((system, year), [0] * members)[member] = days
    return Seen(basis, side, members, first, short)


def of_run(run: Run) -> Seen:
    """What a single run has of places."""
    return seen(Basis(run.scenario), run.sql, "headroom", "", run.members)


def of_comparison(ensemble: Ensemble) -> tuple[Seen, Seen]:
    """What baseline and scenario have."""
    baseline, scenario = (
        seen(
            ensemble.bases[side],
            ensemble.comparison.sql,
            f"{side}_headroom",
            side,
            ensemble.members,
        )
        for side in SIDES
    )
    return baseline, scenario


@once
def chance(had: Seen, whom: Whom) -> Figure:
    """The share of members in which places run out within the run."""
    found = run_out(had, whom)
    return making.figure(
        _id(*_key(whom), had.side, "runs-out"),
        f"Chance that places run out in {named(had.basis, whom)}{_on(had)}",
        "share",
        [len(found) / had.members],
        f"{len(found)} of {had.members} futures have a day that ends with no place free",
        [counted(had, whom)],
    )


@once
def first_day(had: Seen, whom: Whom) -> Figure:
    """The day on which places run out: the middle one of the members in which they do, in words
    where there is none."""
    id_ = _id(*_key(whom), had.side, "first-day")
    title = f"First day without a free place in {named(had.basis, whom)}{_on(had)}"
    found = sorted(run_out(had, whom))
    inputs = (counted(had, whom),)
    if not found:
        return making.say(id_, title, "never", f"in none of {had.members} futures", inputs)
    low, middle, high = (
        date.fromordinal(math.floor(cut)).isoformat()
        for cut in np.quantile([day.toordinal() for day in found], [0.025, 0.5, 0.975])
    )
    formula = f"middle one of the {len(found)} of {had.members} futures in which places run out"
    if found[0] == found[-1]:
        return Figure(id_, title, middle, "date", formula, inputs)
    return Figure(id_, title, middle, "date", formula, inputs, low, high)


@once
def shortfall(had: Seen, system: str, year: int | None) -> Figure:
    """Place-days short in a year, or in the whole run."""
    return making.figure(
        _id(system, had.side, year, "short"),
        f"Place-days short {_when(had.basis, system, year)}{_on(had)}",
        "place-days",
        _short(had, system, year),
        "people above the places where they are held, or held elsewhere, summed over days",
        [counted(had, (system, None))],
    )


@once
def shortfall_impact(before: Seen, after: Seen, system: str, year: int | None) -> Figure:
    """Place-days short more or fewer than in the baseline."""
    sides = (shortfall(before, system, year), shortfall(after, system, year))
    values = zip(_short(after, system, year), _short(before, system, year), strict=True)
    return making.figure(
        _id(system, year, "short.impact"),
        f"Impact on the place-days short {_when(after.basis, system, year)}",
        "place-days",
        [a - b for a, b in values],
        "scenario less baseline, future by future",
        sides,
    )


def _when(basis: Basis, system: str, year: int | None) -> str:
    when = f"in {year}" if year is not None else "over all years"
    return f"{when}, {named(basis, (system, None))}"


def _short(had: Seen, system: str, year: int | None) -> list[int]:
    found = [days for (name, y), days in had.short.items() if name == system and year in (None, y)]
    return [sum(days) for days in zip(*found, strict=True)] or [0] * had.members


@once
def later(before: Seen, after: Seen, whom: Whom) -> Figure:
    """Days by which places run out later than in the baseline, where they do in both."""
    both = [
        (b - a).days
        for a, b in zip(before.first[whom], after.first[whom], strict=True)
        if a is not None and b is not None
    ]
    id_ = _id(*_key(whom), "later")
    title = f"Days by which places run out later in {named(after.basis, whom)}"
    formula = (
        f"scenario less baseline, in the {len(both)} of {before.members} futures in which places "
        "run out in both"
    )
    sides = (first_day(before, whom), first_day(after, whom))
    if not both:
        return making.say(id_, title, "never in both", formula, sides)
    return making.figure(id_, title, "d", both, formula, sides)


def run_out(had: Seen, whom: Whom) -> list[date]:
    """The first day without a free place, of the members in which there is one."""
    return [day for day in had.first.get(whom, ()) if day is not None]


def _id(*parts: str | int | None) -> str:
    """An id of the parts there are."""
    return ".".join(str(part) for part in ("places", *parts) if part)


def _key(whom: Whom) -> tuple[str, ...]:
    """The part of an id; no facility can be taken for the whole or for some."""
    system, facility = whom
    if facility is None:
        return (system,)
    return (system, "some") if facility == SOME else (system, "facility", facility)


def counted(had: Seen, whom: Whom) -> Simulated:
    """The run's counts that the figures are made of."""
    words = f"free places in {named(had.basis, whom)}, day by day{_on(had)}"
    return had.basis.simulated(_id(*_key(whom), had.side, "run"), words, [whom[0]])


def _on(had: Seen) -> str:
    return f", {had.side}" if had.side else ""


def named(basis: Basis, whom: Whom) -> str:
    """How the system, or a facility of it, is told of."""
    system = basis.scn.systems[whom[0]]
    name = system.title or whom[0]
    if whom[1] is None:
        return name
    if whom[1] == SOME:
        return f"{name} for some of the people"
    return f"{name}: {system.facilities[whom[1]].title or whom[1]}"

"""When places run out: the tables and the chart, of a comparison and of a single run."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta

from bedspace.appraisal.figures.tables import Cell, Table
from bedspace.appraisal.members.basis import Basis
from bedspace.appraisal.people.full import (
    SOME,
    Seen,
    Whom,
    chance,
    first_day,
    later,
    named,
    of_run,
    run_out,
    shortfall,
    shortfall_impact,
)
from bedspace.results import Run
from bedspace.rules.months import by_month

SHORT = (
    "People above the places of the facility that holds them, or held elsewhere, day by day. "
    "People turned away or let out early are not in it."
)

APART = (
    "Where the chances differ, the two days come from different futures: those that run out late "
    "on one side may not run out on the other. The last column compares each future with itself."
)


def tables(before: Seen, after: Seen, system: str) -> tuple[Table, Table]:
    """When places run out on both sides, and the shortfall year by year."""
    listed = _listed((before, after), system)
    title = named(after.basis, (system, None))
    when = Table(
        f"places.{system}",
        f"When places run out, {title}",
        ("Where", "Chance, baseline", "First day, baseline", "Chance, scenario",
         "First day, scenario", "Later by"),
        tuple(_row(before, after, whom) for whom in listed),
        " ".join((_about(before.members), APART, _rest((before, after), system))).strip(),
    )  # fmt: skip
    years = sorted({year for one in (before, after) for name, year in one.short if name == system})
    by_year: list[tuple[Cell, ...]] = [
        (
            str(year or "All years"),
            shortfall(before, system, year),
            shortfall(after, system, year),
            shortfall_impact(before, after, system, year),
        )
        for year in (*years, None)
    ]
    short = Table(
        f"places.{system}.shortfall",
        f"Shortfall of places, {title}",
        ("In", "Baseline", "Scenario", "Impact"),
        tuple(by_year),
        SHORT,
    )
    return when, short


def _row(before: Seen, after: Seen, whom: Whom) -> tuple[Cell, ...]:
    """One line of the first table; a facility that one side does not have is empty there."""
    sides: list[Cell] = []
    for had in (before, after):
        there = whom in had.first
        sides += [chance(had, whom), first_day(had, whom)] if there else [None, None]
    both = whom in before.first and whom in after.first
    place = _place((after if whom in after.first else before).basis, whom)
    return (place, *sides, later(before, after, whom) if both else None)


def when_places_run_out(run: Run) -> Table:
    """One run: when places run out, with what chance, and how many place-days are short."""
    had = of_run(run)
    rows: list[tuple[Cell, ...]] = []
    rest = []
    for system in dict.fromkeys(system for system, _ in had.first):
        listed = _listed((had,), system)
        rest.append(_rest((had,), system))
        for whom in listed:
            short = shortfall(had, system, None) if whom[1] is None else None
            rows.append((named(had.basis, whom), chance(had, whom), first_day(had, whom), short))
    return Table(
        "places",
        "When places run out",
        ("Where", "Chance", "First day", "Short, over all years"),
        tuple(rows),
        " ".join(part for part in (_about(had.members), SHORT, *rest) if part),
    )


def month_ends(start: date, end: date) -> list[date]:
    """The last day of every month in the run, and the run's own last day."""
    return [there - timedelta(1) for _, there in by_month(start, end)]


def _listed(sides: Sequence[Seen], system: str) -> list[Whom]:
    """The system, whether places run out for some of its people before, and those of its
    facilities whose places run out in some member, but not when all together do."""
    every, some = (system, None), (system, SOME)
    listed: list[Whom] = [every]
    if any(had.first.get(some) != had.first.get(every) for had in sides):
        listed.append(some)
    mine = dict.fromkeys(whom for had in sides for whom in _facilities(had, system))
    full = [whom for whom in mine if any(run_out(had, whom) for had in sides)]
    return [*listed, *(whom for whom in full if not _as_all(sides, whom))]


def _as_all(sides: Sequence[Seen], whom: Whom) -> bool:
    """Whether a facility runs out on the days on which all of its system do."""
    return all(had.first.get(whom) == had.first.get((whom[0], None)) for had in sides)


def _facilities(had: Seen, system: str) -> list[Whom]:
    return [whom for whom in had.first if whom[0] == system and whom[1] not in (None, SOME)]


def _rest(sides: Sequence[Seen], system: str) -> str:
    """What to say of the facilities that are not listed."""
    mine = dict.fromkeys(whom for had in sides for whom in _facilities(had, system))
    if len(mine) == 1:
        return ""
    full = [whom for whom in mine if any(run_out(had, whom) for had in sides)]
    same = sum(_as_all(sides, whom) for whom in full)
    found = [f"{len(mine) - len(full)} never ran out"] if len(full) < len(mine) else []
    found += [f"{same} ran out when all together did"] if same else []
    whose = named(sides[-1].basis, (system, None))
    return f"Of the {len(mine)} facilities of {whose} {' and '.join(found)}." if found else ""


def _about(members: int) -> str:
    """How sure a share of so many members is."""
    points = 100 * 1.96 * math.sqrt(0.25 / members)
    none = 100 * (1 - 0.05 ** (1 / members))
    return (
        f"Chances are shares of the {members} futures: one near a half is known to about "
        f"{points:.0f} points (95 %), and where it is in none the chance may still be "
        f"{none:.0f} %. The day is the middle one of the futures in which it comes."
    )


def _place(basis: Basis, whom: Whom) -> str:
    """How a row names it beside others of its system."""
    if whom[1] is None:
        return "All facilities together"
    if whom[1] == SOME:
        return "For some of the people"
    return basis.scn.systems[whom[0]].facilities[whom[1]].title or whom[1]

"""What is done for want of places, and what comes of it: people turned away, held elsewhere, let
out early, and how many come back within the run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bedspace.appraisal.figures import making
from bedspace.appraisal.figures.figure import Figure, Simulated
from bedspace.appraisal.figures.once import once
from bedspace.appraisal.figures.tables import Cell, Table
from bedspace.appraisal.members.members import Ensemble, counts
from bedspace.compile.names import TO_RETURN
from bedspace.rules.months import by_month
from bedspace.scenario import pathways

SIDES = ("baseline", "scenario")


@dataclass(frozen=True)
class Count:
    """Something counted in a run's tables: `query` gives (member, number) for one side's tables
    (their prefix stands for {side}) and one system ($system). $elsewhere is its place for people
    held elsewhere, $to_return what the name of a stage at liberty ends with."""

    key: str
    words: str
    unit: str
    query: str


EARLY = Count(
    "let-out-early",
    "People let out early",
    "people",
    "SELECT member, sum(people)::BIGINT FROM {side}_early WHERE system = $system GROUP BY ALL",
)
REMITTED = Count(
    "remitted",
    "Days of their stays remitted",
    "d",
    "SELECT member, sum(days_remitted)::BIGINT FROM {side}_early WHERE system = $system "
    "GROUP BY ALL",
)
RETURNS = Count(
    "returns",
    "Returns to custody within the simulation",
    "people",
    "SELECT member, sum(people)::BIGINT FROM {side}_flows WHERE system = $system "
    "AND ends_with(stage_from, $to_return) AND cause <> 'sentence-over' GROUP BY ALL",
)
TURNED_AWAY = Count(
    "turned-away",
    "People turned away",
    "people",
    "SELECT member, sum(people)::BIGINT FROM {side}_flows WHERE system = $system "
    "AND cause = 'diverted' GROUP BY ALL",
)
ELSEWHERE = Count(
    "elsewhere",
    "Person-days held elsewhere",
    "person-days",
    "SELECT member, sum(person_days)::BIGINT FROM {side}_person_days WHERE holder = $system "
    "AND facility = $elsewhere GROUP BY ALL",
)


def table(ensemble: Ensemble, system: str) -> Table | None:
    """What each side does for want of places; None where neither does anything but crowd.

    Returns stand beside early releases alone: with common luck their impact is what the rule
    brings forward into the run.
    """
    done = [one for one in (EARLY, TURNED_AWAY, ELSEWHERE) if _any(ensemble, system, one)]
    if not done:
        return None
    listed: list[Count] = []
    for one in done:
        listed += [EARLY, REMITTED, RETURNS] if one is EARLY else [one]
    rows: list[tuple[Cell, ...]] = []
    for one in listed:
        sides = [_figure(ensemble, system, one, side) for side in SIDES]
        rows.append((one.words, *sides, _impact(ensemble, system, one, sides)))
    return Table(
        f"instead.{system}",
        f"What is done for want of places, {ensemble.scn.systems[system].title or system}",
        ("What", "Baseline", "Scenario", "Impact"),
        tuple(rows),
        "Over all years. Whoever is let out early would have left later, within the "
        "simulation or "
        "after it. So the returns include some that only come earlier, and some that would have "
        "come after the end of the simulation."
        if EARLY in done
        else "Over all years.",
    )


def lets_out_early(ensemble: Ensemble, system: str) -> bool:
    """Whether either side lets people out early for want of places."""
    return _any(ensemble, system, EARLY)


def returns_impact(ensemble: Ensemble, system: str) -> Figure:
    """Returns to custody more or fewer than in the baseline."""
    sides = [_figure(ensemble, system, RETURNS, side) for side in SIDES]
    return _impact(ensemble, system, RETURNS, sides)


def counted_returns(ensemble: Ensemble, system: str, side: str) -> Simulated:
    """The run's count of returns on one side."""
    return _counted(ensemble, system, RETURNS, side)


def months(start: date, end: date) -> dict[date, int]:
    """Days of the run by the first day of each calendar month."""
    return {here.replace(day=1): (there - here).days for here, there in by_month(start, end)}


def _values(ensemble: Ensemble, system: str, what: Count, side: str) -> list[float]:
    elsewhere = pathways.elsewhere(ensemble.bases[side].scn.systems[system])
    query = what.query.format(side=side)
    known = {"system": system, "elsewhere": elsewhere, "to_return": TO_RETURN}
    asked = {name: value for name, value in known.items() if f"${name}" in query}
    found = counts(ensemble.comparison, query, ensemble.members, asked)
    return found.get((), [0] * ensemble.members)


def _any(ensemble: Ensemble, system: str, what: Count) -> bool:
    return any(any(_values(ensemble, system, what, side)) for side in SIDES)


@once
def _figure(ensemble: Ensemble, system: str, what: Count, side: str) -> Figure:
    return making.figure(
        f"instead.{system}.{what.key}.{side}",
        f"{what.words}, {ensemble.scn.systems[system].title or system}, {side}",
        what.unit,
        _values(ensemble, system, what, side),
        "counted in the simulation, summed over its months",
        [_counted(ensemble, system, what, side)],
    )


def _impact(ensemble: Ensemble, system: str, what: Count, sides: list[Figure]) -> Figure:
    before, after = (_values(ensemble, system, what, side) for side in SIDES)
    return making.figure(
        f"instead.{system}.{what.key}.impact",
        f"Impact: {what.words.lower()}, {ensemble.scn.systems[system].title or system}",
        what.unit,
        [a - b for a, b in zip(after, before, strict=True)],
        "scenario less baseline, future by future, on the same persons",
        sides,
    )


def _counted(ensemble: Ensemble, system: str, what: Count, side: str) -> Simulated:
    words = f"{what.words.lower()} in {system}, {side}"
    return ensemble.bases[side].simulated(
        f"instead.{system}.{what.key}.{side}.run", words, [system]
    )

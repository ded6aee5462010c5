"""How many people each system holds, year by year and month by month."""

from __future__ import annotations

from datetime import date

from bedspace.appraisal.figures import making
from bedspace.appraisal.figures.figure import Figure
from bedspace.appraisal.figures.once import once
from bedspace.appraisal.figures.tables import Cell, Table
from bedspace.appraisal.members.members import Ensemble, day_in_short, days_shown
from bedspace.results import Comparison

SIDES = ("baseline", "scenario")

NOTE = "Mean of the simulated futures, and in brackets the interval that holds 95 % of them."


def held(ensemble: Ensemble, system: str, day: date, side: str) -> Figure:
    """People in a system's facilities at the end of a day, whoever sent them."""
    return people(ensemble, system, None, day, side)


@once
def impact(ensemble: Ensemble, system: str, day: date) -> Figure:
    """People more or fewer than in the baseline, the same persons in both."""
    sides = [held(ensemble, system, day, side) for side in SIDES]
    before, after = (ensemble.people[side, system, "", day] for side in SIDES)
    return making.figure(
        f"population.{system}.{day}.impact",
        f"Impact on the people held in {_title(ensemble, system)} on {day}",
        "people",
        [a - b for a, b in zip(after, before, strict=True)],
        "scenario less baseline, future by future, on the same persons",
        sides,
    )


def in_short(comparison: Comparison) -> tuple[Figure, ...]:
    """The answer of a comparison: the impact on the people whom each system holds, on the last day
    of the run on which an agreement is in force (the run's last where there is none)."""
    ensemble = Ensemble(comparison)
    day = day_in_short(ensemble.scn)
    return tuple(impact(ensemble, system, day) for system in ensemble.scn.systems)


@once
def people(ensemble: Ensemble, system: str, facility: str | None, day: date, side: str) -> Figure:
    """People in one facility of a system, or in all, at the end of a day."""
    key, when = (f"{facility}.{day}", f"({facility}) on {day}") if facility else (day, f"on {day}")
    id_ = f"population.{system}.{key}.{side}"
    basis = ensemble.bases[side]
    counted = basis.simulated(
        f"{id_}.run", f"people in the facilities of {system}{_of(ensemble, side)}", [system]
    )
    title = basis.scn.systems[system].title or system
    return making.figure(
        id_,
        f"People held in {title} {when}{_of(ensemble, side)}",
        "people",
        ensemble.people[side, system, facility or "", day],
        "end-of-day count over all facilities, people sent by others included",
        [counted],
    )


def _of(ensemble: Ensemble, side: str) -> str:
    """The side in a title; a single run has none."""
    return "" if ensemble.is_run else f", {side}"


def table(ensemble: Ensemble, system: str) -> Table:
    """Year by year: without the agreements, with them, and the difference."""
    days = days_shown(ensemble.scn)
    rows: list[tuple[Cell, ...]] = []
    for day in days:
        sides = [held(ensemble, system, day, side) for side in SIDES]
        rows.append((day.isoformat(), *sides, impact(ensemble, system, day)))
    return Table(
        f"population.{system}",
        f"People held in {_title(ensemble, system)}",
        ("At the end of", "Baseline", "Scenario", "Impact"),
        tuple(rows),
        NOTE,
        about=_title(ensemble, system),
        keys=tuple(day.isoformat() for day in days),
    )


def _title(ensemble: Ensemble, system: str) -> str:
    return ensemble.scn.systems[system].title or system

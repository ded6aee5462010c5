"""How many people each system holds, year by year and month by month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from bedspace.appraisal.figures import making
from bedspace.appraisal.figures.figure import Figure
from bedspace.appraisal.figures.once import once
from bedspace.appraisal.figures.tables import Cell, Chart, Datum, Table
from bedspace.appraisal.members.members import Ensemble, day_in_short, days_shown, year_ends
from bedspace.results import Comparison
from bedspace.scenario.model.estate import System

SIDES = ("baseline", "scenario")


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
        "scenario less baseline, member by member, on the same persons",
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
        "Median, and in brackets the interval that holds 95 % of the members.",
        about=_title(ensemble, system),
        keys=tuple(day.isoformat() for day in days),
    )


def chart(ensemble: Ensemble, system: str, sides: Sequence[str] = SIDES) -> Chart:
    """People at the end of every month, and of the run, on each side with its interval, and what
    was seen."""
    rows: list[Datum] = []
    last = year_ends(ensemble.scn.start, ensemble.scn.end)[-1]
    for side in sides:
        rows += [
            {"x": day.isoformat(), "low": low, "mid": mid, "high": high, "group": side}
            for day, (low, mid, high) in ensemble.comparison.sql(
                _monthly(side), {"system": system, "last": last}
            ).fetchall()
        ]
    inputs = [
        ensemble.bases[side].simulated(
            f"population.{system}.{side}.run",
            f"people in the facilities of {system}, {side}",
            [system],
        )
        for side in sides
    ]
    return Chart(
        f"population.{system}.months",
        f"People held in {_title(ensemble, system)}",
        "band",
        "end of the month",
        "people",
        tuple(rows),
        tuple(inputs),
        f"population.{system}",
        tuple(_marks(ensemble.scn.systems[system])),
        "line: median; band: 95 % of the members; points: observed",
    )


def _monthly(side: str) -> str:
    return (
        "SELECT day, quantile_cont(people, [0.025, 0.5, 0.975]) FROM ("
        f"SELECT member, day, sum(people)::BIGINT AS people FROM {side}_population "
        "WHERE system = $system AND (day = last_day(day) OR day = $last) "
        "GROUP BY ALL) "
        "GROUP BY day ORDER BY day"
    )


def _marks(system: System) -> Iterator[Datum]:
    for seen in system.observed:
        if seen.population is None or seen.facility or seen.group:
            continue
        day = seen.date or date(seen.year or 1, 7, 1)
        word = "observed" if seen.date else "observed, no day given"
        yield {
            "x": day.isoformat(),
            "y": seen.population.value,
            "label": f"{seen.population.value:,.0f} ({seen.date or seen.year})",
            "group": word,
        }


def _title(ensemble: Ensemble, system: str) -> str:
    return ensemble.scn.systems[system].title or system

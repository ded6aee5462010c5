"""How many people each system holds, year by year; the run against what was observed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bedspace.appraisal.figures import making
from bedspace.appraisal.figures.figure import Figure
from bedspace.appraisal.figures.once import once
from bedspace.appraisal.figures.tables import Cell, Chart, Datum, Table
from bedspace.appraisal.members.members import Ensemble, days_shown, year_ends
from bedspace.results.parquet import quote
from bedspace.scenario import Quantity
from bedspace.scenario.model.estate import Observation, System

SIDES = ("baseline", "scenario")


def held(ensemble: Ensemble, system: str, day: date, side: str) -> Figure:
    """People in a system's facilities at the end of a day, whoever sent them."""
    return _people(ensemble, system, None, day, side)


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


@once
def _people(ensemble: Ensemble, system: str, facility: str | None, day: date, side: str) -> Figure:
    """People in one facility of a system, or in all, at the end of a day."""
    key, when = (f"{facility}.{day}", f"({facility}) on {day}") if facility else (day, f"on {day}")
    id_ = f"population.{system}.{key}.{side}"
    basis = ensemble.bases[side]
    counted = basis.simulated(
        f"{id_}.run", f"people in the facilities of {system}, {side}", [system]
    )
    title = basis.scn.systems[system].title or system
    return making.figure(
        id_,
        f"People held in {title} {when}, {side}",
        "people",
        ensemble.people[side, system, facility or "", day],
        "end-of-day count over all facilities, people sent by others included",
        [counted],
    )


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


def scored(ensemble: Ensemble, system: str) -> Table | None:
    """Observed counts against the run on the same day; what was fitted or has no day is shown too,
    and not scored."""
    rows: list[tuple[Cell, ...]] = []
    for i, seen in enumerate(ensemble.base.systems[system].observed):
        rows.extend(_row(ensemble, system, i, seen))
    if not rows:
        return None
    return Table(
        f"population.{system}.observed",
        f"Observed counts against the run, {_title(ensemble, system)}",
        (
            "What",
            "Observed",
            "Run, baseline",
            "Error of the median",
            "Inside the interval",
            "Half its width",
            "Scored",
        ),
        tuple(rows),
        "A count without a day is drawn but not scored. A count to which the inputs were fitted "
        "is not scored either.",
    )


def _row(ensemble: Ensemble, system: str, i: int, seen: Observation) -> Iterator[tuple[Cell, ...]]:
    count = seen.population
    if count is None or seen.group is not None:
        return
    path = f"{system}.observed.{i}.population"
    number = ensemble.bases["baseline"].number(path)
    where = seen.facility or "whole system"
    when = str(seen.date or seen.year)
    told = Figure(
        f"population.{system}.observed.{i}",
        f"Observed in {where}, {when}",
        count.value,
        "people",
        "as observed",
        (number,),
        note=seen.note or "",
    )
    words = "yes" if seen.is_scored else "no"
    day = seen.date
    if day is None or not ensemble.base.start <= day < ensemble.base.end:
        why = "no day is given" if day is None else "outside the run"
        yield (f"{where}, {when}", told, None, None, why, None, words)
        return
    simulated = _people(ensemble, system, seen.facility, day, "baseline")
    yield (f"{where}, {when}", told, simulated, *_compare(told, simulated, count), words)


def _compare(told: Figure, simulated: Figure, count: Quantity) -> tuple[Figure, Figure, Figure]:
    middle = simulated.value
    assert isinstance(middle, int | float)
    inputs = (told, simulated)
    error = Figure(
        f"{told.id}.error",
        f"{told.title}: error of the median",
        middle / count.value - 1 if count.value else None,
        "share",
        "median of the run / observed - 1",
        inputs,
        note="" if count.value else "nobody was observed",
    )
    low = simulated.low if simulated.low is not None else middle
    high = simulated.high if simulated.high is not None else middle
    inside = "yes" if float(low) <= count.value <= float(high) else "no"
    return (
        error,
        making.say(
            f"{told.id}.inside",
            f"{told.title}: inside the 95 % interval",
            inside,
            "observed between the 2.5th and the 97.5th percentile of the run",
            inputs,
        ),
        Figure(
            f"{told.id}.half-width",
            f"{told.title}: half the width of the interval",
            (float(high) - float(low)) / 2 / middle if middle else None,
            "share",
            "half the distance between the two percentiles / median",
            (simulated,),
            note="" if middle else "nobody is held",
        ),
    )


def chart(ensemble: Ensemble, system: str) -> Chart:
    """People at the end of every month, and of the run, on both sides with their intervals, and
    what was seen."""
    rows: list[Datum] = []
    last = year_ends(ensemble.scn.start, ensemble.scn.end)[-1]
    for side in SIDES:
        rows += [
            {"x": day.isoformat(), "low": low, "mid": mid, "high": high, "group": side}
            for day, (low, mid, high) in ensemble.comparison.sql(
                _monthly(side, system, last)
            ).fetchall()
        ]
    inputs = [
        ensemble.bases[side].simulated(
            f"population.{system}.{side}.run",
            f"people in the facilities of {system}, {side}",
            [system],
        )
        for side in SIDES
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
        tuple(_marks(ensemble.base.systems[system])),
        "line: median; band: 95 % of the members; points: observed",
    )


def _monthly(side: str, system: str, last: date) -> str:
    return (
        "SELECT day, quantile_cont(people, [0.025, 0.5, 0.975]) FROM ("
        f"SELECT member, day, sum(people)::BIGINT AS people FROM {side}_population "
        f"WHERE system = {quote(system)} AND (day = last_day(day) OR day = DATE '{last}') "
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

"""What was observed in a system set beside both sides of the run.

For a policy that happened the scenario is history; for an offer that was not taken up it is the
baseline. So both are scored, and the reader sees which side history is nearer to.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain
from typing import Any

from bedspace.appraisal.figures import making
from bedspace.appraisal.figures.figure import Figure
from bedspace.appraisal.figures.once import once
from bedspace.appraisal.figures.tables import Cell, Table
from bedspace.appraisal.members.members import Ensemble, counts
from bedspace.appraisal.people import held
from bedspace.rules.months import next_month
from bedspace.scenario import Quantity, Scenario
from bedspace.scenario.model.custody import WAYS_OUT
from bedspace.scenario.model.estate import Observation

_HEADS = ("What", "Observed", *chain.from_iterable(
    (f"Run, {side}", "Error of its mean", "Inside the interval", "Half its width")
    for side in held.SIDES
), "Scored")  # fmt: skip


@once
def table(ensemble: Ensemble, system: str) -> Table | None:
    """Observed counts against both sides of the run; what was fitted or has no day is shown too,
    and not scored. None where nobody was counted."""
    rows = [
        _row(ensemble, system, i, seen, seen.population)
        for i, seen in enumerate(_observations(ensemble, system))
        if seen.population is not None
    ]
    if not rows:
        return None
    return Table(
        f"population.{system}.observed",
        f"Observed counts against the simulation, {_title(ensemble, system)}",
        _HEADS,
        tuple(rows),
        "A count without a day is drawn and not scored; one that the inputs were fitted to is "
        "not scored either. History is the scenario where what it changes really happened, and "
        "the baseline where it did not. The simulation keeps a group's people by the "
        "month: on the last "
        "day of a month that is a count, on another day the mean of the month.",
    )


def _observations(ensemble: Ensemble, system: str) -> tuple[Observation, ...]:
    return ensemble.scn.systems[system].observed


def _row(
    ensemble: Ensemble, system: str, i: int, seen: Observation, count: Quantity
) -> tuple[Cell, ...]:
    number = ensemble.bases["scenario"].number(f"{system}.observed.{i}.population")
    where = ", ".join(part for part in (seen.facility, seen.group) if part) or "whole system"
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
    day = seen.date
    if day is None or not ensemble.scn.start <= day < ensemble.scn.end:
        why = "no day is given" if day is None else "outside the simulated years"
        sides: list[Cell] = [None, None, why, None] * len(held.SIDES)
    else:
        sides = [cell for side in held.SIDES for cell in _side(ensemble, system, seen, told, side)]
    return (f"{where}, {when}", told, *sides, "yes" if seen.is_scored else "no")


def _side(
    ensemble: Ensemble, system: str, seen: Observation, told: Figure, side: str
) -> tuple[Cell, ...]:
    """The run's number on one side, and how far it is from what was counted."""
    day, scn = seen.date, ensemble.bases[side].scn
    assert day is not None
    own = scn.systems.get(system)
    if own is None or (seen.facility and seen.facility not in own.facilities):
        return (None, None, f"not in the {side}", None)
    if seen.group and seen.group not in own.groups:
        return (None, None, f"not in the {side}", None)
    run = (
        _group(ensemble, system, seen.facility, seen.group, day, side)
        if seen.group
        else held.people(ensemble, system, seen.facility, day, side)
    )
    return (run, *_compare(told, run, side))


@once
def _group(
    ensemble: Ensemble, system: str, facility: str | None, group: str, day: date, side: str
) -> Figure:
    """People of one group in custody, in one facility or wherever they are held."""
    values = group_people(ensemble, system, facility, group, day, side)
    basis = ensemble.bases[side]
    id_ = f"population.{system}.{f'{facility}.' if facility else ''}group-{group}.{day}.{side}"
    where = f" in {facility}" if facility else ""
    counted = basis.simulated(f"{id_}.run", f"people of {group} of {system}{where}", [system])
    exact = facility is None and _ends_month(basis.scn, day)
    return making.figure(
        id_,
        f"People of {group}{where} on {day}, {side}",
        "people",
        values,
        "people in custody at the end of the month"
        if exact
        else "people in custody, mean of the days of the month",
        [counted],
    )


def group_people(
    ensemble: Ensemble, system: str, facility: str | None, group: str, day: date, side: str
) -> list[float]:
    """People of a group in custody, by member: at the end of `day` where it ends a month (or the
    run), else the mean of that month's end-of-day counts; in one facility always the mean."""
    month, scn = day.replace(day=1), ensemble.bases[side].scn
    which = "system = $system AND group_name = $group AND month = $month"
    asked: dict[str, Any] = {"system": system, "group": group, "month": month}
    if facility is None:
        column = "people_end" if _ends_month(scn, day) else "people_average"
        asked |= {"free": list(WAYS_OUT)}
        query = (
            f"SELECT member, sum({column}) FROM {side}_stages WHERE {which} "
            "AND NOT list_contains($free, stage) GROUP BY ALL"
        )
        days = 1
    else:
        first = max(month, scn.start)
        days = (min(next_month(month), scn.end) - first).days
        asked |= {"facility": facility}
        query = (
            f"SELECT member, sum(person_days)::DOUBLE FROM {side}_person_days WHERE {which} "
            "AND facility = $facility AND agreement IS NULL GROUP BY ALL"
        )
    found = counts(ensemble.comparison, query, ensemble.members, asked)
    return [float(n) / days for n in found.get((), [0.0] * ensemble.members)]


def _ends_month(scn: Scenario, day: date) -> bool:
    after = day + timedelta(days=1)
    return after.day == 1 or after == scn.end


def _compare(told: Figure, run: Figure, side: str) -> Iterator[Figure]:
    """How far the mean is from the count, whether the interval holds it, and half its width."""
    mean, seen = run.value, told.value
    assert isinstance(mean, int | float) and isinstance(seen, int | float)
    inputs = (told, run)
    yield Figure(
        f"{told.id}.{side}.error",
        f"{told.title}: error of the mean, {side}",
        mean / seen - 1 if seen else None,
        "share",
        "mean of the simulation / observed - 1",
        inputs,
        note="" if seen else "nobody was observed",
    )
    low = float(run.low) if run.low is not None else mean
    high = float(run.high) if run.high is not None else mean
    yield making.say(
        f"{told.id}.{side}.inside",
        f"{told.title}: inside the 95 % interval, {side}",
        "yes" if low <= seen <= high else "no",
        "observed between the 2.5th and the 97.5th percentile of the simulation",
        inputs,
    )
    yield Figure(
        f"{told.id}.{side}.half-width",
        f"{told.title}: half the width of the interval, {side}",
        (high - low) / 2 / mean if mean else None,
        "share",
        "half the distance between the two percentiles / mean",
        (run,),
        note="" if mean else "nobody is held",
    )


def _title(ensemble: Ensemble, system: str) -> str:
    return ensemble.scn.systems[system].title or system

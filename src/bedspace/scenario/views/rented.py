"""How many rented places there are on which day: as agreed, as they become available, as measures
change them."""

from __future__ import annotations

import datetime as dt
import math

from bedspace.rules.months import next_month
from bedspace.scenario.model.agreements import Agreement
from bedspace.scenario.model.scenario import Scenario


def places(scn: Scenario, agreement_id: str) -> tuple[tuple[dt.date, int], ...]:
    """(first day, whole places) of every stretch of days on which they do not change, from the
    first day of the term to its end, where they are nought again.

    Of two measures in force that set the places the later one holds. A ramp lets through a number
    of places (or all, where they are fewer) or a share of those then set.
    """
    agreement = scn.agreements[agreement_id]
    path = f"agreements.{agreement_id}.places"
    first, end = agreement.from_, agreement.ended[0]
    setting = sorted(
        (measure.begins(path), name, measure)
        for name, measure in scn.measures.items()
        if path in measure.set
    )
    days = {first, *_steps(agreement, end)}
    for begins, _, measure in setting:
        days |= {begins, measure.ends or end}
    found: list[tuple[dt.date, int]] = []
    for day in sorted(day for day in days if first <= day < end):
        value = agreement.places.value
        for begins, _, measure in setting:
            if begins <= day and (measure.ends is None or day < measure.ends):
                value = measure.set[path].value
        now = round(_let_through(agreement, day, value))
        if not found or found[-1][1] != now:
            found.append((day, now))
    return (*found, (end, 0))


def on(steps: tuple[tuple[dt.date, int], ...], day: dt.date) -> int:
    """The places of one day, nought before the first."""
    return next((places for since, places in reversed(steps) if since <= day), 0)


def _steps(agreement: Agreement, end: dt.date) -> list[dt.date]:
    """Days on which a ramp lets more through: those of its levels, or the first of every month."""
    if agreement.ramp is None:
        return []
    if isinstance(agreement.ramp, dict):
        return list(agreement.ramp)
    days = min(math.ceil(agreement.ramp.value), (end - agreement.from_).days)
    found, day = [], agreement.from_
    while day < agreement.from_ + dt.timedelta(days):
        day = next_month(day)
        found.append(day)
    return found


def _let_through(agreement: Agreement, day: dt.date, places: float) -> float:
    """Places that the ramp lets through on a day on which it steps, of so many."""
    ramp = agreement.ramp
    if ramp is None:
        return places
    if isinstance(ramp, dict):
        levels = [level for since, level in ramp.items() if since <= day]
        # The largest so far: a draw may have moved one below the level before.
        reached = [x.value * places if x.unit == "share" else x.value for x in levels]
        return min(max(reached, default=0.0), places)
    first = day.replace(day=1) if day.replace(day=1) > agreement.from_ else agreement.from_
    return min((first - agreement.from_).days / ramp.value, 1.0) * places

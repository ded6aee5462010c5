"""A system's facilities as places and its courts as queues."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from bedspace.compile import names
from bedspace.compile.custody import dated
from bedspace.compile.times import clip, combined, day_of, overlay
from bedspace.engine import Place, Queue, Stage, Steps
from bedspace.scenario import Quantity, Scenario
from bedspace.scenario.model.estate import Facility
from bedspace.scenario.model.hearings import Hearing, Sitting
from bedspace.scenario.values.weekdays import WEEKDAYS


def whole(scn: Scenario, steps: Steps) -> Steps:
    """Whole places on the days of the run: a part of a place holds nobody.

    A share of a whole number can lie a hair below the whole number that it is (100 less 7 % is
    92.99999999999999 in binary), so a millionth of a place is forgiven.
    """
    clipped = clip(steps, day_of(scn, scn.end))
    return tuple((day, float(math.floor(value + 1e-6))) for day, value in clipped)


def facilities_of(scn: Scenario) -> Iterator[Place]:
    """Every facility with its places by day."""
    for system_id, system in scn.systems.items():
        for facility_id, facility in system.facilities.items():
            steps = _held(scn, f"{system_id}.facilities.{facility_id}", facility)
            if facility.opens is not None:
                slips = math.ceil(facility.slips.value) if facility.slips else 0
                steps = overlay(steps, 0, day_of(scn, facility.opens) + slips, 0.0)
            if facility.closes is not None:
                end = day_of(scn, scn.end)
                steps = overlay(steps, day_of(scn, facility.closes), end, 0.0)
            yield Place(names.place(system_id, facility_id), whole(scn, steps))


def _held(scn: Scenario, path: str, facility: Facility) -> Steps:
    """People a facility may hold by day, were it always open."""
    staff = facility.staff
    steps = combined(
        lambda places, margin: places * (1 - margin),
        _number(scn, f"{path}.places", facility.places),
        _number(scn, f"{path}.margin", facility.margin),
    )
    if staff is None:
        return steps
    return combined(
        lambda places, officers, ratio: min(places, officers * ratio),
        steps,
        _number(scn, f"{path}.staff.officers", staff.officers),
        _number(scn, f"{path}.staff.people_per_officer", staff.people_per_officer),
    )


def queues_of(scn: Scenario, stages: Iterable[Stage]) -> Iterator[Queue]:
    """The courts that somebody waits for, with the people each serves by day."""
    used = {stage.queue for stage in stages}
    for system_id, system in scn.systems.items():
        for hearing_id, hearing in system.hearings.items():
            name = names.queue(system_id, hearing_id)
            if name in used:
                steps = _served(scn, f"{system_id}.hearings.{hearing_id}", hearing)
                if hearing.from_ is not None:
                    steps = overlay(steps, 0, day_of(scn, hearing.from_), 0.0)
                yield Queue(name, clip(steps, day_of(scn, scn.end)))


def _served(scn: Scenario, path: str, hearing: Hearing) -> Steps:
    """People served by day, before `from` too."""
    if hearing.sitting is None:
        return _number(scn, f"{path}.served", hearing.served)
    sitting, path = hearing.sitting, f"{path}.sitting"
    return combined(
        lambda sits, hours, hearing, rooms, people: sits * hours / hearing * rooms * people,
        _sits(scn, sitting),
        _number(scn, f"{path}.hours", sitting.hours),
        _number(scn, f"{path}.hearing", sitting.hearing),
        _number(scn, f"{path}.rooms", sitting.rooms, 1.0),
        _number(scn, f"{path}.people", sitting.people, 1.0),
    )


def _number(scn: Scenario, path: str, quantity: Quantity | None, default: float = 0.0) -> Steps:
    """A number over time: as written (or its default), and as measures set it."""
    return dated(scn, path, ((0, default if quantity is None else quantity.value),))


def _sits(scn: Scenario, sitting: Sitting) -> Steps:
    """1 on sitting days and 0 on the others, by the calendar."""
    first = scn.start.weekday()
    found: list[tuple[int, float]] = []
    for day in range(day_of(scn, scn.end)):
        sits = float(WEEKDAYS[(first + day) % 7] in sitting.days)
        if not found or found[-1][1] != sits:
            found.append((day, sits))
    return tuple(found)

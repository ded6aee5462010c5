"""Places the receiving facility can really offer: claimed, less the people who are in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bedspace.appraisal.figures import making
from bedspace.appraisal.figures.figure import Figure, Input, Number
from bedspace.appraisal.figures.once import once
from bedspace.appraisal.members.use import Use
from bedspace.scenario.model.estate import Observation

STATED = "stated"
"""Key of the number of places in the scenario itself."""


@dataclass(frozen=True)
class Claim:
    """A number of places that somebody gives for the facility."""

    key: str
    words: str
    places: float


def claims(use: Use) -> tuple[Claim, ...]:
    """The places in the scenario, then each number that disputes them, largest last."""
    agreement = use.agreement
    facility = use.ensemble.scn.systems[agreement.receiving].facilities[agreement.facility]
    stated = facility.places
    own = Claim(STATED, _words(stated.value, stated.note), stated.value)
    others = {
        d.value: Claim(f"claim-{d.value:g}", _words(d.value, d.note), d.value)
        for d in stated.disputed_by
        if d.value != stated.value
    }
    return (own, *(others[value] for value in sorted(others)))


def last_count(use: Use) -> tuple[int, Observation] | None:
    """The latest dated count of people in the facility, with its place in the list."""
    system = use.ensemble.scn.systems[use.agreement.receiving]
    dated = [
        (i, o)
        for i, o in enumerate(system.observed)
        if o.facility == use.agreement.facility and o.date and o.population
    ]
    return max(dated, key=lambda item: item[1].date or date.min, default=None)


@dataclass(frozen=True)
class Free:
    """Free places by one claim, against one count of people: "observed", the last that somebody
    made, or "simulated", the facility's own people in the run when the agreement begins."""

    claim: Claim
    against: Literal["observed", "simulated"]
    figure: Figure


@once
def free(use: Use) -> tuple[Free, ...]:
    """Free places for every claim against every count that there is."""
    seen = last_count(use)
    run = held_in_run(use)
    found = []
    for claim in claims(use):
        if seen is not None:
            found.append(Free(claim, "observed", _observed(use, claim, *seen)))
        if run is not None:
            found.append(Free(claim, "simulated", _simulated(use, claim, run)))
    return tuple(found)


def _simulated(use: Use, claim: Claim, run: Figure) -> Figure:
    return making.figure(
        f"{use.id}.free.{claim.key}.simulated",
        f"Free places, {claim.words}, by the simulation",
        "places",
        free_values(use, claim),
        "places less its own people in the simulation on the day before the term",
        (_places(use, claim), run),
    )


def free_values(use: Use, claim: Claim) -> list[float]:
    """Free places by the run, member by member."""
    return [max(claim.places - people, 0.0) for people in use.own_people]


@once
def held_in_run(use: Use) -> Figure | None:
    """The facility's own people just before the term begins; None when that is outside the run."""
    people = use.own_people
    if not people:
        return None
    receiving, facility = use.agreement.receiving, use.agreement.facility
    counted = use.basis.simulated(
        f"{use.id}.run.own-people",
        f"own people in {facility} before {use.agreement.from_}",
        [receiving],
    )
    return making.figure(
        f"{use.id}.free.held",
        f"Own people in {facility} before the term",
        "people",
        people,
        "people of the receiving system there at the end of the day before the term",
        [counted],
    )


def _observed(use: Use, claim: Claim, i: int, seen: Observation) -> Figure:
    assert seen.population is not None
    held = use.basis.number(f"{use.agreement.receiving}.observed.{i}.population")
    return Figure(
        f"{use.id}.free.{claim.key}.observed",
        f"Free places, {claim.words}, by the count of {seen.date}",
        max(claim.places - seen.population.value, 0.0),
        "places",
        f"{claim.places:,.0f} places less {seen.population.value:,.0f} people counted",
        (_places(use, claim), held),
    )


def _places(use: Use, claim: Claim) -> Input:
    path = f"{use.agreement.receiving}.facilities.{use.agreement.facility}.places"
    stated = use.basis.number(path)
    if claim.key == STATED:
        return stated
    # A claim stands in the list of those who dispute the number; it has their source, not its own.
    facility = use.ensemble.scn.systems[use.agreement.receiving].facilities[use.agreement.facility]
    dispute = next(d for d in facility.places.disputed_by if d.value == claim.places)
    sources = use.ensemble.scn.sources
    title = sources[dispute.source].title if dispute.source in sources else None
    index = facility.places.disputed_by.index(dispute)
    grade = "claimed" if title else "assumption"
    return Number(
        f"{path}.disputed_by.{index}", claim.places, "people", title, grade, note=dispute.note
    )


def _words(places: float, note: str | None) -> str:
    return f"{places:,.0f} places" + (f" ({note})" if note else "")

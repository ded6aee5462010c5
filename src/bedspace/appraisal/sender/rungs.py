"""What fewer people at home really save, rung by rung: the variable cost at once; whole wings and
prisons once they are empty; in the long run also the places that need not be built.

Each calendar year is reckoned apart, and no rung is less than the one before it or more than all
that the facilities and the places wanting cost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from bedspace.appraisal.figures.once import once
from bedspace.appraisal.members import amounts
from bedspace.appraisal.members.use import Use
from bedspace.appraisal.sender import costs, freed, priced
from bedspace.appraisal.sender.freed import Freed
from bedspace.rules.months import days_in
from bedspace.scenario import Scenario
from bedspace.scenario.model.costs import FacilityCosts
from bedspace.scenario.values.quantities import DAYS_A_YEAR

NONE = Decimal(0)
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Rungs:
    """One member's savings by calendar year, in money not yet rounded, and what they come from.

    `short_run` is the variable cost, `wings` with wings and prisons closed, `long_run` with places
    not built; `whole` all that is there to be saved, None where a fixed cost is not given.
    `fewer` are person-days, `wing_years` and `prison_years` years of them empty, by facility;
    `place_years` years of places not built, in the whole system.
    """

    short_run: Mapping[int, Decimal]
    wings: Mapping[int, Decimal]
    long_run: Mapping[int, Decimal]
    whole: Mapping[int, Decimal] | None
    fewer: Mapping[str, float]
    wing_years: Mapping[str, float]
    prison_years: Mapping[str, float]
    place_years: float


@dataclass(frozen=True)
class _Emptied:
    """One member's months. By month and facility: person-days fewer, and the months that wings and
    the prison are empty. By month: how much of it is in the term, and in place-years the places
    wanting and those not built."""

    part: Floats
    fewer: Floats
    wings: Floats
    prisons: Floats
    wanting: Floats
    unbuilt: Floats


@once
def refilled(use: Use) -> tuple[float, ...]:
    """The share of freed places that is filled again, as each member drew it."""
    found = (scn.agreements[use.id].refilled for scn in use.ensemble.drawn)
    return tuple(share.value if share is not None else 0.0 for share in found)


def of(use: Use) -> list[Rungs]:
    """What the places that an agreement empties really save, by member."""
    return climbed(use, refilled(use))


@once
def climbed(use: Use, shares: tuple[float, ...]) -> list[Rungs]:
    """The same with other shares of the freed places filled again, one for each member."""
    empty, sending = freed.of(use), use.agreement.sending
    return [
        rungs(empty, m, scn, sending, use.weights(m), shares[m])
        for m, scn in enumerate(use.ensemble.drawn)
    ]


def rungs(
    emptied: Freed,
    member: int,
    scn: Scenario,
    system: str,
    weights: Mapping[str, int],
    refilled: float,
) -> Rungs:
    """The rungs of one member under its draw `scn`; `weights` are place-days by group sent.

    A month saves a twelfth of a year's money, a part month by its days. A wing is empty in a month
    when the people of every day of it would fit into the others, a prison when it holds nobody on
    any day. Every facility with people fewer must have a variable cost.
    """
    given = [_costs(scn, system, name) for name in emptied.facilities]
    here = _emptied(emptied, member, scn, system, given, 1.0 - refilled)
    times = costs.times_of(scn, system, weights)
    capped = all(own is not None and own.fixed is not None for own in given)
    short, wings, long, whole = ({y: NONE for y in emptied.years} for _ in range(4))
    for year in emptied.years:
        now = priced.at_prices(scn, year)
        given = [_costs(now, system, name) for name in emptied.facilities]
        place = building(now, system)
        inside = np.array([month.year == year for month in emptied.months])
        low = steps = full = NONE
        for f, own in enumerate(given):
            if own is None:
                continue
            fixed = _money(own, "fixed") * _sum(here.part[inside]) / 12
            variable = amounts.a_day(own.variable) if own.variable is not None else NONE
            low += variable * times * _sum(here.fewer[inside, f])
            steps += min(
                _wing(own) * _sum(here.wings[inside, f]) / 12
                + _money(own, "closing") * _sum(here.prisons[inside, f]) / 12,
                fixed,
            )
            full += fixed + variable * int(emptied.held[0, member, inside, f].sum())
        full += place * _sum(here.wanting[inside])
        short[year] = max(low, NONE)
        wings[year] = short[year] + max(steps, NONE)
        long[year] = wings[year] + max(place * _sum(here.unbuilt[inside]), NONE)
        whole[year] = full
        if capped:
            for rung in (short, wings, long):
                rung[year] = min(rung[year], full)
    return Rungs(
        short,
        wings,
        long,
        whole if capped else None,
        _by_facility(emptied, here.fewer),
        _by_facility(emptied, here.wings / 12),
        _by_facility(emptied, here.prisons / 12),
        float(here.unbuilt.sum()),
    )


def building(scn: Scenario, system: str) -> Decimal:
    """What a place more costs a year: its building spread evenly over its life, and running it."""
    found = scn.systems[system].costs
    if found is None or found.building is None:
        return NONE
    new = found.building
    running = amounts.money(new.running) if new.running else NONE
    return amounts.money(new.place) / amounts.exact(new.life.value / DAYS_A_YEAR) + running


def _emptied(
    emptied: Freed,
    member: int,
    scn: Scenario,
    system: str,
    given: list[FacilityCosts | None],
    keep: float,
) -> _Emptied:
    """What is empty in one member, the share `keep` of it that is not filled again."""
    part = np.array([_part(m, d) for m, d in zip(emptied.months, emptied.days, strict=True)])
    before, after = emptied.peak[:, member]
    # Whoever fills a freed place is there on the fullest day too.
    need = before - (before - after) * emptied.mine[member][:, None] * keep
    wings = np.zeros(need.shape)
    for f, (name, own) in enumerate(zip(emptied.facilities, given, strict=True)):
        if own is not None and own.wings is not None:
            size = own.wings.places.value
            count = _wings(scn.systems[system].facilities[name].places.value, size)
            # Above capacity either way, fewer people spare nobody a wing.
            used = [np.minimum(_wings(people[:, f], size), count) for people in (before, need)]
            wings[:, f] = used[0] - used[1]
    prisons = (need <= 1e-9).astype(float) - (before == 0)
    over = emptied.over[:, member].sum(axis=2) / DAYS_A_YEAR
    return _Emptied(
        part,
        emptied.fewer[member] * keep,
        wings * part[:, None],
        prisons * part[:, None],
        over[0],
        (over[0] - over[1]) * emptied.mine[member] * keep,
    )


def _wings(people: float | Floats, size: float) -> Floats:
    """Wings of so many places that so many people need."""
    return np.ceil(np.asarray(people) / size - 1e-9)


def _part(month: date, days: int) -> float:
    """How much of a month so many of its days are."""
    return days / days_in(month)


def _costs(scn: Scenario, system: str, facility: str) -> FacilityCosts | None:
    found = scn.systems[system].facilities.get(facility)
    return found.costs if found else None


def _money(own: FacilityCosts, key: str) -> Decimal:
    found = getattr(own, key)
    return amounts.money(found) if found is not None else NONE


def _wing(own: FacilityCosts) -> Decimal:
    return amounts.money(own.wings.saved) if own.wings is not None else NONE


def _sum(values: Floats) -> Decimal:
    return amounts.exact(float(values.sum()))


def _by_facility(emptied: Freed, values: Floats) -> dict[str, float]:
    return {name: float(values[:, f].sum()) for f, name in enumerate(emptied.facilities)}

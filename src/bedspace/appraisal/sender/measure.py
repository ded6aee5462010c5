"""What a reform saves where no agreement is in question: the scenario's prisons beside the
baseline's, on every cost basis, over the whole run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from bedspace.appraisal.figures import making
from bedspace.appraisal.figures.figure import Figure, Input
from bedspace.appraisal.figures.once import once
from bedspace.appraisal.figures.tables import Cell, Table
from bedspace.appraisal.members.members import Ensemble, counts
from bedspace.appraisal.sender import avoided, costs, freed, priced, rungs
from bedspace.appraisal.sender.avoided import Flows
from bedspace.appraisal.sender.freed import SIDES, Freed
from bedspace.appraisal.sender.rungs import Rungs

NOUGHT = Decimal(0)

NOTE = "Below nought: the scenario costs more. Fewer people avoid the marginal cost; the average \
cost also has buildings and staff that stay."

_RUNGS = {
    "short-run": "variable cost of each facility x person-days fewer in it",
    "wings": "the short run + what is saved for each year that a wing or a prison is empty",
    "long-run": "with wings and prisons + what a place more costs a year x place-years not built",
}


def table(ensemble: Ensemble, system: str) -> Table | None:
    """What the scenario saves a system on every cost basis; None where it has no costs at all."""
    cost_bases = bases(ensemble, system)
    if not cost_bases:
        return None
    rows: list[tuple[Cell, ...]] = [("Person-days fewer", fewer(ensemble, system))]
    rows += [(costs.IN_WORDS[b].capitalize(), saved(ensemble, system, b)) for b in cost_bases]
    title = f"What the scenario saves {ensemble.scn.systems[system].title or system}"
    return Table(f"costs.{system}", title, ("Counted at", "Saved in all"), tuple(rows), NOTE)


def bases(ensemble: Ensemble, system: str) -> tuple[str, ...]:
    """The cost bases there are costs for: by the day, then rung by rung."""
    scn = ensemble.scn
    groups = _groups(ensemble, system)
    shares = [costs.share(scn, system, group) for group in groups]
    ranged = any(part is not None and part.low is not None for part in shares)
    by_day = [b for b in costs.BY_DAY if b in ("average", "marginal") or ranged]
    if not any(costs.average(scn, system, group) for group in groups):
        by_day = []
    laddered = any(one.costs is not None for one in scn.systems[system].facilities.values())
    return (*by_day, *(costs.RUNGS if laddered else ()))


@once
def fewer(ensemble: Ensemble, system: str) -> Figure:
    """Person-days fewer that the system's own people spend in custody."""
    values = [
        float(sum(sum(years.values()) for years in member.values()))
        for member in person_days(ensemble, system)
    ]
    formula = "person-days of the baseline less those of the scenario, over the simulated years"
    return making.figure(
        f"costs.{system}.fewer",
        "Person-days fewer",
        "person-days",
        values,
        formula,
        _counted(ensemble, system),
    )


@once
def saved(ensemble: Ensemble, system: str, cost_basis: str) -> Figure:
    """What the scenario costs less than the baseline over the run, on one cost basis."""
    id_, title = f"costs.{system}.{cost_basis}", f"Saved at {costs.IN_WORDS[cost_basis]}"
    why = why_none(ensemble, system, cost_basis)
    inputs = (*_inputs(ensemble, system, cost_basis), *_counted(ensemble, system))
    if why:
        return making.unknown(id_, title, "", why, inputs)
    values = [sum(years.values(), Decimal("0.00")) for years in flows(ensemble, system, cost_basis)]
    formula = _RUNGS.get(cost_basis) or (
        f"{costs.IN_WORDS[cost_basis]} of a person-day of each group x person-days fewer"
    )
    return making.figure(
        id_, title, str(_currency(ensemble, system, cost_basis)), values, formula, inputs
    )


def flows(ensemble: Ensemble, system: str, cost_basis: str) -> Flows:
    """What is saved in each calendar year, by member, to the cent; empty where it is not known."""
    if why_none(ensemble, system, cost_basis):
        return []
    money = str(_currency(ensemble, system, cost_basis))
    if cost_basis in costs.RUNGS:
        key = cost_basis.replace("-", "_")
        return [
            avoided.to_minor_units(
                {year: sum_ - getattr(more, key)[year] for year, sum_ in less.items()}, money
            )
            for less, more in (
                (getattr(one, key), other) for one, other in climbed(ensemble, system)
            )
        ]
    found = []
    for m, groups in enumerate(person_days(ensemble, system)):
        years: dict[int, Decimal] = {}
        for group, days in groups.items():
            for year, number in days.items():
                scn = priced.drawn(ensemble, year)[m]
                each = costs.person_day(scn, system, group, cost_basis) or NOUGHT
                years[year] = years.get(year, NOUGHT) + each * number
        found.append(avoided.to_minor_units(dict(sorted(years.items())), money))
    return found


@once
def climbed(ensemble: Ensemble, system: str) -> list[tuple[Rungs, Rungs]]:
    """For each member the rungs of what is emptied, and of what is filled: a year has fewer people
    in all or more, and neither rung is below nought. Groups weigh by how many person-days theirs
    change, up or down."""
    empty = _freed(ensemble, system)
    filled = replace(empty, held=empty.held[::-1], peak=empty.peak[::-1], over=empty.over[::-1])
    found = []
    for m, scn in enumerate(ensemble.drawn):
        weights = {
            group: abs(sum(years.values()))
            for group, years in person_days(ensemble, system)[m].items()
        }
        both = (rungs.rungs(side, m, scn, system, weights, 0.0) for side in (empty, filled))
        found.append((next(both), next(both)))
    return found


@once
def person_days(ensemble: Ensemble, system: str) -> list[dict[str, dict[int, int]]]:
    """Person-days fewer of the system's people, by member, group and calendar year."""
    found: list[dict[str, dict[int, int]]] = [
        {group: {} for group in _groups(ensemble, system)} for _ in range(ensemble.members)
    ]
    for side, sign in zip(SIDES, (1, -1), strict=True):
        query = (
            "SELECT member, group_name, year(month) AS y, sum(person_days)::BIGINT "
            f"FROM {side}_person_days WHERE system = $system GROUP BY ALL ORDER BY ALL"
        )
        fewer = counts(ensemble.comparison, query, ensemble.members, {"system": system})
        for (group, year), days in fewer.items():
            for m, number in enumerate(days):
                years = found[m].setdefault(group, {})
                years[year] = years.get(year, 0) + sign * int(number)
    return found


def why_none(ensemble: Ensemble, system: str, cost_basis: str) -> str:
    """Why nothing can be said on a cost basis; empty where it can."""
    scn = ensemble.scn
    other = ensemble.base.systems.get(system)
    if other is None or set(other.groups) != set(_groups(ensemble, system)):
        return f"the baseline has other groups of {system}"
    if _currency(ensemble, system, cost_basis) is None:
        return f"no costs of {system} in one currency are given"
    if cost_basis not in costs.RUNGS:
        for group in _groups(ensemble, system):
            if costs.person_day(scn, system, group, cost_basis) is None:
                return f"no {costs.IN_WORDS[cost_basis]} of a person-day of {group} is given"
        return ""
    found = _freed(ensemble, system)
    changed = (found.held[0] != found.held[1]).any(axis=(0, 1))
    for name, moved in zip(found.facilities, changed, strict=True):
        facility = scn.systems[system].facilities.get(name)
        own = facility.costs if facility else None
        if moved and (own is None or own.variable is None):
            return f"no variable cost of {name} is given"
    return ""


@once
def _freed(ensemble: Ensemble, system: str) -> Freed:
    return freed.freed(ensemble, system, ensemble.scn.start, ensemble.scn.end)


def _groups(ensemble: Ensemble, system: str) -> tuple[str, ...]:
    return tuple(ensemble.scn.systems[system].groups)


def _currency(ensemble: Ensemble, system: str, cost_basis: str) -> str | None:
    if cost_basis not in costs.RUNGS:
        return costs.currency(ensemble.scn, system, _groups(ensemble, system))
    given = {one.quantity.currency for one in avoided.facility_costs(ensemble.scn, system)}
    found = given - {None}
    return found.pop() if len(found) == 1 else None


def _counted(ensemble: Ensemble, system: str) -> tuple[Input, ...]:
    """The counts of both runs."""
    return tuple(
        ensemble.bases[side].simulated(
            f"costs.{system}.{side}", f"person-days of {system} in the {side}", [system]
        )
        for side in SIDES
    )


def _inputs(ensemble: Ensemble, system: str, cost_basis: str) -> tuple[Input, ...]:
    """The costs that it rests on, each with the index it grows by."""
    scn, found = ensemble.scn, dict[str, None]()
    if cost_basis in costs.RUNGS:
        given: Mapping[str, None] = dict.fromkeys(
            one.path for one in avoided.facility_costs(scn, system)
        )
        return priced.inputs(ensemble.bases["scenario"], given)
    for group in _groups(ensemble, system):
        where = costs.paths_of(scn, system, group)
        marginal = None if cost_basis == "average" else where.marginal
        chosen = (where.average, where.times, marginal)
        found.update(dict.fromkeys(path for path in chosen if path))
    return priced.inputs(ensemble.bases["scenario"], found)

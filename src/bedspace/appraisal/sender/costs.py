"""What a person-day costs a system, by group: on average, at the margin, and where that stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from bedspace.appraisal.members import amounts
from bedspace.scenario import Quantity, Scenario

BY_DAY = ("average", "marginal", "marginal-low", "marginal-high")
"""Cost bases: average; the marginal share as each member drew it; its lowest; its highest."""

IN_WORDS = {
    "average": "average cost",
    "marginal": "marginal cost",
    "marginal-low": "marginal cost, lowest share",
    "marginal-high": "marginal cost, highest share",
    "short-run": "variable cost",
    "wings": "variable cost, with wings and prisons that empty",
    "long-run": "long-run cost, with places not built",
}

BRIEFLY = {cost_basis: words.partition(",")[0] for cost_basis, words in IN_WORDS.items()}
"""The same for headings; only the basis with wings and prisons is then not told from another."""

Rung = Literal["short-run", "wings", "long-run"]
RUNGS: tuple[Rung, ...] = get_args(Rung)
"""Cost bases made of the costs of the facilities that empty."""


@dataclass(frozen=True)
class CostPaths:
    """Where the costs of a group stand; None where the scenario gives none. `times` is what its
    average is a multiple of the system's by."""

    average: str | None
    marginal: str | None
    times: str | None = None

    @property
    def found(self) -> tuple[str, ...]:
        """Those that are given."""
        return tuple(path for path in (self.average, self.times, self.marginal) if path)


def paths_of(scn: Scenario, system: str, group: str | None = None) -> CostPaths:
    """The group's own costs where it has them, the system's otherwise."""
    own = scn.systems[system].groups[group].costs if group else None
    whole = scn.systems[system].costs
    places = [(own, f"{system}.groups.{group}.costs"), (whole, f"{system}.costs")]
    found = {
        key: next((f"{at}.{key}" for costs, at in places if getattr(costs, key, None)), None)
        for key in ("average", "marginal")
    }
    scaled = own is not None and own.times is not None
    times = f"{system}.groups.{group}.costs.times" if scaled else None
    return CostPaths(found["average"], found["marginal"], times)


def average(scn: Scenario, system: str, group: str | None = None) -> Quantity | None:
    """Average cost of a person-day of the group; None where none is given."""
    return _of(scn, system, group, "average")


def share(scn: Scenario, system: str, group: str | None = None) -> Quantity | None:
    """Share of the average avoided when one person fewer is held."""
    return _of(scn, system, group, "marginal")


def person_day(scn: Scenario, system: str, group: str | None, cost_basis: str) -> Decimal | None:
    """Cost of one person-day on a basis of BY_DAY; None where the scenario does not give it."""
    mean = average(scn, system, group)
    if mean is None:
        return None
    whole = amounts.a_day(mean) * times(scn, system, group)
    if cost_basis == "average":
        return whole
    part = share(scn, system, group)
    if part is None:
        return None
    ends = {"marginal-low": part.low, "marginal-high": part.high}
    value = ends.get(cost_basis)
    return whole * amounts.exact(part.value if value is None else value)


def times(scn: Scenario, system: str, group: str | None) -> Decimal:
    """What a person of the group costs as a multiple of the average; 1 where nothing is said."""
    own = scn.systems[system].groups[group].costs if group else None
    return (
        amounts.exact(own.times.value) if own is not None and own.times is not None else Decimal(1)
    )


def times_of(scn: Scenario, system: str, weights: Mapping[str, int]) -> Decimal:
    """The same over groups, weighted by place-days; evenly where none was used."""
    total = sum(weights.values())
    shares = weights if total else dict.fromkeys(weights, 1)
    each = (times(scn, system, group) * weight for group, weight in shares.items())
    return sum(each, Decimal(0)) / (total or len(shares))


def currency(scn: Scenario, system: str, groups: tuple[str, ...]) -> str | None:
    """The one currency of these groups' costs; None where there is none or more than one."""
    found = {q.currency for g in groups if (q := average(scn, system, g)) is not None}
    return found.pop() if len(found) == 1 else None


def weighted(
    scn: Scenario, system: str, cost_basis: str, weights: Mapping[str, int]
) -> Decimal | None:
    """Cost of a person-day over groups, weighted by place-days; evenly where none was used.

    None where a group that weighs has no such cost.
    """
    total = sum(weights.values())
    shares = weights if total else dict.fromkeys(weights, 1)
    whole = Decimal(0)
    for group, weight in shares.items():
        if not weight:
            continue
        cost = person_day(scn, system, group, cost_basis)
        if cost is None:
            return None
        whole += cost * weight
    return whole / (total or len(shares))


def _of(scn: Scenario, system: str, group: str | None, key: str) -> Quantity | None:
    own = scn.systems[system].groups[group].costs if group else None
    for costs in (own, scn.systems[system].costs):
        found: Quantity | None = getattr(costs, key, None)
        if found is not None:
            return found
    return None

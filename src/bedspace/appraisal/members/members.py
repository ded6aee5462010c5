"""Both sides of a comparison as an appraisal reads them: each member's numbers and counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from bedspace import scenario as language
from bedspace.appraisal.members.basis import Basis
from bedspace.results import Comparison, Params
from bedspace.scenario import Scenario


@dataclass(frozen=True)
class Ensemble:
    """A comparison with the scenario's numbers as each member drew them."""

    comparison: Comparison
    made: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)
    """What `figures.once` keeps of it."""

    @cached_property
    def scn(self) -> Scenario:
        """The scenario as written."""
        return self.comparison.scenario.scenario

    @cached_property
    def base(self) -> Scenario:
        """The baseline as written."""
        return self.comparison.baseline.scenario

    @property
    def is_run(self) -> bool:
        """Whether both sides are one run, which nothing is compared with."""
        return self.comparison.baseline is self.comparison.scenario

    @property
    def members(self) -> int:
        """How many members each side has."""
        return self.comparison.members

    @cached_property
    def _draws(self) -> list[dict[str, float]]:
        found: list[dict[str, float]] = [{} for _ in range(self.members)]
        for member, path, value in self.comparison.sql(
            "SELECT member, path, value FROM scenario_draws"
        ).fetchall():
            found[member][path] = value
        return found

    @cached_property
    def drawn(self) -> tuple[Scenario, ...]:
        """The scenario with each member's draw of the uncertain numbers."""
        gates = {f"agreements.{name}" for name in self.scn.agreements}
        return tuple(
            language.with_values(self.scn, {p: v for p, v in draw.items() if p not in gates})
            for draw in self._draws
        )

    @cached_property
    def bases(self) -> dict[str, Basis]:
        """The numbers of each side: "baseline" and "scenario"."""
        return {"baseline": Basis(self.base), "scenario": Basis(self.scn)}

    @cached_property
    def people(self) -> dict[tuple[str, str, str, date], list[float]]:
        """People by member under (side, system, facility or "", day), on every day shown:
        `days_shown` and the days of observed counts. "" is the whole system.
        """
        days = {*days_shown(self.scn), *observed_days(self.scn)}
        found: dict[tuple[str, str, str, date], list[float]] = {}
        for side in ("baseline", "scenario"):
            query = (
                "SELECT member, system, coalesce(facility, ''), day, sum(people)::BIGINT "
                f"FROM {side}_population WHERE list_contains($days, day) "
                "GROUP BY GROUPING SETS ((member, system, facility, day), (member, system, day))"
            )
            rows = counts(self.comparison, query, self.members, {"days": sorted(days)})
            found.update({(side, *key): values for key, values in rows.items()})
        return found

    def in_force(self, agreement: str) -> tuple[bool, ...]:
        """Whether the agreement entered into force, member by member."""
        path = f"agreements.{agreement}"
        return tuple(draw.get(path, 1.0) == 1.0 for draw in self._draws)


def year_ends(start: date, end: date) -> list[date]:
    """The last day of every calendar year in the run, and the run's own last day."""
    ends = [date(year, 12, 31) for year in range(start.year, end.year + 1)]
    last = end - timedelta(days=1)
    inside = [day for day in ends if start <= day <= last]
    return inside if last in inside else [*inside, last]


def day_in_short(scn: Scenario) -> date:
    """The day of which people are told in short: the last in the run on which an agreement is in
    force, since after it there is nothing left to see; the run's last day where there is none."""
    last = scn.end - timedelta(days=1)
    ends = [
        agreement.ended[0] - timedelta(days=1)
        for agreement in scn.agreements.values()
        if agreement.from_ <= last and agreement.ended[0] > scn.start
    ]
    return min(max(ends), last) if ends else last


def days_shown(scn: Scenario) -> list[date]:
    """The days of which people are told: the ends of the years, and the day in short."""
    return sorted({*year_ends(scn.start, scn.end), day_in_short(scn)})


def observed_days(scn: Scenario) -> list[date]:
    """The days of the observed counts that lie within the run."""
    seen = (o.date for system in scn.systems.values() for o in system.observed if o.population)
    return [day for day in seen if day is not None and scn.start <= day < scn.end]


def counts(
    comparison: Comparison, query: str, members: int, params: Params | None = None
) -> dict[tuple[Any, ...], list[float]]:
    """Rows (member, key..., number) as key -> that number for each member, 0 where there is none.

    `params` are values for each `$name` of the query. Sums of counts come back whole.
    """
    found: dict[tuple[Any, ...], list[float]] = {}
    for member, *key, number in comparison.sql(query, params).fetchall():
        found.setdefault(tuple(key), [0] * members)[member] = number
    return found

"""What happened under an agreement, by member: place-days used, and people moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from bedspace.appraisal.members import amounts
from bedspace.appraisal.members.basis import Basis
from bedspace.appraisal.members.members import Ensemble, counts
from bedspace.rules.months import next_month
from bedspace.scenario import Scenario, rented
from bedspace.scenario.model.agreements import Agreement

_MOVES = {"return": ("sent", "home", "ended"), "leave": ("sent", "home")}
"""Events that move somebody between the countries; whoever is let go is not brought back."""


@dataclass(frozen=True)
class Span:
    """Days of one month on which the places did not change: first, end exclusive."""

    first: date
    end: date

    @property
    def month(self) -> date:
        """The first day of its month."""
        return self.first.replace(day=1)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.first).days


@dataclass(frozen=True)
class Use:
    """The use of one agreement's places over the members of an ensemble."""

    ensemble: Ensemble
    id: str
    made: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)
    """What `figures.once` keeps of it."""

    @property
    def basis(self) -> Basis:
        """The numbers of the scenario that has the agreement."""
        return self.ensemble.bases["scenario"]

    @property
    def agreement(self) -> Agreement:
        """The agreement as written."""
        return self.ensemble.scn.agreements[self.id]

    @property
    def ended(self) -> tuple[date, str]:
        """The day it ends if every renewal holds, and what becomes of those held then."""
        return self.agreement.ended

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """The days it is active within the run, by month and by number of places."""
        scn = self.ensemble.scn
        first = max(self.agreement.from_, scn.start)
        end = min(self.ended[0], scn.end)
        # A change in one member's draw cuts for all, so that all have the same spans.
        every = (self.steps(one)[:-1] for one in (scn, *self.ensemble.drawn))
        return tuple(_spans(first, end, {day for steps in every for day, _ in steps}))

    @property
    def days(self) -> int:
        """Days on which it is active within the run."""
        return sum(span.days for span in self.spans)

    @cached_property
    def days_active(self) -> tuple[int, ...]:
        """Days on which it was active within the run, by member: a renewal may fail, and none where
        it is not in force."""
        each = zip(self.ensemble.drawn, self.in_force, strict=True)
        return tuple(
            sum(self.days_in_force(scn, span) for span in self.spans) if on else 0
            for scn, on in each
        )

    @property
    def years_active(self) -> tuple[Decimal, ...]:
        """Years of 365.25 days it was active within the run, by member; less than one counts as
        one, so that a single sum is not taken to come again."""
        return tuple(max(Decimal(days) / amounts.YEAR, Decimal(1)) for days in self.days_active)

    @property
    def told_days(self) -> str:
        """The days active, in words: of the members in which it is in force."""
        known = sorted({days for days in self.days_active if days})
        if not known:
            return "no days"
        return f"{known[0]} days" if len(known) == 1 else f"{known[0]} to {known[-1]} days"

    @cached_property
    def in_force(self) -> tuple[bool, ...]:
        """Whether it entered into force, by member."""
        return self.ensemble.in_force(self.id)

    @cached_property
    def by_span(self) -> list[list[int]]:
        """Place-days used in each span (members x spans)."""
        index = {span.first: i for i, span in enumerate(self.spans)}
        query = (
            "SELECT member, first, sum(people)::BIGINT FROM scenario_population "
            "ASOF JOIN (SELECT unnest($cuts::DATE[]) AS first) ON day >= first "
            "WHERE agreement = $id GROUP BY ALL"
        )
        asked = {"id": self.id, "cuts": list(index)}
        table = [[0] * len(index) for _ in range(self.ensemble.members)]
        for member, first, people in self.ensemble.comparison.sql(query, asked).fetchall():
            table[member][index[first]] = people
        return table

    @cached_property
    def place_days(self) -> list[int]:
        """Place-days used, by member."""
        return [sum(row) for row in self.by_span]

    @cached_property
    def by_group(self) -> dict[str, list[int]]:
        """Place-days used by people of each eligible group, by member."""
        query = (
            "SELECT member, group_name, sum(person_days)::BIGINT FROM scenario_person_days "
            "WHERE agreement = $id GROUP BY ALL ORDER BY ALL"
        )
        found = self._counts(query)
        none = [0] * self.ensemble.members
        return {
            group: [int(n) for n in found.get((group,), none)]
            for group in self.agreement.eligible.groups
        }

    def weights(self, member: int) -> Mapping[str, int]:
        """Place-days used by each eligible group, in one member."""
        return {group: days[member] for group, days in self.by_group.items()}

    def by_year(self, member: int) -> dict[int, int]:
        """Place-days used in each calendar year of the term, in one member; not to be changed."""
        return self._by_year[member]

    @cached_property
    def _by_year(self) -> list[dict[int, int]]:
        made = []
        for row in self.by_span:
            found: dict[int, int] = {}
            for span, days in zip(self.spans, row, strict=True):
                found[span.first.year] = found.get(span.first.year, 0) + days
            made.append(found)
        return made

    @cached_property
    def moved(self) -> dict[date, list[float]]:
        """Movements by month, for each member. The way home on the day after the last is among
        them; where the run ends on that day, it counts with the run's last month."""
        query = (
            "SELECT member, month, sum(people)::BIGINT FROM scenario_transfers "
            "WHERE agreement = $id AND list_contains($events, event) GROUP BY ALL"
        )
        found = self._counts(query, events=list(_MOVES[self.ended[1]]))
        months = {month: values for (month,), values in found.items()}
        if any(self._way_home):
            month = (self.ensemble.scn.end - timedelta(1)).replace(day=1)
            before = months.get(month, [0] * self._members)
            months[month] = [a + b for a, b in zip(before, self._way_home, strict=True)]
        return months

    @cached_property
    def _way_home(self) -> list[float]:
        """Who is still held at the end of the run's last day and brought home on the next, which
        the run no longer has, for each member."""
        scn = self.ensemble.scn
        query = (
            "SELECT member, sum(people)::BIGINT FROM scenario_population "
            "WHERE agreement = $id AND day = $day GROUP BY ALL"
        )
        held = self._counts(query, day=scn.end - timedelta(1)).get((), [0] * self._members)
        ends = (one.agreements[self.id].ended for one in self.ensemble.drawn)
        return [
            n if end == scn.end and then == "return" else 0
            for n, (end, then) in zip(held, ends, strict=True)
        ]

    @cached_property
    def sent_in(self) -> dict[date, list[float]]:
        """People sent by month, for each member; somebody sent twice counts twice."""
        query = (
            "SELECT member, month, sum(people)::BIGINT FROM scenario_transfers "
            "WHERE agreement = $id AND event = 'sent' GROUP BY ALL"
        )
        found = self._counts(query)
        return {month: values for (month,), values in found.items()}

    @cached_property
    def sent(self) -> list[int]:
        """People sent, by member; somebody sent twice counts twice."""
        months = self.sent_in.values()
        return [int(sum(month[m] for month in months)) for m in range(self._members)]

    @cached_property
    def own_people(self) -> list[float]:
        """The receiving system's own people in the facility at the end of the day before the term,
        by member; empty where that day is outside the run."""
        agreement, scn = self.agreement, self.ensemble.scn
        if not scn.start < agreement.from_ < scn.end:
            return []
        query = (
            "SELECT member, people FROM scenario_population WHERE agreement IS NULL "
            "AND system = $system AND facility = $facility AND day = $day"
        )
        asked = {
            "system": agreement.receiving,
            "facility": agreement.facility,
            "day": agreement.from_ - timedelta(days=1),
        }
        return counts(self.ensemble.comparison, query, self._members, asked).get((), [])

    def _counts(self, query: str, **asked: object) -> dict[tuple[Any, ...], list[float]]:
        """Counts of what is asked of this agreement, `$id`."""
        return counts(self.ensemble.comparison, query, self._members, {"id": self.id, **asked})

    def place_days_available(self, scn: Scenario) -> int:
        """Places x days over the active term, with the places of a member's draw."""
        steps = self.steps(scn)
        return sum(
            rented.on(steps, span.first) * self.days_in_force(scn, span) for span in self.spans
        )

    @property
    def _members(self) -> int:
        return self.ensemble.members

    def steps(self, scn: Scenario) -> tuple[tuple[date, int], ...]:
        """The places available by day, as a member's draw has them."""
        return rented.places(scn, self.id)

    def days_in_force(self, scn: Scenario, span: Span) -> int:
        """A span's days before the agreement ended in a member's draw: a renewal may fail."""
        return min(max((scn.agreements[self.id].ended[0] - span.first).days, 0), span.days)


def _spans(first: date, end: date, cuts: set[date]) -> Iterator[Span]:
    here = first
    while here < end:
        there = min([end, next_month(here), *(cut for cut in cuts if cut > here)])
        yield Span(here, there)
        here = there

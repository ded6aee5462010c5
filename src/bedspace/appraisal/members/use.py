"""What happened under an agreement, by member: place-days, people moved, and the invoice for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from bedspace.appraisal.fee.terms import schedule_of
from bedspace.appraisal.members.members import Ensemble, counts
from bedspace.appraisal.sender.freed import Freed, freed
from bedspace.appraisal.sender.rungs import Rungs, rungs
from bedspace.results.parquet import quote
from bedspace.rules import fees
from bedspace.rules.fees import Invoice, MonthUse
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
        every = (self._steps(one)[:-1] for one in (scn, *self.ensemble.drawn))
        return tuple(_spans(first, end, {day for steps in every for day, _ in steps}))

    @property
    def days(self) -> int:
        """Days on which it is active within the run."""
        return sum(span.days for span in self.spans)

    @cached_property
    def in_force(self) -> tuple[bool, ...]:
        """Whether it entered into force, by member."""
        return self.ensemble.in_force(self.id)

    @cached_property
    def by_span(self) -> list[list[int]]:
        """Place-days used in each span (members x spans)."""
        cuts = [span.first for span in self.spans]
        index = " + ".join(f"CAST(day >= DATE '{cut}' AS INTEGER)" for cut in cuts) or "0"
        query = (
            f"SELECT member, {index} - 1 AS span, sum(people)::BIGINT FROM scenario_population "
            f"WHERE agreement = {quote(self.id)} GROUP BY ALL"
        )
        table = [[0] * len(cuts) for _ in range(self.ensemble.members)]
        for member, span, people in self.ensemble.comparison.sql(query).fetchall():
            if span >= 0:
                table[member][span] = people
        return table

    @cached_property
    def place_days(self) -> list[int]:
        """Place-days used, by member."""
        return [sum(row) for row in self.by_span]

    @cached_property
    def by_group(self) -> dict[str, list[int]]:
        """Place-days used by people of each eligible group, by member."""
        query = (
            'SELECT member, "group", sum(person_days)::BIGINT FROM scenario_person_days '
            f"WHERE agreement = {quote(self.id)} GROUP BY ALL ORDER BY ALL"
        )
        found = counts(self.ensemble.comparison, query, self.ensemble.members)
        none = [0] * self.ensemble.members
        return {
            group: [int(n) for n in found.get((group,), none)]
            for group in self.agreement.eligible.groups
        }

    @cached_property
    def freed(self) -> Freed:
        """What it empties in the sending system's own facilities in its term within the run."""
        return freed(self.ensemble, self.id, self.spans[0].first, self.spans[-1].end)

    @cached_property
    def refilled(self) -> tuple[float, ...]:
        """The share of freed places that is filled again, as each member drew it."""
        found = (scn.agreements[self.id].refilled for scn in self.ensemble.drawn)
        return tuple(share.value if share is not None else 0.0 for share in found)

    @cached_property
    def rungs(self) -> list[Rungs]:
        """What that really saves, by member."""
        return self.climbed(self.refilled)

    def climbed(self, refilled: Sequence[float]) -> list[Rungs]:
        """The same with other shares of the freed places filled again, one for each member."""
        sending = self.agreement.sending
        return [
            rungs(self.freed, m, scn, sending, self.weights(m), refilled[m])
            for m, scn in enumerate(self.ensemble.drawn)
        ]

    def weights(self, member: int) -> Mapping[str, int]:
        """Place-days used by each eligible group, in one member."""
        return {group: days[member] for group, days in self.by_group.items()}

    def by_year(self, member: int) -> dict[int, int]:
        """Place-days used in each calendar year of the term, in one member."""
        found: dict[int, int] = {}
        for span, days in zip(self.spans, self.by_span[member], strict=True):
            found[span.first.year] = found.get(span.first.year, 0) + days
        return found

    @cached_property
    def moved(self) -> dict[date, list[float]]:
        """Movements by month, for each member."""
        events = ", ".join(quote(event) for event in _MOVES[self.ended[1]])
        query = (
            "SELECT member, month, sum(people)::BIGINT FROM scenario_transfers "
            f"WHERE agreement = {quote(self.id)} AND event IN ({events}) GROUP BY ALL"
        )
        found = counts(self.ensemble.comparison, query, self.ensemble.members)
        return {month: values for (month,), values in found.items()}

    @cached_property
    def sent_in(self) -> dict[date, list[float]]:
        """People sent by month, for each member; somebody sent twice counts twice."""
        query = (
            "SELECT member, month, sum(people)::BIGINT FROM scenario_transfers "
            f"WHERE agreement = {quote(self.id)} AND event = 'sent' GROUP BY ALL"
        )
        found = counts(self.ensemble.comparison, query, self.ensemble.members)
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
            f"AND system = {quote(agreement.receiving)} "
            f"AND facility = {quote(agreement.facility)} "
            f"AND day = DATE '{agreement.from_ - timedelta(days=1)}'"
        )
        return counts(self.ensemble.comparison, query, self.ensemble.members).get((), [])

    def place_days_available(self, scn: Scenario) -> int:
        """Places x days over the active term, with the places of a member's draw."""
        steps = self._steps(scn)
        return sum(
            rented.on(steps, span.first) * self._days_in_force(scn, span) for span in self.spans
        )

    @cached_property
    def invoices(self) -> list[Invoice | None]:
        """What each member's use is billed; None where it is not in force or no fee is stated."""
        return [self._invoice(m) if self.in_force[m] else None for m in range(self._members)]

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The calendar years in which anything is billed, or anybody may be held."""
        billed = {line.month for bill in self.invoices if bill for line in bill.lines}
        return tuple(sorted({m.year for m in billed} | {span.first.year for span in self.spans}))

    @cached_property
    def totals(self) -> list[Decimal]:
        """What each member pays in all: nought where it is not in force; empty without a fee."""
        if not self.agreement.fee:
            return []
        return [Decimal("0.00") if bill is None else bill.total for bill in self.invoices]

    @property
    def _members(self) -> int:
        return self.ensemble.members

    def usage(self, member: int) -> list[MonthUse]:
        """What one member's run did under it, month by month, as an invoice counts it; a month is
        parted only where the member's own places change, whatever those of others do."""
        scn = self.ensemble.drawn[member]
        moved = {month: int(values[member]) for month, values in self.moved.items()}
        sent = {month: int(values[member]) for month, values in self.sent_in.items()}
        found: list[MonthUse] = []
        steps = self._steps(scn)
        for span, used in zip(self.spans, self.by_span[member], strict=True):
            places = rented.on(steps, span.first)
            days, month = self._days_in_force(scn, span), span.month
            if found and (found[-1].month, found[-1].places) == (month, places):
                days, used = days + found[-1].days, used + found[-1].place_days_used
                found[-1] = replace(found[-1], days=days, place_days_used=used)
                continue
            found.append(
                MonthUse(month, days, places, used, moved.pop(month, 0), sent.pop(month, 0))
            )
        # Who goes home on the day after the last may do so in a month of its own.
        return found + [MonthUse(m, 0, 0, 0, n) for m, n in moved.items() if n]

    def _invoice(self, member: int) -> Invoice | None:
        scn = self.ensemble.drawn[member]
        schedule = schedule_of(scn, self.id)
        if schedule is None:
            return None
        agreement = scn.agreements[self.id]
        end, until = agreement.ended[0], agreement.until
        cut = agreement.ends_early is not None and end == agreement.ends_early.on
        return fees.invoice(
            schedule,
            self.usage(member),
            agreement.from_,
            end,
            until if cut else None,
            scn.end,
        )

    def _steps(self, scn: Scenario) -> tuple[tuple[date, int], ...]:
        """The places available by day, as a member's draw has them."""
        return rented.places(scn, self.id)

    def _days_in_force(self, scn: Scenario, span: Span) -> int:
        """A span's days before the agreement ended in a member's draw: a renewal may fail."""
        return min(max((scn.agreements[self.id].ended[0] - span.first).days, 0), span.days)


def _spans(first: date, end: date, cuts: set[date]) -> Iterator[Span]:
    here = first
    while here < end:
        month_end = (here.replace(day=1) + timedelta(days=32)).replace(day=1)
        there = min([end, month_end, *(cut for cut in cuts if cut > here)])
        yield Span(here, there)
        here = there

"""People and their way through custody: groups, pathways, stages, stays, admissions."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from bedspace.rules.law import CustodyStatus
from bedspace.scenario.model.costs import GroupCosts
from bedspace.scenario.model.stays import Stay
from bedspace.scenario.values.quantities import Grade, Quantity
from bedspace.scenario.values.typed import (
    AnnualRisk,
    Day,
    Days,
    DaysOfRun,
    Dispersion,
    Distance,
    Growth,
    Name,
    Number,
    Part,
    People,
    Rate,
    Share,
    Text,
    Year,
    refuse,
)

WAYS_OUT = ("released", "removed", "died", "escaped")
"""How custody ends for good, or until a return."""


class Note(Part):
    """Something known that no key carries: kept, shown, never computed with."""

    text: Text
    """The statement, in our own words."""
    source: Name | None = None
    """An id under `sources`."""
    quote: Text | None = None
    """The few words of the source that say it."""
    grade: Grade | None = None
    """official, reported, secondary, derived or assumption."""


class Returns(Part):
    """Coming back to custody after a release: a new spell of the same person."""

    share: Share
    """Share of those released who ever come back."""
    after: Stay
    """Time at liberty of those who do."""
    to: Name | None = None
    """The stage they come back to, which nothing else need lead to; default: where the pathway
    begins."""


class Stage(Part):
    """One custody status on a pathway; or, under the name of a way out, what follows it."""

    title: Text | None = None
    """A name to show."""
    stay: Stay | None = None
    """How long it lasts (before `share`)."""
    share: Share | None = None
    """Share of the stay that is really served; default 100 %."""
    good_time: Share | None = None
    """Share of that time remitted for good conduct; default none."""
    minimum: Days | None = None
    """Least that is served whatever `share` and `good_time` say, the whole stay where that is
    shorter; days that `credit` counts are part of it. Default none."""
    credit: Share | None = None
    """Share of the days already spent inside in this spell that is taken off; default none."""
    sentence: Name | None = None
    """The stage whose sentence goes on in this one: a person who had a long stay there has a long
    one here."""
    exits: dict[Name, Share] | None = None
    """Where it leads: stage or way out, each with its share; default released: 100 %."""
    risks: dict[Name, AnnualRisk] | None = None
    """Ways out that may come at any time: the share of those held whom each takes within a year. A
    share s is a constant hazard of -ln(1 - s) / 365.25 a day, for as long as somebody is in the
    stage; who waits for a hearing is at risk to the end of the day on which it is."""
    status: CustodyStatus | None = None
    """remand, sentenced, recalled, indefinite or immigration; default: the stage's own name."""
    queue: Name | None = None
    """The hearing that must take place before anybody leaves the stage."""
    facilities: tuple[Name, ...] | None = None
    """Facilities that hold this stage; default: those of the group."""
    returns: Returns | None = None
    """Only under released, removed or escaped: who comes back, and when."""


Pathway = dict[Name, Stage]


class Admissions(Part):
    """How many people arrive, and when: a rate, or counts that were observed. A bare rate in the
    file stands for the map with `rate` alone."""

    rate: Rate | None = None
    """People a day (or a year), the same on every day."""
    cumulative: dict[Day, People] | None = None
    """Observed running totals by date, from 0 at the scenario's start; each counts to the end of
    its day, and those between two dates are spread evenly."""
    yearly: dict[Year, People] | None = None
    """Observed counts by calendar year, spread evenly over it."""
    then: Rate | None = None
    """The rate after the last observed date or year; default 0."""
    from_: Day | None = Field(default=None, alias="from")
    """With `rate`: first day of arrivals; default: the scenario's start."""
    until: Day | None = None
    """With `rate`: end of arrivals, exclusive; default: the scenario's end."""
    trend: Growth | None = None
    """Growth of the rate (or of `then`) a year, compounding from the start by calendar months."""
    season: tuple[Number, ...] | None = None
    """Twelve factors of the rate (or of `then`), January to December, whose mean is 1."""
    dispersion: Dispersion | None = None
    """Variance of the daily counts at that rate over their mean; default 1 (Poisson), above it the
    counts are negative binomial."""

    @model_validator(mode="after")
    def _one_kind(self) -> Admissions:
        given = [k for k in ("rate", "cumulative", "yearly") if getattr(self, k) is not None]
        if len(given) != 1:
            raise refuse(
                f"admissions give {' and '.join(given) or 'no number'}",
                "give exactly one of rate, cumulative, yearly",
            )
        if self.rate is None and (self.from_ or self.until):
            raise refuse(f"from and until do not go with {given[0]}", "put them beside a rate")
        if self.rate is not None and self.then is not None:
            raise refuse(
                "then does not go with rate", "take it out, or change the rate by a measure"
            )
        if self.from_ and self.until and self.until <= self.from_:
            raise refuse("admissions end before they begin", "let until be later than from")
        if not self.rate and not self.points:
            raise refuse(f"{given[0]} is empty", "give at least one count")
        if self.cumulative is not None:
            self._no_fall()
        self._course()
        return self

    def _course(self) -> None:
        for key in ("trend", "season", "dispersion"):
            if getattr(self, key) is not None and self.rate is None and self.then is None:
                raise refuse(f"{key} has no rate to act on", "give then, or take it out", key)
        if self.season is None:
            return
        if len(self.season) != 12:
            wrong = f"the season has {len(self.season)} factors"
            raise refuse(wrong, "give twelve, January to December", "season")
        mean = sum(factor.value for factor in self.season) / 12
        if abs(mean - 1) > 1e-9:
            wrong = f"the season's factors have the mean {mean:.10g}, not 1"
            raise refuse(wrong, f"let them sum to 12, not {12 * mean:.10g}", "season")

    def _no_fall(self) -> None:
        points = self.points
        for (_, before), (day, now) in pairwise(points):
            if now.value < before.value:
                raise refuse(
                    f"the running total falls on {day} from {before.text} to {now.text}",
                    "a running total only grows: correct it, or give yearly counts",
                    "cumulative",
                    str(day),
                )

    @property
    def kind(self) -> Literal["rate", "cumulative", "yearly"]:
        """Which of the three it is."""
        if self.rate is not None:
            return "rate"
        return "cumulative" if self.cumulative is not None else "yearly"

    @property
    def points(self) -> tuple[tuple[dt.date | int, Quantity], ...]:
        """Observed counts by date or year, ascending; empty for a rate."""
        if self.cumulative is not None:
            return tuple(sorted(self.cumulative.items()))
        return tuple(sorted((self.yearly or {}).items()))


class Served(Part):
    """People held in a stage at the start, and the time they have been there already."""

    people: People
    """How many."""
    served: Stay
    """The law of the time already spent in the stage (or at liberty); how much longer they stay
    follows from the stage's law for those who have stayed so long, and whoever has outstayed it
    leaves on the first day. Without it longer stays are the likelier to be met with, as a census of
    a steady population under the stage's risks meets them."""

    @property
    def value(self) -> float:
        """How many people."""
        return self.people.value

    @property
    def low(self) -> float | None:
        """The fewest, where the number has a range."""
        return self.people.low

    @property
    def high(self) -> float | None:
        """The most, where the number has a range."""
        return self.people.high


def _held_tag(raw: object) -> str:
    known = isinstance(raw, Served) or (
        isinstance(raw, dict) and bool({"people", "served"} & {*raw})
    )
    return "people and time served" if known else "people alone"


StageStock = Annotated[
    Annotated[People, Tag("people alone")] | Annotated[Served, Tag("people and time served")],
    Discriminator(_held_tag),
]


def _stock_tag(raw: object) -> str:
    return "by stage" if isinstance(raw, dict) and "value" not in raw else "one number"


Stock = Annotated[
    Annotated[People, Tag("one number")] | Annotated[dict[Name, StageStock], Tag("by stage")],
    Discriminator(_stock_tag),
]


class EarlyRelease(Part):
    """A rule that lets people out early when places are short: those soonest at their end first."""

    stages: tuple[Name, ...]
    """Stages of the system's pathways that it applies to."""
    within: DaysOfRun
    """At most this long before the end of the stay, in days rounded up."""


class Group(Part):
    """A class of prisoners with the same parameters."""

    title: Text | None = None
    """A name to show; default: the id."""
    stock: Stock | None = None
    """People held at the start: one number, spread as in a steady state without queues and credit;
    or one by stage, there perhaps with the time they have served. Under a way out that has returns:
    people at liberty who will come back. A draw is rounded to the nearest whole person. Default
    none."""
    admissions: Admissions | None = None
    """People who arrive; default none."""
    pathway: Name
    """The pathway they take."""
    attributes: dict[Name, Text] = Field(default_factory=dict)
    """Free words about everybody in the group; the law reads citizenship and offence."""
    shares: dict[Name, dict[Name, Share]] = Field(default_factory=dict)
    """The mix of an attribute within the group; each mix sums to 1. The law reads every part of it
    as it reads an attribute; `unknown` and `unspecified` say nothing."""
    facilities: tuple[Name, ...] | None = None
    """Where they may be held, in the order in which they are tried; default: every facility of the
    system, in the order of their names."""
    distances: dict[Name, Distance] = Field(default_factory=dict)
    """How far from home each facility is, for `placement: nearest`."""
    security: Name | None = None
    """The least level of security they need, one of the system's; default: any will do."""
    costs: GroupCosts | None = None
    """What they cost, where that differs from the system's average."""
    notes: tuple[Note, ...] = ()
    """Statements with their sources, not computed with."""

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
    YesNo,
    refuse,
)
from bedspace.scenario.values.weekdays import WEEKDAYS, Weekday

WAYS_OUT = ("released", "removed", "died", "escaped")
"""How custody ends for good, or until a return."""


class Note(Part):
    """A known fact that no other key holds. It is kept and shown, and never used in
    calculations."""

    text: Text
    """The statement, in our own words."""
    source: Name | None = None
    """An id under `sources`."""
    quote: Text | None = None
    """The few words of the source that state it."""
    grade: Grade | None = None
    """official, reported, secondary, derived or assumption."""


class Returns(Part):
    """Return to custody after a release: the same person begins a new spell."""

    share: Share
    """Share of those released who ever come back."""
    after: Stay
    """Time that those who come back spend at liberty."""
    to: Name | None = None
    """The stage they come back to; no other stage need lead to it. Default: where the pathway
    begins."""


class NoRelease(Part):
    """Days on which nobody is let out, and when those due on one of them leave. A bare list in the
    file means a map with `days` alone."""

    days: tuple[Weekday, ...] = ()
    """Days of the week."""
    dates: tuple[Day, ...] = ()
    """Single days, such as public holidays; those outside the run do nothing."""
    instead: Literal["before", "after"] = "before"
    """`before`: on the last day before that is none of them, though not before the day of entering
    the stage; whoever has entered since then is held until the next such day. `after`: held until
    the next such day."""

    @model_validator(mode="after")
    def _some_day_is_left(self) -> NoRelease:
        if not self.days and not self.dates:
            raise refuse("no day is named", "name days, like [sat, sun], or take it out")
        listed: tuple[tuple[str, tuple[object, ...]], ...]
        listed = (("days", self.days), ("dates", self.dates))
        for key, given in listed:
            for i, day in enumerate(given):
                if day in given[:i]:
                    raise refuse(f"{day} is listed twice", "take one of them out", key, str(i))
        if len(self.days) == len(WEEKDAYS):
            raise refuse("nobody is ever let out", "leave a day of the week free", "days")
        return self


class Stage(Part):
    """One custody status on a pathway. Under the name of a way out, it describes what follows that
    way out."""

    title: Text | None = None
    """A name to show."""
    stay: Stay | None = None
    """How long the stage lasts, before `share` applies. Only a stage that `ends_with` a sentence
    may have none."""
    share: Share | None = None
    """Share of the stay that is served; default 100 %."""
    good_time: Share | None = None
    """Share of that time that is remitted for good conduct; default: none."""
    minimum: Days | None = None
    """Shortest time that is served, whatever `share` and `good_time` give. A stay that is shorter
    is served in full. Days that `credit` counts are included. Default: none."""
    credit: Share | None = None
    """Share of the days already spent inside in this spell that is deducted; default: none."""
    sentence: Name | None = None
    """The stage whose sentence continues in this one: a person who had a long stay there has a long
    stay here."""
    ends_with: Name | None = None
    """The stage whose whole sentence, before `share` and `good_time`, ends this stage at the
    latest. Days inside since the sentence began count towards it, and of those before it the share
    that is its `credit`. Who is released from that sentence returns to this stage only while it
    lasts, and nobody returns to it who is released from another. Without `stay`, people are held
    until the sentence ends. A stock found in this stage is not bounded, as nobody knows its
    sentences."""
    licence_counts: YesNo | None = None
    """With `ends_with`: whether days at liberty before a return to this stage count towards the
    sentence (default), or it stands still."""
    exits: dict[Name, Share] | None = None
    """Where the stage leads: stages or ways out, each with its share; default: all are released."""
    risks: dict[Name, AnnualRisk] | None = None
    """Ways out that may occur at any time, each with the share of those held who leave by it within
    a year. A share s is a constant hazard of -ln(1 - s) / 365.25 a day, for as long as a person is
    in the stage. A person who waits for a hearing is at risk until the hearing."""
    status: CustodyStatus | None = None
    """remand, sentenced, recalled, indefinite or immigration; default: the stage's own name."""
    queue: Name | None = None
    """The hearing that must take place before anybody leaves the stage."""
    no_release_on: NoRelease | None = None
    """Days on which the end of the stay lets nobody out of custody, such as weekends. Death, escape
    and other `risks` come on any day, and people move on to another stage in custody on any day.
    The release may come before `minimum`. Default: none."""
    facilities: tuple[Name, ...] | None = None
    """Facilities that hold this stage; default: those of the group."""
    returns: Returns | None = None
    """Only under released, removed or escaped: who comes back, and when."""


Pathway = dict[Name, Stage]


class Admissions(Part):
    """How many people arrive, and when: a rate, or observed counts. A bare rate in the file means a
    map with `rate` alone."""

    rate: Rate | None = None
    """People a day (or a year), the same on every day."""
    cumulative: dict[Day, People] | None = None
    """Observed running totals by date, from 0 at the scenario's start. Each total includes its own
    day. Arrivals between two dates are spread evenly."""
    yearly: dict[Year, People] | None = None
    """Observed counts by calendar year, spread evenly over it."""
    then: Rate | None = None
    """The rate after the last observed date or year; default 0."""
    from_: Day | None = Field(default=None, alias="from")
    """With `rate`: first day of arrivals; default: the scenario's start."""
    until: Day | None = None
    """With `rate`: end of arrivals, exclusive; default: the scenario's end."""
    trend: Growth | None = None
    """Yearly growth of the rate (or of `then`), compounded from the start by calendar month."""
    season: tuple[Number, ...] | None = None
    """Twelve factors that multiply the rate (or `then`), January to December; their mean is 1."""
    dispersion: Dispersion | None = None
    """Variance of the daily counts at that rate, divided by their mean. Default 1 (Poisson); above
    1 the counts are negative binomial."""

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
    """People held in a stage at the start, and the time they have already spent there."""

    people: People
    """Number of people."""
    served: Stay
    """The law of the time already spent in the stage (or at liberty). The remaining time follows
    from the stage's own law, given the time already spent. Anybody who has stayed longer than that
    law allows leaves on the first day. In a stock without `served`, longer stays are more likely,
    as in a census of a steady population under the stage's risks."""

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
    """A rule that releases people early when places are short. Those nearest the end of their stay
    are released first."""

    stages: tuple[Name, ...]
    """Stages of the system's pathways that it applies to."""
    within: DaysOfRun
    """Longest time before the end of the stay at which people may be released, rounded up to whole
    days."""


class PlannedRelease(Part):
    """People who are let out on one day, before their stay ends: an amnesty, or a planned release.
    They leave by the way by which they would have left; whoever would have gone on to another stage
    in custody, by one of the ways out of the stage, by their shares. Whoever comes into custody, or
    is brought home, on that day is not among them."""

    title: Text | None = None
    """A name to show; default: the id."""
    on: Day
    """The day on which they leave, whatever day it is."""
    stages: tuple[Name, ...]
    """Stages of the system's pathways in which people are let out."""
    groups: tuple[Name, ...] | None = None
    """Whose people are let out; default: every group with such a stage."""
    people: People | None = None
    """How many are let out; all, if there are fewer. Default: all."""
    within: DaysOfRun | None = None
    """Longest time before the end of the stay in the stage at which people are let out, rounded up
    to whole days. Default: any."""
    first: Literal["soonest", "longest", "lot"] = "soonest"
    """Who goes first: soonest (nearest to the end of the stay, the default), longest (in the stage)
    or lot (anybody)."""
    final: YesNo = False
    """`true`: nobody returns after it. `false` (the default): people return as after any other
    release, only earlier; where their sentence goes on (`ends_with`), they are on licence."""


class Group(Part):
    """A class of prisoners with the same parameters."""

    title: Text | None = None
    """A name to show; default: the id."""
    stock: Stock | None = None
    """People held at the start: one number, or a number for each stage. One number is spread over
    the stages as in a steady state without queues and credit. A number for a stage may be given
    with the time already served. Under a way out that has returns, it is the number of people at
    liberty who will come back. A draw is rounded to the nearest whole person. Default: none."""
    admissions: Admissions | None = None
    """People who arrive; default: none."""
    pathway: Name
    """The pathway they take."""
    attributes: dict[Name, Text] = Field(default_factory=dict)
    """Freely chosen words that describe everybody in the group; the rules of law read citizenship
    and offence."""
    shares: dict[Name, dict[Name, Share]] = Field(default_factory=dict)
    """The mix of an attribute within the group; the shares of each mix sum to 1. The rules of law
    read every part of a mix as they read an attribute; `unknown` and `unspecified` give no
    information."""
    facilities: tuple[Name, ...] | None = None
    """Where they may be held, in the order in which they are tried; default: every facility of the
    system, in the order of their names."""
    distances: dict[Name, Distance] = Field(default_factory=dict)
    """How far from home each facility is, for `placement: nearest`."""
    security: Name | None = None
    """The lowest level of security at which they may be held, one of the system's levels; default:
    any level."""
    costs: GroupCosts | None = None
    """What they cost, where that differs from the system's average."""
    notes: tuple[Note, ...] = ()
    """Statements with their sources; not used in calculations."""

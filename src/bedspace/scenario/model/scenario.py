"""The scenario as a whole. Attribute names are the keys of the file; `from` becomes `from_`.

Everything is frozen. Every number is a Quantity, every map is keyed by id in file order.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Literal

from pydantic import Field, PrivateAttr

from bedspace.exceptions import BedspaceError
from bedspace.rules import law
from bedspace.rules.law import CUSTODY_STATUSES, Route
from bedspace.scenario.model.agreements import Agreement, Assumption, Eligible, EndsEarly, Remaining
from bedspace.scenario.model.costs import Building, FacilityCosts, GroupCosts, SystemCosts, Wings
from bedspace.scenario.model.custody import (
    WAYS_OUT,
    Admissions,
    EarlyRelease,
    Group,
    Note,
    Pathway,
    Returns,
    Served,
    Stage,
)
from bedspace.scenario.model.estate import (
    Cells,
    Elsewhere,
    Facility,
    Held,
    Observation,
    Regime,
    Staff,
    System,
)
from bedspace.scenario.model.fees import FEE_KINDS, Bearer, Bears, EarlyEnd, FeePart, Minimum
from bedspace.scenario.model.hearings import Hearing, Sitting
from bedspace.scenario.model.own_law import OwnRoute
from bedspace.scenario.model.renewals import Renewal
from bedspace.scenario.model.series import Pair, Prices, Series
from bedspace.scenario.model.stays import Stay
from bedspace.scenario.reading.trees import Origin
from bedspace.scenario.values.quantities import Dispute, Grade, Quantity
from bedspace.scenario.values.typed import (
    AnyNumber,
    Count,
    Day,
    Flag,
    Name,
    Part,
    PartialDay,
    Text,
    YesNo,
    YesNoCited,
)


class Source(Part):
    """Where a number comes from."""

    title: Text
    """Title of the work."""
    publisher: Text
    """Who published it."""
    date: PartialDay | None = None
    """When it was published: a year, a month or a day."""
    address: Text | None = None
    """Where it can be found."""
    accessed: Day | None = None
    """When it was read."""
    licence: Text | None = None
    """The terms on which it may be used."""
    note: Text | None = None
    """Anything that a reader must know about it."""


class Measure(Part):
    """A change of numbers on a given date during the run."""

    title: Text | None = None
    """A name to show; default: the id."""
    on: Day
    """The first day of the change."""
    until: Day | None = None
    """The day it ends, exclusive; default: it does not end."""
    renewed: Renewal | None = None
    """How often it must be renewed, and the chance of each renewal; default: it needs no
    renewal."""
    set: dict[Text, Any]
    """path -> value; each may have evidence."""
    tranches: dict[Day, tuple[Text, ...]] = Field(default_factory=dict)
    """date -> the paths of `set` whose change begins on that day; the others begin on `on`."""
    reach: Literal["new", "inside", "admitted"] = "new"
    """Whom it affects: new (people who enter the stage from that day on, the default), inside (also
    those already there) or admitted (people admitted to custody from that day on, whenever they
    enter the stage; who was admitted before keeps the law before)."""
    notes: tuple[Note, ...] = ()
    """Statements with their sources; not used in calculations."""

    def begins(self, path: str) -> dt.date:
        """The day on which it sets `path`, one of those in `set`."""
        return next((day for day, paths in self.tranches.items() if path in paths), self.on)

    @property
    def ends(self) -> dt.date | None:
        """The day on which it ends or lapses, exclusive; None where it stays."""
        if self.renewed is None or self.renewed.lasts is None:
            return self.until
        lapses = self.on + dt.timedelta(self.renewed.lasts)
        return lapses if self.until is None else min(self.until, lapses)


class Variant(Part):
    """The same scenario with some parts removed or changed from the beginning."""

    title: Text | None = None
    """A name to show; default: the id."""
    summary: Text | None = None
    """The question that it asks."""
    without: tuple[Text, ...] = ()
    """Paths that are removed."""
    set: dict[Text, Any] = Field(default_factory=dict)
    """path -> value, for any number, date, word or list."""


class Context(Part):
    """Evidence that is never an input. It is recorded and shown with its limits, and not used in
    calculations."""

    id: Name
    """A name for it."""
    statement: Text
    """What is said, in our own words."""
    value: AnyNumber | None = None
    """The number in it, if there is one."""
    sample: Count | None = None
    """Number of people asked."""
    sampling: Text | None = None
    """How they were chosen."""
    source: Name | None = None
    """An id under `sources`."""
    quote: Text | None = None
    """The few words of the source that state it."""
    grade: Grade | None = None
    """official, reported, secondary, derived or assumption."""
    use: Text | None = None
    """What it may be used for."""
    never_before: YesNo = False
    """`true` where it says that something like the agreement was never done before: `bedspace
    agreements` sets beside it the agreements that began earlier. Default: no."""
    note: Text | None = None
    """What a reader must know."""


class Compared(Part):
    """Marks a real agreement. `bedspace agreements` compares it with the others and shows these
    statements."""

    among: Literal["agreements", "apart"] = "agreements"
    """Where it is shown: with the agreements on prison places (the default), or apart, because it
    holds other people for other reasons."""
    used: Name | None = None
    """The variant that shows it as it was used; default: the file as written."""
    state: Text
    """Its present state, in a few words."""
    promised: Note
    """What was promised."""
    paid: Note
    """What was paid."""
    eligible: Note
    """Who could be sent."""
    ended: Note
    """How it ended, or its present state."""


class Scenario(Part):
    """One file, read and checked: what `load` returns."""

    bedspace: Literal["1"]
    """Version of the language: 1."""
    title: Text
    """What it is about, in one line."""
    summary: Text | None = None
    """What it is about, in one paragraph."""
    start: Day
    """The first day of the run."""
    end: Day
    """The end of the run, exclusive."""
    sources: dict[Name, Source] = Field(default_factory=dict)
    """Where the numbers come from, by id."""
    systems: dict[Name, System]
    """Prison systems, by id. Paths leave out `systems.`."""
    agreements: dict[Name, Agreement] = Field(default_factory=dict)
    """Rented places, by id."""
    measures: dict[Name, Measure] = Field(default_factory=dict)
    """Dated changes, by id. After loading, `set` holds Quantities by full path."""
    law: tuple[OwnRoute, ...] = ()
    """The scenario's own routes, in addition to the shipped ones. Each is a law file beside this
    one, or is written out (docs/law.md). After loading they are all written out."""
    variants: dict[Name, Variant] = Field(default_factory=dict)
    """Other versions of the same scenario, by id."""
    compared: Compared | None = None
    """What the comparison of real agreements shows of it; only for agreements that were really
    made."""
    discounting: tuple[Text, ...] = ()
    """Public discount rates for valuing later years, by their ids. Default: the rates of the two
    countries that were in force when an agreement began. Of each country these are the rates made
    for comparing costs, or its other rates if it has none. If neither country has a rate, all rates
    in force on that day are used."""
    context: tuple[Context, ...] = ()
    """Evidence that is never an input."""
    notes: tuple[Note, ...] = ()
    """Statements with their sources; not used in calculations."""
    indices: dict[Name, Series] = Field(default_factory=dict)
    """Price indices, by id."""
    exchange: dict[Pair, Series] = Field(default_factory=dict)
    """Exchange rates, by pair: `EUR/NOK` is the value of one EUR in NOK."""
    purchasing_power: dict[Pair, Series] = Field(default_factory=dict)
    """Purchasing power parities, by pair, written as in `exchange`."""
    prices: Prices | None = None
    """The year in whose prices money is also shown; default: none."""
    offences: dict[Name, dict[Name, YesNoCited]] = Field(default_factory=dict)
    """What the law asks about the offences that groups name: offence -> attribute -> yes or no. An
    attribute that is not given is not known. An offence called `violent` is known to be violent."""

    _origin: Origin = PrivateAttr(default_factory=Origin)
    _setting: Callable[[Scenario, Mapping[str, Any]], Scenario] | None = PrivateAttr(default=None)
    """What checks and makes it again with other values: given by the room that loads it."""

    @property
    def name(self) -> str:
        """The shipped name, or the stem of the file; behind it, in brackets, what was set."""
        told = ", ".join(f"{path} = {_brief(value)}" for path, value in self.settings.items())
        return f"{self._origin.name} ({told})" if told else self._origin.name

    @property
    def variant(self) -> str | None:
        """The variant that was asked for, or None for the file as written."""
        return self._origin.variant

    @property
    def source(self) -> str:
        """The shipped name or file that it was loaded from; empty when it was made of a tree."""
        return self._origin.source

    @property
    def raw(self) -> dict[str, Any]:
        """The resolved scenario as plain maps, lists and texts: extended, variant applied.

        `from_raw` makes the same scenario of it again. Values set by `with_values` are not in it.
        """
        return self._origin.raw

    @property
    def settings(self) -> dict[str, Any]:
        """What `with_` set in it, by path."""
        return dict(self._origin.settings)

    def with_(self, settings: Mapping[str, Any]) -> Scenario:
        """The same scenario with other values at some paths: {"homeland.costs.marginal": "30 %"}.

        It is checked whole, as a variant is; ScenarioError with a line for each mistake. A
        comparison with a baseline that is named sets the same there, where it has the paths.
        """
        if self._setting is None:
            raise BedspaceError("only a scenario that was loaded takes settings")
        return self._setting(self, settings)

    @property
    def routes(self) -> dict[str, Route]:
        """Every legal route there is for its agreements, by id: the shipped ones and its own."""
        return {**law.routes(), **{route.id: route for route in self.law}}

    def where(self, path: str) -> str:
        """ "file:line:col" of the value at `path`, or of the nearest thing around it."""
        return self._origin.where(path)


def _brief(value: Any) -> str:
    """A value that was set, in few words."""
    text = str(value.get("value", "a map")) if isinstance(value, Mapping) else str(value)
    return text if len(text) <= 40 else f"{text[:37]}..."


__all__ = [
    "CUSTODY_STATUSES",
    "FEE_KINDS",
    "WAYS_OUT",
    "Admissions",
    "Agreement",
    "Assumption",
    "Bearer",
    "Bears",
    "Building",
    "Cells",
    "Compared",
    "Context",
    "Dispute",
    "EarlyEnd",
    "EarlyRelease",
    "Eligible",
    "Elsewhere",
    "EndsEarly",
    "Facility",
    "FacilityCosts",
    "FeePart",
    "Flag",
    "Grade",
    "Group",
    "GroupCosts",
    "Hearing",
    "Held",
    "Measure",
    "Minimum",
    "Note",
    "Observation",
    "Pathway",
    "Prices",
    "Quantity",
    "Regime",
    "Remaining",
    "Renewal",
    "Returns",
    "Scenario",
    "Series",
    "Served",
    "Sitting",
    "Source",
    "Staff",
    "Stage",
    "Stay",
    "System",
    "SystemCosts",
    "Variant",
    "Wings",
]

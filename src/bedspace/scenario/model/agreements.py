"""Agreements: places that one system rents in another, who may be sent, and what is paid."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from bedspace.scenario.model.custody import Note
from bedspace.scenario.model.estate import Held
from bedspace.scenario.model.fees import Bears, EarlyEnd, FeePart
from bedspace.scenario.model.ramps import Ramp
from bedspace.scenario.model.renewals import Renewal
from bedspace.scenario.values.typed import Day, Days, Name, Part, Places, Rate, Share, Text


class EndsEarly(Part):
    """An end before the term."""

    on: Day
    """The day it ends (nobody is held under it from then on)."""
    then: Literal["return", "leave"] = "return"
    """What becomes of those held: return (to the sending system) or leave (custody ends)."""


class Remaining(Part):
    """Bounds on what is left of the stay."""

    min: Days | None = None
    """At least this much of the stay must be left, in days rounded up."""


class Eligible(Part):
    """Who may be sent."""

    groups: tuple[Name, ...]
    """Groups of the sending system."""
    stages: tuple[Name, ...]
    """Stages of their pathways."""
    remaining: Remaining | None = None
    """How much of the stay must be left."""


class Assumption(Part):
    """A gate taken as passed, for a what-if; stamped on every output."""

    gate: Text
    """route/gate, as the rules of law name it."""
    reason: Text
    """Why it is assumed."""


class Agreement(Part):
    """Places rented by one system in a facility of another."""

    title: Text | None = None
    """A name to show; default: the id."""
    sending: Name
    """The system that sends."""
    receiving: Name
    """The system that receives."""
    facility: Name
    """The facility of the receiving system; rented places are within its room."""
    places: Places
    """Places rented."""
    ramp: Ramp | None = None
    """How they become available: places (or a share of them) by date, none before the first; or the
    time from none to all, read off an even growth on the first day of every month. Default: all at
    once."""
    from_: Day = Field(alias="from")
    """First day of the term."""
    until: Day
    """End of the term, exclusive."""
    ends_early: EndsEarly | None = None
    """An end before the term."""
    renewal: Renewal | None = None
    """How often it must be renewed, and with what chance; `at_end` says what follows a lapse."""
    at_end: Literal["return", "leave"] = "return"
    """What becomes of those held at the end: return (to a place at home; the default) or leave
    (custody ends)."""
    eligible: Eligible
    """Who may be sent."""
    selection: Share | None = None
    """Share of those eligible who pass selection; default 100 %."""
    consent: Share | None = None
    """Share who consent; default 100 %. It thins out everybody who may be sent, also those whose
    route asks nobody: where routes differ in this, give each an agreement of its own."""
    blocked: Share | None = None
    """Share blocked by courts or another legal bar; default 0 %."""
    delay: Days | None = None
    """Time from becoming eligible to being sent; default none."""
    transfers: Rate | None = None
    """Most people moved a day; default: no limit."""
    return_before_release: Days | None = None
    """Brought home this long before release, in days rounded up; default: released from the rented
    place."""
    lawful_gate: Literal["enforce"] = "enforce"
    """Groups barred on every route are not sent, unless each barring gate is assumed."""
    routes: tuple[Text, ...] = ()
    """Legal routes asked, by their ids in the rules of law."""
    law_on: Day | None = None
    """The date of the law that is asked; default: `from`."""
    assume: tuple[Assumption, ...] = ()
    """Gates taken as passed."""
    refilled: Share | None = None
    """Share of the places freed at home that are filled again with others, who cost as much;
    default 0 %."""
    fee: tuple[FeePart, ...] = ()
    """What the sending system pays, in parts of one currency."""
    early_end: EarlyEnd | None = None
    """What is owed or returned if it ends before its term; default: nothing."""
    bears: Bears = Bears()
    """Who bears what beside the fee."""
    in_force: Share | None = None
    """Probability that it enters into force at all; default 100 %."""
    observed: tuple[Held, ...] = ()
    """What became of it in reality; never an input."""
    notes: tuple[Note, ...] = ()
    """Statements with their sources, not computed with."""

    @property
    def ended(self) -> tuple[dt.date, Literal["return", "leave"]]:
        """The day it ends (early, by a lapse that was drawn, or with its term), exclusive, and what
        becomes of those held then."""
        end, then = self.until, self.at_end
        if self.ends_early is not None and self.ends_early.on <= end:
            end, then = self.ends_early.on, self.ends_early.then
        if self.renewal is not None and self.renewal.lasts is not None:
            lapses = self.from_ + dt.timedelta(self.renewal.lasts)
            if lapses < end:
                end, then = lapses, self.at_end
        return end, then

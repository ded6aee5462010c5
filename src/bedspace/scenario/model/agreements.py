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
    """An end before the end of the term."""

    on: Day
    """The day it ends (nobody is held under it from then on)."""
    then: Literal["return", "leave"] = "return"
    """What happens to those held: return (to the sending system) or leave (custody ends)."""


class Remaining(Part):
    """How much of the stay must be left."""

    min: Days | None = None
    """Shortest time that must be left of the stay, rounded up to whole days."""


class Eligible(Part):
    """Who may be sent."""

    groups: tuple[Name, ...]
    """Groups of the sending system."""
    stages: tuple[Name, ...]
    """Stages of their pathways."""
    remaining: Remaining | None = None
    """How much of the stay must be left."""


class Assumption(Part):
    """A gate that is assumed to be passed, for a what-if question. Every output is marked with
    it."""

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
    """The facility of the receiving system; the rented places are part of its capacity."""
    places: Places
    """Places rented."""
    ramp: Ramp | None = None
    """How the places become available: either places (or a share of them) by date, none before the
    first date; or the time from none to all, where the number grows evenly and changes on the first
    day of each month. Default: all at once."""
    from_: Day = Field(alias="from")
    """First day of the term."""
    until: Day
    """End of the term, exclusive."""
    ends_early: EndsEarly | None = None
    """An end before the end of the term."""
    renewal: Renewal | None = None
    """How often it must be renewed, and the chance of each renewal; `at_end` says what happens if
    it lapses."""
    at_end: Literal["return", "leave"] = "return"
    """What happens to those held at the end: return (to a place at home; the default) or leave
    (custody ends)."""
    eligible: Eligible
    """Who may be sent."""
    selection: Share | None = None
    """Share of those eligible who pass selection; default 100 %."""
    consent: Share | None = None
    """Share who consent; default 100 %. It applies to everybody who may be sent, including those
    whose route requires no consent. Where routes differ in this, give each route its own
    agreement."""
    blocked: Share | None = None
    """Share blocked by courts or another legal bar; default 0 %."""
    delay: Days | None = None
    """Time from becoming eligible to being sent; default none."""
    transfers: Rate | None = None
    """Highest number of people moved a day; default: no limit."""
    return_before_release: Days | None = None
    """How long before release people are brought home, rounded up to whole days; default: they are
    released from the rented place."""
    lawful_gate: Literal["enforce"] = "enforce"
    """Groups that are barred on every route are not sent, unless each gate that bars them is
    assumed to be passed."""
    routes: tuple[Text, ...] = ()
    """Legal routes to be assessed, by their ids in the rules of law."""
    law_on: Day | None = None
    """The date as of which the law is read; default: `from`."""
    assume: tuple[Assumption, ...] = ()
    """Gates that are assumed to be passed."""
    refilled: Share | None = None
    """Share of the places freed at home that are filled again by other people, who cost as much;
    default 0 %."""
    fee: tuple[FeePart, ...] = ()
    """What the sending system pays, in parts of one currency."""
    early_end: EarlyEnd | None = None
    """What is owed or refunded if it ends before the end of its term; default: nothing."""
    bears: Bears = Bears()
    """Who bears which costs and risks other than the fee."""
    in_force: Share | None = None
    """Probability that it enters into force at all; default 100 %."""
    observed: tuple[Held, ...] = ()
    """What was observed of it; never an input."""
    notes: tuple[Note, ...] = ()
    """Statements with their sources; not used in calculations."""

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

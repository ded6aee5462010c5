"""What the law room speaks of: facts about people, routes and their gates, verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from bedspace.exceptions import BedspaceError
from bedspace.rules import countries
from bedspace.rules.reading import TO_VERIFY
from bedspace.rules.standards.model import Reading

CustodyStatus = Literal["remand", "sentenced", "recalled", "indefinite", "immigration"]
CUSTODY_STATUSES: tuple[CustodyStatus, ...] = get_args(CustodyStatus)
"""What somebody may be held as."""

VERDICT_STATUSES = ("permitted", "needs", "unsettled", "barred")
"""From best to worst: lawful; lawful once something named is had; nobody can say yet; unlawful."""


@dataclass(frozen=True)
class Facts:
    """What is known of one group of people and of the move intended for them.

    None is "not known" everywhere and never counts in the mover's favour. `citizenship` is a
    word, several joined by "+", or a set of them (`bedspace.rules.countries.citizenships`).
    Raises BedspaceError on a custody status that is none of CUSTODY_STATUSES.
    """

    sending_country: str
    receiving_country: str
    citizenship: str | frozenset[str] | None = None
    custody_status: str | None = None  # one of CUSTODY_STATUSES
    violent: bool | None = None  # serving for a violent offence
    offence: Mapping[str, bool] = field(default_factory=dict)
    """What else is known of that offence: attribute -> yes or no."""
    lawful_resident: bool | None = None  # of the sending country: an alien, whatever the passport
    removal_order: bool | None = None  # a final order of removal or expulsion
    consent: bool | None = None  # given, verified and irrevocable
    final_judgment: bool | None = None
    appeal_pending: bool | None = None
    double_criminality: bool | None = None  # the act is a crime in both countries
    days_left: float | None = None  # of the sentence
    return_days: float | None = None  # brought home so many days before release
    transfer_treaty: bool | None = None  # in force; asked only where the register is silent
    parties: Mapping[str, bool] = field(default_factory=dict)
    """Treaty of the register -> both are parties; asked only where the register is silent."""
    lease_treaty: bool | None = None  # on renting places, in force between the two
    parliaments_approve: bool | None = None  # both
    states_agree: bool | None = None  # both, to this person's transfer
    recognised: bool | None = None  # the receiving court has taken the sentence over
    persecution_risk: bool | None = None  # life or freedom threatened, as a person was found
    torture_risk: bool | None = None  # substantial grounds, as a person was found
    ill_treatment_risk: bool | None = None  # a real risk of it, as conditions and person were found
    notice_given: bool | None = None  # in time, with a real chance to be heard by a court
    host_notified: bool | None = None  # the receiving authorities, in time
    habitable: bool | None = None  # the facility meets the sender's minimum of health and so on
    care_secured: bool | None = None  # the sender's duty of care is carried on abroad
    operator: str | None = None  # of the facility: public or private
    cell: str | None = None  # "shared cell" or "single cell"
    measures: Mapping[str, Reading] = field(default_factory=dict)
    """What is known of conditions in the facility, as `bedspace.rules.standards` names it."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    """Whatever else is said of the people: word -> yes, no or another word."""

    def __post_init__(self) -> None:
        if self.custody_status is not None and self.custody_status not in CUSTODY_STATUSES:
            raise BedspaceError(
                f"custody status {self.custody_status!r} is none of {', '.join(CUSTODY_STATUSES)}"
            )

    @property
    def sending(self) -> str:
        """Id of the sending country, or of the state within one."""
        return countries.country(self.sending_country)

    @property
    def receiving(self) -> str:
        """Id of the receiving country, or of the state within one."""
        return countries.country(self.receiving_country)

    @property
    def countries(self) -> frozenset[str] | None:
        """Ids of the countries of citizenship; None when nothing is known."""
        found = countries.citizenships(self.citizenship)
        if found is None or countries.CITIZEN not in found:
            return found
        return found - {countries.CITIZEN} | {countries.nation(self.sending)}


@dataclass(frozen=True)
class Delay:
    """How long what is needed takes to be had: `low` to `high` days, and who says so."""

    low: int
    high: int
    source: str
    grade: str


@dataclass(frozen=True)
class Case:
    """One answer of a gate: if every question in `when` has the answer given, `then` holds.

    A question that nobody can answer fits no case. `because` is in plain words, in which
    "{sending}" and "{receiving}" stand for the countries. Only what is needed has a `delay`.
    """

    when: Mapping[str, object]
    then: str
    because: str
    delay: Delay | None = None


@dataclass(frozen=True)
class Text:
    """The law of a gate from a date on (None: for as long as this table reaches).

    `decided` is the day on which a court said what that law is: a judgment declares law that was
    already in force, so `since` is the day of the rule and not of the judgment. None: it stands in
    the cited instrument. `note` is what a reader must know of it, `address` where its words were
    read.
    """

    since: date | None
    since_grade: str
    citation: str
    binds: tuple[str, ...]
    grade: str
    cases: tuple[Case, ...]
    otherwise: Case
    note: str = ""
    address: str = ""
    decided: date | None = None


@dataclass(frozen=True)
class Gate:
    """One condition on a route. `texts` by date, oldest first; the last one in force decides.

    An absolute gate can never be assumed away. `before` is what holds while no text is in force;
    without it the gate is silent then.
    """

    id: str
    title: str
    absolute: bool
    texts: tuple[Text, ...]
    before: Case | None = None


@dataclass(frozen=True)
class Route:
    """A legal way to send people to another country's prisons: its gates, in order."""

    id: str
    title: str
    summary: str
    gates: tuple[Gate, ...]

    @property
    def citations(self) -> tuple[str, ...]:
        """Every citation of its gates, once, in order."""
        return tuple(dict.fromkeys(t.citation for g in self.gates for t in g.texts))

    @property
    def binds(self) -> tuple[str, ...]:
        """Everybody whom one of its gates binds, once, in order."""
        return tuple(dict.fromkeys(b for g in self.gates for t in g.texts for b in t.binds))


@dataclass(frozen=True)
class Finding:
    """What one gate says of one set of facts.

    `as_of` is the date from which this law applies (None: undated) and `until` the day from which
    a later text does (None: this is the last one known). `declared` is the day of the judgment
    that said so, where that came after the day asked: whoever acted on the day could not have read
    it. `delay` is None where nothing is needed and where nobody knows. The grades are those of
    `bedspace.rules.reading.GRADES`, of the rule and of its date.
    """

    gate_id: str
    title: str
    status: str
    words: str
    citation: str
    as_of: date | None
    as_of_grade: str
    until: date | None
    binds: tuple[str, ...]
    grade: str
    delay: Delay | None
    absolute: bool
    said: str = ""
    declared: date | None = None

    @property
    def note(self) -> str:
        """What has to be said beside it: that it was not re-read, that a court said so only later,
        and what a reader must know."""
        dated = f"its date {TO_VERIFY}" if self.as_of and self.as_of_grade == "assumption" else ""
        verify = TO_VERIFY if self.grade == "assumption" else dated
        later = f"decided on {self.declared}, after the day asked" if self.declared else ""
        return "; ".join(part for part in (verify, later, self.said) if part)


@dataclass(frozen=True)
class Verdict:
    """What one route says of one set of facts under the law in force on `on`.

    Its status is the worst of its findings, one for each gate in force, in the route's order.
    """

    route: str
    on: date
    status: str
    findings: tuple[Finding, ...]

    @property
    def deciding(self) -> tuple[Finding, ...]:
        """The findings that make the status what it is; empty when the route is permitted."""
        if self.status == "permitted":
            return ()
        return tuple(f for f in self.findings if f.status == self.status)


@dataclass(frozen=True)
class AssumedVerdict:
    """A verdict as it is, and as it would be if the `assumed` gates were open.

    `reasons` maps each gate assumed to the reason given. Only `real` is law; an output that shows
    `effective` must show both and the gates.
    """

    real: Verdict
    effective: Verdict
    assumed: tuple[str, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)

"""Who may be sent under an agreement: what the law says of each group, stage by stage.

A group may be mixed: where the law asks whether an offence was violent, the group's shares answer,
and part of it may be lawful to send while the rest is barred.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bedspace.compile import conditions
from bedspace.rules import law
from bedspace.scenario import Scenario, pathways
from bedspace.scenario.model.agreements import Agreement
from bedspace.scenario.model.custody import Group

_ATTRIBUTES = (
    "lawful_resident",
    "removal_order",
    "final_judgment",
    "appeal_pending",
    "double_criminality",
)
"""Yes-or-no words among a group's attributes that the law reads."""


@dataclass(frozen=True)
class StageLaw:
    """What the law says of the people of one group in one stage who share the same facts.

    `share` is their share of the group; `routes` hold every route asked, with the real verdict and
    the one under the agreement's assumptions; `best` is the route with the best effective verdict.
    """

    stage: str
    mix: str
    share: float
    facts: law.Facts
    routes: tuple[law.AssumedVerdict, ...]

    @property
    def best(self) -> law.AssumedVerdict | None:
        """The route by which they would be sent; None where no route was asked."""
        ranked = law.ranked([verdict.effective for verdict in self.routes])
        return next((v for r in ranked for v in self.routes if v.effective is r), None)

    @property
    def may_be_sent(self) -> bool:
        """Not barred on every route; where the agreement names no route, the law was not asked."""
        return self.best is None or self.best.effective.status != "barred"


@dataclass(frozen=True)
class GroupLaw:
    """What the law says of one group that an agreement calls eligible."""

    agreement: str
    group: str
    parts: tuple[StageLaw, ...]

    def share_sendable(self, stage: str) -> float:
        """Share of the group's people in a stage who may be sent."""
        shares = [part.share for part in self.parts if part.stage == stage and part.may_be_sent]
        return round(sum(shares), 12)  # a whole group is one, not a hair less


def facts_of(
    scn: Scenario, agreement: Agreement, group: Group, stage: str, violent: bool | None
) -> law.Facts:
    """What a scenario says of a group's people in a stage, as the law room wants it: of the people
    what their attributes say, of the place its operator, cells and regime."""
    sender, receiver = scn.systems[agreement.sending], scn.systems[agreement.receiving]
    facility = receiver.facilities[agreement.facility]
    pathway = sender.pathways[group.pathway]
    words: Mapping[str, str] = group.attributes
    answers: dict[str, Any] = {name: _yes_no(words.get(name)) for name in _ATTRIBUTES}
    home = agreement.return_before_release
    return law.Facts(
        sending_country=sender.country or agreement.sending,
        receiving_country=receiver.country or agreement.receiving,
        citizenship=words.get("citizenship"),
        custody_status=pathways.status(stage, pathway[stage]),
        violent=violent,
        return_days=None if home is None else home.value,
        operator=facility.operator,
        cell=conditions.cell_kind(facility),
        measures=conditions.readings(facility),
        attributes=words,
        **answers,
    )


def _yes_no(word: str | None) -> bool | None:
    return {"yes": True, "no": False}.get((word or "").lower())


def _mixes(group: Group) -> list[tuple[str, bool | None, float]]:
    """(word, violent?, share) of the parts of a group that the law tells apart."""
    offences = group.shares.get("offence")
    if not offences:
        word = group.attributes.get("offence")
        return [(word or "all", None if word is None else word == "violent", 1.0)]
    total = sum(q.value for q in offences.values())  # a draw may have moved it off one
    parts: dict[str, tuple[bool | None, float]] = {}
    for name, q in offences.items():
        answer = None if name in ("unspecified", "unknown") else name == "violent"
        word = {None: "offence unknown", True: "violent", False: "not violent"}[answer]
        parts[word] = (answer, parts.get(word, (answer, 0.0))[1] + q.value / total)
    return [(word, answer, share) for word, (answer, share) in parts.items()]


def sendable(scn: Scenario, agreement_id: str) -> tuple[GroupLaw, ...]:
    """What the law says of each eligible group, in the order of the agreement, on its date."""
    agreement = scn.agreements[agreement_id]
    system = scn.systems[agreement.sending]
    assume = {item.gate: item.reason for item in agreement.assume}
    on = agreement.law_on or agreement.from_
    known = scn.routes
    found = []
    for group_id in agreement.eligible.groups:
        group = system.groups[group_id]
        parts = []
        for stage in agreement.eligible.stages:
            if stage not in pathways.stages(system.pathways[group.pathway]):
                continue
            for word, violent, share in _mixes(group):
                facts = facts_of(scn, agreement, group, stage, violent)
                real = law.verdicts(facts, agreement.routes, on, known)
                assumed = tuple(law.apply_assumptions(verdict, assume, known) for verdict in real)
                parts.append(StageLaw(stage, word, share, facts, assumed))
        found.append(GroupLaw(agreement_id, group_id, tuple(parts)))
    return tuple(found)

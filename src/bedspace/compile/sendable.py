"""Who may be sent under an agreement: what the law says of each group, stage by stage.

A group may be mixed: each of its mixes is an attribute that differs within it. Where the law asks
about the attribute, or what the scenario says of an offence under `offences`, the shares answer,
and part of the group may be lawful to send while the rest is barred.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from math import prod
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

NOT_KNOWN = ("unspecified", "unknown")
"""Parts of a mix of which nobody knows what they are."""

_Mixed = tuple[str, str, float]
"""A mix, one of its parts, and the part's share."""


@dataclass(frozen=True)
class Alike:
    """People of a group who are alike to the law: what they are called, their share of the group,
    their attributes, and what is known of their offence (attribute -> yes or no)."""

    words: str
    share: float
    attributes: Mapping[str, str]
    offence: Mapping[str, bool]


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
    scn: Scenario, agreement: Agreement, group: Group, stage: str, people: Alike
) -> law.Facts:
    """What a scenario says of a group's people in a stage, as the law room wants it: of the people
    what their attributes say, of the place its operator, cells and regime."""
    sender, receiver = scn.systems[agreement.sending], scn.systems[agreement.receiving]
    facility = receiver.facilities[agreement.facility]
    pathway = sender.pathways[group.pathway]
    words = people.attributes
    answers: dict[str, Any] = {name: _yes_no(words.get(name)) for name in _ATTRIBUTES}
    home = agreement.return_before_release
    return law.Facts(
        sending_country=sender.country or agreement.sending,
        receiving_country=receiver.country or agreement.receiving,
        citizenship=words.get("citizenship"),
        custody_status=pathways.status(stage, pathway[stage]),
        violent=people.offence.get("violent"),
        offence=people.offence,
        return_days=None if home is None else home.value,
        operator=facility.operator,
        cell=conditions.cell_kind(facility),
        measures=conditions.readings(facility),
        attributes=words,
        **answers,
    )


def _yes_no(word: str | None) -> bool | None:
    return {"yes": True, "no": False}.get((word or "").lower())


def alike(scn: Scenario, agreement: Agreement, group: Group) -> tuple[Alike, ...]:
    """The parts of a group that the law may tell apart.

    Only mixes that the agreement's routes may ask about count. Where there are several, their parts
    are taken as independent of each other, for want of anything that says otherwise. Parts of which
    nobody knows what they are are one.
    """
    routes = {name: scn.routes[name] for name in agreement.routes}
    read = {"offence", "citizenship", *_ATTRIBUTES, *law.asked_about("group", routes)}
    mixes = []
    for name, mix in group.shares.items():
        total = sum(q.value for q in mix.values())  # a draw may have moved it off one
        if name in read and routes:
            mixes.append([(name, word, q.value / total) for word, q in mix.items()])
    found: dict[tuple[tuple[str, str], ...], Alike] = {}
    for parts in product(*mixes):
        words = group.attributes | {name: word for name, word, _ in parts}
        known = {name: word for name, word in words.items() if word not in NOT_KNOWN}
        share, called, key = _share(parts), _called(group, parts), tuple(sorted(known.items()))
        if key in found:
            called, share = f"{found[key].words} or {called}", found[key].share + share
        found[key] = Alike(called, share, known, _offence(scn, known.get("offence")))
    return tuple(found.values())


def _share(parts: tuple[_Mixed, ...]) -> float:
    return prod(share for _, _, share in parts)


def _offence(scn: Scenario, name: str | None) -> dict[str, bool]:
    """What is known of an offence: what the scenario says under `offences`, and of one that is
    called violent that it was."""
    if name is None:
        return {}
    said = {key: flag.value for key, flag in scn.offences.get(name, {}).items()}
    return {"violent": True} | said if name == "violent" else said


def _called(group: Group, parts: tuple[_Mixed, ...]) -> str:
    """How a part of a group is shown: by its offence, and by what else tells it apart."""
    told = [word if name == "offence" else f"{name} {word}" for name, word, _ in parts]
    return ", ".join(told) or group.attributes.get("offence", "all")


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
        parted = alike(scn, agreement, group)
        parts = []
        for stage in agreement.eligible.stages:
            if stage not in pathways.stages(system.pathways[group.pathway]):
                continue
            for people in parted:
                facts = facts_of(scn, agreement, group, stage, people)
                real = law.verdicts(facts, agreement.routes, on, known)
                assumed = tuple(law.apply_assumptions(verdict, assume, known) for verdict in real)
                parts.append(StageLaw(stage, people.words, people.share, facts, assumed))
        found.append(GroupLaw(agreement_id, group_id, tuple(parts)))
    return tuple(found)

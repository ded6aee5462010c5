"""The whole Plan of a scenario."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

from bedspace.compile import names
from bedspace.compile.changes import changes_of
from bedspace.compile.custody import cohorts_of, stages_of
from bedspace.compile.estate import facilities_of, queues_of
from bedspace.compile.locating import checked
from bedspace.compile.names import GroupName
from bedspace.compile.releases import releases_of
from bedspace.compile.sendable import sendable
from bedspace.compile.times import clip, day_of, months, overlay
from bedspace.engine import Place, Plan, Stage, Steps, Transfer
from bedspace.scenario import Scenario, pathways, rented
from bedspace.scenario.model.agreements import Agreement


class _Named(Protocol):
    @property
    def name(self) -> str: ...


_NO_LIMIT = 1e9
"""Moves a day where the agreement states no limit: more than there are prisoners."""

_Noun = TypeVar("_Noun", bound=_Named)


def plan(scn: Scenario) -> Plan:
    """The Plan of a scenario whose draw has been applied (scenario.with_values).

    Raises PlanError, with the scenario's line where there is one, for what the language allows but
    nothing could run.
    """
    groups = [(s, g) for s, system in scn.systems.items() for g in system.groups]
    stages = {stage.name: stage for s, g in groups for stage in stages_of(scn, s, g)}
    cohorts = [cohort for s, g in groups for cohort in cohorts_of(scn, s, g, stages)]
    found = Plan(
        days=day_of(scn, scn.end),
        cohorts=_sorted(cohorts),
        stages=_sorted(stages.values()),
        places=_sorted([*facilities_of(scn), *_rented(scn)]),
        queues=_sorted(queues_of(scn, stages.values())),
        transfers=_sorted(_transfers(scn, stages)),
        changes=_sorted(changes_of(scn, stages)),
        periods=months(scn),
        releases=_sorted(releases_of(scn, stages)),
    )
    return checked(scn, found)


def _sorted(nouns: Iterable[_Noun]) -> tuple[_Noun, ...]:
    return tuple(sorted(nouns, key=lambda noun: noun.name))


def _rented(scn: Scenario) -> Iterator[Place]:
    days = day_of(scn, scn.end)
    for agreement_id, agreement in scn.agreements.items():
        steps: Steps = ((0, 0.0),)
        for since, places in rented.places(scn, agreement_id):
            steps = overlay(steps, day_of(scn, since), days, float(places))
        where = (agreement.receiving, agreement.facility)
        rented_there = names.place(*where, agreement_id)
        yield Place(rented_there, clip(steps, days), within=names.place(*where))


def _term(scn: Scenario, agreement_id: str) -> tuple[int, int, str]:
    """First day, end and what becomes of those held then."""
    agreement = scn.agreements[agreement_id]
    end, then = agreement.ended
    return day_of(scn, agreement.from_), day_of(scn, end), then


def _home_before(agreement: Agreement) -> int:
    back = agreement.return_before_release
    return math.ceil(back.value) if back else 0


def least_left(agreement: Agreement) -> int:
    """Days that somebody must have left to be sent: what the agreement asks for, and more than the
    days before release on which they are brought home."""
    remaining = agreement.eligible.remaining
    least = math.ceil(remaining.min.value) if remaining and remaining.min else 1
    return max(least, _home_before(agreement) + 1)


def _transfers(scn: Scenario, stages: dict[str, Stage]) -> Iterator[Transfer]:
    for agreement_id, agreement in scn.agreements.items():
        first, end, at_end = _term(scn, agreement_id)
        sent: dict[str, float] = {}
        for group in sendable(scn, agreement_id):
            pathway = scn.systems[agreement.sending].groups[group.group].pathway
            for stage in agreement.eligible.stages:
                known = pathways.stages(scn.systems[agreement.sending].pathways[pathway])
                share = group.share_sendable(stage) if stage in known else 0.0
                if share > 0:
                    sent[GroupName(agreement.sending, group.group).stage(stage)] = min(share, 1.0)
        among = tuple(sorted(sent))
        yield Transfer(
            agreement_id,
            names.place(agreement.receiving, agreement.facility, agreement_id),
            among,
            first,
            end,
            min_remaining=least_left(agreement),
            allowed=tuple(sent[name] for name in among),
            selected=agreement.selection.value if agreement.selection else 1.0,
            consenting=agreement.consent.value if agreement.consent else 1.0,
            blocked=agreement.blocked.value if agreement.blocked else 0.0,
            per_day=agreement.transfers.value if agreement.transfers else _NO_LIMIT,
            delay=math.ceil(agreement.delay.value) if agreement.delay else 0,
            home_before=_home_before(agreement),
            at_end=at_end,
        )

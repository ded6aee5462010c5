"""Whether a Plan holds together. Whatever the scenario language let through, no engine runs a Plan
that leads nowhere, loses people or repeats a name."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from typing import Protocol

from bedspace.engine import philox
from bedspace.engine.plan import Change, Exit, Plan, Queue, Release, Stage, Transfer
from bedspace.engine.steps import Steps
from bedspace.exceptions import PlanError

MOST_DAYS = 200_000
MOST_PEOPLE = 50_000_000
MOST_DISPERSION = 1000.0
MOST_VALUE = 1 << 30
MOST_STAGES = 30_000
LAST = 2 * MOST_DAYS


class _Named(Protocol):
    @property
    def name(self) -> str: ...


def check(plan: Plan) -> None:
    """Raise PlanError, naming the noun, for the first thing that is wrong."""
    if not 1 <= plan.days <= MOST_DAYS:
        raise PlanError(f"a plan lasts 1 to {MOST_DAYS} days, not {plan.days}")
    if not plan.stages:
        raise PlanError("a plan needs at least one stage")
    if max(map(len, (plan.stages, plan.places, plan.cohorts, plan.transfers))) > MOST_STAGES:
        raise PlanError(f"a plan has at most {MOST_STAGES} stages, places, cohorts and transfers")
    if not plan.periods or plan.periods[0] != 0 or list(plan.periods) != sorted(set(plan.periods)):
        raise PlanError("periods start at day 0 and ascend")
    if plan.periods[-1] >= plan.days:
        raise PlanError("every period starts before the plan's last day")
    nouns: Sequence[tuple[str, Sequence[_Named]]] = (
        ("cohort", plan.cohorts),
        ("stage", plan.stages),
        ("place", plan.places),
        ("queue", plan.queues),
        ("transfer", plan.transfers),
        ("change", plan.changes),
        ("release", plan.releases),
    )
    for noun, things in nouns:
        _names(noun, [thing.name for thing in things])
    _addresses(plan)
    stages = {stage.name: stage for stage in plan.stages}
    places = {place.name for place in plan.places}
    for stage in plan.stages:
        _stage(stage, stages, places, {queue.name for queue in plan.queues})
    _cycles(plan.stages)
    _places(plan)
    for cohort in plan.cohorts:
        _known("cohort", cohort.name, "stage", [cohort.stage], stages)
        _steps("cohort", cohort.name, cohort.rate)
        if cohort.spread not in ("poisson", "even"):
            raise PlanError(f'cohort "{cohort.name}": spread is "poisson" or "even"')
        if not 0 <= cohort.size <= MOST_PEOPLE:
            raise PlanError(f'cohort "{cohort.name}": a stock has 0 to {MOST_PEOPLE} people')
        if not 1 <= cohort.dispersion <= MOST_DISPERSION:
            raise PlanError(f'cohort "{cohort.name}": dispersion is 1 to {MOST_DISPERSION:g}')
        if cohort.size and not stages[cohort.stage].inside and cohort.rate:
            raise PlanError(f'cohort "{cohort.name}" is both a stock at liberty and a flow')
    for queue in plan.queues:
        _queue(queue, plan)
    for transfer in plan.transfers:
        _transfer(transfer, stages, places)
    for release in plan.releases:
        _release(release, stages)
    dated = {change.stage for change in plan.changes if change.reach == "admitted"}
    for change in plan.changes:
        if change.stage in dated and change.reach != "admitted":
            raise PlanError(f'change "{change.name}": others of its stage go by day of admission')
        _change(change, stages)


def _names(noun: str, names: Sequence[str]) -> None:
    if list(names) != sorted(names):
        raise PlanError(f"{noun}s stand in the order of their names")
    for one, two in itertools.pairwise(names):
        if one == two:
            raise PlanError(f'two {noun}s are named "{one}"')


def _addresses(plan: Plan) -> None:
    """Two names with one hash would share their draws."""
    groups = (
        ("cohort", [(c.name, philox.cohort_hash(c.name)) for c in plan.cohorts]),
        (
            "purpose",
            [
                *((s.name, philox.purpose_hash("stage", s.name)) for s in plan.stages),
                *((s.name, philox.purpose_hash("risk", s.name)) for s in plan.stages if s.risks),
                *((s.name, philox.purpose_hash("early", s.name)) for s in plan.stages if s.early),
                *((q.name, philox.purpose_hash("queue", q.name)) for q in plan.queues),
                *((t.name, philox.purpose_hash("transfer", t.name)) for t in plan.transfers),
                *((r.name, philox.purpose_hash("release", r.name)) for r in plan.releases),
            ],
        ),
    )
    for what, hashes in groups:
        seen: dict[int, str] = {}
        for name, value in hashes:
            if value in seen:
                raise PlanError(
                    f'the {what}s "{seen[value]}" and "{name}" would share their random numbers: '
                    "rename one"
                )
            seen[value] = name


def _known(noun: str, name: str, what: str, wanted: Iterable[str], known: Iterable[str]) -> None:
    for one in wanted:
        if one not in known:
            raise PlanError(f'{noun} "{name}": there is no {what} "{one}"')


def _steps(noun: str, name: str, series: Steps) -> None:
    days = [day for day, _ in series]
    if days != sorted(set(days)):
        raise PlanError(f'{noun} "{name}": its steps are not in ascending order of day')
    for day, value in series:
        if not 0 <= value <= MOST_VALUE:
            wrong = "below nought" if value < 0 else f"not a number up to {MOST_VALUE}"
            raise PlanError(f'{noun} "{name}": from day {day} its value is {value}, {wrong}')


def _exits(noun: str, name: str, exits: Sequence[Exit]) -> None:
    if not 1 <= len(exits) <= 250:
        raise PlanError(f'{noun} "{name}" needs 1 to 250 exits')
    if any(not 0 <= e.share <= 1 for e in exits):
        raise PlanError(f'{noun} "{name}": an exit has a share outside 0 to 1')
    total = math.fsum(e.share for e in exits)
    if not math.isclose(total, 1.0, abs_tol=1e-6):
        raise PlanError(f'{noun} "{name}": the shares of its exits sum to {total:.9g}, not 1')


def _stage(
    stage: Stage, stages: dict[str, Stage], places: Iterable[str], queues: Iterable[str]
) -> None:
    _exits("stage", stage.name, stage.exits)
    _known("stage", stage.name, "stage", [e.to for e in stage.exits if e.to], stages)
    _known("stage", stage.name, "place", stage.places, places)
    if stage.queue is not None:
        _known("stage", stage.name, "queue", [stage.queue], queues)
    _known("stage", stage.name, "stage", [r.to for r in stage.risks if r.to], stages)
    if len(stage.exits) + len(stage.risks) > 250:
        raise PlanError(f'stage "{stage.name}" has more than 250 exits and risks')
    if any(not 0 < risk.rate < 1 for risk in stage.risks):
        raise PlanError(f'stage "{stage.name}": a risk has a rate per day above 0 and below 1')
    if stage.luck is not None:
        _known("stage", stage.name, "stage", [stage.luck], stages)
        if stages[stage.luck].luck is not None or stages[stage.luck].ends_with is not None:
            raise PlanError(f'stage "{stage.name}": "{stage.luck}" shares its luck itself')
    if not 0 <= stage.credit <= 1:
        raise PlanError(f'stage "{stage.name}": credit is a share from 0 to 1')
    if not 0 <= stage.early <= MOST_DAYS:
        raise PlanError(f'stage "{stage.name}": early is 0 to {MOST_DAYS} days')
    if stage.early and (stage.queue or not stage.inside):
        raise PlanError(f'stage "{stage.name}" waits or is at liberty: nobody is let out early')
    if any(day >= after for day, after in itertools.pairwise(stage.no_release_on)):
        raise PlanError(f'stage "{stage.name}": its days without releases do not ascend')
    if stage.no_release_on and not 0 <= stage.no_release_on[0] <= stage.no_release_on[-1] <= LAST:
        raise PlanError(f'stage "{stage.name}": days without releases are days 0 to {LAST}')
    if stage.no_release_on and (stage.queue or not stage.inside):
        raise PlanError(f'stage "{stage.name}" waits or is at liberty: it can release on any day')
    if stage.instead not in ("before", "after"):
        raise PlanError(f'stage "{stage.name}": instead is "before" or "after"')
    _sentence(stage, stages)
    if stage.inside and not stage.places:
        raise PlanError(f'stage "{stage.name}" is inside but has no place to be held')
    if not stage.inside and (stage.places or stage.queue):
        raise PlanError(f'stage "{stage.name}" is at liberty: it has neither places nor a queue')
    if stage.rule not in ("least-full", "in-order"):
        raise PlanError(f'stage "{stage.name}": rule is "least-full" or "in-order"')
    if stage.when_full not in ("crowd", "divert", "elsewhere"):
        raise PlanError(f'stage "{stage.name}": when_full is "crowd", "divert" or "elsewhere"')
    if (stage.when_full == "elsewhere") != (stage.elsewhere is not None):
        raise PlanError(
            f'stage "{stage.name}": elsewhere names a place, and goes with when_full "elsewhere"'
        )
    _known("stage", stage.name, "place", [stage.elsewhere] if stage.elsewhere else [], places)
    if stage.elsewhere in stage.places:
        raise PlanError(f'stage "{stage.name}": elsewhere is one of its places already')


def _sentence(stage: Stage, stages: dict[str, Stage]) -> None:
    """A sentence that outlives the release, and a stage that it bounds."""
    if stage.whole is not None and not stage.inside:
        raise PlanError(f'stage "{stage.name}" is at liberty: no sentence begins there')
    if stage.ends_with is None:
        return
    _known("stage", stage.name, "stage", [stage.ends_with], stages)
    if stages[stage.ends_with].whole is None or stages[stage.ends_with].luck is not None:
        raise PlanError(f'stage "{stage.name}": no whole sentence begins in "{stage.ends_with}"')
    if stage.credit or stage.queue or stage.whole or stage.luck not in (None, stage.ends_with):
        raise PlanError(
            f'stage "{stage.name}" ends with a sentence: it has no credit, no queue, no sentence '
            "of its own and the luck of no other"
        )
    if not stage.inside and (len(stage.exits) < 2 or stage.exits[-1].to is not None):
        raise PlanError(f'stage "{stage.name}": its last exit is for when the sentence has ended')


def _leads_to(stage: Stage) -> list[str | None]:
    return [*(exit_.to for exit_ in stage.exits), *(risk.to for risk in stage.risks)]


def _cycles(stages: Sequence[Stage]) -> None:
    """Within a spell no stage comes twice; the only way round leads through liberty."""
    inside = {s.name: [to for to in _leads_to(s) if to] if s.inside else [] for s in stages}
    state: dict[str, int] = {}

    def visit(name: str, trail: tuple[str, ...]) -> None:
        if state.get(name) == 2:
            return
        if name in trail:
            loop = " -> ".join([*trail[trail.index(name) :], name])
            raise PlanError(f"stages form a cycle within one spell: {loop}")
        for nxt in inside[name]:
            visit(nxt, (*trail, name))
        state[name] = 2

    for name in inside:
        visit(name, ())


def _places(plan: Plan) -> None:
    outer = {place.name: place.within for place in plan.places}
    for place in plan.places:
        _steps("place", place.name, place.capacity)
        if place.within is not None:
            _known("place", place.name, "place", [place.within], outer)
            if outer[place.within] is not None:
                raise PlanError(f'place "{place.name}": a place lies within one other, not deeper')


def _queue(queue: Queue, plan: Plan) -> None:
    _steps("queue", queue.name, queue.served)
    users = [stage.name for stage in plan.stages if stage.queue == queue.name]
    if users and not any(value > 0 for _, value in queue.served):
        raise PlanError(f'queue "{queue.name}" is never served, and "{users[0]}" waits for it')


def _transfer(transfer: Transfer, stages: dict[str, Stage], places: Iterable[str]) -> None:
    name = transfer.name
    _known("transfer", name, "stage", transfer.stages, stages)
    _known("transfer", name, "place", [transfer.to], places)
    if transfer.first >= transfer.end:
        raise PlanError(f'transfer "{name}" ends on day {transfer.end}, before it starts')
    if transfer.home_before < 0 or transfer.min_remaining <= transfer.home_before:
        raise PlanError(
            f'transfer "{name}": people come home {transfer.home_before} days before the end of '
            f"their stay, so they need more than that to go, not {transfer.min_remaining}"
        )
    for what in ("selected", "consenting", "blocked"):
        if not 0 <= getattr(transfer, what) <= 1:
            raise PlanError(f'transfer "{name}": {what} is a share from 0 to 1')
    if transfer.per_day < 0 or transfer.delay < 0:
        raise PlanError(f'transfer "{name}": per_day and delay cannot be negative')
    if not transfer.per_day <= MOST_VALUE:
        raise PlanError(f'transfer "{name}": per_day is not a number up to {MOST_VALUE}')
    if transfer.at_end not in ("return", "leave"):
        raise PlanError(f'transfer "{name}": at_end is "return" or "leave"')
    if transfer.allowed and len(transfer.allowed) != len(transfer.stages):
        raise PlanError(f'transfer "{name}": allowed gives one share for each of its stages')
    if any(not 0 <= share <= 1 for share in transfer.allowed):
        raise PlanError(f'transfer "{name}": allowed is a share from 0 to 1')
    for stage in transfer.stages:
        if not stages[stage].inside:
            raise PlanError(f'transfer "{name}": people in "{stage}" are at liberty')
        if transfer.to in stages[stage].places:
            raise PlanError(f'transfer "{name}": "{stage}" is held in its place already')


def _release(release: Release, stages: dict[str, Stage]) -> None:
    name = release.name
    _known("release", name, "stage", release.stages, stages)
    if len(set(release.stages)) < len(release.stages):
        raise PlanError(f'release "{name}": a stage is named twice')
    if release.day < 0 or release.people < 0 or release.within < 0:
        raise PlanError(f'release "{name}": day, people and within cannot be negative')
    if max(release.people, release.within) > MOST_VALUE:
        raise PlanError(f'release "{name}": people and within are numbers up to {MOST_VALUE}')
    if release.first not in ("soonest", "longest", "lot"):
        raise PlanError(f'release "{name}": first is "soonest", "longest" or "lot"')
    for stage in (stages[one] for one in release.stages):
        if stage.queue or not stage.inside:
            raise PlanError(f'release "{name}": "{stage.name}" waits or is at liberty')
        ends = [to for to in (e.to for e in stage.exits) if to is None or not stages[to].inside]
        if not ends or (release.final and None not in ends):
            raise PlanError(f'release "{name}": no exit of "{stage.name}" leads out of custody')


def _change(change: Change, stages: dict[str, Stage]) -> None:
    _known("change", change.name, "stage", [change.stage], stages)
    if change.reach not in ("new", "inside", "admitted"):
        raise PlanError(f'change "{change.name}": reach is "new", "inside" or "admitted"')
    if stages[change.stage].ends_with and not stages[change.stage].inside:
        raise PlanError(f'change "{change.name}": a stage on licence keeps its law')
    if change.day < 0:
        raise PlanError(f'change "{change.name}" falls on day {change.day}, before the start')
    if change.exits is not None:
        _exits("change", change.name, change.exits)
        ways = [(e.cause, e.to) for e in stages[change.stage].exits]
        if [(e.cause, e.to) for e in change.exits] != ways:
            raise PlanError(
                f'change "{change.name}": a change alters the shares of the exits of '
                f'"{change.stage}", not where they lead'
            )

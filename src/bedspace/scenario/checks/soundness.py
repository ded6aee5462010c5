"""Checks that what is written can be true: shares sum to one, stages form no cycle, time runs
forward."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from graphlib import CycleError, TopologicalSorter

from bedspace.exceptions import Problem
from bedspace.scenario.model.custody import WAYS_OUT
from bedspace.scenario.reading.looking import Entry, day, each, entries, items, leaf, names, number
from bedspace.scenario.reading.nodes import problem
from bedspace.scenario.reading.trees import Branch, Mark, Node, at
from bedspace.scenario.values.bounds import MOST_DAYS

TOLERANCE = 1e-9
"""How far shares may be from one: the rounding of double precision, nothing more."""


def check(tree: Node) -> Iterator[Problem]:
    """All that cannot be true."""
    start, end = day(tree, "start"), day(tree, "end")
    if start and end and end[0] <= start[0]:
        yield problem(
            end[1],
            f"the end {end[0]} is not after the start {start[0]}",
            "let end be later than start",
        )
        end = None
    if start and end and (end[0] - start[0]).days > MOST_DAYS:
        yield problem(
            end[1],
            f"the run lasts {(end[0] - start[0]).days:,} days, more than {MOST_DAYS:,}",
            "let end be earlier",
        )
    for _, _, system in entries(tree, "systems"):
        for _, _, group in entries(system, "groups"):
            for name, mark, mix in entries(group, "shares"):
                yield from sums(mark, f"the shares of {name}", entries(mix))
            if start and end:
                yield from _within(group, start[0], end[0])
        for name, mark, pathway in entries(system, "pathways"):
            yield from _pathway(name, mark, pathway)
        for stay in each(system, "mixture", but=("attributes",)):
            parts = [
                (str(i), part.mark, at(part, "share") or part) for i, part in enumerate(items(stay))
            ]
            yield from sums(stay.mark, "the parts of the mixture", parts)
    for _, _, agreement in entries(tree, "agreements"):
        yield from _agreement(agreement)
    for _, mark, measure in entries(tree, "measures"):
        on, until = day(measure, "on"), day(measure, "until")
        if on and until and until[0] <= on[0]:
            yield problem(
                until[1],
                f"the measure ends on {until[0]}, not after {on[0]}",
                "let until be later than on",
            )
        if on and start and end and not start[0] <= on[0] < end[0]:
            yield problem(
                on[1],
                f"{on[0]} is outside the run from {start[0]} to {end[0]}",
                "choose a day within start and end",
            )
        if not entries(measure, "set"):
            yield problem(mark, "the measure sets nothing", "give set: {path: value}")


def sums(mark: Mark, what: str, shares: Sequence[Entry]) -> Iterator[Problem]:
    """A fault when `shares`, all readable, do not sum to one."""
    read = [number(value, "share") for _, _, value in shares]
    if not read or None in read:
        return
    total = sum(got[0].value for got in read if got)
    if abs(total - 1) > TOLERANCE:
        yield problem(
            mark,
            f"{what} sum to {100 * total:.10g} %, not 100 %",
            f"correct them by {100 * (1 - total):+.10g} points",
        )


def _within(group: Node, start: dt.date, end: dt.date) -> Iterator[Problem]:
    for text, mark, _ in entries(group, "admissions", "cumulative"):
        found = _date(text)
        if found and not start <= found <= end:
            yield problem(
                mark,
                f"{found} is outside the run from {start} to {end}",
                "keep the dates within start and end",
            )
    for text, mark, _ in entries(group, "admissions", "yearly"):
        if text.isdecimal() and not start.year <= int(text) <= end.year:
            yield problem(
                mark,
                f"{text} is outside the run from {start} to {end}",
                "keep the years within start and end",
            )


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _pathway(name: str, mark: Mark, pathway: Node) -> Iterator[Problem]:
    stages = {key: value for key, _, value in entries(pathway) if key not in WAYS_OUT}
    for key, where, stage in entries(pathway):
        if key in WAYS_OUT:
            yield from _way_out(key, where, stage)
            continue
        if isinstance(stage, Branch) and not {"stay", "ends_with"} & stage.items.keys():
            yield problem(
                where,
                f"the stage {key!r} has no stay",
                "say how long it lasts, like stay: {exponential: {mean: 60 d}}",
            )
        if at(stage, "returns") is not None:
            yield problem(
                where,
                f"the stage {key!r} has returns",
                "put returns under released, removed or escaped",
            )
        exits = entries(stage, "exits")
        if exits and leaf(stage, "stay", "indefinite"):
            yield problem(
                where,
                f"the stage {key!r} is indefinite and has exits",
                "take the exits out, or give another stay",
            )
        elif isinstance(at(stage, "exits"), Branch) and not exits:
            yield problem(where, f"the exits of {key!r} are empty", "name them, or take exits out")
        yield from sums(_key(stage, "exits", where), f"the exits of {key!r}", exits)
        yield from _no_release(key, where, stage, stages)
    if not stages:
        yield problem(mark, f"the pathway {name!r} has no stage in custody", "add a stage")
        return
    leads = {
        key: [to for to in names(stage, "exits") if to in stages] for key, stage in stages.items()
    }
    cycle = _cycle(leads)
    if cycle:
        yield problem(
            _key(stages[cycle[0]], "exits", mark),
            f"the stages of {name!r} go in a circle: {' -> '.join(cycle)}",
            "let a return start a new spell: put returns under released",
        )
        return
    begins = beginnings({key: stage for key, _, stage in entries(pathway)})
    lost = any(
        to not in stages and to not in WAYS_OUT
        for stage in stages.values()
        for to in names(stage, "exits")
    )
    if len(begins) > 1 and not lost:  # a misspelt exit is reported as such
        yield problem(
            mark,
            f"the pathway {name!r} begins in several stages: {', '.join(begins)}",
            "let an exit or a return lead to all but one, or make a pathway of each",
        )


def _no_release(key: str, where: Mark, stage: Node, stages: dict[str, Node]) -> Iterator[Problem]:
    """Days without releases of a stage that releases nobody, or where a court decides the day."""
    if at(stage, "no_release_on") is None:
        return
    leads = names(stage, "exits")
    if at(stage, "queue") is not None:
        wrong = f"the stage {key!r} has no_release_on and waits for a hearing"
        mend = "take no_release_on out: people leave on the days on which the court sits"
    elif leads and leads <= stages.keys():
        wrong = f"the stage {key!r} has no_release_on and lets nobody out of custody"
        mend = "put it into the stages that lead to released"
    else:
        return
    yield problem(_key(stage, "no_release_on", where), wrong, mend)


def beginnings(stages: dict[str, Node]) -> list[str]:
    """The stages where a pathway may begin: those that no exit leads to and, where there are
    several, no return; one is right."""
    led_to = {to for stage in stages.values() for to in names(stage, "exits")}
    found = [key for key in stages if key not in WAYS_OUT and key not in led_to]
    to = [leaf(stages.get(way), "returns", "to") for way in WAYS_OUT]
    back = {stage.text for stage in to if stage is not None}
    return [key for key in found if key not in back] or found


def _key(stage: Node, key: str, default: Mark) -> Mark:
    return stage.items[key][0] if isinstance(stage, Branch) and key in stage.items else default


def _way_out(key: str, where: Mark, stage: Node) -> Iterator[Problem]:
    wrong = [name for name in names(stage) if name not in ("returns", "title")]
    if wrong:
        yield problem(
            where,
            f"{key!r} is a way out of custody and has {', '.join(wrong)}",
            "only returns can stand there",
        )
    if key == "died" and "returns" in names(stage):
        yield problem(where, "nobody returns who has died", "take returns out")


def _cycle(leads: dict[str, list[str]]) -> list[str]:
    """A circle of stages, the first one repeated at the end; empty when there is none."""
    try:
        TopologicalSorter(leads).prepare()
    except CycleError as error:
        # The sorter follows predecessors, and we gave it successors: so its circle runs backwards.
        return [str(stage) for stage in reversed(error.args[1])]
    return []


def _agreement(agreement: Node) -> Iterator[Problem]:
    first, until = day(agreement, "from"), day(agreement, "until")
    if first and until and until[0] <= first[0]:
        yield problem(
            until[1],
            f"the agreement ends on {until[0]}, not after {first[0]}",
            "let until be later than from",
        )
    early = day(agreement, "ends_early", "on")
    if early and first and until and first[0] < until[0] and not (first[0] < early[0] <= until[0]):
        yield problem(
            early[1],
            f"the early end {early[0]} is outside the term",
            f"choose a day after {first[0]} and not after {until[0]}",
        )

"""Checks of hearings: whoever waits for one is heard some day, and by no more than can be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from bedspace.exceptions import Problem
from bedspace.scenario.reading.looking import day, entries, leaf, leaves, number
from bedspace.scenario.reading.nodes import problem
from bedspace.scenario.reading.trees import Mark, Node, at
from bedspace.scenario.values.bounds import MOST_PLACES
from bedspace.scenario.values.weekdays import WEEKDAYS


def check(tree: Node) -> Iterator[Problem]:
    """Every hearing that never takes place though somebody waits for it, or that hears too many."""
    by_measures = _set_by_measures(tree)
    for name, _, system in entries(tree, "systems"):
        yield from _hearings(tree, name, system, by_measures)


def _set_by_measures(tree: Node) -> set[str]:
    """The paths that some measure sets above nought."""
    return {
        path
        for _, _, measure in entries(tree, "measures")
        for path, _, value in entries(measure, "set")
        if (got := number(value, "any")) is not None and got[0].value > 0
    }


def _hearings(tree: Node, name: str, system: Node, by_measures: set[str]) -> Iterator[Problem]:
    """Hearings that somebody waits for and that never take place."""
    start, end = day(tree, "start"), day(tree, "end")
    for key, mark, hearing in entries(system, "hearings"):
        waiting = _waiting(system, key)
        if waiting is None:
            continue
        path = f"{name}.hearings.{key}"
        wrong = f"the hearing {key!r} serves nobody, and {waiting!r} waits for it"
        nought = _nought(hearing, path, by_measures)
        if nought is not None:
            yield problem(nought, wrong, "let it serve somebody, or take queue out of the stage")
        elif start and end and start[0] < end[0]:
            first = day(hearing, "from")
            begins = max(first[0], start[0]) if first else start[0]
            days = [word.text for word in leaves(hearing, "sitting", "days")] or list(WEEKDAYS[:5])
            always = at(hearing, "sitting") is None
            if not _sits(begins, end[0], None if always else days):
                where = first[1] if first and first[0] >= end[0] else mark
                yield problem(where, wrong, f"let it sit on a day before the end, {end[0]}")
        yield from _most(hearing)


def _waiting(system: Node, hearing: str) -> str | None:
    """A stage of some group that waits for a hearing."""
    taken = {leaf(group, "pathway") for _, _, group in entries(system, "groups")}
    words = {pathway.text for pathway in taken if pathway is not None}
    for name, _, pathway in entries(system, "pathways"):
        for key, _, stage in entries(pathway):
            queue = leaf(stage, "queue")
            if name in words and queue is not None and queue.text == hearing:
                return key
    return None


def _nought(hearing: Node, path: str, by_measures: set[str]) -> Mark | None:
    """Where a hearing is given a capacity of nought that no measure ever changes."""
    kinds = {"served": "1/d", "sitting.hours": "h/d", "sitting.rooms": "number"}
    for key, dimension in kinds.items():
        got = number(hearing, dimension, *key.split("."))
        if got is not None and got[0].value == 0 and f"{path}.{key}" not in by_measures:
            return got[1]
    return None


def _sits(first: dt.date, end: dt.date, days: list[str] | None) -> bool:
    """Whether there is a day from `first` before `end` that is one of the days of the week."""
    week = range(max(min((end - first).days, 7), 0))
    return any(days is None or WEEKDAYS[(first.weekday() + i) % 7] in days for i in week)


def _most(hearing: Node) -> Iterator[Problem]:
    """A sitting that serves more people in a day than there are."""
    hours = number(hearing, "h/d", "sitting", "hours")
    length = number(hearing, "h", "sitting", "hearing")
    if not hours or not length or length[0].value <= 0:
        return
    served = hours[0].value / length[0].value
    for key in ("rooms", "people"):
        got = number(hearing, "number", "sitting", key)
        served *= got[0].value if got else 1.0
    if served > MOST_PLACES:
        wrong = f"the court serves {served:.3g} people a day, more than {MOST_PLACES}"
        yield problem(length[1], wrong, "let a hearing be longer, in fewer rooms")

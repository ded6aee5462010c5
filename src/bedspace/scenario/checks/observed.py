"""Checks of what was observed: each count has one time, stands once, and can be scored if it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from bedspace.exceptions import Problem
from bedspace.scenario.model.estate import HELD, OBSERVED
from bedspace.scenario.reading.looking import day, entries, items, leaf
from bedspace.scenario.reading.nodes import problem
from bedspace.scenario.reading.trees import Branch, Mark, Node, at


def check(tree: Node) -> Iterator[Problem]:
    """Scored counts that no run can be scored against, times that are none or two, and counts that
    are given twice."""
    start, end = day(tree, "start"), day(tree, "end")
    for _, _, system in entries(tree, "systems"):
        seen = items(system, "observed")
        if start and end and start[0] < end[0]:
            for one in seen:
                yield from _outside(one, start[0], end[0])
        yield from _twice(seen, OBSERVED)
    for _, _, agreement in entries(tree, "agreements"):
        seen = items(agreement, "observed")
        for one in seen:
            yield from _time(one)
        yield from _twice(seen, HELD)


def _outside(seen: Node, start: dt.date, end: dt.date) -> Iterator[Problem]:
    """A count of people on a day that the run does not have, unless it says that it is history."""
    on, scored = day(seen, "date"), leaf(seen, "scored")
    if on is None or start <= on[0] < end or at(seen, "population") is None:
        return
    if scored is None or scored.text.strip() == "true":
        yield problem(
            on[1],
            f"{on[0]} is outside the run from {start} to {end}, so that nothing can be scored "
            "against this count",
            "add scored: false to show it as history, or take it out",
        )


def _time(seen: Node) -> Iterator[Problem]:
    """What was observed of an agreement has one day, one year, or one period."""
    if not isinstance(seen, Branch):
        return
    given = [key for key in ("date", "year") if key in seen.items]
    ends = [key for key in ("from", "until") if key in seen.items]
    if len(given) + bool(ends) != 1 or len(ends) == 1:
        yield problem(
            seen.mark,
            "what was observed needs one time",
            "give its date, its year, or both from and until",
        )
        return
    first, until = day(seen, "from"), day(seen, "until")
    if first and until and until[0] <= first[0]:
        yield problem(
            until[1],
            f"what was observed ends on {until[0]}, not after {first[0]}",
            "let until be later than from",
        )


def _twice(seen: Sequence[Node], keys: Sequence[str]) -> Iterator[Problem]:
    """One thing counted twice for one time: nobody could say which of the two holds."""
    known: dict[tuple[str | None, ...], tuple[str, Mark]] = {}
    for one in seen:
        if not isinstance(one, Branch):
            continue
        about = tuple(
            _text(one, key) for key in ("date", "year", "from", "until", "facility", "group")
        )
        for key in keys:
            if key not in one.items:
                continue
            mark, value = one.items[key][0], _text(one, key) or _text(one, key, "value") or ""
            before = known.setdefault((key, *about), (value, mark))
            if before[1] is mark:
                continue
            differ = value != before[0]
            yield problem(
                mark,
                f"{key} is given twice for one time and subject"
                + (f", {before[0]} in line {before[1].line} and {value} here" if differ else "")
                + ("" if differ else f", first in line {before[1].line}"),
                "keep one of them; another source's number goes under its disputed_by",
            )


def _text(node: Node, *steps: str) -> str | None:
    found = leaf(node, *steps)
    return found.text.strip() if found is not None else None

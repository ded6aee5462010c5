"""Checks that a fee can be paid as it is written: one currency, an index that lasts, a minimum
within the places; and that dated values are in order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

from dateutil.relativedelta import relativedelta

from bedspace.exceptions import Problem
from bedspace.rules.fees import PARTS, anniversaries, reach
from bedspace.scenario.reading.faults import advise
from bedspace.scenario.reading.looking import day, entries, items, leaf, names, number
from bedspace.scenario.reading.nodes import problem
from bedspace.scenario.reading.trees import Leaf, Mark, Node, at

_SERIES = ("indices", "exchange", "purchasing_power")


def check(tree: Node) -> Iterator[Problem]:
    """All that is wrong with fees and the values by date that they need."""
    for kind in _SERIES:
        for name, mark, series in entries(tree, kind):
            yield from _in_order(name, series)
            other = "/".join(reversed(name.split("/")))
            if "/" in name and other != name and other in names(tree, kind) and name > other:
                yield problem(
                    mark, f"{name!r} is {other!r} turned round", "give the rates once, either way"
                )
    for _, _, agreement in entries(tree, "agreements"):
        yield from _one_currency(agreement)
        yield from _minimum(agreement)
        for part in items(agreement, "fee"):
            yield from _indexed(tree, agreement, leaf(part, "indexed"))
    for _, _, deflator in entries(tree, "prices", "deflators"):
        if isinstance(deflator, Leaf):
            yield from _unknown(tree, deflator)


def _in_order(name: str, series: Node) -> Iterator[Problem]:
    dates = [(text, mark) for text, mark, _ in entries(series, "values")]
    for (before, _), (text, mark) in pairwise(dates):
        if text <= before:
            yield problem(
                mark, f"the values of {name!r} are not in order of time", f"put it before {before}"
            )


def _one_currency(agreement: Node) -> Iterator[Problem]:
    found: dict[str, Mark] = {}
    for part in items(agreement, "fee"):
        for kind in PARTS:
            for value in _within(at(part, kind)):
                got = number(value, "any")
                if got and got[0].currency:
                    found.setdefault(got[0].currency, got[1])
    if len(found) > 1:
        first, *others = found
        yield problem(
            found[others[0]],
            f"the fee mixes {first} and {', '.join(others)}",
            "give every part of one agreement in one currency",
        )


def _within(node: Node | None) -> Iterator[Node]:
    """A value, and all that stands in it where it is a map or a list."""
    if node is None:
        return
    yield node
    for inner in (*items(node), *(value for _, _, value in entries(node))):
        yield from _within(inner)


def _minimum(agreement: Node) -> Iterator[Problem]:
    places = number(agreement, "people", "places")
    for part in items(agreement, "fee"):
        least = number(part, "people", "minimum", "places")
        if places and least and least[0].value > places[0].value:
            yield problem(
                least[1],
                f"the minimum of {least[0].value:g} is above the {places[0].value:g} places",
                "lower it, or raise places",
            )


def _indexed(tree: Node, agreement: Node, name: Leaf | None) -> Iterator[Problem]:
    """An index that is not there, or says nothing of a day on which the price steps."""
    if name is None or not name.text.strip()[:1].isalpha():
        return
    yield from _unknown(tree, name)
    dates = _dates(tree, name.text)
    first, last = day(agreement, "from"), _last(tree, agreement)
    if not dates or first is None or last is None:
        return
    if dates[0] > first[0]:
        yield problem(
            name.mark,
            f"the index {name.text!r} begins on {dates[0]}, after the agreement on {first[0]}",
            "add the value for its start",
        )
    needed = first[0] + relativedelta(years=anniversaries(first[0], last))
    if reach(dates) <= needed:
        yield problem(
            name.mark,
            f"the index {name.text!r} ends before the term, with a value of {dates[-1]}",
            f"it is needed on {needed}: add values, or write a share a year",
        )


def _last(tree: Node, agreement: Node) -> dt.date | None:
    """The last day that is invoiced: the term's, or the run's where that is earlier."""
    ends = [found[0] for found in (day(agreement, "until"), day(tree, "end")) if found]
    return min(ends) - dt.timedelta(1) if ends else None


def _dates(tree: Node, name: str) -> list[dt.date]:
    """The dates of an index, where all of them are dates in order."""
    try:
        found = [dt.date.fromisoformat(text) for text in names(tree, "indices", name, "values")]
    except ValueError:
        return []
    return found if found == sorted(found) else []


def _unknown(tree: Node, name: Leaf) -> Iterator[Problem]:
    known = names(tree, "indices")
    if name.text.strip() not in known:
        yield problem(
            name.mark,
            f"the index {name.text!r} is not defined",
            advise(name.text, known, "indices"),
        )

"""Checks of what grows year by year: at the end it must still be a number of its kind."""

from __future__ import annotations

import math
from collections.abc import Iterator

from bedspace.exceptions import Problem
from bedspace.scenario.reading.looking import day, each, entries, items, number
from bedspace.scenario.reading.nodes import problem
from bedspace.scenario.reading.trees import Branch, Mark, Node, at
from bedspace.scenario.values.bounds import KINDS, MOST_GROWN, MOST_SPREAD, written
from bedspace.scenario.values.quantities import DAYS_A_YEAR, Reading


def check(tree: Node) -> Iterator[Problem]:
    """Every rate of arrivals, price and index that leaves all bounds by growing."""
    run = _years(tree, "start", "end")
    for _, _, system in entries(tree, "systems"):
        for _, _, group in entries(system, "groups"):
            admissions = at(group, "admissions")
            for key in ("rate", "then"):
                found = number(admissions, "1/d", key)
                yield from _grown(found, _trend(admissions, "trend"), run, KINDS["1/d"].most)
    for _, _, agreement in entries(tree, "agreements"):
        term = _years(agreement, "from", "until")
        for part in items(agreement, "fee"):
            rise = _trend(part, "indexed")
            for price in _prices(part):
                yield from _grown(price, rise, term, MOST_GROWN)
    for kind in ("indices", "exchange", "purchasing_power"):
        for name, mark, series in entries(tree, kind):
            yield from _apart(name, mark, series)


def _years(node: Node, first: str, last: str) -> float:
    begins, ends = day(node, first), day(node, last)
    return max((ends[0] - begins[0]).days, 0) / DAYS_A_YEAR if begins and ends else 0.0


def _trend(node: Node | None, key: str) -> tuple[float, Mark] | None:
    """The most that something grows a year, and where it is written."""
    found = number(node, "share/year", key)
    if found is None:
        return None
    high = number(node, "share/year", key, "high")
    return (high[0] if high else found[0]).value, found[1]


def _prices(part: Node) -> Iterator[tuple[Reading, Mark]]:
    """Every price of a part of a fee."""
    for kind, key in (("money/use", "per_use"), ("money/use", "per_place")):
        for value in each(part, key):
            found = number(value, kind)
            if found is not None:
                yield found
    for kind, key in (("money", "transport"), ("money", "per_person"), ("money/year", "yearly")):
        found = number(part, kind, key)
        if found is not None:
            yield found


def _grown(
    found: tuple[Reading, Mark] | None, rise: tuple[float, Mark] | None, years: float, most: float
) -> Iterator[Problem]:
    if found is None or rise is None or found[0].value <= 0:
        return
    reading, (growth, mark) = found[0], rise
    if math.log(reading.value) + years * math.log1p(growth) > math.log(most):
        limit = written(most, reading.dimension, reading.currency or "")
        yield problem(
            mark,
            f"growing like this for {years:.3g} years it would pass {limit}",
            "let it grow less, or for a shorter time",
        )


def _apart(name: str, mark: Mark, series: Node) -> Iterator[Problem]:
    """A series whose values are so far apart that no price can follow it."""
    values = at(series, "values")
    if not isinstance(values, Branch):
        return
    read = [number(value, "number") for _, _, value in entries(values)]
    found = [got[0].value for got in read if got and got[0].value > 0]
    if found and max(found) / min(found) > MOST_SPREAD:
        yield problem(
            mark,
            f"the values of {name!r} lie more than {MOST_SPREAD:.0f} times apart",
            "correct them, or begin a new series where the currency was changed",
        )

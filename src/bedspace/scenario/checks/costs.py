"""Checks that an index by which costs grow is there, for their year and every year of the run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from bedspace.exceptions import Problem
from bedspace.rules.fees import reach
from bedspace.scenario.reading.faults import advise
from bedspace.scenario.reading.looking import day, each, leaf, names
from bedspace.scenario.reading.nodes import problem
from bedspace.scenario.reading.trees import Leaf, Node, at


def check(tree: Node) -> Iterator[Problem]:
    """All that is wrong with the indices of costs."""
    systems = at(tree, "systems")
    for costs in each(systems, "costs") if systems is not None else ():
        for part in (costs, at(costs, "building")):
            name = leaf(part, "indexed")
            if name is not None and name.text.strip()[:1].isalpha():
                yield from _reaches(tree, name, _years(part))


def _years(costs: Node | None) -> list[str]:
    """The price year of costs as written, or the year of each of them."""
    one = leaf(costs, "prices_of")
    every = [one] if one else [leaf(costs, "prices_of", key) for key in names(costs, "prices_of")]
    return [year.text for year in every if year is not None]


def _reaches(tree: Node, name: Leaf, years: list[str]) -> Iterator[Problem]:
    known = names(tree, "indices")
    if name.text.strip() not in known:
        wrong = f"the index {name.text!r} is not defined"
        yield problem(name.mark, wrong, advise(name.text, known, "indices"))
        return
    try:
        dates = [dt.date.fromisoformat(d) for d in names(tree, "indices", name.text, "values")]
        needed = [int(year) for year in years]
    except ValueError:
        return  # told of where it stands
    first, end = day(tree, "start"), day(tree, "end")
    if not dates or dates != sorted(set(dates)) or first is None or end is None:
        return
    needed += range(first[0].year, (end[0] - dt.timedelta(1)).year + 1)
    dated = {date.year for date in dates}
    missing = [
        year
        for year in needed
        if year not in dated and not dates[0] <= dt.date(year, 1, 1) < reach(dates)
    ]
    if missing:
        wrong = f"the index {name.text!r} has no value for {missing[0]}"
        yield problem(name.mark, wrong, "add values for the costs' year and every year of the run")

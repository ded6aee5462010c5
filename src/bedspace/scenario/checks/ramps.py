"""Ramps: dated levels that cannot be."""

from __future__ import annotations

from collections.abc import Iterator

from bedspace.exceptions import Problem
from bedspace.scenario.reading.looking import Entry, day, entries, is_number, leaf, number
from bedspace.scenario.reading.nodes import problem
from bedspace.scenario.reading.trees import Node, at


def check(tree: Node) -> Iterator[Problem]:
    """Every dated level outside its agreement's term, above its places or below the one before."""
    for _, _, agreement in entries(tree, "agreements"):
        ramp = at(agreement, "ramp")
        if not is_number(ramp):
            yield from _levels(agreement, entries(ramp))


def _levels(agreement: Node, levels: list[Entry]) -> Iterator[Problem]:
    first, until = day(agreement, "from"), day(agreement, "until")
    rented = number(agreement, "people", "places")
    reached, before = 0.0, ""
    for date, mark, value in sorted(levels, key=lambda level: level[0]):
        # Both are ISO dates, or are reported as what they are.
        if first and date < str(first[0]):
            wrong = f"the level of {date} is before the agreement's first day, {first[0]}"
            yield problem(mark, wrong, "choose a day within the term")
        elif until and date >= str(until[0]):
            wrong = f"the level of {date} is after the agreement's last day: it ends on {until[0]}"
            yield problem(mark, wrong, "choose a day within the term")
        count, share = number(value, "people"), number(value, "share")
        written = leaf(value) or leaf(value, "value")
        if rented is None or written is None or not (count or share):
            continue
        # A bare 50 could be read as a share as well, and is a number of places.
        places = count[0].value if count else share[0].value * rented[0].value if share else 0.0
        if count and places > rented[0].value:
            yield problem(
                written.mark,
                f"the level {written.text} is above the {rented[0].value:g} places rented",
                "lower it, or rent more places",
            )
        elif places < reached:
            yield problem(
                written.mark,
                f"the ramp falls from {before} to {written.text} on {date}",
                "let levels only grow: a measure can take places away",
            )
        reached, before = max(reached, places), written.text

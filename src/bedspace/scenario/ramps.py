"""Ramps: rented places that become available over time, by dated levels or evenly."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import BeforeValidator, Discriminator, Tag

from bedspace.exceptions import Problem
from bedspace.scenario.looking import Entry, day, entries, is_number, leaf, number
from bedspace.scenario.reading import problem
from bedspace.scenario.trees import Node, at
from bedspace.scenario.typed import Day, Places, PositiveDays, Share, refuse


def _level_tag(raw: object) -> str:
    text = raw.get("value") if isinstance(raw, dict) else raw
    return "a share" if isinstance(text, str) and "%" in text else "a number of places"


Level = Annotated[
    Annotated[Places, Tag("a number of places")] | Annotated[Share, Tag("a share")],
    Discriminator(_level_tag),
]
"""Places available from a day on: a number of them, or a share of the agreement's."""


def _some(raw: object) -> object:
    if raw == {}:
        raise refuse("the ramp has no levels", "give date: places, or take it out")
    return raw


def _ramp_tag(raw: object) -> str:
    return "dated levels" if isinstance(raw, dict) and "value" not in raw else "a length"


Ramp = Annotated[
    Annotated[PositiveDays, Tag("a length")] | Annotated[dict[Day, Level], Tag("dated levels")],
    Discriminator(_ramp_tag),
    BeforeValidator(_some),
]
"""Levels by date, or the time from none to all."""


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

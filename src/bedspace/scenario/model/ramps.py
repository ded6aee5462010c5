"""Ramps: rented places that become available over time, by dated levels or evenly."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Discriminator, Tag

from bedspace.scenario.values.typed import Day, Places, PositiveDays, Share, refuse


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

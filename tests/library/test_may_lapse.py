"""El Salvador's State of Exception with a chance of lapse: the numbers made again, and what a lapse
does to arrivals."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from bedspace import compile as compiler
from bedspace.ensemble import members
from bedspace.scenario import load, paths, with_values

CHANCE = "measures.state-of-exception.renewed.chance"
LAPSE = "measures.state-of-exception.renewed"


@pytest.mark.parametrize("name", ["el-salvador", "cecot-offer"])
def test_the_chance_is_made_of_the_extensions_so_far(name: str) -> None:
    scn = load(f"{name}#may-lapse")
    chance = paths.get(scn, CHANCE)
    assert chance.value == pytest.approx(43 / 44, abs=5e-4)
    assert chance.low == pytest.approx(0.05 ** (1 / 42), abs=5e-4)
    # The 42nd began 42 times 30 days after the decree, five days early by the calendar.
    first = dt.date(2022, 3, 27) + dt.timedelta(42 * 30)
    assert abs((scn.measures["state-of-exception"].on - first).days) <= 7


def test_arrests_go_on_until_a_renewal_fails() -> None:
    scn = with_values(load("el-salvador#may-lapse"), {LAPSE: 300.0})
    found = compiler.plan(scn)
    (arrests,) = (c for c in found.cohorts if c.name == "el-salvador/emergency/admissions")
    begins = (dt.date(2025, 9, 3) - scn.start).days
    rates = {day: rate for day, rate in arrests.rate if rate > 0}
    assert rates == {begins: pytest.approx(23)}
    assert (begins + 300, 0.0) in arrests.rate


def test_when_it_lapses_is_drawn_at_a_renewal() -> None:
    scn = load("el-salvador#may-lapse")
    drawn = np.array([members.draw(scn, 1, member)[1][LAPSE] for member in range(400)])
    longest = (scn.end - dt.date(2025, 9, 3)).days
    within = drawn[drawn < longest]
    assert np.all(within % 30 == 0) and within.min() >= 30
    # At 97.7 % half of them would last 30 x log 0.5 / log 0.977 = 894 days; the chance is drawn
    # too, from 93.1 % to 100 %.
    assert 600 < np.median(drawn) < 1200

"""A rule that goes by the day of admission, from the file to the day of release, by hand."""

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from bedspace import compile as compiler
from bedspace import engine
from bedspace.scenario import load
from tests.scenario.files import written

HARSHER = """
bedspace: 1
title: a harsher rule from a day on, and people on remand on that day
start: 2024-01-01
end: 2025-07-01
systems:
  home:
    groups:
      old: {admissions: {cumulative: {2024-01-01: 100}}, pathway: p, facilities: [a]}
      late:
        {admissions: {cumulative: {2024-02-09: 0, 2024-02-10: 100}}, pathway: p, facilities: [b]}
      in: {stock: {sentenced: {people: 100, served: {fixed: 20 d}}}, pathway: p, facilities: [c]}
    pathways:
      p:
        remand: {stay: {fixed: 100 d}, exits: {sentenced: 100 %}}
        sentenced: {stay: {fixed: 200 d}, share: 50 %}
    facilities: {a: {places: 200}, b: {places: 200}, c: {places: 200}}
measures:
  harsher: {on: 2024-02-01, set: {home.pathways.p.sentenced.share: 80 %}, reach: new}
"""


@pytest.mark.parametrize(
    ("reach", "old"),
    [
        # On remand since January 1, sentenced on April 10. 100 days more, by the day of admission;
        ("admitted", "2024-07-19"),
        # 160 days more, by the day of entering the stage.
        ("new", "2024-09-17"),
    ],
)
def test_days_of_release(reach: str, old: str, tmp_path: Path) -> None:
    """Whoever is admitted on February 10 is sentenced on May 20, for 160 days. Whoever has served
    20 of 100 days on January 1 keeps the old rule in both."""
    scn = load(written(tmp_path, HARSHER.replace("reach: new", f"reach: {reach}")))
    people = engine.simulate(compiler.plan(scn), 1, 0).population
    left = [int(np.flatnonzero(held)[-1]) + 1 for held in people.T]
    dates = [str(scn.start + dt.timedelta(day)) for day in left]
    assert dates == [old, "2024-10-27", "2024-03-21"]

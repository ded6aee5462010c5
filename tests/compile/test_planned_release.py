"""Planned releases from the file to the day, by hand."""

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from bedspace import compile as compiler
from bedspace import engine
from bedspace.exceptions import ScenarioError
from bedspace.scenario import load, paths, uncertain
from tests.compile.made import GROUP, USUAL, made, named, plan
from tests.scenario.files import written

KEY = "systems/home/planned_releases"
ON = "on: 2025-03-01, stages: [sentenced]"

PLANNED = """
bedspace: 1
title: 300 people are let go on a day
start: 2024-01-01
end: 2024-12-01
systems:
  home:
    groups:
      g: {stock: {sentenced: {people: 1000, served: {exponential: {mean: 200 d}}}}, pathway: p}
    pathways: {p: {sentenced: {stay: {exponential: {mean: 1000 d}}}}}
    facilities: {a: {places: 1200}}
    planned_releases: {march: {on: 2024-03-01, stages: [sentenced], people: 300}}
"""


def test_the_days_and_numbers_that_it_gives() -> None:
    (found,) = plan({KEY: f"{{amnesty: {{{ON}}}}}"}).releases
    assert (found.name, found.day, found.stages) == ("home/amnesty", 59, ("home/all/sentenced",))
    assert (found.people, found.within) == (1 << 30, 1 << 30)
    more = "people: 300, within: 90.5 d, first: lot, final: true, groups: [all]"
    (found,) = plan({KEY: f"{{amnesty: {{{ON}, {more}}}}}"}).releases
    assert (found.people, found.within, found.first, found.final) == (300, 91, "lot", True)


def test_its_numbers_may_be_uncertain() -> None:
    scn = made({KEY: f"{{amnesty: {{{ON}, people: {{value: 30, low: 10, high: 50}}}}}}"})
    path = "home.planned_releases.amnesty.people"
    assert path in uncertain(scn)
    assert paths.get(scn, path).value == 30


def test_three_hundred_go_on_the_day(tmp_path: Path) -> None:
    """1000 x exp(-60 / 1000) = 942 are there at the end of February 29, the 60th day, with a
    standard deviation of 7.4. On March 1 about one leaves of itself, and 300 are let out: those
    nearest to their end. So nobody leaves for long: the next is due when the 300 would be gone."""
    scn = load(written(tmp_path, PLANNED))
    outcome = engine.simulate(compiler.plan(scn), 1, 0)
    people = outcome.population[:, 0].astype(int)
    eve = (dt.date(2024, 2, 29) - scn.start).days
    assert abs(people[eve] - 942) < 4.5 * 7.4
    assert outcome.early.sum() == 300
    assert 300 <= people[eve] - people[eve + 1] <= 308
    # Exponential: the 300 of 942 soonest out would have gone within 1000 ln(942 / 642) = 383 days,
    # later than December 1, day 335.
    assert people[-1] == people[eve + 1]


def test_the_same_number_by_lot_leaves_the_law_as_it_was(tmp_path: Path) -> None:
    """642 are left on March 1; 275 days later 642 x exp(-275 / 1000) = 488 (deviation 10.8)."""
    scn = load(written(tmp_path, PLANNED.replace("people: 300", "people: 300, first: lot")))
    people = engine.simulate(compiler.plan(scn), 1, 0).population[:, 0].astype(int)
    left = people[60] * np.exp(-(people.size - 1 - 60) / 1000)
    assert abs(people[-1] - left) < 4.5 * 10.8


def test_nobody_is_let_out_of_a_stage_that_only_leads_to_others() -> None:
    exits = {f"{USUAL}/remand/exits": "{sentenced: 100 %}"}
    with pytest.raises(ScenarioError, match="let out of 'remand': it only leads to other stages"):
        made({**exits, KEY: "{amnesty: {on: 2025-03-01, stages: [remand]}}"})


@pytest.mark.parametrize(("groups", "let_out"), [("", 20), (", groups: [all]", 10)])
def test_groups(groups: str, let_out: int) -> None:
    stock = "{stock: {sentenced: 10}, pathway: usual}"
    found = plan(
        {
            KEY: f"{{amnesty: {{{ON}{groups}}}}}",
            GROUP: stock,
            "systems/home/groups/others": stock,
            f"{USUAL}/sentenced/stay": "{fixed: 40000 d}",
            "agreements": None,
        }
    )
    assert len(named(found.releases, "home/amnesty").stages) == let_out / 10
    assert engine.simulate(found, 1, 0).early.sum() == let_out

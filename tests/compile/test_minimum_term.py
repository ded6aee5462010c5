"""A minimum term with good time, credit for remand and parole, every date worked out by hand."""

import numpy as np
import pytest

from bedspace import engine
from bedspace.compile.stays import stage_law
from bedspace.engine import Plan, stays
from bedspace.scenario import paths, uncertain, with_values
from tests.compile.made import USUAL, made, named, plan

SENTENCED = f"{USUAL}/sentenced"
BOARD = "systems/home/hearings/board"
PATH = "home.pathways.usual.sentenced"


def sentence(days: int, more: str) -> str:
    """Remand of 100 days, then half of a sentence less a tenth of it, at least 365 days."""
    return (
        "{remand: {stay: {fixed: 100 d}, exits: {sentenced: 100 %}}, "
        f"sentenced: {{stay: {{fixed: {days} d}}, share: 50 %, good_time: 10 %, minimum: 365 d, "
        f"credit: 100 %{more}}}"
    )


ON_THE_FIRST_DAY = "admissions: {cumulative: {2025-01-01: 50}}"
THREE = {
    "end": "2027-12-01",
    "agreements": None,
    BOARD: "{served: 10 / day}",
    **{
        f"systems/home/groups/{name}": f"{{pathway: {name}, {ON_THE_FIRST_DAY}}}"
        for name in ("brief", "middle", "long")
    },
    "systems/home/groups/all": None,
    "systems/home/pathways": "{brief: "
    + sentence(300, "")
    + "}, middle: "
    + sentence(600, ", queue: board, exits: {refused: 100 %}")
    + ", refused: {status: sentenced, stay: {fixed: 600 d}, sentence: sentenced, credit: 100 %}}"
    + ", long: "
    + sentence(1000, ", queue: board")
    + "}}",
}
"""Fifty people each with 300, 600 and 1,000 days, all on remand from the first day on."""


def by_stage(found: Plan, engine_name: str) -> dict[str, dict[int, int]]:
    """People in each stage at the end of a day, by the first day on which it is so many."""
    stages = engine.simulate(found, 1, 0, engine_name).stages
    told = {}
    for i, stage in enumerate(found.stages):
        changes = [0, *(int(day) + 1 for day in np.flatnonzero(np.diff(stages[:, i])))]
        told[stage.name.removeprefix("home/")] = {day: int(stages[day, i]) for day in changes}
    return told


@pytest.mark.parametrize("engine_name", ["kernel", "reference"])
def test_every_date_by_hand(engine_name: str) -> None:
    # 300 d: 45 % is 135, the minimum 365, the sentence 300: so 300, of which 100 are on remand.
    # 600 d: 45 % is 270, so the minimum of 365, day 365; the board hears ten a day and refuses all;
    # whoever it refuses on day d has been inside for d days and has 600 - d left: out on day 600.
    # 1,000 d: 45 % is 450, more than the minimum; ten a day are released from day 450 on.
    leaving = {365: 40, 366: 30, 367: 20, 368: 10, 369: 0}
    assert by_stage(plan(THREE), engine_name) == {
        "brief/remand": {0: 50, 100: 0},
        "brief/sentenced": {0: 0, 100: 50, 300: 0},
        "middle/remand": {0: 50, 100: 0},
        "middle/sentenced": {0: 0, 100: 50, **leaving},
        "middle/refused": {0: 0, **{day: 50 - n for day, n in leaving.items()}, 600: 0},
        "long/remand": {0: 50, 100: 0},
        "long/sentenced": {0: 0, 100: 50, **{day + 85: n for day, n in leaving.items()}},
    }


@pytest.mark.parametrize("engine_name", ["kernel", "reference"])
def test_a_measure_moves_the_minimum_of_those_inside(engine_name: str) -> None:
    # Day 300 is 2025-10-28. At 420 days: the 600 go to the board on day 420, the 1,000 as before.
    measure = (
        "{on: 2025-10-28, reach: inside, set: {home.pathways.middle.sentenced.minimum: 420 d}}"
    )
    found = by_stage(plan({**THREE, "measures/m": measure}), engine_name)
    assert found["middle/sentenced"] == {0: 0, 100: 50, 420: 40, 421: 30, 422: 20, 423: 10, 424: 0}
    assert found["middle/refused"][600] == 0
    assert found["long/sentenced"][450] == 40
    # On day 400 they are before the board already, or have been.
    late = measure.replace("2025-10-28", "2026-02-05")
    assert by_stage(plan({**THREE, "measures/m": late}), engine_name) == by_stage(
        plan(THREE), engine_name
    )


def test_the_law_of_a_minimum() -> None:
    changes: dict[str, str | None] = {
        f"{SENTENCED}/share": "50 %",
        f"{SENTENCED}/good_time": "10 %",
        f"{SENTENCED}/minimum": "{value: 90 d, low: 30 d, high: 180 d}",
    }
    scn = made(changes)
    stage = scn.systems["home"].pathways["usual"]["sentenced"]
    assert stage_law(stage, PATH, {}) == stays.AtLeast(stays.Exponential(200), 0.45, 90)
    assert f"{PATH}.minimum" in uncertain(scn)
    drawn = with_values(scn, {f"{PATH}.minimum": 40.0})
    found = stage_law(drawn.systems["home"].pathways["usual"]["sentenced"], PATH, {})
    assert found == stays.AtLeast(stays.Exponential(200), 0.45, 40)
    assert stage_law(stage, PATH, {f"{PATH}.minimum": paths.get(drawn, f"{PATH}.minimum")}) == found


def test_a_measure_sets_a_minimum_that_was_not_there_and_takes_it_back() -> None:
    term = "{on: 2025-03-01, until: 2025-06-01"
    measure = f"{term}, set: {{{PATH}.minimum: 60 d}}}}"
    found = plan({f"{SENTENCED}/share": "50 %", "measures/m": measure})
    assert [change.stay for change in found.changes] == [
        stays.AtLeast(stays.Exponential(200), 0.5, 60),
        stays.Scaled(stays.Exponential(200), 0.5),
    ]
    # Together with the share that it acts on, where all was served before.
    measure = f"{term}, set: {{{PATH}.minimum: 60 d, {PATH}.share: 40 %}}}}"
    found = plan({"measures/m": measure})
    assert [change.stay for change in found.changes] == [
        stays.AtLeast(stays.Exponential(200), 0.4, 60),
        stays.Exponential(200),
    ]


def test_a_stock_is_spread_by_what_is_served() -> None:
    # Served on average: E[min(X, 200)] = 200 (1 - e^-1), and 100 e^-2 of what half of X has above
    # it; on remand 60 days for each 0.7 sentenced.
    changes = {f"{SENTENCED}/share": "50 %", f"{SENTENCED}/minimum": "200 d"}
    served = 200 * (1 - np.exp(-1)) + 100 * np.exp(-2)
    sizes = {c.stage: c.size for c in plan(changes).cohorts if c.size}
    assert sizes["home/all/remand"] == round(1000 * 60 / (60 + 0.7 * served))
    assert named(plan(changes).stages, "home/all/sentenced").stay.days == 200

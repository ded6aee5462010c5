"""Early release by rule, by hand."""

import pytest

from bedspace import engine
from bedspace.scenario import paths, uncertain
from tests.compile.made import GROUP, USUAL, made, named, plan

RULE = "systems/home/early_release"


def test_the_stages_it_names_and_the_days_it_gives() -> None:
    found = plan({RULE: "{stages: [sentenced], within: 20.5 d}"})
    assert named(found.stages, "home/all/sentenced").early == 21
    assert named(found.stages, "home/all/remand").early == 0
    scn = made({RULE: "{stages: [sentenced], within: {value: 20 d, low: 0 d, high: 60 d}}"})
    assert list(uncertain(scn)) == ["home.early_release.within"]
    assert paths.get(scn, "home.early_release.within").value == 20


@pytest.mark.parametrize(("within", "let_out"), [("10 d", 0), ("20 d", 10)])
def test_who_is_near_the_end_makes_room(within: str, let_out: int) -> None:
    # Seventy people fill the prison on the first day for 60 days each; ten more come on day 45.
    found = plan(
        {
            RULE: f"{{stages: [remand], within: {within}}}",
            "systems/home/facilities": "{old: {places: 70}}",
            "agreements": None,
            f"{GROUP}/stock": None,
            f"{GROUP}/admissions": "{cumulative: {2025-01-01: 70, 2025-02-14: 70, 2025-02-15: 80}}",
            f"{USUAL}/remand/stay": "{fixed: 60 d}",
            f"{USUAL}/remand/exits": "{released: 100 %}",
            f"{USUAL}/sentenced": None,
        }
    )
    people = engine.simulate(found, 1, 0).population.sum(axis=1)
    assert [int(people[day]) for day in (44, 45, 59, 60, 104, 105)] == [
        70,
        80 - let_out,
        80 - let_out,
        10,
        10,
        0,
    ]

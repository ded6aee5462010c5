"""Days on which nobody is let out, as days of the run. 2025-01-01 is a Wednesday: day 0."""

from pathlib import Path

import pytest
import yaml

from bedspace import engine
from bedspace.scenario import load
from tests.compile.made import GROUP, USUAL, named, plan, tree
from tests.scenario.files import written

KEY = f"{USUAL}/sentenced/no_release_on"
TERM = "home/all/sentenced"


def closed(text: str) -> tuple[int, ...]:
    days: tuple[int, ...] = named(plan({KEY: text}).stages, TERM).no_release_on
    return days


def test_weekends_and_the_day_before() -> None:
    found = named(plan({KEY: "[sat, sun]"}).stages, TERM)
    # Saturday is January 4, day 3. 2025 has 52 of each; it ends with a Wednesday.
    assert found.no_release_on[:4] == (3, 4, 10, 11)
    assert len(found.no_release_on) == 104
    assert found.instead == "before"
    assert named(plan().stages, TERM).no_release_on == ()


def test_a_bare_list_is_the_days_of_a_map() -> None:
    assert closed("[sat, sun]") == closed("{days: [sat, sun]}")


def test_a_variant_may_set_it(tmp_path: Path) -> None:
    path = "home.pathways.usual.sentenced.no_release_on"
    raw = tree({KEY: "[sat, sun]", "variants": f"{{more: {{set: {{{path}: [mon]}}}}}}"})
    name = written(tmp_path, yaml.dump(raw))
    for variant, days in (("", ("sat", "sun")), ("#more", ("mon",))):
        rule = load(f"{name}{variant}").systems["home"].pathways["usual"]["sentenced"]
        assert rule.no_release_on is not None
        assert rule.no_release_on.days == days


def test_public_holidays_beside_weekends_and_alone() -> None:
    # New Year's Day is day 0; Christmas is a Thursday, day 358.
    found = closed("{days: [sat, sun], dates: [2025-12-25, 2025-01-01, 2030-01-01]}")
    assert found == tuple(sorted({0, 358, *closed("[sat, sun]")}))
    assert closed("{dates: [2025-12-25, 2025-01-01]}") == (0, 358)


def test_days_after_the_run_that_continue_its_last() -> None:
    """The run ends before 2026-01-01, a Thursday, day 365. With Wednesday to Friday closed, so
    are days 364 to 366, and then it is Saturday."""
    assert closed("{days: [wed, thu, fri], instead: after}")[-3:] == (364, 365, 366)
    assert closed("[mon]")[-1] == 362


@pytest.mark.parametrize(("instead", "leave"), [("before", 2), ("after", 5)])
def test_by_the_calendar(instead: str, leave: int) -> None:
    """Seven come on New Year's Day for 3 days, until Saturday, January 4, day 3."""
    found = plan(
        {
            KEY: f"{{days: [sat, sun], instead: {instead}}}",
            "agreements": None,
            f"{GROUP}/stock": None,
            f"{GROUP}/admissions": "{cumulative: {2025-01-01: 7}}",
            f"{USUAL}/remand": None,
            f"{USUAL}/sentenced/stay": "{fixed: 3 d}",
        }
    )
    people = engine.simulate(found, 1, 0).population.sum(axis=1)
    assert people[: leave + 1].tolist() == [7] * leave + [0]

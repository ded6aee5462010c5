"""The scenario us-prisons is what its script makes of the published tables, and is in balance."""

import runpy
from pathlib import Path

import pytest

from bedspace import compile as compiler
from bedspace import engine
from bedspace.scenario import library, load

ROOT = Path(__file__).parents[2]
SCRIPT = runpy.run_path(str(ROOT / "scripts" / "derive_us_prisons.py"))


def test_the_file_is_what_the_script_makes() -> None:
    if not SCRIPT["DATA"].is_dir():
        pytest.skip("the published tables are not beside the repository: see the script's head")
    file = Path(next(iter(library.__path__))) / "us-prisons.yaml"
    assert file.read_text(encoding="utf-8") == SCRIPT["scenario"]()


def test_everybody_of_table_2_is_in_it() -> None:
    """1,230,143 at the end of 2022, 159,309 of them federal; 51 jurisdictions by five offences."""
    scn = load("us-prisons")
    held = {
        name: sum(group.stock.value for group in system.groups.values())
        for name, system in scn.systems.items()
    }
    assert sum(held.values()) == 1_230_143
    assert held["federal"] == 159_309
    assert len(held) == 51
    admitted = sum(
        group.admissions.rate.value * 365.25
        for system in scn.systems.values()
        for group in system.groups.values()
    )
    assert admitted == pytest.approx(469_217, abs=20)


def test_each_jurisdiction_starts_in_balance() -> None:
    """Little: stock = admissions x mean stay, by construction, to what is rounded in the file."""
    expected = engine.expected(compiler.plan(load("us-prisons")))
    assert expected[-1].sum() == pytest.approx(expected[0].sum(), rel=2e-3)

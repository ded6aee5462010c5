"""The order in which things are written down changes nothing."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from bedspace import compile as compiler
from bedspace import engine
from bedspace.ensemble import members
from bedspace.results.tables import BUILDERS
from bedspace.scenario import Scenario, from_raw, load, names
from tests.compile.made import BASE, backwards, made

ASKED = [
    *names(),
    "cecot-offer#grant",
    "cecot-offer#full-everyone",
    "el-salvador#renewed",
    "two-hundred-places#more",
]


MOVING = (Path(__file__).parent / "moving.yaml").read_text(encoding="utf-8")
"""A scenario with every kind of thing that moves in the course of a run."""


def text_of(tree: Any) -> str:
    return str(yaml.dump(tree, sort_keys=False, allow_unicode=True))


@pytest.mark.parametrize("asked", ASKED)
def test_a_file_written_backwards_is_the_same_plan(asked: str, tmp_path: Path) -> None:
    scn = load(asked)
    file = tmp_path / f"{scn.name}.yaml"
    raw = backwards(scn.raw)
    raw.pop("variants", None)  # written against the file before one of them was applied
    raw.pop("compared", None)  # may name one of them
    file.write_text(text_of(raw), encoding="utf-8")
    other = load(str(file))
    assert list(other.systems) == list(reversed(scn.systems))
    one, two = compiler.plan(scn), compiler.plan(other)
    assert one == two
    assert engine.plan_hash(one) == engine.plan_hash(two)


def test_and_gives_the_same_results() -> None:
    _are_the_same(load("two-hundred-places"))


def test_so_does_everything_that_moves() -> None:
    tree = yaml.load(MOVING, yaml.BaseLoader)
    scn = from_raw(tree, "moving")
    one, two = (compiler.plan(from_raw(t, "moving")) for t in (tree, backwards(tree)))
    assert one == two
    assert engine.plan_hash(one) == engine.plan_hash(two)
    _are_the_same(scn)


def _are_the_same(scn: Scenario) -> None:
    """A scenario and the same written backwards: draws and every table."""
    raw = backwards(scn.raw)
    raw.pop("variants", None)
    one, two = (members.simulate(s, 5, 3) for s in (scn, from_raw(raw, scn.name)))
    assert one.draws == two.draws and one.draws
    for name, build in BUILDERS.items():
        a, b = build(one), build(two)
        assert len(a) == len(b), name
        assert sorted(a.numbers) == sorted(b.numbers)
        for column, values in a.numbers.items():
            dates = values.dtype.kind == "M"  # a day that does not come is no day, on both sides
            assert np.array_equal(values, b.numbers[column], equal_nan=dates), f"{name}.{column}"


def test_equal_remainders_are_rounded_alike_in_either_order() -> None:
    # 30 % of 4,200 days and 70 % of 1,800 are the same; what is not is the rounding of the sums.
    tree = yaml.load(BASE, yaml.BaseLoader)
    tree["systems"]["home"]["groups"]["all"]["stock"] = "945"
    tree["systems"]["home"]["pathways"]["usual"] = {
        "remand": {"stay": {"fixed": "16 d"}, "exits": {"sentenced": "30 %", "recalled": "70 %"}},
        "sentenced": {"stay": {"fixed": "4200 d"}},
        "recalled": {"stay": {"fixed": "1800 d"}},
        "released": {"returns": {"share": "35 %", "after": {"fixed": "9 d"}}},
    }
    one, two = (compiler.plan(from_raw(t, "x")) for t in (tree, backwards(tree)))
    assert one == two
    sizes = sorted(c.size for c in one.cohorts if c.size)
    assert sizes == [6, 469, 470]  # 5.96, 469.52 and 469.52


def test_another_order_of_a_list_is_another_scenario() -> None:
    one = made({"systems/home/groups/all/facilities": "[old, new]"})
    two = made({"systems/home/groups/all/facilities": "[new, old]"})
    assert compiler.plan(one) != compiler.plan(two)

"""From the people there to the places used, and lawful heads stage by stage."""

import math
from pathlib import Path

import pytest

from bedspace.appraisal import Appraisal, Figure, appraise
from bedspace.compile import share_with_left
from tests.appraisal.conftest import compare
from tests.compile.made import made

STAGES = Path(__file__).with_name("stages.yaml")
KEYS = (
    "in-stock",
    "eligible",
    "time-left",
    "lawful",
    "selected",
    "consenting",
    "placed",
    "used",
)


@pytest.fixture(scope="module", params=["", "#turned"])
def either(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Appraisal:
    """The lease, its stages in one order or the other."""
    folder = tmp_path_factory.mktemp("stages") / "out"
    return appraise(compare(f"{STAGES}{request.param}", 3, folder))


def values(found: Appraisal, group: str) -> list[float]:
    told = [found.figure(f"lease.funnel.{group}.{key}") for key in KEYS]
    assert all(len(one.by_member) == 3 for one in told)
    return [float(one.value) for one in told if isinstance(one.value, int | float)]


def test_the_order_of_stages_says_nothing_of_how_many_may_lawfully_be_sent(
    either: Appraisal,
) -> None:
    """58 on remand, whom the treaty does not reach, and 267 sentenced, whom it may: 267, where the
    first stage's answer for all 325 would be nobody or everybody."""
    by = "lease.law.people.us-treaty-transfer"
    assert either.figure("lease.law.people.people").value == 325
    most = either.figure(f"{by}.at-most")
    assert most.value == 267 and "at its share in sentenced" in most.formula
    assert either.figure(f"{by}.at-least").value == 0
    assert either.figure("lease.law.at-most").value == 267


def test_each_condition_leaves_its_part(either: Appraisal) -> None:
    """325 there, all in the eligible stages and with a day left; the treaty reaches 267, 60 % are
    selected, 160.2, and 50 % consent, 80.1. Nobody comes later, so about 80 are sent and held."""
    for group in ("people", "all"):
        found = values(either, group)
        assert found[:6] == pytest.approx([325, 325, 325, 267, 160.2, 80.1], rel=1e-6)
        assert found[6] == found[7] == pytest.approx(80.1, abs=4 * math.sqrt(267 * 0.3 * 0.7))
    titles = either.section("law").tables[-1].columns
    assert titles == (
        "Group",
        "In stock",
        "In the eligible stages",
        "With 1 d left",
        "Lawful",
        "Selected",
        "Consenting",
        "Placed",
        "Used",
    )


def test_a_step_rests_on_the_one_before(either: Appraisal) -> None:
    chosen = either.figure("lease.funnel.people.selected")
    assert either.figure("lease.funnel.people.lawful") in chosen.inputs
    assert "unsourced: agreements.lease.selection" in chosen.stamps
    everybody = either.figure("lease.funnel.all.selected")
    assert [i.id for i in everybody.inputs if isinstance(i, Figure)] == [chosen.id]


@pytest.mark.parametrize(
    ("stay", "days", "share"),
    [
        ("{fixed: 400 d}", 100, 0.75),  # anywhere in the 400 days, 300 of which leave 100
        ("{exponential: {mean: 200 d}}", 100, math.exp(-0.5)),  # no memory
        ("{indefinite: true}", 9999, 1.0),
        ("{fixed: 90 d}", 100, 0.0),
        # Half stay 100 days and half 300: E[(stay - 100)+] = 100 of a mean of 200.
        (
            "{mixture: [{share: 50 %, stay: {fixed: 100 d}}, {share: 50 %, stay: {fixed: 300 d}}]}",
            100,
            0.5,
        ),
    ],
)
def test_the_share_with_so_many_days_left(stay: str, days: int, share: float) -> None:
    usual, stock = "systems/home/pathways/usual/sentenced/stay", "systems/home/groups/all/stock"
    scn = made({usual: stay, stock: "{sentenced: 1}"})
    found = share_with_left(scn, "home", "all", "sentenced", days)
    assert found == pytest.approx(share, abs=0.002)

"""Outcomes in two humps: the mean, the chance, and the value if it happens."""

from decimal import Decimal

import pytest

from bedspace.appraisal import Appraisal, Rule, appraise
from bedspace.appraisal.figures import making, plain
from bedspace.appraisal.figures.split import split
from bedspace.appraisal.figures.words import show
from tests.appraisal.conftest import compare

RULE = Rule("r", "words", "citation", "official")


def test_half_nothing_and_half_some_hundreds() -> None:
    """0 in three of six members; 700, 750 and 800 in the others: the mean is 2,250 / 6 = 375."""
    values = [Decimal(v) for v in (0, 700, 0, 750, 800, 0)]
    found = split(values)
    assert found is not None and (found.value, found.share) == (0, 0.5)
    figure = making.figure("f", "Paid", "EUR", values, "paid", [RULE])
    assert figure.value == Decimal("375.00")
    told = "0.00 in 50 % of futures, in the others 750.00 (702.50 to 797.50)"
    assert show(figure) == f"375.00 EUR on average: {told}"
    assert told in figure.note
    assert plain.facts(figure)["humps"]["others"]["mean"] == "750.00"


@pytest.mark.parametrize(
    "values",
    [
        [5.0, 5.0, 5.0],  # all alike
        [1.0, 2.0, 3.0, 4.0],  # no two alike
        [0.0, 0.0, 1.0, 1.0, 2.0, 2.0, 1.0, 0.0],  # a count of a few people
        [0.0] + [float(n) for n in range(1, 40)],  # one member alone
        [0.0] * 9 + [float(n) for n in range(1, 32)],  # 9 of 40 are below a quarter
        [0.0, 7.0],
        [66.0, 61.0, 69.0, 64.0, 61.0],  # two happen to agree
    ],
)
def test_others_have_one_hump(values: list[float]) -> None:
    assert split(values) is None


def test_a_full_sum_that_many_share_stands_apart() -> None:
    """An agreement that never lapsed in two of five members: 900, far from 300, 320 and 350."""
    found = split([900.0, 300.0, 900.0, 320.0, 350.0])
    assert found is not None and (found.value, found.share) == (900, 0.4)


@pytest.fixture(scope="module")
def uncertain(tmp_path_factory: pytest.TempPathFactory) -> Appraisal:
    folder = tmp_path_factory.mktemp("may-not-happen") / "out"
    return appraise(compare("cecot-offer#may-not-happen", 10, folder))


@pytest.mark.slow
def test_an_offer_with_an_even_chance(uncertain: Appraisal) -> None:
    """In force in five of ten members, as draws are spread over ten; nothing is paid in others."""
    found = uncertain.figure("offer.fee.paid")
    assert found.humps is not None
    assert (found.humps.value, found.humps.share) == (0, 0.5)
    assert all(value > 5e8 for value in found.humps.others)
    assert float(found.value or 0) == pytest.approx(sum(map(float, found.by_member)) / 10)

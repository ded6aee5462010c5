"""What a reform saves without any agreement, worked out by hand: 90 of 330 people fewer for 365
days, who cost half as much as others."""

from decimal import Decimal
from pathlib import Path

import pytest

from bedspace import ensemble, scenario
from bedspace.appraisal import Appraisal, appraise
from bedspace.reporting import html

REFORM = str(Path(__file__).parent / "reform.yaml")
DAYS = 90 * 365


def compared(baseline: str, other: str, out: Path) -> Appraisal:
    both = (scenario.load(name) for name in (baseline, other))
    return appraise(ensemble.compare(*both, 2, 1, 2, out))


@pytest.fixture(scope="module")
def reformed(tmp_path_factory: pytest.TempPathFactory) -> Appraisal:
    out = tmp_path_factory.mktemp("reform") / "out"
    return compared(REFORM, f"{REFORM}#reform", out)


def test_each_rung_of_a_reform(reformed: Appraisal) -> None:
    """At the average EUR 50 a person-day, at the margin a quarter of it, EUR 5 of the variable
    cost; then one of five wings for a year (240 people need four); then 30 places not built."""
    assert reformed.figure("costs.home.fewer").value == DAYS
    assert reformed.figure("costs.home.average").value == DAYS * 50
    assert reformed.figure("costs.home.marginal").value == DAYS * Decimal("12.5")
    assert reformed.figure("costs.home.short-run").value == DAYS * 5
    assert reformed.figure("costs.home.wings").value == DAYS * 5 + 1_200_000
    unbuilt = Decimal(7250) * 30 * 365 / Decimal("365.25")
    long_run = reformed.figure("costs.home.long-run").value
    assert long_run == pytest.approx(DAYS * 5 + 1_200_000 + unbuilt, abs=Decimal("0.01"))


def test_the_reform_turned_round_costs_as_much(tmp_path_factory: pytest.TempPathFactory) -> None:
    """More people are a loss of the same size, not nought."""
    out = tmp_path_factory.mktemp("turned") / "out"
    found = compared(f"{REFORM}#reform", REFORM, out)
    assert found.figure("costs.home.average").value == -DAYS * 50
    assert found.figure("costs.home.wings").value == -(DAYS * 5 + 1_200_000)


def test_no_empty_headings_about_rent(reformed: Appraisal) -> None:
    ids = [section.id for section in reformed.sections]
    assert ids == ["population", "places", "costs", "sensitivity", "cannot-know", "evidence"]
    page = html(reformed)
    assert "Appraisal of a reform" in page and "rent prison places" not in page

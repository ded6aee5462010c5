"""Means and intervals over members."""

from decimal import Decimal

import pytest

from bedspace import results
from bedspace.appraisal.figures.spread import ratio_of_means, spread
from bedspace.appraisal.members.members import Ensemble
from bedspace.scenario import paths


def test_the_interval_is_the_percentiles_between_members() -> None:
    found = spread([float(n) for n in range(101)][::-1])
    assert (found.value, found.low, found.high) == (50, 2.5, 97.5)
    # Three of them at 0 and one at 100: the mean is a quarter of 100, the median would be 0.
    assert spread([0.0, 0.0, 0.0, 100.0]).value == 25
    # Three members: 2.5 % of the way from the first to the third is 0.05 of the first step.
    assert spread([10.0, 30.0, 20.0]).low == pytest.approx(10.5)


def test_what_does_not_vary_has_no_interval_and_loses_no_digit() -> None:
    third = Decimal(1) / 3
    found = spread([third, third])
    assert found.value is third and found.low is None and found.high is None
    assert spread([4]).value == 4


def test_money_that_varies_is_decimal_to_the_cent() -> None:
    found = spread([Decimal("1.00"), Decimal("2.00"), Decimal("2.10")])
    # 5.10 / 3
    assert found.value == Decimal("1.70")
    assert isinstance(found.low, Decimal) and found.low == Decimal("1.05")


def test_nobody_has_no_mean() -> None:
    with pytest.raises(ValueError):
        spread([])


def test_a_ratio_is_of_the_means() -> None:
    """100 paid for 10 days and 400 for 20: 500 / 30 = 16.67 a day. The mean of 10 and 20 is 15."""
    parts = [(Decimal(100), 10), (Decimal(400), 20)]
    assert ratio_of_means(parts, "EUR/place-day") == Decimal("16.67")
    # Money by money is a number; a yen has no hundredth part.
    assert ratio_of_means([(Decimal(1), Decimal(4)), (Decimal(1), Decimal(12))]) == 0.125
    assert ratio_of_means([(Decimal(100), 3)], "JPY/place-day") == Decimal(33)
    assert ratio_of_means([(3.0, 4.0), (1.0, 4.0)]) == 0.5


def test_each_member_has_the_numbers_it_drew(lease: results.Comparison) -> None:
    ensemble = Ensemble(lease)
    path = "homeland.costs.marginal"
    drawn = [paths.get(scn, path).value for scn in ensemble.drawn]
    told = lease.sql(
        f"SELECT value FROM scenario_draws WHERE path = '{path}' ORDER BY member"
    ).fetchall()
    assert drawn == [value for (value,) in told]
    assert len(set(drawn)) == lease.members
    assert paths.get(ensemble.scn, path).value == 0.45


def test_people_on_a_day_are_those_of_the_table(lease: results.Comparison) -> None:
    ensemble = Ensemble(lease)
    day = ensemble.scn.end.replace(year=2027, month=12, day=31)
    for side in ("baseline", "scenario"):
        told = lease.sql(
            f"SELECT sum(people) FROM {side}_population WHERE system = 'homeland' "
            f"AND day = DATE '{day}' GROUP BY member ORDER BY member"
        ).fetchall()
        assert ensemble.people[side, "homeland", "", day] == [n for (n,) in told]
    north = ensemble.people["scenario", "homeland", "north", day]
    south = ensemble.people["scenario", "homeland", "south", day]
    both = ensemble.people["scenario", "homeland", "", day]
    assert [a + b for a, b in zip(north, south, strict=True)] == both

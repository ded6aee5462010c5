"""norway-netherlands: what was published of Norgerhaven, and what the run makes of it."""

from __future__ import annotations

import pytest

from bedspace import scenario
from bedspace.scenario import Scenario, paths
from tests.library.ran import held, ran, sent


@pytest.fixture(scope="module")
def scn() -> Scenario:
    return scenario.load("norway-netherlands")


def test_a_third_of_those_assessed_pass(scn: Scenario) -> None:
    lease = scn.agreements["norgerhaven"]
    seen = next(row for row in lease.observed if row.assessed)
    assert seen.assessed is not None and seen.passed is not None and lease.selection is not None
    assert (seen.passed.value, seen.assessed.value) == (185 + 139, 185 + 139 + 603)
    assert lease.selection.value == pytest.approx(seen.passed.value / seen.assessed.value, abs=0.01)


def test_sums_that_disagree_both_stand_with_the_difference(scn: Scenario) -> None:
    paid = next(row.paid for row in scn.agreements["norgerhaven"].observed if row.paid)
    assert (paid.value, paid.currency) == (906e6, "NOK")
    others = [other.value for other in paid.disputed_by]
    assert others == [3 * 270e6, 3 * (270e6 + 302e6) / 2]
    assert [paid.value - other for other in others] == [96e6, 48e6]
    assert paid.value == 3 * 302e6  # as its note says


def test_converted_and_divided_sums_are_as_their_notes_say(scn: Scenario) -> None:
    rate = 8.9496  # kroner a euro in 2015
    fee = scn.agreements["norgerhaven"].fee
    own, transport = fee[1].yearly, fee[2].transport
    assert own is not None and transport is not None and fee[0].indexed is not None
    assert own.value == pytest.approx(4e6 * 3 / rate, rel=0.002)
    assert transport.value == pytest.approx(9.5e6 / rate / 265, rel=0.002)
    index = (302 / 270 / (9.5975 / rate)) ** (1 / 3) - 1
    assert fee[0].indexed.value == pytest.approx(index, abs=0.0005)
    moved = paths.get(scn, "agreements.norgerhaven.transfers")
    assert moved.value == pytest.approx(324 / 149, abs=0.005)
    stock = paths.get(scn, "norway.groups.closed-sentenced.stock").value
    assert stock == pytest.approx(4056 * 0.65 * 0.95 * 473_499 / 899_515, rel=0.003)


def test_full_within_five_months_as_observed() -> None:
    run = ran("norway-netherlands")
    assert set(held(run, "norgerhaven", "2016-01-31")) <= {240, 241, 242}
    assert max(held(run, "norgerhaven", "2015-09-01")) <= 3  # 25 came on the first day
    assert set(held(run, "norgerhaven", "2018-09-01")) == {0}


def test_the_turnover_falls_short_of_the_published_one_by_a_tenth() -> None:
    """936 were sent to 2018-02-15; the run's members send fewer, and the page says so."""
    found = sorted(sent(ran("norway-netherlands"), "norgerhaven", "2018-03-01"))
    middle = (found[2] + found[3]) / 2
    assert 0.85 * 936 < middle < 936
    assert found[0] > 0.8 * 936 and found[-1] < 1.05 * 936

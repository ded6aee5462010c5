"""Draws of a member: the right laws, at addresses of their own."""

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bedspace import scenario
from bedspace.ensemble import members
from bedspace.scenario.model.renewals import Renewal

TINY = str(Path(__file__).with_name("tiny.yaml"))
SHARES = st.floats(min_value=1e-9, max_value=1 - 1e-9)


def below(x: float, low: float, mode: float, high: float) -> float:
    """The triangular law's distribution function, from its density by areas of triangles."""
    left, right = (Fraction(v) for v in (mode - low, high - mode))
    if x <= mode:
        return float(Fraction(x - low) ** 2 / (left + right) / left) if left else 0.0
    return float(1 - Fraction(high - x) ** 2 / (left + right) / right)


@given(SHARES, st.tuples(*[st.integers(-1000, 1000)] * 3).map(sorted))
def test_triangular_undoes_its_distribution_function(u: float, ends: list[int]) -> None:
    low, mode, high = ends
    x = members.triangular(u, low, mode, high)
    assert low <= x <= high
    if low < high:
        assert below(x, low, mode, high) == pytest.approx(u, abs=1e-6)


def test_triangular_has_its_mean() -> None:
    draws = [members.triangular((i + 0.5) / 20_000, 12, 20, 40) for i in range(20_000)]
    assert sum(draws) / len(draws) == pytest.approx((12 + 20 + 40) / 3, rel=1e-5)


@given(SHARES, st.tuples(*[st.integers(-1000, 1000)] * 3).map(sorted))
def test_two_piece_has_half_of_the_probability_on_either_side(u: float, ends: list[int]) -> None:
    """Below the value half the square of the share of the way from low, above it likewise."""
    low, value, high = ends
    x = members.two_piece(u, low, value, high)
    assert low <= x <= high
    if u < 0.5:
        assert x <= value
        assert low == value or ((x - low) / (value - low)) ** 2 / 2 == pytest.approx(u, abs=1e-6)
    else:
        assert x >= value
        assert high == value or ((high - x) / (high - value)) ** 2 / 2 == pytest.approx(
            1 - u, abs=1e-6
        )


def test_the_median_of_what_is_drawn_is_the_value_stated() -> None:
    """25 % with a range from 10 to 60 %: by the triangular law the median would be 30 %."""
    quantity = scenario.uncertain(scenario.load(TINY))["agreements.lease.selection"]
    skew = replace(quantity, low=0.10, value=0.25, high=0.60, spread="two-piece")
    assert members.drawn(skew, 0.5) == 0.25
    draws = [members.drawn(skew, (i + 0.5) / 20_000) for i in range(20_000)]
    assert sum(draws) / len(draws) == pytest.approx(0.25 + (0.35 - 0.15) / 6, rel=1e-5)
    assert members.drawn(replace(skew, spread="triangular"), 0.5) == pytest.approx(0.3042, abs=1e-4)


def test_two_piece_is_triangular_where_the_value_is_half_way() -> None:
    for u in (0.01, 0.3, 0.5, 0.77, 0.99):
        assert members.two_piece(u, 10, 20, 30) == pytest.approx(members.triangular(u, 10, 20, 30))


@pytest.mark.parametrize("path", ["a.number", "another"])
def test_ten_members_in_a_row_have_one_draw_in_each_tenth(path: str) -> None:
    for first in (0, 10, 370):
        draws = [members.spread_out(7, m, path) for m in range(first, first + 10)]
        assert sorted(int(u * 10) for u in draws) == list(range(10))


def test_draws_are_uniform_and_two_numbers_know_nothing_of_each_other() -> None:
    """Within its tenth a draw is uniform (variance 1/12 of a tenth); correlations of 4,000 pairs
    are 0 within 4 / sqrt(4,000)."""
    a = np.array([members.spread_out(3, m, "a.number") for m in range(4000)])
    b = np.array([members.spread_out(3, m, "another") for m in range(4000)])
    within = a * 10 % 1
    assert abs(within.mean() - 0.5) < 4 * (1 / 12 / 4000) ** 0.5
    assert abs(np.corrcoef(a, b)[0, 1]) < 4 / 4000**0.5
    assert abs(np.corrcoef(a[:-1], a[1:])[0, 1] + 1 / 10) < 4 / 4000**0.5


def test_uniform_undoes_its_distribution_function() -> None:
    assert [members.uniform(u, -3, 5) for u in (0.125, 0.5, 0.75)] == [-2, 1, 3]


def test_a_member_draws_every_uncertain_number_within_its_range() -> None:
    scn = scenario.load(TINY)
    ranges = scenario.uncertain(scn)
    assert len(ranges) == 4
    seen: dict[str, set[float]] = {path: set() for path in ranges}
    for m in range(200):
        own, values = members.draw(scn, seed=5, member=m)
        assert list(values) == sorted([*ranges, "agreements.lease"])
        for path, quantity in ranges.items():
            assert quantity.low is not None and quantity.high is not None
            assert quantity.low <= values[path] <= quantity.high
            seen[path].add(values[path])
            if path != "agreements.lease.selection":
                assert scenario.paths.get(own, path).value == pytest.approx(values[path])
    assert all(len(values) == 200 for values in seen.values())
    stock = sorted(seen["homeland.groups.ordinary.stock"])  # uniform from 60 to 120
    assert stock[50] == pytest.approx(75, abs=7) and stock[150] == pytest.approx(105, abs=7)


def test_in_force_is_drawn_for_each_member() -> None:
    """60 % of 400 members, with a standard error of 2.4 %: five of them either way."""
    scn = scenario.load(TINY)
    kept = 0
    for m in range(400):
        own, values = members.draw(scn, seed=1, member=m)
        assert ("lease" in own.agreements) == (values["agreements.lease"] == 1)
        kept += "lease" in own.agreements
    assert kept / 400 == pytest.approx(0.6, abs=0.12)
    assert "lease" in scn.agreements


def test_a_baseline_draws_the_same_values_for_what_it_shares() -> None:
    whole, base = scenario.load(TINY), scenario.load(TINY + "#baseline")
    for m in range(5):
        _, values = members.draw(whole, seed=9, member=m)
        _, fewer = members.draw(base, seed=9, member=m)
        assert fewer == {p: v for p, v in values.items() if not p.startswith("agreements.")}
        assert len(fewer) == 3


def test_seed_and_member_change_every_draw() -> None:
    scn = scenario.load(TINY)
    draws = [members.draw(scn, seed, m)[1] for seed, m in ((1, 0), (1, 1), (2, 0))]
    for path in scenario.uncertain(scn):
        assert len({d[path] for d in draws}) == 3


RENEWED = """
bedspace: 1
extends: tiny.yaml
agreements:
  lease: {in_force: 100 %, renewal: {every: 60 d, chance: 75 %}}
measures:
  more:
    on: ON
    renewed: {every: 10 d, chance: 80 %}
    set: {homeland.facilities.north.places: 5}
"""


@pytest.fixture(scope="module")
def renewed(tmp_path_factory: pytest.TempPathFactory) -> scenario.Scenario:
    folder = tmp_path_factory.mktemp("renewed")
    start = str(scenario.load(TINY).start)
    (folder / "tiny.yaml").write_bytes(Path(TINY).read_bytes())
    (folder / "renewed.yaml").write_text(RENEWED.replace("ON", start))
    return scenario.load(str(folder / "renewed.yaml"))


def test_the_first_renewal_that_fails_is_geometric() -> None:
    text = "{every: {value: 10 d}, chance: {value: 80 %}}"
    renewal = Renewal.model_validate(yaml.safe_load(text))
    # More than n renewals succeed with 0.8 ** n: none above u = 0.8, one down to 0.64, two ...
    assert [renewal.first_failure(u) for u in (0.99, 0.81, 0.79, 0.65, 0.63)] == [
        10,
        10,
        20,
        20,
        30,
    ]
    sure = Renewal.model_validate({"every": "10 d", "chance": "100 %"})
    never = Renewal.model_validate({"every": "10 d", "chance": "0 %"})
    assert sure.first_failure(1e-9) == float("inf") and never.first_failure(0.5) == 10
    mean = sum(renewal.first_failure((i + 0.5) / 10_000) for i in range(10_000)) / 10_000
    assert mean == pytest.approx(10 / 0.2, rel=1e-2)


def test_renewals_are_drawn_for_each_member_at_their_own_path(renewed: scenario.Scenario) -> None:
    path, other = "measures.more.renewed", "agreements.lease.renewal"
    lasted = []
    for m in range(300):
        own, values = members.draw(renewed, seed=3, member=m)
        lasted.append(values[path])
        measure, agreement = own.measures["more"], own.agreements["lease"]
        assert measure.ends == measure.on + dt.timedelta(round(values[path]))
        lapses = agreement.from_ + dt.timedelta(round(values[other]))
        assert agreement.ended[0] == min(agreement.until, lapses)
        assert measure.ends <= own.end + dt.timedelta(1)
        # Whoever reads the values again gets the same scenario.
        assert scenario.with_values(renewed, values).measures == own.measures
    first = sum(days == 10 for days in lasted) / 300
    assert first == pytest.approx(0.2, abs=5 * 0.023)  # five standard errors
    assert set(lasted) - {(renewed.end - renewed.start).days + 1} <= set(range(10, 4000, 10))


def test_a_lapse_depends_on_seed_member_and_path_alone(renewed: scenario.Scenario) -> None:
    path = "measures.more.renewed"
    alone = renewed.model_copy(update={"agreements": {}})
    for m in range(20):
        _, values = members.draw(renewed, 3, m)
        assert members.draw(alone, 3, m)[1][path] == values[path]

"""What stops at home, rung by rung, on counts made by hand; and what always holds of the rungs."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedspace import scenario
from bedspace.appraisal.sender.freed import Freed
from bedspace.appraisal.sender.rungs import Rungs, building, rungs
from bedspace.scenario import Scenario

NORTH = {
    "places": "300",
    "costs": {
        "fixed": "12000000 EUR / year",
        "variable": "10 EUR / day",
        "wings": {"places": "60", "saved": "1200000 EUR / year"},
        "closing": "3000000 EUR / year",
    },
}


def made(
    north: Mapping[str, Any] = NORTH, building: Mapping[str, str] | None = None, times: str = "1"
) -> Scenario:
    """One prison of 300 places in wings of 60."""
    group = {"stock": "250", "pathway": "usual", "costs": {"times": times}}
    stages = {"sentenced": {"stay": {"fixed": "90 d"}}}
    home = {
        "groups": {"ordinary": group},
        "pathways": {"usual": stages},
        "facilities": {"north": north},
        "costs": {"building": building} if building else {},
    }
    raw = {"bedspace": "1", "title": "made", "start": "2025-06-01", "end": "2025-07-01"}
    return scenario.from_raw({**raw, "systems": {"home": home}}, "made")


def june(
    without: list[int], with_it: list[int], first: int = 1, capacity: int = 300, mine: float = 1.0
) -> Freed:
    """People in the prison on each day of June 2025 from `first` on, without and with."""
    both = np.array([without, with_it])
    at = (slice(None), None, None, None)
    return Freed(
        (date(2025, 6, 1),),
        (len(without),),
        ("north",),
        both.sum(axis=1)[at],
        both.max(axis=1)[at],
        np.maximum(both - capacity, 0).sum(axis=1)[at],
        np.full((1, 1), mine),
    )


def climbed(freed: Freed, scn: Scenario, refilled: float = 0.0) -> Rungs:
    return rungs(freed, 0, scn, "home", {"ordinary": 100}, refilled)


def money(found: Rungs) -> tuple[Decimal, Decimal, Decimal]:
    return found.short_run[2025], found.wings[2025], found.long_run[2025]


def test_eighty_fewer_of_250_empty_two_wings() -> None:
    """80 x 30 days x 10 EUR; 250 people need 5 wings and 170 need 3; two cost 1.2 m a year each."""
    found = climbed(june([250] * 30, [170] * 30), made())
    assert money(found) == (24_000, 224_000, 224_000)
    assert found.fewer == {"north": 2400}
    assert found.wing_years["north"] == pytest.approx(2 / 12)
    assert found.whole is not None and found.whole[2025] == 1_000_000 + 250 * 30 * 10


def test_half_of_them_filled_again_leaves_one_wing() -> None:
    """40 fewer, 210 people: 4 wings."""
    found = climbed(june([250] * 30, [170] * 30), made(), 0.5)
    assert money(found) == (12_000, 112_000, 112_000)
    assert money(climbed(june([250] * 30, [170] * 30), made(), 1.0)) == (0, 0, 0)


def test_a_wing_is_empty_only_when_every_day_could_do_without_it() -> None:
    """170 people but for one day with 200, which needs four wings."""
    found = climbed(june([250] * 30, [170] * 29 + [200]), made())
    assert found.wing_years["north"] == pytest.approx(1 / 12)
    assert found.short_run[2025] == (80 * 29 + 50) * 10


def test_who_is_above_capacity_spares_no_wing_but_places_that_would_be_built() -> None:
    """340 in 300 places: 40 want a place. A place costs 250,000 / 40 years = 6,250 a year and
    1,000 to run."""
    new = {"place": "250000 EUR", "life": "40 years", "running": "1000 EUR / year"}
    scn = made(building=new)
    assert building(scn, "home") == 7250
    found = climbed(june([340] * 30, [280] * 30), scn)
    assert found.wing_years["north"] == 0
    assert found.place_years == pytest.approx(40 * 30 / 365.25)
    assert money(found)[:2] == (18_000, 18_000)
    assert float(found.long_run[2025]) == pytest.approx(18_000 + 7250 * 40 * 30 / 365.25)


def test_nobody_left_closes_the_prison_and_all_wings() -> None:
    """5 wings x 1.2 m + 3 m, for a month; never more than the 12 m that the prison costs."""
    found = climbed(june([250] * 30, [0] * 30), made())
    assert found.prison_years["north"] == pytest.approx(1 / 12)
    assert money(found)[1] == 75_000 + (5 * 1_200_000 + 3_000_000) // 12


def test_a_part_month_saves_by_its_days() -> None:
    found = climbed(june([250] * 15, [170] * 15), made())
    assert money(found)[:2] == (12_000, 12_000 + 2 * 1_200_000 // 24)


def test_those_who_cost_more_save_more() -> None:
    """Half as much again on the variable cost; a wing costs the same."""
    found = climbed(june([250] * 30, [170] * 30), made(times="1.5"))
    assert money(found) == (36_000, 236_000, 236_000)


def test_without_a_fixed_cost_nobody_knows_the_whole() -> None:
    found = climbed(
        june([250] * 30, [170] * 30),
        made({"places": "300", "costs": {"variable": "10 EUR / day"}}),
    )
    assert found.whole is None and money(found) == (24_000, 24_000, 24_000)


def test_never_more_than_all_there_is() -> None:
    """Who costs three times as much would save 225,000; the prison costs 75,100 in the month."""
    costs = {"fixed": "1200 EUR / year", "variable": "10 EUR / day"}
    found = climbed(june([250] * 30, [0] * 30), made({"places": "300", "costs": costs}, times="3"))
    assert found.whole == {2025: 100 + 250 * 30 * 10}
    assert money(found) == (75_100, 75_100, 75_100)


def test_what_two_agreements_free_is_shared() -> None:
    """Half of the 80 are this agreement's: 40 fewer, one wing."""
    found = climbed(june([250] * 30, [170] * 30, mine=0.5), made())
    assert money(found) == (12_000, 112_000, 112_000)


people = st.lists(st.integers(0, 500), min_size=30, max_size=30)


@settings(max_examples=60, deadline=None)
@given(people, people, st.floats(0, 1), st.sampled_from([0.2, 1.0, 3.0]))
def test_no_rung_is_below_the_one_before_or_above_the_whole(
    without: list[int], with_it: list[int], refilled: float, times: float
) -> None:
    new = {"place": "250000 EUR", "life": "40 years"}
    scn = made(building=new, times=str(times))
    found = climbed(june(without, with_it), scn, refilled)
    assert found.whole is not None
    short, wings, long = money(found)
    assert 0 <= short <= wings <= long <= found.whole[2025]

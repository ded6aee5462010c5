"""Rent or build, worked out by hand: 90 places from 2025-07-01 to 2026-07-01, all used.

Building them costs 90 x 250,000 = 22,500,000. Each place then costs 1,000 a year to run and each
person-day 25 at the margin. Of a life of 40 years, 14,610 days, those they stood are used up.
"""

from decimal import Decimal
from pathlib import Path

import pytest

from bedspace.appraisal import Appraisal, appraise
from tests.appraisal.conftest import compare

HOME = str(Path(__file__).parent / "home.yaml")
BUILT = Decimal(22_500_000)
YEAR = Decimal("365.25")
CENT = Decimal("0.02")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Appraisal]:
    folder = tmp_path_factory.mktemp("build")
    names = ("", "#opens-later", "#no-building")
    return {name: appraise(compare(HOME + name, 2, folder / (name or "as"))) for name in names}


def value(appraisal: Appraisal, key: str) -> Decimal:
    got = appraisal.figure(f"lease.rent-or-build.{key}").value
    assert isinstance(got, Decimal)
    return got


def test_places_that_open_at_once(found: dict[str, Appraisal]) -> None:
    """365 days of running and 32,850 person-days; 365 of 14,610 days of life used up. The rent is
    40 x 32,850 + 100,000 + 500 for each of 90 moved there and 90 back."""
    it = found[""]
    running = 90_000 * 365 / YEAR + 25 * 32_850
    assert value(it, "plain.build") == pytest.approx(BUILT + running, abs=CENT)
    net = BUILT + running - BUILT * (14_610 - 365) / 14_610
    assert value(it, "plain.net") == pytest.approx(net, abs=CENT)
    assert value(it, "plain.rent") == 40 * 32_850 + 100_000 + 500 * 180
    assert value(it, "plain.rent-day") == pytest.approx(Decimal(1_504_000) / 32_850)
    assert value(it, "plain.net-day") == pytest.approx(net / 32_850, abs=CENT)
    assert it.figure("lease.rent-or-build.before").value == 0


def test_places_that_open_later_hold_nobody_before(found: dict[str, Appraisal]) -> None:
    """They open on 2026-01-01, after 184 days: 16,560 of the person-days are not had."""
    it = found["#opens-later"]
    running = 90_000 * 181 / YEAR + 25 * 16_290
    assert value(it, "plain.build") == pytest.approx(BUILT + running, abs=CENT)
    net = BUILT + running - BUILT * (14_610 - 181) / 14_610
    assert value(it, "plain.net") == pytest.approx(net, abs=CENT)
    assert it.figure("lease.rent-or-build.before").value == 16_560
    assert value(it, "plain.net-day") == pytest.approx(net / 16_290, abs=CENT)


def test_the_second_year_is_discounted(found: dict[str, Appraisal]) -> None:
    """Norway's 4 %: running of 2026, and what is left then, over 1.04."""
    later = 90_000 * 181 / YEAR + 25 * 16_290 - BUILT * (14_610 - 181) / 14_610
    net = BUILT + later / Decimal("1.04")
    it = found["#opens-later"]
    assert value(it, "norway.net") == pytest.approx(net, abs=CENT)
    a_day = net / (16_290 / Decimal("1.04"))
    assert value(it, "norway.net-day") == pytest.approx(a_day, abs=CENT)


def test_without_a_building_cost_the_row_says_so(found: dict[str, Appraisal]) -> None:
    figure = found["#no-building"].figure("lease.rent-or-build.build")
    assert figure.value is None
    assert figure.note == "no cost of building a place in home is given"

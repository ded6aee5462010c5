"""Costs at the prices of the years in which they are used, worked out by hand.

90 people are away for 184 days of 2025 and 181 of 2026: 16,560 and 16,290 person-days. Costs of
2024 that grow by 10 % a year are 1.1 times as high in 2025 and 1.21 times in 2026.
"""

from decimal import Decimal
from pathlib import Path

import pytest

from bedspace import scenario
from bedspace.appraisal import Appraisal, appraise
from bedspace.exceptions import ScenarioError
from bedspace.rules.fees import Series, growth
from bedspace.scenario import warnings
from tests.appraisal.conftest import compare

HOME = str(Path(__file__).parent / "home.yaml")
GROWN = Decimal("1.1") * 16_560 + Decimal("1.21") * 16_290
"""Person-days, each counted as often as a price of 2024 has grown."""


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Appraisal:
    return appraise(compare(f"{HOME}#grows", 2, tmp_path_factory.mktemp("grows") / "out"))


def test_costs_by_the_day_grow_year_by_year(grown: Appraisal) -> None:
    """EUR 100 of 2024 x 37,926.9 = 3,792,690; at the margin a quarter of it."""
    assert Decimal(100) * GROWN == Decimal("3792690")
    assert grown.figure("lease.avoided.average.total").value == Decimal("3792690.00")
    assert grown.figure("lease.avoided.marginal.total").value == Decimal("948172.50")
    each = grown.figure("lease.avoided.average.place-day").value
    assert each == pytest.approx(Decimal("3792690") / 32_850)
    assert grown.figure("lease.account.sender.2025.avoided-short-run").value == Decimal("182160.00")


def test_rungs_grow_year_by_year(grown: Appraisal) -> None:
    """The variable EUR 10; with it a wing of 1.2 million a year, half a year of each."""
    assert grown.figure("lease.avoided.short-run.total").value == Decimal("379269.00")
    wings = 379_269 + Decimal("1.1") * 600_000 + Decimal("1.21") * 600_000
    assert grown.figure("lease.avoided.wings.total").value == wings


def test_each_cost_of_a_block_may_have_a_price_year_of_its_own(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """The variable EUR 10 of 2024 as above; a wing of 1.2 million of 2023, a year's growth more:
    half a year of each at 1.21 and at 1.331 times."""
    both = compare(f"{HOME}#years-apart", 2, tmp_path_factory.mktemp("apart") / "out")
    found = appraise(both)
    assert found.figure("lease.avoided.short-run.total").value == Decimal("379269.00")
    wings = 379_269 + Decimal("1.21") * 600_000 + Decimal("1.331") * 600_000
    assert found.figure("lease.avoided.wings.total").value == wings


def test_the_receivers_costs_grow_too(grown: Appraisal) -> None:
    """The variable EUR 15 of the tower; its fixed cost for 90 of 120 places."""
    assert (
        grown.figure("lease.account.receiver.2026.held").value
        == Decimal("15") * Decimal("1.21") * 16_290
    )
    fixed = Decimal(900_000) / Decimal("365.25") * 181 * Decimal("1.21")
    assert grown.figure("lease.account.receiver.2026.fixed").value == round(fixed, 2)
    held = grown.figure("lease.receiver.holding").value
    assert held == pytest.approx(Decimal(15) * GROWN / 32_850)


def test_an_index_is_among_what_a_figure_rests_on(grown: Appraisal) -> None:
    inputs = grown.figure("lease.avoided.average.total").inputs
    assert "home.costs.indexed" in [one.id for one in inputs]


def test_growth_between_calendar_years() -> None:
    """5 % compounds, back in time too; an index by its mean level of each year."""
    from datetime import date

    assert growth(Decimal("0.05"), 2020, 2022) == Decimal("1.1025")
    assert growth(Decimal("0.25"), 2020, 2019) == Decimal("0.8")
    levels = ((date(2020, 1, 1), Decimal(90)), (date(2020, 7, 1), Decimal(110)))
    index = Series("prices", (*levels, (date(2021, 1, 1), Decimal(130))))
    assert growth(index, 2020, 2021) == Decimal("1.3")


def test_a_price_older_than_two_years_is_a_doubt_and_a_stamp(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Costs of 2022 first used in 2025: three years. The building is in the same prices."""
    found = warnings(scenario.load(f"{HOME}#old"))
    assert any(
        one.what == "home.costs.average is at prices of 2022 and first used in 2025"
        for one in found
    )
    assert warnings(scenario.load(f"{HOME}#grows")) == warnings(scenario.load(HOME)) == []
    old = appraise(compare(f"{HOME}#old", 2, tmp_path_factory.mktemp("old") / "out"))
    stamp = "old prices: home.costs.average, 2022"
    assert stamp in old.figure("lease.avoided.average.total").stamps
    assert stamp in old.figure("lease.saving.average.verdict").stamps
    assert stamp not in old.figure("lease.avoided.short-run.total").stamps


def test_denmarks_costs_of_2013_at_the_prices_of_its_term(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """EUR 254.63 of 2013, index 100; 120.02 in 2024, then 2 % a year: 135.16 in 2030. So a
    person-day of 2030 costs 344.16, and the term's are above the fee of a place-day used."""
    both = compare("denmark-kosovo", 2, tmp_path_factory.mktemp("denmark") / "out")
    found = appraise(both)
    days = both.sql(
        "SELECT sum(people)::BIGINT FROM scenario_population WHERE agreement = 'gjilan' "
        "AND year(day) = 2030 GROUP BY member ORDER BY member"
    ).fetchall()
    mean = sum(Decimal(n) for (n,) in days) / 2
    avoided = found.figure("gjilan.account.sender.2030.avoided-average").value
    assert avoided == pytest.approx(
        mean * Decimal("254.63") * Decimal("1.3516"), rel=Decimal("1e-4")
    )
    each = found.figure("gjilan.avoided.average.place-day").value
    price = found.figure("gjilan.fee.price-used").value
    assert Decimal("254.63") < price < each < Decimal("254.63") * Decimal("1.5526")
    assert found.figure("gjilan.saving.average.verdict").value == "costs fall"


def test_an_index_reaches_every_price_year_of_a_block(tmp_path: Path) -> None:
    """The system's cost is of 2021, and the index begins in 2022."""
    file = tmp_path / "mine.yaml"
    file.write_text(
        Path(HOME)
        .read_text(encoding="utf-8")
        .replace(
            "    costs: {system: 40000000 EUR / year}",
            "    costs: {system: 40000000 EUR / year, average: 50 EUR / day, indexed: prices,\n"
            "            prices_of: {system: 2021, average: 2024}}",
        )
        + "indices: {prices: {values: {2022-01-01: 100, 2024-01-01: 105, 2026-01-01: 110}}}\n",
        encoding="utf-8",
    )
    with pytest.raises(ScenarioError, match="has no value for 2021"):
        scenario.load(str(file))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ("", "the index 'prices' is not defined"),
        ("indices: {prices: {values: {2022-01-01: 100}}}", "has no value for 2023"),
        ("indices: {prices: {values: {2023-01-01: 100, 2024-01-01: 105}}}", "no value for 2022"),
    ],
)
def test_an_index_reaches_from_the_price_year_over_the_run(
    values: str, said: str, tmp_path: Path
) -> None:
    """Costs of 2022 in a run of 2023 and 2024."""
    file = tmp_path / "mine.yaml"
    file.write_text(
        "bedspace: 1\ntitle: Tiny\nstart: 2023-01-01\nend: 2025-01-01\n"
        f"{values}\n"
        "systems:\n  home:\n    groups: {all: {stock: {sentenced: 5}, pathway: usual}}\n"
        "    pathways: {usual: {sentenced: {stay: {indefinite: true}}}}\n"
        "    facilities: {main: {places: 10}}\n"
        "    costs: {average: 10 EUR / day, prices_of: 2022, indexed: prices}\n",
        encoding="utf-8",
    )
    with pytest.raises(ScenarioError, match=said) as found:
        scenario.load(str(file))
    assert len(found.value.problems) == 1

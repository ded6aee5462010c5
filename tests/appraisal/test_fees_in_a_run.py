"""Fees as a run invoices them, on people who never leave, so that every sum can be made by hand."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from bedspace import ensemble, scenario
from bedspace.appraisal import Appraisal, appraise
from bedspace.appraisal.figures import words
from bedspace.exceptions import ScenarioError

TEXT = """\
bedspace: 1
title: People who never leave
start: 2025-01-01
end: {end}
systems:
  home:
    groups: {{g: {{stock: {{detained: 286}}, pathway: p, facilities: [h]}}}}
    pathways: {{p: {{detained: {{status: immigration, stay: {{indefinite: true}}}}}}}}
    facilities: {{h: {{places: 1000}}}}
    costs: {{average: 100 {money} / day}}
  county:
    facilities: {{j: {{places: 700, costs: {{variable: 7.0005 {money} / day{fixed}}}}}}}
agreements:
  annex:
    sending: home
    receiving: county
    facility: j
    places: {places}
    from: {first}
    until: {until}
    eligible: {{groups: [g], stages: [detained]}}
    fee: {fee}
    {more}
{last}variants:
  baseline: {{without: [agreements.annex]}}
"""

Make = Callable[..., Appraisal]


@pytest.fixture
def made(tmp_path: Path) -> Make:
    """Appraises the text with what is asked for in it."""

    def make(members: int = 1, **asked: str) -> Appraisal:
        usual = {
            "end": "2025-05-01",
            "first": "2025-02-01",
            "until": "2025-04-01",
            "places": "500",
            "money": "USD",
            "more": "",
            "last": "",
            "fixed": "",
        }
        file = tmp_path / "x.yaml"
        file.write_text(TEXT.format(**(usual | asked)), encoding="utf-8")
        sides = (scenario.load(f"{file}{variant}") for variant in ("#baseline", ""))
        return appraise(ensemble.compare(*sides, members, 1, 1, tmp_path / "out"))

    return make


@pytest.mark.parametrize("end", ["2025-04-01", "2025-05-01"])
def test_the_way_home_is_invoiced_though_the_run_ends_on_that_day(made: Make, end: str) -> None:
    """286 people go on the first day of the term and come back on the day after its last: 286 x 50
    = 14,300 each way. At least 338 are paid for on 59 days: 338 x 59
    x 100 = 1,994,200."""
    fee = "[{minimum: {places: 338, per_use: 100 USD / day}}, {transport: 50 USD}]"
    found = made(end=end, fee=fee)
    assert found.figure("annex.paid.transport").value == Decimal("28600.00")
    assert found.figure("annex.fee.paid").value == Decimal("2022800.00")


def test_who_is_let_go_at_the_end_is_not_brought_home_though_the_run_ends(made: Make) -> None:
    found = made(
        end="2025-04-01", fee="[{transport: 50 USD}, {yearly: 1 USD / year}]", more="at_end: leave"
    )
    assert found.figure("annex.paid.transport").value == Decimal("14300.00")


def test_an_indexed_way_home_has_the_price_of_the_terms_last_day(made: Make) -> None:
    """A year at 50 a movement, 10 % more from the first anniversary on, which is the day after the
    last: 2 x 286 x 50, and not 286 x 50 + 286 x 55 = 30,030."""
    fee = "[{transport: 50 USD, indexed: 10 % / year}, {yearly: 1 USD / year}]"
    found = made(first="2025-02-01", until="2026-02-01", end="2026-03-01", fee=fee)
    assert found.figure("annex.paid.transport").value == Decimal("28600.00")


def test_a_minimum_goes_by_the_month_though_places_change_in_it(made: Make) -> None:
    """In April 50 places and people for 15 days, then 250: 50 x 15 + 250 x 15 = 4,500 place-days,
    more than the 100 x 30 guaranteed: 45,000 at 10. Half by half it would be 52,500."""
    found = made(
        first="2025-04-01",
        until="2025-05-01",
        end="2025-06-01",
        places="250",
        fee="[{minimum: {places: 100, per_use: 10 USD / day}}]",
        more="ramp: {2025-04-01: 50, 2025-04-16: 250}",
    )
    assert found.figure("annex.use.place-days").value == 4500
    assert found.figure("annex.fee.paid").value == Decimal("45000.00")


def test_a_headline_is_what_its_own_formula_says_where_the_fee_is_indexed(made: Make) -> None:
    """100 a day in the first year, 110 in the second, both of 365 days: 105 over the term."""
    fee = "[{per_place: 100 USD / day, indexed: 10 % / year}]"
    found = made(first="2025-02-01", until="2027-02-01", fee=fee)
    headline = found.figure("annex.fee.headline")
    assert headline.value == 105 and headline.formula.endswith(
        "each year of the term at its own price"
    )
    assert found.figure("annex.fee.headline-at-first").value == 100


def test_break_even_is_told_with_a_guarantee_that_is_a_share(made: Make) -> None:
    """60 % of 500 places are 300 people; 286 are held. At 300 a person-month must avoid
    10 x 365.25 / 12 = 304.375, at 286 a little more: 304.375 x 300 / 286."""
    found = made(fee="[{minimum: {share: 60 %, per_use: 10 USD / day}}]")
    assert found.figure("annex.break-even.cost.300").value == Decimal("304.375")
    least = found.figure("annex.break-even.cost.286").value
    assert isinstance(least, Decimal) and round(least, 4) == Decimal("319.2745")


def test_income_a_year_goes_by_the_days_that_each_member_had(made: Make) -> None:
    """500 places at 10 a day are 1,826,250 in each year of 365.25 days, whatever a renewal of 1 %
    every two years does to how long the agreement lasts."""
    found = made(
        members=3,
        first="2025-02-01",
        until="2031-02-01",
        end="2031-02-01",
        fee="[{per_place: 10 USD / day}]",
        more="renewal: {every: 2 years, chance: 1 %}",
        fixed=", fixed: 511350 USD / year",
    )
    income = found.figure("annex.receiver.income")
    assert income.value == Decimal("1826250.00") and income.low is None  # alike in every member
    assert "2191" not in income.formula
    # 511,350 a year are 1,400 a day, of which 500 of 700 places bear 1,000, on 730 days.
    assert found.figure("annex.account.receiver.all.fixed").value == Decimal("730000.00")


def test_people_are_told_in_short_of_a_day_in_the_term(made: Make) -> None:
    """The term ends on 1 April, the run on 1 May: on 31 March 286 are away, on 30 April none."""
    found = made(fee="[{per_place: 10 USD / day}]")
    assert "population.county.2025-03-31.impact" in found.answers
    assert found.figure("population.county.2025-03-31.impact").value == 286
    assert found.figure("population.county.2025-04-30.impact").value == 0


@pytest.mark.parametrize(
    ("money", "held", "a_year", "shown"),
    [
        # 286 people x 59 days x 7.0005 = 118,126.437; on place-days of 286, 7.0005 a day.
        ("KWD", "118126.437", "118126.437", "12.346 KWD"),
        ("JPY", "118126", "118126", "12 JPY"),
        ("USD", "118126.44", "118126.44", "12.35 USD"),
    ],
)
def test_money_has_what_its_currency_has(
    made: Make, money: str, held: str, a_year: str, shown: str
) -> None:
    found = made(money=money, fee=f"[{{per_use: 9.1 {money} / day}}]")
    assert str(found.figure("annex.account.receiver.2025.held").value) == held
    assert str(found.figure("annex.receiver.cost").value) == a_year
    used = found.figure("annex.account.receiver.2025.surplus").value
    paid = found.figure("annex.fee.paid").value
    assert isinstance(paid, Decimal) and used == paid - Decimal(held)
    assert words.number(Decimal("12.3456"), money) + f" {money}" == shown


def test_a_real_rate_discounts_money_at_one_years_prices(made: Make) -> None:
    """A place at 100 a year's days: 33,400 in 2025 and 36,500 in 2026, when prices are 10 % higher:
    36,500 / 1.1 / 1.035 at the Green Book's rate, which is real."""
    fee = "[{per_place: 100 USD / day}]"
    asked = {"first": "2025-02-01", "until": "2027-01-01", "end": "2027-01-01", "places": "1"}
    series = "indices: {cpi: {title: Prices, values: {2025-01-01: 100, 2026-01-01: 110}}}\n"
    rates = "discounting: [green-book]\n"
    with_prices = rates + series + "prices: {year: 2025, deflators: {USD: cpi}}\n"
    key = "annex.value.sender.green-book.paid"
    real = made(fee=fee, last=with_prices, **asked).figure(key)
    assert real.value == Decimal("65459.73")  # 33,400 + 32,059.7277...
    assert "at the prices of 2025" in real.formula


def test_without_a_deflator_prices_stand_still_and_it_is_said(made: Make) -> None:
    """33,400 + 36,500 / 1.035 = 68,665.70."""
    asked = {"first": "2025-02-01", "until": "2027-01-01", "end": "2027-01-01", "places": "1"}
    found = made(fee="[{per_place: 100 USD / day}]", last="discounting: [green-book]\n", **asked)
    assert found.figure("annex.value.sender.green-book.paid").value == Decimal("68665.70")
    table = next(t for s in found.sections for t in s.tables if t.id == "annex.value.sender")
    assert "assumed to stay constant" in table.note


def test_instalments_over_more_than_a_century_are_refused_where_they_stand(made: Make) -> None:
    with pytest.raises(ScenarioError, match=r"x\.yaml:\d+:\d+: 200 years is too large"):
        made(fee="[{fixed: 5 USD, spread: 200 years}]")


def test_money_beyond_counting_is_refused_in_a_line(made: Make) -> None:
    """900 million million a day for each person is beyond the bounds of its kind."""
    with pytest.raises(ScenarioError, match="cannot be above 1000000000000 USD / day"):
        made(fee="[{per_use: 900000000000000 USD / day}]")

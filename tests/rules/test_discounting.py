"""Discounting: factors worked by hand, the plain sum at nought, and records that are refused."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedspace.exceptions import BedspaceError
from bedspace.rules import discounting
from bedspace.rules.discounting.rates import rate
from bedspace.rules.fees import Series

TABLE = discounting.rates()


def made(*steps: tuple[int, float]) -> discounting.DiscountRate:
    return rate(
        "made",
        {
            "title": "made",
            "countries": ["homeland"],
            "in_force": [{"from": date(2000, 1, 1)}],
            "steps": [{"after": a, "rate": r, "grade": "assumption"} for a, r in steps],
            "citation": "none",
        },
    )


def test_the_green_book_falls_after_30_and_75_years() -> None:
    """1.035^-30 = 0.3563, and 0.3459 in year 31 at 3 %: the Green Book's own table of factors."""
    book = TABLE["green-book"]
    assert round(discounting.factor(book, 1), 4) == Decimal("0.9662")
    assert round(discounting.factor(book, 30), 4) == Decimal("0.3563")
    assert round(discounting.factor(book, 31), 4) == Decimal("0.3459")
    assert book.step(75).rate == Decimal("0.03") and book.step(76).rate == Decimal("0.025")


def test_a_hundred_a_year_for_three_years_at_seven_percent() -> None:
    """100 + 93.46 + 87.34; the first year is not discounted."""
    flows = {2026: Decimal(100), 2027: Decimal(100), 2028: Decimal(100)}
    found = discounting.present_value(TABLE["omb-a94-1992"], flows, 2026)
    assert round(found, 2) == Decimal("280.80")


@given(
    st.dictionaries(
        st.integers(2020, 2060), st.decimals(-(10**9), 10**9, places=2), min_size=1, max_size=40
    )
)
def test_at_nought_it_is_the_plain_sum(flows: dict[int, Decimal]) -> None:
    whole = sum(flows.values(), Decimal(0))
    assert discounting.present_value(None, flows, 2020) == whole
    assert discounting.present_value(made((0, 0)), flows, 2020) == whole


@given(st.integers(0, 120))
def test_later_is_worth_less(years: int) -> None:
    for one in (found.over(years) for found in TABLE.values()):
        here = discounting.factor(one, years)
        assert 0 < discounting.factor(one, years + 1) < here <= 1


def test_each_names_its_source_and_what_is_not_verified() -> None:
    assert len(TABLE) >= 10
    for one in TABLE.values():
        assert one.citation and one.countries and one.periods
        if any(step.grade == "assumption" for step in one.steps):
            assert "general knowledge, to be verified" in one.note
        else:
            assert one.address.startswith("https://")


def test_which_rates_were_in_force() -> None:
    def ids(countries: list[str], on: date) -> list[str]:
        return [one.id for one in discounting.in_force(countries, on)]

    # To rent places or to hold people at home is a question of cost: section 8.c, not 8.b.
    assert ids(["united-states"], date(2025, 3, 15)) == ["omb-a94-c-2025"]
    assert ids(["united-states"], date(2026, 1, 1)) == ["omb-a94-c-2026"]
    assert ids(["united-states"], date(2018, 1, 1)) == ["omb-a94-1992", "omb-a4-2003"]
    assert ids(["norway", "netherlands"], date(2015, 9, 1)) == ["norway"]
    assert ids(["sweden", "estonia"], date(2026, 7, 1)) == [
        "sweden-asek",
        "european-commission-2021",
    ]
    assert ids(["denmark", "kosovo"], date(2027, 4, 1)) == ["denmark-2021"]
    assert ids(["el-salvador"], date(2026, 1, 1)) == []


@pytest.mark.parametrize(
    ("years", "rate"),
    [(1, "0.0110"), (3, "0.0110"), (4, "0.0120"), (5, "0.0130"), (10, "0.0153"), (40, "0.0200")],
)
def test_a_rate_by_maturity_is_interpolated(years: int, rate: str) -> None:
    """Halfway from 3 to 5 years 1.2 %; ten are a third of the way from 5 to 20: 1.3 + 0.7 / 3."""
    found = TABLE["omb-a94-c-2026"].over(years)
    assert [step.rate for step in found.steps] == [Decimal(rate)]
    assert TABLE["green-book"].over(years) is TABLE["green-book"]
    with pytest.raises(BedspaceError, match="say over how many years"):
        TABLE["omb-a94-c-2026"].step(1)


def test_what_a_real_rate_discounts_is_restated_first() -> None:
    """Prices rise by 10 % a year: 100 and 110 are 100 and 100 of the first year; at 7 % real,
    100 + 93.46. The same by a nominal rate: 1.07 x 1.10 - 1 = 17.7 % on 100 and 110."""
    flows = {2026: Decimal(100), 2027: Decimal(110)}
    levels = Series("prices", ((date(2026, 1, 1), Decimal(50)), (date(2027, 1, 1), Decimal(55))))
    real = discounting.at_prices_of(flows, levels, 2026)
    assert real == {2026: 100, 2027: 100}
    at_seven = discounting.present_value(TABLE["omb-a94-1992"], real, 2026)
    assert round(at_seven, 2) == Decimal("193.46")
    nominal = discounting.present_value(made((0, 17.7)), flows, 2026)
    assert round(nominal, 10) == round(at_seven, 10)
    with pytest.raises(BedspaceError, match="no value for 2029"):
        discounting.at_prices_of({2029: Decimal(1)}, levels, 2026)


def test_records_that_are_refused() -> None:
    with pytest.raises(BedspaceError, match="follow one another"):
        made((5, 3.0))
    with pytest.raises(BedspaceError, match="between -100 and 100"):
        made((0, 140))
    with pytest.raises(BedspaceError, match="steps, or maturities"):
        made()
    with pytest.raises(BedspaceError, match="earlier"):
        discounting.factor(None, -1)
    with pytest.raises(BedspaceError, match="citation missing"):
        rate(
            "x",
            {
                "title": "x",
                "countries": [],
                "in_force": [],
                "citation": "",
                "steps": [{"after": 0, "rate": 1, "grade": "official"}],
            },
        )

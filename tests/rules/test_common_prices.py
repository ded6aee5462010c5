"""Common prices: levels worked by hand, and a table that must be whole."""

from copy import deepcopy
from decimal import Decimal

import pytest

from bedspace.exceptions import BedspaceError
from bedspace.rules.common_prices import common_prices, read_common_prices

TABLE = {
    "year": 2020,
    "currency": "EUR",
    "sources": {"office": {"title": "The office"}},
    "prices": {
        "EUR": {
            "title": "Prices",
            "source": "office",
            "grade": "official",
            "inflation": {2019: 10, 2020: 20, 2021: 50},
        },
        "USD": {
            "title": "Prices",
            "source": "office",
            "grade": "official",
            "inflation": {2020: 0},
            "general_knowledge": {2021: 25},
        },
    },
    "exchange": {"source": "office", "grade": "official", "rates": {"USD": 1.25}},
}


@pytest.mark.parametrize(
    ("currency", "year", "factor"),
    [
        ("EUR", 2018, "1.32"),  # 1.1 x 1.2
        ("EUR", 2019, "1.2"),
        ("EUR", 2020, "1"),
        ("EUR", 2021, "0.6667"),  # 1 / 1.5
        ("EUR", 2037, "0.6667"),  # counts as 2021
        ("USD", 2019, "0.8"),  # 1 / 1.25
        ("USD", 2021, "0.64"),  # 1 / 1.25 / 1.25
    ],
)
def test_by_hand(currency: str, year: int, factor: str) -> None:
    found = read_common_prices(TABLE).factor(currency, year)
    assert found.quantize(Decimal("0.0001")) == Decimal(factor).quantize(Decimal("0.0001"))


def test_general_knowledge_says_so() -> None:
    made = read_common_prices(TABLE)
    assert made.inflation["USD"][2021].grade == "assumption"
    assert made.inflation["USD"][2020].source == "The office"


@pytest.mark.parametrize(
    ("currency", "year", "says"), [("JPY", 2020, "JPY"), ("EUR", 2017, "2018")]
)
def test_what_it_does_not_know(currency: str, year: int, says: str) -> None:
    with pytest.raises(BedspaceError, match=says):
        read_common_prices(TABLE).factor(currency, year)


@pytest.mark.parametrize(
    ("at", "value", "says"),
    [
        (("prices", "EUR", "inflation"), {2019: 1, 2021: 1}, "a year is missing"),
        (("prices", "EUR", "source"), "nobody", "no source 'nobody'"),
        (("prices", "EUR", "grade"), "fine", "grade 'fine'"),
        (("exchange", "rate"), 3, "unknown rate"),
    ],
)
def test_a_table_that_is_not_whole_is_refused(
    at: tuple[str, ...], value: object, says: str
) -> None:
    table = deepcopy(TABLE)
    here: dict[str, object] = table
    for key in at[:-1]:
        here = here[key]
    here[at[-1]] = value
    with pytest.raises(BedspaceError, match=says):
        read_common_prices(table)


def test_the_shipped_table() -> None:
    made = common_prices()
    assert (made.year, made.currency) == (2024, "EUR")
    assert all(made.knows(currency) for currency in ("EUR", "USD", "GBP", "AUD"))
    rise = made.factor("EUR", 2021) / made.factor("EUR", 2023)
    assert rise == pytest.approx(Decimal("1.0847") * Decimal("1.0578"))
    assert made.factor("USD", 2024) == pytest.approx(1 / Decimal("1.0824"))

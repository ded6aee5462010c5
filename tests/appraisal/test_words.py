"""Numbers as people read them; machines read ASCII."""

import json
from decimal import Decimal

import pytest

from bedspace.appraisal import Figure, Rule
from bedspace.appraisal.figures import plain, words

RULE = Rule("r", "words", "citation", "official")


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (Decimal("-24.59"), "USD/place-day", "\N{MINUS SIGN}24.59"),
        (-312_614_144.0, "USD", "\N{MINUS SIGN}312,614,144"),
        (-0.125, "share", "\N{MINUS SIGN}12.5 %"),
        (-3, "people", "\N{MINUS SIGN}3"),
        # What is rounded to nought has no sign.
        (-0.3, "people", "0"),
        (-0.0001, "share", "0.0 %"),
        (Decimal("-0.004"), "EUR", "0.00"),
        (24.59, "USD", "24.59"),
    ],
)
def test_a_number_below_nought_has_a_minus_sign(
    value: float | Decimal, unit: str, shown: str
) -> None:
    assert words.number(value, unit) == shown


def test_a_number_of_the_scenario_has_one_too() -> None:
    assert words.given(-1.5) == "\N{MINUS SIGN}1.5"
    assert words.given(-1e-9) == "\N{MINUS SIGN}1e-09"
    assert words.given("2025-01-01") == "2025-01-01"  # a date is words


def test_machines_read_a_hyphen() -> None:
    figure = Figure("f", "F", Decimal("-1.50"), "EUR", "made", (RULE,), Decimal(-2), Decimal(1))
    assert words.show(figure) == "\N{MINUS SIGN}1.50 EUR (\N{MINUS SIGN}2.00 to 1.00)"
    told = json.loads(json.dumps(plain.facts(figure)))
    assert (told["value"], told["low"]) == ("-1.50", "-2")

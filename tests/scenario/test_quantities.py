"""The closed grammar: what is in it reads exactly, what is not is refused."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedspace.scenario.values.quantities import EXAMPLES, PATTERN, QuantityError, parse, with_value

NUMBERS = st.decimals(-(10**9), 10**9, places=4).map(lambda d: f"{d:f}")
WORDS = ["", "%", "d", "days", "week", "month", "years", "h", "m2", "people", "hearings", "EUR"]
TIMES = ["", "d", "day", "week", "month", "year"]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("9000", 9000, "people"),
        ("-3 people", -3, "people"),
        ("70 %", 0.7, "share"),
        ("60 d", 60, "d"),
        ("2 weeks", 14, "d"),
        ("1 month", 365.25 / 12, "d"),
        ("2 years", 730.5, "d"),
        ("40 / day", 40, "1/d"),
        ("40/day", 40, "1/d"),
        ("25 hearings / day", 25, "1/d"),
        ("365.25 / year", 1, "1/d"),
        ("23.5 h / day", 23.5, "h/d"),
        ("100 m2", 100, "m2"),
        ("2 % / year", 0.02, "share/year"),
        ("1500 EUR", 1500, "EUR"),
        ("35 EUR / day", 35, "EUR/d"),
        ("25500000 EUR / year", 25500000, "EUR/year"),
    ],
)
def test_base_units(text: str, value: float, unit: str) -> None:
    got = parse(text)
    assert got.value == pytest.approx(value, rel=1e-15)
    assert got.unit == unit


@given(NUMBERS, st.sampled_from(WORDS), st.sampled_from(TIMES))
def test_whatever_reads_is_in_the_pattern(digits: str, word: str, time: str) -> None:
    text = f"{digits} {word}".strip() + (f" / {time}" if time else "")
    assert re.match(PATTERN, text)
    try:
        got = parse(text)
    except QuantityError as error:
        assert error.what and error.mend
    else:
        assert (got.amount is None) == (got.currency is None)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        parse(text)
    except QuantityError as error:
        assert error.what and error.mend
    else:
        assert re.match(PATTERN, text.strip())


@given(st.decimals(0, 10**12, places=6))
def test_money_is_exact(amount: Decimal) -> None:
    assert parse(f"{amount:f} USD / day", "money/d").amount == amount


@pytest.mark.parametrize("wanted", EXAMPLES)
@pytest.mark.parametrize("given_", EXAMPLES)
def test_only_the_dimension_asked_for(wanted: str, given_: str) -> None:
    text = EXAMPLES[given_]
    bare = given_ in ("people", "number")
    if wanted == "money/use" and given_ in ("money/d", "money/month", "money/use"):
        assert parse(text, wanted).dimension in ("money/d", "money/month")
    elif given_ == "money/use":
        assert parse(text, "any").dimension == "money/d"
    elif wanted == given_ or (bare and wanted in ("people", "number") and text == "9000"):
        assert parse(text, wanted).dimension == wanted
    elif not (bare and wanted in ("people", "share", "number")):
        with pytest.raises(QuantityError, match="is needed"):
            parse(text, wanted)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "day",
        "1,000",
        "1 000",
        "1_000",
        "1e3",
        ".5",
        "5.",
        "+5",
        "5 EURO",
        "5 eur",
        "5 % / h",
        "5 d / day",
        "5 m2 / year",
        "5 / hour",
        "5 EUR / week",
        "5 QQQ",
        "5 XXX / day",
        "٣ d",
        "5 d x",
        "nan",
        "inf",
        "1" * 400,
    ],
)
def test_outside_the_grammar(text: str) -> None:
    with pytest.raises(QuantityError):
        parse(text)


def test_a_new_value_keeps_the_evidence() -> None:
    from bedspace.scenario.values.quantities import Quantity

    money = Quantity(
        35.0, "EUR/d", 30.0, 40.0, "x", grade="official", amount=Decimal("35"), currency="EUR"
    )
    exact = with_value(money, Decimal("35.10"))
    assert (exact.amount, exact.value) == (Decimal("35.10"), 35.1)
    assert (exact.low, exact.high, exact.source, exact.grade) == (30.0, 40.0, "x", "official")
    assert with_value(money, 0.1).amount == Decimal("0.1")

"""What is paid by purpose, restated, and who bears what beside it."""

from decimal import ROUND_HALF_UP, Decimal

import pytest

from bedspace import ensemble, results, scenario
from bedspace.appraisal import Appraisal, appraise
from tests.cli.bad_files import GOOD

TERMS = """\
    fee:
      - {per_place: 40 EUR / day, indexed: cpi}
      - {yearly: 24000 EUR / year, for: aid}
      - {transport: 500 EUR}
      - {per_use: 2 EUR / day, for: visits}
    bears:
      transport: sending
      health_care: {who: receiving, source: counted, grade: reported, note: except abroad}
      escape: {who: not-known, note: the treaty is silent}
"""
SERIES = """\
indices:
  cpi: {title: Prices (2024 = 100), values: {2025-01-01: 104, 2026-01-01: 106}}
exchange:
  EUR/NOK: {source: counted, grade: official, values: {2025-01-01: 11.5, 2025-03-01: 12}}
  USD/EUR: {values: {2024-01-01: 0.9, 2024-02-01: 0.95}}
  USD/GBP: {values: {2025-01-01: 0.8}}
purchasing_power:
  EUR/NOK: {values: {2025-01-01: 14}}
prices: {year: 2026, deflators: {EUR: cpi}}
variants:
"""
OLD = "    fee:\n      - {per_use: 40 EUR / day}\n"
TEXT = GOOD.replace(OLD, TERMS).replace("variants:\n", SERIES)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> results.Comparison:
    folder = tmp_path_factory.mktemp("payments")
    (folder / "x.yaml").write_text(TEXT, encoding="utf-8")
    sides = (scenario.load(f"{folder / 'x.yaml'}{variant}") for variant in ("#baseline", ""))
    return ensemble.compare(*sides, 1, 1, 1, folder / "out")


@pytest.fixture(scope="module")
def found(made: results.Comparison) -> Appraisal:
    return appraise(made)


def value(found: Appraisal, key: str) -> Decimal:
    number = found.figure(f"lease.{key}").value
    assert isinstance(number, Decimal)
    return number


def test_every_purpose_has_its_sum_and_they_make_up_the_total(found: Appraisal) -> None:
    """59 days, 15 places: 15 x 59 x 40 = 35,400; aid 2 x 2,000."""
    days = found.figure("lease.use.place-days").value
    assert isinstance(days, int) and days > 0
    assert value(found, "paid.fee") == Decimal("35400.00")
    assert value(found, "paid.aid") == Decimal("4000.00")
    assert value(found, "paid.visits") == 2 * days
    purposes = ("fee", "aid", "transport", "visits")
    total = value(found, "fee.paid")
    assert sum(value(found, f"paid.{p}") for p in purposes) == total
    shares = [found.figure(f"lease.paid.{p}.share").value for p in purposes]
    assert sum(s for s in shares if isinstance(s, float)) == pytest.approx(1)
    assert value(found, "paid.transport.place-day") == value(found, "paid.transport") / days


def test_no_headline_has_what_is_not_for_the_fee(found: Appraisal) -> None:
    assert value(found, "fee.headline") == 40
    # 24,000 / 365.25 d / 15 places = 4.3806 on top.
    assert round(value(found, "fee.headline-with-aid"), 4) == Decimal("44.3806")


def test_the_total_in_another_currency_and_at_other_prices(
    found: Appraisal, made: results.Comparison
) -> None:
    """By the invoice's own lines: February at 11.5, March at 12."""
    from bedspace.appraisal import invoice

    def cents(amount: Decimal) -> Decimal:
        return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)

    lines = invoice(made).invoice.lines
    rate = {1: Decimal("11.5"), 2: Decimal("11.5"), 3: Decimal(12), 4: Decimal(12)}
    assert value(found, "fee.paid.in.NOK") == sum(
        (cents(line.amount * rate[line.month.month]) for line in lines), Decimal(0)
    )
    assert found.figure("lease.fee.paid.in.NOK").unit == "NOK"
    assert value(found, "fee.paid.ppp.NOK") == 14 * value(found, "fee.paid")
    assert value(found, "fee.paid.real") == sum(
        (cents(line.amount * Decimal("1.019230769")) for line in lines), Decimal(0)
    )  # 106 / 104
    assert found.figure("lease.fee.paid.in.NOK").title == "Total paid, in NOK by exchange"
    walked = {item.id for _, item in found.walk("lease.fee.paid.in.NOK")}
    assert "exchange.EUR/NOK.values.2025-03-01" in walked


def test_a_rate_that_does_not_reach_gives_no_value_and_the_reason(found: Appraisal) -> None:
    figure = found.figure("lease.fee.paid.in.USD")
    assert figure.value is None
    assert figure.note == (
        "USD/EUR has no value for 2025-02-01: it goes from 2024-01-01 to 2024-03-01"
    )
    assert "lease.fee.paid.in.GBP" not in found.figures


def test_who_bears_what_with_its_source(found: Appraisal) -> None:
    table = next(t for s in found.sections for t in s.tables if t.id == "lease.bears")
    rows = {str(row[0]): row for row in table.rows}
    assert len(rows) == 9
    assert found.figure("lease.bears.transport").value == "the sending system"
    assert found.figure("lease.bears.transport").stamps == (
        "unsourced: agreements.lease.bears.transport",
    )
    assert found.figure("lease.bears.health-care").stamps == ()
    assert rows["Health care"][2:] == ("A count", "reported", "except abroad")
    assert found.figure("lease.bears.escape").note == "the treaty is silent"
    assert found.figure("lease.bears.death").note == "the terms given do not say"
    unknown = found.figure("lease.unknown.liabilities")
    assert unknown.title == "Who bears escape, death, lawsuits and monitoring"
    assert "lease.unknown.transport" not in found.figures


def test_without_a_word_of_it_there_is_no_table(leased: Appraisal) -> None:
    ids = {t.id for s in leased.sections for t in s.tables}
    assert "lease.bears" not in ids and "lease.restated" not in ids
    assert "lease.purposes" in ids  # the fee and transport
    assert leased.figure("lease.unknown.liabilities").title.startswith("Who bears health care")


def test_what_is_saved_where_the_cost_at_home_is_in_another_currency(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("abroad")
    text = TEXT.replace("average: 100 EUR / day", "average: 1200 NOK / day")
    (folder / "x.yaml").write_text(text, encoding="utf-8")
    sides = (scenario.load(f"{folder / 'x.yaml'}{variant}") for variant in ("#baseline", ""))
    abroad = appraise(ensemble.compare(*sides, 1, 1, 1, folder / "out"))
    assert abroad.figure("lease.saving.average.total").value is None
    days = abroad.figure("lease.use.place-days").value
    assert isinstance(days, int)
    saved = value(abroad, "saving.average.total.in.NOK")
    assert saved == 1200 * days - value(abroad, "fee.paid.in.NOK")
    # A quarter of the average is avoided at the margin; its draw is the member's own.
    assert value(abroad, "saving.marginal.total.in.NOK") < saved

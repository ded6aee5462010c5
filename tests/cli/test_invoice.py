"""bedspace invoice: every line can be checked, and the terminal, the CSV and JSON say the same."""

import csv
import io
import json
import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bedspace import results
from bedspace.appraisal import invoice
from bedspace.cli.app import app
from bedspace.reporting import rows, sheet
from tests.cli.bad_files import GOOD

GATE = "us-removal/release"
FEE = f"""\
    routes: [us-removal, bespoke-lease-treaty]
    assume: [{{gate: {GATE}, reason: as if}}]
    fee:
      - {{minimum: {{share: 80 %, per_use: 1217.5 EUR / month}}, indexed: cpi}}
      - {{tiers: [{{upto: 10, per_use: 3 EUR / day}}, {{per_use: 2.5 EUR / day}}], for: visits}}
      - {{fixed: 1000 EUR, spread: 3 months, for: transition}}
      - {{per_person: 100 EUR, label: reception}}
      - {{after: {{people: 5, fixed: 777 EUR}}}}
      - {{transport: 55.55 EUR}}
"""
SERIES = """\
indices:
  cpi: {values: {2024-01-01: 100, 2025-01-01: 104}}
exchange:
  NOK/EUR: {values: {2025-02-01: 0.085, 2025-03-01: 0.088}}
purchasing_power:
  EUR/NOK: {values: {2025-01-01: 14}}
prices: {year: 2024, deflators: {EUR: cpi}}
variants:
"""
OLD = "    fee:\n      - {per_use: 40 EUR / day}\n"
TEXT = GOOD.replace(OLD, FEE).replace("variants:\n", SERIES)


def call(*args: object) -> Result:
    return CliRunner().invoke(app, [str(a) for a in args])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("invoice")
    file = base / "invoiced.yaml"
    file.write_text(TEXT, encoding="utf-8")
    made = call("run", file, "--out", base / "run", "-n", 5, "--json")
    assert made.exit_code == 0, made.stderr
    return base / "run"


def rounded(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_the_csv_can_be_checked_line_by_line_and_json_is_the_same(
    folder: Path, tmp_path: Path
) -> None:
    sheet = tmp_path / "lease.csv"
    told = json.loads(call("invoice", folder, "--csv", sheet, "--json").stdout)
    with sheet.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert rows == told["lines"] and len(rows) > 10
    total = Decimal(0)
    for row in rows:
        amount = Decimal(row["amount"])
        assert amount == rounded(Decimal(row["quantity"]) * Decimal(row["unit_price"]))
        total += amount
        assert Decimal(row["total"]) == total
        assert row["currency"] == "EUR"
    assert str(total) == told["total"]
    kinds = {row["part"]: row["purpose"] for row in rows}
    assert kinds == {
        "minimum": "fee",
        "tiers": "visits",
        "fixed": "transition",
        "per_person": "fee",
        "after": "fee",
        "transport": "transport",
    }
    assert [row["amount"] for row in rows if row["part"] == "fixed"] == ["333.33", "333.33"]


def test_it_invoices_what_the_run_counted(folder: Path) -> None:
    made = results.open(folder)
    query = (
        "select month, sum(person_days) from person_days where agreement = 'lease' "
        "and member = {} group by month order by month"
    )
    for member in range(5):
        told = json.loads(call("invoice", folder, "-m", member, "--json").stdout)
        assert told["member"] == member and told["chosen"] == "as asked"
        used = {f"{m:%Y-%m}": days for m, days in made.sql(query.format(member)).fetchall()}
        for month, days in used.items():
            lines = [x for x in told["lines"] if x["month"] == month]
            (least,) = (x for x in lines if x["part"] == "minimum")
            # 80 % of 15 places, in average places over all of the month.
            length = 28 if month == "2025-02" else 31
            invoiced = max(Decimal(int(days)), Decimal(12 * length)) / length
            assert Decimal(least["quantity"]) == round(invoiced, 12)
            banded = [Decimal(x["quantity"]) for x in lines if x["part"] == "tiers"]
            assert sum(banded) == days and banded[0] == min(days, 10 * length)


def test_the_member_is_the_one_whose_total_is_the_middle_one(folder: Path) -> None:
    each = [invoice(results.open(folder), member=m).invoice.total for m in range(5)]
    found = invoice(results.open(folder))
    assert found.invoice.total == sorted(each)[2]
    assert found.member == each.index(sorted(each)[2])
    assert found.chosen == "the one whose total is the middle one of 5"


def test_the_terminal_says_the_same_and_whose_use_it_is(folder: Path) -> None:
    told = json.loads(call("invoice", folder, "--json").stdout)
    text = call("invoice", folder).stdout
    assert f"future {told['member']} of 5, the one whose total is the middle one of 5" in text
    assert f"total: {Decimal(told['total']):,f} EUR [" in text
    for row in told["lines"]:
        assert re.search(rf"{row['month']} .*{Decimal(row['amount']):,f} .*", text)
    assert "reception" in text and "instalment" in text


def test_no_output_loses_what_it_rests_on(folder: Path, tmp_path: Path) -> None:
    power, met = f"assumed power: {GATE}", "taken as met: "
    sheet = tmp_path / "lease.csv"
    plain = call("invoice", folder, "--csv", sheet)
    assert power in plain.stdout and met in plain.stdout
    told = json.loads(call("invoice", folder, "--json").stdout)
    assert power in told["stamps"]
    for row in told["lines"]:
        assert power in row["stamps"] and met in row["stamps"]
    rows = sheet.read_text(encoding="utf-8").splitlines()[1:]
    assert rows and all(power in row and met in row for row in rows)
    first = next(row for row in told["lines"] if row["part"] == "minimum")
    assert "unsourced: " in first["stamps"]


def test_in_another_currency_each_line_at_the_rate_of_its_month(folder: Path) -> None:
    plain = json.loads(call("invoice", folder, "--json").stdout)
    there = json.loads(call("invoice", folder, "--currency", "NOK", "--json").stdout)
    assert there["told_in"] == "in NOK by exchange"
    rate = {"2025-02": Decimal("11.764705882"), "2025-03": Decimal("11.363636364")}
    for before, after in zip(plain["lines"], there["lines"], strict=True):
        assert after["quantity"] == before["amount"] and after["currency"] == "NOK"
        assert after["amount"] == str(rounded(Decimal(before["amount"]) * rate[after["month"]]))
    assert "unsourced: exchange.NOK/EUR.values.2025-02-01" in there["stamps"]
    assert not any("exchange" in stamp for stamp in plain["stamps"])
    ppp = json.loads(call("invoice", folder, "--currency", "NOK", "--ppp", "--json").stdout)
    assert {Decimal(row["unit_price"]) for row in ppp["lines"]} == {14}
    real = json.loads(call("invoice", folder, "--real", "--json").stdout)
    assert real["told_in"] == "at the prices of 2024, by cpi"
    assert {row["unit_price"] for row in real["lines"]} == {"0.961538462"}  # 100 / 104


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--agreement", "leese"), "there is no agreement 'leese'; did you mean 'lease'?"),
        (("--member", 5), "there is no future 5; they are 0 to 4"),
        (("--currency", "SEK"), "no rate of EUR to SEK under exchange"),
        (("--currency", "SEK", "--ppp"), "no rate of EUR to SEK under purchasing_power"),
        (("--ppp",), "give --currency, too"),
        (("--currency", "NOK", "--real", "--agreement", "x"), "there is no agreement 'x'"),
    ],
)
def test_what_cannot_be_invoiced(folder: Path, options: tuple[object, ...], words: str) -> None:
    made = call("invoice", folder, *options)
    assert made.exit_code == 2 and words in made.stderr and made.stdout == ""
    assert made.stderr.count("\n") == 1


def test_a_scenario_without_an_agreement_invoices_nothing(tmp_path: Path) -> None:
    file = tmp_path / "invoiced.yaml"
    file.write_text(TEXT.replace("end: 2025-04-01", "end: 2025-02-10"), encoding="utf-8")
    assert call("run", f"{file}#baseline", "--out", tmp_path / "run", "-n", 1).exit_code == 0
    made = call("invoice", tmp_path / "run", "--csv", tmp_path / "x.csv")
    assert made.exit_code == 2 and "the scenario has no agreement" in made.stderr
    assert not (tmp_path / "x.csv").exists()


def test_a_label_that_a_spreadsheet_would_run_is_guarded(folder: Path) -> None:
    """In CSV only, and never an amount: a refund stays a negative number."""
    made = invoice(results.open(folder))
    first = replace(made.invoice.lines[0], label="=1+1", amount=Decimal("-5.00"))
    changed = replace(made, invoice=replace(made.invoice, lines=(first, *made.invoice.lines[1:])))
    row = next(csv.DictReader(io.StringIO(sheet(changed))))
    assert (row["label"], row["amount"], row["total"]) == ("'=1+1", "-5.00", "-5.00")
    assert rows(changed)[0]["label"] == "=1+1"

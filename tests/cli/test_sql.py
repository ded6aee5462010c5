"""bedspace sql: nothing of an answer is cut, on the terminal, as CSV, as JSON, as an Excel file."""

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bedspace.cli.app import app
from bedspace.exceptions import RunError
from bedspace.reporting import workbook
from bedspace.results.schema import IMPACT, TABLES
from tests.cli.bad_files import GOOD

WIDE = ", ".join(f"{i} as a_column_with_a_long_name_{i}" for i in range(40))
"""Forty columns whose names alone take a thousand characters."""


def call(*args: object) -> Result:
    return CliRunner().invoke(app, [str(a) for a in args])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A comparison of two members."""
    base = tmp_path_factory.mktemp("asked")
    file = base / "tiny.yaml"
    file.write_text(GOOD, encoding="utf-8")
    made = call("compare", f"{file}#baseline", file, "--out", base / "both", "-n", 2, "--json")
    assert made.exit_code == 0, made.stderr
    return base / "both"


def test_no_column_and_no_digit_is_cut(folder: Path) -> None:
    text = call("sql", folder, f"select {WIDE}, 1 / 3 as third, 'x' || repeat('y', 300) as word")
    heads, _rule, values = (line for line in text.stdout.splitlines()[:-1] if line.strip())
    names = [f"a_column_with_a_long_name_{i}" for i in range(40)]
    assert heads.split() == [*names, "third", "word"]
    assert values.split() == [*map(str, range(40)), "0.3333333333333333", "x" + 300 * "y"]


def test_csv_is_the_rows_and_nothing_else(folder: Path) -> None:
    query = "select 1 / 3 as third, NULL as none, DATE '2025-01-31' as day, 'a, \"b\"' as word"
    asked = call("sql", folder, query, "--csv")
    assert asked.stdout == 'third,none,day,word\n0.3333333333333333,,2025-01-31,"a, ""b"""\n'
    many = call("sql", folder, "select * from scenario_population", "--csv").stdout
    (count,) = json.loads(
        call("sql", folder, "select count(*) as n from scenario_population", "--json").stdout
    )
    assert len(list(csv.DictReader(io.StringIO(many)))) == count["n"] > 100


def test_text_that_a_spreadsheet_would_run_is_guarded(folder: Path) -> None:
    """Text and headings get an apostrophe in CSV; a negative number stays one; JSON is as it is."""
    query = (
        """select '=1+1' as "@sum", -226 as loss, -0.5 as share, '-226' as word, 'a=b' as safe"""
    )
    asked = call("sql", folder, query, "--csv")
    assert asked.stdout == "'@sum,loss,share,word,safe\n'=1+1,-226,-0.5,'-226,a=b\n"
    (row,) = json.loads(call("sql", folder, query, "--json").stdout)
    assert row["@sum"] == "=1+1" and row["loss"] == -226


def test_csv_and_json_are_not_printed_together(folder: Path) -> None:
    asked = call("sql", folder, "select 1", "--csv", "--json")
    assert (asked.exit_code, asked.stdout) == (2, "")
    assert "choose one" in asked.stderr


def test_without_a_question_it_lists_tables_and_columns(folder: Path) -> None:
    """A run has the tables of the schema; a comparison has each of them twice, and the impact."""
    alone = json.loads(call("sql", folder / "scenario", "--json").stdout)
    want = [(t.name, c.name, c.type, c.meaning) for t in TABLES.values() for c in t.columns]
    assert [tuple(row.values()) for row in alone] == want
    both = json.loads(call("sql", folder, "--json").stdout)
    sides = [f"{side}_{name}" for side in ("baseline", "scenario") for name in TABLES]
    assert list(dict.fromkeys(row["table"] for row in both)) == [*sides, IMPACT.name]
    for row in both:  # what is listed can be asked
        query = f"select {row['column']} from {row['table']} limit 0"
        assert call("sql", folder, query, "--json").stdout == "[]\n"
    shown = call("sql", folder).stdout
    assert "baseline_stages, scenario_stages" in shown
    assert "days waited in the month, summed over people" in shown


def test_the_types_are_those_of_the_answer(folder: Path) -> None:
    for table in (*TABLES, IMPACT.name):
        name = table if table == IMPACT.name else f"scenario_{table}"
        asked = json.loads(call("sql", folder, f"describe {name}", "--json").stdout or "[]")
        listed = json.loads(call("sql", folder, "--json").stdout)
        want = [(row["column"], row["type"]) for row in listed if row["table"] == name]
        assert [(row["column_name"], row["column_type"]) for row in asked] == want


def test_a_query_that_says_group_is_told_the_column(folder: Path) -> None:
    wrong = call("sql", folder, "select system, group from scenario_stages")
    assert wrong.exit_code == 2
    (line,) = wrong.stderr.splitlines()
    assert "group_name" in line
    right = "select group_name, count(*) from scenario_stages group by group_name"
    assert call("sql", folder, right).exit_code == 0
    other = call("sql", folder, "select system from scenario_stages group by system having")
    assert "group_name" not in other.stderr  # GROUP BY is not the column


def test_an_excel_file_keeps_every_digit(folder: Path, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl, of the extra tables, is missing")
    file = tmp_path / "answer.xlsx"
    query = (
        "select 1 / 3 as third, 12345678901234567 as long, DATE '2025-01-31' as day, "
        "'=1+1' as sum, NULL as none, 1.50::decimal(9, 2) as money"
    )
    asked = call("sql", folder, query, "--xlsx", file)
    assert asked.exit_code == 0, asked.stderr
    assert asked.stdout == f"1 row: {file}\n"
    heads, row = openpyxl.load_workbook(file).active.iter_rows()
    assert [c.value for c in heads] == ["third", "long", "day", "sum", "none", "money"]
    third, long, day, sum_, none, money = row
    assert third.value == 1 / 3
    assert long.value == "12345678901234567"
    assert day.value.date().isoformat() == "2025-01-31"
    assert (sum_.value, sum_.data_type) == ("=1+1", "s")
    assert none.value is None
    assert Decimal(str(money.value)) == Decimal("1.5")
    assert [p.name for p in tmp_path.iterdir()] == ["answer.xlsx"]


def test_an_excel_file_that_cannot_hold_it_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("openpyxl", reason="openpyxl, of the extra tables, is missing")
    rows = [(1,)] * 1_048_576  # a sheet holds as many rows, one of which is the headings
    with pytest.raises(RunError, match="do not fit on a sheet"):
        workbook(tmp_path / "a.xlsx", ["n"], rows)
    with pytest.raises(RunError, match="a cell of 32,768 characters"):
        workbook(tmp_path / "a.xlsx", ["n"], [(32_768 * "x",)])
    assert list(tmp_path.iterdir()) == []


def test_without_openpyxl_the_extra_is_named(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    asked = call("sql", folder, "select 1", "--xlsx", tmp_path / "a.xlsx")
    assert (asked.exit_code, asked.stdout) == (2, "")
    assert "pip install 'bedspace[tables]'" in asked.stderr
    assert list(tmp_path.iterdir()) == []

"""run, compare, sql, appraise and report on a tiny system; the kernel is compiled once."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bedspace.cli.app import app
from tests.cli.bad_files import GOOD


def call(*args: object) -> Result:
    return CliRunner().invoke(app, [str(a) for a in args])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A comparison, made by the command line."""
    base = tmp_path_factory.mktemp("results")
    file = base / "tiny.yaml"
    file.write_text(GOOD, encoding="utf-8")
    made = call("compare", f"{file}#baseline", file, "--out", base / "both", "-n", 12, "--json")
    assert made.exit_code == 0, made.stderr
    told = json.loads(made.stdout)
    assert (told["members"], told["seed"]) == (12, 1)
    assert told["scenario"]["scenario"] == "tiny"
    assert told["baseline"]["variant"] == "baseline"
    assert "members" in made.stderr
    return base / "both"


def test_run_writes_a_new_folder_and_never_over_it(folder: Path, tmp_path: Path) -> None:
    file, out = folder.parent / "tiny.yaml", tmp_path / "run"
    told = json.loads(call("run", file, "--out", out, "-n", 3, "--seed", 7, "--json").stdout)
    assert told["folder"] == str(out)
    assert (told["members"], told["seed"]) == (3, 7)
    assert told["rows"]["population"] > 0
    before = sorted(p for p in out.rglob("*"))
    again = call("run", file, "--out", out, "-n", 3)
    assert again.exit_code == 2
    assert "exists already" in again.stderr
    assert sorted(p for p in out.rglob("*")) == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["run"]


def test_sql_prints_rows(folder: Path) -> None:
    query = "select count(distinct member) as members, 'EUR' as word from impact_population"
    assert json.loads(call("sql", folder, query, "--json").stdout) == [
        {"members": 12, "word": "EUR"}
    ]
    text = call("sql", folder, query).stdout
    assert "members" in text
    assert "EUR" in text
    assert "1 row" in text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("select nope from impact_population", "nope"),
        ("selec 1", "syntax error"),
        ("select 'x'::integer", "Conversion Error"),
        ("", "there is no query"),
    ],
)
def test_a_wrong_query_is_one_line(folder: Path, query: str, words: str) -> None:
    result = call("sql", folder, query)
    assert result.exit_code == 2
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert words in line


def test_appraise_a_folder_and_a_file_alike(folder: Path) -> None:
    found = call("appraise", folder, "--json")
    assert found.exit_code == 0, found.stderr
    told = json.loads(found.stdout)
    again = call("appraise", folder.parent / "tiny.yaml", "-n", 12, "--json")
    assert json.loads(again.stdout)["sections"] == told["sections"]
    text = call("appraise", folder).stdout
    assert "letters at a figure" in text
    assert "assumption" in text


def test_a_single_run_cannot_be_appraised(folder: Path) -> None:
    result = call("appraise", folder / "baseline")
    assert result.exit_code == 2
    assert "bedspace compare" in result.stderr


def test_report_writes_one_file(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "sub" / "page.html"
    result = call("report", folder, "--out", out)
    assert result.exit_code == 0, result.stderr
    assert result.stdout == f"{out}\n"
    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert [p.name for p in out.parent.iterdir()] == ["page.html"]


def test_report_refuses_a_folder_as_its_file(folder: Path, tmp_path: Path) -> None:
    result = call("report", folder, "--out", tmp_path)
    assert result.exit_code == 2
    assert "is a folder" in result.stderr
    assert list(tmp_path.iterdir()) == []

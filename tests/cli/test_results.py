"""run, compare, sql, appraise and report on a tiny system; the kernel is compiled once."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bedspace.appraisal import Table
from bedspace.cli.app import app
from bedspace.cli.pages import print_table
from tests.cli.bad_files import GOOD

MET = "bespoke-lease-treaty/treaty"
"""The first gate that the people below are sent by: no treaty of theirs is in force."""


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
    assert made.stderr == ""
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


def test_run_says_when_places_run_out(folder: Path, tmp_path: Path) -> None:
    """The chance is that of the table that the run wrote; the same in words and in JSON."""
    file, out = folder.parent / "tiny.yaml", tmp_path / "run"
    told = json.loads(call("run", file, "--out", out, "-n", 4, "--json").stdout)["places"]
    query = (
        "select system, count(day) / 4 as chance from (select member, system, min(first_full) as "
        "day from headroom where facility is null group by all) group by system order by system"
    )
    asked = json.loads(call("sql", out, query, "--json").stdout)
    wholes = [row for row in told if ": " not in row["Where"] and "some of" not in row["Where"]]
    assert [row["Chance"]["value"] for row in wholes] == [row["chance"] for row in asked]
    assert all(row["Chance"]["stamps"] for row in told)
    shown = call("run", file, "--out", tmp_path / "again", "-n", 4, "--full").stdout
    answer, _, full = shown.partition("letters at a figure")
    assert "places run out" in answer
    assert "When places run out" in full
    assert f"{100 * asked[0]['chance']:.1f} %" in full


def test_run_compare_and_sql_tell_which_powers_are_assumed(tmp_path: Path) -> None:
    file, gate = tmp_path / "what-if.yaml", "us-removal/release"
    routes = "routes: [us-removal, bespoke-lease-treaty]"
    terms = f"{routes}\n    assume: [{{gate: {gate}, reason: as if}}]\n    fee:"
    text = GOOD.replace("    fee:", f"    {terms}").replace("end: 2025-04-01", "end: 2025-02-10")
    file.write_text(text, encoding="utf-8")
    run = call("run", file, "--out", tmp_path / "run", "-n", 1)
    assert f"Assumed power: {gate}" in run.stdout, run.stderr
    assert f"Taken as met: {MET}" in run.stdout
    base = f"{file}#baseline"
    pair = call("compare", base, file, "--out", tmp_path / "pair", "-n", 1, "--json")
    told = json.loads(pair.stdout)
    assert told["scenario"]["assumed_powers"] == [gate]
    assert told["baseline"]["assumed_powers"] == told["baseline"]["taken_as_met"] == []
    (first, *_) = told["scenario"]["taken_as_met"]
    assert (first["gate"], first["status"]) == (MET, "needs") and first["words"]
    asked = call("sql", tmp_path / "pair", "select 1", "--json")
    assert gate in asked.stderr and MET in asked.stderr
    assert json.loads(asked.stdout) == [{"1": 1}]
    assert gate not in call("sql", tmp_path / "pair" / "baseline", "select 1").stderr


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
    assert told["answer"]["sentence"]["text"] in " ".join(text.split())
    assert "From 12 simulated futures only" in text
    assert "without a source" in text
    full = call("appraise", folder, "--full").stdout
    assert full.startswith(text.partition("\n\neverything")[0])
    assert "letters at a figure" in full
    assert full.count("\n") > 2 * text.count("\n")


def test_one_section_is_printed_and_a_wrong_name_is_refused_before_anything_is_run(
    folder: Path, tmp_path: Path
) -> None:
    text = call("appraise", folder, "--section", "law").stdout
    assert "Who may lawfully be sent" in text and "What the sending system" not in text
    file = folder.parent / "tiny.yaml"
    for words in (
        ("appraise", file, "-n", 1),
        ("run", file, "-n", 1, "--out", tmp_path / "out"),
        ("compare", f"{file}#baseline", file, "-n", 1, "--out", tmp_path / "out"),
    ):
        result = call(*words, "--section", "money-sendr")
        assert (result.exit_code, result.stdout) == (2, "")
        (line,) = result.stderr.splitlines()
        assert line == "there is no section 'money-sendr'; did you mean 'money-sender'?"
    assert not (tmp_path / "out").exists()
    of_run = call("run", file, "-n", 1, "--out", tmp_path / "out", "--section", "law")
    assert of_run.exit_code == 2 and "there are population, places" in of_run.stderr


def test_a_single_run_cannot_be_appraised(folder: Path) -> None:
    result = call("appraise", folder / "baseline")
    assert result.exit_code == 2
    assert "bedspace compare" in result.stderr


def test_nothing_is_compared_with_itself(folder: Path, tmp_path: Path) -> None:
    file, out = folder.parent / "tiny.yaml", tmp_path / "out"
    for asked in (
        ("appraise", f"{file}#baseline", "-n", 1),
        ("compare", file, file, "--out", out, "-n", 1),
    ):
        result = call(*asked)
        assert (result.exit_code, result.stdout) == (2, "")
        (line,) = result.stderr.splitlines()
        assert "would be compared with itself" in line
    assert not out.exists()


def test_report_writes_one_file(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "sub" / "page.html"
    result = call("report", folder, "--out", out)
    assert result.exit_code == 0, result.stderr
    assert result.stdout == f"{out}\n"
    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert [p.name for p in out.parent.iterdir()] == ["page.html"]


def test_compare_says_its_answer(folder: Path, tmp_path: Path) -> None:
    """The mean of the difference on the last day of the lease, the same in words and in JSON."""
    file, out = folder.parent / "tiny.yaml", tmp_path / "both"
    made = call("compare", f"{file}#baseline", file, "--out", out, "-n", 5)
    assert made.exit_code == 0, made.stderr
    told = json.loads(
        call("compare", f"{file}#baseline", file, "--out", tmp_path / "b", "-n", 5, "--json").stdout
    )["impact"]
    day = told[0]["id"].split(".")[2]
    query = f"select system, avg(people) as n from impact_population where day = '{day}' group by 1"
    asked = {
        row["system"]: row["n"] for row in json.loads(call("sql", out, query, "--json").stdout)
    }
    assert {figure["id"].split(".")[1]: figure["value"] for figure in told} == asked
    assert any(asked.values())
    sent = next(figure for figure in told if figure["value"] < 0)
    assert f"would hold {-sent['value']:,.0f} fewer people at home" in " ".join(made.stdout.split())


def test_a_single_run_has_a_report(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    made = call("report", folder / "scenario", "--out", out)
    assert made.exit_code == 0, made.stderr
    page = out.read_text(encoding="utf-8")
    assert "One prison system, simulated" in page and "<svg" in page
    assert "When places run out" in page and "What it costs" in page
    assert "Baseline" not in page and "Impact" not in page
    traced = call("explain", folder / "scenario", "costs.homeland.run")
    assert "person-days of each group x its average cost" in traced.stdout, traced.stderr


def test_report_refuses_a_folder_as_its_file(folder: Path, tmp_path: Path) -> None:
    result = call("report", folder, "--out", tmp_path)
    assert result.exit_code == 2
    assert "is a folder" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_table_too_broad_is_told_row_by_row(capsys: pytest.CaptureFixture[str]) -> None:
    columns = ("Group", "Part", "Route", "Verdict", "", "Why", "Citation", "Since", "Binds")
    why = "A reason that is long enough to need the whole of a page's width to be read at all."
    row = ("Citizens", "all", "by treaty", "barred", "", why, "18 U.S.C. 4100(b)", "1977", "both")
    print_table(Table("t", "What the law says", columns, (row, row)))
    lines = [line.rstrip().split(maxsplit=1) for line in capsys.readouterr().out.splitlines()]
    assert lines.count(["Why", why]) == 2
    assert [] in lines[lines.index(["Binds", "both"]) :]

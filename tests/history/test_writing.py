"""The clean file, its notes, and the verb that writes them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bedspace.cli.app import app
from bedspace.exceptions import HistoryError
from bedspace.history import notes_of, read, said, series, write

TABLE = """Counts of our jails
month;jail;prisoners;remark
2020-01;=SUM(A1);1.200;
2020-01;South;<10;few
2020-02;=SUM(A1);1.210,5;
2020-02;South;..;
.. = not counted
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    file = tmp_path / "jails.csv"
    file.write_text(TABLE, encoding="utf-8")
    return file


def verb(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["read", *words])
    return done.exit_code, done.stdout, done.stderr


def test_the_clean_file(source: Path, tmp_path: Path) -> None:
    clean, _ = write(read(source), tmp_path / "clean.csv")
    assert clean.read_text(encoding="utf-8") == (
        "date,population,jail\n"
        "2020-01-31,1200,'=SUM(A1)\n"  # no spreadsheet runs it
        "2020-02-29,1210.5,'=SUM(A1)\n"
        "2020-01-31,,South\n"
        "2020-02-29,,South\n"
    )


def test_the_notes_keep_every_cell(source: Path, tmp_path: Path) -> None:
    _, notes = write(read(source), tmp_path / "clean.csv")
    assert notes == notes_of(tmp_path / "clean.csv") == tmp_path / "clean.notes.csv"
    with notes.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    given = {(row["row"], row["column"]): row["as_given"].removeprefix("'") for row in rows}
    with source.open(encoding="utf-8", newline="") as stream:
        for i, cells in enumerate(csv.reader(stream, delimiter=";"), 1):
            for column, cell in zip("ABCD", cells, strict=False):
                assert given.get((str(i), column), "") == cell
    bound = next(row for row in rows if row["as_given"] == "<10")
    assert (bound["is"], bound["value"], bound["low"], bound["high"]) == (
        "population",
        "",
        "0.0",
        "9.0",
    )
    assert next(r for r in rows if r["as_given"] == "..")["note"] == "..: not counted"


def test_series_of_what_was_written_are_those_of_the_reading(source: Path, tmp_path: Path) -> None:
    found = read(source)
    clean, _ = write(found, tmp_path / "clean.csv")
    told = [(s.groups, s.dates, s.population) for s in series(clean)]
    assert told == [(s.groups, s.dates, s.population) for s in found.series()]
    again, _ = write(read(clean), tmp_path / "again.csv")
    assert again.read_text() == clean.read_text()


def test_the_file_that_is_read_is_not_written_over(source: Path) -> None:
    with pytest.raises(HistoryError, match="is the file that is read"):
        write(read(source), source)
    assert source.read_text(encoding="utf-8") == TABLE
    notes = source.rename(source.with_name("jails.notes.csv"))
    with pytest.raises(HistoryError, match=r"jails\.notes\.csv is the file that is read"):
        write(read(notes), source)
    assert notes.read_text(encoding="utf-8") == TABLE


def test_nothing_is_written_while_something_is_open(tmp_path: Path) -> None:
    file = tmp_path / "jail.csv"
    file.write_text(
        "date,population\n2020-01-31,few\n2020-02-29,5\n2020-03-31,6\n", encoding="utf-8"
    )
    out = tmp_path / "clean.csv"
    status, said_, complaint = verb(str(file), "--out", str(out))
    assert status == 2
    assert "headings in row 1, table in rows 2 to 4" in said_
    assert complaint.splitlines() == [
        "jail.csv, row 2, column 'population' (B): 'few' is no number; mend the cell, or say "
        "--missing 'few' if nothing was counted"
    ]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["jail.csv"]
    with pytest.raises(HistoryError):
        write(read(file), out)


def test_the_verb_says_what_it_found(source: Path, tmp_path: Path) -> None:
    status, told, _ = verb(str(source), "--out", str(tmp_path / "clean.csv"))
    assert status == 0
    assert "jails.csv: UTF-8 semicolon-separated; headings in row 2, table in rows 3 to 6" in told
    assert "A 'month' is date; B 'jail' is group; C 'prisoners' is population" in told
    assert (
        "dates: 2020-01-31 to 2020-02-29 (month), by the month; 2 counts, 2 series by jail" in told
    )
    assert "written:" in told


def test_json_is_all_that_stdout_has(source: Path, tmp_path: Path) -> None:
    status, told, _ = verb(str(source), "--out", str(tmp_path / "clean.csv"), "--json")
    found = json.loads(told)
    assert status == 0
    assert (found["ok"], found["encoding"], found["header_rows"]) == (True, "UTF-8", [2])
    assert found["frequency"] == "month"
    assert found["written"]["clean"].endswith("clean.csv")
    status, told, complaint = verb(str(source), "--map", "population=remark", "--json")
    found = json.loads(told)
    assert status == 2
    assert (found["ok"], found["written"]) == (False, {})
    assert len(found["refusals"]) == len(complaint.splitlines()) == 1


def test_answers_are_options(tmp_path: Path) -> None:
    file = tmp_path / "jail.csv"
    file.write_text("when;in;who\n03/04/2020;1.234;x\n04/04/2020;1.300;y\n", encoding="utf-8")
    status, _, complaint = verb(str(file))
    assert status == 2
    assert "--map population='in'" in complaint
    words = ["--map", "date=when,population=in", "--dates", "dmy", "--thousands", "point"]
    status, _, complaint = verb(str(file), *words, "--out", str(tmp_path / "clean.csv"))
    assert (status, complaint) == (0, "")
    assert (tmp_path / "clean.csv").read_text().splitlines()[1] == "2020-04-03,1234"


@pytest.mark.parametrize("out", ["clean.txt", "none/clean.csv"])
def test_where_nothing_can_be_written(out: str, source: Path, tmp_path: Path) -> None:
    with pytest.raises(HistoryError, match="--out"):
        write(read(source, said()), tmp_path / out)

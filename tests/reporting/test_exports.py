"""Excel files, CSV, Parquet and the ZIP: nothing in them runs, every figure can be found, and the
same appraisal gives the same bytes."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from bedspace.appraisal import Appraisal, Figure, Table
from bedspace.appraisal.figures import tracing
from bedspace.exceptions import RunError
from bedspace.plain_csv import comma_separated, guarded
from bedspace.reporting import flat, report
from bedspace.reporting.about import about
from bedspace.reporting.book import book
from bedspace.reporting.bundle import bundle
from tests.reporting.made import PLACES, appraisal, without_charts

openpyxl = pytest.importorskip("openpyxl", reason="openpyxl, of the extra tables, is missing")

NASTY = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    '=HYPERLINK("http://example.org","x")',
    "-226",
)
"""Texts that one spreadsheet or another would run or read as a number."""


def nasty() -> Appraisal:
    """An appraisal whose title, table, heading, cells and notes would all be run."""
    found = without_charts()
    rows = tuple((text, found.figure("fee")) for text in NASTY)
    table = Table("=id", "=1+1 [a]/b:c*?\\", ("=cmd|' /C calc'!A0", "value"), rows, "@note")
    section = replace(found.sections[0], tables=(*found.sections[0].tables, table))
    return replace(found, title="=2+5", sections=(section, *found.sections[1:]))


def opened(found: Appraisal) -> Any:
    return openpyxl.load_workbook(io.BytesIO(book(found, about(found))))


@pytest.mark.parametrize("text", NASTY)
def test_text_that_could_run_gets_an_apostrophe(text: str) -> None:
    (heads, row) = csv.reader(io.StringIO(comma_separated([text], [[text]]), newline=""))
    assert heads == row == [f"'{text}"]


def test_numbers_stay_numbers() -> None:
    """A loss of 226 is a number, and so are all its kinds; the same as text is not."""
    row = [-226, -2.5, Decimal("-0.10"), date(2025, 1, 31), None, True, "plain", "a-b", "-226"]
    (_, line) = comma_separated([""] * len(row), [row]).splitlines()
    assert line == "-226,-2.5,-0.10,2025-01-31,,true,plain,a-b,'-226"
    assert guarded("") == "" and guarded("a=b") == "a=b"


def test_no_cell_of_an_excel_file_is_run() -> None:
    made = opened(nasty())
    cells = [cell for sheet in made for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    kept = {cell.value: cell for cell in cells if isinstance(cell.value, str)}
    for text in NASTY:
        shown = text.replace("\r", "")  # XML holds no carriage return
        assert kept[shown].data_type == "s"
        assert kept[shown].quotePrefix, text  # still text when it is edited or copied


def test_a_loss_is_a_number_in_excel_too() -> None:
    found = without_charts()
    loss = Figure("loss", "Loss", Decimal("-226.10"), "USD", "as given", (PLACES,), -300.0, -100.0)
    table = Table("losses", "Losses", ("item", "value"), (("loss", loss),))
    section = replace(found.sections[0], tables=(table,))
    made = opened(replace(found, sections=(section, *found.sections[1:])))
    sheet = next(s for s in made if s["A1"].value == "Losses")
    heads, row = (list(r) for r in sheet.iter_rows(min_row=4, values_only=True))
    assert heads == ["item", "value (USD)", "value, low", "value, high", "value, id"]
    assert row == ["loss", -226.1, -300, -100, "loss"]
    values = [row for row in made["Figures"].iter_rows(values_only=True) if row[0] == "loss"]
    assert values[0][2:5] == (-226.1, -300, -100)


def test_a_table_has_a_column_of_bounds_and_of_ids() -> None:
    """By hand: 180 people, 170 to 190; a row of words beside it has neither."""
    table = without_charts().sections[0].tables[0]
    shown = flat.shown(table)
    assert shown.columns == ("who", "people (people)", "people, low", "people, high", "people, id")
    assert shown.rows == (
        ("sent", 180, 170.0, 190.0, "people-sent"),
        ("of them known", "a bound", None, None, None),
    )


def test_every_figure_of_an_excel_file_is_one_that_explain_finds() -> None:
    """Ids on the sheet of figures, and in every column of ids; none is missing."""
    found = nasty()
    made = opened(found)
    listed = [row[0] for row in made["Figures"].iter_rows(min_row=5, values_only=True)]
    assert listed == list(found.figures)
    told = set()
    for sheet in made:
        heads = next(sheet.iter_rows(min_row=4, max_row=4, values_only=True))
        for j, head in enumerate(heads):
            if isinstance(head, str) and head.endswith(", id"):
                column = next(sheet.iter_cols(j + 1, j + 1, min_row=5, values_only=True))
                told |= {id_ for id_ in column if id_}
    in_tables = {f.id for s in found.sections for t in s.tables for f in t.figures}
    assert told == in_tables
    for id_ in (*listed, *told):
        assert tracing.traced(found, id_).id == id_


def test_the_first_sheet_leads_to_every_other() -> None:
    made = opened(nasty())
    first, *others = made.sheetnames
    assert first == "README"
    links = [c for row in made["README"].iter_rows() for c in row if c.hyperlink is not None]
    assert [link.value for link in links] == others
    for link in links:
        name, _, place = link.hyperlink.location.rpartition("!")
        assert made[name.strip("'").replace("''", "'")][place] is not None
    text = "\n".join(str(c.value) for row in made["README"].iter_rows() for c in row if c.value)
    for wanted in ("seed 1", "Letter A", "bedspace compare", "Cite as", "explain"):
        assert wanted in text
    assert made.properties.created == made.properties.modified == datetime(1980, 1, 1)


@pytest.mark.parametrize("make", [book, bundle])
def test_the_same_appraisal_gives_the_same_bytes(make: Any) -> None:
    found = without_charts()
    assert make(found, about(found)) == make(found, about(found))


def test_the_zip_holds_data_readme_citation_and_command() -> None:
    found = nasty()
    archive = zipfile.ZipFile(io.BytesIO(bundle(found, about(found))))
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    names = archive.namelist()
    assert {"README.md", "CITATION.cff", "again.sh", "appraisal.json", "tables.xlsx"} <= set(names)
    for ending in (".csv", ".parquet"):
        assert sum(n.startswith("tables/") and n.endswith(ending) for n in names) == 4
    whole = zipfile.ZipFile(io.BytesIO(bundle(appraisal(), about(appraisal()))))
    drawn = [name for name in whole.namelist() if name.startswith("charts/")]
    assert drawn == [f"charts/{i:02d}-{c}.csv" for i, c in enumerate(_charts(), start=1)]
    readme = archive.read("README.md").decode()
    assert "apostrophe" in readme and "figures.csv" in readme
    cited = yaml.safe_load(archive.read("CITATION.cff"))
    assert cited["title"] == "=2+5" and "seed 1" in cited["abstract"]
    again = archive.read("again.sh").decode().splitlines()
    assert "bedspace compare 'lease#baseline' lease --replicates 100 --seed 1 --out run" in again
    every = csv.DictReader(io.StringIO(archive.read("figures.csv").decode()))
    assert [row["id"] for row in every] == list(found.figures)


def test_a_table_in_parquet_has_numbers_and_words(tmp_path: Path) -> None:
    """Losses as numbers, exact money within a double, words and formulas as they are."""
    found = without_charts()
    rows = (("=1+1", found.figure("fee"), "1"), ("b", found.figure("fee"), None))
    table = flat.shown(Table("t", "T", ("item", "value", "Item"), rows))
    file = tmp_path / "t.parquet"
    file.write_bytes(flat.parquet(table))
    asked = duckdb.sql(f"select * from '{file}'")
    assert asked.columns == ["item", "value (USD)", "Item (2)", "value, id"]
    assert [str(kind) for kind in asked.types] == ["VARCHAR", "DOUBLE", "VARCHAR", "VARCHAR"]
    assert asked.fetchall() == [("=1+1", 4760000.0, "1", "fee"), ("b", 4760000.0, None, "fee")]


def _charts() -> list[str]:
    return [chart.id for section in appraisal().sections for chart in section.charts]


def test_parquet_and_csv_hold_the_same_rows(tmp_path: Path) -> None:
    found = without_charts()
    files = [report(tmp_path / f"figures.{kind}", found) for kind in ("csv", "parquet")]
    rows = list(csv.DictReader(io.StringIO(files[0].read_text(encoding="utf-8"))))
    asked = duckdb.sql(f"select id, value, low, high, said from '{files[1]}'").fetchall()
    assert [row[0] for row in asked] == [row["id"] for row in rows] == list(found.figures)
    told = {row["id"]: row for row in rows}
    for id_, value, low, high, said in asked:
        for key, number in (("value", value), ("low", low), ("high", high)):
            assert told[id_][key] == "" if number is None else float(told[id_][key]) == number
        assert told[id_]["said"] == said


def test_a_file_without_a_known_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RunError, match=r"ending what to write; end it with \.html"):
        report(tmp_path / "report", without_charts())
    with pytest.raises(RunError, match="a layout is for the pages of a PDF"):
        report(tmp_path / "report.xlsx", without_charts(), layout="brief")
    assert list(tmp_path.iterdir()) == []


def test_every_sentence_of_the_answer_is_there_with_its_figures() -> None:
    found = without_charts()
    rows = flat.answer(found).rows
    told = [row[2] for row in rows]
    assert told[: len(found.answer.sentences)] == [s.text for s in found.answer.sentences]
    for row in rows:
        for id_ in filter(None, str(row[3]).split("; ")):
            assert tracing.traced(found, id_).id == id_
    sheet = opened(found)["Answer"]
    assert sheet["C5"].value == found.answer.sentence.text

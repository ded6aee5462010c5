"""The same table in every form of file that is read, and what only some forms can hold."""

from __future__ import annotations

import gzip
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from bedspace.exceptions import HistoryError
from bedspace.history import read, said

HEADS = ("date", "prison", "population")
ROWS = [
    (date(2020, 1, 31), "North", 1200),
    (date(2020, 1, 31), "South", 800),
    (date(2020, 2, 29), "North", 1210),
    (date(2020, 2, 29), "South", None),
]


def excel(file: Path, rows: list[tuple[Any, ...]], sheet: str = "counts") -> Any:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    book.save(file)
    return book


OPEN_DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">
<office:body><office:spreadsheet><table:table table:name="counts">{rows}
<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""

MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>"""


def open_document(file: Path, rows: list[tuple[Any, ...]]) -> None:
    """The least that OpenDocument asks for: a spreadsheet is XML in a ZIP."""
    pytest.importorskip("python_calamine")
    filled = '<table:table-cell table:number-columns-repeated="1000"/>'  # as programs fill a row
    lines = [
        f"<table:table-row>{''.join(map(_cell, row))}{filled}</table:table-row>" for row in rows
    ]
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", OPEN_DOCUMENT.format(rows="".join(lines)))


def _cell(value: Any) -> str:
    kinds = {
        int: f'office:value-type="float" office:value="{value}"',
        date: f'office:value-type="date" office:date-value="{value}"',
        str: 'office:value-type="string"',
        type(None): 'table:number-columns-repeated="1"',
    }
    told = f"<text:p>{value or ''}</text:p>"
    return f"<table:table-cell {kinds[type(value)]}>{told}</table:table-cell>"


def write(folder: Path, form: str) -> Path:
    file = folder / f"counts.{form}"
    if form == "xlsx":
        excel(file, [HEADS, *ROWS])
    elif form == "ods":
        open_document(file, [HEADS, *ROWS])
    elif form == "parquet":
        values = ", ".join(f"(DATE '{d}', '{p}', {'NULL' if n is None else n})" for d, p, n in ROWS)
        asked = f"SELECT * FROM (VALUES {values}) AS t({', '.join(HEADS)})"
        duckdb.connect().execute(f"COPY ({asked}) TO '{file}' (FORMAT parquet)")
    else:
        mark = "\t" if form == "tsv" else ","
        lines = [mark.join("" if c is None else str(c) for c in row) for row in [HEADS, *ROWS]]
        raw = "\n".join(lines).encode()
        file.write_bytes(gzip.compress(raw) if form.endswith("gz") else raw)
    return file


@pytest.mark.parametrize("form", ["csv", "tsv", "csv.gz", "xlsx", "ods", "parquet"])
def test_every_form_says_the_same(form: str, tmp_path: Path) -> None:
    found = read(write(tmp_path, form))
    assert found.clean
    made = {(x.day, x.groups[0]): x.number("population") for x in found.lines}
    assert made == {(d, p): n for d, p, n in ROWS}
    assert found.frequency == "month"


def test_a_sheet_is_asked_for_where_there_are_two(tmp_path: Path) -> None:
    file = tmp_path / "two.xlsx"
    book = excel(file, [HEADS, *ROWS])
    other = book.create_sheet("older")
    other.append(HEADS)
    other.append((datetime(2019, 1, 31), "North", 5))
    book.save(file)
    with pytest.raises(
        HistoryError, match="has 2 sheets; say which: --sheet 'counts', --sheet 'older'"
    ):
        read(file)
    found = read(file, said(sheet="older"))
    assert [x.number("population") for x in found.lines] == [5]
    with pytest.raises(HistoryError, match="has no sheet 'newer'"):
        read(file, said(sheet="newer"))


def test_a_formula_without_a_value_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "sums.xlsx"
    excel(file, [("date", "population"), (date(2020, 1, 31), 5), (date(2020, 2, 29), "=B2+1")])
    with pytest.raises(HistoryError) as error:
        read(file)
    assert "sheet 'counts', row 3, column B: the formula has no value" in str(error.value)


def test_headings_over_several_columns_and_hidden_rows(tmp_path: Path) -> None:
    file = tmp_path / "merged.xlsx"
    rows: list[tuple[Any, ...]] = [
        ("Prisoners in 2019 and 2020",), (None, "Men", None, "Women", None),
        ("state", 2019, 2020, 2019, 2020), ("Ohio", 50, 60, 5, 6), ("Iowa", 70, 80, 7, 8),
    ]  # fmt: skip
    book = excel(file, rows)
    book.active.merge_cells("B2:C2")
    book.active.merge_cells("D2:E2")
    book.active.row_dimensions[5].hidden = True
    book.save(file)
    found = read(file, said(map="population=Women"))
    assert found.clean
    made = {(x.groups[0], x.day.year): x.number("population") for x in found.lines}
    assert made == {("Ohio", 2019): 5, ("Ohio", 2020): 6, ("Iowa", 2019): 7, ("Iowa", 2020): 8}
    assert any("hidden" in f.text for f in found.findings)


@pytest.mark.parametrize("name", ["x.xlsx", "x.ods", "x.parquet", "x.csv.gz"])
def test_a_file_that_is_not_what_its_ending_says(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_text("date,population\n2020-01-31,5\n")
    with pytest.raises(HistoryError) as error:
        read(file)
    assert name in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("name", "line"), [("x.xls", "save it as .xlsx"), ("x.json", "'json' are not read")]
)
def test_forms_that_are_not_read(name: str, line: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("x")
    with pytest.raises(HistoryError, match=line):
        read(tmp_path / name)


def test_no_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(HistoryError, match="no such file"):
        read(tmp_path / "none.csv")
    with pytest.raises(HistoryError, match="this is a folder"):
        read(tmp_path)

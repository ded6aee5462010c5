"""Small tables, each with one trap of tables as they are published."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bedspace.exceptions import HistoryError
from bedspace.history import Reading, read, said


def table(folder: Path, text: str | bytes, name: str = "jail.csv", **options: Any) -> Reading:
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(file, said(**options))


def counts(found: Reading) -> list[tuple[str, float | None]]:
    found.check()
    return [(line.day.isoformat(), line.number("population")) for line in found.lines]


def told(found: Reading, kind: str) -> str:
    return "\n".join(f.text for f in found.findings if f.kind == kind)


JAN, FEB = "2020-01-31", "2020-02-29"
FIVE_SIX: list[tuple[str, float | None]] = [(JAN, 5), (FEB, 6)]
NONE_SIX: list[tuple[str, float | None]] = [(JAN, None), (FEB, 6)]

READ_RIGHT: dict[str, tuple[str, dict[str, Any], list[tuple[str, float | None]]]] = {
    "months": ("month,inmates\n2020-01,5\n2020-02,6\n", {}, FIVE_SIX),
    "names of months": ("Month,Inmates\nJan-20,5\nFeb-20,6\n", {}, FIVE_SIX),
    "Spanish months": (
        "fecha;presos\n31 de enero de 2022;1.234\n28 de febrero de 2022;12.345.678\n",
        {"rows": "2-2"},
        [("2022-01-31", 1234)],
    ),
    "year and month apart": ("year,month,population\n2020,1,5\n2020,2,6\n", {}, FIVE_SIX),
    "quarters": (
        "quarter,population\n2020Q1,5\nQ2 2020,6\n",
        {},
        [("2020-03-31", 5), ("2020-06-30", 6)],
    ),
    "fiscal years": (
        "year,population\n2018-19,5\n2019-20,6\n",
        {"year_ends": "06-30"},
        [("2019-06-30", 5), ("2020-06-30", 6)],
    ),
    "a year's day in a note": (
        "Year,Prisoners\n2018,5000\n2019,5100\nNote: Counts are for June 30 of each year.\n",
        {},
        [("2018-06-30", 5000), ("2019-06-30", 5100)],
    ),
    "days of Excel": (
        "date,population\n43831,5\n43832,6\n",
        {},
        [("2020-01-01", 5), ("2020-01-02", 6)],
    ),
    "a day over twelve settles the order": (
        "date,population\n03/04/2020,5\n13/04/2020,6\n",
        {},
        [("2020-04-03", 5), ("2020-04-13", 6)],
    ),
    "the order as told": ("date,population\n03/04/2020,5\n", {"dates": "mdy"}, [("2020-03-04", 5)]),
    "commas quoted in a comma file": (
        'date,population\n2020-01-31,"1,193"\n2020-02-29,999\n',
        {},
        [("2020-01-31", 1193), ("2020-02-29", 999)],
    ),
    "points between thousands, as told": (
        "date;population\n2020-01-31;1.234\n",
        {"thousands": "point"},
        [("2020-01-31", 1234)],
    ),
    "points before decimals, as told": (
        "date;population\n2020-01-31;1.234\n",
        {"decimal": "point"},
        [("2020-01-31", 1.234)],
    ),
    "commas before decimals, proved by another cell": (
        "date;population\n2020-01-31;1.234,5\n2020-02-29;1.300\n",
        {},
        [("2020-01-31", 1234.5), ("2020-02-29", 1300)],
    ),
    "thin spaces": ("date,population\n2020-01-31,83\u202f193\n", {}, [("2020-01-31", 83193)]),
    "NA": ("date,population\n2020-01-31,NA\n2020-02-29,6\n", {}, NONE_SIX),
    "dashes, as told": (
        "date,population\n2020-01-31,--\n2020-02-29,6\n",
        {"missing": ["--"]},
        NONE_SIX,
    ),
    "dashes that a note explains": (
        "date,population\n2020-01-31,--\n2020-02-29,6\n-- Not collected\n",
        {},
        NONE_SIX,
    ),
    "a symbol that stands for nought": (
        "date,population\n2020-01-31,-\n2020-02-29,6\n- = nil\n",
        {},
        [("2020-01-31", 0), ("2020-02-29", 6)],
    ),
    "a revised number": (
        "date,population\n2020-01-31,5r\n2020-02-29,6\nr = revised\n",
        {},
        FIVE_SIX,
    ),
    "a provisional date": (
        "year,population\n2019,5\n2020*,6\n",
        {},
        [("2019-12-31", 5), ("2020-12-31", 6)],
    ),
    "a total below": ("date,population\n2020-01-31,5\n2020-02-29,6\nAverage,5.5\n", {}, FIVE_SIX),
    "Excel's line about separators": (
        "sep=;\ndate;population\n2020-01-31;5\n",
        {},
        [("2020-01-31", 5)],
    ),
    "titles, two rows of headings, a blank row": (
        "Jail report,,\nprinted 2021,,\n,,\n,Men,Women\ndate,population,population\n"
        "2020-01-31,5,1\n2020-02-29,6,2\n",
        {"map": "population=Women: population"},
        [("2020-01-31", 1), ("2020-02-29", 2)],
    ),
    "a stock of the start, by its heading": (
        "year,population at start of year\n2019,5\n2020,6\n",
        {},
        [("2018-12-31", 5), ("2019-12-31", 6)],
    ),
    "a stock of the start, as told": (
        "month,population\n2020-03,5\n",
        {"stock_at": "start"},
        [("2020-02-29", 5)],
    ),
}


@pytest.mark.parametrize("trap", READ_RIGHT)
def test_read_right(trap: str, tmp_path: Path) -> None:
    text, options, right = READ_RIGHT[trap]
    assert counts(table(tmp_path, text, **options)) == right


REFUSED: dict[str, tuple[str, str]] = {
    "text among numbers": (
        "date,population\n2020-01-31,5\n2020-02-29,about 6\n2020-03-31,7\n2020-04-30,8\n",
        "jail.csv, row 3, column 'population' (B): 'about 6' is no number",
    ),
    "a negative count": (
        "date,population\n2020-01-31,5\n2020-02-29,-6\n",
        "jail.csv, row 3, column 'population' (B): -6 is negative",
    ),
    "a date that stands twice": (
        "date,population\n2020-01-31,5\n2020-02-29,6\n2020-02-29,7\n",
        "jail.csv, row 4, column 'date' (A): 2020-02-29 stands twice, first in row 3",
    ),
    "a remark is no group": (
        "date,population,remark\n2020-01-31,5,\n2020-02-29,6,old\n2020-02-29,7,new\n",
        "row 4, column 'date' (A): 2020-02-29 stands twice",
    ),
    "a month that is none": (
        "date,population\n2020-01-31,5\n2020-13-29,6\n2020-03-31,7\n",
        "row 3, column 'date' (A): '2020-13-29' is no date",
    ),
    "a count without a date": (
        "date,population\n2020-01-31,5\n,6\n2020-03-31,7\n",
        "row 3, column 'date' (A): there is no date",
    ),
    "a last date that is none": (
        "date,population\n2020-01-31,5\n2020-02-29,6\n2O20-03-31,7\n",
        "row 4, column 'date' (A): '2O20-03-31' is no date",
    ),
    "a symbol nobody explained": (
        "date,population\n2020-01-31,~\n2020-02-29,6\n",
        "row 2, column 'population' (B): nothing explains '~'; say --missing '~'",
    ),
    "a mark nobody explained": (
        "date,population\n2020-01-31,5r\n2020-02-29,6\n",
        "row 2, column 'population' (B): nothing explains the mark 'r' of '5r'",
    ),
    "thousands, then persons": (
        "date,population\n2020-01-31,83193\n2020-02-29,83.2\n",
        "row 3, column 'population' (B): 83.2 comes after 83193: is one in thousands",
    ),
    "residents": ("year,population\n2019,5012345\n2020,5022345\n", "are these residents?"),
    "stocks that contradict flows": (
        "year,population,admissions,releases\n2017,1000,500,500\n2018,1000,500,500\n"
        "2019,1500,500,500\n2020,1500,500,500\n",
        "row 4: on 2019-12-31 the stock changed by 500 more than admissions less releases",
    ),
    "flows of something else": (
        "year,population,admissions,releases\n2017,1000,100,10\n2018,1000,100,10\n2019,1000,100,10\n",
        "stocks contradict flows",
    ),
}


@pytest.mark.parametrize("trap", REFUSED)
def test_refused(trap: str, tmp_path: Path) -> None:
    text, line = REFUSED[trap]
    found = table(tmp_path, text)
    assert not found.clean
    assert line in "\n".join(found.refusals)
    assert all("\n" not in refusal for refusal in found.refusals)
    with pytest.raises(HistoryError):
        found.check()


ASKED: dict[str, tuple[str, str]] = {
    "1.234": (
        "date;population\n2020-01-31;1.234\n2020-02-29;1.236\n",
        "--thousands point or --decimal point",
    ),
    "1,234 outside a comma file": (
        "date;population\n2020-01-31;1,234\n",
        "--thousands comma or --decimal comma",
    ),
    "03/04/2020": ("date,population\n03/04/2020,5\n04/04/2020,6\n", "--dates dmy or --dates mdy"),
    "a fiscal year": ("year,population\nFY2019,5\nFY2020,6\n", "--year-ends"),
    "two definitions": (
        "date,midnight population,24-hour population\n2020-01-31,5,7\n2020-02-29,6,8\n",
        "two definitions; which column is the population? Say --map population='midnight",
    ),
    "jurisdiction and custody": (
        "date,jurisdiction population,custody population\n2020-01-31,5,7\n2020-02-29,6,8\n",
        "two definitions",
    ),
    "no column is called a population": (
        "date,men,women\n2020-01-31,5,7\n2020-02-29,6,8\n",
        "--map population='men'",
    ),
    "no date": ("prison,population\nNorth,5\nSouth,7\n", "--date YYYY-MM-DD"),
}


@pytest.mark.parametrize("trap", ASKED)
def test_asked(trap: str, tmp_path: Path) -> None:
    text, line = ASKED[trap]
    found = table(tmp_path, text)
    assert not found.clean
    assert line in "\n".join(found.questions)


CANNOT_BE_OPENED: dict[str, tuple[str | bytes, str]] = {
    "nothing in it": ("", "jail.csv is empty"),
    "a heading twice": (
        "date,population,population\n2020-01-31,5,6\n",
        "row 1, column C: the heading 'population' stands twice",
    ),
    "no headings": ("2020-01-31,5\n2020-02-29,6\n", "no row of headings"),
    "a thousands comma without quotes": (
        "date,population\n2020-01-31,83,193\n2020-02-29,83,200\n",
        "row 2: there are more cells than headings",
    ),
    "a quotation mark that never closes": (
        'date,population\n2020-01-31,"5\n2020-02-29,6\n',
        "quotation marks",
    ),
    "zero bytes": (b"date,population\n2020-01-31,\x005\n", "zero bytes"),
    "percentages": (
        "date,share of places\n2020-01-31,95.1%\n2020-02-29,96.2%\n",
        "percentages, not people",
    ),
}


@pytest.mark.parametrize("trap", CANNOT_BE_OPENED)
def test_cannot_be_opened(trap: str, tmp_path: Path) -> None:
    text, line = CANNOT_BE_OPENED[trap]
    options = {"map": "population=share of places"} if trap == "percentages" else {}
    with pytest.raises(HistoryError) as error:
        table(tmp_path, text, **options).check()
    assert line in str(error.value)
    assert "\n" not in str(error.value)


def test_a_bound_is_kept_and_not_filled_in(tmp_path: Path) -> None:
    found = table(tmp_path, "date,population\n2020-01-31,<10\n2020-02-29,12\n")
    assert counts(found) == [("2020-01-31", None), ("2020-02-29", 12)]
    entry = found.lines[0].entries["population"]
    assert (entry.low, entry.high, entry.as_given) == (0, 9, "<10")
    assert "'<10'" in told(found, "bound")


def test_states_in_columns_and_in_rows_are_the_same(tmp_path: Path) -> None:
    columns = table(tmp_path, "year,Ohio,Iowa\n2019,5,7\n2020,6,8\n", groups=["state=*"])
    rows = table(tmp_path, "state,2019,2020\nOhio,5,6\nIowa,7,8\n")
    long = table(
        tmp_path, "state,year,prisoners\nOhio,2019,5\nOhio,2020,6\nIowa,2019,7\nIowa,2020,8\n"
    )
    made = [
        {(x.groups, x.day): x.number("population") for x in found.lines}
        for found in (columns, rows, long)
    ]
    assert columns.clean and rows.clean and long.clean
    assert made[0] == made[1] == made[2]
    assert made[0][("Ohio",), date(2020, 12, 31)] == 6
    assert rows.groups == ("state",)


def test_a_stock_of_the_start_is_seen_from_the_flows(tmp_path: Path) -> None:
    # 100 + 50 - 40 = 110; 110 + 60 - 30 = 140; 140 + 50 - 45 = 145: stocks of the start of a year.
    text = (
        "year,population,admissions,releases\n2016,100,50,40\n2017,110,60,30\n2018,140,50,45\n"
        "2019,145,55,40\n"
    )
    found = table(tmp_path, text)
    assert found.clean
    assert found.stock_at == "start"
    first, second, *_, last = found.lines
    assert (first.day, first.number("population"), first.number("admissions")) == (
        date(2015, 12, 31),
        100,
        None,
    )
    assert (
        second.number("population"),
        second.number("admissions"),
        second.number("releases"),
    ) == (110, 50, 40)
    assert (last.day, last.number("population"), last.number("admissions")) == (
        date(2019, 12, 31),
        None,
        55,
    )


def test_gaps_repeats_and_breaks_are_told(tmp_path: Path) -> None:
    numbers = [500, 501, 499, 502, 502, 502, 500, 501, 700, 699, 701, 700]
    days = [date(2020, m, 15) for m in range(1, 13)]
    rows = [f"{d},{n}" for d, n in zip(days, numbers, strict=True) if d.month != 10]
    found = table(tmp_path, "date,population\n" + "\n".join(rows) + "\n")
    assert found.clean
    assert "0 dates have no count, 1 date is absent" in told(found, "gaps")
    assert "Between 2020-09-15 and 2020-11-15 1 month is absent" in told(found, "gap")
    assert "502 stands 3 times in a row, 2020-04-15 to 2020-06-15" in told(found, "repeat")
    assert "From 2020-08-15 to 2020-09-15 the count goes from 501 to 700" in told(found, "break")
    assert len(found.lines) == 11


def test_three_points_are_too_few(tmp_path: Path) -> None:
    found = table(tmp_path, "year,prisoners\n2018,5\n2019,6\n2020,7\n")
    assert "Too few to project: 3 of 4" in told(found, "short")


def test_doubts_are_accepted_as_told(tmp_path: Path) -> None:
    text = "date,population\n2020-01-31,83193\n2020-02-29,832\n"
    assert not table(tmp_path, text).clean
    assert table(tmp_path, text, accept="unit-jump").clean


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_encodings(encoding: str, tmp_path: Path) -> None:
    text = "date,prison,population\n2020-01-31,São João,5\n2020-01-31,Évora,6\n"
    found = table(tmp_path, text.encode(encoding))
    assert [line.groups for line in found.lines] == [("São João",), ("Évora",)]
    assert ("cp1252" in told(found, "file")) == (encoding == "cp1252")


@pytest.mark.parametrize(
    ("options", "line"),
    [
        ({"map": "population"}, "--map: 'population' is not NAME=COLUMN"),
        ({"map": "population=poplation"}, "no column 'poplation'; did you mean 'population'?"),
        ({"dates": "ymd"}, "--dates ymd is not known; it is dmy or mdy"),
        ({"year_ends": "30-06"}, "--year-ends 30-06"),
        ({"date": "yesterday"}, "--date yesterday"),
        ({"header": "x"}, "--header x"),
        ({"header": "9"}, "--header 9 is none"),
        ({"thousands": "tick"}, "--thousands is one of"),
        ({"accept": "all"}, "--accept all is not known"),
        ({"encoding": "klingon"}, "no such encoding"),
        ({"groups": ["wing"]}, "--groups: jail.csv has no column 'wing'"),
    ],
)
def test_options_that_are_not_understood(
    options: dict[str, Any], line: str, tmp_path: Path
) -> None:
    with pytest.raises(HistoryError) as error:
        table(tmp_path, "date,population\n2020-01-31,5\n", **options)
    assert line in str(error.value)

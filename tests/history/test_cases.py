"""Excerpts of real tables, each with its traps, and what a right reading of each is.

The right values are those of the tables as printed; where a number is computed from them, the
test says how.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bedspace.exceptions import HistoryError
from bedspace.history import Reading, read, said

FOLDER = Path(__file__).parents[2].parent / "shared/cases/files"

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the excerpts are not here")

YEAR_END = date(2019, 12, 31)


def number(
    found: Reading, label: str, role: str = "population", day: date | None = None
) -> float | None:
    """What the only line with a label among its groups says, on a day if one is given."""
    lines = [x for x in found.lines if label in x.groups and day in (None, x.day)]
    assert len(lines) == 1, lines
    return lines[0].number(role)


def texts(found: Reading, kind: str) -> str:
    return "\n".join(f.text for f in found.findings if f.kind == kind)


def test_weekly_counts_with_holidays() -> None:
    found = read(FOLDER / "england-wales-weekly.csv")
    counts = {line.day: line.number("population") for line in found.lines}
    assert found.clean
    assert found.frequency == "week"
    assert counts[date(2014, 1, 3)] == 83193
    assert [day for day, count in counts.items() if count is None] == [
        date(2014, 4, 18), date(2014, 12, 26), date(2015, 12, 25),
        date(2016, 1, 1), date(2016, 3, 25), date(2020, 5, 8),
    ]  # fmt: skip
    assert date(2020, 4, 10) not in counts  # absent in the file: no row is made up for it
    assert "6 dates have no count" in texts(found, "gaps")
    assert "83,553 stands 3 times in a row, 2018-03-16 to 2018-03-30" in texts(found, "repeat")


def test_preamble_empty_columns_and_rows_of_percentages() -> None:
    open_ = read(FOLDER / "bjs-p19t01-jurisdiction.csv")
    assert "which column is the population? Say --map population='Total'" in open_.questions[0]
    found = read(FOLDER / "bjs-p19t01-jurisdiction.csv", said(map="population=State"))
    assert found.clean
    assert found.layout.heads == (11,)
    counts = {line.day: line.number("population") for line in found.lines}
    assert counts[YEAR_END] == 1_255_689
    assert counts[date(2009, 12, 31)] == 1_407_369
    assert len(counts) == 11
    assert "jurisdiction" in texts(found, "definition")
    assert "Percent change" in texts(found, "not read")


def test_columns_that_are_groups() -> None:
    told = said(groups=["authority=Federal/b,State"])
    found = read(FOLDER / "bjs-p19t01-jurisdiction.csv", told)
    assert found.clean
    assert number(found, "Federal", day=YEAR_END) == 175_116
    assert number(found, "State", day=YEAR_END) == 1_255_689


def test_rounded_parts_of_a_total_that_is_not() -> None:
    found = read(FOLDER / "bjs-p19t16-rounded.csv")
    assert found.clean
    assert {line.day for line in found.lines} == {date(2019, 9, 30)}
    assert number(found, "Total") == 158_107
    # 147,100 + 11,000 = 158,100
    assert "'Male' + 'Female' do not add up" in texts(found, "parts")
    assert "in row 12 158,100 is not 158,107" in texts(found, "parts")
    others = {x.groups: x.number("population") for x in found.lines if x.groups[1] == "Other"}
    assert others == {
        ("Violent", "Other"): 2707, ("Property", "Other"): 1471, ("Public order", "Other"): 26040
    }  # fmt: skip
    men = read(FOLDER / "bjs-p19t16-rounded.csv", said(map="population=Male"))
    assert "multiple of 100" in texts(men, "rounding")
    assert "a 0 may stand for up to 49" in texts(men, "rounding")


def test_symbols_in_an_old_encoding() -> None:
    told = said(
        map="population=Custody population,operational=Operational,design=Design,rated=Rated"
    )
    found = read(FOLDER / "bjs-p19t17-capacity.csv", told)
    assert found.clean
    assert found.layout.grid.encoding == "cp1252"
    assert "cp1252" in texts(found, "file")
    assert number(found, "Alabama") == 21_802
    assert number(found, "Alabama", "operational") == 22_231
    assert number(found, "Alabama", "design") == 12_412
    (alabama,) = (line for line in found.lines if "Alabama" in line.groups)
    assert alabama.day == YEAR_END
    assert alabama.entries["rated"].number is None
    assert alabama.entries["rated"].as_given == "…"
    assert "does not measure" in alabama.entries["rated"].note
    (alaska,) = (line for line in found.lines if "Alaska" in line.groups)
    assert "Not reported" in alaska.entries["operational"].note


def test_not_applicable_is_not_nought() -> None:
    file = FOLDER / "bjs-p19t18-private-local.csv"
    asked = read(file)
    assert "Prisoners held in private prisons" in asked.questions[0]
    assert "Prisoners held in local jails" in asked.questions[0]
    found = read(file, said(map="population=Prisoners held in private prisons"))
    assert found.clean
    assert found.layout.heads == (11, 12)
    assert number(found, "Arkansas", day=YEAR_END) == 0
    assert number(found, "Delaware", day=YEAR_END) is None
    assert number(found, "California", day=date(2018, 12, 31)) == 3952
    assert number(found, "California", day=YEAR_END) == 1134
    local = read(file, said(map="population=Prisoners held in local jails"))
    assert number(local, "Alabama", day=YEAR_END) == 2569


def test_a_column_that_is_a_sum_and_a_date_that_nobody_wrote() -> None:
    file = FOLDER / "ice-fy25-facilities.csv"
    asked = read(file)
    assert not asked.clean
    assert any("--date" in q and "2025-09-15 (row 6)" in q for q in asked.questions)
    levels = "population=Level A+Level B+Level C+Level D,guaranteed=Guaranteed Minimum"
    found = read(file, said(map=levels, date="2025-09-15"))
    assert found.clean
    annex = number(found, "FOLKSTON ANNEX IPC")
    # 171.7077 + 52.0115 + 45.6877 + 16.5874 = 285.9943
    assert annex == pytest.approx(285.9943, abs=1e-4)
    assert number(found, "FOLKSTON ANNEX IPC", "guaranteed") == 338
    # the last level is written 6.5902578796561598E-2: 0.5501 + 1.7278 + 0.2206 + 0.0659
    assert number(found, "FLOYD COUNTY JAIL") == pytest.approx(2.5645, abs=1e-3)


def test_days_since_1899() -> None:
    told = said(map="date=Last Inspection End Date,population=Level A", groups=["Name"])
    with pytest.raises(HistoryError) as error:
        read(FOLDER / "ice-fy25-facilities.csv", told).check()
    assert "row 9, column 'Last Inspection End Date' (Y): there is no date" in str(error.value)
    found = read(FOLDER / "ice-fy25-facilities.csv", said(**{**BY_INSPECTION, "rows": "8-8"}))
    assert [line.day for line in found.lines] == [date(2024, 9, 19)]


BY_INSPECTION = {"map": "date=Last Inspection End Date,population=Level A"}

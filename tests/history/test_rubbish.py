"""Whatever stands in a file, it is read or refused in lines; there is never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bedspace.exceptions import HistoryError
from bedspace.history import clean, read, said, summary, told

CELLS = st.sampled_from(
    [
        *("", " ", "date", "population", "prisoners", "2020-01-31", "2020-02-29", "2020", "FY19"),
        *("Jan-20", "03/04/2020", "10-May", "1,234", "1.234", "1.234,5", "-5", "<10", "NA", "--"),
        *("/", "12r", "Ohio/b", "95.1%", "%", "Total", "x", "1e309", "9" * 40, "٣", "'", "\ufffd"),
        *("=1+1", "43831", "0", "83193", "2010-11", "Q1 2020", "1/0/2020", "nan", "inf"),
        "Note: counts are for June 31 of each year",
    ]
)
GRIDS = st.lists(st.lists(CELLS, min_size=0, max_size=5), min_size=0, max_size=9)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(grid=GRIDS, mark=st.sampled_from(",;\t"), headed=st.booleans())
def test_any_cells(grid: list[list[str]], mark: str, headed: bool, tmp_path: Path) -> None:
    rows = [["date", "population", "state"], *grid] if headed else grid
    file = tmp_path / "any.csv"
    file.write_text("\n".join(mark.join(row) for row in rows), encoding="utf-8")
    try:
        found = read(file, said(accept="unit-jump"))
        summary(found)
        assert all("\n" not in line for line in (*told(found), *found.problems()))
        if found.clean:
            found.series()
            clean(found)
    except HistoryError as error:
        assert str(error)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(raw=st.binary(max_size=200))
def test_any_bytes(raw: bytes, tmp_path: Path) -> None:
    file = tmp_path / "any.csv"
    file.write_bytes(raw)
    try:
        told(read(file))
    except HistoryError as error:
        assert str(error)


@pytest.mark.parametrize(
    ("text", "told", "words"),
    [
        ("date,population\n\n2020-01-31,5\n", {"header": "2"}, "no headings"),
        ("Block 4500,Block 5500\n12,14\n13,15\n", {}, ""),
        ("sep=;\ndate;population\n2020-01-31;5\n", {"delimiter": "ab"}, "no single character"),
    ],
)
def test_what_is_asked_for_in_vain_is_said(
    text: str, told: dict[str, str], words: str, tmp_path: Path
) -> None:
    file = tmp_path / "a.csv"
    file.write_text(text, encoding="utf-8")
    if words:
        with pytest.raises(HistoryError, match=words):
            read(file, said(**told))
    else:
        assert not read(file, said(**told)).clean


def test_a_date_in_three_columns_keeps_its_day(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("Year,Month,Day,Held\n2020,1,15,5\n2020,2,15,6\n", encoding="utf-8")
    found = read(file, said(map="date=Year+Month+Day,population=Held"))
    assert [str(line.day) for line in found.lines] == ["2020-01-15", "2020-02-15"]

"""A clean CSV file as series."""

from datetime import date
from pathlib import Path

import pytest

from bedspace.exceptions import HistoryError
from bedspace.history import frequency, series


def written(folder: Path, text: str) -> Path:
    file = folder / "clean.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_columns_gaps_and_order(tmp_path: Path) -> None:
    text = "date,population,admissions\n2020-03-31,12,\n2020-01-31,10,3\n2020-02-29,,4\n"
    (found,) = series(written(tmp_path, text))
    assert found.dates == (date(2020, 1, 31), date(2020, 2, 29), date(2020, 3, 31))
    assert found.population == (10.0, None, 12.0)
    assert found.admissions == (3.0, 4.0, None)
    assert found.releases is None
    assert (found.frequency, found.per_year) == ("month", 12.0)


def test_text_is_a_group_and_numbers_are_kept(tmp_path: Path) -> None:
    text = "date,state,population,places\n2020-12-31,A,1,5\n2020-12-31,B,2,6\n2021-12-31,A,3,5\n"
    a, b = series(written(tmp_path, text))
    assert (a.groups, a.population, a.others) == (
        {"state": "A"},
        (1.0, 3.0),
        {"places": (5.0, 5.0)},
    )
    assert (b.name, b.population) == ("B", (2.0,))
    assert b.frequency == "irregular"


def test_steps() -> None:
    fridays = [date(2011, 1, 28), date(2011, 2, 25), date(2011, 3, 25), date(2011, 4, 29)]
    assert frequency(fridays) == "month"
    assert frequency([date(y, 6, 30) for y in range(2000, 2009, 1)]) == "year"
    assert (
        frequency([date(2014, 1, 3), date(2014, 1, 10), date(2014, 1, 17), date(2014, 4, 4)])
        == "week"
    )
    assert frequency([date(2014, 1, 3), date(2014, 1, 20)]) == "irregular"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "date,population\n2020-01-31,1\n2020-01-31,2\n",
            "row 3, column 'date': 2020-01-31 stands twice, first in row 2",
        ),
        ("date,population\n2020-01-31,-1\n", "row 2, column 'population': -1 is negative"),
        ("date,population\n2020-01-31,many\n", "row 2, column 'population': 'many' is no number"),
        ("date,population\n31.1.2020,1\n", "row 2, column 'date': '31.1.2020' is no date"),
        ("day,population\n2020-01-31,1\n", "row 1: there is no column 'date'"),
        ("date,population,population\n", "the heading 'population' stands twice"),
        ("date,population\n2020-01-31,1,2\n", "row 2: 3 cells under 2 headings"),
        ("", "is empty"),
    ],
)
def test_what_is_not_clean_is_refused(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(HistoryError) as error:
        series(written(tmp_path, text))
    assert told in str(error.value)
    assert "\n" not in str(error.value)


def test_numbers_that_tell_rows_apart_are_groups(tmp_path: Path) -> None:
    text = "date,population,district\n2020-12-31,1,7\n2020-12-31,2,8\n"
    a, b = series(written(tmp_path, text))
    assert (a.groups, b.groups) == ({"district": "7"}, {"district": "8"})

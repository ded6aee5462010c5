"""The rules' tables are read as they are written."""

from datetime import date
from pathlib import Path

import pytest

from bedspace.exceptions import BedspaceError
from bedspace.rules import reading
from bedspace.rules.text import parsed


def test_nothing_is_guessed_of_a_text() -> None:
    found = parsed("norway: NO\nlunch: 12:30\nsince: 2024-01-02\nyear: 2024\n", "table.yaml")
    assert found.record == {
        "norway": "NO",
        "lunch": "12:30",
        "since": "2024-01-02",
        "year": "2024",
    }


def test_a_shipped_table_with_a_key_twice_is_refused_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "twice.yaml").write_text("a: 1\na: 2\n", encoding="utf-8")
    monkeypatch.setattr(reading, "files", lambda package: tmp_path)
    with pytest.raises(BedspaceError, match=r"twice\.yaml:2:1: 'a' is here twice"):
        reading.read("somewhere", "twice.yaml")


def test_words_are_read_by_what_they_are_to_be() -> None:
    assert reading.day("2024-02-29", "x") == date(2024, 2, 29)
    assert reading.day("null", "x") is None
    assert reading.yes("true", "x") is True and reading.yes("false", "x") is False
    assert reading.whole("2024", "x") == 2024
    for read, wrong in ((reading.day, "12:30"), (reading.yes, "NO"), (reading.whole, "3.5")):
        with pytest.raises(BedspaceError, match="x: "):
            read(wrong, "x")

"""What a user says of a table: which column is which, and what only they can know."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from bedspace.exceptions import HistoryError
from bedspace.history.files import Opening
from bedspace.history.numbers import Convention

ROLES = ("population", "admissions", "releases")

ACCEPTED = ("unit-jump", "flows", "residents")
"""Doubts that refuse a table unless the user says that the numbers are right."""

STOCKS = ("start", "end")


@dataclass(frozen=True)
class Said:
    """The options of `bedspace read`; everything may be left out."""

    opening: Opening = field(default_factory=Opening)
    header: tuple[int, ...] = ()
    rows: tuple[int, int] | None = None
    columns: tuple[tuple[str, str], ...] = ()
    """What each column is: ("date", "Year"), ("population", "Level A+Level B")."""
    groups: tuple[str, ...] = ()
    """Columns of groups, or "name=A,B,C": columns that are themselves groups ("name=*": all)."""
    day: date | None = None
    """The date of a table of one date."""
    order: str = ""
    year_ends: tuple[int, int] | None = None
    stock_at: str = ""
    convention: Convention | None = None
    missing: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    accept: frozenset[str] = frozenset()

    @property
    def map(self) -> dict[str, str]:
        """Columns by what they are."""
        return dict(self.columns)


def said(
    *,
    map: str = "",
    groups: list[str] | None = None,
    header: str = "",
    rows: str = "",
    sheet: str = "",
    encoding: str = "",
    delimiter: str = "",
    thousands: str = "",
    decimal: str = "",
    dates: str = "",
    year_ends: str = "",
    stock_at: str = "",
    date: str = "",
    missing: list[str] | None = None,
    marks: list[str] | None = None,
    accept: str = "",
) -> Said:
    """Options as they are typed. HistoryError in a line when one of them is not understood."""
    chosen = tuple(_pairs(map))
    twice = [key for key, _ in chosen if [k for k, _ in chosen].count(key) > 1]
    if twice:
        raise HistoryError(f"--map: {twice[0]} is named twice; A+B adds two columns")
    return Said(
        opening=Opening(encoding, delimiter, sheet),
        header=_range("--header", header),
        rows=_rows(rows) if rows else None,
        columns=chosen,
        groups=tuple(groups or ()),
        day=_day(date) if date else None,
        order=_one_of("--dates", dates, ("dmy", "mdy")),
        year_ends=_year_ends(year_ends) if year_ends else None,
        stock_at=_one_of("--stock-at", stock_at, STOCKS),
        convention=_convention(thousands, decimal),
        missing=tuple(missing or ()),
        marks=tuple(marks or ()),
        accept=frozenset(
            _one_of("--accept", item.strip(), ACCEPTED)
            for item in accept.split(",")
            if item.strip()
        ),
    )


def _pairs(text: str) -> list[tuple[str, str]]:
    """`a=B,c=D` as pairs. A comma ends a column only where `name=` follows, since headings have
    commas too."""
    found = []
    for part in re.split(r",(?=\s*[\w -]+=)", text):
        if not part.strip():
            continue
        key, equals, column = part.partition("=")
        if not equals or not key.strip() or not column.strip():
            raise HistoryError(f"--map: {part.strip()!r} is not NAME=COLUMN, such as date=Year")
        found.append((key.strip().lower(), column.strip()))
    return found


def _range(option: str, text: str) -> tuple[int, ...]:
    """`11` or `11-12` as rows, `5,7` as these."""
    if not text:
        return ()
    found = re.match(r"^(\d+)(?:-(\d+))?$", text.strip())
    if found:
        first, last = int(found[1]), int(found[2] or found[1])
        if 1 <= first <= last <= 10**7 and (option == "--rows" or last - first < 10):
            return (first, last) if option == "--rows" else tuple(range(first, last + 1))
    if option == "--header" and re.match(r"^\d+(,\d+)+$", text):
        return tuple(sorted({int(part) for part in text.split(",")}))
    raise HistoryError(f"{option} {text}: give a row, or FIRST-LAST, counted from 1 as in the file")


def _rows(text: str) -> tuple[int, int]:
    first, last = _range("--rows", text)
    return first, last


def _one_of(option: str, text: str, known: tuple[str, ...]) -> str:
    if text and text not in known:
        raise HistoryError(f"{option} {text} is not known; it is {' or '.join(known)}")
    return text


def _year_ends(text: str) -> tuple[int, int]:
    found = re.match(r"^(\d\d?)-(\d\d?)$", text.strip())
    try:
        if found:
            day = date(2023, int(found[1]), int(found[2]))
            return day.month, day.day
    except ValueError:
        pass
    raise HistoryError(f"--year-ends {text}: give month and day, such as 06-30")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise HistoryError(f"--date {text}: give a day as YYYY-MM-DD") from None


def _convention(thousands: str, decimal: str) -> Convention | None:
    if not thousands and not decimal:
        return None
    names = {"comma": ",", "point": ".", "dot": ".", "space": " ", "none": " "}
    first, last = names.get(thousands, thousands), names.get(decimal, decimal)
    if not first:
        first = "." if last == "," else ","
    if not last:
        last = "," if first == "." else "."
    if first not in (",", ".", " ") or last not in (",", ".") or first == last:
        raise HistoryError(
            "--thousands is one of , . space none, --decimal one of , . and they differ"
        )
    return Convention(first, last)

"""Dates and periods as tables write them, read for a whole column at once.

One cell may be read in several ways (03/04/2020, 2010-11, 43831); the column says which is meant,
or the user does.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from bedspace.history.files import Cell, is_blank, text_of

LANGUAGES = ("en", "es", "fr", "de", "pt", "it", "nl")
"""Languages whose names of months are known."""

EXCEL_EPOCH = date(1899, 12, 30)
EXCEL_DAYS = range(14_611, 73_051)
"""Excel's numbers of the days from 1940 to 2099."""

YEARS = range(1800, 2101)
_PIVOT = 69
"""Years of two digits from here on are of the last century, as POSIX has it."""


@dataclass(frozen=True)
class Period:
    """From the first day to the last, both included; for a day they are the same."""

    first: date
    last: date
    step: str
    """ "day", "month", "quarter", "year" or "fiscal year"."""


@dataclass(frozen=True)
class Ways:
    """How a column of dates is read, as far as the user says."""

    order: str = ""
    """ "dmy" or "mdy" for 03/04/2020."""
    year_ends: tuple[int, int] | None = None
    """Month and day on which a year ends."""


@dataclass(frozen=True)
class Read:
    """A column of dates as read: a period for each cell, None where it is no date."""

    periods: tuple[Period | None, ...]
    form: str
    question: str = ""
    """What only the user can say, with the option that says it; empty if nothing."""


def read(cells: Sequence[Cell], ways: Ways, excel: bool = False) -> Read:
    """Read a column in the way in which most of its cells are dates.

    `excel` says that whole numbers may be Excel's days: the heading or the user calls it a date.
    """
    best = Read((None,) * len(cells), "")
    most = 0
    filled = sum(not is_blank(cell) for cell in cells)
    for form, way in _forms(ways, excel):
        periods = tuple(None if is_blank(cell) else way(cell) for cell in cells)
        count = sum(period is not None for period in periods)
        if count > most:
            best, most = Read(periods, form), count
        if most == filled:
            break
    if best.form in ("day/month/year", "month/day/year") and not ways.order:
        other = tuple(_slashed(cell, best.form.startswith("day")) for cell in cells)
        if sum(p is not None for p in other) == most and other != best.periods:
            shown = next(
                text_of(c) for c, p, o in zip(cells, best.periods, other, strict=True) if p != o
            )
            return Read(
                best.periods,
                best.form,
                f"is {shown} day/month or month/day? Say --dates dmy or --dates mdy",
            )
    if best.form == "fiscal year" and ways.year_ends is None:
        shown = next(text_of(c) for c, p in zip(cells, best.periods, strict=True) if p)
        return Read(
            best.periods,
            best.form,
            f"on which day does the fiscal year {shown} end? Say --year-ends 06-30, for example",
        )
    return best


def _forms(ways: Ways, excel: bool) -> Iterator[tuple[str, Callable[[Cell], Period | None]]]:
    """Every way to read a cell as a date, with its name, the strictest first."""
    ends = ways.year_ends or (12, 31)
    yield "date", _dated
    yield "year", lambda cell: _year(cell, ends)
    # Before months: a column of 2009-10, 2010-11, 2011-12 is one of fiscal years.
    yield "fiscal year", lambda cell: _fiscal(cell, ends)
    yield "month", _month
    yield "quarter", _quarter
    if ways.order != "mdy":
        yield "day/month/year", lambda cell: _slashed(cell, False)
    if ways.order != "dmy":
        yield "month/day/year", lambda cell: _slashed(cell, True)
    yield "date in words", _worded
    if excel:
        yield "Excel day number", _excel


def _day(year: int, month: int, day: int) -> Period | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return Period(found, found, "day") if year in YEARS else None


def months(year: int, month: int, count: int, step: str) -> Period | None:
    """The period of so many whole months."""
    if year not in YEARS or not 1 <= month <= 12:
        return None
    last = month + count - 1
    end_year, end_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    end = date(end_year, end_month, monthrange(end_year, end_month)[1])
    return Period(date(year, month, 1), end, step)


def _dated(cell: Cell) -> Period | None:
    if isinstance(cell, datetime):
        return _day(cell.year, cell.month, cell.day)
    if isinstance(cell, date):
        return _day(cell.year, cell.month, cell.day)
    found = re.match(
        r"^(\d{4})([-/.]?)(\d\d?)\2(\d\d?)([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$",
        text_of(cell).strip(),
    )
    if not found or (not found[2] and len(found[3] + found[4]) != 4):
        return None
    return _day(int(found[1]), int(found[3]), int(found[4]))


def _year(cell: Cell, ends: tuple[int, int]) -> Period | None:
    found = re.match(r"^(\d{4})$", text_of(cell).strip())
    return _year_to(int(found[1]), ends, "year") if found else None


def _year_to(year: int, ends: tuple[int, int], step: str) -> Period | None:
    """The year that ends in a calendar year, on a month and day."""
    if year not in YEARS:
        return None
    last = _ending(year, ends)
    return Period(_ending(year - 1, ends) + timedelta(days=1), last, step)


def _ending(year: int, ends: tuple[int, int]) -> date:
    return date(year, ends[0], min(ends[1], monthrange(year, ends[0])[1]))


def _month(cell: Cell) -> Period | None:
    text = text_of(cell).strip()
    found = re.match(r"^(\d{4})(?:[-/.M]\s?(\d\d?)|(\d\d))$", text)
    turned = re.match(r"^(\d\d?)[-/.](\d{4})$", text)
    if found:
        return months(int(found[1]), int(found[2] or found[3]), 1, "month")
    return months(int(turned[2]), int(turned[1]), 1, "month") if turned else None


def _quarter(cell: Cell) -> Period | None:
    text = text_of(cell).strip()
    found = re.match(r"^(\d{4})[-/ .]*[QT]([1-4])$", text, re.IGNORECASE)
    turned = re.match(r"^[QT]([1-4])[-/ .]*(\d{4})$", text, re.IGNORECASE)
    if found:
        return _quarter_of(found[1], found[2])
    return _quarter_of(turned[2], turned[1]) if turned else None


def _quarter_of(year: str, quarter: str) -> Period | None:
    return months(int(year), 3 * int(quarter) - 2, 3, "quarter")


def _fiscal(cell: Cell, ends: tuple[int, int]) -> Period | None:
    text = text_of(cell).strip()
    split = re.match(
        r"^(?:FY|SFY|FFY|fiscal year)?\s?(\d{4})\s?[-/–]\s?(\d{2}|\d{4})$", text, re.IGNORECASE
    )
    if split:
        year = int(split[1]) + 1
        return _year_to(year, ends, "fiscal year") if int(split[2]) in (year, year % 100) else None
    named = re.match(r"^(?:FY|SFY|FFY|fiscal year)\s?'?(\d{4}|\d{2})$", text, re.IGNORECASE)
    return _year_to(_whole(named[1]), ends, "fiscal year") if named else None


def _whole(year: str) -> int:
    """A year in full."""
    if len(year) == 4:
        return int(year)
    return int(year) + (1900 if int(year) >= _PIVOT else 2000)


def _slashed(cell: Cell, month_first: bool) -> Period | None:
    found = re.match(
        r"^(\d\d?)([-/.])(\d\d?)\2(\d{4}|\d\d)( \d\d?:\d\d(:\d\d)?( [AP]M)?)?$",
        text_of(cell).strip(),
    )
    if not found:
        return None
    a, b = int(found[1]), int(found[3])
    return _day(_whole(found[4]), *((a, b) if month_first else (b, a)))


def _excel(cell: Cell) -> Period | None:
    text = text_of(cell).strip()
    if not re.match(r"^\d{5}(\.0+)?$", text) or int(float(text)) not in EXCEL_DAYS:
        return None
    found = EXCEL_EPOCH + timedelta(days=int(float(text)))
    return Period(found, found, "day")


def _worded(cell: Cell) -> Period | None:
    """A day or a month with its name: 3 January 2014, Jan 3, 2014, Jan-14, January 2014."""
    text = re.sub(r"\b(de|del|of|the)\b", " ", text_of(cell).lower())
    words = re.findall(r"[^\W\d_]+|\d+", text)
    named = [(i, _months()[w]) for i, w in enumerate(words) if w in _months()]
    if len(named) != 1 or len(words) > 5:
        return None
    at, month = named[0]
    rest = [w for i, w in enumerate(words) if i != at and w not in ("st", "nd", "rd", "th")]
    digits = [w for w in rest if w.isdecimal()]
    if any(not w.isdecimal() and w not in _weekdays() for w in rest):
        return None
    # "10-May" is the tenth of May of some year; "May-10" is May 2010.
    if len(digits) == 1 and (len(digits[0]) == 4 or (len(digits[0]) == 2 and at == 0)):
        return months(_whole(digits[0]), month, 1, "month")
    if len(digits) == 2 and len(digits[1]) in (2, 4) and len(digits[0]) <= 2:
        return _day(_whole(digits[1]), month, int(digits[0]))
    if len(digits) == 2 and len(digits[0]) == 4 and len(digits[1]) <= 2:
        return _day(int(digits[0]), month, int(digits[1]))
    return None


def lacks_year(text: str) -> bool:
    """Whether it is a day and a month and nothing more: 10-May."""
    found = re.match(r"^\d\d?[-/ .]([^\W\d_]+)\.?$", text.strip())
    return found is not None and found[1].lower() in _months()


@cache
def _months() -> dict[str, int]:
    """Names of months in lower case, long and short."""
    from babel.dates import get_month_names

    found: dict[str, int] = {"sept": 9}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=language).items():
                found.setdefault(name.lower().rstrip("."), int(number))
    return found


@cache
def _weekdays() -> frozenset[str]:
    from babel.dates import get_day_names

    return frozenset(
        name.lower().rstrip(".")
        for language in LANGUAGES
        for width in ("wide", "abbreviated")
        for name in get_day_names(width, locale=language).values()
    )


def in_text(text: str) -> list[date]:
    """Full dates within a sentence: 31 December 2019, December 31, 2019, 2019-12-31."""
    found = []
    word = r"[^\W\d_]{3,}\.?"
    for piece in re.findall(
        r"\d{4}-\d\d-\d\d|\d\d?/\d\d?/\d{4}|"
        rf"{word} \d\d?(?:st|nd|rd|th)?,? \d{{4}}|\d\d? {word} \d{{4}}",
        text,
    ):
        period = _dated(piece) or _worded(piece) or _slashed(piece, True)
        if period and period.step == "day" and period.first not in found:
            found.append(period.first)
    return found


def days_in_text(text: str) -> list[tuple[int, int]]:
    """Days of a year within a sentence, as in "counts are for December 31 of each year"."""
    found = []
    for name, day in re.findall(r"([^\W\d_]{3,}) (\d\d?)\b(?!,? \d{4})", text):
        month = _months().get(name.lower())
        if month and 1 <= int(day) <= monthrange(2023, month)[1] and (month, int(day)) not in found:
            found.append((month, int(day)))
    return found

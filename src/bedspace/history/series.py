"""A clean CSV file as series of counts: what forecasts and calibration read.

A clean file has the columns `date,population[,admissions,releases]`; other columns of text are
groups, other columns of numbers are kept as they are. `bedspace read` writes such files from
tables as they are published. A date is the day at whose end the people were counted; admissions
and releases are those since the date before, that day included.
"""

from __future__ import annotations

import csv
import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType

from bedspace.exceptions import HistoryError
from bedspace.plain_csv import unguarded

Counts = tuple[float | None, ...]
"""A number a date; None where nobody counted."""

STEPS = {
    "day": (1, 1, 365.25),
    "week": (6, 8, 365.25 / 7),
    "fortnight": (13, 15, 365.25 / 14),
    "month": (26, 36, 12.0),
    "quarter": (85, 98, 4.0),
    "half-year": (178, 187, 2.0),
    "year": (358, 373, 1.0),
}
"""What the dates of a series step by: fewest and most days between two of them, and how many
there are in a year."""

IRREGULAR = "irregular"

NUMBERS = ("population", "admissions", "releases")


@dataclass(frozen=True)
class Series:
    """Counts of one group by date, dates ascending and never twice."""

    dates: tuple[date, ...]
    population: Counts
    admissions: Counts | None = None
    releases: Counts | None = None
    groups: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """The group's value in each column of groups; empty where the file has none."""
    others: Mapping[str, Counts] = field(default_factory=lambda: MappingProxyType({}))
    """Further columns of numbers, such as places."""

    @property
    def frequency(self) -> str:
        """A key of STEPS, or "irregular"."""
        return frequency(self.dates)

    @property
    def per_year(self) -> float | None:
        """Dates a year, None where they are irregular."""
        found = STEPS.get(self.frequency)
        return found[2] if found else None

    @property
    def name(self) -> str:
        """The group in words, such as "AK, assault"."""
        return ", ".join(self.groups.values())


def frequency(dates: Sequence[date]) -> str:
    """What dates step by: the commonest kind of step, if more than half of the steps are of it."""
    steps = [(b - a).days for a, b in itertools.pairwise(dates)]
    if not steps:
        return IRREGULAR
    kinds = Counter(_kind(step) for step in steps)
    kind, count = kinds.most_common(1)[0]
    return kind if count * 2 > len(steps) else IRREGULAR


def _kind(days: int) -> str:
    for kind, (fewest, most, _) in STEPS.items():
        if fewest <= days <= most:
            return kind
    return IRREGULAR


def series(path: str | Path) -> tuple[Series, ...]:
    """The series of a clean CSV file, one for each combination of the values of its groups.

    HistoryError with file, row and column when the file is not clean: `bedspace read` makes it so.
    """
    file = Path(path)
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            rows = [[*map(unguarded, row)] for row in csv.reader(stream, strict=True)]
    except (UnicodeDecodeError, csv.Error) as error:
        raise HistoryError(
            f"{file.name}: {error}; make a clean file of it with: bedspace read {file.name} "
            "--out clean.csv"
        ) from None
    if not rows:
        raise HistoryError(f"{file.name} is empty; the first row must be date,population")
    heads, body = rows[0], [(i, row) for i, row in enumerate(rows[1:], 2) if any(row)]
    _check_heads(file.name, heads)
    for i, row in body:
        if len(row) != len(heads):
            raise HistoryError(
                f"{file.name}, row {i}: {len(row)} cells under {len(heads)} headings; mend the row"
            )
    if not body:
        raise HistoryError(f"{file.name} has no rows under its headings")
    columns = {head: [row[k] for _, row in body] for k, head in enumerate(heads)}
    days = [_date(file.name, i, text) for (i, _), text in zip(body, columns["date"], strict=True)]
    texts = _groups(columns, days)
    counts = {
        head: [_count(file.name, i, head, text) for (i, _), text in zip(body, cells, strict=True)]
        for head, cells in columns.items()
        if head not in texts and head != "date"
    }
    parts: dict[tuple[str, ...], list[_Row]] = {}
    for at, (i, _) in enumerate(body):
        key = tuple(columns[t][at] for t in texts)
        told = {head: numbers[at] for head, numbers in counts.items()}
        parts.setdefault(key, []).append((i, days[at], told))
    return tuple(
        _one(file.name, dict(zip(texts, key, strict=True)), part) for key, part in parts.items()
    )


_Row = tuple[int, date, dict[str, float | None]]


def _groups(columns: Mapping[str, Sequence[str]], days: Sequence[date]) -> list[str]:
    """Columns of groups: those of text; of whole numbers too where only they tell the rows of a
    date apart, as codes of districts do."""
    rest = [head for head in columns if head != "date" and head not in NUMBERS]
    texts = [h for h in rest if any(text and _number(text) is None for text in columns[h])]
    codes = [h for h in rest if h not in texts and all(t.isdecimal() for t in columns[h])]

    def apart(heads: Sequence[str]) -> bool:
        keys = list(zip(days, *(columns[head] for head in heads), strict=True))
        return len(set(keys)) == len(keys)

    if apart(texts):
        return texts
    for code in codes:
        if apart([*texts, code]):
            return [*texts, code]
    return [*texts, *codes] if codes and apart([*texts, *codes]) else texts


def _check_heads(name: str, heads: Sequence[str]) -> None:
    twice = [head for head, count in Counter(heads).items() if count > 1]
    if twice:
        raise HistoryError(f"{name}, row 1: the heading {twice[0]!r} stands twice; rename one")
    for needed in ("date", "population"):
        if needed not in heads:
            raise HistoryError(
                f"{name}, row 1: there is no column {needed!r}; make a clean file with: "
                f"bedspace read {name} --out clean.csv"
            )


def _one(
    name: str,
    groups: Mapping[str, str],
    part: list[_Row],
) -> Series:
    part.sort(key=lambda item: item[1])
    for (i, day, _), (j, other, _) in itertools.pairwise(part):
        if day == other:
            whose = f" of {', '.join(groups.values())}" if groups else ""
            raise HistoryError(
                f"{name}, row {max(i, j)}, column 'date': {day} stands twice{whose}, first in row "
                f"{min(i, j)}; keep one, or name the column that tells them apart as a group"
            )
    columns = {key: tuple(told[key] for _, _, told in part) for key in part[0][2]}
    others = {key: counts for key, counts in columns.items() if key not in NUMBERS}
    return Series(
        dates=tuple(day for _, day, _ in part),
        population=columns["population"],
        admissions=columns.get("admissions"),
        releases=columns.get("releases"),
        groups=MappingProxyType(dict(groups)),
        others=MappingProxyType(others),
    )


def _date(name: str, row: int, text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise HistoryError(
            f"{name}, row {row}, column 'date': {text!r} is no date; write YYYY-MM-DD"
        ) from None


def _count(name: str, row: int, column: str, text: str) -> float | None:
    if not text.strip():
        return None
    found = _number(text)
    if found is None:
        raise HistoryError(
            f"{name}, row {row}, column {column!r}: {text!r} is no number; leave it empty where "
            "nobody counted"
        )
    if found < 0 and column in NUMBERS:
        raise HistoryError(
            f"{name}, row {row}, column {column!r}: {text} is negative; no count of people is"
        )
    return found


def _number(text: str) -> float | None:
    try:
        found = float(text)
    except ValueError:
        return None
    return found if abs(found) < float("inf") else None

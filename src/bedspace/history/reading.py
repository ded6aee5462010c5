"""A table as it was published, read whole: what it says, what is doubtful, what must be asked."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bedspace.exceptions import HistoryError
from bedspace.history import checks, dates
from bedspace.history.files import opened
from bedspace.history.layout import Layout, laid_out
from bedspace.history.roles import Roles, assigned
from bedspace.history.said import ROLES, Said
from bedspace.history.series import Series, frequency
from bedspace.history.values import Entry, Extracted, Record, counted_on, extract

_ABOUT = re.compile(r"\b(version|source|updated?|published|retrieved|accessed|as of)\b", re.I)
_MOST = 20
"""Refusals of one table that are told one by one."""


@dataclass(frozen=True)
class Line:
    """A row of the clean file: the day at whose end people were counted, the group, the counts.

    Flows are those since the day before in the series. A role without an entry was not given.
    """

    day: date
    groups: tuple[str, ...]
    entries: dict[str, Entry]

    def number(self, role: str) -> float | None:
        """What was counted, None where nothing was."""
        entry = self.entries.get(role)
        return entry.number if entry else None


@dataclass(frozen=True)
class Reading:
    """What was read of a table. It is clean where there are neither questions nor refusals."""

    path: Path
    layout: Layout
    roles: Roles
    extracted: Extracted
    lines: tuple[Line, ...]
    findings: tuple[checks.Finding, ...]
    questions: tuple[str, ...]
    refusals: tuple[str, ...]
    stock_at: str

    @property
    def groups(self) -> tuple[str, ...]:
        """Headings of the columns of groups."""
        return self.extracted.groups

    @property
    def columns(self) -> tuple[str, ...]:
        """What was counted: population, then flows, then what else the user named."""
        given = list(dict.fromkeys(role for line in self.lines for role in line.entries))
        rest = [role for role in given if role not in ROLES]
        return ("population", *(r for r in ROLES[1:] if r in given), *rest)

    @property
    def frequency(self) -> str:
        """What the dates step by, in the group with the most of them."""
        days: dict[tuple[str, ...], list[date]] = {}
        for line in self.lines:
            days.setdefault(line.groups, []).append(line.day)
        return frequency(max(days.values(), key=len)) if days else "irregular"

    @property
    def clean(self) -> bool:
        """Whether the table can be used as it was read."""
        return not self.questions and not self.refusals

    def series(self) -> tuple[Series, ...]:
        """The lines as series, one a group. HistoryError when the reading is not clean."""
        self.check()
        parts: dict[tuple[str, ...], list[Line]] = {}
        for line in self.lines:
            parts.setdefault(line.groups, []).append(line)
        others = self.columns[1:]
        found = []
        for key, part in parts.items():
            counts = {r: tuple(line.number(r) for line in part) for r in self.columns}
            found.append(
                Series(
                    tuple(line.day for line in part),
                    counts["population"],
                    counts.get("admissions"),
                    counts.get("releases"),
                    dict(zip(self.groups, key, strict=True)),
                    {r: counts[r] for r in others if r not in ROLES},
                )
            )
        return tuple(found)

    def problems(self) -> list[str]:
        """Questions and refusals, a line each; of very many refusals the first."""
        more = len(self.refusals) - _MOST
        told = [*self.questions, *self.refusals[:_MOST]]
        return [*told, f"and {more} more of these"] if more > 0 else told

    def check(self) -> None:
        """HistoryError with every line of `problems` when there is one."""
        if not self.clean:
            raise HistoryError("\n".join(self.problems()))


def read(path: str | Path, told: Said | None = None) -> Reading:
    """Read a table of counts from a CSV, TSV, Excel, OpenDocument or Parquet file.

    What only the user knows is a question of the reading, what cannot be used a refusal: see
    `Reading.check`. HistoryError when the file cannot be opened or has no table.
    """
    told = told or Said()
    grid = opened(Path(path), told.opening)
    layout = laid_out(grid, told.header)
    roles = assigned(layout, told)
    undated = not roles.date and not roles.dated_headings and told.day is None
    asks = roles.undecided
    if undated and not asks:
        row, day = _titled(layout)
        if day:
            told, undated = replace(told, day=day), False
            roles.found.append(f"The date is {day}, as row {row} says.")
    made = extract(layout, roles, told)
    questions = [*roles.questions, *made.questions]
    if undated and not asks:
        questions.append(_which_day(layout))
    if not questions and not made.records and not made.refusals:
        made.refusals.append(f"{grid.file}: no row has a date and a count; see --map and --header")
    stock_at, why = checks.stock_at(made, roles, told)
    lines = _lines(made.records, stock_at)
    found = checks.run(layout, roles, made, lines, told)
    findings = [checks.Finding("file", text) for text in grid.found]
    findings += [checks.Finding("columns", text) for text in [*roles.found, *made.found]]
    findings += [checks.Finding("stock", why)] if why else []
    return Reading(
        Path(path),
        layout,
        roles,
        made,
        lines,
        (*findings, *found.findings),
        tuple(dict.fromkeys(q for q in questions if q)),
        # Until a question is answered, the numbers may be others than these.
        (*made.refusals, *([] if questions else found.refusals)),
        stock_at,
    )


def _titled(layout: Layout) -> tuple[int, date | None]:
    """The only full date in the titles, with its row; none if there are several. Lines about the
    file itself, such as its version, are no titles."""
    found = [
        (row, day)
        for row, text in layout.above
        if not _ABOUT.search(text)
        for day in dates.in_text(text)
    ]
    return found[0] if len({day for _, day in found}) == 1 else (0, None)


def _which_day(layout: Layout) -> str:
    """The question for the date of a table without one, with the dates that its titles have."""
    notes = [*layout.above, *layout.below]
    shown = [(row, day) for row, text in notes for day in dates.in_text(text)]
    seen = dict.fromkeys(f"{day} (row {row})" for row, day in shown[:3])
    told = f"; dates in its notes: {', '.join(seen)}" if seen else ""
    return (
        f"{layout.grid.file}: no column has dates; on which day was it? Say --date YYYY-MM-DD{told}"
    )


def _lines(records: list[Record], stock_at: str) -> tuple[Line, ...]:
    """Records as lines, by group in the order of the file, then by day.

    A stock at the start of a period was counted at the end of the day before it; the flows of the
    period stand on its last day.
    """
    found: dict[tuple[tuple[str, ...], date], dict[str, Entry]] = {}
    order: dict[tuple[str, ...], int] = {}
    for record in records:
        order.setdefault(record.groups, len(order))
        stock = counted_on(record.period, stock_at).last
        for role, entry in record.entries.items():
            day = record.period.last if role in ROLES[1:] else stock
            found.setdefault((record.groups, day), {}).setdefault(role, entry)
    keys = sorted(found, key=lambda key: (order[key[0]], key[1]))
    return tuple(Line(day, groups, found[groups, day]) for groups, day in keys)

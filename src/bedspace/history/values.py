"""The cells of a table as records: a period, groups, and what was counted; nothing is filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from bedspace.exceptions import HistoryError
from bedspace.history import dates, grouping, marks
from bedspace.history.dates import Period
from bedspace.history.files import Cell, is_blank, text_of
from bedspace.history.layout import Column, Layout, without_mark
from bedspace.history.numbers import Convention, Kind, convention, value
from bedspace.history.roles import Roles, heading
from bedspace.history.said import Said

_TOTALS = re.compile(r"\b(total|all|average|mean|sum|change|percent|note|source|subtotal)\b", re.I)


@dataclass(frozen=True)
class Entry:
    """What one cell, or a sum of cells, says of one thing counted."""

    row: int
    columns: tuple[Column, ...]
    as_given: str
    number: float | None
    low: float | None = None
    high: float | None = None
    note: str = ""


@dataclass(frozen=True)
class Record:
    """A period and a group with what was counted."""

    row: int
    period: Period
    groups: tuple[str, ...]
    entries: dict[str, Entry]


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


@dataclass
class Extracted:
    """All records of a table, the names of their groups, and what was found on the way."""

    groups: tuple[str, ...] = ()
    records: list[Record] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    form: str = ""
    unread: list[tuple[int, str]] = field(default_factory=list)
    marked: list[tuple[int, str]] = field(default_factory=list)
    """What the notes say of marks behind headings and labels, with their rows."""


def separators(layout: Layout, roles: Roles, told: Said, made: Extracted) -> Convention:
    """Which separators the numbers have: as told, as the table proves, or as is asked."""
    if told.convention:
        return told.convention
    proved, _ = convention(_cells(layout, layout.columns))
    if proved:
        return proved
    used = [c for columns in roles.values.values() for c in columns]
    used += [c for days in roles.wide.values() for c in days.values()]
    used += roles.melted[1] if roles.melted else ()
    _, unclear = convention(_cells(layout, used))
    if unclear == {","} and layout.grid.delimiter == "comma":
        made.found.append("Commas in numbers stand between thousands: the cells are quoted for it.")
        return Convention()
    if unclear:
        shown = next(cell.strip() for cell in _cells(layout, used) if convention([cell])[1])
        name = "comma" if "," in shown else "point"
        made.questions.append(
            f"{layout.grid.file}: is {shown} a thousand or a fraction? Say --thousands {name} or "
            f"--decimal {name}"
        )
    return Convention()


def _cells(layout: Layout, columns: Sequence[Column]) -> Iterator[str]:
    """The cells of text in some columns."""
    for row in layout.body:
        for column in columns:
            cell = layout.grid.cell(row, column.at)
            if isinstance(cell, str):
                yield cell


def extract(layout: Layout, roles: Roles, told: Said) -> Extracted:
    """Read every row. What cannot be read is a refusal with its row and column."""
    made = Extracted()
    reader = _Reader(layout, roles, told, made)
    if roles.wide:
        reader.wide()
    elif roles.values or roles.melted:
        reader.long()
    return made


class _Reader:
    """Reads the rows of one table; holds what the table says of its numbers and marks."""

    def __init__(self, layout: Layout, roles: Roles, told: Said, made: Extracted) -> None:
        self.layout, self.roles, self.told, self.made = layout, roles, told, made
        self.numbers = separators(layout, roles, told, made)
        self.known = marks.explained(layout, told)

    def long(self) -> None:
        """A row is a date, or a group at a date."""
        made, roles, layout, told = self.made, self.roles, self.layout, self.told
        rows, periods = self._periods()
        pairs = [(row, p) for row, p in zip(rows, periods, strict=True) if p]
        melted = roles.melted is not None
        roles.groups = grouping.chosen(
            layout, roles.groups, pairs, bool(told.groups) and not melted
        )
        names = [heading(c) if c.as_given else "" for c in roles.groups]
        made.groups = tuple(_named(names))
        if roles.melted:
            made.groups = (*made.groups, _plain(roles.melted[0]))
        labels = self._labels()
        for row, period in zip(rows, periods, strict=True):
            if period is None:
                continue
            groups = labels[row]
            if roles.melted:
                for column in roles.melted[1]:
                    entries = {"population": self._entry(row, (column,), "population")}
                    made.records.append(Record(row, period, (*groups, column.name), entries))
                continue
            entries = {r: self._entry(row, columns, r) for r, columns in roles.values.items()}
            made.records.append(Record(row, period, groups, entries))

    def wide(self) -> None:
        """A row is a group, and dates are headings."""
        made, roles, layout = self.made, self.roles, self.layout
        heads = list(dict.fromkeys(day for days in roles.wide.values() for day in days))
        read = self._read([*heads], excel=False)
        periods = dict(zip(heads, read.periods, strict=True))
        first = next(p for p in read.periods if p)
        rows = [(row, first) for row in layout.body]
        roles.groups = grouping.chosen(layout, roles.groups, rows, bool(self.told.groups))
        made.groups = tuple(_named([heading(c) if c.as_given else "" for c in roles.groups]))
        columns = [c.at for days in roles.wide.values() for c in days.values()]
        labels = self._labels()
        for row in layout.body:
            groups = labels[row]
            if all(is_blank(layout.grid.cell(row, at)) for at in columns):
                continue
            for day in heads:
                period = periods[day]
                found = {r: days[day] for r, days in roles.wide.items() if day in days}
                if period:
                    entries = {r: self._entry(row, (column,), r) for r, column in found.items()}
                    made.records.append(Record(row, period, groups, entries))

    def _read(self, cells: Sequence[Cell], excel: bool) -> dates.Read:
        """Dates of a column or of headings; the notes may say on which day a year's count is."""
        made = self.made
        ways = dates.Ways(self.told.order, self.told.year_ends)
        read = dates.read(cells, ways, excel)
        if read.form in ("year", "fiscal year") and not ways.year_ends:
            notes = [*self.layout.above, *self.layout.below]
            days = [(row, day) for row, text in notes for day in dates.days_in_text(text)]
            distinct = {day for _, day in days}
            if len(distinct) == 1:
                row, day = days[0]
                read = dates.read(cells, replace(ways, year_ends=day), excel)
                made.found.append(
                    f"Years are counted on {day[0]:02d}-{day[1]:02d}, as row {row} says."
                )
            elif read.form == "year":
                made.found.append(
                    "The file does not say on which day of the year people were counted: taken as "
                    "12-31; --year-ends says otherwise."
                )
        if read.question:
            made.questions.append(f"{self.layout.grid.file}: {read.question}")
        if read.form == "Excel day number":
            made.found.append("Dates are Excel's day numbers: days since 1899-12-30.")
        made.form = read.form
        return read

    def _periods(self) -> tuple[list[int], list[Period | None]]:
        """The rows to read and their periods. A row without a date is refused, unless it is blank
        or stands below the last date as a total or a note."""
        layout, roles, told, made = self.layout, self.roles, self.told, self.made
        rows = list(layout.body)
        if told.rows:
            rows = [r for r in rows if told.rows[0] <= r <= told.rows[1]]
            if not rows:
                raise HistoryError(
                    f"{layout.grid.file}: there are no rows {told.rows[0]} to {told.rows[1]}"
                )
        if told.day:
            day = Period(told.day, told.day, "day")
            kept = [r for r in rows if self._counted(r)]
            made.form = "as told"
            return kept, [day] * len(kept)
        if not roles.date:
            return [], []
        cells = [self._date_cell(row) for row in rows]
        read = self._read(cells, excel=True)
        dated = [i for i, period in enumerate(read.periods) if period]
        last = dated[-1] if dated else -1
        for i, (row, period) in enumerate(zip(rows, read.periods, strict=True)):
            if period or not (self._counted(row) or not is_blank(cells[i])):
                continue
            text = text_of(cells[i]).strip()
            rest = [text_of(c) for c in layout.grid.rows[row - 1] if isinstance(c, str)]
            below = i > last and (_TOTALS.search(text) or (not text and any(map(_wordy, rest))))
            if below or not self._counted(row):
                made.unread.append((row, " | ".join(t for t in rest if t.strip()) or text))
                continue
            where = layout.grid.where(row)
            what = f"{text!r} is no date" if text else "there is no date"
            made.refusals.append(
                f"{where}, {layout.label(roles.date[0])}: {what}; mend it, or leave the row out "
                f"with --rows {rows[0]}-{rows[max(last, 0)]}"
                if i > last
                else f"{where}, {layout.label(roles.date[0])}: {what}; write one as in the rest"
            )
        return rows, list(read.periods)

    def _date_cell(self, row: int) -> Cell:
        cells = [self.layout.grid.cell(row, c.at) for c in self.roles.date]
        if len(cells) == 1:
            cell = cells[0]
            if not isinstance(cell, str):
                return cell
            text = without_mark(cell)[0]
            return re.sub(r"^(\d{4})\s?[a-z]$", r"\1", text)
        told = [text_of(cell).strip() for cell in cells]
        if all(told) and "quarter" in self.roles.date[1].name.lower():
            return f"{told[0]}-Q{told[1].lstrip('Qq')}"
        return ("-" if all(told) and all(t.isdecimal() for t in told[1:]) else " ").join(told)

    def _counted(self, row: int) -> bool:
        """Whether anything stands in the columns that are read."""
        roles = self.roles
        columns = [c for cs in roles.values.values() for c in cs]
        columns += roles.melted[1] if roles.melted else ()
        return any(not is_blank(self.layout.grid.cell(row, c.at)) for c in columns)

    def _labels(self) -> dict[int, tuple[str, ...]]:
        """The groups of each row."""
        grid, columns = self.layout.grid, self.roles.groups
        told = grouping.stubs(grid, self.layout.body, columns)
        self._note_labels()
        return {
            row: tuple(without_mark(text)[0] for text in texts)
            for row, texts in zip(self.layout.body, told, strict=True)
        }

    def _note_labels(self) -> None:
        """Keep what the marks behind the headings and labels that are used mean."""
        layout, roles = self.layout, self.roles
        used = [*roles.date, *roles.groups, *(c for cs in roles.values.values() for c in cs)]
        labels = [(layout.heads[-1], c.as_given) for c in used]
        labels += [
            (r, text_of(layout.grid.cell(r, c.at))) for r in layout.body for c in roles.groups
        ]
        for row, text in labels:
            label, mark = without_mark(text)
            for part in marks.parts(mark):
                means = self.known.get(part, "nothing explains this mark.")
                self.made.marked.append((row, f"{label}/{part}: {means}"))

    def _entry(self, row: int, columns: tuple[Column, ...], role: str) -> Entry:
        """What the cells of a row say of one thing. A sum of which a part is missing is missing."""
        found = [self._one(row, column, role) for column in columns]
        if len(found) == 1:
            return found[0]
        given = " + ".join(entry.as_given or "(blank)" for entry in found)
        numbers = [entry.number for entry in found]
        notes = "; ".join(dict.fromkeys(entry.note for entry in found if entry.note))
        known = [n for n in numbers if n is not None]
        total = sum(known) if len(known) == len(numbers) else None
        return Entry(row, columns, given, total, note=notes)

    def _one(self, row: int, column: Column, role: str) -> Entry:
        cell = self.layout.grid.cell(row, column.at)
        given = text_of(cell)
        read = value(cell, self.numbers)
        where = f"{self.layout.grid.where(row)}, {self.layout.label(column)}"
        symbol = marks.same(given)
        if read.kind is not Kind.NUMBER and symbol in {marks.same(m) for m in self.told.missing}:
            return Entry(row, (column,), given, None, note="missing, as told")
        if read.kind is Kind.TEXT:
            self.made.refusals.append(
                f"{where}: {given!r} is no number; mend the cell, or say --missing {given!r} if "
                "nothing was counted"
            )
        elif read.kind is Kind.SYMBOL:
            means = self.known.get(symbol) or next(
                (self.known[p] for p in marks.parts(symbol) if p in self.known), ""
            )
            if not means:
                self.made.refusals.append(
                    f"{where}: nothing explains {given!r}; say --missing {given!r} if it means "
                    "that nothing was counted, otherwise write what it stands for"
                )
            nought = 0.0 if marks.means_nought(means) else None
            return Entry(row, (column,), given, nought, note=f"{given.strip()}: {means}")
        elif read.kind is Kind.BOUND:
            return Entry(row, (column,), given, None, read.low, read.high, "only a bound is given")
        elif read.kind is Kind.MISSING:
            return Entry(row, (column,), given, None, note="missing")
        note = self._noted(where, given, read.mark) if read.mark else ""
        if read.number is not None and read.number < 0:
            self.made.refusals.append(
                f"{where}: {given.strip()} is negative; {role} counts people: mend the cell"
            )
        return Entry(row, (column,), given, read.number, note=note)

    def _noted(self, where: str, given: str, mark: str) -> str:
        told = []
        for part in marks.parts(mark):
            if part in self.known:
                told.append(f"{part}: {self.known[part]}")
            else:
                self.made.refusals.append(
                    f"{where}: nothing explains the mark {part!r} of {given!r}; "
                    f"say --mark {part}=MEANING"
                )
        return "; ".join(told)


def _wordy(text: str) -> bool:
    return bool(re.search(r"[^\W\d_]{3}|\d{4}\s?[-–]\s?\d{4}", text))


def _plain(name: str) -> str:
    return re.sub(r"\W+", "_", name.lower()).strip("_") or "group"


def _named(names: list[str]) -> list[str]:
    """Names for columns of groups; one without a heading is named after the one left of it."""
    found: list[str] = []
    for name in names:
        base = name or (f"{found[-1]}_part" if found else "group")
        if base in ("date", "population", "admissions", "releases"):
            base = f"{base}_group"
        own, count = base, 2
        while own in found:
            own, count = f"{base}_{count}", count + 1
        found.append(own)
    return found


def counted_on(period: Period, stock_at: str) -> Period:
    """The day at whose end a stock was counted, as a period of one day."""
    day = period.first - timedelta(days=1) if stock_at == "start" else period.last
    return Period(day, day, "day")

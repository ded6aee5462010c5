"""What is doubtful in counts that could be read: reported, never mended.

What would make every number after it wrong (a date that stands twice, another unit, stocks that
contradict flows) is a refusal; gaps, repeats, breaks, rounding and sums are findings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from math import log
from statistics import median
from typing import TYPE_CHECKING

from bedspace.history import sums
from bedspace.history.layout import Layout
from bedspace.history.roles import Roles
from bedspace.history.said import Said
from bedspace.history.series import STEPS, frequency
from bedspace.history.values import Extracted, Record

if TYPE_CHECKING:
    from bedspace.history.reading import Line

MOST_PRISONERS = 3_000_000
"""More people than any prison system has held: a larger count is of residents or another unit."""

_UNIT_JUMP = 20
"""Ratio of two counts in a row from which their units differ."""
_UNIT_SIZE = 1000
"""Counts below this may jump by themselves."""
_STALE = 3
"""Equal counts in a row from which a repeat is reported."""
_FEW = 4
"""Counts below which a series is called short."""
_SHOWN = 5
"""Findings of one kind that are told one by one."""


@dataclass(frozen=True)
class Finding:
    """Something to know of the table: its kind, a sentence, the row where there is one."""

    kind: str
    text: str
    row: int | None = None


@dataclass
class Found:
    """What the checks say."""

    findings: list[Finding] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    def several(self, kind: str, told: Sequence[tuple[int | None, str]], what: str) -> None:
        """Findings of one kind, of very many the first."""
        self.findings += [Finding(kind, text, row) for row, text in told[:_SHOWN]]
        if len(told) > _SHOWN:
            self.findings.append(Finding(kind, f"And {len(told) - _SHOWN} more {what}."))


def run(layout: Layout, roles: Roles, made: Extracted, lines: Sequence[Line], told: Said) -> Found:
    """All checks of a table."""
    found = Found()
    _twice(layout, roles, made.records, found)
    parts: dict[tuple[str, ...], list[Line]] = {}
    for line in lines:
        parts.setdefault(line.groups, []).append(line)
    one_day = len({line.day for line in lines}) == 1
    for groups, part in parts.items():
        counted = [line for line in part if line.number("population") is not None]
        if not one_day:
            _short(groups, part, counted, found)
        _units(layout, roles, groups, counted, told, found)
    if not one_day:
        _gaps(parts, found)
        _stale(parts, found)
        _breaks(parts, found)
    _bounds(lines, found)
    _size(layout, roles, lines, told, found)
    sums.check(layout, roles, made, parts, told, found)
    for row, text in made.unread[:_SHOWN]:
        found.findings.append(
            Finding("not read", f"Row {row} has no date and was not read: {text}.", row)
        )
    return found


def whose(groups: tuple[str, ...]) -> str:
    """A group for a message; nothing where there are none."""
    told = ", ".join(g for g in groups if g)
    return f" of {told}" if told else ""


def _place(layout: Layout, roles: Roles, row: int, role: str = "population") -> str:
    columns = roles.values.get(role) or (roles.melted[1] if roles.melted else ())
    label = f", {layout.label(columns[0])}" if len(columns) == 1 else ""
    return f"{layout.grid.where(row)}{label}"


def _twice(layout: Layout, roles: Roles, records: Sequence[Record], found: Found) -> None:
    seen: dict[tuple[date, tuple[str, ...]], int] = {}
    for record in records:
        first = seen.setdefault((record.period.last, record.groups), record.row)
        if first == record.row:
            continue
        where = layout.grid.where(record.row)
        at = f", {layout.label(roles.date[0])}" if roles.date else ""
        found.refusals.append(
            f"{where}{at}: {record.period.last}{whose(record.groups)} stands twice, first in row "
            f"{first}; keep one of them, or say --groups COLUMN if a column tells them apart"
        )


def _short(
    groups: tuple[str, ...], part: Sequence[Line], counted: Sequence[Line], found: Found
) -> None:
    given = any("population" in line.entries for line in part)
    if (
        given
        and len(counted) < _FEW
        and len([f for f in found.findings if f.kind == "short"]) < _SHOWN
    ):
        told = f"Too few to project: {len(counted)} of {_FEW} counts{whose(groups)}."
        found.findings.append(Finding("short", told))


def _units(
    layout: Layout,
    roles: Roles,
    groups: tuple[str, ...],
    counted: Sequence[Line],
    told: Said,
    found: Found,
) -> None:
    for a, b in pairwise(counted):
        before, after = a.number("population") or 0.0, b.number("population") or 0.0
        small, large = sorted((before, after))
        if small <= 0 or large < _UNIT_SIZE or large < _UNIT_JUMP * small:
            continue
        row = b.entries["population"].row
        text = (
            f"{after:g} comes after {before:g}{whose(groups)}: is one in thousands, or are "
            "separators misread?"
        )
        if "unit-jump" in told.accept:
            found.findings.append(Finding("unit jump", f"{text} Accepted as told.", row))
        else:
            where = _place(layout, roles, row)
            found.refusals.append(f"{where}: {text} Mend it, or say --accept unit-jump")


def _size(layout: Layout, roles: Roles, lines: Sequence[Line], told: Said, found: Found) -> None:
    for line in lines:
        number = line.number("population")
        if number is not None and number > MOST_PRISONERS and "residents" not in told.accept:
            where = _place(layout, roles, line.entries["population"].row)
            found.refusals.append(
                f"{where}: {number:,.0f} are more people than any prison system holds; are these "
                "residents? Name another column, or say --accept residents"
            )
            return


def _gaps(parts: dict[tuple[str, ...], list[Line]], found: Found) -> None:
    blank: list[tuple[int | None, str]] = []
    absent: list[tuple[int | None, str]] = []
    days = 0
    for groups, part in parts.items():
        for line in part:
            entry = line.entries.get("population")
            if entry is not None and entry.number is None and entry.low is entry.high is None:
                why = f" ({entry.note})" if entry.note else ""
                blank.append((entry.row, f"{line.day}{whose(groups)} has no count{why}."))
        kind = frequency([line.day for line in part])
        if kind not in STEPS:
            continue
        for a, b in pairwise(part):
            missing = round((b.day - a.day).days * STEPS[kind][2] / 365.25) - 1
            if missing > 0:
                days += missing
                span = f"Between {a.day} and {b.day}{whose(groups)}"
                told = f"{span} {_several(missing, kind, 'is', 'are')} absent."
                absent.append((None, told))
    if blank or absent:
        told = (
            f"{_several(len(blank), 'date', 'has', 'have')} no count, "
            f"{_several(days, 'date', 'is', 'are')} absent; nothing was filled in."
        )
        found.findings.append(Finding("gaps", told))
    found.several("gap", blank, "dates without a count")
    found.several("gap", absent, "spans of absent dates")


def _several(count: int, kind: str, one: str, more: str) -> str:
    return f"1 {kind} {one}" if count == 1 else f"{count:,} {kind}s {more}"


def _stale(parts: dict[tuple[str, ...], list[Line]], found: Found) -> None:
    told: list[tuple[int | None, str]] = []
    for groups, part in parts.items():
        run: list[Line] = []
        for line in [*part, None]:
            number = line.number("population") if line else None
            if line and run and number is not None and number == run[0].number("population"):
                run.append(line)
                continue
            if len(run) >= _STALE and (run[0].number("population") or 0) >= 100:
                value = run[0].number("population")
                entry = run[-1].entries["population"]
                text = (
                    f"{value:,.0f}{whose(groups)} stands {len(run)} times in a row, "
                    f"{run[0].day} to {run[-1].day}: it may be stale."
                )
                told.append((entry.row, text))
            run = [line] if line and number is not None else []
    found.several("repeat", told, "repeats")


def _breaks(parts: dict[tuple[str, ...], list[Line]], found: Found) -> None:
    told: list[tuple[float, int, str]] = []
    for groups, part in parts.items():
        counted = [x for x in part if (x.number("population") or 0) > 0]
        if len(counted) < 8 or median(x.number("population") or 0 for x in counted) < 100:
            continue
        changes = [
            log((b.number("population") or 1) / (a.number("population") or 1))
            for a, b in pairwise(counted)
        ]
        middle = median(changes)
        usual = 1.4826 * median(abs(c - middle) for c in changes)
        for (a, b), change in zip(pairwise(counted), changes, strict=True):
            if abs(change - middle) > max(8 * usual, 0.05):
                before, after = a.number("population"), b.number("population")
                text = (
                    f"From {a.day} to {b.day} the count{whose(groups)} goes from {before:,.0f} to "
                    f"{after:,.0f}: an event, another definition or a mistake?"
                )
                told.append((abs(change - middle), b.entries["population"].row, text))
    told.sort(key=lambda item: -item[0])
    found.several("break", [(row, text) for _, row, text in told], "breaks")


def _bounds(lines: Sequence[Line], found: Found) -> None:
    told: list[tuple[int | None, str]] = []
    for line in lines:
        for role, entry in line.entries.items():
            if entry.low is not None or entry.high is not None:
                told.append(
                    (entry.row, f"{role} on {line.day}{whose(line.groups)} is given as "
                     f"{entry.as_given.strip()!r}: left empty; the bound is in the notes.")
                )  # fmt: skip
    found.several("bound", told, "bounds")


def stock_at(made: Extracted, roles: Roles, told: Said) -> tuple[str, str]:
    """Whether stocks are of the start or the end of their periods, and why if at the start."""
    if made.form in ("date", "as told") and not told.stock_at:
        return "end", ""
    return sums.stock_at(made, roles, told)

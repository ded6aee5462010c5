"""Whether numbers that belong together agree: parts and totals, stocks and flows, definitions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from bedspace.history.layout import Column, Layout
from bedspace.history.numbers import Convention, Kind, value
from bedspace.history.roles import Roles, kinds
from bedspace.history.said import Said
from bedspace.history.series import STEPS, frequency
from bedspace.history.values import Extracted, Record

if TYPE_CHECKING:
    from bedspace.history.checks import Found
    from bedspace.history.reading import Line

_ROUNDED = (1000, 100, 50, 10)
_ENOUGH = 5
"""Different numbers from which rounding is told."""
_AGREE = 0.02
"""Share of the flows up to which stocks and flows are called in agreement."""
_CONTRADICT = 0.25
"""Share of the flows from which stocks contradict them."""
_RARE = 0.01
"""Share of the rows up to which contradictions are reported and not refused."""
_STARTS = re.compile(r"\b(start|beginning|opening|first day)\b", re.I)
_AVERAGE = re.compile(r"\b(average|avg|mean|adp)\b", re.I)
_DEFINITIONS = (
    ("midnight", r"\bmidnight\b"),
    ("24-hour", r"\b24[- ]?h(ou)?rs?\b"),
    ("jurisdiction", r"\bjurisdiction\b(?! notes)(?!s\b)"),
    ("custody", r"\bcustody\b"),
)


def check(
    layout: Layout,
    roles: Roles,
    made: Extracted,
    parts: dict[tuple[str, ...], list[Line]],
    told: Said,
    found: Found,
) -> None:
    """All of this room's checks."""
    _definitions(layout, roles, found)
    _average(roles, found)
    _rounding(parts, found)
    _columns(layout, roles, found)
    _rows(made, parts, found)
    _flows(layout, parts, told, found)


def _spaced(name: str) -> str:
    return name.replace("_", " ")


def _definitions(layout: Layout, roles: Roles, found: Found) -> None:
    from bedspace.history.checks import Finding

    for column in roles.two:
        text = f"{column.name!r} may be the population: the columns are two definitions."
        found.findings.append(Finding("definition", text, layout.heads[-1]))
    chosen = [c for cs in roles.values.values() for c in cs]
    chosen += [c for days in roles.wide.values() for c in days.values()]
    seen: dict[str, str] = {}
    for column in chosen:
        for name, form in _DEFINITIONS:
            if re.search(form, _spaced(column.name), re.I):
                seen.setdefault(name, f"the heading {column.name!r}")
    if not seen:
        for row, text in layout.above:
            for name, form in _DEFINITIONS:
                if re.search(form, text, re.I):
                    seen.setdefault(name, f"row {row}")
    if seen:
        said = " and ".join(f"{name} ({where})" for name, where in seen.items())
        text = f"The counts are by definition: {said}."
        if len(seen) > 1:
            text += " These differ: do not join them in one series."
        found.findings.append(Finding("definition", text))


def _average(roles: Roles, found: Found) -> None:
    from bedspace.history.checks import Finding

    for column in roles.values.get("population", ()):
        if _AVERAGE.search(_spaced(column.name)):
            text = f"{column.name!r} is an average over each period, not a count of a day."
            found.findings.append(Finding("definition", text))


def _rounding(parts: dict[tuple[str, ...], list[Line]], found: Found) -> None:
    from bedspace.history.checks import Finding

    roles = dict.fromkeys(role for part in parts.values() for line in part for role in line.entries)
    for role in roles:
        numbers = {line.number(role) for part in parts.values() for line in part} - {None, 0.0}
        for step in _ROUNDED:
            if len(numbers) >= _ENOUGH and all(n is not None and n % step == 0 for n in numbers):
                text = (
                    f"Every number of {role} is a multiple of {step}: rounded, so each may be "
                    f"off by {step // 2}, and a 0 may stand for up to {step // 2 - 1}."
                )
                found.findings.append(Finding("rounding", text))
                break


def _columns(layout: Layout, roles: Roles, found: Found) -> None:
    """Whether columns right of the population add up to it."""
    from bedspace.history.checks import Finding
    from bedspace.history.dates import Ways

    population = roles.values.get("population", ())
    if len(population) != 1 or roles.wide:
        return
    total = population[0]
    flows = {c.at for role, cs in roles.values.items() if role != "population" for c in cs}
    after = [c for c in kinds(layout, Ways()).numbers if c.at > total.at and c.at not in flows]
    for count in range(min(len(after), 12), 1, -1):
        some = after[:count]
        off = [_off(layout, row, total, some) for row in layout.body]
        known = [(row, gap, of) for row, item in zip(layout.body, off, strict=True) if item
                 for gap, of in (item,)]  # fmt: skip
        slack = 1 + count * _step(layout, some) / 2
        near = [1 for _, gap, of in known if abs(gap) <= 0.005 * of + slack]
        if len(known) < 2 or len(near) < 0.8 * len(known):
            continue
        names = " + ".join(repr(c.name) for c in some)
        wrong = [(row, gap, of) for row, gap, of in known if gap]
        if not wrong:
            text = f"{names} add up to {total.name!r} in all {len(known)} rows."
            found.findings.append(Finding("parts", text))
        else:
            row, gap, of = wrong[0]
            text = (
                f"{names} do not add up to {total.name!r} in {len(wrong)} of {len(known)} rows: in "
                f"row {row} {of - gap:,.10g} is not {of:,.10g}."
            )
            found.findings.append(Finding("parts", text, row))
        return


def _step(layout: Layout, columns: Sequence[Column]) -> int:
    """What the numbers of some columns are rounded to; 0 if to nothing."""
    read = [value(c, Convention()).number for column in columns for c in layout.cells(column.at)]
    numbers = {n for n in read if n}
    found = (s for s in _ROUNDED if len(numbers) >= _ENOUGH and all(n % s == 0 for n in numbers))
    return next(found, 0)


def _off(
    layout: Layout, row: int, total: Column, some: Sequence[Column]
) -> tuple[float, float] | None:
    """Total less parts, and the total; None where one of them is missing."""
    read = [value(layout.grid.cell(row, c.at), Convention()) for c in (total, *some)]
    if any(v.kind is not Kind.NUMBER or v.number is None for v in read):
        return None
    numbers = [v.number or 0.0 for v in read]
    return round(numbers[0] - sum(numbers[1:]), 6), numbers[0]


def _rows(made: Extracted, parts: dict[tuple[str, ...], list[Line]], found: Found) -> None:
    """Totals among the groups, and whether a stub's parts add up to it."""
    from bedspace.history.checks import Finding

    totals = [g for g in parts if re.search(r"\btotal\b|\ball\b", " ".join(g), re.I)]
    if totals and len(parts) > 1:
        names = "; ".join(", ".join(x for x in g if x) for g in totals[:3])
        text = f"Some groups are totals of others ({names}): do not add them up with their parts."
        found.findings.append(Finding("parts", text))
    if len(made.groups) < 2 or not made.groups[1].startswith(f"{made.groups[0]}_part"):
        return
    heads = {g[0]: part for g, part in parts.items() if g[0] and not g[1]}
    for head, part in heads.items():
        below = [p for g, p in parts.items() if g[0] == head and g[1]]
        for line in part:
            total = line.number("population")
            numbers = [x.number("population") for p in below for x in p if x.day == line.day]
            if total is None or len(numbers) < 2:
                continue
            unknown = sum(n is None for n in numbers)
            added = sum(n for n in numbers if n is not None)
            if abs(added - total) > 0.5:
                text = (
                    f"The parts of {head} add up to {added:,.10g} on {line.day}, "
                    f"not to {total:,.10g}"
                    + (f" ({unknown} of them are missing)." if unknown else ".")
                )
                row = line.entries["population"].row
                found.findings.append(Finding("parts", text, row))


def stock_at(made: Extracted, roles: Roles, told: Said) -> tuple[str, str]:
    """Whether stocks of periods are of their start or end: as told, as the heading says, or as the
    flows show."""
    if told.stock_at:
        return told.stock_at, "" if told.stock_at == "end" else "Stocks are of the start, as told."
    for column in roles.values.get("population", ()):
        if _STARTS.search(_spaced(column.name)):
            text = (
                f"{column.name!r} is a stock at the start of its period: dated at the end of the "
                "day before. Flows are dated on the last day of their period."
            )
            return "start", text
    end, start = _misfit(made.records, False), _misfit(made.records, True)
    if start is not None and end is not None and start <= _AGREE and start < 0.2 * end:
        text = (
            "Stocks and flows agree if stocks are of the start of their periods (they miss "
            f"{start * 100:.1f} % of the flows, {end * 100:.0f} % otherwise): dated the day before."
        )
        return "start", text
    return "end", ""


def _misfit(records: Sequence[Record], start: bool) -> float | None:
    """Mean miss of stock, admissions and releases, as a share of the flows."""
    parts: dict[tuple[str, ...], list[Record]] = {}
    for record in records:
        parts.setdefault(record.groups, []).append(record)
    missed = flows = 0.0
    for part in parts.values():
        part = sorted(part, key=lambda r: r.period.last)
        for a, b in pairwise(part):
            of = a if start else b
            numbers = [
                r.entries[role].number if role in r.entries else None
                for r, role in (
                    (a, "population"),
                    (b, "population"),
                    (of, "admissions"),
                    (of, "releases"),
                )
            ]
            if any(n is None for n in numbers) or (b.period.first - a.period.last).days != 1:
                continue
            before, after, came, went = (n or 0.0 for n in numbers)
            missed += abs(after - before - came + went)
            flows += (came + went) / 2
    return missed / flows if flows else None


def _flows(
    layout: Layout, parts: dict[tuple[str, ...], list[Line]], told: Said, found: Found
) -> None:
    """Whether stocks change by admissions less releases."""
    from bedspace.history.checks import Finding, whose

    misses: list[tuple[float, float, float, Line, tuple[str, ...]]] = []
    for groups, part in parts.items():
        kind = frequency([line.day for line in part])
        most = STEPS[kind][1] if kind in STEPS else 0
        for a, b in pairwise(part):
            numbers = [
                a.number("population"),
                *(b.number(r) for r in ("population", "admissions", "releases")),
            ]
            if any(n is None for n in numbers) or (b.day - a.day).days > most:
                continue
            before, after, came, went = (n or 0.0 for n in numbers)
            misses.append((after - before - came + went, (came + went) / 2, before, b, groups))
    if not misses:
        return
    flows = sum(flow for _, flow, _, _, _ in misses)
    share = sum(abs(miss) for miss, *_ in misses) / flows if flows else 0.0
    usual = median(abs(miss) for miss, *_ in misses)
    text = (
        "Stocks change by admissions less releases to within "
        f"{share * 100:.1f} % of the flows, on average"
    )
    accepted = "flows" in told.accept
    if (
        median(abs(miss) / max(flow, 1.0) for miss, flow, *_ in misses) > _CONTRADICT
        and not accepted
    ):
        found.refusals.append(
            f"{layout.grid.file}: stocks contradict flows: they miss admissions less releases by "
            f"{share * 100:.0f} % of these. Name other columns, or say --accept flows"
        )
        return
    found.findings.append(Finding("flows", f"{text} ({usual:,.3g} people in the middle case)."))
    wrong = [
        (miss, line, groups)
        for miss, flow, before, line, groups in misses
        if abs(miss) > max(_CONTRADICT * flow, 0.05 * before, 10 * usual, 20.0)
    ]
    refused = len(wrong) > _RARE * len(misses) and not accepted
    rows: list[tuple[int | None, str]] = []
    for miss, line, groups in wrong:
        row = line.entries["population"].row
        what = (
            f"On {line.day}{whose(groups)} the stock changed by {abs(miss):,.0f} "
            f"{'more' if miss > 0 else 'less'} than admissions less releases"
        )
        rows.append((row, f"{what}."))
        if refused:
            found.refusals.append(
                f"{layout.grid.where(row)}: {what[0].lower()}{what[1:]}: they contradict each "
                "other. Mend the row, or say --accept flows"
            )
    if not refused:
        found.several("flows", rows, "rows in which stocks contradict flows")

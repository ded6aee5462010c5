"""Which columns of text tell the rows of one date apart: the groups of a table."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from bedspace.history.dates import Period
from bedspace.history.files import Grid, text_of
from bedspace.history.layout import Column, Layout

_REPEATED = 1.5
"""Rows a date above which a table is taken to have groups; fewer are repeats."""
_MOST = 5
"""Columns that are tried together."""


def chosen(
    layout: Layout,
    columns: tuple[Column, ...],
    rows: Sequence[tuple[int, Period]],
    named: bool,
) -> tuple[Column, ...]:
    """The fewest columns of text by which no row of a date is like another, the first such ones.

    None where dates hardly ever repeat: a remark beside a date that stands twice is no group. All
    of them where the user named them, or where no fewer do.
    """
    if named or not columns:
        return columns
    if len(rows) < 2:
        return ()
    days = {period.last for _, period in rows}
    if len(days) > 1 and len(rows) <= _REPEATED * len(days):
        return ()
    units = _units(columns)
    for size in range(1, min(len(units), _MOST) + 1):
        for some in combinations(units, size):
            picked = tuple(column for unit in some for column in unit)
            if _apart(layout, picked, rows):
                return picked
    return columns


def _units(columns: tuple[Column, ...]) -> list[tuple[Column, ...]]:
    """Columns, each with those without a heading that follow it: together they are one stub."""
    found: list[tuple[Column, ...]] = []
    for column in columns:
        if found and not column.as_given and found[-1][-1].at + 1 == column.at:
            found[-1] = (*found[-1], column)
        else:
            found.append((column,))
    return found


def stubs(grid: Grid, rows: Sequence[int], columns: tuple[Column, ...]) -> list[tuple[str, ...]]:
    """The texts of columns of groups in each row. Beside a column without a heading, what stands
    left of it holds for the rows below too, as the stub of a printed table does."""
    found = []
    running = [""] * len(columns)
    for row in rows:
        texts = [text_of(grid.cell(row, column.at)).strip() for column in columns]
        for i, own in enumerate(texts[:-1]):
            if not columns[i + 1].as_given:
                running[i] = own or running[i]
                texts[i] = running[i]
        found.append(tuple(texts))
    return found


def _apart(layout: Layout, columns: tuple[Column, ...], rows: Sequence[tuple[int, Period]]) -> bool:
    labels = dict(zip(layout.body, stubs(layout.grid, layout.body, columns), strict=True))
    keys = [(period.last, labels[row]) for row, period in rows]
    return len(set(keys)) == len(keys)

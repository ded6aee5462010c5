"""A run and a comparison as a notebook shows them: what was run, and what can be asked."""

from __future__ import annotations

from collections.abc import Sequence

from bedspace import plain_html as html
from bedspace.exceptions import RunError
from bedspace.results.schema import Table
from bedspace.rules.spelling import meant


def named(tables: Sequence[Table], asked: str) -> str:
    """The name of a table. RunError when there is none, with the nearest."""
    names = [table.name for table in tables]
    if asked not in names:
        raise RunError(f"there is no table {asked!r}; {meant(asked, names)}")
    return asked


def head(name: str, members: int, seed: int) -> str:
    """What was run, in a line."""
    return f"{name}: {members} simulated future{'' if members == 1 else 's'}, seed {seed}"


def block(said: str, days: str, tables: Sequence[Table], ask: str) -> str:
    """What was run, the days it has, its tables with their columns, and how to go on."""
    rows = [(one.name, ", ".join(column.name for column in one.columns)) for one in tables]
    return html.block(
        html.line(said, strong=True),
        html.line(days),
        html.more(f"Tables: {len(rows)}", html.table("", ("table", "columns"), rows)),
        html.line(ask),
    )

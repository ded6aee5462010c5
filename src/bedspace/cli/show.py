"""How things are printed: JSON or tables on stdout, messages on stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from decimal import Decimal
from unicodedata import category

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bedspace import plain_json

WIDTH = 100
"""Columns of a page where neither the terminal nor COLUMNS says."""

NARROWEST, WIDEST = 40, 120
"""Columns between which a page is laid out, whatever the terminal has."""

_NO_END = 1_000_000
"""Columns of a page that cuts nothing."""


def page(stderr: bool = False) -> Console:
    """A console on today's stdout or stderr: no markup, for a user's text may hold brackets."""
    stream = sys.stderr if stderr else sys.stdout
    console = Console(file=stream, markup=False, highlight=False, emoji=False, soft_wrap=False)
    asked = os.environ.get("COLUMNS", "")
    found = int(asked) if asked.isdigit() else console.width if console.is_terminal else WIDTH
    console.width = min(max(found, NARROWEST), WIDEST)
    return console


def bold(text: str) -> Text:
    """A heading."""
    return Text(clean(text), style="bold")


def clean(text: str) -> str:
    """Text without control characters, which could move the reader's cursor, and without what has
    no encoding (a file's name that is no UTF-8)."""
    return "".join("\ufffd" if category(c) in ("Cc", "Cs") and c != "\n" else c for c in text)


def complain(text: str) -> None:
    """A message to stderr, as it is: one line per problem, never wrapped."""
    print(clean(text), file=sys.stderr)


def say(text: str) -> None:
    """A line to stdout."""
    print(clean(text))


def print_text(text: str) -> None:
    """A document to stdout, as it is."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def print_json(value: object) -> None:
    """One JSON document on stdout: Decimal as text, dates as ISO, what is no number as null."""
    print_text(plain_json.text(plain_json.plain(value), sort=False))


def table(
    title: str, columns: Sequence[str], rows: Sequence[Sequence[object]], right: Sequence[int] = ()
) -> Table:
    """A table for the terminal; `right` are the columns of numbers."""
    made = Table(title=title or None, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    made.title_style, made.caption_style = "bold", ""
    for i, name in enumerate(columns):
        made.add_column(
            name,
            justify="right" if i in right else "left",
            overflow="fold",
            no_wrap=i in right,
        )
    for row in rows:
        made.add_row(*[v if isinstance(v, Text) else clean(str(v)) for v in row])
    return made


def print_whole(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A table as broad as it is: no cell is cut or folded, numbers have all their digits."""
    right = [
        i
        for i in range(len(columns))
        if rows and all(isinstance(row[i], int | float | Decimal | None) for row in rows)
    ]
    shown = [["" if value is None else value for value in row] for row in rows]
    made = table("", columns, shown, right)
    for column in made.columns:
        column.no_wrap, column.overflow = True, "ignore"
    console = page()
    console.width = _NO_END
    console.print(made, soft_wrap=True)


_UNITS = {"people": "", "number": "", "share": " %", "1/d": " / day", "share/year": " % / year"}


def number(value: float, unit: str = "") -> str:
    """A number in base units for reading: thousands apart, at most four figures after the point."""
    scale = 100 if unit.startswith("share") else 1
    text = f"{value * scale:,.4f}".rstrip("0").rstrip(".")
    return text + _UNITS.get(unit, f" {unit}" if unit else "")

"""An appraisal on the terminal: its sections as tables, every stamp beside what it touches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bedspace.appraisal import Cell, Figure, Section, Table
from bedspace.appraisal.figures import words
from bedspace.appraisal.figures.letters import KEY as KEY
from bedspace.appraisal.figures.letters import letters as letters
from bedspace.cli import show

_BETWEEN = 3
"""Columns of the terminal between two columns of a table."""

BROAD = 8
"""More columns than this leave too little room for words; their rows are told one by one."""


def shown(cell: Cell) -> str:
    """A cell with the letters of its stamps."""
    text = words.show(cell)
    return f"{text} {letters(cell.stamps)}".rstrip() if isinstance(cell, Figure) else text


def print_sections(sections: Iterable[Section]) -> None:
    """Sections with all their tables."""
    show.say(f"letters at a figure: {KEY}")
    for section in sections:
        print_section(section)


def print_section(section: Section) -> None:
    """One section: its notes and its tables."""
    console = show.page()
    console.print()
    console.rule(section.title, align="left", characters="-")
    for note in section.notes:
        console.print(show.clean(note))
    for table in section.tables:
        print_table(table)


def print_table(table: Table) -> None:
    """One table, then its note, the notes of its figures and its stamps."""
    console = show.page()
    rows = [[shown(cell) for cell in row] for row in table.rows]
    console.print()
    if len(table.columns) > BROAD or _least_width(table.columns, rows) > console.width:
        console.print(show.table(table.title, ("", ""), list(_told(table.columns, rows))))
    else:
        console.print(show.table(table.title, table.columns, rows))
    notes = dict.fromkeys(f.note for f in table.figures if f.note)
    for note in [n for n in (table.note, *notes) if n]:
        console.print(f"  {show.clean(note)}")
    if table.stamps:
        console.print(f"  {letters(table.stamps)} {words.stamp_line(table.stamps)}")


def plain_rows(table: Table) -> list[dict[str, object]]:
    """A table for JSON: a figure is its id, value, interval, unit and formula."""
    return [dict(zip(table.columns, map(_plain, row), strict=True)) for row in table.rows]


def _plain(cell: Cell) -> object:
    if not isinstance(cell, Figure):
        return cell
    keys = ("id", "value", "low", "high", "unit", "formula", "stamps")
    return {key: getattr(cell, key) for key in keys}


def _least_width(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """Columns of the terminal that a table needs for no word of it to be broken."""
    every = zip(columns, *rows, strict=True)
    return sum(
        max((len(word) for text in column for word in text.split()), default=0) + _BETWEEN
        for column in every
    )


def _told(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Rows of a broad table as heading and cell, one below the other, a line between rows."""
    for i, row in enumerate(rows):
        if i:
            yield "", ""
        yield from ((name, text) for name, text in zip(columns, row, strict=True) if text)

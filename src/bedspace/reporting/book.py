"""An appraisal as an Excel file: a sheet that says what it is, one of every figure, a sheet a
table, and the evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from bedspace.appraisal import Appraisal
from bedspace.appraisal.figures.letters import MEANINGS
from bedspace.reporting import flat
from bedspace.reporting.about import About
from bedspace.reporting.spreadsheet import openpyxl, put, sealed

_NAME = 31
"""Characters in the name of a sheet."""

_WIDEST = 60
"""Width of a column in characters; longer text is wrapped."""

_HEADINGS = 4
"""The row of a table's headings: above it its title, its note, and a line left free."""


def book(found: Appraisal, known: About) -> bytes:
    """The file's bytes, the same for the same appraisal. RunError when openpyxl is missing."""
    library = openpyxl()
    made = library.Workbook()
    made.properties.title = found.title
    readme = made.active
    readme.title = "README"
    tables = [flat.shown(table) for section in found.sections for table in section.tables]
    index = []
    for given in (*flat.evidence(found, known), *tables):
        own = given in tables
        label = f"{tables.index(given) + 1} {given.title}" if own else given.title
        name = _name(label, made.sheetnames)
        _fill(made.create_sheet(name), given)
        index.append((name, given.title, len(given.rows)))
    _readme(readme, found, known, index)
    return sealed(made)


def _name(title: str, taken: Sequence[str]) -> str:
    """A sheet's name: what Excel allows of the title, unlike every other."""
    text = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", title).strip("' ")
    found, count = text[:_NAME].strip("' "), 2
    while found.lower() in {name.lower() for name in taken}:
        end = f" ({count})"
        found, count = text[: _NAME - len(end)].strip() + end, count + 1
    return found


def _fill(sheet: Any, given: flat.Flat) -> None:
    """A table below its title and its note; the headings stay in view."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    put(sheet.cell(1, 1), given.title).font = Font(bold=True, size=13)
    put(sheet.cell(2, 1), given.note)
    for j, head in enumerate(given.columns, start=1):
        cell = put(sheet.cell(_HEADINGS, j), head)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E8EDF2")
        cell.alignment = Alignment(wrap_text=True, vertical="bottom")
    for i, row in enumerate(given.rows, start=_HEADINGS + 1):
        for j, value in enumerate(row, start=1):
            cell = put(sheet.cell(i, j), value)
            cell.alignment = Alignment(wrap_text=isinstance(cell.value, str), vertical="top")
            cell.number_format = _format(value)
    for j, head in enumerate(given.columns, start=1):
        longest = max((len(str(row[j - 1] or "")) for row in given.rows), default=0)
        width = min(max(len(head), longest, 8) + 2, _WIDEST)
        sheet.column_dimensions[get_column_letter(j)].width = width
    sheet.freeze_panes = f"B{_HEADINGS + 1}"
    last = _HEADINGS + max(len(given.rows), 1)
    if given.columns:
        sheet.auto_filter.ref = f"A{_HEADINGS}:{get_column_letter(len(given.columns))}{last}"


def _format(value: object) -> str:
    """How a number looks; the cell holds all its digits."""
    if isinstance(value, int | float | Decimal) and not -1000 < float(value) < 1000:
        return "#,##0"
    return "General"


def _readme(
    sheet: Any, found: Appraisal, known: About, index: Sequence[tuple[str, str, int]]
) -> None:
    """What the file is, how it is read and cited, and where everything is."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 26, 100
    put(sheet.cell(1, 1), found.title).font = Font(bold=True, size=15)
    row = 3
    for head, text in told(found, known):
        put(sheet.cell(row, 1), head).font = Font(bold=True)
        sheet.cell(row, 1).alignment = Alignment(vertical="top", wrap_text=True)
        put(sheet.cell(row, 2), text).alignment = Alignment(wrap_text=True, vertical="top")
        row += 1
    put(sheet.cell(row + 1, 1), "Sheets").font = Font(bold=True, size=13)
    for i, (name, title, count) in enumerate(index, start=row + 2):
        cell = put(sheet.cell(i, 1), name)
        place = f"'{name.replace(chr(39), chr(39) * 2)}'!A1"
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place, display=name)
        cell.font = Font(underline="single", color="0B5FA5")
        put(sheet.cell(i, 2), f"{title}: {count} row{'' if count == 1 else 's'}")


def told(found: Appraisal, known: About) -> list[tuple[str, str]]:
    """What a file of figures says of itself, as headings with their text."""
    against = f"{found.scenario} against {found.baseline}" if found.baseline else found.scenario
    rows = [
        ("Answer", found.answer.sentence.text),
        ("What it is", known.summary),
        ("Scenario", against),
        ("Simulated", f"{found.start} to {found.end}, {found.members} futures, seed {found.seed}"),
        ("Caution", found.caution),
        (
            "Values",
            "A value comes with low and high where it differs between futures: 95 % of them lie "
            "between. Shares are fractions of 1. Money is in the currency of its unit.",
        ),
        (
            "Ids",
            "Every figure has an id. `bedspace explain run ID` traces it to its formula, its "
            "numbers and their sources; the sheet or file of figures lists all ids.",
        ),
        *((f"Letter {letter}", f"{meaning}.") for letter, meaning in MEANINGS.items()),
        ("Made again by", "\n".join((*known.commands, *filter(None, (known.where,))))),
        ("Made with", ", ".join(f"{name} {version}" for name, version in known.versions.items())),
        ("Cite as", known.citation),
    ]
    return [(head, text) for head, text in rows if text]

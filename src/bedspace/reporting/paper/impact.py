"""The first pages as an impact statement, in the four parts that 18 U.S.C. 4047(b) names.

The section asks for (1) projections of the impact on prison, probation and post-prison supervision
populations, (2) an estimate of the fiscal impact for the current fiscal year and the five after it,
(3) other significant factors, and (4) a statement of methodologies and assumptions (Public Law
103-322, section 20402(a), 13 September 1994, 108 Stat. 1824).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from bedspace.appraisal import Appraisal, Figure, Table
from bedspace.reporting.about import About
from bedspace.reporting.paper import summary
from bedspace.reporting.paper.annex import table_data
from bedspace.reporting.paper.numbering import Numbering

Data = dict[str, Any]

YEARS = 6
"""The current fiscal year and five more."""

_YEAR = re.compile(r"\d{4}(?=$|-\d{2}-\d{2}$)")


def statement(found: Appraisal, known: About) -> Data:
    """The four parts as plain maps and lists."""
    numbering = Numbering(found)
    first = first_year(found)
    people = [_within(t, first) for t in _tables(found, "population") if _is_yearly(t)]
    money = [_within(t, first) for t in fiscal(found)]
    return {
        "answer": summary.answer(found),
        "people": [table_data(table, numbering) for table in people],
        "money": [table_data(table, numbering) for table in money],
        "yearly": any(year_of(row[0]) is not None for table in money for row in table.rows),
        "first": first,
        "last": first + YEARS - 1,
        "law": summary.law(found),
        "turns": summary.sentences(found.answer.turns),
        "unknown": summary.unknown(found)["items"],
        "method": summary.method(found),
        "assumptions": summary.assumptions(found),
        "sources": summary.sources(found, known),
        "commands": list(known.commands),
        "where": known.where,
        "citation": known.citation,
    }


def _tables(found: Appraisal, section: str) -> list[Table]:
    return [table for s in found.sections if s.id == section for table in s.tables]


def fiscal(found: Appraisal) -> list[Table]:
    """The sending system's account by year; of a reform, what it saves."""
    accounts = [t for t in _tables(found, "money-sender") if t.id.endswith(".account.sender")]
    return accounts or _tables(found, "costs")


def first_year(found: Appraisal) -> int:
    """The first year of the sender's account; without one, the first in which the number of people
    differs; otherwise the first year simulated."""
    for table in fiscal(found):
        years = [year for row in table.rows if (year := year_of(row[0])) is not None]
        if years:
            return min(years)
    for table in _tables(found, "population"):
        for row in table.rows:
            year, last = year_of(row[0]), row[-1]
            if year is not None and isinstance(last, Figure) and last.value not in (None, 0):
                return year
    return found.start.year


def year_of(cell: object) -> int | None:
    """The year that a row is about: "2027", "2027-12-31"; None where it is about something else."""
    found = _YEAR.match(cell) if isinstance(cell, str) else None
    return int(found[0]) if found else None


def _is_yearly(table: Table) -> bool:
    return any(year_of(row[0]) is not None for row in table.rows) and len(table.columns) <= 4


def _within(table: Table, first: int) -> Table:
    """The rows of the six years; a table that is not by year stays whole."""
    years = [year_of(row[0]) for row in table.rows]
    if not any(years):
        return table
    kept = [i for i, y in enumerate(years) if y is not None and first <= y < first + YEARS]
    keys = tuple(table.keys[i] for i in kept) if table.keys else ()
    return replace(table, rows=tuple(table.rows[i] for i in kept), keys=keys)

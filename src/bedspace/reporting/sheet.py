"""An invoice as rows: what the terminal shows, what a CSV file and JSON hold."""

from __future__ import annotations

from bedspace.appraisal import MemberInvoice
from bedspace.appraisal.figures import words
from bedspace.plain_csv import csv_line, guarded

COLUMNS = (
    "month",
    "line",
    "part",
    "purpose",
    "label",
    "quantity",
    "unit",
    "unit_price",
    "currency",
    "amount",
    "total",
    "stamps",
)

WORDS = frozenset({"part", "purpose", "label", "unit", "currency", "stamps"})
"""Columns of text, which a spreadsheet must not run; the others are numbers and months."""


def rows(invoice: MemberInvoice) -> list[dict[str, str]]:
    """The lines in order, each with the total after it and the stamps of its part, as text.

    `line` is the place of the part in the fee, counted from 1; months are year-month; money and
    quantities have a point and no groups of digits.
    """
    found = []
    for line, total in zip(invoice.invoice.lines, invoice.invoice.running(), strict=True):
        values = (
            f"{line.month:%Y-%m}",
            str(line.item + 1),
            line.part,
            line.purpose,
            line.label,
            f"{line.quantity:f}",
            line.unit,
            f"{line.unit_price:f}",
            line.currency,
            f"{line.amount:f}",
            f"{total:f}",
            words.stamp_line(invoice.parts[line.item].stamps),
        )
        found.append(dict(zip(COLUMNS, values, strict=True)))
    return found


def sheet(invoice: MemberInvoice) -> str:
    """The rows as CSV (RFC 4180 with line feeds), headings first."""
    lines = [csv_line(COLUMNS)]
    for row in rows(invoice):
        lines.append(csv_line([guarded(row[c]) if c in WORDS else row[c] for c in COLUMNS]))
    return "".join(lines)

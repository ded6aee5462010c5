"""What a comparison says: money, law, conditions, people; every number a Figure."""

from bedspace.appraisal.alone import of_run
from bedspace.appraisal.comparison.side_by_side import side_by_side
from bedspace.appraisal.contents import appraise
from bedspace.appraisal.fee.member_invoice import MemberInvoice, invoice
from bedspace.appraisal.figures.appraisal import SECTIONS, Appraisal
from bedspace.appraisal.figures.figure import (
    Figure,
    Gate,
    Input,
    Number,
    Rule,
    Simulated,
    Taken,
    Value,
    walk,
)
from bedspace.appraisal.figures.tables import Cell, Chart, Datum, Section, Table
from bedspace.appraisal.members.basis import taken_as_met
from bedspace.appraisal.people.held import in_short
from bedspace.appraisal.people.places import when_places_run_out

__all__ = [
    "SECTIONS",
    "Appraisal",
    "Cell",
    "Chart",
    "Datum",
    "Figure",
    "Gate",
    "Input",
    "MemberInvoice",
    "Number",
    "Rule",
    "Section",
    "Simulated",
    "Table",
    "Taken",
    "Value",
    "appraise",
    "in_short",
    "invoice",
    "of_run",
    "side_by_side",
    "taken_as_met",
    "walk",
    "when_places_run_out",
]

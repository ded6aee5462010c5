"""What a comparison says: money, law, conditions, people; every number a Figure."""

from bedspace.appraisal.appraisal import SECTIONS, Appraisal, Cell, Record, Section, Series, Table
from bedspace.appraisal.assemble import appraise
from bedspace.appraisal.basis import taken_as_met
from bedspace.appraisal.bill import Bill, bill
from bedspace.appraisal.figure import (
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
from bedspace.appraisal.places import when_places_run_out
from bedspace.appraisal.side_by_side import side_by_side

__all__ = [
    "SECTIONS",
    "Appraisal",
    "Bill",
    "Cell",
    "Figure",
    "Gate",
    "Input",
    "Number",
    "Record",
    "Rule",
    "Section",
    "Series",
    "Simulated",
    "Table",
    "Taken",
    "Value",
    "appraise",
    "bill",
    "side_by_side",
    "taken_as_met",
    "walk",
    "when_places_run_out",
]

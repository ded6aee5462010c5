"""What a comparison says: money, law, conditions, people; every number a Figure."""

from bedspace.appraise.appraisal import SECTIONS, Appraisal, Cell, Record, Section, Series, Table
from bedspace.appraise.assemble import appraise
from bedspace.appraise.figure import Figure, Gate, Input, Number, Rule, Simulated, Value, walk

__all__ = [
    "SECTIONS",
    "Appraisal",
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
    "Value",
    "appraise",
    "walk",
]

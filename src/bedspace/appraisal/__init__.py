"""What a comparison says: money, law, conditions, people; every number a Figure.

Its names are imported when first used, so that a figure that is kept can be shown without waiting
for what makes figures.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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

_HOMES = {
    "alone": ("of_run",),
    "comparison.side_by_side": ("side_by_side",),
    "contents": ("appraise",),
    "fee.member_invoice": ("MemberInvoice", "invoice"),
    "figures.appraisal": ("SECTIONS", "Appraisal"),
    "figures.figure": (
        "Figure",
        "Gate",
        "Input",
        "Number",
        "Rule",
        "Simulated",
        "Taken",
        "Value",
        "walk",
    ),
    "figures.tables": ("Cell", "Chart", "Datum", "Section", "Table"),
    "members.basis": ("taken_as_met",),
    "people.held": ("in_short",),
    "people.places": ("when_places_run_out",),
}
"""The module of each name."""

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


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])

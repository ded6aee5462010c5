"""What published standards ask of a prison, whom they bind, and whether a measure meets them."""

from bedspace.rules.standards.checks import (
    CELLS,
    check,
    floor_area_per_person,
    measures_of_regime,
)
from bedspace.rules.standards.model import Check, Measure, Standard
from bedspace.rules.standards.table import standards

__all__ = [
    "CELLS",
    "Check",
    "Measure",
    "Standard",
    "check",
    "floor_area_per_person",
    "measures_of_regime",
    "standards",
]

"""What published standards ask of a prison, whom they bind, and whether a reading meets them."""

from bedspace.rules.standards.checks import (
    CELLS,
    check,
    floor_area_per_person,
    readings_of_regime,
)
from bedspace.rules.standards.model import Check, Reading, Standard
from bedspace.rules.standards.table import standards

__all__ = [
    "CELLS",
    "Check",
    "Reading",
    "Standard",
    "check",
    "floor_area_per_person",
    "readings_of_regime",
    "standards",
]

"""What a scenario says of conditions in a facility, as readings that the rules know."""

from __future__ import annotations

from bedspace.rules import standards
from bedspace.rules.standards import CELLS, Reading
from bedspace.scenario.model.estate import Facility, Regime
from bedspace.scenario.values.quantities import Quantity
from bedspace.scenario.values.typed import Flag

_REGIME = ("in_cell", "outdoors", "visits", "meaningful_contact", "separate_categories")
REGIME_WORDS = {"separate_categories": "separation"}
"""Keys of a regime that the standards know by another word."""


def regime_readings(regime: Regime | None) -> dict[str, Reading]:
    """The regime as readings the standards know; what nobody states stays away."""
    if regime is None:
        return {}
    given: dict[str, float | bool | None] = {}
    for key in _REGIME:
        value = getattr(regime, key)
        if isinstance(value, Flag):
            given[REGIME_WORDS.get(key, key)] = value.value
        elif isinstance(value, Quantity):
            # The standard asks whether there is any contact, not how long it lasts.
            hours = value.value
            given[REGIME_WORDS.get(key, key)] = hours > 0 if key == "meaningful_contact" else hours
    return standards.readings_of_regime(given)


def in_a_cell(facility: Facility) -> float | None:
    """People in one cell as stated, or else with every place taken; None where nobody says."""
    if facility.cells is None:
        return None
    if facility.cells.occupants is not None:
        return facility.cells.occupants.value
    count = facility.cells.count.value
    return facility.places.value / count if count > 0 else None


def cell_kind(facility: Facility) -> str | None:
    """ "shared cell" or "single cell"; None where nobody says how many are in one."""
    people = in_a_cell(facility)
    shared, single = CELLS
    return None if people is None else shared if people > 1 else single


def readings(facility: Facility) -> dict[str, Reading]:
    """The regime, and floor area a person with as many in a cell as `in_a_cell` says."""
    found = regime_readings(facility.regime)
    cells, people = facility.cells, in_a_cell(facility)
    if cells is not None and cells.floor is not None and people and cells.floor.value > 0:
        flag = cells.floor_includes_sanitary
        # Where nobody says whether the sanitary area is in it, the area is still no more than this.
        upper = flag is None or flag.value
        area = standards.floor_area_per_person(cells.floor.value, people, upper)
        found["floor_area_per_person"] = area
    return found

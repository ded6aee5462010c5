"""Readings against standards. What is not measured is never met and never missed: it is unknown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bedspace.exceptions import BedspaceError
from bedspace.rules.countries import country, is_member
from bedspace.rules.standards.model import Check, Reading, Standard

_REGIME = {
    "in_cell": ("hours_in_cell", "h/d"),
    "outdoors": ("hours_outdoors", "h/d"),
    "visits": ("visits", "yes or no"),
    "meaningful_contact": ("meaningful_contact", "yes or no"),
    "separation": ("separation_of_categories", "yes or no"),
}

CELLS = ("shared cell", "single cell")
"""Kinds of cell that a standard may be about."""


def floor_area_per_person(
    floor_m2: float, occupants: float, floor_includes_sanitary: bool = False
) -> Reading:
    """Floor area (m2) of a cell over the people in it.

    An upper bound when the floor includes toilets and basins, which the standards leave out.
    Raises BedspaceError unless both are positive.
    """
    if not (floor_m2 > 0 and occupants > 0):
        raise BedspaceError("floor area per person needs a positive floor and somebody in the cell")
    note = "an upper bound: the floor includes the sanitary area" if floor_includes_sanitary else ""
    return Reading(floor_m2 / occupants, "m2", floor_includes_sanitary, note)


def readings_of_regime(regime: Mapping[str, float | bool | None]) -> dict[str, Reading]:
    """A facility's regime (keys of the scenario language) as readings; other keys have no standard.

    Hours are a day's.
    """
    return {
        _REGIME[key][0]: Reading(value, _REGIME[key][1])
        for key, value in regime.items()
        if key in _REGIME
    }


def check(
    readings: Mapping[str, Reading],
    standards: Sequence[Standard],
    receiving: str = "",
    sending: str = "",
    cell: str = "shared cell",
) -> tuple[Check, ...]:
    """One Check for each standard that applies to this kind of cell, in their order.

    `receiving` and `sending` are countries (any word for them), "" when there is none to ask
    about; `cell` is "shared cell" or "single cell".
    """
    checks = []
    for standard in standards:
        if standard.applies_to in CELLS and standard.applies_to != cell:
            continue
        measured = readings.get(standard.measure)
        meets, note = _meets(standard, measured, readings)
        binds = [bool(c) and is_member(country(c), standard.binds) for c in (receiving, sending)]
        checks.append(Check(standard, measured, meets, note, binds[0], binds[1]))
    return tuple(checks)


def _meets(
    standard: Standard, measured: Reading | None, readings: Mapping[str, Reading]
) -> tuple[bool | None, str]:
    if standard.direction is None:
        return None, "names no number, so no measure alone decides it"
    if measured is None or measured.value is None:
        return None, "not measured"
    meets = _compare(standard, measured.value)
    if measured.is_upper_bound and meets is (standard.direction == "at least"):
        return None, "only an upper bound is known, and it decides nothing here"
    if standard.unless and not meets:
        saving = readings.get(standard.unless)
        if saving is None or saving.value is None:
            return None, f"reached, but {_words(standard.unless)} is not measured"
        if saving.value is True:
            return True, f"reached, but with {_words(standard.unless)}"
        return False, f"reached, without {_words(standard.unless)}"
    return (
        meets,
        f"certain, for it is {measured.note}" if measured.is_upper_bound else measured.note,
    )


def _compare(standard: Standard, value: float | bool) -> bool:
    if standard.direction == "is true":
        return value is True
    limit = standard.threshold
    assert limit is not None  # the table refuses such a direction without one
    if standard.direction == "at least":
        return value >= limit
    return value <= limit if standard.direction == "at most" else value < limit


def _words(measure: str) -> str:
    return measure.replace("_", " ")

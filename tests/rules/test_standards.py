"""Standards: what they bind, and when a reading meets, misses or leaves them open."""

from __future__ import annotations

import pytest

from bedspace.exceptions import BedspaceError
from bedspace.rules import countries, standards
from bedspace.rules.standards.table import standard

TABLE = {s.id: s for s in standards.standards()}


def meets(id_: str, **measures: standards.Reading) -> bool | None:
    kind = TABLE[id_].applies_to
    cell = kind if kind in ("shared cell", "single cell") else "shared cell"
    (check,) = standards.check(measures, [TABLE[id_]], cell=cell)
    return check.meets


@pytest.mark.parametrize(
    ("occupants", "area"), [(65, 1.54), (70, 1.43), (80, 1.25), (100, 1.00), (156, 0.64)]
)
def test_a_hundred_square_metres_shared(occupants: int, area: float) -> None:
    reading = standards.floor_area_per_person(100, occupants, floor_includes_sanitary=True)
    assert isinstance(reading.value, float) and round(reading.value, 2) == area
    assert reading.is_upper_bound
    for id_ in ("mursic-3", "mursic-4", "cpt-shared-4", "icrc-3.4"):
        assert meets(id_, floor_area_per_person=reading) is False


def test_an_upper_bound_above_the_threshold_decides_nothing() -> None:
    bound = standards.floor_area_per_person(100, 20, floor_includes_sanitary=True)
    known = standards.floor_area_per_person(100, 20)
    assert meets("mursic-4", floor_area_per_person=bound) is None
    assert meets("mursic-4", floor_area_per_person=known) is True


def test_between_three_and_four_square_metres() -> None:
    area = standards.floor_area_per_person(35, 10)
    assert meets("mursic-3", floor_area_per_person=area) is True
    assert meets("icrc-3.4", floor_area_per_person=area) is True
    assert meets("mursic-4", floor_area_per_person=area) is False


def test_the_threshold_itself_is_enough() -> None:
    assert meets("mursic-3", floor_area_per_person=standards.floor_area_per_person(30, 10)) is True


def test_a_shared_cell_is_not_asked_for_a_single_ones_area() -> None:
    area = {"floor_area_per_person": standards.floor_area_per_person(50, 10)}
    shared = {c.standard.id for c in standards.check(area, standards.standards())}
    single = {
        c.standard.id for c in standards.check(area, standards.standards(), cell="single cell")
    }
    assert "cpt-single-6" not in shared and "cpt-shared-4" in shared
    assert "cpt-single-6" in single and "cpt-shared-4" not in single


def test_solitary_confinement_is_hours_and_contact() -> None:
    def regime(**values: float | bool | None) -> bool | None:
        return meets("mandela-44", **standards.readings_of_regime(values))

    assert regime(in_cell=23.5) is None
    assert regime(in_cell=23.5, meaningful_contact=True) is True
    assert regime(in_cell=23.5, meaningful_contact=False) is False
    assert regime(in_cell=22, meaningful_contact=False) is False
    assert regime(in_cell=21.9, meaningful_contact=False) is True
    assert regime(meaningful_contact=False) is None


def test_an_upper_bound_on_a_limit_from_above() -> None:
    def days(value: float) -> bool | None:
        return meets("mandela-43", days_in_solitary=standards.Reading(value, "d", True))

    assert days(15) is True and days(16) is None


def test_outdoors_and_visits() -> None:
    held = standards.readings_of_regime({"outdoors": 0, "visits": False, "lights_on": 24})
    assert set(held) == {"hours_outdoors", "visits"}
    assert meets("mandela-23", **held) is False and meets("mandela-58", **held) is False
    assert meets("mandela-23", hours_outdoors=standards.Reading(1, "h/d")) is True
    assert meets("mandela-58", visits=standards.Reading(None, "yes or no")) is None


def test_whom_each_binds() -> None:
    def bound(receiving: str, sending: str) -> tuple[set[str], set[str]]:
        checks = standards.check({}, standards.standards(), receiving, sending)
        return (
            {c.standard.id for c in checks if c.binds_receiver},
            {c.standard.id for c in checks if c.binds_sender},
        )

    assert bound("El Salvador", "usa") == (
        {"american-convention"},
        {"eighth-amendment", "rhodes-v-chapman"},
    )
    assert bound("estonia", "sweden") == ({"mursic-3", "mursic-4"}, {"mursic-3", "mursic-4"})
    assert bound("", "") == (set(), set())


def test_a_standard_without_a_number_is_never_decided() -> None:
    bare = [s for s in standards.standards() if s.direction is None]
    assert {"american-convention", "eighth-amendment", "rhodes-v-chapman"} <= {s.id for s in bare}
    given = {s.measure: standards.Reading(1.0, "") for s in bare}
    assert {c.meets for c in standards.check(given, bare)} == {None}


def test_what_is_not_measured_is_open() -> None:
    checks = standards.check({}, standards.standards())
    assert {c.meets for c in checks} == {None} and all(c.note for c in checks)


def test_the_council_of_europe_has_46_members_and_neither_party_of_the_offer() -> None:
    groups = countries.read("bedspace.rules", "countries.yaml")["groups"]
    members = groups["council-of-europe"]["members"]
    assert len(set(members)) == 46
    assert not {"el-salvador", "united-states", "kosovo"} & set(members)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"direction": "above"}, "direction is one of"),
        ({"threshold": None}, "a threshold goes with a direction"),
        ({"direction": None}, "a threshold goes with a direction"),
        ({"binds": []}, "binds somebody"),
        ({"citation": ""}, "citation missing"),
        ({"grade": "V"}, "grade 'V'"),
        ({"treshold": 3}, "unknown treshold"),
    ],
)
def test_a_bad_standard_is_refused(change: dict[str, object], message: str) -> None:
    row = countries.read("bedspace.rules.standards", "standards.yaml")["mursic-3"]
    with pytest.raises(BedspaceError, match=message):
        standard("mursic-3", row | change)


@pytest.mark.parametrize(("floor", "occupants"), [(0, 5), (100, 0), (-1, 5)])
def test_an_empty_cell_has_no_area_a_person(floor: float, occupants: float) -> None:
    with pytest.raises(BedspaceError, match="positive floor"):
        standards.floor_area_per_person(floor, occupants)

"""Where people are placed: nearest, by security, in estates; counted day by day by hand."""

from __future__ import annotations

import numpy as np
import pytest

from bedspace import compile as compiler
from bedspace import engine
from bedspace.engine import Plan
from bedspace.scenario import uncertain, with_values
from tests.compile.made import GROUP, made, named, plan

HOME = "systems/home"
FACILITIES = f"{HOME}/facilities"
EMPTY: dict[str, str | None] = {
    "agreements": None,
    f"{HOME}/pathways/usual": "{sentenced: {stay: {fixed: 30 d}}}",
    f"{GROUP}/stock": None,
    f"{GROUP}/admissions": None,
}


def allowed(found: Plan, group: str = "all", stage: str = "sentenced") -> tuple[str, ...]:
    """The places of a stage, in the order in which they are tried."""
    places: tuple[str, ...] = named(found.stages, f"home/{group}/{stage}").places
    return tuple(place.removeprefix("home/") for place in places)


def held(found: Plan, engine_name: str = "kernel") -> list[dict[str, int]]:
    """People by place at the end of each day, places without anybody left out."""
    names = [place.name.removeprefix("home/") for place in found.places]
    rows = engine.simulate(found, 1, 0, engine_name).population
    return [{name: int(n) for name, n in zip(names, row, strict=True) if n} for row in rows]


# --- nearest -------------------------------------------------------------------------------------

NEAR = {
    **EMPTY,
    f"{HOME}/placement": "nearest",
    FACILITIES: "{a: {places: 10}, b: {places: 6}, c: {places: 100}}",
    f"{HOME}/groups": "{north: {pathway: usual, distances: {a: 300 km, b: 20 km, c: 90.5 km}, "
    "admissions: {cumulative: {2025-01-01: 8}}}, "
    "south: {pathway: usual, distances: {a: 10 km, b: 500 km, c: 200 km}, "
    "admissions: {cumulative: {2025-01-02: 14}}}}",
}
"""Eight people from the north on the first day; seven from the south on each of the first two."""


@pytest.mark.parametrize("engine_name", ["kernel", "reference"])
def test_people_go_to_the_nearest_facility_with_room(engine_name: str) -> None:
    found = plan(NEAR)
    assert allowed(found, "north") == ("b", "c", "a")
    assert allowed(found, "south") == ("a", "c", "b")
    # North: six to b, the other two to c. South: seven to a; then three, and four to c.
    days = held(found, engine_name)
    assert days[0] == {"a": 7, "b": 6, "c": 2}
    assert days[1] == days[29] == {"a": 10, "b": 6, "c": 6}
    assert days[30] == {"a": 3, "c": 4}
    assert days[31] == {}


def test_of_two_at_one_distance_the_first_of_the_list() -> None:
    group = "{pathway: usual, distances: {a: 9 km, b: 9 km, c: 3 km}"
    found = plan({**NEAR, f"{HOME}/groups": f"{{one: {group}, facilities: [b, a]}}}}"})
    assert allowed(found, "one") == ("b", "a")
    found = plan({**NEAR, f"{HOME}/groups": f"{{one: {group}}}}}"})
    assert allowed(found, "one") == ("c", "a", "b")


def test_a_distance_may_be_uncertain() -> None:
    far = "{value: 50 km, low: 10 km, high: 200 km}"
    group = f"{{pathway: usual, distances: {{a: {far}, b: 60 km, c: 1 km}}}}"
    scn = made({**NEAR, f"{HOME}/groups": f"{{one: {group}}}"})
    (path,) = uncertain(scn)
    assert path == "home.groups.one.distances.a"
    assert allowed(compiler.plan(scn), "one") == ("c", "a", "b")
    assert allowed(compiler.plan(with_values(scn, {path: 61.0})), "one") == ("c", "b", "a")


# --- by security ---------------------------------------------------------------------------------

SECURE = {
    **EMPTY,
    f"{HOME}/placement": "by-security",
    f"{HOME}/security_levels": "[open, closed, high]",
    FACILITIES: "{castle: {places: 100, security: high}, farm: {places: 5, security: open}, "
    "gate: {places: 3, security: closed}, hall: {places: 4, security: closed}}",
    f"{HOME}/groups": "{any: {pathway: usual, admissions: {cumulative: {2025-01-01: 7}}}, "
    "guarded: {pathway: usual, security: closed, admissions: {cumulative: {2025-01-01: 9}}}, "
    "worst: {pathway: usual, security: high, admissions: {cumulative: {2025-01-01: 2}}}}",
}


@pytest.mark.parametrize("engine_name", ["kernel", "reference"])
def test_people_are_held_at_the_lowest_level_that_will_do(engine_name: str) -> None:
    found = plan(SECURE)
    assert allowed(found, "any") == ("farm", "gate", "hall", "castle")
    assert allowed(found, "guarded") == ("gate", "hall", "castle")
    assert allowed(found, "worst") == ("castle",)
    # By name, any first: five to the farm, two of the gate's three; then one there, four in the
    # hall, and the last four in the castle beside the two who must be there.
    assert held(found, engine_name)[0] == {"farm": 5, "gate": 3, "hall": 4, "castle": 6}


def test_nobody_is_held_below_their_level_however_full() -> None:
    # The castle has one place. Three of the guarded are crowded in: gate, hall, castle by turns, as
    # all three are as full; and both of the worst in the castle.
    full = {**SECURE, FACILITIES: str(SECURE[FACILITIES]).replace("places: 100", "places: 1")}
    assert held(plan(full))[0] == {"farm": 5, "gate": 4, "hall": 5, "castle": 4}


def test_a_level_holds_under_every_rule_and_for_the_list_of_a_stage() -> None:
    for rule, order in {
        "least-full": ("castle", "gate", "hall"),
        "in-order": ("castle", "gate", "hall"),
        "nearest": ("hall", "castle", "gate"),
    }.items():
        groups = "{one: {pathway: usual, security: closed, "
        groups += "distances: {castle: 2 km, gate: 3 km, hall: 1 km, farm: 0 km}}}"
        found = plan({**SECURE, f"{HOME}/placement": rule, f"{HOME}/groups": groups})
        assert allowed(found, "one") == order
        wanted = "least-full" if rule == "least-full" else "in-order"
        assert named(found.stages, "home/one/sentenced").rule == wanted
    stage = f"{HOME}/pathways/usual/sentenced/facilities"
    found = plan({**SECURE, stage: "[castle, farm, hall]"})
    assert allowed(found, "guarded") == ("hall", "castle")


def test_a_word_for_security_is_only_a_word_without_levels() -> None:
    found = plan({f"{FACILITIES}/old/security": "maximum"})
    assert allowed(found) == ("new", "old")


# --- estates by sex and age ----------------------------------------------------------------------


def test_estates_by_sex_and_age_never_mix() -> None:
    # Eleven women for ten places: one is crowded in, and the men's places stay empty.
    estates = {
        **EMPTY,
        FACILITIES: "{men: {places: 50}, women: {places: 10}, young: {places: 5}}",
        f"{HOME}/groups": "{"
        + ", ".join(
            f"{name}: {{pathway: usual, attributes: {{sex: {sex}, age: {age}}}, "
            f"facilities: [{name}], admissions: {{cumulative: {{2025-01-01: {people}}}}}}}"
            for name, sex, age, people in (
                ("men", "male", "adult", 7),
                ("women", "female", "adult", 11),
                ("young", "male", "under-18", 2),
            )
        )
        + "}",
    }
    outcome = engine.simulate(plan(estates), 1, 0)
    assert held(plan(estates))[0] == {"men": 7, "women": 11, "young": 2}
    by_place = dict(zip(("men", "women", "young"), outcome.over[:, -3:].sum(axis=0), strict=True))
    assert by_place == {"men": 0, "women": 30, "young": 0}
    assert np.all(outcome.diverted == 0)

"""Agreements as transfers and rented places."""

import pytest

from bedspace import compile as compiler
from bedspace import engine
from bedspace.engine import Place, Plan, Transfer
from bedspace.scenario import with_values
from tests.compile.made import LEASE, made, named, plan

RENTED = "abroad/tower@lease"
MARCH, JUNE, SEPTEMBER = 59, 151, 243
"""Days of 2025-03-01, 2025-06-01 and 2025-09-01."""


def lease(changes: dict[str, str | None] | None = None) -> Transfer:
    (found,) = plan({f"{LEASE}/{key}": text for key, text in (changes or {}).items()}).transfers
    return found


def places(found: Plan) -> dict[int, float]:
    return dict(named(found.places, RENTED).capacity)


def test_what_is_not_said() -> None:
    assert lease() == Transfer(
        "lease", RENTED, ("home/all/sentenced",), MARCH, SEPTEMBER, allowed=(1.0,)
    )


def test_every_term() -> None:
    found = lease(
        {
            "eligible/remaining": "{min: 180.5 d}",
            "selection": "35 %",
            "consent": "80 %",
            "blocked": "5 %",
            "delay": "30.2 d",
            "transfers": "2.5 / day",
            "return_before_release": "30 d",
            "at_end": "leave",
        }
    )
    assert found == Transfer(
        "lease",
        RENTED,
        ("home/all/sentenced",),
        MARCH,
        SEPTEMBER,
        min_remaining=181,
        allowed=(1.0,),
        selected=0.35,
        consenting=0.8,
        blocked=0.05,
        per_day=2.5,
        delay=31,
        home_before=30,
        at_end="leave",
    )


@pytest.mark.parametrize(
    ("back", "least", "days"),
    [("30 d", None, 31), ("30 d", "20 d", 31), ("30 d", "90 d", 90), (None, "90 d", 90)],
)
def test_who_goes_has_more_left_than_the_days_before_release(
    back: str | None, least: str | None, days: int
) -> None:
    changes: dict[str, str | None] = {}
    if back:
        changes["return_before_release"] = back
    if least:
        changes["eligible/remaining"] = f"{{min: {least}}}"
    assert lease(changes).min_remaining == days


def test_rented_places_lie_within_their_prison_and_only_in_the_term() -> None:
    found = plan()
    assert named(found.places, RENTED) == Place(
        RENTED, ((0, 0), (MARCH, 40), (SEPTEMBER, 0)), within="abroad/tower"
    )
    assert named(found.places, "abroad/tower") == Place("abroad/tower", ((0, 90),))
    assert all(RENTED not in stage.places for stage in found.stages)


def test_an_early_end_ends_the_places_and_says_what_becomes_of_people() -> None:
    early = {f"{LEASE}/ends_early": "{on: 2025-06-01, then: leave}"}
    (transfer,) = plan(early).transfers
    assert (transfer.end, transfer.at_end) == (JUNE, "leave")
    assert places(plan(early)) == {0: 0, MARCH: 40, JUNE: 0}
    early[f"{LEASE}/ends_early"] = "{on: 2025-06-01}"
    early[f"{LEASE}/at_end"] = "leave"
    (transfer,) = plan(early).transfers
    assert (transfer.end, transfer.at_end) == (JUNE, "return")


def test_an_early_end_on_the_last_day_of_all_still_says_what_becomes_of_people() -> None:
    (transfer,) = plan({f"{LEASE}/ends_early": "{on: 2025-09-01, then: leave}"}).transfers
    assert (transfer.end, transfer.at_end) == (SEPTEMBER, "leave")


@pytest.mark.parametrize(
    ("first", "until", "steps"),
    [
        ("2024-06-01", "2025-03-01", {0: 40, MARCH: 0}),
        ("2025-03-01", "2027-01-01", {0: 0, MARCH: 40}),
        ("2024-06-01", "2027-01-01", {0: 40}),
        ("2024-06-01", "2024-09-01", {0: 0}),
        ("2026-06-01", "2027-01-01", {0: 0}),
    ],
)
def test_terms_that_reach_beyond_the_run(first: str, until: str, steps: dict[int, float]) -> None:
    found = plan({f"{LEASE}/from": first, f"{LEASE}/until": until})
    naive, value = {}, -1.0
    for day, now in sorted(places(found).items()):
        if now != value:
            naive[day] = value = now
    assert naive == steps
    engine.simulate(found, 1, 0)  # it holds together


def test_a_prison_has_no_places_before_it_opens() -> None:
    changed = {
        "systems/home/facilities/new": "{places: 500, opens: 2025-03-01}",
        "measures/m": "{on: 2025-02-01, set: {home.facilities.new.places: 600}}",
    }
    assert named(plan(changed).places, "home/new").capacity == ((0, 0), (MARCH, 600))
    changed["measures/m"] = "{on: 2025-06-01, set: {home.facilities.new.places: 600}}"
    steps = named(plan(changed).places, "home/new").capacity
    assert steps == ((0, 0), (MARCH, 500), (JUNE, 600))


def test_an_agreement_left_out_is_left_out_with_its_measures() -> None:
    text = "{on: 2025-06-01, set: {agreements.lease.places: 60}}"
    scn = made({"measures/m": text})
    assert places(compiler.plan(scn)) == {0: 0, MARCH: 40, JUNE: 60, SEPTEMBER: 0}
    without = compiler.plan(scn.model_copy(update={"agreements": {}}))
    assert without == plan({"agreements": None})
    assert without.transfers == () and [p.name for p in without.places] == [
        "abroad/tower",
        "home/new",
        "home/old",
    ]


def test_two_agreements_stand_side_by_side_by_name() -> None:
    changes: dict[str, str | None] = {
        "agreements/earlier": "{sending: home, receiving: abroad, facility: tower, places: 5, "
        "from: 2025-02-01, until: 2025-12-01, eligible: {groups: [all], stages: [remand]}}"
    }
    found = plan(changes)
    assert [t.name for t in found.transfers] == ["earlier", "lease"]
    assert [p.name for p in found.places if p.within] == ["abroad/tower@earlier", RENTED]


# --- renewal -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "early", "end", "then"),
    [
        (92.0, None, JUNE, "return"),
        (500.0, None, SEPTEMBER, "return"),
        (92.0, "{on: 2025-07-01, then: leave}", JUNE, "return"),
        (150.0, "{on: 2025-06-01, then: leave}", JUNE, "leave"),
        (92.0, "{on: 2025-06-01, then: leave}", JUNE, "leave"),
    ],
)
def test_an_agreement_lapses_at_the_renewal_that_fails(
    days: float, early: str | None, end: int, then: str
) -> None:
    changes: dict[str, str | None] = {f"{LEASE}/renewal": "{every: 30 d, chance: 90 %}"}
    if early:
        changes[f"{LEASE}/ends_early"] = early
    scn = made(changes)
    found = compiler.plan(with_values(scn, {"agreements.lease.renewal": days}))
    (transfer,) = found.transfers
    assert (transfer.first, transfer.end, transfer.at_end) == (MARCH, end, then)
    assert places(found) == {0: 0, MARCH: 40, end: 0}


def test_without_a_draw_every_renewal_succeeds() -> None:
    assert lease({"renewal": "{every: 30 d, chance: 0 %}"}).end == SEPTEMBER

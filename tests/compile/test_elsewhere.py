"""People held elsewhere for want of a place, by hand."""

import numpy as np

from bedspace import engine
from tests.compile.made import GROUP, USUAL, named, plan

CELLS = {
    "systems/home/when_full": "{elsewhere: cells}",
    "systems/home/facilities": "{old: {places: 70}, cells: {places: 5}}",
    "agreements": None,
}


def test_the_facility_is_nobodys_place_but_for_want_of_one() -> None:
    found = plan(CELLS)
    for stage in ("remand", "sentenced"):
        made = named(found.stages, f"home/all/{stage}")
        assert (made.places, made.when_full, made.elsewhere) == (
            ("home/old",),
            "elsewhere",
            "home/cells",
        )
    assert named(found.places, "home/cells").capacity == ((0, 5.0),)
    crowded = named(plan().stages, "home/all/remand")
    assert (crowded.when_full, crowded.elsewhere) == ("crowd", None)


def test_they_move_on_as_soon_as_there_is_room() -> None:
    # A hundred people arrive on the first day and 30 on the twentieth, for 60 days each; the prison
    # holds 70. Of the first 30 wait elsewhere, then 60, until on day 60 the first hundred leave.
    found = plan(
        {
            **CELLS,
            f"{GROUP}/stock": None,
            f"{GROUP}/admissions": "{cumulative: {2025-01-01: 100, 2025-01-20: 100, "
            "2025-01-21: 130}}",
            f"{USUAL}/remand/stay": "{fixed: 60 d}",
            f"{USUAL}/remand/exits": "{released: 100 %}",
            f"{USUAL}/sentenced": None,
        }
    )
    people = engine.simulate(found, 1, 0).population
    cells, prison = (
        people[:, [p.name for p in found.places].index(f"home/{name}")] for name in ("cells", "old")
    )
    steps = [0, *(np.flatnonzero(np.diff(prison) | np.diff(cells)) + 1)]
    assert [(int(day), int(prison[day]), int(cells[day])) for day in steps] == [
        (0, 70, 30),
        (20, 70, 60),
        (60, 30, 0),
        (80, 0, 0),
    ]

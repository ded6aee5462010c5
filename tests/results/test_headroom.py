"""When places run out, by hand: two prisons, a rented wing, police cells, a prison not yet open."""

from __future__ import annotations

import numpy as np

from bedspace.engine import Cohort, Exit, Place, Plan, Stage, simulate, stays
from bedspace.results.headroom import Headroom, headroom

OUT = (Exit("released", 1.0),)


def plan_of(stage: Stage, *places: Place, days: int = 4) -> Plan:
    return Plan(days, (Cohort("land/all/new", stage.name),), (stage,), places)


def look(plan: Plan, population: list[list[int]], capacity: list[list[int]]) -> Headroom:
    return headroom(plan, np.array(population, dtype=np.int32), np.array(capacity, dtype=np.int32))


def column(seen: Headroom, facility: str | None) -> tuple[list, list, list]:
    i = seen.whom.index(("land", facility))
    return seen.free[:, i].tolist(), seen.full[:, i].tolist(), seen.short[:, i].tolist()


STAGE = Stage("land/all/term", stays.Fixed(9), OUT, places=("land/new", "land/old"))


def test_a_system_is_full_when_every_facility_is() -> None:
    """The old prison is two above on day 1, while the new one has three free: short of two places
    where they are, but not out of places. On day 2 both are full. On day 3 one is let out."""
    plan = plan_of(STAGE, Place("land/new", ((0, 10),)), Place("land/old", ((0, 20),)))
    seen = look(plan, [[5, 19], [7, 22], [10, 20], [9, 20]], [[10, 20]] * 4)
    assert seen.whom == (("land", None), ("land", "new"), ("land", "old"))
    assert column(seen, None) == ([6, 3, 0, 1], [False, False, True, False], [0, 2, 0, 0])
    assert column(seen, "new") == ([5, 3, 0, 1], [False, False, True, False], [0, 0, 0, 0])
    assert column(seen, "old") == ([1, 0, 0, 0], [False, True, True, True], [0, 2, 0, 0])


def test_an_estate_is_full_while_others_have_room() -> None:
    """Women have one wing: it is full on day 1, both prisons of the men on day 2, all on day 3."""
    women = Stage("land/women/term", stays.Fixed(9), OUT, places=("land/wing",))
    plan = Plan(
        4,
        (Cohort("land/all/new", STAGE.name),),
        (STAGE, women),
        (*(Place(f"land/{name}", ((0, 10),)) for name in ("new", "old", "wing")),),
    )
    seen = look(plan, [[9, 10, 9], [9, 10, 10], [10, 10, 9], [11, 10, 10]], [[10, 10, 10]] * 4)
    assert column(seen, None)[1] == [False, False, False, True]
    assert seen.refused[:, 0].tolist() == [False, True, True, True]
    assert seen.refused[:, 3].tolist() == column(seen, "wing")[1] == [False, True, False, True]


def test_a_prison_without_places_is_full_only_if_somebody_is_in_it() -> None:
    """Not yet open, opened for ten, closed with two still inside, empty."""
    plan = plan_of(STAGE, Place("land/new", ((0, 10),)), Place("land/old", ((0, 20),)))
    seen = look(plan, [[0, 20], [4, 20], [2, 19], [0, 0]], [[0, 20], [10, 20], [0, 20], [0, 0]])
    assert column(seen, "new") == ([0, 6, 0, 0], [False, False, True, False], [0, 0, 2, 0])
    assert column(seen, None)[1] == [True, False, False, False]


def test_rented_places_are_the_facility_s() -> None:
    plan = plan_of(
        STAGE,
        Place("land/new", ((0, 10),)),
        Place("land/new@lease", ((0, 4),), within="land/new"),
        Place("land/old", ((0, 20),)),
    )
    seen = look(plan, [[6, 3, 20], [6, 4, 20], [8, 4, 20], [6, 0, 20]], [[10, 4, 20]] * 4)
    assert column(seen, "new") == ([1, 0, 0, 4], [False, True, True, False], [0, 0, 2, 0])
    assert column(seen, None)[1] == [False, True, True, False]


def test_who_is_held_elsewhere_is_short_of_a_place() -> None:
    """The cells' own places are no prison places: with three in them the system is short of three,
    the cells of one (they are for two)."""
    stage = Stage(
        "land/all/term",
        stays.Fixed(9),
        OUT,
        places=("land/old",),
        when_full="elsewhere",
        elsewhere="land/cells",
    )
    plan = plan_of(stage, Place("land/cells", ((0, 2),)), Place("land/old", ((0, 20),)))
    seen = look(plan, [[0, 18], [0, 20], [3, 20], [2, 19]], [[2, 20]] * 4)
    assert column(seen, None) == ([2, 0, 0, 1], [False, True, True, False], [0, 0, 3, 2])
    assert column(seen, "cells") == ([2, 2, 0, 0], [False, False, True, True], [0, 0, 1, 0])


def test_the_day_is_the_same_by_every_rule() -> None:
    """The same people and luck: the first day without a free place does not depend on what is then
    done with those who come, for until then nothing is done."""
    days = set()
    for when_full in ("crowd", "divert", "elsewhere"):
        stage = Stage(
            "land/all/term",
            stays.Lognormal(40, 1.0),
            OUT,
            places=("land/old",),
            when_full=when_full,
            elsewhere="land/cells" if when_full == "elsewhere" else None,
        )
        plan = Plan(
            200,
            (Cohort("land/all/new", stage.name, rate=((0, 2.0),)),),
            (stage,),
            (Place("land/cells", ((0, 0),)), Place("land/old", ((0, 60),))),
        )
        capacity = np.tile(np.array([0, 60], dtype=np.int32), (200, 1))
        seen = headroom(plan, simulate(plan, 1, 0).population, capacity)
        days.add(int(np.argmax(seen.full[:, 0])))
    assert len(days) == 1 and days.pop() > 10

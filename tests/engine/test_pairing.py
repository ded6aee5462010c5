"""What common luck is worth: paths that nothing disturbs, and differences with little noise."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from bedspace.engine import Cohort, Exit, Place, Stage, simulate, stays
from tests.engine.plans import canonical, lives, timings
from tests.engine.test_addressing import BASE, nouns, plan_of, run


def test_one_more_facility_that_is_not_needed_changes_no_path() -> None:
    """Places are taken in a fixed order and the first has room: with one more at the end of the
    list, or a closed one at its head, everybody is in the same stage and place on the same day."""
    fixed = nouns()
    fixed["stages"] = [replace(s, rule="in-order") for s in fixed["stages"]]
    before = plan_of(fixed)
    paths = lives(before, run(before))
    for name, room, where in (("a-wing", 500, -1), ("z-wing", 0, 0)):
        more = {**fixed, "places": [*fixed["places"], Place(name, ((0, room),))]}
        more["stages"] = [
            replace(s, places=(*s.places, name) if where else (name, *s.places)) if s.inside else s
            for s in fixed["stages"]
        ]
        after = plan_of(more)
        assert lives(after, run(after)) == paths


def test_one_more_stage_on_the_way_keeps_every_other_stay() -> None:
    """A hostel between sentence and liberty: people come out later, and what they then do falls on
    other days, but every stay that they had lasts as long as before and ends the same way."""
    out = (Exit("released", 1.0, "liberty"),)
    hostel = Stage("hostel", stays.Gamma(15, 2.0), out, places=("x",))
    more = nouns()
    more["places"].append(Place("x", ((0, 500),)))
    sentenced = more["stages"][1]
    through = (replace(sentenced.exits[0], to="hostel"), sentenced.exits[1])
    more["stages"][1] = replace(sentenced, exits=through)
    more["stages"].append(hostel)
    plan = plan_of(more)

    def lasting(life: list[tuple]) -> dict[tuple, int]:
        """Days in each stage of each spell, the hostel left out."""
        return {a[1:]: b[0] - a[0] for a, b in pairwise(life) if a[2] != "hostel"}

    def ways(life: list[tuple]) -> dict[tuple, str | None]:
        """What followed each stage of each spell, the hostel left out."""
        return {a[1:]: b[2] for a, b in pairwise(x for x in life if x[2] != "hostel")}

    before, after = timings(BASE, run(BASE)), timings(plan, run(plan))
    assert set(before) == set(after)
    compared = 0
    for who, life in before.items():  # later in the run, so some things are yet to come
        assert lasting(after[who]).items() <= lasting(life).items()
        assert ways(after[who]).items() <= ways(life).items()
        compared += len(lasting(after[who]))
    assert compared > 800
    assert sum(any(stage == "hostel" for _, _, stage in life) for life in after.values()) > 80


LAWS = {
    "exponential": lambda mean: stays.Exponential(mean),
    "lognormal": lambda mean: stays.Lognormal(mean, 1.0),
    "weibull": lambda mean: stays.Weibull(mean, 0.7),
    "mixture": lambda mean: stays.Mixture(
        ((0.6, stays.Exponential(mean / 4)), (0.4, stays.Lognormal(2.125 * mean, 0.7)))
    ),
    "fixed": lambda mean: stays.Fixed(mean),
}


@pytest.mark.parametrize("law", LAWS.values(), ids=LAWS)
def test_a_tenth_on_the_mean_stay_is_seen_with_a_tenth_of_the_variance(law) -> None:
    """The mean stay moves by 10 %: over 100 pairs the difference in person-days has at most a tenth
    of the variance on the same persons that it has between strangers. Prisons are full and crowd,
    half of the people were there at the start."""

    def person_days(mean: float, first: int) -> np.ndarray:
        stages = [Stage("term", law(mean), (Exit("out", 1.0),), places=("north", "south"))]
        cohorts = [
            Cohort("stock", "term", size=60),
            Cohort("flow", "term", rate=((0, 1.5),)),
        ]
        places = [Place("north", ((0, 20),)), Place("south", ((0, 30),))]
        plan = canonical(150, cohorts, stages, places)
        runs = range(first, first + 100)
        return np.array([simulate(plan, 3, r).person_days.sum() for r in runs], dtype=float)

    base = person_days(40, 0)
    paired, unpaired = person_days(44, 0) - base, person_days(44, 1000) - base
    assert paired.var() <= 0.1 * unpaired.var()
    assert np.all(paired > 0)

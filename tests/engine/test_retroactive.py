"""Measures that reach people already inside, each against dates and numbers worked out by hand.

The rule: whoever is in the stage keeps their own position in the law (longer than 70 % of people,
say), and it is read in the law now in force. Whose new end is past leaves on the day of the change.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from bedspace.engine import (
    Change,
    Cohort,
    Exit,
    Place,
    Plan,
    Queue,
    Stage,
    Transfer,
    simulate,
    stays,
)
from tests.engine.analytic import OUT, area, copies, survival
from tests.engine.plans import canonical, timings

ROOM = Place("prison", ((0, 1000),))
engines = pytest.mark.parametrize("engine", ["kernel", "reference"])


def held(stay: stays.LawOfStay, name: str = "term", **more) -> Stage:
    return Stage(name, stay, OUT, places=("prison",), **more)


def one_a_day(until: int = 60) -> Cohort:
    return Cohort("one a day", "term", rate=((0, 1.0), (until, 0.0)), spread="even")


def released(plan: Plan, engine: str) -> dict[int, int]:
    """Day of leaving by day of arrival; of a stock (which all arrived on -1) the last day."""
    outcome = simulate(plan, 1, 0, engine, trace=True)
    return {
        arrived: life[-1][0]
        for (_, arrived, _), life in sorted(timings(plan, outcome).items())
        if life[-1][2] is None
    }


def with_changes(*changes: Change, stay: stays.LawOfStay, days: int = 300, **more) -> Plan:
    return canonical(days, [one_a_day()], [held(stay, **more)], [ROOM], [], [], list(changes))


@engines
def test_shorter_for_everybody_inside(engine: str) -> None:
    """100 days become 60 on day 90. Arrived on day 0 to 30: the 60 are over, out on day 90; later:
    60 days after arrival."""
    out = released(
        with_changes(
            Change("m", 90, "term", stay=stays.Fixed(60), reach="inside"), stay=stays.Fixed(100)
        ),
        engine,
    )
    assert out == {arrived: max(90, arrived + 60) for arrived in range(60)}


@engines
def test_who_has_left_is_not_called_back(engine: str) -> None:
    """40 days become 100 on day 50. Arrived up to day 9: gone by then. From day 10 on: 100 days,
    for changes come first in a day, and who would have left on it is still there."""
    out = released(
        with_changes(
            Change("m", 50, "term", stay=stays.Fixed(100), reach="inside"), stay=stays.Fixed(40)
        ),
        engine,
    )
    assert out == {arrived: arrived + (40 if arrived < 10 else 100) for arrived in range(60)}


@engines
def test_one_change_after_another(engine: str) -> None:
    """100 days, 80 from day 70 on, 90 from day 95 on. Arrived on day 10: 80 days end on day 90,
    before the second. Arrived on day 20: the second takes the 80 to 90, day 110."""
    changes = (
        Change("a", 70, "term", stay=stays.Fixed(80), reach="inside"),
        Change("b", 95, "term", stay=stays.Fixed(90), reach="inside"),
    )
    out = released(with_changes(*changes, stay=stays.Fixed(100)), engine)
    assert out == {arrived: arrived + (80 if arrived + 80 < 95 else 90) for arrived in range(60)}


@engines
def test_new_people_and_people_inside(engine: str) -> None:
    """Reach "new": who came before day 30 keeps 100 days; who comes from then on has 60. A second
    change on day 40 that reaches those inside and says the same takes all to 60."""
    new = Change("a", 30, "term", stay=stays.Fixed(60))
    out = released(with_changes(new, stay=stays.Fixed(100)), engine)
    assert out == {arrived: arrived + (100 if arrived < 30 else 60) for arrived in range(60)}
    then = Change("b", 40, "term", stay=stays.Fixed(60), reach="inside")
    out = released(with_changes(new, then, stay=stays.Fixed(100)), engine)
    assert out == {arrived: arrived + 60 for arrived in range(60)}


@engines
def test_time_served_before_the_run_counts(engine: str) -> None:
    """30 of 100 days served on day 0. Half the sentence from day 15 on: out on day 20 (50 - 30);
    from day 25 on: at once; a quarter more from day 15 on: on day 95 (125 - 30)."""
    stock = Cohort("stock", "term", size=5, served=stays.Fixed(30))
    for day, stay, wanted in ((15, 50, 20), (25, 50, 25), (15, 125, 95)):
        change = Change("m", day, "term", stay=stays.Fixed(stay), reach="inside")
        plan = canonical(200, [stock], [held(stays.Fixed(100))], [ROOM], [], [], [change])
        inside = simulate(plan, 1, 0, engine).population.sum(axis=1)
        assert list(inside[[wanted - 1, wanted]]) == [5, 0]


@engines
def test_remand_that_counts_is_still_counted(engine: str) -> None:
    """40 days of remand and a term of 100 with full credit: out on day 100 after arrest. The term
    cut to 70 on day 60: out on day 70; cut to 50 on day 60: at once."""
    for term, wanted in ((70, 70), (50, 60)):
        stages = [
            Stage("remand", stays.Fixed(40), (Exit("x", 1.0, "term"),), places=("prison",)),
            held(stays.Fixed(100), credit=1.0),
        ]
        change = Change("m", 60, "term", stay=stays.Fixed(term), reach="inside")
        arrest = Cohort("new", "remand", rate=((0, 1.0), (1, 0.0)), spread="even")
        plan = canonical(200, [arrest], stages, [ROOM], [], [], [change])
        inside = simulate(plan, 1, 0, engine).population.sum(axis=1)
        assert list(inside[[wanted - 1, wanted]]) == [1, 0]


@engines
def test_people_abroad_are_reached_too(engine: str) -> None:
    """Sent on day 5, home 10 days before the end. 100 days: home on day 90. Cut to 60 on day 20:
    home on day 50, out on day 60. Cut to 60 on day 55: home that day, out on day 60."""
    for day, home in ((20, 50), (55, 55)):
        change = Change("m", day, "term", stay=stays.Fixed(60), reach="inside")
        away = Transfer("t", "abroad", ("term",), 5, 300, min_remaining=20, home_before=10)
        plan = canonical(
            200,
            [Cohort("new", "term", rate=((0, 1.0), (1, 0.0)), spread="even")],
            [held(stays.Fixed(100))],
            [ROOM, Place("abroad", ((0, 5),))],
            [],
            [away],
            [change],
        )
        abroad, at_home = simulate(plan, 1, 0, engine).population.T
        assert list(np.flatnonzero(abroad)) == list(range(5, home))
        assert list(np.flatnonzero(at_home)) == [*range(5), *range(home, 60)]


@engines
def test_who_waits_for_a_hearing_is_not_reached(engine: str) -> None:
    """The stay of 10 days is over on day 10 and the court first sits on day 40: a law of 100 days
    on day 20 comes too late."""
    court = Queue("court", ((0, 0.0), (40, 1.0)))
    change = Change("m", 20, "term", stay=stays.Fixed(100), reach="inside")
    new = Cohort("new", "term", rate=((0, 1.0), (1, 0.0)), spread="even")
    stage = held(stays.Fixed(10), queue="court")
    plan = canonical(200, [new], [stage], [ROOM], [court], [], [change])
    inside = simulate(plan, 1, 0, engine).population.sum(axis=1)
    assert list(inside[[39, 40]]) == [1, 0]


@engines
def test_ways_out_are_chosen_anew_by_the_same_lot(engine: str) -> None:
    """60 % are freed and 40 % deported; from day 30 on everybody is deported, those inside too.
    Back to 60 % on day 40: each goes the way that they would have gone."""
    both = (Exit("freed", 0.6), Exit("deported", 0.4))
    none = (Exit("freed", 0.0), Exit("deported", 1.0))
    stage = Stage("term", stays.Fixed(50), both, places=("prison",))
    cohort = Cohort("new", "term", rate=((0, 40.0), (10, 0.0)), spread="even")

    def ways(*changes: Change) -> np.ndarray:
        plan = canonical(100, [cohort], [stage], [ROOM], [], [], list(changes))
        return simulate(plan, 1, 0, engine).exits[0, 0]

    a = Change("a", 30, "term", exits=none, reach="inside")
    b = Change("b", 40, "term", exits=both, reach="inside")
    before = ways()
    assert before.sum() == 400 and abs(before[0] - 240) < 5 * math.sqrt(400 * 0.24)
    assert list(ways(a)) == [0, 400]
    assert list(ways(a, b)) == list(before)


# By formula: M/G/infinity before and after. People arrive at a rate, `SYSTEMS` systems at a time.

RATE, SYSTEMS, DAY = 1.5, 200, 120


def means(law: stays.LawOfStay, then: stays.LawOfStay, days: int) -> tuple[np.ndarray, np.ndarray]:
    """Mean people by day, and its standard error, when `then` replaces `law` on day 120 for those
    inside too."""
    plan = copies(SYSTEMS, days, law, RATE)
    changes = tuple(
        Change(f"m {stage.name}", DAY, stage.name, stay=then, reach="inside")
        for stage in plan.stages
    )
    plan = replace(plan, changes=changes)
    runs = np.concatenate([simulate(plan, 4, r).stages.T for r in range(8)])
    return runs.mean(axis=0), runs.std(axis=0, ddof=1) / math.sqrt(len(runs))


SHORTER = {
    "exponential": (stays.Exponential(60), stays.Exponential(45)),
    "release point from 50 % to 40 %": (
        stays.Scaled(stays.Lognormal(200, 0.8), 0.5),
        stays.Scaled(stays.Lognormal(200, 0.8), 0.4),
    ),
    "another law altogether": (stays.Weibull(60, 1.5), stays.Weibull(40, 1.5)),
}


@pytest.mark.parametrize(("law", "then"), SHORTER.values(), ids=SHORTER)
def test_a_shorter_law_is_at_once_as_if_it_had_always_been(
    law: stays.LawOfStay, then: stays.LawOfStay
) -> None:
    """No stay is longer under the new law, so whoever the new law would hold is there. From the day
    of the change on the population is rate x integral of the new survival, and before it that of
    the old; the wave of releases on the day is what lies between."""
    mean, error = means(law, then, 200)
    alive, after = (_survival(one) for one in (law, then))
    for day in (60, 119, 120, 121, 150, 199):
        wanted = RATE * area(after if day >= DAY else alive, day + 1)
        assert abs(mean[day] - wanted) < 4.5 * error[day]
    wave = RATE * (area(alive, DAY) - area(after, DAY + 1)) + RATE  # a day's arrivals come as well
    assert wave > 5
    assert abs(mean[119] - mean[120] + RATE - wave) < 4.5 * math.hypot(error[119], error[120])


def _survival(law: stays.LawOfStay):
    if isinstance(law, stays.Scaled):
        return survival(stays.Lognormal(law.law.mean * law.factor, law.law.sigma))
    return survival(law)


def test_a_longer_law_holds_those_whom_the_old_one_had_not_let_go() -> None:
    """Exponential stays of mean 40 become 60 on day 120. Who came on day e and is inside then had a
    stay over 120 - e; at 1.5 times the length it ends after day t if the old one was over
    max(120 - e, (t - e) / 1.5). With v the time from entering to the change the population is
    rate x (integral over v of exp(-max(v, (v + s) / 1.5) / 40) + the newcomers of s days), in which
    v is the larger one from v = 2 s on."""
    mean, error = means(stays.Exponential(40), stays.Exponential(60), 200)
    for day in (119, 120, 125, 140, 199):
        since = day + 1 - DAY  # from the morning of the change to the end of the day
        if since <= 0:
            wanted = 40 * (1 - math.exp(-(day + 1) / 40))
        else:
            edge = min(2 * since, DAY)
            early = 60 * (math.exp(-since / 60) - math.exp(-(edge + since) / 60))
            late = 40 * (math.exp(-edge / 40) - math.exp(-DAY / 40))
            wanted = early + late + 60 * (1 - math.exp(-since / 60))
        assert abs(mean[day] - RATE * wanted) < 4.5 * error[day]

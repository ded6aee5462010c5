"""The same persons, the same luck, whatever else a Plan says: what makes scenarios comparable."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import blake2b
from itertools import pairwise

import numpy as np
import pytest

from bedspace.engine import (
    Change,
    Cohort,
    Exit,
    Outcome,
    Place,
    Plan,
    Queue,
    Stage,
    Transfer,
    plan_hash,
    simulate,
    stays,
)
from tests.engine.plans import Move, canonical, lives, timings
from tests.engine.test_agreement import assert_equal

Nouns = dict[str, list]


def nouns() -> Nouns:
    """A system with two prisons, returns and a court that is never full: nothing is contended."""
    return {
        "cohorts": [
            Cohort("flow", "remand", rate=((0, 4.0), (50, 2.0))),
            Cohort("observed", "remand", rate=((0, 1.5),), spread="even"),
            Cohort("stock", "sentenced", size=80),
        ],
        "stages": [
            Stage(
                "remand",
                stays.Lognormal(12, 1.0),
                (Exit("sentenced", 0.7, "sentenced"), Exit("released", 0.3, "liberty")),
                places=("north", "south"),
                queue="court",
            ),
            Stage(
                "sentenced",
                stays.Lognormal(40, 1.0),
                (Exit("released", 0.6, "liberty"), Exit("for good", 0.4)),
                places=("south", "north"),
            ),
            Stage(
                "liberty", stays.Exponential(20), (Exit("returns", 1.0, "remand"),), inside=False
            ),
        ],
        "places": [Place("north", ((0, 4000),)), Place("south", ((0, 3000),))],
        "queues": [Queue("court", ((0, 1000.0),))],
        "transfers": [],
        "changes": [],
    }


def plan_of(some: Nouns, days: int = 120) -> Plan:
    return canonical(days, *some.values())


def run(plan: Plan, replicate: int = 0) -> Outcome:
    return simulate(plan, 77, replicate, trace=True)


BASE = plan_of(nouns())


def with_one_more(noun: str) -> Plan:
    """The same system with something added that sorts before what was there."""
    more = nouns()
    exits = (Exit("out", 1.0),)
    if noun in ("cohort", "stage"):
        more["stages"].append(Stage("a-ward", stays.Exponential(9), exits, places=("north",)))
    match noun:
        case "cohort":
            more["cohorts"].append(Cohort("a-flow", "a-ward", rate=((0, 3.0),)))
            more["cohorts"].append(Cohort("a-stock", "remand", size=25))
        case "place":
            more["places"].append(Place("a-wing", ((0, 500),)))
            more["stages"][0] = replace(more["stages"][0], places=("a-wing", "north", "south"))
        case "queue":
            more["queues"].append(Queue("a-board", ((0, 500.0),)))
        case "transfer":
            more["places"].append(Place("abroad", ((0, 15),)))
            more["transfers"].append(
                Transfer("a-lease", "abroad", ("remand", "sentenced"), 10, 90, 5, home_before=2)
            )
        case "change":
            more["changes"].append(Change("a-rule", 119, "sentenced", stay=stays.Fixed(5)))
    return plan_of(more)


@pytest.mark.parametrize("noun", ["cohort", "stage", "place", "queue", "transfer", "change"])
def test_one_more_of_anything_changes_nobody_s_draws(noun: str) -> None:
    """Where nothing is contended, everybody goes through the same stages on the same days; where
    they are held may differ."""
    before, plan = timings(BASE, run(BASE)), with_one_more(noun)
    after = timings(plan, run(plan))
    if noun == "change":  # in force on the last day only: nobody before has heard of it
        before, after = (
            {who: [m for m in life if m[0] < 119] for who, life in some.items()}
            for some in (before, after)
        )
    assert set(before) <= set(after)
    assert {who: after[who] for who in before} == before
    assert (len(after) > len(before)) == (noun == "cohort")


def test_one_more_person_changes_nobody_else() -> None:
    """In the stock, and among those who arrive: the others keep their draws."""
    more = nouns()
    more["cohorts"][1] = replace(more["cohorts"][1], rate=((0, 1.5), (30, 2.5), (31, 1.5)))
    more["cohorts"][2] = replace(more["cohorts"][2], size=81)
    plan = plan_of(more)
    before, after = timings(BASE, run(BASE)), timings(plan, run(plan))
    assert set(after) - set(before) == {
        ("stock", -1, 80),
        ("observed", 30, max(k for name, day, k in after if (name, day) == ("observed", 30))),
    }
    assert {who: after[who] for who in before} == before


def test_one_more_person_in_full_prisons_changes_no_draws() -> None:
    """Where prisons are full and people crowd, other places perhaps, but nobody's days."""
    full = nouns()
    full["places"] = [Place("north", ((0, 60),)), Place("south", ((0, 50),))]
    fuller = {**full, "cohorts": [*full["cohorts"][:2], Cohort("stock", "sentenced", size=81)]}
    one, two = plan_of(full), plan_of(fuller)
    before, after = run(one), run(two)
    assert before.over.any()
    held, now_held = lives(one, before), lives(two, after)
    assert {who: now_held[who] for who in held} != held
    days, now_days = timings(one, before), timings(two, after)
    assert {who: now_days[who] for who in days} == days


def test_one_more_person_where_people_are_turned_away() -> None:
    """Contention may turn away somebody else; whoever is taken in both keeps their days."""
    tight = nouns()
    tight["places"] = [Place("north", ((0, 60),)), Place("south", ((0, 50),))]
    tight["stages"] = [
        replace(stage, when_full="divert") if stage.inside else stage for stage in tight["stages"]
    ]
    more = {**tight, "cohorts": [*tight["cohorts"][:2], Cohort("stock", "sentenced", size=81)]}
    one, two = plan_of(tight), plan_of(more)
    before, after = timings(one, run(one)), timings(two, run(two))
    assert before != {who: after[who] for who in before}

    def lengths(life: list[tuple]) -> dict[tuple, int]:
        pairs = pairwise(life)
        return {a[1:]: b[0] - a[0] for a, b in pairs if b[2] is not None}

    compared = 0
    for who, life in before.items():
        mine, theirs = lengths(life), lengths(after[who])
        for stage in mine.keys() & theirs.keys():
            assert mine[stage] == theirs[stage]
            compared += 1
    assert compared > 300


def test_declared_in_another_order_it_is_the_same_plan() -> None:
    shuffled = {noun: some[::-1] for noun, some in nouns().items()}
    assert plan_of(shuffled) == BASE
    assert plan_hash(plan_of(shuffled)) == plan_hash(BASE)
    assert plan_hash(with_one_more("place")) != plan_hash(BASE)


def test_a_fingerprint_holds_what_is_used_and_nothing_else() -> None:
    """A field that has its default is not in it, so a field added later changes no fingerprint."""
    first, *others = BASE.stages
    changed = [
        replace(BASE, days=BASE.days + 1),
        replace(BASE, stages=(replace(first, no_release_on=(5, 6)), *others)),
        replace(BASE, stages=(replace(first, stay=stays.Fixed(3.5)), *others)),
    ]
    assert len({plan_hash(plan) for plan in (BASE, *changed)}) == 4
    plan = Plan(
        9,
        (Cohort("new", "term", rate=((0, 1.0),)),),
        (Stage("term", stays.Fixed(3), (Exit("out", 1.0),), places=("jail",)),),
        (Place("jail", ((0, 5),)),),
    )
    told = (
        "Plan(days=9, cohorts=(Cohort(name='new', stage='term', rate=((0, 1.0)))), "
        "stages=(Stage(name='term', stay=Fixed(days=3), exits=(Exit(cause='out', share=1.0)), "
        "places=('jail'))), places=(Place(name='jail', capacity=((0, 5)))))"
    )
    assert plan_hash(plan) == blake2b(told.encode(), digest_size=16).hexdigest()


def test_a_new_name_is_new_luck() -> None:
    """Draws are addressed by name: renaming a stage draws anew for it and for nothing else."""
    renamed = nouns()
    remand, sentenced, liberty = renamed["stages"]
    exits = (Exit("sentenced", 0.7, "prison term"), remand.exits[1])
    renamed["stages"] = [
        replace(remand, exits=exits),
        replace(sentenced, name="prison term"),
        liberty,
    ]
    renamed["cohorts"][2] = replace(renamed["cohorts"][2], stage="prison term")
    plan = plan_of(renamed)
    before, after = timings(BASE, run(BASE)), timings(plan, run(plan))
    assert set(before) == set(after)
    first = [(life[:2], after[who][:2]) for who, life in before.items() if life[0][2] == "remand"]
    assert all(a[0] == b[0] and (len(a) < 2 or a[1][0] == b[1][0]) for a, b in first)
    stock = [who for who in before if who[0] == "stock"]
    assert np.mean([before[who][1:2] == after[who][1:2] for who in stock]) < 0.3


def test_the_same_key_is_the_same_outcome_and_another_is_not() -> None:
    assert_equal(run(BASE), run(BASE))
    assert timings(BASE, run(BASE)) != timings(BASE, run(BASE, 1))
    other_seed = simulate(BASE, 78, 0, trace=True)
    assert timings(BASE, run(BASE)) != timings(BASE, other_seed)


def test_more_replicates_never_change_the_first() -> None:
    """In any order, alone or two at a time in threads: a replicate is a function of its number."""
    first = [run(BASE, r) for r in range(3)]
    with ThreadPoolExecutor(2) as threads:
        extended = list(threads.map(lambda r: run(BASE, r), reversed(range(6))))[::-1]
    for one, two in zip(first, extended, strict=False):
        assert_equal(one, two)


def test_a_longer_horizon_keeps_the_first_days() -> None:
    short, long = run(plan_of(nouns(), 60)), run(plan_of(nouns(), 120))
    assert np.array_equal(short.stages, long.stages[:60])
    assert np.array_equal(short.population, long.population[:60])
    early = long.trace[long.trace[:, 0] < 60]
    assert np.array_equal(np.sort(short.trace, axis=0), np.sort(early, axis=0))


def test_a_change_for_new_people_leaves_those_inside_alone() -> None:
    changed = nouns()
    changed["changes"].append(
        Change("shorter", 40, "sentenced", stay=stays.Scaled(stays.Lognormal(40, 1.0), 0.5))
    )
    plan = plan_of(changed)
    before, after = timings(BASE, run(BASE)), timings(plan, run(plan))
    shorter = 0
    for who, life in before.items():
        other = after[who]
        for k, (day, _, stage) in enumerate(life):
            if stage == "sentenced" and day >= 40:  # the first stage that the change touches
                ends = [moves[k + 1][0] if len(moves) > k + 1 else 10**6 for moves in (life, other)]
                assert ends[1] <= ends[0]
                shorter += ends[1] < ends[0]
                break
            assert life[k] == other[k]
    assert shorter > 30


def test_a_change_reaching_those_inside_reads_their_own_draw_anew() -> None:
    """Half as long for those inside: whoever's halved stay is already over leaves on the day of the
    change, the others at half their stay, to the day that rounding leaves open."""
    held = Stage("held", stays.Exponential(60), (Exit("out", 1.0),), places=("p",))
    half = Change("half", 50, "held", stay=stays.Exponential(30), reach="inside")
    cohorts, places = (Cohort("flow", "held", rate=((0, 5.0),)),), (Place("p", ((0, 1000),)),)
    base = Plan(1000, cohorts, (held,), places)
    plan = Plan(1000, cohorts, (held,), places, changes=(half,))
    before, after = timings(base, run(base)), timings(plan, run(plan))
    reached = 0
    for who, life in before.items():
        if who[1] >= 50 or len(life) < 2 or len(after[who]) < 2:
            continue
        entered, ended, now = life[0][0], life[1][0], after[who][1][0]
        if ended < 50:
            assert now == ended
        else:
            assert abs(now - max(50, entered + (ended - entered) / 2)) <= 1
            reached += 1
    assert reached > 80


def test_common_luck_makes_small_differences_visible() -> None:
    """A tenth more on the mean sentence: with the same persons the difference of two runs has at
    most a tenth of the variance it has between strangers (measured: far less)."""
    longer = nouns()
    longer["stages"][1] = replace(longer["stages"][1], stay=stays.Lognormal(44, 1.0))
    plan = plan_of(longer)

    def means(which: Plan, first: int) -> np.ndarray:
        runs = range(first, first + 60)
        return np.array([simulate(which, 9, r).stages[:, [1, 2]].sum(axis=1).mean() for r in runs])

    base = means(BASE, 0)
    paired, unpaired = means(plan, 0) - base, means(plan, 1000) - base
    assert paired.var() <= 0.1 * unpaired.var()
    assert paired.mean() == pytest.approx(unpaired.mean(), abs=4 * unpaired.std() / np.sqrt(60))
    assert np.all(paired > 0)


def test_a_life_can_be_told() -> None:
    """The trace says where a person was: the first of the stock, from the start."""
    moves = lives(BASE, run(BASE))["stock", -1, 0]
    assert moves[0] == Move(0, 0, "sentenced", "south") or moves[0].place in ("north", "south")
    assert [move.day for move in moves] == sorted(move.day for move in moves)

"""The closed-form twin against published figures, against itself and against both engines."""

from __future__ import annotations

import math

import numpy as np
import pytest

from bedspace.engine import Change, Cohort, Exit, Place, Plan, Stage, Transfer, expected, simulate
from bedspace.engine import Queue as Court
from bedspace.engine.stays import (
    Exponential,
    Fixed,
    Gamma,
    LawOfStay,
    Lognormal,
    Mixture,
    Never,
    Scaled,
    Weibull,
)
from bedspace.exceptions import PlanError
from tests.engine.plans import canonical

ROOM = (Place("room", ((0, 10_000_000),)),)


def stage(name: str, stay: LawOfStay, **ways: float) -> Stage:
    """An inside stage with ample room; `ways` are shares by next stage, `out` leaves."""
    exits = tuple(Exit(to, share, None if to == "out" else to) for to, share in ways.items())
    return Stage(name, stay, exits or (Exit("out", 1.0),), places=("room",))


def liberty(name: str, stay: LawOfStay, to: str) -> Stage:
    return Stage(name, stay, (Exit("returns", 1.0, to),), inside=False)


def workload(stock: int = 100_000) -> Plan:
    """Workload W: `stock` inside with exponential stays; remand, sentence, liberty, return. All
    else is in proportion to the stock."""
    weights = np.array([4, 5, 6.5, 8, 9.5, 11, 12.5, 14, 16, 18.5])
    capacity = np.rint(weights / weights.sum() * 1.05 * stock)
    places = [Place(f"prison {i}", ((0, float(c)),)) for i, c in enumerate(capacity)]
    held = tuple(place.name for place in places)
    released = (Exit("for good", 0.7), Exit("for now", 0.3, "liberty"))
    stages = [
        Stage("there at the start", Exponential(365), released, places=held),
        Stage(
            "remand",
            Lognormal(60, 1.0),
            (
                Exit("sentenced", 0.7, "sentenced"),
                *(Exit(e.cause, 0.3 * e.share, e.to) for e in released),
            ),
            places=held,
        ),
        Stage("sentenced", Lognormal(365, 1.0), released, places=held),
        liberty("liberty", Exponential(540), "remand"),
    ]
    cohorts = [
        Cohort("admissions", "remand", rate=((0, 274.0 * stock / 100_000),)),
        Cohort("stock", "there at the start", size=stock),
    ]
    return canonical(3652, cohorts, stages, places)


def inside(plan: Plan) -> list[int]:
    return [i for i, one in enumerate(plan.stages) if one.inside]


def test_workload_has_the_population_of_its_renewal_equations() -> None:
    """110,182.8 people and 21,369.0 on remand were found independently, by solving the renewal
    equations numerically (the workload's own oracle)."""
    plan = workload()
    people = expected(plan)
    remand = [one.name for one in plan.stages].index("remand")
    assert people[:, inside(plan)].sum(axis=1).mean() == pytest.approx(110_182.8, rel=2e-4)
    assert people[:, remand].mean() == pytest.approx(21_369.0, rel=2e-4)


def test_kernel_has_the_workload_s_population() -> None:
    """Its ten crowded prisons turn nobody away, so the totals are those of the twin. One run's
    mean population has a standard deviation of about 150 (workload)."""
    plan = workload()
    outcomes = [simulate(plan, 1, replicate) for replicate in range(3)]
    means = [one.stages[:, inside(plan)].sum(axis=1).mean() for one in outcomes]
    assert abs(np.mean(means) - 110_182.8) < 4 * 150 / math.sqrt(3)
    assert all(abs(one.events - 3_559_524) < 0.01 * 3_559_524 for one in outcomes)
    assert all(one.over.sum() > 0 for one in outcomes)


STATIONARY = [
    Exponential(40.0),
    Lognormal(40.0, 1.0),
    Weibull(40.0, 0.7),
    Gamma(40.0, 2.0),
    Fixed(40.0),
    Fixed(0.5),
    Scaled(Lognormal(80.0, 0.5), 0.5),
    Mixture(((0.5, Exponential(10.0)), (0.5, Exponential(70.0)))),
]


def steady(law: LawOfStay, rate: float) -> Plan:
    """M/G/infinity from its own steady state: a stock of rate x mean stay, people arriving."""
    size = round(rate * law.mean_days())
    cohorts = [Cohort("flow", "held", rate=((0, rate),)), Cohort("stock", "held", size=size)]
    return canonical(300, cohorts, [stage("held", law)], list(ROOM))


@pytest.mark.parametrize("law", STATIONARY, ids=repr)
def test_little_s_law(law: LawOfStay) -> None:
    """L = lambda W: the twin stays at arrivals a day times the mean stay, day after day."""
    people = expected(steady(law, 50.0))[:, 0]
    assert np.allclose(people, people[0], rtol=2e-5)  # the grain of a tick
    assert people[-1] == pytest.approx(50.0 * {True: 0.5, False: 40.0}[law == Fixed(0.5)], rel=1e-3)


@pytest.mark.parametrize("law", STATIONARY, ids=repr)
def test_little_s_law_in_the_kernel(law: LawOfStay) -> None:
    """Arrivals a day times the mean days that they stay is the mean number inside."""
    plan = steady(law, 50.0)
    runs = np.array([simulate(plan, 3, r).stages[:, 0].mean() for r in range(40)])
    error = runs.std(ddof=1) / math.sqrt(len(runs))
    assert abs(runs.mean() - expected(plan)[:, 0].mean()) < 4 * error


def empty_start_poisson() -> Plan:
    return canonical(
        200,
        [Cohort("flow", "held", rate=((0, 5.0),))],
        [stage("held", Exponential(30.0))],
        list(ROOM),
    )


def test_growth_from_nothing_has_its_textbook_form() -> None:
    """Exponential stays, nobody at first: lambda m (1 - exp(-t/m)), t whole days, to the error of
    arriving through the day or at its end (half a day of arrivals)."""
    people = expected(empty_start_poisson())[:, 0]
    day = np.arange(200)
    low, high = (150 * (1 - np.exp(-(day + k) / 30)) for k in (0, 1))
    assert np.all(people >= low - 1e-6)
    assert np.all(people <= high + 5.0)
    assert people[-1] == pytest.approx(150 * (1 - math.exp(-199.5 / 30)), rel=0.02)


def with_everything() -> list[tuple[str, Plan]]:
    """Plans in which nothing binds and all that the twin knows occurs."""
    pathway = [
        stage("remand", Lognormal(12.0, 1.0), sentenced=0.6, home=0.1, out=0.3),
        stage("sentenced", Weibull(40.0, 1.5), home=0.5, out=0.5),
        liberty("home", Exponential(25.0), "remand"),
    ]
    short = [
        stage("arrest", Fixed(0.4), charge=0.8, out=0.2),
        stage("charge", Exponential(0.7), remand=0.5, home=0.5),
        stage(
            "remand", Mixture(((0.7, Exponential(2.0)), (0.3, Gamma(50.0, 2.0)))), home=0.5, out=0.5
        ),
        liberty("home", Lognormal(0.8, 1.0), "arrest"),
    ]
    flow = Cohort("flow", "remand", rate=((0, 3.0), (40, 6.5), (80, 1.0)))
    stocks = [Cohort("stock a", "sentenced", size=60), Cohort("stock b", "home", size=40)]
    changes = [
        Change("a: shorter", 30, "remand", stay=Scaled(Lognormal(12.0, 1.0), 0.5)),
        Change(
            "b: fewer sentenced",
            50,
            "remand",
            exits=(
                Exit("sentenced", 0.2, "sentenced"),
                Exit("home", 0.3, "home"),
                Exit("out", 0.5),
            ),
        ),
        Change("c: longer again", 50, "remand", stay=Lognormal(20.0, 0.5)),
        Change("d: for ever", 70, "sentenced", stay=Mixture(((0.9, Fixed(30.0)), (0.1, Never())))),
    ]
    return [
        ("returns and stock", canonical(120, [flow, *stocks], pathway, list(ROOM))),
        ("dated changes", canonical(120, [flow, *stocks], pathway, list(ROOM), [], [], changes)),
        (
            "stays within a day",
            canonical(60, [Cohort("flow", "arrest", rate=((0, 2.5),))], short, list(ROOM)),
        ),
        (
            "a transfer with room for all",
            canonical(
                120,
                [flow, *stocks],
                pathway,
                [*ROOM, Place("abroad", ((0, 10),))],
                [],
                [Transfer("lease", "abroad", ("sentenced",), 10, 90, 5, home_before=2)],
                changes,
            ),
        ),
    ]


@pytest.mark.parametrize("engine", ["kernel", "reference"])
@pytest.mark.parametrize(
    ("_name", "plan"), with_everything(), ids=lambda x: x if isinstance(x, str) else ""
)
def test_engines_have_the_twin_s_expectation(_name: str, plan: Plan, engine: str) -> None:
    """Every stage on every tenth day within 4 standard errors of 40 replicates."""
    days = slice(0, None, 10)
    runs = np.array([simulate(plan, 11, r, engine=engine).stages[days] for r in range(40)])
    wanted = expected(plan)[days]
    error = np.maximum(runs.std(axis=0, ddof=1), 0.15) / math.sqrt(len(runs))
    off = (runs.mean(axis=0) - wanted) / error
    assert np.abs(off).max() < 4, np.round(off, 1)
    assert np.abs(off).mean() < 1.3  # and not all leaning: 0.8 is chance


def test_engines_have_the_twin_s_total_over_many_people() -> None:
    """A hundredfold of the same, in the kernel: systematic errors of a thousandth would show."""
    _, plan = with_everything()[1]
    many = canonical(
        plan.days,
        [
            Cohort(c.name, c.stage, 100 * c.size, tuple((d, 100 * r) for d, r in c.rate))
            for c in plan.cohorts
        ],
        list(plan.stages),
        list(plan.places),
        [],
        [],
        list(plan.changes),
    )
    runs = np.array([simulate(many, 5, r).stages[::10] for r in range(10)])
    error = np.maximum(runs.std(axis=0, ddof=1), 1.5) / math.sqrt(len(runs))
    off = (runs.mean(axis=0) - expected(many)[::10]) / error
    assert np.abs(off).max() < 5.5, np.round(off, 1)  # 4 standard errors of a t of 9 degrees
    assert np.abs(off).mean() < 1.3


def test_expectation_is_linear_in_the_people() -> None:
    _, plan = with_everything()[0]
    parts = [
        expected(canonical(plan.days, [cohort], list(plan.stages), list(plan.places)))
        for cohort in plan.cohorts
    ]
    assert np.allclose(sum(parts), expected(plan), atol=1e-6)


def test_nobody_is_expected_to_vanish() -> None:
    """With no way out, all who came are somewhere."""
    stages = [
        stage("held", Lognormal(9.0, 1.0), home=1.0),
        liberty("home", Weibull(5.0, 0.7), "held"),
    ]
    cohorts = [Cohort("flow", "held", rate=((0, 2.0),)), Cohort("stock", "held", size=30)]
    people = expected(canonical(150, cohorts, stages, list(ROOM))).sum(axis=1)
    assert np.allclose(people, 30 + 2.0 * np.arange(1, 151), atol=1e-5)


@pytest.mark.parametrize(
    ("extra", "says"),
    [
        ("queue", "knows no queues"),
        ("inside", "knows no changes that reach those inside"),
        ("leave", "knows no transfer that ends custody"),
    ],
)
def test_the_twin_says_what_it_does_not_know(extra: str, says: str) -> None:
    held = stage("held", Exponential(30.0))
    courts, transfers, changes = [], [], []
    if extra == "queue":
        courts = [Court("court", ((0, 1.0),))]
        held = Stage(
            "held", Exponential(30.0), (Exit("out", 1.0),), places=("room",), queue="court"
        )
    if extra == "inside":
        changes = [Change("m", 5, "held", stay=Fixed(3.0), reach="inside")]
    if extra == "leave":
        transfers = [Transfer("t", "abroad", ("held",), 0, 9, at_end="leave")]
    plan = canonical(
        20, [], [held], [*ROOM, Place("abroad", ((0, 5),))], courts, transfers, changes
    )
    with pytest.raises(PlanError, match=says):
        expected(plan)

"""Rules that go by the day of admission, by hand. Who was admitted before keeps the rule before."""

from __future__ import annotations

import numpy as np
import pytest

from bedspace.engine import (
    Change,
    Cohort,
    Exit,
    Place,
    Plan,
    Stage,
    expected,
    simulate,
    stays,
)
from bedspace.exceptions import PlanError

ENGINES = ("kernel", "reference")
WHOLE = stays.Fixed(200)
HALF, MOST = stays.Scaled(WHOLE, 0.5), stays.Scaled(WHOLE, 0.8)
HELD = {"places": ("prison",)}


def came(day: int, stage: str = "remand") -> Cohort:
    rate = ((0, 0.0), (day, 10.0), (day + 1, 0.0)) if day else ((0, 10.0), (1, 0.0))
    return Cohort("all", stage, rate=rate, spread="even")


def plan(cohort: Cohort, *changes: Change, more: tuple[Stage, ...] = ()) -> Plan:
    """A hundred days on remand, and then half of a sentence of 200 days."""
    remand = Stage("remand", stays.Fixed(100), (Exit("sentenced", 1.0, "term"),), **HELD)
    term = Stage("term", HALF, (Exit("released", 1.0),), **HELD)
    given = {stage.name: stage for stage in (remand, term, *more)}
    stages = tuple(given[name] for name in sorted(given))
    places = (Place("prison", ((0, 100),)),)
    return Plan(900, (cohort,), stages, places, changes=changes)


def moves(engine: str, found: Plan) -> list[int]:
    """The days on which all ten come in and go out, in turn."""
    inside = simulate(found, 1, 0, engine=engine).population.sum(axis=1)
    assert set(inside.tolist()) <= {0, 10}
    return [int(day) for day in np.flatnonzero(np.diff(inside, prepend=0))]


def harsher(day: int, reach: str = "admitted", stay: stays.LawOfStay = MOST) -> Change:
    return Change(f"from {day:03}", day, "term", stay=stay, reach=reach)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("admitted", "changes", "released"),
    [
        # The rule of day 31. On remand since day 0, sentenced on day 100: 100 days more.
        (0, (harsher(31),), 200),
        (0, (harsher(31, "new"),), 260),  # by the day of entering the stage: 160
        (30, (harsher(31),), 230),
        (31, (harsher(31),), 291),  # from that day on: 100 + 160
        (40, (harsher(31),), 300),
        # In tranches: 160 days for those admitted from day 31 on, 200 from day 60 on.
        (59, (harsher(31), harsher(60, stay=WHOLE)), 319),
        (60, (harsher(31), harsher(60, stay=WHOLE)), 360),
        (0, (harsher(31), harsher(60, stay=WHOLE)), 200),
        # For a time: who was admitted from day 31 to 59 keeps it, sentenced long after.
        (59, (harsher(31), harsher(60, stay=HALF)), 319),
        (60, (harsher(31), harsher(60, stay=HALF)), 260),
    ],
)
def test_days_of_release(
    engine: str, admitted: int, changes: tuple[Change, ...], released: int
) -> None:
    assert moves(engine, plan(came(admitted), *changes)) == [admitted, released]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("stage", "released"), [("term", 80), ("remand", 170)])
def test_a_stock_was_admitted_before(engine: str, stage: str, released: int) -> None:
    """The rule is of day 0. Twenty of 100 days of the term are served, or thirty of remand."""
    served = stays.Fixed(20 if stage == "term" else 30)
    stock = Cohort("all", stage, size=10, served=served)
    assert moves(engine, plan(stock, harsher(0))) == [0, released]


@pytest.mark.parametrize("engine", ENGINES)
def test_exits_go_by_the_day_of_admission_too(engine: str) -> None:
    """From day 31 on nobody who is admitted is acquitted."""
    ways = (Exit("acquitted", 1.0), Exit("sentenced", 0.0, "term"))
    remand = Stage("remand", stays.Fixed(100), ways, **HELD)
    none = tuple(Exit(w.cause, 1 - w.share, w.to) for w in ways)
    change = Change("none", 31, "remand", exits=none, reach="admitted")
    assert moves(engine, plan(came(30), change, more=(remand,))) == [30, 130]
    assert moves(engine, plan(came(31), change, more=(remand,))) == [31, 231]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("law", "end"), [(139, 320), (140, 320), (141, 278)])
def test_a_recall_goes_by_the_day_from_which_the_sentence_runs(
    engine: str, law: int, end: int
) -> None:
    """Admitted on day 40 and sentenced on day 140 without credit: out on day 240, and recalled on
    day 250. Recalls are of 28 days, for sentences from the day of the law on of 70."""
    licence = Stage(
        "licence", stays.Fixed(10), (Exit("back", 1.0, "recall"), Exit("over", 0.0)), False,
        ends_with="term",
    )  # fmt: skip
    recall = Stage("recall", stays.Fixed(28), (Exit("released", 1.0),), ends_with="term", **HELD)
    out = (Exit("licence", 1.0, "licence"),)
    term = Stage("term", HALF, out, whole=stays.Fixed(400), **HELD)
    change = Change("longer", law, "recall", stay=stays.Fixed(70), reach="admitted")
    found = plan(came(40), change, more=(licence, recall, term))
    assert moves(engine, found) == [40, 240, 250, end]


def test_the_closed_form_refuses() -> None:
    with pytest.raises(PlanError, match="no changes by day of admission"):
        expected(plan(came(0), harsher(31)))

"""Recall to custody until the sentence ends, by hand: dates of release as data."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bedspace.engine import (
    Change,
    Cohort,
    Exit,
    Outcome,
    Place,
    Plan,
    Stage,
    expected,
    simulate,
    stays,
)
from bedspace.exceptions import PlanError

ENGINES = ("kernel", "reference")
OUT = (Exit("released", 1.0),)
LIFE = stays.Never()


def plan(
    sentence: float,
    share: float,
    liberty: float,
    recall: stays.LawOfStay = LIFE,
    *,
    counts: bool = True,
    remand: float = 0,
    credit: float = 0.0,
    cohort: Cohort | None = None,
    **more: object,
) -> Plan:
    """Ten people: remand, a share of a sentence, licence, recall, licence again, and so on."""
    licence = (Exit("back", 1.0, "recall"), Exit("over", 0.0))
    to_licence = (Exit("licence", 1.0, "licence"),)
    whole = stays.Fixed(sentence)
    held = {"places": ("prison",)}
    stages = [
        Stage("licence", stays.Fixed(liberty), licence, False, ends_with="term", counts=counts),
        Stage("recall", recall, to_licence, ends_with="term", **held),
        Stage("term", stays.Scaled(whole, share), to_licence, credit=credit, whole=whole, **held),
    ]
    if remand:
        stages.insert(2, Stage("remand", stays.Fixed(remand), (Exit("t", 1.0, "term"),), **held))
    first = "remand" if remand else "term"
    flow = Cohort("new", first, rate=((0, 10.0), (1, 0.0)), spread="even")
    base = Plan(1000, (cohort or flow,), tuple(stages), (Place("prison", ((0, 100),)),))
    return replace(base, **more)


def held(outcome: Outcome) -> list[int]:
    """The days on which ten come in and go out, in turn."""
    inside = outcome.population.sum(axis=1)
    assert set(inside.tolist()) <= {0, 10}
    return [int(day) for day in np.flatnonzero(np.diff(inside, prepend=0))]


DAYS_28 = stays.Fixed(28)

DATES = [
    # Half of 200 days; 80 days on licence; recalled on day 180 until the sentence ends on day 200.
    ((200, 0.5, 80), {}, [0, 100, 180, 200]),
    # The sentence ended on day 200, before 150 days on licence are over: no recall.
    ((200, 0.5, 150), {}, [0, 100]),
    # The recall would fall on the very day on which the sentence ends.
    ((200, 0.5, 100), {}, [0, 100]),
    ((200, 0.5, 99), {}, [0, 100, 199, 200]),
    # A fixed term of 28 days, then licence again: out on 138, back on 148, 176, 186, until 200.
    ((200, 0.5, 10, DAYS_28), {}, [0, 100, 110, 138, 148, 176, 186, 200]),
    # 28 days, of which the sentence has only 20 left.
    ((200, 0.5, 80, DAYS_28), {}, [0, 100, 180, 200]),
    ((200, 0.5, 71, DAYS_28), {}, [0, 100, 171, 199]),
    # Days on licence do not count: 100 days are left on day 180, too.
    ((200, 0.5, 80), {"counts": False}, [0, 100, 180, 280]),
    ((200, 0.5, 150), {"counts": False}, [0, 100, 250, 350]),
    # 28 days three times, and 16 that are left: 100 in all.
    (
        (200, 0.5, 80, DAYS_28),
        {"counts": False},
        [0, 100, 180, 208, 288, 316, 396, 424, 504, 520],
    ),
    # 40 days on remand in full against the sentence: 60 days to the half, so out on day 100.
    ((200, 0.5, 80), {"remand": 40, "credit": 1.0}, [0, 100, 180, 200]),
    # None of them: sentenced on day 40, out on 140, and the sentence ends on day 240.
    ((200, 0.5, 80), {"remand": 40}, [0, 140, 220, 240]),
    # Half of them: 80 days to serve, out on day 120; the sentence ends on 40 + 200 - 20 = 220.
    ((200, 0.5, 80), {"remand": 40, "credit": 0.5}, [0, 120, 200, 220]),
    # Remand was longer than the half, and than the whole sentence: let go on the day of sentencing.
    ((200, 0.5, 80), {"remand": 130, "credit": 1.0}, [0, 130]),
    ((200, 0.5, 60), {"remand": 130, "credit": 1.0}, [0, 130, 190, 200]),
    ((100, 0.5, 10), {"remand": 130, "credit": 1.0}, [0, 130]),
    # All is served: nothing is left for a licence.
    ((200, 1.0, 10), {}, [0, 200]),
    # For life: a recall for life too, and of 28 days as often as it comes.
    ((0.5e6, 0.0002, 700), {}, [0, 100, 800]),
    ((0.5e6, 0.0002, 300, DAYS_28), {}, [0, 100, 400, 428, 728, 756]),
]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("given", "more", "dates"), DATES)
def test_days_of_release_and_recall(
    engine: str, given: tuple, more: dict[str, object], dates: list[int]
) -> None:
    assert held(simulate(plan(*given, **more), 1, 0, engine=engine)) == dates


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("served", "dates"), [(30, [0, 70, 150, 170]), (99, [0, 1, 81, 101]), (0, [0, 100, 180, 200])]
)
def test_a_stock_keeps_its_sentences(engine: str, served: int, dates: list[int]) -> None:
    """They have served so much of the half on day 0, and their sentence ends so much earlier."""
    found = Cohort("found", "term", size=10, served=stays.Fixed(served))
    assert held(simulate(plan(200, 0.5, 80, cohort=found), 1, 0, engine=engine)) == dates


@pytest.mark.parametrize("engine", ENGINES)
def test_long_sentences_have_long_recalls(engine: str) -> None:
    """Sentences of 100 and of 400 days, half served. Recalled after 30 days: 20 and 170 are left.
    A recall that shares the luck of the sentence is 14 days for the shorter half and 28 for the
    longer: out on days 94 and 258. The same people in each."""
    law = stays.Mixture(((0.5, stays.Fixed(100)), (0.5, stays.Fixed(400))))
    by_length = stays.Mixture(((0.5, stays.Fixed(14)), (0.5, DAYS_28)))
    for stay, luck, out in ((LIFE, None, {100, 400}), (by_length, "term", {94, 258})):
        base = plan(200, 0.5, 30, stay)
        licence, recall, term = base.stages
        recall = replace(recall, luck=luck, exits=OUT)
        term = replace(term, stay=stays.Scaled(law, 0.5), whole=law)
        many = replace(base.cohorts[0], rate=((0, 100.0), (1, 0.0)))
        stages = (licence, recall, term)
        whole = replace(base, stages=stages, cohorts=(many,), periods=tuple(range(1000)))
        outcome = simulate(whole, 1, 0, engine=engine)
        released = outcome.exits[:, 1, 0]
        assert set(np.flatnonzero(released).tolist()) == out
        assert released.sum() == 100
        first = outcome.exits[:, 2, 0]  # half of each sentence
        assert released[min(out)] == first[50]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_change_reaches_those_recalled_but_not_beyond_the_sentence(engine: str) -> None:
    """28 days become others on day 118, eight days after the recall: 99 are more than are left."""
    for days, end in ((14, 124), (56, 166), (99, 200)):
        change = Change("law", 118, "recall", stay=stays.Fixed(days), reach="inside")
        once = plan(200, 0.5, 10, DAYS_28, changes=(change,))
        licence, recall, term = once.stages
        once = replace(once, stages=(licence, replace(recall, exits=OUT), term))
        assert held(simulate(once, 1, 0, engine=engine)) == [0, 100, 110, end]


@pytest.mark.parametrize("engine", ENGINES)
def test_nobody_is_lost_and_licences_end(engine: str) -> None:
    """With recalls by chance, everybody is gone when the last sentence has ended, on day 200."""
    base = plan(200, 0.5, 80)
    licence, recall, term = base.stages
    licence = replace(licence, stay=stays.Exponential(60))
    outcome = simulate(replace(base, stages=(licence, recall, term)), 3, 0, engine=engine)
    assert outcome.stages[:100].sum(axis=1).tolist() == [10] * 100
    assert outcome.stages[199].sum() == 10 == outcome.exits[:, 0, 1].sum()
    assert outcome.stages[201:].sum() == 0


def test_the_closed_form_refuses() -> None:
    with pytest.raises(PlanError, match="knows no "):
        expected(plan(200, 0.5, 80))

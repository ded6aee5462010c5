"""Diverting turns away those who come from outside, never somebody already in custody."""

from __future__ import annotations

import pytest

from bedspace.engine import Cohort, Exit, Place, Plan, Stage, Transfer, simulate, stays

FULL = (Place("abroad", ((0, 5),)), Place("prison", ((0, 10), (5, 0))))


def held(name: str, exits: tuple[Exit, ...], days: float) -> Stage:
    return Stage(name, stays.Fixed(days), exits, places=("prison",), when_full="divert")


@pytest.mark.parametrize("engine", ["kernel", "reference"])
def test_arrivals_are_turned_away(engine: str) -> None:
    stages = (held("term", (Exit("released", 1.0),), 30),)
    plan = Plan(20, (Cohort("new", "term", rate=((5, 1.0),), spread="even"),), stages, FULL)
    outcome = simulate(plan, 1, 0, engine)
    assert outcome.diverted.sum() == outcome.arrivals.sum() == 15
    assert outcome.population.sum() == 0


@pytest.mark.parametrize("engine", ["kernel", "reference"])
def test_people_coming_home_are_crowded_in(engine: str) -> None:
    stages = (held("term", (Exit("released", 1.0),), 1000),)
    away = Transfer("lease", "abroad", ("term",), 0, 10)
    plan = Plan(20, (Cohort("stock", "term", size=5),), stages, FULL, transfers=(away,))
    outcome = simulate(plan, 1, 0, engine)
    assert outcome.diverted.sum() == 0
    assert list(outcome.population[9]) == [5, 0]
    assert list(outcome.population[10]) == [0, 5]  # home, though no place is left there


@pytest.mark.parametrize("engine", ["kernel", "reference"])
def test_returns_from_liberty_are_turned_away(engine: str) -> None:
    stages = (
        Stage("free", stays.Fixed(8), (Exit("back", 1.0, "term"),), inside=False),
        held("term", (Exit("released", 1.0),), 1000),
    )
    plan = Plan(20, (Cohort("at liberty", "free", size=5),), stages, FULL)
    outcome = simulate(plan, 1, 0, engine)
    late = outcome.diverted.sum()
    assert late > 0
    assert outcome.population[-1, 1] == 5 - late  # those who came back while there was room

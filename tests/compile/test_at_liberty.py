"""People released before the start who come back: how many return, and when."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest

from bedspace import engine
from bedspace.engine import Cohort, Plan, stays
from bedspace.scenario import paths, uncertain
from tests.compile.made import GROUP, USUAL, made, named, plan

BACK = f"{USUAL}/released"


def only(stock: str, after: str) -> dict[str, str | None]:
    """Nobody but people at liberty, who go to prison for good when they come back."""
    return {
        f"{GROUP}/stock": stock,
        f"{GROUP}/admissions": None,
        f"{USUAL}/sentenced/stay": "{indefinite: true}",
        f"{USUAL}/remand": "{stay: {fixed: 10 d}, exits: {sentenced: 100 %}}",
        BACK: f"{{returns: {{share: 30 %, after: {after}, to: sentenced}}}}",
        "agreements": None,
    }


def returned(found: Plan, engine_name: str = "kernel", member: int = 0) -> list[int]:
    """People who are back at the end of each day."""
    rows = engine.simulate(found, 1, member, engine_name).population.sum(axis=1)
    return [int(n) for n in rows]


def test_a_stock_at_liberty_is_a_cohort_of_those_who_return() -> None:
    found = plan(only("{released: 5000, sentenced: 7}", "{exponential: {mean: 540 d}}"))
    assert named(found.cohorts, "home/all/stock/released, to return") == Cohort(
        "home/all/stock/released, to return", "home/all/released, to return", size=5000
    )
    assert named(found.cohorts, "home/all/stock/sentenced").size == 7
    stage = named(found.stages, "home/all/released, to return")
    assert (stage.inside, stage.exits[0].to) == (False, "home/all/sentenced")


@pytest.mark.parametrize(
    ("after", "share"),
    [
        # What is left of an exponential time is exponential.
        ("{exponential: {mean: 540 d}}", 1 - math.exp(-365 / 540)),
        # Of a fixed time anything may be left, all of it equally likely.
        ("{fixed: 1000 d}", 365 / 1000),
        # Left of any time at a census: the integral of its survival to x, over its mean.
        ("{weibull: {mean: 300 d, shape: 2}}", None),
    ],
)
def test_the_first_year_s_returns_are_the_renewal_theory_s(after: str, share: float | None) -> None:
    if share is None:
        scale = 300 / math.gamma(1.5)
        x = np.linspace(0, 365, 100_001)
        share = float(np.trapezoid(np.exp(-((x / scale) ** 2)), x)) / 300
    people = [returned(plan(only("{released: 5000}", after)), member=m)[-1] for m in range(8)]
    error = math.sqrt(5000 * share * (1 - share) / len(people))
    assert np.mean(people) == pytest.approx(5000 * share, abs=4 * error)


@pytest.mark.parametrize("engine_name", ["kernel", "reference"])
def test_with_the_time_since_their_release_known_every_date_is(engine_name: str) -> None:
    stock = "{released: {people: 40, served: {fixed: 100 d}}}"
    found = plan(only(stock, "{fixed: 300 d}"))
    assert named(found.cohorts, "home/all/stock/released, to return").served == stays.Fixed(100)
    back = returned(found, engine_name)
    assert back == [0] * 200 + [40] * 165


def test_with_a_stock_at_liberty_a_steady_state_stays_one() -> None:
    """Ten a day, 60 days inside, 30 % return: 10 / 0.7 leave a day, so that as many are inside as
    60 x 10 / 0.7 and 0.3 x 10 / 0.7 x 200 are on their way back. Without them it sags first."""
    scn = {
        f"{GROUP}/stock": f"{{sentenced: {round(600 / 0.7)}, released: {round(600 / 0.7)}}}",
        f"{GROUP}/admissions": "10 / day",
        f"{USUAL}": "{sentenced: {stay: {exponential: {mean: 60 d}}}, "
        "released: {returns: {share: 30 %, after: {exponential: {mean: 200 d}}}}}",
        "systems/home/facilities": "{old: {places: 9000}}",
        "agreements": None,
    }
    runs = np.array([returned(plan(scn), member=m) for m in range(12)])
    months = np.arange(0, 361, 60)
    for first, end in pairwise(months):
        assert runs[:, first:end].mean() == pytest.approx(600 / 0.7, rel=0.03)
    scn[f"{GROUP}/stock"] = f"{{sentenced: {round(600 / 0.7)}}}"
    runs = np.array([returned(plan(scn), member=m) for m in range(12)])
    assert runs[:, 60:120].mean() < 0.85 * 600 / 0.7


def test_the_number_is_uncertain_and_has_a_path() -> None:
    scn = made(only("{released: {value: 500, low: 300, high: 900}}", "{fixed: 9 d}"))
    assert list(uncertain(scn)) == ["home.groups.all.stock.released"]
    assert paths.get(scn, "home.groups.all.stock.released").value == 500

"""Risks, credit, good time and parole, by hand."""

import math

import numpy as np
import pytest

from bedspace import compile as compiler
from bedspace import engine
from bedspace.compile.stays import stage_law
from bedspace.engine import Plan, Risk, Stage, stays
from bedspace.scenario import paths, uncertain
from tests.compile.made import GROUP, USUAL, made, named, plan

REMAND, SENTENCED = f"{USUAL}/remand", f"{USUAL}/sentenced"
FIFTY = {
    f"{GROUP}/stock": None,
    f"{GROUP}/admissions": "{cumulative: {2025-01-01: 50}}",
    f"{REMAND}/stay": "{fixed: 100 d}",
    f"{REMAND}/exits": "{sentenced: 100 %}",
    "agreements": None,
}
"""Fifty people who all arrive on the first day and are on remand for a hundred days."""


def stage(found: Plan, name: str) -> Stage:
    made: Stage = named(found.stages, f"home/all/{name}")
    return made


def held(changes: dict[str, str | None]) -> dict[int, int]:
    """People held at the end of a day, by the first day on which it is so many."""
    people = engine.simulate(plan({**FIFTY, **changes}), 1, 0).population.sum(axis=1)
    changed = [0, *(int(day) + 1 for day in np.flatnonzero(np.diff(people)))]
    return {day: int(people[day]) for day in changed}


def test_remand_is_credited() -> None:
    sentence: dict[str, str | None] = {f"{SENTENCED}/stay": "{fixed: 200 d}"}
    assert held(sentence) == {0: 50, 300: 0}
    sentence[f"{SENTENCED}/credit"] = "100 %"
    assert held(sentence) == {0: 50, 200: 0}
    sentence[f"{SENTENCED}/credit"] = "25 %"
    assert held(sentence) == {0: 50, 275: 0}


def test_good_time_is_taken_off_what_is_served() -> None:
    changes: dict[str, str | None] = {
        f"{SENTENCED}/stay": "{fixed: 200 d}",
        f"{SENTENCED}/share": "50 %",
        f"{SENTENCED}/good_time": "10 %",
    }
    assert stage(plan(changes), "sentenced").stay == stays.Scaled(stays.Fixed(200), 0.45)
    assert held(changes) == {0: 50, 190: 0}
    (path, numbers) = ("home.pathways.usual.sentenced", made(changes))
    none = {f"{path}.good_time": paths.get(numbers, f"{path}.share")}
    law = stage_law(numbers.systems["home"].pathways["usual"]["sentenced"], path, none)
    assert law == stays.Scaled(stays.Fixed(200), 0.25)


def test_a_measure_sets_good_time_that_was_not_there() -> None:
    text = "{on: 2025-03-01, set: {home.pathways.usual.sentenced.good_time: 20 %}}"
    (change,) = plan({"measures/m": text}).changes
    assert change.stay == stays.Scaled(stays.Exponential(200), 0.8)


def test_parole_is_refused_and_the_same_sentence_goes_on() -> None:
    sentence = (
        "{mixture: [{share: 50 %, stay: {fixed: 20 d}}, {share: 50 %, stay: {fixed: 200 d}}]}"
    )
    changes: dict[str, str | None] = {
        SENTENCED: f"{{stay: {sentence}, share: 50 %, exits: {{refused: 100 %}}}}",
        f"{USUAL}/refused": f"{{stay: {sentence}, share: 50 %, sentence: sentenced, "
        "status: sentenced}",
    }
    assert stage(plan(changes), "refused").luck == "home/all/sentenced"
    # Whoever has 20 days leaves after 100 + 20, whoever has 200 after 100 + 200; nobody after 210.
    assert list(held(changes)) == [0, 120, 300]
    assert 10 < held(changes)[120] < 40


def test_a_risk_is_a_constant_hazard_whose_year_takes_its_share() -> None:
    changes = {
        f"{SENTENCED}/risks": "{escaped: 5 % / year, died: {value: 0.4 % / year, "
        "low: 0.3 % / year, high: 0.5 % / year}, removed: 0 % / year}"
    }
    died, escaped = stage(plan(changes), "sentenced").risks
    assert (died.cause, escaped.cause) == ("died", "escaped")  # by name; none of nought
    assert math.exp(-365.25 * died.rate) == pytest.approx(0.996)
    assert math.exp(-365.25 * escaped.rate) == pytest.approx(0.95)
    assert list(uncertain(made(changes))) == ["home.pathways.usual.sentenced.risks.died"]


def test_some_of_those_who_escape_are_caught() -> None:
    changes = {
        f"{SENTENCED}/risks": "{escaped: 50 % / year}",
        f"{USUAL}/escaped": "{returns: {share: 75 %, after: {fixed: 9 d}, to: sentenced}}",
    }
    rate = math.log(2) / 365.25
    gone, caught = stage(plan(changes), "sentenced").risks
    assert (gone, caught) == (
        Risk("escaped", pytest.approx(rate / 4)),
        Risk("escaped", pytest.approx(rate * 3 / 4), "home/all/escaped, to return"),
    )


def test_a_year_of_deaths() -> None:
    # Nobody leaves otherwise: of 1,000 people a fifth die within 365.25 days.
    changes = {
        f"{GROUP}/stock": "{sentenced: 1000}",
        f"{GROUP}/admissions": None,
        f"{SENTENCED}/stay": "{indefinite: true}",
        f"{SENTENCED}/risks": "{died: 20 % / year}",
        "agreements": None,
    }
    left = [engine.simulate(plan(changes), 1, m).population[-1].sum() for m in range(20)]
    assert np.mean(left) == pytest.approx(800, abs=5 * (1000 * 0.16 / 20) ** 0.5)


def test_a_bare_stock_knows_of_risks() -> None:
    # Exponential stays compete with the hazard: 60 days on remand alone, then 1 / (1/200 + h); with
    # h = 1/200 half of the 200 days, so 60 : 0.7 x 100 = 60 : 70.
    share = 100 * (1 - math.exp(-365.25 / 200))
    changes = {
        f"{GROUP}/stock": "1300",
        f"{SENTENCED}/risks": f"{{died: {share:.10f} % / year}}",
    }
    sizes = {c.stage.split("/")[-1]: c.size for c in plan(changes).cohorts if c.size}
    assert sizes == {"remand": 600, "sentenced": 700}
    # On remand the same h and 200 days: half of them never come to be sentenced.
    changes |= {
        f"{REMAND}/stay": "{exponential: {mean: 200 d}}",
        f"{REMAND}/risks": f"{{died: {share:.10f} % / year}}",
        f"{GROUP}/stock": "1350",
    }
    sizes = {c.stage.split("/")[-1]: c.size for c in plan(changes).cohorts if c.size}
    assert sizes == {"remand": 1000, "sentenced": 350}


def test_an_indefinite_stage_that_people_die_in_has_a_steady_state() -> None:
    changes: dict[str, str | None] = {
        f"{GROUP}/stock": "100",
        f"{SENTENCED}/stay": "{indefinite: true}",
        f"{SENTENCED}/risks": "{died: 2 % / year}",
    }
    scn = made(changes)
    sizes = {c.stage: c.size for c in compiler.plan(scn).cohorts if c.size}
    # 60 days : 0.7 x 365.25 / -ln 0.98 = 12,655 days.
    assert sizes == {"home/all/sentenced": 100}

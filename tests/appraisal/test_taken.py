"""Gates that need something or are undecided, and by which people are sent: marked everywhere."""

import json

import pytest

from bedspace import scenario
from bedspace.appraisal import Appraisal, Simulated, taken_as_met
from bedspace.appraisal.figures.figure import ASSUMED_POWER, STAMPS, TAKEN_AS_MET
from bedspace.appraisal.figures.words import describe, stamp_line

GRANT = {
    "us-removal/removal-order": "needs",
    "us-removal/withholding": "needs",
    "us-removal/non-refoulement": "needs",
    "us-removal/farra": "needs",
    "us-removal/third-country": "needs",
    "us-removal/expedited": "needs",
    "us-removal/notice": "needs",
    "us-removal/imprisonment": "unsettled",
}
"""Removal asks these of the Venezuelans of the grant, and whether they may then be imprisoned is
not settled; read off docs/law.md. The Act of 1798, the other route, leaves three unsettled."""


SIDES = (".scenario", ".impact")


def met(stamps: tuple[str, ...]) -> set[str]:
    return {s for s in stamps if s.startswith(f"{TAKEN_AS_MET}: ")}


def test_what_is_taken_is_what_stays_shut_on_the_best_route() -> None:
    """The offer names an unsettled route for some, and what it needs besides counts too."""
    found = taken_as_met(scenario.load("cecot-offer"), "offer")
    assert {g.status for g in found} == {"needs", "unsettled"}
    told = {g.gate: g for g in found}
    assert told["us-bop-designation/foreign-facility"].status == "unsettled"
    assert "not been decided" in told["us-bop-designation/foreign-facility"].words
    assert "us-bop-designation/duty-of-care" in told
    # Nobody is sent by what bars everybody, and citizens are sent by no route.
    assert "us-bop-designation/citizens" not in told


def test_a_gate_that_is_assumed_is_not_also_taken_as_met() -> None:
    found = taken_as_met(scenario.load("cecot-offer#full-salvadorans"), "offer")
    assert "us-treaty-transfer/consent" not in {g.gate for g in found}
    assert "us-treaty-transfer/double-criminality" in {g.gate for g in found}


def test_it_stands_after_assumed_powers() -> None:
    assert STAMPS[:2] == (ASSUMED_POWER, TAKEN_AS_MET)


@pytest.mark.parametrize("name", ["granted", "everyone", "leased"])
def test_no_output_of_the_scenario_side_loses_it(name: str, request: pytest.FixtureRequest) -> None:
    found: Appraisal = request.getfixturevalue(name)
    (agreement,) = {i.id.split(".")[1] for i in found.inputs if i.id.startswith("agreements.")}
    scn = scenario.load(found.scenario)
    wanted = {stamp for gate in taken_as_met(scn, agreement) for stamp in gate.stamps}
    assert wanted
    if name == "granted":
        assert wanted == {f"{TAKEN_AS_MET}: {gate} ({how})" for gate, how in GRANT.items()}
    rests = {
        figure.id
        for figure in found.figures.values()
        for _, item in found.walk(figure.id)
        if isinstance(item, Simulated)
        and any(i.id.startswith(f"agreements.{agreement}.") for i in item.rests_on)
    }
    fixed = name == "granted"  # a sum paid once does not hang on who is sent
    for key in ("use.place-days", "saving.marginal.total", *(() if fixed else ("fee.paid",))):
        assert f"{agreement}.{key}" in rests
    for id_, figure in found.figures.items():
        if id_ in rests or (
            id_.startswith("population.") and id_.endswith((".scenario", ".impact"))
        ):
            assert met(figure.stamps) == wanted, id_
        elif not id_.startswith("evidence."):
            assert met(figure.stamps) == set(), id_
        if id_.startswith("population.") and id_.endswith(".baseline"):
            assert met(figure.stamps) == set(), id_
    for chart in found.section("population").charts:
        # What was observed before anybody is sent is set beside the baseline.
        before = chart.id.endswith(".scored") and not any("scenario" in i.id for i in chart.inputs)
        assert met(chart.stamps) == (set() if before else wanted)
    told = json.loads(found.to_json())
    assert met(tuple(told["stamps"])) == wanted
    counted = told["counts"][f"population.{agreement_side(found)}.run"]
    assert {
        f"{TAKEN_AS_MET}: {g['gate']} ({g['status']})" for g in counted["taken_as_met"]
    } == wanted


def agreement_side(found: Appraisal) -> str:
    """System and day of the last figure of a sending system, scenario side."""
    return next(
        id_.removeprefix("population.")
        for id_ in reversed(found.figures)
        if id_.startswith("population.") and id_.endswith(".scenario")
    )


def test_in_words_each_is_named_with_its_status(granted: Appraisal) -> None:
    line = stamp_line(granted.figure("offer.fee.price-used").stamps, most=1)
    for gate, how in GRANT.items():
        assert f"{gate} ({how})" in line
    assert line.count(TAKEN_AS_MET) == 1
    lines = [describe(item) for _, item in granted.walk("offer.fee.price-used")]
    assert any(x.startswith("taken as met us-removal/removal-order (needs): Needs") for x in lines)


def test_the_ledger_says_what_each_asks(granted: Appraisal) -> None:
    rows = granted.section("evidence").tables[1].rows
    found = {str(row[1]): str(row[3]) for row in rows if row[0] == TAKEN_AS_MET}
    assert set(found) == {f"{gate} ({how})" for gate, how in GRANT.items()}
    needed = [why for gate, why in found.items() if gate.endswith("(needs)")]
    assert needed and all(why.startswith("Needs ") for why in needed)

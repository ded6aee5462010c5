"""The law room beyond its cases: unknown facts, rules without a source, assumptions."""

from __future__ import annotations

import copy
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bedspace.exceptions import BedspaceError
from bedspace.rules import countries, law, standards
from bedspace.rules.law import table
from bedspace.rules.reading import TO_VERIFY

DAY = date(2025, 7, 1)
CITIZENSHIPS = ["salvadoran", "venezuelan", "us-citizen", "us-citizen+salvadoran", "foreign", None]
CUSTODY = ["remand", "sentenced", "recalled", "indefinite", "immigration", None]
YES_NO = [f.name for f in fields(law.Facts) if f.type == "bool | None"]


@st.composite
def facts(draw: st.DrawFn) -> law.Facts:
    return law.Facts(
        sending_country=draw(st.sampled_from(["united-states", "norway"])),
        receiving_country=draw(st.sampled_from(["el-salvador", "united-states", "rwanda"])),
        citizenship=draw(st.sampled_from(CITIZENSHIPS)),
        custody_status=draw(st.sampled_from(CUSTODY)),
        days_left=draw(st.sampled_from([None, 10.0, 1000.0])),
        **{name: draw(st.sampled_from([True, False, None])) for name in YES_NO},
    )


def worlds(known: law.Facts, field: str) -> list[law.Facts]:
    """The facts with a field that is not known told in every way."""
    values: list[Any] = {
        "citizenship": [c for c in CITIZENSHIPS if c not in (None, "foreign")],
        "custody_status": CUSTODY[:-1],
        "days_left": [10.0, 1000.0],
    }.get(field, [True, False])
    told = [replace(known, **{field: value}) for value in values]
    # A lawful resident is an alien by the word's meaning: the two facts cannot contradict.
    return [f for f in told if not (f.lawful_resident and f.sending in (f.countries or ()))]


@settings(max_examples=300, deadline=None)
@given(facts(), st.sampled_from(["citizenship", "custody_status", "days_left", *YES_NO]))
def test_what_is_not_known_never_opens_a_gate(known: law.Facts, field: str) -> None:
    unknown = replace(known, **{field: None})
    told = worlds(unknown, field)
    for verdict in law.verdicts(unknown, law.routes(), DAY):
        for finding in verdict.findings:
            if finding.status == "permitted":
                for world in told:
                    (there,) = law.verdicts(world, [verdict.route], DAY)
                    same = next(f for f in there.findings if f.gate_id == finding.gate_id)
                    assert same.status == "permitted", (finding.gate_id, field, world)


@settings(max_examples=100, deadline=None)
@given(facts(), st.dates(date(1960, 1, 1), date(2035, 1, 1)))
def test_a_verdict_is_its_worst_finding_under_the_law_of_the_day(
    known: law.Facts, on: date
) -> None:
    for verdict in law.verdicts(known, law.routes(), on):
        order = [law.STATUSES.index(f.status) for f in verdict.findings]
        assert law.STATUSES.index(verdict.status) == max(order)
        for finding in verdict.findings:
            assert finding.as_of is None or finding.as_of <= on or finding.status == "barred"
            assert finding.citation and finding.binds and finding.words
            assert "{" not in finding.words


def test_a_custody_status_that_the_law_does_not_know_is_refused() -> None:
    with pytest.raises(BedspaceError, match="'sentencd' is none of remand"):
        law.Facts("united-states", "el-salvador", custody_status="sentencd")


def test_nothing_known_permits_no_route() -> None:
    nothing = law.Facts("united-states", "el-salvador")
    assert {v.status for v in law.verdicts(nothing, law.routes(), DAY)} == {"needs", "unsettled"}


def test_everybody_but_salvadorans_is_barred_from_treaty_transfer() -> None:
    for who in ["venezuelan", "us-citizen", "mexican", "other", "venezuelan+us-citizen"]:
        people = law.Facts("united-states", "el-salvador", who, "sentenced")
        (verdict,) = law.verdicts(people, ["us-treaty-transfer"], DAY)
        assert verdict.status == "barred"
        assert [f.gate_id for f in verdict.deciding] == ["us-treaty-transfer/nationality"]


def test_words_for_citizenship() -> None:
    for word in ["salvadoran", "El Salvador", "SV", "el_salvador"]:
        assert countries.citizenships(word) == frozenset({"el-salvador"})
    assert countries.citizenships(None) is None
    assert countries.citizenships("unknown") is None
    both = countries.citizenships(frozenset({"usa", "venezuelan"}))
    assert both == countries.citizenships("us-citizen + venezuelan")
    assert law.Facts("homeland", "neighbour", "citizen").countries == frozenset({"homeland"})


def test_findings_say_what_was_not_re_read() -> None:
    people = law.Facts("united-states", "el-salvador", "us-citizen", "sentenced")
    (verdict,) = law.verdicts(people, ["us-bop-designation"], DAY)
    notes = {f.gate_id.split("/")[1]: f.note for f in verdict.findings}
    assert notes["citizens"] == TO_VERIFY
    assert notes["duty-of-care"] == ""
    assert notes["habitability"] == f"its date {TO_VERIFY}"


def test_an_unknown_route_is_refused_with_the_nearest() -> None:
    with pytest.raises(BedspaceError, match="did you mean 'us-removal'"):
        law.verdicts(law.Facts("a", "b"), ["us-removl"], DAY)


def test_the_next_best_route() -> None:
    people = law.Facts("united-states", "el-salvador", "venezuelan", "sentenced")
    found = law.verdicts(people, ["us-treaty-transfer", "us-removal", "us-bop-designation"], DAY)
    assert [v.status for v in law.ranked(found)] == ["unsettled", "barred", "barred"]
    best = law.next_best("us-treaty-transfer", found)
    assert best is not None and best.route == "us-bop-designation"
    assert law.next_best("us-removal", found[1:2]) is None


def venezuelan() -> law.Verdict:
    people = law.Facts(
        "united-states",
        "el-salvador",
        "venezuelan",
        "sentenced",
        consent=True,
        final_judgment=True,
        appeal_pending=False,
        double_criminality=True,
        torture_risk=False,
    )
    return law.verdicts(people, ["us-treaty-transfer"], DAY)[0]


def test_an_assumption_leaves_the_real_verdict_beside_it() -> None:
    real = venezuelan()
    what_if = law.apply_assumptions(
        real, {"us-treaty-transfer/nationality": "as if it did not ask"}
    )
    assert what_if.real == real and real.status == "barred"
    assert what_if.effective.status == "permitted"
    assert what_if.assumed == ("us-treaty-transfer/nationality",)
    assert "as if it did not ask" in next(
        f.words for f in what_if.effective.findings if f.gate_id.endswith("/nationality")
    )


def test_an_assumption_that_changes_nothing_is_not_listed() -> None:
    real = venezuelan()
    for gate in ["us-treaty-transfer/consent", "us-removal/release"]:
        same = law.apply_assumptions(real, {gate: "for the sake of argument"})
        assert same.effective == real and same.assumed == () and same.reasons == {}


@pytest.mark.parametrize("route", sorted(law.routes()))
def test_no_absolute_bar_can_be_assumed_on_any_route(route: str) -> None:
    absolute = [g.id for g in law.routes()[route].gates if g.absolute]
    assert f"{route}/non-refoulement" in absolute
    for gate in absolute:
        with pytest.raises(BedspaceError, match="absolute bar"):
            law.apply_assumptions(venezuelan(), {gate: "a reason"})


@pytest.mark.parametrize(
    ("gate", "reason", "message"),
    [
        ("us-treaty-transfer/nationalty", "a reason", "did you mean 'us-treaty-transfer/national"),
        ("us-treaty-transfer/nationality", "  ", "without a reason"),
    ],
)
def test_a_bad_assumption_is_refused(gate: str, reason: str, message: str) -> None:
    with pytest.raises(BedspaceError, match=message):
        law.apply_assumptions(venezuelan(), {gate: reason})


GOOD = yaml.safe_load("""
id: r
title: A route
summary: One gate.
gates:
  - id: g
    title: A gate
    law:
      - since: 2000-01-01
        citation: An act, s. 1
        binds: [homeland]
        grade: official
        cases: [{when: {consent: yes}, then: permitted, because: It is given.}]
        otherwise: {then: needs, because: Needs consent.}
""")


def spoilt(change: str) -> Any:
    record = copy.deepcopy(GOOD)
    gate = record["gates"][0]
    text = gate["law"][0]
    exec(change, {"record": record, "gate": gate, "text": text})
    return record


def test_the_good_route_is_read() -> None:
    route = table.route(GOOD, "here")
    assert route.gates[0].id == "r/g" and route.binds == ("homeland",)
    assert route.citations == ("An act, s. 1",)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("text['citation'] = ' '", "r/g: a gate cites its law"),
        ("del text['citation']", "r/g: citation missing"),
        ("text['binds'] = []", "whom it binds"),
        ("text['otherwise']['then'] = 'permitted'", "'permitted' cannot be the status"),
        ("text['cases'][0]['then'] = 'allowed'", "'allowed' cannot be the status"),
        ("text['cases'][0]['when'] = {}", "asks at least one question"),
        ("text['cases'][0]['when'] = {'consnt': True}", "no question 'consnt'"),
        ("text['cases'][0]['when'] = {'consent': None}", "consent cannot be answered None"),
        ("text['cases'][0]['when'] = {'consent': 'yes'}", "consent cannot be answered 'yes'"),
        ("text['grade'] = 'V'", "grade 'V' is none of"),
        ("text['since'] = '2000'", "since is a date"),
        ("gate['law'].append(text)", "oldest first"),
        ("gate['absolut'] = True", "unknown absolut"),
        ("record['gates'].append(gate)", "each with an id of its own"),
        ("record['gates'].append({'use': 'nothing'})", "no shared gate 'nothing'"),
    ],
)
def test_a_rule_that_nobody_could_stand_by_is_refused(change: str, message: str) -> None:
    with pytest.raises(BedspaceError, match=message):
        table.route(spoilt(change), "here")


def test_the_paper_names_every_route_gate_and_citation() -> None:
    paper = " ".join((Path(__file__).parents[2] / "docs" / "law.md").read_text("utf-8").split())
    for route in law.routes().values():
        assert f"`{route.id}`" in paper
        for gate in route.gates:
            assert f"`{gate.id.split('/')[1]}`" in paper, gate.id
            for text in gate.texts:
                for citation in text.citation.split("; "):
                    assert citation in paper, citation


def test_the_paper_names_every_standard() -> None:
    paper = (Path(__file__).parents[2] / "docs" / "law.md").read_text("utf-8")
    for standard in standards.standards():
        assert f"`{standard.id}`" in paper, standard.id

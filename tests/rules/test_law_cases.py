"""The rule tests that a lawyer writes: every case in cases/*.yaml."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bedspace.exceptions import BedspaceError
from bedspace.rules import law
from bedspace.rules.law.__main__ import main

CASES = [
    case
    for path in sorted((Path(__file__).parent / "cases").glob("*.yaml"))
    for case in law.cases(path.read_text(encoding="utf-8"), path.name)
]


def test_there_are_cases_for_every_route() -> None:
    assert {case.route for case in CASES} == law.routes().keys()


def test_every_gate_of_every_route_decides_in_some_case() -> None:
    """A gate that no case is about could say anything."""
    asked = {f"{case.route}/{gate}" for case in CASES for gate in (*case.gates, case.silent or "")}
    shared = {
        "non-refoulement",
        "farra",
        "imprisonment",
        "echr-conditions",
        "liberty",
        "one-country",
        "arizona-notice",
    }
    own = {id_ for id_ in law.gates(law.routes()) if id_.rpartition("/")[2] not in shared}
    assert own - asked == set()
    assert shared <= {id_.rpartition("/")[2] for id_ in asked}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.route}: {case.title}")
def test_case(case: law.LegalCase) -> None:
    assert law.differences(case) == ()


def test_a_case_that_is_wrong_says_in_what() -> None:
    (case,) = law.cases(
        """
- case: a sentenced Venezuelan
  facts: {sending_country: united-states, receiving_country: el-salvador, citizenship: venezuelan,
          custody_status: sentenced}
  day: 2025-02-04
  route: us-treaty-transfer
  status: permitted
  gate: {id: nationality, status: needs, citation: 18 U.S.C. 4101}
  silent: consent
  takes: 3 d
""",
        "mine.yaml",
    )
    assert case.where == "mine.yaml:2:3"
    status, gate, cited, silent, takes = law.differences(case)
    assert status.startswith("the status is barred, not permitted (us-treaty-transfer/nationality")
    assert gate.startswith("nationality is barred, not needs")
    assert cited == "nationality cites '18 U.S.C. 4100(b)', not '18 U.S.C. 4101'"
    assert silent.startswith("consent is not silent")
    assert takes == "it takes 'not known', not '3 d'"
    (none,) = law.differences(
        replace(case, status="barred", gates={"x": ("", "")}, silent=None, takes=None)
    )
    assert none.startswith("the gate x says nothing on that day")


GOOD = """
- case: a title
  facts: {sending_country: norway, receiving_country: netherlands}
  day: 2016-01-01
  route: norway-netherlands-2015
  status: needs
"""


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("  day: 2016-01-01\n", "", "2:3: the case has no day; add the key day"),
        ("day: 2016-01-01", "day: 2016", "4:8: '2016' is not a date; write year-month-day"),
        ("status: needs", "status: need", "6:11: no status 'need'; write permitted, needs"),
        ("route: norway-n", "route: n", "5:10: no route 'netherlands-2015'; there are"),
        ("status: needs", "status: needs\n  gat: x", "7:8: 'gat' is no key of a case"),
        ("netherlands}", "netherlands, consent: perhaps}", "'perhaps' is no answer to consent"),
        ("netherlands}", "netherlands, cosent: yes}", "there is no fact 'cosent'"),
        ("netherlands}", "netherlands, days_left: long}", "'long' is no answer to days_left"),
        ("{sending_country: norway, ", "{", "the facts name no sending_country"),
        ("status: needs", "status: needs\n  gate: {id: who}", "gate 1 is not whole"),
        ("- case: a title\n ", "- a title\n#", "2:3: a case is a map"),
    ],
)
def test_a_case_that_cannot_be_read_says_where(old: str, new: str, line: str) -> None:
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    if line.startswith("2:3: a case is a map"):
        text = "\n- a title\n"
    with pytest.raises(BedspaceError) as caught:
        law.cases(text, "mine.yaml")
    assert line in str(caught.value)
    assert str(caught.value).startswith("mine.yaml:")


OWN = """
id: act
title: An act
summary: One gate.
gates:
  - id: who
    title: Who
    law: [{since: 2025-07-01, citation: "Act, s. 1", binds: [homeland], grade: official,
           cases: [{when: {group.gang_links: no}, then: permitted, because: No links.}],
           otherwise: {then: barred, because: Links or not known.}}]
  - use: non-refoulement
"""
MINE = """
- case: links to a gang
  facts: {sending_country: homeland, receiving_country: elsewhere, attributes: {gang_links: yes}}
  day: 2025-07-01
  route: act
  status: barred
  gate: {id: who, status: barred, citation: s. 1}
- case: none, and the day before
  facts: {sending_country: homeland, receiving_country: elsewhere, attributes: {gang_links: no}}
  day: 2025-06-30
  route: act
  status: needs
  silent: who
"""


def checked(folder: Path, cases: str, own: str = OWN) -> int:
    (folder / "mine.yaml").write_text(cases, encoding="utf-8")
    (folder / "act.yaml").write_text(own, encoding="utf-8")
    return main([str(folder / "mine.yaml"), "--law", str(folder / "act.yaml")])


def test_a_lawyer_checks_cases_on_a_route_of_their_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert checked(tmp_path, MINE) == 0
    assert capsys.readouterr().out == "2 of 2 cases come out as they say\n"
    assert checked(tmp_path, MINE.replace("status: barred\n", "status: needs\n", 1)) == 1
    first, last = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{tmp_path / 'mine.yaml'}:2:3: links to a gang: the status is barred")
    assert last == "1 of 2 cases come out as they say"


def test_files_that_cannot_be_read_are_refused_with_their_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert checked(tmp_path, MINE.replace("day: 2025-07-01", "day: soon")) == 2
    assert "mine.yaml:4:8: 'soon' is not a date" in capsys.readouterr().err
    assert checked(tmp_path, MINE, OWN.replace('citation: "Act, s. 1", ', "")) == 2
    assert "act.yaml:8:11: the gate cites no law" in capsys.readouterr().err
    assert main([str(tmp_path / "gone.yaml")]) == 2
    assert "gone.yaml: No such file" in capsys.readouterr().err

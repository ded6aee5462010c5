"""The rule tests that a lawyer writes: every case in cases/*.yaml."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bedspace.exceptions import BedspaceError
from bedspace.rules import law

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
    shared = {"non-refoulement", "echr-conditions", "liberty", "one-country", "arizona-notice"}
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

"""The rule tests that a lawyer writes: every case in cases/*.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bedspace.rules import law

CASES = [
    case
    for path in sorted((Path(__file__).parent / "cases").glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


def test_there_are_cases_for_every_route() -> None:
    assert {case["route"] for case in CASES} == law.routes().keys()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['route']}: {case['case']}")
def test_case(case: dict[str, Any]) -> None:
    (verdict,) = law.verdicts(law.Facts(**case["facts"]), [case["route"]], case["day"])
    found = {f.gate_id.split("/")[1]: f for f in verdict.findings}
    assert verdict.status == case["status"], [(f.gate_id, f.status) for f in verdict.findings]
    if "silent" in case:
        assert case["silent"] not in found
        return
    finding = found[case["gate"]["id"]]
    assert finding.status == case["gate"]["status"]
    assert str(case["gate"]["citation"]) in finding.citation
    assert finding.words

"""Bad input about what is paid, each with its one clear message."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.scenario.files import GOOD, HERE, problems

CASES = yaml.safe_load((HERE / "bad_fees.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["case"][0] for case in CASES])
def test_one_mistake_one_message(case: dict[str, Any], tmp_path: Path) -> None:
    assert case["change"] in GOOD
    found = problems(tmp_path, GOOD.replace(case["change"], case["to"], 1))
    said = [(f"{p.line}:{p.column}", f"{p.what}; {p.mend}") for p in found]
    assert said == [(case["case"][1], case["says"])]

"""What must hold of a file whatever it says: it is refused in lines, or answered in numbers."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path
from typing import Any

import bedspace as bs
from bedspace.exceptions import BedspaceError, ScenarioError
from bedspace.scenario import Scenario

LINE = re.compile(r".+:[0-9]+:[0-9]+: [^\n]+; [^\n]+")


def read(folder: Path, text: str | bytes, variant: str = "") -> Scenario | None:
    """The scenario of a file; None where it is refused, each mistake in a line of its own."""
    file = folder / "x.yaml"
    file.write_bytes(text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text)
    try:
        return bs.load(f"{file}{variant}")
    except ScenarioError as error:
        assert error.problems
        for line in str(error).encode("utf-8").decode("utf-8").split("\n"):
            assert LINE.fullmatch(line), line
            assert len(line) < 600 + len(str(file)), line
        return None


def base_of(folder: Path, scn: Scenario) -> Scenario:
    """The variant `baseline` of the file that was read last, or the file without agreements."""
    if "baseline" in scn.variants:
        return bs.load(f"{folder / 'x.yaml'}#baseline")
    return scn.model_copy(update={"agreements": {}})


def answered(scn: Scenario, baseline: Scenario, folder: Path, page: bool = True) -> str:
    """Run both and appraise, with the page if wished: "refused" before anything is simulated, or
    "answered", and then all that is said is finite."""
    out = folder / "out"
    try:
        made = bs.compare(scn, baseline, replicates=1, seed=1, workers=1, out=out)
    except BedspaceError as error:
        assert "kept" not in str(error), f"refused half-way: {error}"
        return "refused"
    found = bs.appraise(made)
    said = json.loads(found.to_json(), parse_constant=_no_number)
    _finite(said)
    if page:
        bs.report(found, folder / "x.html")
    return "answered"


def _no_number(word: str) -> None:
    raise AssertionError(f"{word} in the JSON of an appraisal")


def _finite(value: Any) -> None:
    if isinstance(value, dict):
        for below in value.values():
            _finite(below)
    elif isinstance(value, list):
        for below in value:
            _finite(below)
    elif isinstance(value, float):
        assert math.isfinite(value)
        assert abs(value) < 1e24, value
    elif isinstance(value, str):
        assert value not in ("NaN", "Infinity", "-Infinity", "inf", "nan")

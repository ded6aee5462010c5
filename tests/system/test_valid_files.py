"""Files that are valid and odd: each is answered, or refused before anything is simulated."""

from pathlib import Path

import pytest

import bedspace as bs
from bedspace.appraisal import Figure
from bedspace.appraisal.figures.figure import Number
from bedspace.exceptions import BedspaceError, RunError, ScenarioError
from bedspace.results.frames import Frame
from tests.cli.bad_files import GOOD
from tests.fuzz.holding import answered, base_of, read

TERM = "from: 2025-02-01\n    until: 2025-04-01"

ANSWERED = {
    "an agreement after the run": [(TERM, "from: 2026-02-01\n    until: 2026-04-01")],
    "an agreement before the run": [(TERM, "from: 2020-02-01\n    until: 2020-04-01")],
    "a run inside one month": [
        ("end: 2025-04-01", "end: 2025-01-20"),
        (TERM, "from: 2025-01-12\n    until: 2025-04-01"),
    ],
    "no places, with cells": [
        ("tower: {places: 60}", "tower: {places: 0, cells: {count: 10, floor: 10 m2}}"),
    ],
    "cells without bunks": [
        ("places: 60}", "places: 60, cells: {count: 10, floor: 10 m2, bunks: 0}}"),
    ],
    "a facility called all": [("tower", "all"), ("tower", "all")],
    "the least shape of a stay": [
        ("exponential: {mean: 90 d}", "weibull: {mean: 90 d, shape: 0.1}"),
    ],
    "the longest times there are": [
        ("stages: [sentenced]}", "stages: [sentenced], remaining: {min: 1000 years}}"),
        ("    fee:", "    delay: 1000 years\n    early_end: {notice: 1000 years}\n    fee:"),
    ],
}
"""Name -> changes of a good file."""


@pytest.mark.slow
@pytest.mark.parametrize("name", ANSWERED)
def test_it_is_answered_to_the_page(name: str, tmp_path: Path) -> None:
    text = GOOD
    for old, new in ANSWERED[name]:
        assert old in text
        text = text.replace(old, new, 1)
    scn = read(tmp_path, text)
    assert scn is not None
    assert answered(scn, base_of(tmp_path, scn), tmp_path) == "answered"
    assert (tmp_path / "x.html").stat().st_size > 10_000


def test_a_baseline_without_a_system_is_refused(tmp_path: Path) -> None:
    text = GOOD.replace("{without: [agreements.lease]}", "{without: [agreements.lease, neighbour]}")
    scn = read(tmp_path, text)
    assert scn is not None
    with pytest.raises(RunError, match="the baseline has no system 'neighbour'"):
        bs.compare(scn, replicates=1, out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("exponential: {mean: 90 d}", "weibull: {mean: 90 d, shape: 0.005}"),
        ("stages: [sentenced]}", "stages: [sentenced], remaining: {min: 9000000 years}}"),
        ("    fee:", "    delay: 9000000 years\n    fee:"),
    ],
)
def test_what_no_engine_holds_is_refused_with_its_line(old: str, new: str, tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"^[^\n]+x\.yaml:[0-9]+:[0-9]+: [^\n]+; it cannot be"):
        bs.load(str(file))


def test_rented_places_that_no_machine_holds_are_refused_before_the_run(tmp_path: Path) -> None:
    text = GOOD.replace("places: 60", "places: 1073741824").replace("places: 15", "places: 9e8")
    scn = read(tmp_path, text.replace("9e8", "900000000"))
    assert scn is not None
    with pytest.raises(RunError, match="simulate fewer people, days or rented places"):
        bs.compare(scn, replicates=1, workers=1, out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_more_people_than_anybody_waits_for_are_refused_before_the_run(tmp_path: Path) -> None:
    """90 and 20 at the start, and 81 days x (1,000,000,000 + 0.2) arrivals: 81,000,000,126."""
    text = GOOD.replace("admissions: 1 / day", "admissions: 1000000000 / day")
    scn = read(tmp_path, text.replace("{mean: 90 d}", "{mean: 0.01 d}").replace("20 d", "0.01 d"))
    assert scn is not None
    with pytest.raises(RunError, match="would follow 81,000,000,126 people through the run, more"):
        bs.compare(scn, replicates=1, workers=1, out=tmp_path / "out")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_no_figure_and_no_table_is_made_of_what_is_no_number(value: float) -> None:
    import numpy as np

    given = (Number("a.path", 1.0, "people", None, "assumption"),)
    with pytest.raises(BedspaceError, match="figure x would be"):
        Figure("x", "X", value, "people", "words", given)
    with pytest.raises(BedspaceError, match="figure x would be"):
        Figure("x", "X", 1.0, "people", "words", given, low=0.0, high=value)
    with pytest.raises(RunError, match="the column days of a table holds"):
        Frame({"days": np.array([1.0, value])})

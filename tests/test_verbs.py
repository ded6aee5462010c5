"""The ten lines of Python that the README promises."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import bedspace as bs
from bedspace.exceptions import BedspaceError

NAME = "two-hundred-places"


def test_from_a_name_to_a_page(tmp_path: Path) -> None:
    lease = bs.load("two-hundred-places")
    impact = bs.compare(lease, baseline="baseline", replicates=3, seed=1)
    assert impact.population.columns == ["member", "day", "system", "people"]
    found = bs.appraise(impact)
    assert found.scenario == "two-hundred-places"
    page = bs.report(found, tmp_path / "lease.html")
    assert page.read_text(encoding="utf-8").lower().startswith("<!doctype html>")


def test_a_run_is_found_again(tmp_path: Path) -> None:
    made = bs.run("two-hundred-places#baseline", replicates=2, seed=3, out=tmp_path / "run")
    again = bs.open(tmp_path / "run")
    assert isinstance(again, type(made))
    assert again.population.fetchall() == made.population.fetchall()


def test_a_scenario_made_of_a_tree_has_no_variants_to_compare_with() -> None:
    from bedspace.scenario import from_raw

    made = from_raw(bs.load("two-hundred-places").raw, "mine")
    with pytest.raises(BedspaceError, match="give the baseline as a Scenario"):
        bs.compare(made)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: bs.load(3), "3 is no scenario"),
        (lambda: bs.load(None), "None is no scenario"),
        (lambda: bs.load("a\0b.yaml"), "no file can have this name"),
        (lambda: bs.run(NAME, replicates="ten"), "replicates is 'ten'; it must be a whole number"),
        (lambda: bs.run(NAME, replicates=2.5), "replicates is 2.5; it must be a whole number"),
        (lambda: bs.run(NAME, replicates=True), "replicates is True"),
        (lambda: bs.run(NAME, replicates=0), "replicates is 0; it must be between 1"),
        (lambda: bs.run(NAME, seed=-1), "seed is -1; it must be between 0"),
        (lambda: bs.run(NAME, seed=None), "seed is None; it must be a whole number"),
        (lambda: bs.run(NAME, workers=0), "workers is 0; it must be between 1"),
        (lambda: bs.run(NAME, workers="all"), "workers is 'all'"),
        (lambda: bs.run(NAME, out=3), "out is 3; it must be a path"),
        (lambda: bs.run(NAME, out="a\0b"), "no path holds a zero character"),
        (lambda: bs.run(NAME, resume="yes"), "resume is 'yes'; it must be True or False"),
        (lambda: bs.run(NAME, 1, executor=3), "there is no executor 3"),
        (lambda: bs.run(None), "None is no scenario"),
        (lambda: bs.compare(NAME, baseline=None), "baseline is None; it must be a Scenario or"),
        (lambda: bs.compare(NAME, replicates="ten"), "replicates is 'ten'"),
        (lambda: bs.open(None), "folder is None; it must be a path"),
        (lambda: bs.appraise("runs"), "comparison is 'runs'; it must be a Comparison"),
        (lambda: bs.invoice(None), "made is None; it must be a Run or a Comparison"),
        (lambda: bs.agreements(NAME), f"what is '{NAME}'; it must be a list"),
        (lambda: bs.agreements(seed="x"), "seed is 'x'"),
        (lambda: bs.report("runs", "a.html"), "what is 'runs'; it must be an Appraisal"),
    ],
)
def test_a_wrong_argument_is_one_line(
    call: Callable[[], object], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BedspaceError) as caught:
        call()
    assert words in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_numbers_of_numpy_and_paths_are_taken(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(f"bedspace: 1\ntitle: Mine\nextends: {NAME}\n")
    made = bs.run(file, replicates=np.int64(1), seed=np.uint8(3), out=tmp_path / "run")
    assert (made.members, made.seed, made.scenario.name) == (1, 3, "mine")


def test_only_verbs_are_lazy() -> None:
    assert "compare" in dir(bs)
    with pytest.raises(AttributeError, match="no attribute 'compere'"):
        getattr(bs, "compere")  # noqa: B009 - an attribute that is not there is the test

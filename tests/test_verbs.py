"""The ten lines of Python that the README promises."""

from __future__ import annotations

from pathlib import Path

import pytest

import bedspace as bs
from bedspace.exceptions import BedspaceError


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


def test_only_verbs_are_lazy() -> None:
    assert "compare" in dir(bs)
    with pytest.raises(AttributeError, match="no attribute 'compere'"):
        getattr(bs, "compere")  # noqa: B009 - an attribute that is not there is the test

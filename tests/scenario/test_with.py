"""Other values at paths: what `with_` and --set make of a scenario, and what they refuse."""

from __future__ import annotations

import pickle
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bedspace.exceptions import BedspaceError, ScenarioError
from bedspace.scenario import Scenario, evidence, from_raw, load, paths, with_set
from tests.cli.bad_files import GOOD

LEASE = "two-hundred-places"
SHARE = "homeland.costs.marginal"


@pytest.fixture(scope="module")
def lease() -> Scenario:
    return load(LEASE)


def test_a_number_is_another_and_says_what_the_file_has(lease: Scenario) -> None:
    made = lease.with_({SHARE: "30 %"})
    (entry,) = (e for e in evidence.ledger(made) if e.path == SHARE)
    assert (entry.value, entry.low, entry.grade) == ("30 %", None, "assumption")
    assert entry.note == "set by hand for this run; the file has 45 %"
    (again,) = (e for e in evidence.ledger(made.with_({SHARE: "20 %"})) if e.path == SHARE)
    assert again.note == entry.note, "what the file has, not what was set before"
    assert lease.with_({}) is lease
    costs = lease.systems["homeland"].costs
    assert costs is not None and costs.marginal is not None and costs.marginal.value == 0.45


def test_it_tells_what_was_set_and_keeps_where_it_came_from(lease: Scenario) -> None:
    made = lease.with_({SHARE: 0.3}).with_({"agreements.lease.places": 300})
    assert made.name == f"{LEASE} ({SHARE} = 0.3, agreements.lease.places = 300)"
    assert made.settings == {SHARE: 0.3, "agreements.lease.places": 300}
    assert (made.source, made.variant) == (LEASE, None)
    assert lease.settings == {} and lease.name == LEASE


@pytest.mark.parametrize(
    ("path", "value", "text"),
    [
        (SHARE, 0.3, "0.3"),
        (SHARE, Decimal("0.30"), "0.30"),
        (SHARE, np.float64(0.3), "0.3"),
        ("agreements.lease.places", 300, "300"),
        ("agreements.lease.fee.0.per_place", "60 EUR / day", "60 EUR / day"),
    ],
)
def test_numbers_of_python_stand_for_texts(
    lease: Scenario, path: str, value: Any, text: str
) -> None:
    (entry,) = (e for e in evidence.ledger(lease.with_({path: value})) if e.path == path)
    assert entry.value == text


def test_dates_words_and_maps_are_set_as_in_a_file(lease: Scenario) -> None:
    made = lease.with_(
        {
            "agreements.lease.until": date(2028, 1, 1),
            SHARE: {"value": "30 %", "low": "20 %", "high": "60 %", "note": "a guess"},
        }
    )
    assert made.agreements["lease"].until == date(2028, 1, 1)
    costs = made.systems["homeland"].costs
    assert costs is not None and costs.marginal is not None
    assert (costs.marginal.low, costs.marginal.high, costs.marginal.note) == (0.2, 0.6, "a guess")


def test_a_number_that_was_not_there_is_added() -> None:
    """The tiny file gives no costs."""
    raw = load(LEASE).raw
    del raw["systems"]["homeland"]["costs"]["marginal"]
    made = from_raw(raw, "bare").with_({SHARE: "30 %"})
    costs = made.systems["homeland"].costs
    assert costs is not None and costs.marginal is not None and costs.marginal.value == 0.3


def test_what_was_set_is_kept_with_the_results_and_by_workers(lease: Scenario) -> None:
    made = lease.with_({SHARE: "30 %"})
    again = from_raw(made.raw, made.name, made.variant)
    assert paths.numbers(again) == paths.numbers(made) and again.name == made.name
    sent: Scenario = pickle.loads(pickle.dumps(made))
    assert sent.with_({SHARE: "20 %"}).settings == {SHARE: "20 %"}


def test_a_variant_takes_settings_too() -> None:
    made = load("cecot-offer#grant").with_({"united-states.costs.marginal": "30 %"})
    assert made.variant == "grant" and made.settings


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (
            {"homeland.costs.marginl": "30 %"},
            "'marginl' is not a key here; did you mean 'marginal'",
        ),
        ({"homland.costs.marginal": 0.3}, "there is no 'homland'; did you mean 'homeland'"),
        ({"agreements.lease.fee.7.per_place": "1 EUR / day"}, "there is no '7'"),
        ({SHARE: "30 USD"}, "a share is needed; write it like 70 %"),
        ({SHARE: 1.7}, "cannot be above 100 %"),
        ({"homeland.costs.average": 60}, "write it like 35 EUR / day"),
        ({"agreements.lease.from": "soon"}, "write year-month-day"),
    ],
)
def test_what_is_wrong_is_said_in_a_line(
    lease: Scenario, settings: dict[str, Any], said: str
) -> None:
    with pytest.raises(ScenarioError) as refused:
        lease.with_(settings)
    (problem,) = refused.value.problems
    assert said in str(problem) and str(problem).startswith("with_:1:1: ")


def test_every_setting_that_names_nothing_is_said(lease: Scenario) -> None:
    wrong = {"nowhere.x": 1, SHARE: "30 %", "agreements.lese.places": 1}
    with pytest.raises(ScenarioError) as refused:
        with_set(lease, wrong, "--set")
    assert [(p.file, p.line) for p in refused.value.problems] == [("--set", 1), ("--set", 3)]


def test_where_the_baseline_has_no_such_path_it_is_passed_over() -> None:
    base = load(f"{LEASE}#baseline")
    made = with_set(base, {SHARE: "30 %", "agreements.lease.places": 300}, lenient=True)
    assert made.settings == {SHARE: "30 %"}
    assert with_set(base, {"agreements.lease.places": 300}, lenient=True) is base


def test_settings_are_a_map_and_a_scenario_was_loaded(lease: Scenario) -> None:
    with pytest.raises(BedspaceError, match="give a map of paths to values"):
        lease.with_("homeland")  # type: ignore[arg-type]
    bare = lease.model_copy()
    bare._setting = None
    with pytest.raises(BedspaceError, match="only a scenario that was loaded"):
        bare.with_({SHARE: 0.3})


def test_a_file_of_ones_own(tmp_path: Path) -> None:
    file = tmp_path / "tiny.yaml"
    file.write_text(GOOD, encoding="utf-8")
    made = load(file).with_({"agreements.lease.places": 5})
    assert made.source == str(file) and made.agreements["lease"].places.value == 5

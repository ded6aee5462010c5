"""A sweep: runs with other values, on the same people with the same luck."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import bedspace as bs
from bedspace.exceptions import BedspaceError
from bedspace.results import Comparison, Run, Sweep
from tests.cli.bad_files import GOOD

SHARE, PLACES = "homeland.costs.marginal", "agreements.lease.places"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file: Path = tmp_path_factory.mktemp("sweep") / "tiny.yaml"
    file.write_text(GOOD, encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def places(file: Path) -> Sweep:
    return bs.sweep(file, {PLACES: [5, 15]}, baseline="baseline", replicates=3)


def test_a_point_for_every_combination_in_order(file: Path, tmp_path: Path) -> None:
    grid = {PLACES: [5, 10], SHARE: ["20 %", "40 %"]}
    made = bs.sweep(file, grid, replicates=1, out=tmp_path / "out")
    assert [tuple(point.values.values()) for point in made] == [
        (5, "20 %"),
        (5, "40 %"),
        (10, "20 %"),
        (10, "40 %"),
    ]
    assert len(made) == 4 and all(isinstance(point.made, Run) for point in made)
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["000", "001", "002", "003"]


def test_they_share_people_luck_and_draws(places: Sweep) -> None:
    """The baseline has no lease, so it is the same run each time; and the share that is avoided at
    the margin is drawn alike in all."""
    sides = [point.made for point in places]
    assert all(isinstance(made, Comparison) for made in sides)
    people = "SELECT * FROM baseline_population ORDER BY ALL"
    drawn = f"SELECT member, value FROM scenario_draws WHERE path = '{SHARE}' ORDER BY member"
    for query, rows in ((people, 90), (drawn, 3)):
        each = [made.sql(query).fetchall() for made in sides]
        assert each[0] == each[1] and len(each[0]) >= rows


def test_more_places_hold_more_people(places: Sweep) -> None:
    """15 places, which are full soon, hold more than 5 do, and no more than three times as many."""
    found = places.sql(
        "SELECT sum(people)::BIGINT AS days FROM scenario_population WHERE agreement = 'lease'"
    )
    assert found.columns == [PLACES, "days"] and str(found.types[0]) == "DOUBLE"
    (few, five), (many, fifteen) = found.fetchall()
    assert (few, many) == (5, 15) and 0 < five < fifteen <= 3 * five


def test_a_value_of_words_is_a_column_of_text(places: Sweep) -> None:
    told = replace(places, points=tuple(replace(p, values={"fee": "x"}) for p in places))
    assert (
        told.sql("SELECT 1 AS one, DATE '2025-01-01' AS day").fetchall()
        == [("x", 1, date(2025, 1, 1))] * 2
    )


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"homland.x": [1]}, "did you mean 'homeland'"),
        ({SHARE: "20 %"}, "must be a list"),
        ({}, "nothing to sweep"),
        ({SHARE: []}, "nothing to sweep"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_run(
    file: Path, tmp_path: Path, values: dict[str, Any], said: str
) -> None:
    with pytest.raises(BedspaceError, match=said):
        bs.sweep(file, values, replicates=1, out=tmp_path / "out")
    assert not (tmp_path / "out").exists()

"""The law and the standards ask of the same cells; nothing is told under an agreement whose id
only begins alike."""

from pathlib import Path

import pytest

from bedspace import ensemble, scenario
from bedspace.appraisal import Appraisal, appraise
from bedspace.compile import cell_kind
from tests.appraisal.conftest import TINY

TOWER = "      tower: {places: 60}\n"


def appraised(folder: Path, text: str) -> Appraisal:
    file = folder / "cells.yaml"
    file.write_text(text, encoding="utf-8")
    pair = scenario.load(f"{file}#baseline"), scenario.load(str(file))
    return appraise(ensemble.compare(*pair, 1, 1, 1, folder / "out"))


@pytest.mark.parametrize(
    ("cells", "kind", "asked", "other"),
    [
        ("count: 60, floor: 7 m2", "single cell", "cpt-single-6", "cpt-shared-4"),
        ("count: 30, floor: 9 m2", "shared cell", "cpt-shared-4", "cpt-single-6"),
        ("count: 30, floor: 9 m2, occupants: 1", "single cell", "cpt-single-6", "cpt-shared-4"),
        (
            "count: 60, floor: 7 m2, occupants: {value: 1, low: 1, high: 2}",
            "shared cell",
            "cpt-shared-4",
            "cpt-single-6",
        ),
    ],
)
def test_the_law_and_the_standards_ask_of_the_same_cells(
    tmp_path: Path, cells: str, kind: str, asked: str, other: str
) -> None:
    """60 places in 60 cells are one each, whether or not the file counts occupants; of a range the
    highest counts."""
    text = TINY.read_text(encoding="utf-8").replace(
        TOWER, f"      tower: {{places: 60, cells: {{{cells}}}}}\n"
    )
    found = appraised(tmp_path, text)
    facility = scenario.load(str(tmp_path / "cells.yaml")).systems["neighbour"].facilities["tower"]
    assert cell_kind(facility) == kind
    told = {id_.rpartition(".")[2] for id_ in found.figures if id_.startswith("lease.area.")}
    assert asked in told and other not in told


def test_a_dispute_is_told_under_its_own_agreement(tmp_path: Path) -> None:
    text = TINY.read_text(encoding="utf-8")
    lease = text[text.index("  lease:\n") : text.index("variants:")]
    second = lease.replace("  lease:", "  lease2:").replace(
        "places: 15", "places: {value: 5, grade: assumption, note: n, disputed_by: [{value: 7}]}"
    )
    text = text.replace("variants:\n", second + "variants:\n")
    ids = [id_ for id_ in appraised(tmp_path, text).figures if "disputed" in id_]
    assert ids == ["lease2.unknown.disputed.agreements.lease2.places"]

"""docs/coverage.md: all 24 statements, and what a row names is there."""

import re

import pytest

from bedspace.scenario import evidence, load
from tests.docs.pages import ROOT, text

PAGE = ROOT / "docs" / "coverage.md"
ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in text(PAGE).splitlines()
    if re.match(r"\| [AB]\d+ \|", line)
]
OFFER = load("cecot-offer")
LEDGER = {entry.path for entry in evidence.ledger(OFFER)}


def test_every_statement_has_a_row() -> None:
    wanted = [f"A{i}" for i in range(1, 15)] + [f"B{i}" for i in range(1, 11)]
    assert [row[0].strip() for row in ROWS] == wanted
    assert {len(row) for row in ROWS} == {5}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_the_state_is_one_of_the_four_and_can_be_seen(row: list[str]) -> None:
    assert re.match(r"(working|in part|recorded)\b", row[3])
    assert re.search(r"[*`]|file only", row[4])


def test_its_paths_are_lines_of_the_ledger() -> None:
    named = re.findall(r"`((?:el-salvador|context)\.[\w.-]+)`", " ".join(row[4] for row in ROWS))
    assert len(named) > 10
    assert [path for path in named if path not in LEDGER] == []


def test_its_sections_are_the_report_s() -> None:
    source = text(ROOT / "src" / "bedspace" / "appraisal" / "contents.py")
    named = {title for row in ROWS for title in re.findall(r"\*([^*]+)\*", row[4])}
    assert len(named) > 5
    assert [title for title in named if f'"{title}"' not in source] == []


def test_its_evidence_and_variants_are_in_the_file() -> None:
    ids = {item.id for item in OFFER.context}
    told = " ".join(row[2] for row in ROWS)
    for name in re.findall(r"context `([\w-]+)`", told):
        assert name in ids
    for name in re.findall(r"variants? `([\w-]+)`", told):
        assert name in OFFER.variants

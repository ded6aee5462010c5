"""The PDF of real appraisals: two pages and an annex that holds every figure and stays readable."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

import bedspace as bs
from bedspace.appraisal import Appraisal

pytest.importorskip("typst", reason="typst, of the extra report, is missing")
pypdf = pytest.importorskip("pypdf", reason="pypdf, which reads the text, is missing")

SHIPPED = ("cecot-offer", "norway-netherlands", "england-wales", "sweden-estonia",
           "two-hundred-places")  # fmt: skip

LONGEST = 60
"""Pages of the longest of them."""


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def read(file: Path) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(file.read_bytes())).pages]


def holds_all(pages: list[str], found: Appraisal) -> None:
    text = squeezed("".join(pages))
    assert [id_ for id_ in found.figures if squeezed(id_) not in text] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", SHIPPED)
def test_two_pages_then_every_figure(name: str, tmp_path: Path) -> None:
    made = bs.compare(name, replicates=2, seed=1)
    found = bs.appraise(made)
    pages = read(bs.report(made, tmp_path / "brief.pdf"))
    assert [i for i, text in enumerate(pages) if text.startswith("Annex")] == [2]
    assert found.answer.question in " ".join(pages[0].split())
    assert len(pages) <= LONGEST
    holds_all(pages[2:], found)


@pytest.mark.slow
def test_agreements_side_by_side_have_a_pdf(tmp_path: Path) -> None:
    found = bs.agreements(["norway-netherlands", "hawaii-arizona"], replicates=1)
    pages = read(bs.report(found, tmp_path / "agreements.pdf"))
    assert pages[2].startswith("Annex")
    holds_all(pages[2:], found)

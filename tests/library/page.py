"""The page docs/scenarios/agreements.md: its generated figures are those of the verb."""

from __future__ import annotations

from pathlib import Path

import pytest

from bedspace.appraisal import Figure, Table

PAGE = Path(__file__).parents[2] / "docs" / "scenarios" / "agreements.md"
LOOSE = ("Liechtenstein", "Nauru")
"""Few people, or a sum that hardly depends on them: a price that moves with the members."""


def check(table: Table) -> None:
    """Forty members there, a few here: prices within 3 %, the other figures within a quarter, the
    months of a ramp within two."""
    page = PAGE.read_text(encoding="utf-8").split("## In one currency and price year")[1]
    told = {
        cells[0]: cells[1:]
        for line in page.splitlines()
        if line.startswith("| ")
        and len(cells := [c.strip() for c in line.strip("| ").split("|")]) == 7
    }
    for title, *cells in table.rows:
        for i, cell in enumerate(cells[:6]):
            assert isinstance(cell, Figure)
            text = told[str(title)][i].replace(", assumed", "").replace(",", "").removesuffix(" %")
            if cell.value is None:
                assert text == "not known", (title, i)
                continue
            percent = 100 if cell.unit == "share" else 1
            near = 0.03 if i < 2 and not any(word in str(title) for word in LOOSE) else 0.25
            month = 2 if cell.unit == "months" else 0.5
            want = pytest.approx(float(cell.value) * percent, rel=near, abs=month)
            assert float(text) == want, (title, i)

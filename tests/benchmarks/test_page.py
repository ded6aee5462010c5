"""The page of performance is written from benchmarks/results.json, and says what that says."""

import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    yield importlib.import_module("page")
    for name in ("page", "w"):
        sys.modules.pop(name, None)


def row(engine: str, ns: float, stock: int = 100_000, people: float | None = 110_000.4) -> Any:
    return {
        "engine": engine,
        "stock": stock,
        "repeat": 3,
        "days": 3652 if stock >= 100_000 else 730,
        "wall_s": 0.2204,
        "ns_per_event": ns,
        "peak_mb": 170.6,
        "events": 3_559_000,
        "mean_population": people,
    }


FOUND = {
    "date": "2026-01-01",
    "commit": "abcdef0",
    "machine": {"processor": "X", "cores": 2, "memory_gb": 25, "system": "S", "load": 0.1},
    "versions": {"python": "3.11", "numpy": "2", "numba": "0.68", "ciw": "3.2.7"},
    "rows": [
        row("floor", 12.0, people=None),
        row("bedspace", 60.0),
        row("bedspace", 75.0, 1_000_000),
        row("floor", 15.0, 1_000_000, None),
        row("ciw", 6000.0, 1000),
    ],
    "jobs": [
        {
            "compartments": 3,
            "expected_s": 0.02,
            "members": 100,
            "workers": 2,
            "ensemble_s": 12.34,
            "expected_people": 86_000,
            "low": 80_000,
            "middle": 85_000,
            "high": 91_000,
        }
    ],
}


def test_an_engine_is_compared_at_its_own_stock_where_that_was_measured(page: ModuleType) -> None:
    lines = page.engines(FOUND).splitlines()
    assert lines[2] == "| the floor's parts alone | 100,000 | 3 | 0.22 | 12 | 0.2 | 171 |  |"
    assert lines[5].split(" | ")[5] == "0.2"
    assert lines[6] == "| Ciw 3.2.7 | 1,000, 730 days | 3 | 0.22 | 6,000 | 100 | 171 | 110,000 |"


def test_the_chart_has_every_engine_once_and_is_described(page: ModuleType) -> None:
    svg = page.chart(FOUND)
    for text in ("bedspace", "Ciw 3.2.7, stock 1,000", "6,000"):
        assert svg.count(f">{text}<") == 1
        assert text in page.described(FOUND)


def test_only_what_is_between_the_marks_is_written(
    page: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(page, "HERE", tmp_path)
    monkeypatch.setattr(page, "PAGE", tmp_path / "page.md")
    monkeypatch.setattr(page, "CHART", tmp_path / "chart.svg")
    (tmp_path / "results.json").write_text(json.dumps(FOUND), encoding="utf-8")
    page.PAGE.write_text(f"before\n{page.BEGIN}\nold\n{page.END}\nafter\n", encoding="utf-8")
    page.main()
    once = page.PAGE.read_text(encoding="utf-8")
    assert once.startswith("before\n")
    assert once.endswith("\nafter\n")
    assert "old" not in once
    assert "| 3 | 0.020 | 100 on 2 threads | 12.3 | 85,000 (80,000 to 91,000) |" in once
    page.main()
    assert page.PAGE.read_text(encoding="utf-8") == once


def test_the_page_is_the_one_of_the_results(page: ModuleType) -> None:
    text = page.PAGE.read_text(encoding="utf-8")
    assert page.BEGIN in text
    assert page.END in text
    file = BENCHMARKS / "results.json"
    if not file.exists():
        pytest.skip("nothing has been measured: make bench")
    found = json.loads(file.read_text(encoding="utf-8"))
    assert page.section(found) in text

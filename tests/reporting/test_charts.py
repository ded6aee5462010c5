"""Charts: what is drawn for each kind of chart, and the words that stand for it."""

from __future__ import annotations

import builtins
import re
from dataclasses import replace
from typing import Any

import pytest
from bedspace.reporting.drawing import drawings

from bedspace.appraisal import Chart
from bedspace.exceptions import BedspaceError
from bedspace.reporting import charts, palette
from bedspace.reporting.alt import describe, number
from tests.reporting.made import appraisal

CHARTS = {s.id: s for section in appraisal().sections for s in section.charts}


def texts(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]+)</text>", svg)


@pytest.mark.parametrize("id_", CHARTS)
@pytest.mark.parametrize("width", [charts.WIDE, charts.NARROW])
def test_a_chart_fits_the_width_it_is_drawn_for(id_: str, width: int) -> None:
    svg = drawings(CHARTS[id_], id_)[width == charts.NARROW]
    found = re.search(r'viewBox="0 0 ([\d.]+) ', svg)
    assert found is not None
    assert float(found[1]) <= width + 40


def test_a_band_has_two_areas_two_lines_and_its_points() -> None:
    svg, narrow = drawings(CHARTS["held"], "held")
    for colour in palette.GROUPS[:2]:
        assert f'fill="{colour}"' in svg
        assert f'stroke="{colour}"' in svg
    assert "observed" in texts(svg)
    assert {"No agreement", "Scenario"} <= set(texts(svg))
    assert "people" in texts(narrow)


def test_as_many_lines_as_there_are_agreements_all_look_different() -> None:
    rows = tuple({"x": x, "y": i, "group": f"line {i}"} for i in range(14) for x in (0, 1))
    svg = drawings(replace(CHARTS["held"], kind="line", rows=rows, marks=()), "many")[0]
    line = r'stroke="(#[0-9a-f]+)" stroke-width="2.2" stroke-dasharray="([0-9,]+)"'
    looks = re.findall(line, svg)
    assert len(set(looks)) == len(looks) == 14


def test_bars_carry_their_values_and_thresholds_their_names() -> None:
    shown = set(texts(drawings(CHARTS["floor"], "floor")[0]))
    assert {"65 in a cell", "1.54", "0.64", "Mursic", "CPT", "m2"} <= shown


def test_a_range_draws_both_ends() -> None:
    svg = drawings(CHARTS["bounds"], "bounds")[0]
    assert {"Nationals", "Others &amp; more", "places offered"} <= set(texts(svg))
    assert svg.count(f'fill="{palette.GROUPS[0]}"') >= 6  # two bars, four ends


def test_no_number_is_shown_with_an_exponent() -> None:
    wide = {"label": "all", "low": 0.0, "high": 25_000_000.0, "group": ""}
    svg = drawings(replace(CHARTS["bounds"], rows=(wide,), marks=()), "x")[0]
    assert "25,000,000" in texts(svg)
    assert not [t for t in texts(svg) if re.search(r"\de[+-]?\d", t)]


def test_drawn_twice_it_is_the_same() -> None:
    assert drawings(CHARTS["fees"], "fees") == drawings(CHARTS["fees"], "fees")


def test_only_the_label_speaks() -> None:
    for svg in drawings(CHARTS["fees"], "fees"):
        assert svg.count("aria-") == 1
        assert svg.count("role=") == 1


def test_words_for_each_kind() -> None:
    assert "65 in a cell: 1.54" in describe(CHARTS["floor"])
    assert "Marked: Mursic at 3; CPT at 4." in describe(CHARTS["floor"])
    assert "Nationals: 0 to 637" in describe(CHARTS["bounds"])
    assert "Homeland: 40 at 0, to -60 at 100." in describe(CHARTS["fees"])


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, "not known"), (1234.5, "1,234"), (0.641, "0.64"), (3.0, "3"), ("2025", "2025")],
)
def test_numbers_in_words(value: float | str | None, words: str) -> None:
    assert number(value) == words


def test_without_the_extra_one_line_says_how_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "vl_convert":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    chart: Chart = CHARTS["floor"]
    with pytest.raises(BedspaceError, match=r"pip install 'bedspace\[report\]'") as caught:
        drawings(chart, "floor")
    assert "\n" not in str(caught.value)

"""Charts: what is drawn for each kind, in which colours, and the words that stand for it."""

from __future__ import annotations

import builtins
import csv
import gzip
import io
import re
from dataclasses import replace
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest

from bedspace.appraisal import Chart, Number, Simulated
from bedspace.exceptions import BedspaceError
from bedspace.reporting import charts, palette
from bedspace.reporting.alt import describe, number
from bedspace.reporting.charts.labels import Box, apart, free, levels
from bedspace.reporting.charts.plot import brief, nice, spelt, when, wide, wrapped
from tests.reporting.made import BARE, PLACES, appraisal

GIVEN = {s.id: s for section in appraisal().sections for s in section.charts}
FUTURES = Chart(
    "futures", "Renting loses money in 2 of 3 futures", "dots", "EUR", "",
    tuple({"label": "At once", "value": v, "group": ""} for v in (-5e6, -2e6, 1e6)),
    (PLACES,), "money-table",
    ({"label": "At once", "below": "2 of 3 lose money", "above": "1 of 3 save money"},),
    "Each dot is one simulated future.", "Net saving, EUR",
)  # fmt: skip
STRIP = Chart(
    "strip", "Places run out in 80 % of futures", "strip", "month", "%",
    tuple({"x": f"20{25 + i}-12-31", "y": 20.0 * i, "group": side}
          for side in ("baseline", "scenario") for i in range(5)),
    (PLACES,), "room-table", names={"baseline": "Without it", "scenario": "With it"},
)  # fmt: skip
MATRIX = Chart(
    "matrix", "One number moves both answers", "matrix", "", "",
    ({"row": "cost", "column": "saving", "value": 0.9, "text": "90 %"},
     {"row": "arrests", "column": "people", "value": 0.05, "text": "5 %"}),
    (PLACES,), "money-table",
)  # fmt: skip
OPEN = Chart(
    "open", "The receiver needs 40", "range", "EUR", "",
    ({"label": "Sender", "text": "up to 80", "low": 0.0, "high": 80.0, "group": "sender"},
     {"label": "Receiver", "text": "from 40", "low": 40.0, "open": "high", "group": "receiver"},
     {"label": "System", "text": "from 4,000", "low": 4000.0, "open": "high", "group": "receiver"}),
    (PLACES,), "money-table",
)  # fmt: skip
CHARTS = GIVEN | {c.id: c for c in (FUTURES, STRIP, MATRIX, OPEN)}
WIDTHS = (charts.WIDE, charts.NARROW)


def texts(svg: str) -> list[str]:
    """The words drawn, those that stand in several lines put together."""
    found = re.findall(r"<text[^>]*>(.*?)</text>", svg, flags=re.S)
    return [" ".join(re.sub(r"<[^>]+>", " ", text).split()) for text in found]


def drawn(id_: str, width: int = charts.WIDE) -> list[str]:
    return texts(charts.svg(CHARTS[id_], width))


@pytest.mark.parametrize("id_", CHARTS)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_chart_has_the_width_it_is_drawn_for_and_is_small(id_: str, width: int) -> None:
    svg = charts.drawings(CHARTS[id_], id_)[width == charts.NARROW]
    assert f'viewBox="0 0 {width} ' in svg
    ElementTree.fromstring(svg)
    assert len(gzip.compress(svg.encode())) < 12_000


@pytest.mark.parametrize("id_", CHARTS)
@pytest.mark.parametrize("width", WIDTHS)
def test_all_words_are_large_enough_and_none_begins_outside(id_: str, width: int) -> None:
    """12 px and more on the screen they are drawn for; a label's place is within the drawing."""
    svg = charts.svg(CHARTS[id_], width)
    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)', svg)]
    assert sizes and min(sizes) >= 12
    full = width + 32
    for move in re.findall(r'<text[^>]*transform="translate\((-?[\d.]+),', svg):
        assert -full < float(move) <= full


@pytest.mark.parametrize("id_", CHARTS)
def test_a_picture_says_what_it_finds_what_it_shows_and_where_it_is_from(id_: str) -> None:
    chart = CHARTS[id_]
    told = " ".join(texts(charts.svg(chart))).replace("&amp;", "&").replace("&lt;", "<")
    for words in (chart.title, chart.subject, chart.note, charts.source(chart)):
        assert words in told
    inline = charts.drawings(chart, "x")[0]
    # The page has the heading; the stamps stand in the drawing, wherever it is shown.
    assert chart.title not in " ".join(texts(inline))
    assert charts.stamp(chart) in " ".join(texts(inline))


def test_sources_are_named_and_counted() -> None:
    numbers = [Number(f"n{i}", i, "", f"Work {i}", "official") for i in range(4)]
    chart = replace(STRIP, inputs=(Simulated("run", "people", (*numbers, numbers[0])),))
    assert charts.source(chart) == "bedspace simulation. Inputs: Work 0; Work 1; and 2 more."
    assert charts.source(replace(STRIP, inputs=(BARE,))) == "Inputs: 1 number without a source."


def test_a_band_has_its_fills_its_line_and_its_points() -> None:
    ends = ("low", "low80", "low50", "high50", "high80", "high")
    rows = [
        {"x": f"{2025 + i}-12-31", "mid": 100.0 + i, "group": "scenario"}
        | {end: 100.0 + i + 10 * (n - 2.5) for n, end in enumerate(ends)}
        for i in range(6)
    ]
    other = [{"x": row["x"], "mid": 105.0, "group": "baseline"} for row in rows]
    point = {"x": "2027-12-31", "y": 90.0, "label": "90", "group": "observed"}
    chart = replace(GIVEN["held"], rows=(*other, *rows), marks=(point,), names=STRIP.names)
    svg = charts.svg(chart)
    for fill in palette.BANDS:
        assert f'fill="{fill}"' in svg
    assert {"With it 105", "Without it 105", "90 observed"} <= set(texts(svg))
    assert svg.count("stroke-dasharray") == 1  # the baseline is the dashed one


def test_a_label_stands_at_its_point_or_not_at_all() -> None:
    """Forty points where there is room for few labels: none is further than a line from its own."""
    spots = [(5.0 * i, 50.0) for i in range(40)]
    taken = [Box(x - 3, y - 3, x + 3, y + 3) for x, y in spots]
    told = 0
    for spot in spots:
        found = free(spot, 30.0, taken, 200.0, 100.0)
        if found is not None:
            left, middle, box = found
            assert abs(middle - spot[1]) <= 16 and left - 10 <= spot[0] <= left + 40
            assert not any(box.meets(other) for other in taken)
            taken.append(box)
            told += 1
    assert 0 < told < 40


def test_labels_at_ends_keep_apart_and_within() -> None:
    found = apart([50.0, 51.0, 52.0, 98.0], [20.0] * 4, (0.0, 100.0))
    assert all(b - a >= 20 - 1e-9 for a, b in pairwise(sorted(found)))
    assert min(found) >= 10 and max(found) <= 90
    assert levels([10.0, 12.0, 200.0], [30.0, 30.0, 30.0]) == [0, 1, 0]


def test_as_many_lines_as_there_are_agreements_all_look_different() -> None:
    rows = tuple({"x": x, "y": i, "group": f"line {i}"} for i in range(14) for x in (0, 1))
    svg = charts.svg(replace(GIVEN["held"], kind="line", rows=rows, marks=()))
    looks = re.findall(
        r'stroke="(#[0-9a-f]+)" stroke-width="2.4"(?: stroke-dasharray="([0-9,]+)")?', svg
    )
    assert len(set(looks)) == len(looks) == 14
    assert {f"line {i}" for i in range(14)} <= set(texts(svg))


def test_bars_carry_their_values_and_thresholds_their_names() -> None:
    assert {"65 in a cell", "1.54", "0.64", "Mursic", "CPT"} <= set(drawn("floor"))


def test_a_range_says_both_ends_and_what_is_open_has_an_arrow() -> None:
    assert {"Nationals", "Others &amp; more", "0 to 637", "places offered"} <= set(drawn("bounds"))
    assert {"up to 80", "from 40", "from 4,000"} <= set(drawn("open"))
    # What begins far out does not press the others into a corner: the axis ends near 80.
    axis = [float(t) for t in drawn("open") if re.fullmatch(r"[\d.]+", t)]
    assert 80 <= max(axis) <= 125


def test_dots_stand_on_their_side_of_nought() -> None:
    svg = charts.svg(FUTURES)
    assert svg.count(f'fill="{palette.LOSS}"') - svg.count(f'{palette.LOSS}">2 of 3') >= 2
    assert {"2 of 3 lose money", "1 of 3 save money", "EUR million"} <= set(texts(svg))


def test_a_strip_says_where_half_is_passed_and_how_it_ends() -> None:
    assert {"Without it", "With it", "half", "80 %"} <= set(drawn("strip"))


def test_a_matrix_has_words_in_its_cells() -> None:
    shown = drawn("matrix")
    assert {"90 %", "5 %", "saving", "people", "cost", "arrests"} <= set(shown)


def test_no_number_is_shown_with_an_exponent_or_a_hyphen_for_a_minus() -> None:
    wide_ = {"label": "all", "low": -5.0, "high": 1_999_999.0, "group": ""}
    other = {"label": "b", "low": -9.0, "high": 25.0, "group": ""}
    shown = texts(charts.svg(replace(GIVEN["bounds"], rows=(wide_, other), marks=())))
    assert any("−9" in text for text in shown)
    assert not [t for t in shown if re.search(r"\de[+-]?\d|(?<!\w)-\d", t)]


def test_drawn_twice_it_is_the_same() -> None:
    assert charts.drawings(GIVEN["fees"], "fees") == charts.drawings(GIVEN["fees"], "fees")


def test_only_the_label_speaks() -> None:
    for svg in (*charts.drawings(GIVEN["fees"], "fees"), charts.svg(GIVEN["fees"])):
        assert svg.count("aria-") == 1
        assert svg.count("role=") == 1


def test_a_picture_is_a_png_and_dark_when_asked() -> None:
    light, dark = (charts.png(MATRIX, scale=0.5, dark=dark) for dark in (False, True))
    assert light[:8] == dark[:8] == b"\x89PNG\r\n\x1a\n"
    assert light != dark
    svg = charts.svg(MATRIX)
    assert "prefers-color-scheme: dark" in svg
    light_only = {f'"{colour}"' for colour in palette.DARK}
    assert not [c for c in light_only if c in palette.darkened(svg).split("</style>")[1]]


def test_data_as_a_sheet_that_no_spreadsheet_runs() -> None:
    risky = {"label": "=1+1", "value": -2.5, "group": "@x"}
    read = list(csv.DictReader(io.StringIO(charts.csv(replace(FUTURES, rows=(risky,))))))
    assert read[0] == {"part": "data", "label": "'=1+1", "value": "-2.5", "group": "'@x",
                       "below": "", "above": ""}  # fmt: skip
    assert read[1]["part"] == "mark" and read[1]["below"] == "2 of 3 lose money"
    assert len(list(csv.reader(io.StringIO(charts.csv(STRIP))))) == 1 + len(STRIP.rows)


def test_a_notebook_shows_it() -> None:
    shown = charts.show(STRIP)
    assert shown._repr_mimebundle_()["image/svg+xml"] == charts.svg(STRIP)
    assert repr(shown) == describe(STRIP)


def contrast(one: str, other: str) -> float:
    """Of two colours, by WCAG 2.1: (L1 + 0.05) / (L2 + 0.05), L the relative luminance."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_right() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("dark", [False, True])
def test_words_and_marks_have_contrast_in_both_modes(dark: bool) -> None:
    """4.5 to 1 for words, 3 to 1 for marks (WCAG 2.1, 1.4.3 and 1.4.11), on whatever they lie."""

    def seen(colour: str) -> str:
        return palette.DARK[colour] if dark else colour

    ground = seen(palette.GROUND)
    for colour in (palette.INK, palette.SOFT, *palette.GROUPS):  # labels are in these
        assert contrast(seen(colour), ground) >= 4.5, colour
    for i, step in enumerate(palette.STEPS):
        ink = palette.ON_DARK if i > 2 else palette.ON_LIGHT
        assert contrast(seen(ink), seen(step)) >= 4.5, step
    for fill in (*palette.BANDS, palette.PALE):  # words, points and lines lie on these
        assert contrast(seen(palette.INK), seen(fill)) >= 4.5, fill
        assert contrast(seen(palette.ON_LIGHT), seen(fill)) >= 4.5, fill
        assert contrast(seen(palette.GROUPS[0]), seen(fill)) >= 3, fill
        assert contrast(seen(palette.SOFT), seen(fill)) >= 3, fill
    assert len(set(palette.DARK.values())) == len(palette.DARK)


def test_every_colour_that_is_drawn_has_a_dark_twin() -> None:
    for chart in CHARTS.values():
        used = set(re.findall(r'(?:fill|stroke)="(#[0-9a-f]{6})"', charts.svg(chart)))
        assert used <= set(palette.DARK), chart.id


def test_words_for_each_kind() -> None:
    assert "65 in a cell: 1.54" in describe(GIVEN["floor"])
    assert "Marked: Mursic at 3; CPT at 4." in describe(GIVEN["floor"])
    assert "Nationals: 0 to 637" in describe(GIVEN["bounds"])
    assert "Homeland: 40 at 0, to −60 at 100." in describe(GIVEN["fees"])
    assert "At once: 2 of 3 below nought, from −5,000,000 to 1,000,000 EUR." in describe(FUTURES)
    told = "With it: 0 % at 2025-12-31, to 60 % at 2028-12-31, to 80 % at 2029-12-31."
    assert told in describe(STRIP)
    assert "cost, saving: 90 %; arrests, people: 5 %." in describe(MATRIX)
    assert "Receiver (receiver): from 40" in describe(OPEN)


@pytest.mark.parametrize("id_", CHARTS)
def test_what_stands_for_a_chart_begins_with_its_finding_and_has_its_numbers(id_: str) -> None:
    told = describe(CHARTS[id_])
    assert f": {CHARTS[id_].title}." in told
    after = told.partition(f"{CHARTS[id_].title}.")[2]
    assert len(re.findall(r"\d+", after)) >= 2


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, "not known"), (1234.5, "1,234"), (0.641, "0.64"), (3.0, "3"), ("2025", "2025")],
)
def test_numbers_in_words(value: float | str | None, words: str) -> None:
    assert number(value) == words


def test_round_numbers_for_an_axis() -> None:
    assert nice(0, 97, 6) == [0, 20, 40, 60, 80, 100]
    assert nice(-593, 119, 5) == [-600, -400, -200, 0, 200]
    assert nice(5, 5, 5)[0] <= 5 <= nice(5, 5, 5)[-1]
    assert [spelt(t, 0.25) for t in (0.0, 0.25)] == ["0.00", "0.25"]
    assert spelt(-1500.0, 500.0) == "−1,500"
    assert [brief(v) for v in (1.541, 15.41, 154.1, 2_500_000, -0.001)] == [
        "1.54", "15.4", "154", "2.5m", "0",
    ]  # fmt: skip
    assert when("2025-07-02") == pytest.approx(2025.498, abs=0.002)


def test_words_are_broken_where_they_do_not_fit() -> None:
    text = "People held in Norway at the end of each month"
    parts = wrapped(text, 120, 13)
    assert " ".join(parts) == text and len(parts) > 2
    assert all(wide(part, 13) <= 120 for part in parts)
    assert wrapped(text, 120, 13, most=2)[-1].endswith("…")


def test_without_the_extra_one_line_says_how_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "vl_convert":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(BedspaceError, match=r"pip install 'bedspace\[report\]'") as caught:
        charts.svg(GIVEN["floor"])
    assert "\n" not in str(caught.value)

"""Charts of an appraisal: titles say what their figures say, and nothing is drawn for nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from bedspace import ensemble, results, scenario
from bedspace.appraisal import Appraisal, Chart, Figure, appraise
from bedspace.appraisal.charts.wording import WORDS, ends, shortest, told, with_range, words_of
from bedspace.exceptions import BedspaceError
from bedspace.reporting.alt import describe
from tests.reporting.made import PLACES

NUMBER = re.compile(r"(?<![\w.,])[−]?\d[\d,]*(?:\.\d+)?")


def charts_of(found: Appraisal) -> list[Chart]:
    return [chart for section in found.sections for chart in section.charts]


def said(text: str) -> list[float]:
    """Every number of a text; "$1.2 bn" and "$3 m" in full, "40 %" as a share."""
    values = []
    for match in NUMBER.finditer(text):
        value = float(match[0].replace(",", "").replace("−", "-"))
        after = text[match.end() :]
        scale = 1e9 if after.startswith(" bn") else 1e6 if after.startswith(" m ") else 1
        scale = 1e6 if re.match(r" m\b", after) and "²" not in after[:4] else scale
        values.append(value / 100 if after.startswith(" %") else value * scale)
    return values


def numbers_of(figure: Figure) -> Iterator[float]:
    """What a title may say of a figure: its value, its ends, how many futures are on either side of
    nought and how many there are, and for words in how many they are said."""
    if isinstance(figure.value, int | float | Decimal):
        yield from (abs(float(figure.value)), *map(abs, ends(figure)))
    values = [float(v) for v in figure.by_member]
    yield from (sum(v < 0 for v in values), sum(v > 0 for v in values), len(values))


def near(one: float, other: float) -> bool:
    """Whether one is the other rounded to three figures, to a whole number or to a per cent."""
    off, size = abs(abs(one) - abs(other)), abs(other)
    whole = one == int(one) and size >= 1 and off <= 0.5
    return whole or off <= max(0.006 * size, 0.0051 if size < 1 else 0.0)


def not_told(chart: Chart) -> list[float]:
    """Numbers of a title that are none of its figures'."""
    known = [value for figure in chart.told for value in numbers_of(figure)]
    # How many figures there are, and how many are above nought, always or said to be so.
    shares = [float(f.value) for f in chart.told if isinstance(f.value, int | float | Decimal)]
    known += [len(chart.told), sum(s == 1 for s in shares), sum(s > 0 for s in shares)]
    known.append(sum(f.value == "yes" for f in chart.told))
    free = re.sub(
        r"(at the )?end of (\w+ )?\d{4}|on \d+ \w+ \d{4}|standards ask .*|^\d+ in a cell",
        "",
        chart.title,
    )
    return [n for n in said(free) if not any(near(n, value) for value in known)]


def check(found: Appraisal) -> None:
    for chart in charts_of(found):
        where = f"{found.scenario}: {chart.id}: {chart.title}"
        assert not chart.is_flat, where
        assert words_of(chart.title) <= WORDS, where
        assert chart.told and chart.subject and chart.note, where
        assert not not_told(chart), f"{where}: {not_told(chart)}"
        assert set(chart.told) <= set(found.figures.values()), where
        text = describe(chart)
        assert chart.title in text and len(NUMBER.findall(text)) > 3, where
        shown = f"{chart.title} {chart.subject} {chart.note} {' '.join(chart.names.values())}"
        assert not re.search(r"\b(member|gate|corridor|the run)s?\b", shown), where
        assert not re.search(r"\b(open|closed)\b", chart.title), where
        assert not re.search(r"(?<!\w)-\d", chart.title + chart.note), where
        table = chart.table
        assert any(table == t.id for s in found.sections for t in s.tables), where
    assert len({c.id for c in charts_of(found)}) == len(charts_of(found))


@pytest.mark.parametrize("name", ["granted", "everyone", "leased"])
def test_titles_say_what_their_figures_say(name: str, request: pytest.FixtureRequest) -> None:
    check(request.getfixturevalue(name))


@pytest.mark.slow
@pytest.mark.parametrize("name", scenario.names())
def test_every_shipped_scenario_has_charts_that_show_something(name: str, tmp_path: Path) -> None:
    whole = scenario.load(name)
    if "baseline" not in whole.variants:
        pytest.skip("it has no baseline to compare with")
    made = ensemble.compare(scenario.load(f"{name}#baseline"), whole, 3, 1, 1, tmp_path / "out")
    check(appraise(made))


def chart(found: Appraisal, id_: str) -> Chart:
    return next(c for c in charts_of(found) if c.id == id_)


def test_the_title_of_the_futures_counts_them(leased: Appraisal, lease: results.Comparison) -> None:
    """A future in which less is avoided than is paid is a loss: counted here one by one."""
    figure = leased.figure("lease.saving.short-run.total")
    lost = sum(value < 0 for value in figure.by_member)
    drawn = chart(leased, "lease.saving-futures")
    assert lost == lease.members == 8
    assert drawn.title == "Counted at variable cost, renting loses money in all 8 futures"
    first = [row for row in drawn.rows if row["label"] == "Counted at variable cost"]
    assert [row["value"] for row in first] == sorted(float(v) for v in figure.by_member)
    assert {row["group"] for row in first} == {"a loss"}


def test_the_staircase_goes_down(leased: Appraisal, granted: Appraisal) -> None:
    for found, agreement in ((leased, "lease"), (granted, "grant")):
        steps = [c for c in charts_of(found) if c.id == f"{agreement}.funnel-steps"]
        for drawn in steps:
            values = [row["value"] for row in drawn.rows]
            assert values[:-1] == sorted(values[:-1], reverse=True)
            assert drawn.rows[0]["label"] == "In custody, in the groups concerned"


def test_the_break_even_stands_where_the_line_crosses(leased: Appraisal) -> None:
    """Net saving is share x average cost - price, so nought is at price / average cost."""
    drawn = chart(leased, "lease.saving-by-share")
    price = leased.figure("lease.fee.price-used").value
    cost = leased.figure("lease.avoided.average.place-day").value
    assert isinstance(price, Decimal) and isinstance(cost, Decimal)
    for row in drawn.rows:
        assert row["y"] == pytest.approx(float(cost) * float(row["x"] or 0) - float(price))
    share = leased.figure("lease.saving.break-even").value
    assert float(price / cost) == pytest.approx(share, rel=0.01)
    assert f"{float(share or 0):.2f} times" in drawn.title


def test_the_grid_has_every_reading(leased: Appraisal) -> None:
    drawn = chart(leased, "lease.corridor-grid")
    table = next(t for t in leased.section("corridor").tables if t.id == "lease.corridor")
    shares = [row[-1] for row in table.rows]
    assert [row["value"] for row in drawn.rows] == [
        f.value for f in shares if isinstance(f, Figure)
    ]
    always = sum(row["value"] == 1 for row in drawn.rows)
    assert f"On {always} of {len(drawn.rows)} readings" in drawn.title


def test_the_difference_is_that_of_the_two_sides(
    leased: Appraisal, lease: results.Comparison
) -> None:
    drawn = chart(leased, "population.homeland.difference")
    means = dict(
        lease.sql(
            "SELECT day, sum(people) / 8 FROM impact_population WHERE system = 'homeland' "
            "AND (day = last_day(day)) GROUP BY day"
        ).fetchall()
    )
    shown = {str(row["x"]): row["mid"] for row in drawn.rows}
    assert all(shown[day.isoformat()] == pytest.approx(mean) for day, mean in means.items())
    assert "Homeland: 200 fewer people held with the agreement" in drawn.title
    # The neighbour holds nobody without it: its people are the difference, which is drawn once.
    assert "population.neighbour.difference" not in {c.id for c in charts_of(leased)}


def flat(chart: Chart, rows: tuple[dict[str, str | float | None], ...]) -> bool:
    return replace(chart, rows=rows).is_flat


def test_what_has_nothing_to_see_is_known() -> None:
    band = Chart("a", "A", "band", "", "", (), (PLACES,), "t")
    level = tuple({"x": f"202{i}-01-01", "mid": 5.0, "low": 4.0, "high": 6.0} for i in range(4))
    assert flat(band, level)
    assert not flat(band, (*level, {"x": "2025-01-01", "mid": 5.5, "low": 4.0, "high": 6.0}))
    bars = replace(band, kind="bars")
    assert flat(bars, ({"label": "one", "value": 3.0},))
    assert flat(bars, ({"label": "one", "value": 3.0}, {"label": "two", "value": 3.0}))
    assert not flat(bars, ({"label": "one", "value": 3.0}, {"label": "two", "value": 4.0}))
    dots = replace(band, kind="dots")
    assert flat(dots, tuple({"label": "x", "value": -2.0} for _ in range(60)))
    strip = replace(band, kind="strip")
    assert flat(strip, tuple({"x": f"202{i}-01-01", "y": 100.0, "group": "s"} for i in range(4)))
    matrix = replace(band, kind="matrix")
    assert flat(matrix, tuple({"row": "r", "column": c, "value": 1.0} for c in "abc"))


def test_a_chart_rests_on_something() -> None:
    with pytest.raises(BedspaceError, match="rests on nothing"):
        Chart("a", "A", "bars", "", "", (), (), "t")


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (Decimal("-226400000"), "USD", "$226 m"),
        (Decimal("1234567890"), "EUR", "€1.23 bn"),
        (Decimal("54.79"), "USD/place-day", "$54.79"),
        (Decimal("80.00"), "EUR/place-day", "€80"),
        (Decimal("1500"), "NOK", "NOK 1,500"),
        (28_431, "people", "28,400"),
        (4_013.4, "people", "4,013"),
        (0.4536, "share", "45 %"),
        (0.0123, "share", "1.2 %"),
        (1.538, "m2", "1.54 m²"),
        (0.0, "people", "0"),
    ],
)
def test_numbers_of_titles(value: float | Decimal, unit: str, words: str) -> None:
    assert told(value, unit) == words


def test_an_interval_has_its_signs() -> None:
    both = Figure("f", "F", Decimal("-20"), "USD", "x", (PLACES,), Decimal("-50"), Decimal("10"))
    assert with_range(both) == "−$20 (−$50 to $10)"
    assert with_range(replace(both, low=None, high=None)) == "−$20"


def test_a_title_that_is_too_long_gives_way() -> None:
    long = "word " * 16
    assert words_of(long) == 16 and words_of("40 % of − people") == 3
    assert shortest(long, "short") == "short"
    assert shortest("short", long) == "short"

"""When places run out: every figure against plain loops over the daily population."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from statistics import mean, median

import pytest

from bedspace import ensemble, scenario
from bedspace.appraisal import Appraisal, Figure, Table, appraise, when_places_run_out
from bedspace.appraisal.figures import words
from bedspace.appraisal.people.places import month_ends
from bedspace.results import Comparison, Run
from tests.appraisal.conftest import compare

FULL = Path(__file__).parent / "full.yaml"
MEMBERS = 6
MEN, WOMEN = ("new", "old"), ("wing",)
CLOSURE = dt.date(2026, 6, 10)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    """People are crowded in, or those near the end are let out."""
    return compare(f"{FULL}#early", MEMBERS, tmp_path_factory.mktemp("full") / "out")


@pytest.fixture(scope="module")
def told(both: Comparison) -> Appraisal:
    return appraise(both)


def room(facility: str, day: dt.date) -> int:
    if facility == "old":
        return 240 if day < CLOSURE else 230
    return {"new": 120, "wing": 28, "cells": 12}[facility]


Held = dict[dt.date, dict[str, int]]


def held(run: Run) -> list[Held]:
    """People by day and facility, member by member."""
    found: list[Held] = [{} for _ in range(run.members)]
    for member, day, facility, people in run.sql(
        "SELECT member, day, facility, people FROM population WHERE system = 'land' ORDER BY ALL"
    ).fetchall():
        found[member].setdefault(day, {})[facility] = people
    return found


def first(days: Held, *facilities: str) -> dt.date | None:
    """The first day on which each of them holds as many as it has places for."""
    for day, people in days.items():
        if all(people[f] >= room(f, day) for f in facilities):
            return day
    return None


def assert_dates(figure: Figure, days: list[dt.date | None]) -> None:
    """The figure is the middle one of those that are, with an interval within them."""
    seen = sorted(day for day in days if day is not None)
    if not seen:
        assert figure.value == "never"
        return
    middle = median(day.toordinal() for day in seen)
    assert figure.value == dt.date.fromordinal(int(middle)).isoformat()
    assert figure.unit == "date"
    if figure.low is None:
        assert seen[0] == seen[-1]
    else:
        assert seen[0].isoformat() <= str(figure.low) <= figure.value <= str(figure.high)
        assert str(figure.high) <= seen[-1].isoformat()


SIDES = ("baseline", "scenario")


@pytest.mark.parametrize("facility", ["new", "old", "wing"])
def test_the_chance_and_the_day_of_a_facility(
    both: Comparison, told: Appraisal, facility: str
) -> None:
    for side in SIDES:
        days = [first(one, facility) for one in held(getattr(both, side))]
        chance = told.figures[f"places.land.facility.{facility}.{side}.runs-out"]
        count = sum(day is not None for day in days)
        assert chance.value == count / MEMBERS
        assert chance.formula.startswith(f"{count} of {MEMBERS} futures")
        assert_dates(told.figures[f"places.land.facility.{facility}.{side}.first-day"], days)


def test_for_some_of_the_people_it_is_the_day_of_the_first_estate(
    both: Comparison, told: Appraisal
) -> None:
    """Men have two prisons and women a wing; the cells, which nobody is sent to here, always have
    room, so there is no day on which all facilities are full."""
    for side in SIDES:
        days = []
        for one in held(getattr(both, side)):
            full = [day for day in (first(one, *MEN), first(one, *WOMEN)) if day is not None]
            days.append(min(full, default=None))
        assert any(days)
        figure = told.figures[f"places.land.some.{side}.runs-out"]
        assert figure.value == sum(day is not None for day in days) / MEMBERS
        assert_dates(told.figures[f"places.land.some.{side}.first-day"], days)
        assert told.figures[f"places.land.{side}.runs-out"].value == 0
        assert told.figures[f"places.land.{side}.first-day"].value == "never"


def test_the_shortfall_by_year(both: Comparison, told: Appraisal) -> None:
    for year in (2025, 2026, 2027, None):
        sides = []
        for side in SIDES:
            short = [
                sum(
                    max(0, people - room(facility, day))
                    for day, by_facility in one.items()
                    if year in (None, day.year)
                    for facility, people in by_facility.items()
                )
                for one in held(getattr(both, side))
            ]
            key = f"{year}.short" if year else "short"
            assert told.figures[f"places.land.{side}.{key}"].value == pytest.approx(mean(short))
            sides.append(short)
        impact = told.figures[f"places.land.{key}.impact"]
        assert impact.value == pytest.approx(mean(a - b for b, a in zip(*sides, strict=True)))
    assert impact.value < 0


def test_no_place_is_lost_when_people_are_let_out_early(both: Comparison, told: Appraisal) -> None:
    """The rule begins when places run out, so they run out on the same day with it and without;
    and how many are let out, their days and their returns are those of the tables."""
    later = told.figures["places.land.facility.old.later"]
    assert later.value == 0 and later.low is None

    def total(side: str, query: str) -> list[int]:
        rows = dict(getattr(both, side).sql(query + " GROUP BY ALL").fetchall())
        return [rows.get(member, 0) for member in range(MEMBERS)]

    early = "SELECT member, sum(people) FROM early"
    remitted = "SELECT member, sum(days_remitted) FROM early"
    returns = "SELECT member, sum(people) FROM flows WHERE cause = 'returned'"
    for key, query in (("let-out-early", early), ("remitted", remitted), ("returns", returns)):
        before, after = total("baseline", query), total("scenario", query)
        figures = [told.figures[f"instead.land.{key}.{side}"] for side in (*SIDES, "impact")]
        assert figures[0].value == pytest.approx(mean(before))
        assert figures[1].value == pytest.approx(mean(after))
        impact = mean(a - b for b, a in zip(before, after, strict=True))
        assert figures[2].value == pytest.approx(impact)
        assert min(after) > 0
    assert told.figures["instead.land.let-out-early.baseline"].value == 0


def test_people_let_out_come_back_and_earlier(both: Comparison, told: Appraisal) -> None:
    """The feedback: with the same people and luck there are more returns within the run, in every
    member; the chart has them by month."""
    query = "SELECT member, sum(people) FROM flows WHERE stage_to = 'remand' AND cause = 'returned'"
    before, after = (
        [n for _, n in sorted(run.sql(f"{query} GROUP BY ALL").fetchall())]
        for run in (both.baseline, both.scenario)
    )
    assert all(b < a for b, a in zip(before, after, strict=True))
    by_month = "SELECT month, sum(people) FROM flows WHERE cause = 'returned'"
    chart = next(s for s in told.section("places").charts if s.id == "instead.land.returns")
    for side, wanted in zip(SIDES, (before, after), strict=True):
        a_day = {row["x"]: row["y"] for row in chart.rows if row["group"] == side}
        lasted = {"2025-01-01": 12, "2026-02-01": 28, "2027-03-01": 4}  # days of these in the run
        month = dict(getattr(both, side).sql(f"{by_month} GROUP BY ALL").fetchall())
        for first_of, days in lasted.items():
            count = month.get(dt.date.fromisoformat(first_of), 0)
            assert a_day[first_of] == pytest.approx(count / MEMBERS / days)
        assert len(a_day) == 27
        assert sum(month.values()) == sum(wanted)


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    """People are held in the cells when the prisons are full, or the new prison is larger."""
    folder = tmp_path_factory.mktemp("elsewhere") / "out"
    one, two = (scenario.load(f"{FULL}#{name}") for name in ("elsewhere", "larger"))
    return ensemble.compare(one, two, MEMBERS, 1, 1, folder)


def test_who_is_held_elsewhere_is_short_of_a_place(crowded: Comparison) -> None:
    told = appraise(crowded)
    days = held(crowded.baseline)
    cells = [sum(people["cells"] for people in one.values()) for one in days]
    assert min(cells) > 0
    assert told.figures["instead.land.elsewhere.baseline"].value == pytest.approx(mean(cells))
    assert told.figures["instead.land.elsewhere.scenario"].value == 0
    above = [
        sum(max(0, p[f] - room(f, day)) for day, p in one.items() for f in (*MEN, *WOMEN))
        for one in days
    ]
    assert told.figures["places.land.baseline.short"].value == pytest.approx(
        mean(a + b for a, b in zip(above, cells, strict=True))
    )
    # The cells are in nobody's list now, so the three prisons are all there is.
    full = [first(one, *MEN, *WOMEN) for one in days]
    assert_dates(told.figures["places.land.baseline.first-day"], full)
    assert any(full)
    chart = next(s for s in told.section("places").charts if s.id == "places.land.by-then")
    drawn = {row["x"]: row["y"] for row in chart.rows if row["group"] == "baseline"}
    for end, share in drawn.items():
        by_then = [day for day in full if day is not None and day.isoformat() <= str(end)]
        assert share == 100 * len(by_then) / MEMBERS
    assert list(drawn)[-1] == "2027-03-04"


def test_people_turned_away_are_told(tmp_path: Path) -> None:
    one, two = (scenario.load(f"{FULL}#{name}") for name in ("divert", "larger"))
    both = ensemble.compare(one, two, 2, 1, 1, tmp_path / "out")
    told = appraise(both)
    away = both.sql(
        "SELECT sum(people) FROM baseline_flows WHERE cause = 'diverted' GROUP BY member"
    ).fetchall()
    turned = told.figures["instead.land.turned-away.baseline"].value
    assert turned == pytest.approx(mean(n for (n,) in away))
    assert told.figures["instead.land.turned-away.scenario"].value == 0
    assert "instead.land.returns.baseline" not in told.figures


def test_a_single_run_says_when_places_run_out(both: Comparison, told: Appraisal) -> None:
    """The same figures as on the side of a comparison, without its name."""
    table = when_places_run_out(both.baseline)
    assert [row[0] for row in table.rows][:2] == ["The Land", "The Land for some of the people"]
    figures = {f.id: f for f in table.figures}
    for id_, figure in figures.items():
        parts = id_.split(".")
        at = 2 if len(parts) == 3 else -1
        same = told.figures[".".join([*parts[:at], "baseline", *parts[at:]])]
        assert (figure.value, figure.low, figure.high) == (same.value, same.low, same.high)
        assert "baseline" not in figure.title
    assert len(figures) == 11


def test_the_rule_is_among_what_the_figures_rest_on(told: Appraisal) -> None:
    for id_ in ("instead.land.returns.scenario", "places.land.scenario.short"):
        (counted,) = told.figures[id_].inputs
        assert "unsourced: land.early_release.within" in counted.stamps
    (counted,) = told.figures["places.land.baseline.short"].inputs
    assert "unsourced: land.early_release.within" not in counted.stamps


def test_a_day_of_the_calendar_is_shown_as_one(both: Comparison) -> None:
    figure = when_places_run_out(both.baseline).figures[-1]
    assert figure.unit == "date"
    assert words.show(figure).startswith(str(figure.value))
    assert not words.show(figure).endswith("date")


def test_a_shipped_system_with_room_never_runs_out(leased: Appraisal) -> None:
    assert leased.figures["places.homeland.baseline.first-day"].value == "never"
    table = next(t for t in leased.section("places").tables if t.id == "places.homeland")
    assert isinstance(table, Table)
    assert "Of the 2 facilities of homeland 2 never ran out" in table.note


def test_ends_of_months() -> None:
    day = dt.date
    assert month_ends(day(2025, 1, 20), day(2025, 4, 1)) == [
        day(2025, 1, 31), day(2025, 2, 28), day(2025, 3, 31),
    ]  # fmt: skip
    assert month_ends(day(2025, 11, 1), day(2026, 1, 15)) == [
        day(2025, 11, 30), day(2025, 12, 31), day(2026, 1, 14),
    ]  # fmt: skip

"""Step functions of days against an array with one number for each day."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedspace.compile.times import clip, day_of, months, overlay
from bedspace.engine.steps import value_on
from bedspace.scenario import Scenario
from tests.compile.made import made

SEEN = 90
"""Days that the naive array holds."""

BETWEEN = st.tuples(st.integers(-20, 70), st.integers(-20, 80), st.integers(0, 9).map(float))


def run_of(start: dt.date, end: dt.date) -> Scenario:
    return made().model_copy(update={"start": start, "end": end})


def test_days_count_from_the_start() -> None:
    scn = run_of(dt.date(2024, 2, 28), dt.date(2025, 1, 1))
    assert day_of(scn, dt.date(2024, 2, 28)) == 0
    assert day_of(scn, dt.date(2024, 3, 1)) == 2  # a leap year
    assert day_of(scn, dt.date(2024, 2, 20)) == -8


@pytest.mark.parametrize(
    ("start", "end", "firsts"),
    [
        # 17 days are left of January, and February 2024 has 29.
        (dt.date(2024, 1, 15), dt.date(2024, 4, 1), (0, 17, 46)),
        (dt.date(2024, 1, 15), dt.date(2024, 4, 2), (0, 17, 46, 77)),
        (dt.date(2023, 1, 1), dt.date(2023, 4, 1), (0, 31, 59)),
        (dt.date(2023, 12, 31), dt.date(2024, 2, 1), (0, 1)),
        (dt.date(2023, 5, 5), dt.date(2023, 5, 6), (0,)),
    ],
)
def test_months(start: dt.date, end: dt.date, firsts: tuple[int, ...]) -> None:
    assert months(run_of(start, end)) == firsts


@given(start=st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1)), days=st.integers(1, 2000))
def test_months_begin_on_every_first(start: dt.date, days: int) -> None:
    dates = [start + dt.timedelta(n) for n in range(days)]
    firsts = tuple(n for n, date in enumerate(dates) if n == 0 or date.day == 1)
    assert months(run_of(start, start + dt.timedelta(days))) == firsts


def test_a_step_function_on_and_between_its_steps() -> None:
    series = ((3, 5.0), (7, 2.0))
    assert [value_on(series, day) for day in (0, 2, 3, 6, 7, 100)] == [0, 0, 5, 5, 2, 2]


def test_overlay_by_hand() -> None:
    assert overlay(((0, 1.0),), 10, 20, 5.0) == ((0, 1.0), (10, 5.0), (20, 1.0))
    # What stood below comes back as it would be on that day, not as it was.
    steps = overlay(((0, 1.0), (15, 3.0)), 10, 20, 5.0)
    assert steps == ((0, 1.0), (10, 5.0), (20, 3.0))
    assert overlay(((0, 1.0),), -5, 4, 5.0) == ((0, 5.0), (4, 1.0))
    assert overlay(((0, 1.0),), -5, 0, 5.0) == ((0, 1.0),)
    assert overlay(((0, 1.0),), 8, 8, 5.0) == ((0, 1.0),)


@given(base=st.integers(0, 9).map(float), layers=st.lists(BETWEEN, max_size=6))
def test_overlays_are_those_of_an_array(base: float, layers: list[tuple[int, int, float]]) -> None:
    steps = ((0, base),)
    naive = [base] * SEEN
    for first, end, value in layers:
        steps = overlay(steps, first, end, value)
        for day in range(max(first, 0), max(end, 0)):
            naive[day] = value
    assert [value_on(steps, day) for day in range(SEEN)] == naive
    days = [day for day, _ in steps]
    assert days[0] == 0 and days == sorted(set(days))


@given(layers=st.lists(BETWEEN, max_size=6), length=st.integers(1, SEEN))
def test_clipping_changes_no_day_of_the_run(
    layers: list[tuple[int, int, float]], length: int
) -> None:
    steps = ((0, 4.0),)
    for first, end, value in layers:
        steps = overlay(steps, first, end, value)
    clipped = clip(steps, length)
    assert all(day < length for day, _ in clipped)
    assert [value_on(clipped, day) for day in range(length)] == [
        value_on(steps, day) for day in range(length)
    ]

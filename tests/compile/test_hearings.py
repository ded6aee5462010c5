"""Courts that sit, day by day of the calendar, by hand. 2025-01-01 is a Wednesday."""

import datetime as dt

import pytest

from bedspace import compile as compiler
from bedspace import engine
from bedspace.scenario import paths, uncertain, with_values
from tests.compile.made import USUAL, Scenario, made, named, plan

COURT = "systems/home/hearings/court"
SITTING = "home.hearings.court.sitting"
QUEUE = f"{USUAL}/remand/queue"


def court(text: str, more: dict[str, str | None] | None = None) -> Scenario:
    return made({QUEUE: "court", COURT: text, **(more or {})})


def served(scn: Scenario) -> dict[dt.date, float]:
    """People served on every day of the run."""
    steps = dict(named(compiler.plan(scn).queues, "home/court").served)
    found, now = {}, -1.0
    for day in range((scn.end - scn.start).days):
        now = steps.get(day, now)
        found[scn.start + dt.timedelta(day)] = now
    return found


def test_hours_by_length_by_rooms_by_people_on_working_days() -> None:
    # 6 h / 0.75 h = 8 hearings in each of 3 rooms, 2.5 people in each: 60 people.
    found = served(court("{sitting: {hours: 6 h / day, hearing: 0.75 h, rooms: 3, people: 2.5}}"))
    assert [found[dt.date(2025, 1, day)] for day in (1, 2, 3, 4, 5, 6)] == [60, 60, 60, 0, 0, 60]
    assert sum(found.values()) == 60 * 261  # 2025 has 261 days from Monday to Friday


def test_days_that_are_named() -> None:
    found = served(court("{sitting: {days: [sun, thu], hours: 1 h / day, hearing: 0.5 h}}"))
    for day, people in found.items():
        assert people == (2 if day.strftime("%a") in ("Thu", "Sun") else 0)


def test_nobody_is_served_before_the_first_day() -> None:
    text = "{sitting: {hours: 1 h / day, hearing: 1 h}, from: 2025-03-01}"  # a Saturday
    found = served(court(text))
    assert min(day for day, people in found.items() if people) == dt.date(2025, 3, 3)
    found = served(court("{served: 4 / day, from: 2025-03-01}"))
    assert (found[dt.date(2025, 2, 28)], found[dt.date(2025, 3, 1)]) == (0, 4)


@pytest.mark.parametrize(
    ("number", "value", "before", "after"),
    [
        ("rooms", "5", 2, 10),
        ("people", "3", 2, 6),
        ("hours", "3 h / day", 2, 6),
        ("hearing", "0.25 h", 2, 4),
    ],
)
def test_measures_change_its_numbers(number: str, value: str, before: int, after: int) -> None:
    measure = f"{{on: 2025-03-04, until: 2025-03-06, set: {{{SITTING}.{number}: {value}}}}}"
    scn = court("{sitting: {hours: 1 h / day, hearing: 0.5 h}}", {"measures/m": measure})
    found = served(scn)
    week = [found[dt.date(2025, 3, day)] for day in range(3, 9)]
    assert week == [before, after, after, before, before, 0]


def test_its_numbers_have_paths_and_are_drawn() -> None:
    scn = court("{sitting: {hours: 6 h / day, hearing: {value: 1 h, low: 0.5 h, high: 2 h}}}")
    assert list(uncertain(scn)) == [f"{SITTING}.hearing"]
    assert paths.get(scn, f"{SITTING}.hours").value == 6
    assert served(with_values(scn, {f"{SITTING}.hearing": 2.0}))[dt.date(2025, 1, 1)] == 3


def test_a_court_slower_than_the_arrests_fills_the_prison() -> None:
    # 2 a day arrive, the court hears 1 on each of 261 working days; all of remand waits for it.
    text = "{sitting: {hours: 1 h / day, hearing: 1 h}}"
    found = compiler.plan(
        court(text, {"systems/home/groups/all/stock": None, f"{USUAL}/remand/stay": "{fixed: 1 d}"})
    )
    out = engine.simulate(found, 1, 0)
    assert out.waiting[-1].sum() == pytest.approx(730 - 261, abs=4 * 730**0.5)
    assert plan({QUEUE: "court", COURT: "{served: 9 / day}"}).queues[0].served == ((0, 9),)

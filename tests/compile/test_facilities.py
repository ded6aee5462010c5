"""What a facility may hold, day by day, by hand."""

import pytest

from bedspace import compile as compiler
from bedspace.scenario import Scenario, paths, uncertain, with_values
from tests.compile.made import made, named

OLD = "home.facilities.old"
MARCH, JUNE, SEPTEMBER = 59, 151, 243
"""Days of 2025-03-01, 2025-06-01 and 2025-09-01."""


def facility(text: str, **measures: str) -> Scenario:
    changes = {f"measures/{name}": measure for name, measure in measures.items()}
    return made({"systems/home/facilities/old": text, **changes})


def held(scn: Scenario) -> dict[int, float]:
    """Steps of the facility's capacity, those that change nothing left out."""
    found: dict[int, float] = {}
    for day, people in named(compiler.plan(scn).places, "home/old").capacity:
        if not found or list(found.values())[-1] != people:
            found[day] = people
    return found


def test_the_margin_is_kept_free() -> None:
    assert held(facility("{places: 700, margin: 3 %}")) == {0: 679}
    assert held(facility("{places: 700, margin: 100 %}")) == {0: 0}
    assert held(facility("{places: 33, margin: 5 %}")) == {0: 31}  # of 31.35


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("{places: 212, margin: 10 %}", 190),  # of 190.8: a part of a place holds nobody
        ("{places: 10566, margin: 10 %}", 9509),  # of 9,509.4
        ("{places: 100, margin: 7 %}", 93),  # 92.99999999999999 in binary
        ("{places: 200, margin: 3.5 %}", 193),
        ("{places: 1000, margin: 2.9 %}", 971),
        ("{places: 1, margin: 40 %}", 0),
        ("{places: 500, staff: {officers: 10, people_per_officer: 1.16}}", 11),  # of 11.6
        ("{places: 500, staff: {officers: 50, people_per_officer: 1.14}}", 57),
        ("{places: 500, staff: {officers: 70, people_per_officer: 2.9}}", 203),
    ],
)
def test_only_whole_places_count(text: str, people: int) -> None:
    assert held(facility(text)) == {0: people}


@pytest.mark.parametrize(("officers", "people"), [(169, 676), (170, 679)])
def test_the_lesser_of_places_and_staff_binds(officers: int, people: int) -> None:
    staff = f"{{officers: {officers}, people_per_officer: 4}}"
    assert held(facility(f"{{places: 700, margin: 3 %, staff: {staff}}}")) == {0: people}


def test_it_opens_late_and_closes() -> None:
    text = "{places: 700, opens: 2025-02-19, slips: 9.2 d, closes: 2025-06-01}"
    assert held(facility(text)) == {0: 0, MARCH: 700, JUNE: 0}
    assert held(facility("{places: 700, closes: 2024-12-01}")) == {0: 0}
    assert held(facility("{places: 700, closes: 2031-01-01}")) == {0: 700}
    late = "{places: 700, opens: 2025-02-19, slips: 200 d, closes: 2025-06-01}"
    assert held(facility(late)) == {0: 0}  # never


def test_measures_change_margin_and_staff() -> None:
    text = "{places: 700, staff: {officers: 100, people_per_officer: 5}, closes: 2025-09-01}"
    scn = facility(
        text,
        hire=f"{{on: 2025-03-01, set: {{{OLD}.staff.officers: 150}}}}",
        stretch=f"{{on: 2025-03-01, until: 2025-06-01, set: {{{OLD}.margin: 10 %, "
        f"{OLD}.staff.people_per_officer: 4}}}}",
    )
    assert held(scn) == {0: 500, MARCH: 600, JUNE: 700, SEPTEMBER: 0}


def test_its_numbers_have_paths_and_are_drawn() -> None:
    text = (
        "{places: 700, opens: 2025-02-19, slips: {value: 0 d, low: 0 d, high: 90 d}, margin: 3 %}"
    )
    scn = facility(text)
    assert list(uncertain(scn)) == [f"{OLD}.slips"]
    assert paths.get(scn, f"{OLD}.margin").value == 0.03
    assert held(with_values(scn, {f"{OLD}.slips": 10.0})) == {0: 0, MARCH: 679}

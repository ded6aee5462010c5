"""Members found again by their Plans: the same bytes as of a fresh run, whatever was changed."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bedspace import appraisal, ensemble, results, scenario
from bedspace.ensemble import found, members
from tests.cli.bad_files import GOOD
from tests.ensemble.files import tree

CASES = (
    # name, old words, new words, whether people are moved otherwise
    ("a fee", "per_use: 40 EUR / day", "per_use: 55 EUR / day", False),
    ("a fee's range", "per_use: 40", "per_use: {value: 40", False),
    ("another part of the fee", "- {per_use: 40 EUR / day}", "- {per_place: 30 EUR / day}", False),
    ("a cost", "average: 100 EUR / day", "average: 170 EUR / day", False),
    ("the range of a cost", "low: 10 %, high: 60 %", "low: 20 %, high: 30 %", False),
    ("how a cost is spread", "high: 60 %}", "high: 60 %, spread: uniform}", False),
    ("a source", "title: A count", "title: Another count", False),
    ("a discount rate", "end: 2025-04-01\n", "end: 2025-04-01\ndiscounting: [green-book]\n", False),
    ("an assumed power", "    fee:\n", "    routes: [us-removal]\n    fee:\n", None),
    ("places", "places: 15", "places: 14", True),
    ("the range of places", "places: 15", "places: {value: 15, low: 5, high: 25}", True),
    ("a stay", "mean: 100 d", "mean: 101 d", True),
)


def _changed(old: str, new: str) -> str:
    assert old in GOOD
    text = GOOD.replace(old, new)
    if new == "per_use: {value: 40":
        text = text.replace(
            "value: 40 EUR / day}", "value: 40 EUR / day, low: 30 EUR / day, high: 45 EUR / day}}"
        )
    return text


def _compared(
    folder: Path, text: str, members: int, name: str, cache: Path | None, told: list[str]
) -> results.Comparison:
    file = folder / "tiny.yaml"
    file.write_text(text, encoding="utf-8")
    base, scn = scenario.load(f"{file}#baseline"), scenario.load(str(file))
    return ensemble.compare(base, scn, members, 1, 1, folder / name, tell=told.append, cache=cache)


@pytest.mark.parametrize(("what", "old", "new", "moved"), CASES, ids=[case[0] for case in CASES])
def test_a_changed_scenario_is_as_if_simulated(
    tmp_path: Path, what: str, old: str, new: str, moved: bool | None
) -> None:
    """Every file and the whole appraisal; what sends the same people is not simulated."""
    cache, told = tmp_path / "cache", list[str]()
    _compared(tmp_path, GOOD, 3, "before", cache, told)
    assert told == ["simulated: 6 futures"]
    again = _compared(tmp_path, _changed(old, new), 3, "again", cache, told)
    fresh = _compared(tmp_path, _changed(old, new), 3, "fresh", None, told)
    assert tree(again.folder) == tree(fresh.folder)
    assert appraisal.appraise(again).to_json() == appraisal.appraise(fresh).to_json()
    assert len(told) == 2
    if moved is False:
        assert told[1].startswith("found again: 6 of 6 futures, simulated ")
    elif moved:
        assert "6 of 6" not in told[1]


def test_more_members_go_on_from_fewer(tmp_path: Path) -> None:
    """Ten of fourteen are a whole chunk; the last four are one of their own, which is made anew."""
    cache, told = tmp_path / "cache", list[str]()
    _compared(tmp_path, GOOD, 14, "few", cache, told)
    more = _compared(tmp_path, GOOD, 21, "more", cache, told)
    assert told[1].startswith("found again: 20 of 42 futures, simulated ")
    assert told[1].endswith(" ago, and simulated 22 more") or "just now, and" in told[1]
    assert tree(more.folder) == tree(_compared(tmp_path, GOOD, 21, "fresh", None, told).folder)


def test_another_seed_or_other_code_is_not_taken_for_the_same(tmp_path: Path) -> None:
    file = tmp_path / "tiny.yaml"
    file.write_text(GOOD, encoding="utf-8")
    made = [members.planned(scenario.load(str(file)), 1, member) for member in range(2)]
    name = found.key(made, 1, ensemble.made_by())
    others = {
        found.key(made, 2, ensemble.made_by()),
        found.key(made, 1, ensemble.made_by() | {"code": "other"}),
        found.key(made[:1], 1, ensemble.made_by()),
        found.key([made[1], made[0]], 1, ensemble.made_by()),
        found.key([replace(made[0], start=date(2024, 1, 1)), made[1]], 1, ensemble.made_by()),
    }
    assert name not in others and len(others) == 5
    assert name == found.key([replace(one, draws={}) for one in made], 1, ensemble.made_by())


def test_what_is_kept_and_damaged_is_simulated_again(tmp_path: Path) -> None:
    cache, told = tmp_path / "cache", list[str]()
    before = _compared(tmp_path, GOOD, 3, "before", cache, told)
    for path in (cache / "members").iterdir():
        path.write_bytes(path.read_bytes()[:-1] + b"x")
    again = _compared(tmp_path, GOOD, 3, "again", cache, told)
    assert told == ["simulated: 6 futures"] * 2
    assert tree(again.folder) == tree(before.folder)
    _compared(tmp_path, GOOD, 3, "third", cache, told)
    assert told[2].startswith("found again: 6 of 6")


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    cache, told = tmp_path / "cache", list[str]()
    cache.write_text("a file stands where the folder would be", encoding="utf-8")
    _compared(tmp_path, GOOD, 2, "made", cache, told)
    assert told == ["simulated: 4 futures"]

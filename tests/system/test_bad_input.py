"""The mistakes that the first issue lists, each with its one message; see tests/scenario for the
whole grammar and tests/cli for what the command line does with them."""

from importlib import resources
from pathlib import Path

import pytest

from bedspace import ensemble, scenario
from bedspace.exceptions import ScenarioError

SHIPPED = resources.files("bedspace.scenario.library") / "two-hundred-places.yaml"
GOOD = SHIPPED.read_text(encoding="utf-8")

MISTAKES = {
    "wrong type": ("stock: 10400", "stock: [10400]", "a list stands where a single value"),
    "misspelt key": ("admissions:", "admisions:", "did you mean 'admissions'?"),
    "impossible date": ("end: 2030-01-01", "end: 2030-02-30", "2030-02-30 is a day that does not"),
    "negative capacity": ("places: 6000", "places: -6000", "-6000 is too small"),
    "probabilities": ("released: 30 %}", "released: 31 %}", "sum to 101 %, not 100 %"),
    "cycle": (
        "share: 60 %                                  # the rest",
        "exits: {remand: 100 %}  # the rest",
        "go in a circle: remand -> sentenced -> remand",
    ),
    "unknown source": (
        "places: 6000",
        "places: {value: 6000, source: census, grade: official}",
        "the source 'census' is not defined",
    ),
    "key twice": ("places: 6000", "places: 6000\n        places: 6001", "is here twice"),
    "unit": ("mean: 60 d", "mean: 60 EUR", "60 EUR"),
    "path to nothing": ("agreements.lease.places: 250", "agreements.leese.places: 250", "'lease'"),
    "too large": (GOOD, GOOD + "#" * (1 << 20), "more than the 1 MiB"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_one_mistake_one_message_and_nothing_written(mistake: str, tmp_path: Path) -> None:
    old, new, words = MISTAKES[mistake]
    assert GOOD.count(old) == 1
    file = tmp_path / "x.yaml"
    file.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        ensemble.run(scenario.load(str(file)), 1, 1, 1, tmp_path / "run")
    (problem,) = caught.value.problems
    assert words in str(problem)
    assert str(problem).startswith(f"{file}:{problem.line}:{problem.column}: ")
    assert [p.name for p in tmp_path.iterdir()] == ["x.yaml"]


def test_the_unchanged_file_is_good(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text(GOOD, encoding="utf-8")
    assert scenario.load(str(file)).title == "Two hundred places abroad"


def test_an_alias_bomb_is_refused_in_one_line(tmp_path: Path) -> None:
    lines = ["bedspace: 1", "a0: &a0 [x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 30)]
    file = tmp_path / "x.yaml"
    file.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        scenario.load(str(file))
    assert [problem.what for problem in caught.value.problems] == ["&a0 is a YAML anchor"]

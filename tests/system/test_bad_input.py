"""The mistakes that users make, each with its one message and nothing written; see tests/scenario
for the whole grammar and tests/cli for what the command line does with the same files."""

from pathlib import Path

import pytest

from bedspace import ensemble, scenario
from bedspace.exceptions import ScenarioError
from tests.cli.bad_files import GOOD, TEXTS


@pytest.mark.parametrize("mistake", TEXTS)
def test_one_mistake_one_message_and_nothing_written(mistake: str, tmp_path: Path) -> None:
    text, words = TEXTS[mistake]
    file = tmp_path / "x.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        ensemble.run(scenario.load(str(file)), 1, 1, 1, tmp_path / "run")
    (problem,) = caught.value.problems
    assert words in str(problem)
    assert str(problem).startswith(f"{file}:{problem.line}:{problem.column}: ")
    assert [p.name for p in tmp_path.iterdir()] == ["x.yaml"]


def test_the_unchanged_file_is_good(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text(GOOD, encoding="utf-8")
    assert scenario.load(str(file)).title == "A tiny system that rents a few places"


def test_an_alias_bomb_is_refused_in_one_line(tmp_path: Path) -> None:
    lines = ["bedspace: 1", "a0: &a0 [x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 30)]
    file = tmp_path / "x.yaml"
    file.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        scenario.load(str(file))
    assert [problem.what for problem in caught.value.problems] == ["&a0 is a YAML anchor"]

"""The reference engine as what simulates an ensemble: the same bytes as the kernel, more slowly."""

from collections.abc import Sequence
from pathlib import Path

import pytest

import bedspace as bs
from bedspace import ensemble, results, scenario
from bedspace.cli.options import Work
from bedspace.compile import plan
from bedspace.ensemble import pace
from bedspace.exceptions import PlanError, RunError
from tests.ensemble.commands import call
from tests.ensemble.files import TINY, tree
from tests.ensemble.test_resume import died


def quiet(_line: str) -> None:
    """What is told of the reference engine's pace is looked at apart."""


def test_both_engines_write_the_same_run(
    scn: scenario.Scenario, twenty: results.Run, tmp_path: Path
) -> None:
    out = tmp_path / "run"
    ensemble.run(scn, 20, 3, 1, out, tell=quiet, engine="reference")
    assert tree(out) == tree(twenty.folder)


def test_one_engine_goes_on_with_what_the_other_began(
    scn: scenario.Scenario, twenty: results.Run, tmp_path: Path
) -> None:
    out = tmp_path / "run"
    died(scn, out)
    ensemble.run(scn, 20, 3, 1, out, resume=True, tell=quiet, engine="reference")
    assert tree(out) == tree(twenty.folder)


def test_both_engines_write_the_same_comparison(scn: scenario.Scenario, tmp_path: Path) -> None:
    base = scenario.load(f"{TINY}#baseline")
    folders: list[Path] = []
    for engine in ("kernel", "reference"):
        folders.append(tmp_path / engine)
        ensemble.compare(base, scn, 2, 3, 1, folders[-1], tell=quiet, engine=engine)
    one, two = map(tree, folders)
    assert one == two


def test_the_verbs_take_an_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def told(*_args: object, engine: str, **_how: object) -> None:
        asked.append(engine)

    monkeypatch.setattr(ensemble, "run", told)
    monkeypatch.setattr(ensemble, "compare", told)
    bs.run(str(TINY), engine="reference")
    bs.compare(str(TINY), engine="reference")
    bs.run(str(TINY))
    assert asked == ["reference", "reference", "kernel"]


@pytest.mark.parametrize("verb", [("run", TINY), ("compare", f"{TINY}#baseline", TINY)])
def test_an_engine_that_is_not_there_is_refused(verb: Sequence[object], tmp_path: Path) -> None:
    status, said, told = call(*verb, "-n", 1, "--out", tmp_path / "run", "--engine", "quick")
    assert (status, said) == (2, "")
    assert told.splitlines()[-1].endswith('there is no engine "quick": "kernel" or "reference"')


def test_the_command_that_goes_on_names_the_engine() -> None:
    assert Work(None, "threads", engine="reference").options() == ["--engine", "reference"]
    assert Work(None, "threads").options() == []


def test_python_is_refused_it_likewise(scn: scenario.Scenario, tmp_path: Path) -> None:
    with pytest.raises(PlanError, match='no engine "quick"'):
        ensemble.run(scn, 1, 1, 1, tmp_path / "run", engine="quick")


def test_what_cannot_be_waited_for_is_refused(
    scn: scenario.Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "MOST_PERSON_DAYS", 100)
    with pytest.raises(RunError, match=r"reference engine is for at most 100: simulate fewer"):
        ensemble.run(scn, 1, 1, 1, tmp_path / "run", engine="reference")
    assert not list(tmp_path.iterdir())
    ensemble.run(scn, 1, 1, 1, tmp_path / "run")  # the kernel has no such limit


def test_it_is_told_how_long_it_will_take(scn: scenario.Scenario) -> None:
    """Person-days at 5 microseconds each: ten minutes for so many members as make that."""
    told: list[str] = []
    made = plan(scn)
    pace.check([made], 1, told.append)
    assert told == []
    many = round(600 / (pace.person_days(made) * pace.PERSON_DAY))
    pace.check([made], many, told.append)
    assert told[0].startswith("the reference engine will take some 10 minutes of work for ")

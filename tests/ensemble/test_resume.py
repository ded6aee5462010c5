"""Going on with a run that died: the same bytes as if nothing had happened."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bedspace import ensemble, results, scenario
from bedspace.ensemble import members
from bedspace.exceptions import RunError
from bedspace.results import partial
from tests.ensemble.files import TINY, tree


class Dies(BaseException):
    pass


def at(done: int) -> Callable[[int, int], None]:
    """Progress that ends the run once so many members are done."""

    def progress(now: int, _total: int) -> None:
        if now >= done:
            raise Dies

    return progress


def died(scn: scenario.Scenario, out: Path, done: int = 10, members: int = 20) -> None:
    with pytest.raises(Dies):
        ensemble.run(scn, members, 3, 1, out, at(done))
    assert not out.exists()


def test_only_what_is_missing_is_simulated(
    scn: scenario.Scenario,
    twenty: results.Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = tmp_path / "run"
    died(scn, out)
    whole, begun, seen = members.simulate, [], []

    def simulate(scn: scenario.Scenario, seed: int, member: int, engine: str) -> object:
        begun.append(member)
        return whole(scn, seed, member, engine)

    monkeypatch.setattr(members, "simulate", simulate)
    ensemble.run(scn, 20, 3, 1, out, lambda *a: seen.append(a), resume=True)
    assert begun == list(range(10, 20))
    assert seen == [(10, 20), (20, 20)]
    assert tree(out) == tree(twenty.folder)
    assert list(tmp_path.iterdir()) == [out]


def test_going_on_with_more_members(
    scn: scenario.Scenario, twenty: results.Run, tmp_path: Path
) -> None:
    """The last chunk was not full and is simulated again."""
    out = tmp_path / "run"
    with pytest.raises(Dies):
        ensemble.run(scn, 14, 3, 1, out, at(14))
    assert partial.unfinished(out) == (14, 14)
    ensemble.run(scn, 20, 3, 1, out, resume=True)
    assert tree(out) == tree(twenty.folder)


def test_a_pair_is_gone_on_with(scn: scenario.Scenario, tmp_path: Path) -> None:
    base = scenario.load(f"{TINY}#baseline")
    whole = ensemble.compare(base, scn, 20, 3, 1, tmp_path / "whole")
    out = tmp_path / "pair"
    with pytest.raises(Dies):
        ensemble.compare(base, scn, 20, 3, 1, out, at(30))
    assert partial.unfinished(out) == (30, 40)
    with pytest.raises(RunError, match="begun as a comparison, not run"):
        ensemble.run(scn, 20, 3, 1, out, resume=True)
    with pytest.raises(RunError, match="with another scenario, or another state of its file"):
        ensemble.compare(scn, base, 20, 3, 1, out, resume=True)
    made = ensemble.compare(base, scn, 20, 3, 1, out, resume=True)
    assert tree(made.folder) == tree(whole.folder)
    assert isinstance(results.open(out), results.Comparison)


def test_what_is_finished_already_is_opened(
    scn: scenario.Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = scenario.load(f"{TINY}#baseline")
    first = ensemble.run(scn, 3, 3, 1, tmp_path / "run")
    pair = ensemble.compare(base, scn, 3, 3, 1, tmp_path / "pair")
    monkeypatch.setattr(members, "simulate", lambda *a: pytest.fail("work was done"))
    again = ensemble.run(scn, 3, 3, 1, tmp_path / "run", resume=True)
    assert again.manifest == first.manifest
    assert ensemble.compare(base, scn, 3, 3, 1, pair.folder, resume=True).members == 3
    for other, asked, seed, words in (
        (scn, 4, 3, "with members 3, not 4"),
        (scn, 3, 4, "with seed 3, not 4"),
        (base, 3, 3, "with another scenario"),
    ):
        with pytest.raises(RunError, match=f"finished already and is another run.*{words}"):
            ensemble.run(other, asked, seed, 1, tmp_path / "run", resume=True)
    with pytest.raises(RunError, match="as a comparison, not run"):
        ensemble.run(scn, 3, 3, 1, pair.folder, resume=True)
    with pytest.raises(RunError, match="as a run, not comparison"):
        ensemble.compare(base, scn, 3, 3, 1, tmp_path / "run", resume=True)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"code": "0" * 16}, "with other code of bedspace: choose another --out"),
        ({"duckdb": "0.1"}, "with duckdb 0.1, not "),
    ],
)
def test_what_other_code_finished_is_refused_as_what_it_began(
    scn: scenario.Scenario, tmp_path: Path, change: dict[str, str], words: str
) -> None:
    """A single run and a side of a pair alike; what was written stays as it is."""
    base = scenario.load(f"{TINY}#baseline")
    ensemble.run(scn, 2, 3, 1, tmp_path / "run")
    ensemble.compare(base, scn, 2, 3, 1, tmp_path / "pair")
    for side in ("run", "pair/baseline"):
        file = tmp_path / side / "manifest.json"
        values = json.loads(file.read_bytes())
        values["made_by"] |= change
        file.write_text(json.dumps(values))
    before = tree(tmp_path)
    with pytest.raises(RunError, match=words):
        ensemble.run(scn, 2, 3, 1, tmp_path / "run", resume=True)
    with pytest.raises(RunError, match=words):
        ensemble.compare(base, scn, 2, 3, 1, tmp_path / "pair", resume=True)
    assert tree(tmp_path) == before


def test_a_finished_run_of_an_older_format_says_how_to_make_it_anew(
    scn: scenario.Scenario, tmp_path: Path
) -> None:
    ensemble.run(scn, 1, 3, 1, tmp_path / "run")
    file = tmp_path / "run" / "manifest.json"
    file.write_text(json.dumps(json.loads(file.read_bytes()) | {"format": 0}))
    with pytest.raises(RunError, match="run it again: bedspace run"):
        ensemble.run(scn, 1, 3, 1, tmp_path / "run", resume=True)


def test_another_state_of_the_file_is_not_gone_on_with(
    scn: scenario.Scenario, tmp_path: Path
) -> None:
    out = tmp_path / "run"
    died(scn, out)
    file = tmp_path / "tiny.yaml"
    file.write_text(TINY.read_text().replace("tower: {places: 60}", "tower: {places: 61}"))
    with pytest.raises(RunError, match="another scenario, or another state of its file"):
        ensemble.run(scenario.load(str(file)), 20, 3, 1, out, resume=True)
    file.write_text(TINY.read_text())
    assert ensemble.run(scenario.load(str(file)), 20, 3, 1, out, resume=True).members == 20


def test_an_altered_file_is_told_and_made_again(
    scn: scenario.Scenario, twenty: results.Run, tmp_path: Path
) -> None:
    out = tmp_path / "run"
    died(scn, out)
    part = partial.place(out) / "results" / "tables" / "flows" / "part-00000.parquet"
    part.write_bytes(part.read_bytes()[:-1])
    with pytest.warns(UserWarning, match=r"flows/part-00000\.parquet is not as it was written"):
        ensemble.run(scn, 20, 3, 1, out, resume=True)
    assert tree(out) == tree(twenty.folder)


def test_no_scratch_is_left_in_the_results(scn: scenario.Scenario, twenty: results.Run) -> None:
    assert not [path for path in tree(twenty.folder) if ".new" in path or "scratch" in path]

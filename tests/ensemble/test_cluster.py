"""Members over a Dask scheduler and workers, each a real process: the same bytes, whatever dies."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bedspace import ensemble, results, scenario
from bedspace.exceptions import RunError
from tests.ensemble import dask
from tests.ensemble.commands import call, ended, finished_chunks, start, until
from tests.ensemble.files import TINY, tree

pytest.importorskip("distributed", reason="needs bedspace[cluster]: distributed")
pytestmark = pytest.mark.slow

MEMBERS = 120


@pytest.fixture(scope="module")
def whole(scn: scenario.Scenario, tmp_path_factory: pytest.TempPathFactory) -> results.Run:
    return ensemble.run(scn, MEMBERS, 3, 1, tmp_path_factory.mktemp("whole") / "run")


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[dask.Cluster]:
    folder = tmp_path / "dask"
    folder.mkdir()
    with dask.cluster(folder) as made:
        yield made


def at(done: int, act: Callable[[], None]) -> Callable[[int, int], None]:
    """Progress that does something once, when so many members are done."""
    acts = [act]

    def progress(now: int, _total: int) -> None:
        if now >= done and acts:
            acts.pop()()

    return progress


def test_the_same_bytes_from_a_cluster_whose_worker_is_killed(
    cluster: dask.Cluster, scn: scenario.Scenario, whole: results.Run, tmp_path: Path
) -> None:
    """First with two workers, then with one of them killed while they are at work."""
    two = ensemble.run(scn, MEMBERS, 3, None, tmp_path / "two", executor=cluster.address)
    assert tree(two.folder) == tree(whole.folder)

    gone = cluster.workers[0]
    kill = at(30, lambda: dask.end(gone))
    left = ensemble.run(scn, MEMBERS, 3, 4, tmp_path / "left", kill, cluster.address)
    assert gone.returncode == -signal.SIGKILL
    assert tree(left.folder) == tree(whole.folder)
    assert cluster.workers[1].poll() is None

    # The command line, the whole of it.
    asked = ("compare", f"{TINY}#baseline", TINY, "-n", 20, "--seed", 3, "--out", tmp_path / "pair")
    status, _, told = call(*asked, "--executor", cluster.address)
    assert status == 0, told
    here = ensemble.compare(scenario.load(f"{TINY}#baseline"), scn, 20, 3, 1, tmp_path / "here")
    assert tree(tmp_path / "pair") == tree(here.folder)


def test_a_lost_scheduler_is_one_line_and_the_rest_is_kept(
    cluster: dask.Cluster, scn: scenario.Scenario, whole: results.Run, tmp_path: Path
) -> None:
    out = tmp_path / "run"
    asked = ("run", TINY, "-n", MEMBERS, "--seed", 3, "--out", out)
    process = start(*asked, "--executor", cluster.address)
    until(lambda: finished_chunks(out) >= 3, process)
    dask.end(cluster.scheduler)
    status, said, told = ended(process)
    assert (status, said) == (2, ""), told
    assert f"the Dask scheduler at {cluster.address} was lost" in told
    assert "futures are kept: go on with --resume" in told
    assert "Traceback" not in told
    status, _, told = call(*asked, "--resume")
    assert status == 0, told
    assert tree(out) == tree(whole.folder)


def test_ctrl_c_leaves_the_cluster_as_it_was(
    cluster: dask.Cluster, whole: results.Run, tmp_path: Path
) -> None:
    out = tmp_path / "run"
    asked = ("run", TINY, "-n", MEMBERS, "--seed", 3, "--out", out, "--executor", cluster.address)
    process = start(*asked)
    until(lambda: finished_chunks(out) >= 3, process)
    os.killpg(process.pid, signal.SIGINT)
    status, _, told = ended(process)
    assert status == 130
    assert "futures are kept; go on with" in told
    assert "Traceback" not in told
    assert [p.poll() for p in (cluster.scheduler, *cluster.workers)] == [None] * 3
    status, _, told = call(*asked, "--resume")
    assert status == 0, told
    assert tree(out) == tree(whole.folder)


def test_a_cluster_that_cannot_work_is_one_line(
    scn: scenario.Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No scheduler; no workers; workers without a bedspace that could be loaded."""
    monkeypatch.setattr("bedspace.ensemble.cluster.PATIENCE", 2)

    def refused(address: str) -> str:
        with pytest.raises(RunError) as caught:
            ensemble.run(scn, 1, 1, 1, tmp_path / "run", executor=address)
        assert "\n" not in str(caught.value)
        return str(caught.value)

    assert refused("tcp://127.0.0.1:9").startswith("no Dask scheduler answers at tcp://127")
    (tmp_path / "dask").mkdir()
    with dask.cluster(tmp_path / "dask", workers=0) as idle:
        assert refused(idle.address).endswith("has no workers")
    (tmp_path / "src/bedspace").mkdir(parents=True)
    (tmp_path / "src/bedspace/__init__.py").touch()
    (tmp_path / "dask/scheduler.json").unlink()
    monkeypatch.setattr("bedspace.ensemble.cluster.PATIENCE", 60)
    with dask.cluster(tmp_path / "dask", workers=1, src=tmp_path / "src") as bare:
        assert "install the same bedspace on its scheduler and workers" in refused(bare.address)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["dask", "src"]

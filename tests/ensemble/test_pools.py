"""Who does the work, and in what order, changes no byte; what becomes of workers is one line."""

import os
import random
import signal
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import active_children, get_context
from pathlib import Path
from typing import Any

import pytest

from bedspace import ensemble, results, scenario
from bedspace.ensemble import chunks, pools
from bedspace.exceptions import RunError
from tests.ensemble.files import tree


class Shuffled(ThreadPoolExecutor):
    """An executor that does what it holds in another order, once it is told to."""

    def __init__(self, seed: int, at_once: int) -> None:
        super().__init__(1)
        self.luck, self.at_once = random.Random(seed), at_once
        self.waiting: list[tuple[Future[Any], Any, Any]] = []
        self.done: list[int] = []

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        assert len(args) == 1 and not kwargs  # some executors lose anything more
        future: Future[Any] = Future()
        self.waiting.append((future, fn, args[0]))
        if len(self.waiting) == self.at_once:
            self.luck.shuffle(self.waiting)
            for future_, fn_, chunk in self.waiting:
                self.done.append(chunk.number)
                future_.set_result(fn_(chunk))
            self.waiting.clear()
        return future


@pytest.fixture(scope="module")
def eighty(scn: scenario.Scenario, tmp_path_factory: pytest.TempPathFactory) -> results.Run:
    return ensemble.run(scn, 80, 3, 1, tmp_path_factory.mktemp("eighty") / "run")


@pytest.mark.parametrize("seed", range(3))
def test_the_order_in_which_chunks_are_done_changes_nothing(
    scn: scenario.Scenario, eighty: results.Run, tmp_path: Path, seed: int
) -> None:
    with Shuffled(seed, 8) as pool:
        ensemble.run(scn, 80, 3, 4, tmp_path / "run", executor=pool)
    assert sorted(pool.done) == list(range(8)) != pool.done
    assert tree(tmp_path / "run") == tree(eighty.folder)


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_the_same_bytes_from_processes(
    scn: scenario.Scenario, eighty: results.Run, tmp_path: Path, workers: int
) -> None:
    ensemble.run(scn, 80, 3, workers, tmp_path / "run", executor="processes")
    assert tree(tmp_path / "run") == tree(eighty.folder)


def test_the_same_bytes_from_an_executor_of_ones_own(
    scn: scenario.Scenario, eighty: results.Run, tmp_path: Path
) -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        ensemble.run(scn, 80, 3, 1, tmp_path / "run", executor=pool)
        assert pool.submit(os.getpid).result() > 0  # it is left open
    assert tree(tmp_path / "run") == tree(eighty.folder)


def test_work_is_handed_out_little_by_little(scn: scenario.Scenario, tmp_path: Path) -> None:
    """However many members there are: what waits holds memory, here and in a cluster."""
    held: list[int] = []

    class Counting(ThreadPoolExecutor):
        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
            future = super().submit(fn, *args, **kwargs)
            under_way.add(future)
            held.append(sum(not f.done() for f in under_way))
            return future

    under_way: set[Future[Any]] = set()
    with Counting(2) as pool:
        ensemble.run(scn, 200, 1, 2, tmp_path / "run", executor=pool)
    assert len(held) == 20
    assert max(held) <= 4


@pytest.mark.slow
def test_a_killed_worker_process_is_one_line_and_the_rest_is_kept(
    scn: scenario.Scenario, eighty: results.Run, tmp_path: Path
) -> None:
    out = tmp_path / "run"

    def kill_at(done: int) -> Callable[[int, int], None]:
        def progress(now: int, _total: int) -> None:
            if now == done:
                for child in active_children():
                    os.kill(child.pid or 0, signal.SIGKILL)

        return progress

    with pytest.raises(RunError) as caught:
        ensemble.run(scn, 80, 3, 1, out, kill_at(30), "processes")
    assert str(caught.value).startswith("a worker process was killed")
    assert "of 80 futures are kept: go on with --resume" in str(caught.value)
    ensemble.run(scn, 80, 3, 1, out, resume=True)
    assert tree(out) == tree(eighty.folder)


def test_a_worker_with_other_libraries_is_refused(scn: scenario.Scenario) -> None:
    (chunk,) = chunks.chunks(scn, 1, 3)
    other = replace(chunk, made_by=dict(chunk.made_by) | {"duckdb": "0.1", "code": "x"})
    with pytest.raises(RunError, match=r"a worker has duckdb .*, not 0\.1: install the same"):
        chunks.simulate_chunk(other)
    with pytest.raises(RunError, match="a worker has other code of bedspace: install the same"):
        chunks.simulate_chunk(replace(chunk, made_by=dict(chunk.made_by) | {"code": "x"}))


def test_a_chunk_can_be_stopped_between_members(scn: scenario.Scenario) -> None:
    (chunk,) = chunks.chunks(scn, 1, 5)
    asked: list[bool] = []

    def stopped() -> bool:
        asked.append(len(asked) == 3)
        return asked[-1]

    with pytest.raises(RunError, match="stopped"):
        chunks.simulate_chunk(chunk, stopped)
    assert len(asked) == 4


def test_there_is_no_such_executor(scn: scenario.Scenario, tmp_path: Path) -> None:
    with pytest.raises(RunError, match=r"no executor 'thread': give threads, processes, or"):
        ensemble.run(scn, 1, 1, 1, tmp_path / "run", executor="thread")
    assert list(tmp_path.iterdir()) == []


def test_workers_are_the_processors_by_default() -> None:
    with pools.opened("threads", None) as pool:
        assert pool.workers() == pools.processors() >= 1

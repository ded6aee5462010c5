"""The tiny scenario, and a run of it that others are compared with."""

import contextlib
import os
import signal
from collections.abc import Iterator

import pytest

from bedspace import ensemble, results, scenario
from tests.ensemble.commands import STARTED
from tests.ensemble.files import TINY


@pytest.fixture(scope="session")
def scn() -> scenario.Scenario:
    return scenario.load(str(TINY))


@pytest.fixture(scope="session")
def twenty(scn: scenario.Scenario, tmp_path_factory: pytest.TempPathFactory) -> results.Run:
    """Twenty members with seed 3, by one thread."""
    return ensemble.run(scn, 20, 3, 1, tmp_path_factory.mktemp("twenty") / "run")


@pytest.fixture(scope="session")
def compiled(twenty: results.Run) -> None:
    """The kernel is on the disk, so that a process of its own need not compile it."""


@pytest.fixture(autouse=True)
def _no_process_is_left() -> Iterator[None]:
    yield
    while STARTED:
        process = STARTED.pop()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()  # not communicate: a test may have read and closed the pipes itself
        for pipe in filter(None, (process.stdout, process.stderr)):
            pipe.close()

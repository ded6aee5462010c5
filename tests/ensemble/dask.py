"""A real Dask cluster on this machine: a scheduler and workers started with Dask's own commands."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.ensemble.commands import SRC, until


@dataclass
class Cluster:
    """`address` of the scheduler, and its processes, each leader of a group of its own."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]


def _start(folder: Path, src: Path, name: str, *args: str) -> subprocess.Popen[bytes]:
    # `dask` is `python -m dask`: the same command, of this very Python.
    return subprocess.Popen(
        [sys.executable, "-m", "dask", *args, "--no-dashboard"],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=(folder / f"{name}.log").open("wb"),
        stderr=subprocess.STDOUT,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(src)},
    )


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and whatever it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextlib.contextmanager
def cluster(folder: Path, workers: int = 2, src: Path = SRC) -> Iterator[Cluster]:
    """A scheduler on a free port of 127.0.0.1 and workers of one thread with the bedspace that is
    in `src`; all killed at the end."""
    file = folder / "scheduler.json"
    where = ("--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file))
    started = [_start(folder, src, "scheduler", "scheduler", *where)]
    try:
        until(lambda: file.exists() and file.read_text().strip().endswith("}"))
        address = json.loads(file.read_text())["address"]
        for i in range(workers):
            options = ("--host", "127.0.0.1", "--nthreads", "1", "--local-directory", str(folder))
            name = f"worker-{i}"
            # Without a nanny a worker that is killed stays away.
            more = (*options, "--no-nanny", "--name", name, "--death-timeout", "120")
            started.append(_start(folder, src, name, "worker", address, *more))
        yield Cluster(address, started[0], started[1:])
    finally:
        for process in started:
            end(process)

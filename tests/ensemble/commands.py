"""The command line in processes of its own, to be stopped or killed."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

SRC = Path(__file__).resolve().parents[2] / "src"

PATIENCE = 600
"""Seconds after which a test gives up waiting: where it may have to, machines are slow."""

STARTED: list[subprocess.Popen[str]] = []
"""Processes of the test that runs; what it leaves is killed after it (conftest)."""


def start(
    *args: object, program: Sequence[str] = ("-m", "bedspace.cli"), **options: Any
) -> subprocess.Popen[str]:
    """`bedspace ARGS` in a process group of its own; `program` is what Python runs instead."""
    process = subprocess.Popen(
        [sys.executable, *program, *map(str, args)],
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(SRC), "PYTHONIOENCODING": "utf-8"},
        **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options},
    )
    STARTED.append(process)
    return process


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Its exit status, stdout and stderr."""
    out, err = process.communicate(timeout=PATIENCE)
    return process.returncode, out, err


def call(*args: object, **options: Any) -> tuple[int, str, str]:
    """`bedspace ARGS`, to its end."""
    return ended(start(*args, **options))


def until(condition: Callable[[], object], process: subprocess.Popen[str] | None = None) -> None:
    """Wait until something is so; fail when time is out or the process has ended before."""
    give_up = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < give_up, "waited in vain"
        assert process is None or process.poll() is None, ended(process) if process else ""
        time.sleep(0.01)


def finished_chunks(out: Path) -> int:
    """Chunks recorded as finished of a run that is not."""
    return len(list((out.parent / f".{out.name}.partial" / "done").glob("*.json")))

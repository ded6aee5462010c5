"""Ctrl-C during long work: an orderly end, the way to go on, exit status 130."""

from __future__ import annotations

import contextlib
import os
import shlex
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import FrameType

import typer

from bedspace.cli.show import complain

STOPPED = 130
"""Exit status of what was stopped by Ctrl-C, as shells have it: 128 and the signal's number."""


@contextlib.contextmanager
def stoppable(words: Callable[[], str]) -> Iterator[None]:
    """Ctrl-C within lets the members under way end and then exits, saying `words`; a second one
    exits at once. Nothing that is finished is lost either way."""

    def at_once(_signal: int, _frame: FrameType | None) -> None:
        complain(words())
        sys.stderr.flush()
        os._exit(STOPPED)

    def first(_signal: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, at_once)
        complain("stopping when the futures under way are done; Ctrl-C again stops at once")
        raise KeyboardInterrupt

    # Only the main thread may answer signals; elsewhere somebody else does.
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, first)
    try:
        yield
    except KeyboardInterrupt:
        complain(words())
        raise typer.Exit(STOPPED) from None
    finally:
        signal.signal(signal.SIGINT, before)


def how_to_go_on(out: Path, command: Sequence[str]) -> str:
    """What is kept of a run that was stopped, and the command that goes on with it."""
    from bedspace.results import partial

    if kept := partial.unfinished(out):
        done, total = kept
        told = shlex.join(["bedspace", *command, "--resume"])
        return f"stopped: {done} of {total} futures are kept; go on with\n  {told}"
    return "stopped before any futures were finished; nothing is kept"

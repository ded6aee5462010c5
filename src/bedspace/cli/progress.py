"""Bars for long work, on stderr: a moving one on a terminal, plain lines elsewhere, with the time
that is left."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from bedspace.cli.show import page

_EVERY = 10  # seconds between plain lines

Report = Callable[[int, int], None]
"""Called with (done, in all)."""


@contextlib.contextmanager
def bar(label: str, total: int, silent: bool = False) -> Iterator[Report]:
    """Progress of `total` simulated futures, of both sides where there are two; what is yielded is
    told how far it is, first at the start."""
    if silent:
        yield lambda done, total: None
    elif sys.stderr.isatty():
        with _moving(label, total) as report:
            yield report
    else:
        yield _lines(label)


@contextlib.contextmanager
def _moving(label: str, total: int) -> Iterator[Report]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=page(stderr=True)) as progress:
        task = progress.add_task(label, total=total)

        def report(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        yield report


def _lines(label: str) -> Report:
    """Plain lines: when ten seconds have passed since the last, and at the end."""
    begun = last = time.monotonic()
    kept: int | None = None

    def report(done: int, total: int) -> None:
        nonlocal last, kept
        if kept is None:  # what was there at the start took no time
            kept = done
            if done:
                print(f"{label}: {done} of {total} simulated futures are kept", file=sys.stderr)
            return
        now = time.monotonic()
        if done < total and now - last < _EVERY:
            return
        last, spent = now, now - begun
        each = spent / (done - kept) if done > kept else 0.0
        left = f", about {each * (total - done):.0f} s left" if done < total else ""
        print(f"{label}: {done} of {total} simulated futures, {spent:.0f} s{left}", file=sys.stderr)

    return report

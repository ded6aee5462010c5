"""Bars for long work, on stderr: a moving one on a terminal, plain lines elsewhere."""

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
def bar(label: str, total: int, unit: str = "members") -> Iterator[Report]:
    """Progress of one piece of work; what is yielded is told how far it is."""
    if sys.stderr.isatty():
        with _moving(label, total) as report:
            yield report
    else:
        yield _lines(label, unit)


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


def _lines(label: str, unit: str) -> Report:
    """Plain lines: when ten seconds have passed since the last, and at the end."""
    begun = last = time.monotonic()

    def report(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if done < total and now - last < _EVERY:
            return
        last = now
        spent = now - begun
        left = f", about {spent / done * (total - done):.0f} s left" if 0 < done < total else ""
        print(f"{label}: {done} of {total} {unit}, {spent:.0f} s{left}", file=sys.stderr)

    return report

"""Does W take longer here than at another commit? Status 1 if it does, by a tenth or more.

    python benchmarks/against.py main [--stock 100000] [--pairs 20] [--allow 10]

Here is the working tree as it stands. The other commit is checked out into a temporary git worktree
and compiled there (up to a minute). Then both run the same people in turn, each in a process of its
own, and the median of the ratios of the pairs decides: what slows the machine for a while slows
both. Processor time is compared, so others at work disturb little; the middle half of the ratios
says how much.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import w
from run import positive

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent


@dataclass(frozen=True)
class Process:
    """A bedspace that answers."""

    child: subprocess.Popen[str]

    def run(self, stock: int, days: int, seed: int) -> tuple[float, int]:
        """Processor seconds and events of one run of W."""
        assert self.child.stdin and self.child.stdout
        self.child.stdin.write(f"{stock} {days} {seed}\n")
        self.child.stdin.flush()
        seconds, events = (self.child.stdout.readline() or "nan 0").split()
        if not int(events):
            stop("W cannot be run in one of the two, as told above")
        return float(seconds), int(events)


def stop(why: str) -> NoReturn:
    """End with a line and status 2: 1 is for slower."""
    print(why, file=sys.stderr)
    raise SystemExit(2)


@contextlib.contextmanager
def checked_out(ref: str) -> Iterator[Path]:
    """A commit's files in a temporary worktree."""
    with tempfile.TemporaryDirectory(prefix="bedspace-") as folder:
        tree = Path(folder) / "tree"
        git("worktree", "add", "--quiet", "--detach", str(tree), ref)
        try:
            yield tree
        finally:
            git("worktree", "remove", "--force", str(tree))


def git(*words: str) -> str:
    """What git answers; its own words and status 2 if it refuses."""
    done = subprocess.run(["git", "-C", str(ROOT), *words], stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise SystemExit(2)
    return done.stdout.strip()


@contextlib.contextmanager
def started(source: Path) -> Iterator[Process]:
    """The bedspace under `source`, compiled."""
    env = {**os.environ, "PYTHONPATH": str(source)}
    command = [sys.executable, str(HERE / "answering.py")]
    with subprocess.Popen(
        command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdin and child.stdout
        found = child.stdout.readline().strip()
        if not Path(found).is_relative_to(source):
            stop(f"{source} holds no bedspace that starts")
        process = Process(child)
        process.run(200, 50, 1)
        yield process
        child.stdin.close()


def ratios(here: Process, there: Process, stock: int, pairs: int) -> Iterator[float]:
    """Time here over time there, pair by pair; who begins takes turns."""
    for pair in range(pairs):
        order = (here, there) if pair % 2 else (there, here)
        taken = {process: process.run(stock, w.DAYS, pair) for process in order}
        yield taken[here][0] / taken[there][0]


def main() -> int:
    parser = argparse.ArgumentParser(description="W here against W at another commit.")
    parser.add_argument("ref", help="a commit, branch or tag")
    parser.add_argument("--stock", type=positive, default=w.STOCK)
    parser.add_argument("--pairs", type=positive, default=20)
    parser.add_argument("--allow", type=float, default=10.0, help="percent slower that fails")
    asked = parser.parse_args()
    commit = git("rev-parse", "--short", f"{asked.ref}^{{commit}}")
    with contextlib.ExitStack() as stack:
        tree = stack.enter_context(checked_out(asked.ref))
        here = stack.enter_context(started(ROOT / "src"))
        there = stack.enter_context(started(tree / "src"))
        found = list(ratios(here, there, asked.stock, max(asked.pairs, 2)))
    low, middle, high = statistics.quantiles(found, n=4)
    slower = middle >= 1 + asked.allow / 100
    print(
        f"W takes {middle:.3f} times as long here as at {asked.ref} ({commit}): median of "
        f"{len(found)} pairs, half of them {low:.3f} to {high:.3f}"
    )
    if slower:
        print(f"slower by {asked.allow:g} % or more", file=sys.stderr)
    return int(slower)


if __name__ == "__main__":
    sys.exit(main())

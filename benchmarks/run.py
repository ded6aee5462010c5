"""Runs workload W in any of the engines, one after the other, and checks what each gives.

    python benchmarks/run.py --engines bedspace,numpy,simpy --stock 100000 --repeat 3 --json

Prints for each engine the median time of a run, nanoseconds an event, the most memory, the events
and the mean population; with --json as a list of {engine, wall_s, ns_per_event, peak_mb, events,
mean_population}. Each engine has a fresh process and one core. Status 1 if an engine's answer is
not W's (oracle.py says what that is), 2 if an engine is not installed.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import w

HERE = Path(__file__).resolve().parent
RIVALS = HERE / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
INSTALL = "make rivals"
OURS = ("bedspace", "floor", "numpy-lives", "numpy-scan")
OTHERS = ("cimba", "ciw", "mesa", "simpy", "starsim")
"""Under the names of their packages, and run with the Python in benchmarks/.venv that has them."""
GROUPS = {"all": (*OURS, *OTHERS), "numpy": ("numpy-lives", "numpy-scan")}
"""Names that stand for several engines."""


@dataclass(frozen=True)
class Row:
    """What is told of an engine; the population of the floor, which is no engine, is None."""

    engine: str
    wall_s: float
    ns_per_event: float
    peak_mb: float
    events: int
    mean_population: float | None


def python_of(engine: str) -> str:
    """The interpreter that has the engine."""
    return sys.executable if engine in OURS else str(RIVALS)


def missing(engines: Iterable[str]) -> list[str]:
    """Engines that are not installed."""
    look = "import importlib.util, sys; sys.exit(importlib.util.find_spec(sys.argv[1]) is None)"
    found = []
    for engine in engines:
        if engine in OTHERS and (
            not RIVALS.exists()
            or subprocess.run([str(RIVALS), "-I", "-c", look, engine], check=False).returncode
        ):
            found.append(engine)
    return found


def measured(engine: str, stock: int, days: int, repeat: int, seed: int) -> tuple[Row, list[str]]:
    """An engine's row, and what is wrong with its answer. CalledProcessError if it fails."""
    command = [python_of(engine), str(HERE / "measure.py"), engine]
    command += [str(number) for number in (stock, days, repeat, seed)]
    one_core = {f"{name}_NUM_THREADS": "1" for name in ("NUMBA", "OMP", "OPENBLAS", "MKL")}
    env = {**os.environ, **one_core, "STARSIM_INSTALL_FONTS": "0"}
    done = subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True)
    took = json.loads(done.stdout.splitlines()[-1])
    each = [1e9 * s / n for s, n in zip(took["seconds"], took["events"], strict=True)]
    people = took["populations"]
    row = Row(
        engine,
        wall_s=round(statistics.median(took["seconds"]), 4),
        ns_per_event=round(statistics.median(each), 2),
        peak_mb=round(took["peak_mb"], 1),
        events=round(statistics.mean(took["events"])),
        mean_population=round(statistics.mean(people), 1) if people else None,
    )
    return row, took["faults"]


def table(rows: Iterable[Row]) -> str:
    """The rows as text."""
    head = ("engine", "wall s", "ns/event", "peak MB", "events", "people")
    lines = ["{:12}{:>10}{:>12}{:>9}{:>13}{:>14}".format(*head)]
    for row in rows:
        people = "-" if row.mean_population is None else f"{row.mean_population:,.1f}"
        lines.append(
            f"{row.engine:12}{row.wall_s:>10,.3f}{row.ns_per_event:>12,.1f}{row.peak_mb:>9,.0f}"
            f"{row.events:>13,}{people:>14}"
        )
    return "\n".join(lines)


def chosen(text: str) -> list[str]:
    """Engines by their names or their group's, each once, in the order given."""
    names = [one for name in text.split(",") for one in GROUPS.get(name.strip(), (name.strip(),))]
    unknown = [name for name in names if name not in GROUPS["all"]]
    if unknown:
        known = ", ".join((*GROUPS, *GROUPS["all"]))
        raise argparse.ArgumentTypeError(f"there is no engine {unknown[0]!r}; there are {known}")
    return list(dict.fromkeys(names))


def positive(text: str) -> int:
    """A whole number from 1."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1")
    return int(text)


def main() -> int:
    parser = argparse.ArgumentParser(description="Workload W in any of the engines.")
    parser.add_argument("--engines", type=chosen, default="bedspace,numpy", help="names or all")
    parser.add_argument("--stock", type=positive, default=w.STOCK, help="people at the start")
    parser.add_argument("--days", type=positive, default=w.DAYS)
    parser.add_argument("--repeat", type=positive, default=3, help="runs; the median is told")
    parser.add_argument("--seed", type=positive, default=1)
    parser.add_argument("--json", action="store_true", help="a list of objects, nothing else")
    asked = parser.parse_args()
    for engine in (absent := missing(asked.engines)):
        print(f"{engine} is not installed; install the other engines: {INSTALL}", file=sys.stderr)
    if absent:
        return 2
    rows, wrong = [], False
    for engine in asked.engines:
        try:
            row, faults = measured(engine, asked.stock, asked.days, asked.repeat, asked.seed)
        except subprocess.CalledProcessError:  # its own words have been printed
            wrong = True
            print(f"{engine} failed, as told above", file=sys.stderr)
            continue
        rows.append(row)
        for fault in faults:
            wrong = True
            print(f"{engine} does not give W: {fault}", file=sys.stderr)
    print(json.dumps([asdict(row) for row in rows], indent=1) if asked.json else table(rows))
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())

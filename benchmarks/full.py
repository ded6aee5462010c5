"""Measures everything that docs/performance.md tells of other engines, into results.json.

    make bench        (or: python benchmarks/full.py; python benchmarks/page.py)

For a quiet machine, some ten minutes. What an engine is given fits its speed: SimPy, Mesa and
Starsim run once, Ciw with a stock of a thousand for two years. Status 1 if an engine's answer is
not W's; then nothing is written.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import re
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import w
from run import INSTALL, OTHERS, RIVALS, measured, missing

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results.json"
MILLION = 1_000_000
MEMBERS = 100


@dataclass(frozen=True)
class Turn:
    """An engine, what it is given, and how often."""

    engine: str
    stock: int
    repeat: int
    days: int = w.DAYS


# Those that are compared most closely come next to one another.
TURNS = (
    Turn("floor", w.STOCK, 15),
    Turn("bedspace", w.STOCK, 15),
    Turn("numpy-lives", w.STOCK, 5),
    Turn("numpy-scan", w.STOCK, 5),
    Turn("cimba", w.STOCK, 3),
    Turn("floor", MILLION, 5),
    Turn("bedspace", MILLION, 5),
    Turn("bedspace", 10 * MILLION, 1),
    Turn("starsim", w.STOCK, 1),
    Turn("simpy", w.STOCK, 1),
    Turn("mesa", w.STOCK, 1),
    Turn("ciw", 1000, 1, 730),
)


def machine() -> dict[str, Any]:
    """What the times depend on."""
    cpus = Path("/proc/cpuinfo")
    name = platform.processor() or platform.machine()
    if cpus.exists():
        found = re.search(r"^model name\s*: (.+)$", cpus.read_text(), re.MULTILINE)
        name = found[1] if found else name
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") if os.name == "posix" else 0
    return {
        "processor": name,
        "cores": os.cpu_count(),
        "memory_gb": round(memory / 1e9),
        "system": f"{platform.system()} {platform.machine()}",
        "load": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
    }


def versions() -> dict[str, str]:
    """Of Python, of what bedspace computes with, and of the rivals."""
    ours = {name: version(name) for name in ("numpy", "numba")}
    look = "import sys; from importlib.metadata import version; print(*map(version, sys.argv[1:]))"
    told = subprocess.run(
        [str(RIVALS), "-I", "-c", look, *OTHERS], check=True, stdout=subprocess.PIPE, text=True
    ).stdout.split()
    return {"python": platform.python_version(), **ours, **dict(zip(OTHERS, told, strict=True))}


def commit() -> str:
    """Of the working tree; marked if there is more in it than committed."""
    told = ["git", "-C", str(HERE), "describe", "--always", "--dirty", "--exclude", "*"]
    return subprocess.run(told, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


def turns() -> tuple[list[dict[str, Any]], bool]:
    """A row for every turn, with what the engine was given; and whether all answers are W's."""
    rows, right = [], True
    for turn in TURNS:
        begun = time.perf_counter()
        row, faults = measured(turn.engine, turn.stock, turn.days, turn.repeat, seed=1)
        rows.append(asdict(turn) | asdict(row))
        took = time.perf_counter() - begun
        told = f"{row.ns_per_event:,.1f} ns an event, {took:.0f} s in all"
        print(f"{turn.engine}, {turn.stock:,}: {told}", flush=True)
        for fault in faults:
            right = False
            print(f"{turn.engine} does not give W: {fault}", file=sys.stderr)
    return rows, right


def jobs() -> list[dict[str, Any]]:
    """The job of 3 and 21 compartments."""
    command = [sys.executable, str(HERE / "recidiviz_job.py"), "--json", "--members", str(MEMBERS)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def main() -> int:
    for engine in (absent := missing(OTHERS)):
        print(f"{engine} is not installed; install the other engines: {INSTALL}", file=sys.stderr)
    if absent:
        return 2
    found = {
        "date": dt.date.today().isoformat(),
        "commit": commit(),
        "machine": machine(),
        "versions": versions(),
    }
    rows, right = turns()
    if not right:
        return 1
    text = json.dumps(found | {"rows": rows, "jobs": jobs()}, indent=1)
    RESULTS.write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

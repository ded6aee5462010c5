"""Runs one engine in this process and prints, as JSON, what it took. `run.py` calls it.

    python benchmarks/measure.py ENGINE STOCK DAYS REPEAT SEED

A tiny W comes first, so that imports and compiling are not timed.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import time
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import oracle

WARM = 200, 50


def measure(engine: str, stock: int, days: int, repeat: int, seed: int) -> dict[str, Any]:
    """Seconds and events of each run, mean populations, the most memory, and what is wrong."""
    module = import_module(f"engines.{engine.replace('-', '_')}")
    if hasattr(module, "parts"):
        return parts(module, stock, days, repeat)
    module.run(*WARM, seed)
    seconds, runs = [], []
    for i in range(repeat):
        begun = time.perf_counter()
        runs.append(module.run(stock, days, seed + i))
        seconds.append(time.perf_counter() - begun)
    peak = peak_mb()
    return {
        "seconds": seconds,
        "events": [run.events for run in runs],
        "populations": [run.mean_population for run in runs],
        "peak_mb": peak,
        "faults": oracle.faults(runs, stock, days),
    }


def parts(module: ModuleType, stock: int, days: int, repeat: int) -> dict[str, Any]:
    """The same of the floor, which is no engine: it has no population, and its parts check
    themselves."""
    module.parts(*WARM)
    taken = [module.parts(stock, days) for _ in range(repeat)]
    return {
        "seconds": [sum(by_part.values()) for _, by_part in taken],
        "events": [events for events, _ in taken],
        "populations": [],
        "peak_mb": peak_mb(),
        "faults": [],
    }


def peak_mb() -> float:
    """The most memory this process has had, in millions of bytes."""
    status = Path("/proc/self/status")
    if status.exists():  # the resource usage of a child begins with that of its parent
        found = re.search(r"^VmHWM:\s+(\d+) kB$", status.read_text(), re.MULTILINE)
        if found:
            return int(found[1]) * 1024 / 1e6
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most * (1 if sys.platform == "darwin" else 1024) / 1e6


if __name__ == "__main__":
    name, *numbers = sys.argv[1:]
    print(json.dumps(measure(name, *map(int, numbers))))

"""Options that several verbs share, with their defaults."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer


def cores() -> int:
    """Processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


Scenario = Annotated[
    str,
    typer.Argument(
        metavar="NAME-OR-FILE[#variant]", help="A shipped scenario or a file of your own (.yaml)."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else, on stdout.")]
Replicates = Annotated[
    int, typer.Option("--replicates", "-n", help="Members of the ensemble.", show_default=True)
]
Seed = Annotated[int, typer.Option("--seed", "-s", help="Seed of all randomness.")]
Workers = Annotated[
    int,
    typer.Option(
        "--workers",
        "-w",
        default_factory=cores,
        show_default="processors",
        help="Threads at work; the results do not depend on it.",
    ),
]
Out = Annotated[Path, typer.Option("--out", "-o", help="A new folder for the results.")]
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="A folder that run or compare wrote.")]

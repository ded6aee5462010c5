"""Options that several verbs share, with their defaults."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer


@dataclass(frozen=True)
class Work:
    """How members are simulated; the results do not depend on it."""

    workers: int | None
    executor: str
    resume: bool = False
    silent: bool = False

    def options(self) -> list[str]:
        """What must be said to have the same again."""
        told = [] if self.workers is None else ["--workers", str(self.workers)]
        return told + ([] if self.executor == THREADS else ["--executor", self.executor])


THREADS = "threads"

Scenario = Annotated[
    str,
    typer.Argument(
        metavar="NAME-OR-FILE[#variant]", help="A shipped scenario or a file of your own (.yaml)."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else, on stdout.")]
Strict = Annotated[
    bool, typer.Option("--strict", help="Refuse what is only doubtful too, with exit status 2.")
]
Replicates = Annotated[
    int, typer.Option("--replicates", "-n", help="Members of the ensemble.", show_default=True)
]
Seed = Annotated[int, typer.Option("--seed", "-s", help="Seed of all randomness.")]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers",
        "-w",
        show_default="processors, or the cluster's threads",
        help="How many chunks of ten members are at work; the results do not depend on it.",
    ),
]
Executor = Annotated[
    str,
    typer.Option(
        "--executor",
        metavar="threads|processes|ADDRESS",
        help="Where members are simulated; an address, tcp://HOST:PORT, is a Dask scheduler's.",
    ),
]
Resume = Annotated[
    bool,
    typer.Option("--resume", help="Go on with a run into the same folder that was not finished."),
]
Out = Annotated[Path, typer.Option("--out", "-o", help="A new folder for the results.")]
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="A folder that run or compare wrote.")]

"""Options that several verbs share, with their defaults."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bedspace.exceptions import BedspaceError

if TYPE_CHECKING:
    from bedspace.scenario import Scenario as Loaded

THREADS, KERNEL = "threads", "kernel"


@dataclass(frozen=True)
class Work:
    """How members are simulated; the results do not depend on it."""

    workers: int | None
    executor: str
    resume: bool = False
    silent: bool = False
    engine: str = KERNEL
    cache: Path | None = None
    """Where members are found again and kept."""

    def options(self) -> list[str]:
        """What must be said to have the same again."""
        told = [] if self.workers is None else ["--workers", str(self.workers)]
        told += [] if self.executor == THREADS else ["--executor", self.executor]
        return told + ([] if self.engine == KERNEL else ["--engine", self.engine])


Scenario = Annotated[
    str,
    typer.Argument(
        metavar="NAME-OR-FILE[#variant]", help="A shipped scenario or a file of your own (.yaml)."
    ),
]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="PATH=VALUE",
        help="Another value, written as in a file; a path is as evidence has it. May be repeated.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else, on stdout.")]
Strict = Annotated[bool, typer.Option("--strict", help="Also refuse warnings, with exit status 2.")]
Replicates = Annotated[
    int, typer.Option("--replicates", "-n", help="Number of simulated futures.", show_default=True)
]
Seed = Annotated[int, typer.Option("--seed", "-s", help="Seed of all randomness.")]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers",
        "-w",
        show_default="processors, or the cluster's threads",
        help="Chunks of ten futures simulated at once; the results do not depend on it.",
    ),
]
Executor = Annotated[
    str,
    typer.Option(
        "--executor",
        metavar="threads|processes|ADDRESS",
        help=(
            "Where futures are simulated; an address (tcp://HOST:PORT) is that of a Dask scheduler."
        ),
    ),
]
Engine = Annotated[
    str,
    typer.Option(
        "--engine",
        metavar="kernel|reference",
        help="The engine: compiled code, or the model in plain Python, which is slow. The results "
        "do not depend on it.",
    ),
]
All = Annotated[bool, typer.Option("--all", help="Print every number, and then every source.")]
Full = Annotated[
    bool, typer.Option("--full", help="Print everything after the answer: every table.")
]
Part = Annotated[
    str | None,
    typer.Option(
        "--section",
        metavar="NAME",
        help="Print one part instead: population, places, costs, law, money-sender, "
        "money-receiver, corridor, conditions, sensitivity, cannot-know or evidence.",
    ),
]
Resume = Annotated[
    bool,
    typer.Option("--resume", help="Continue an unfinished run into the same folder."),
]
Fresh = Annotated[
    bool, typer.Option("--fresh", help="Use nothing that is kept from before: make it anew.")
]
Out = Annotated[Path, typer.Option("--out", "-o", help="A new folder for the results.")]
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="A folder written by run or compare.")]


def loaded(name: str, settings: Sequence[str] | None, lenient: bool = False) -> Loaded:
    """The scenario with what --set sets in it; with `lenient`, where it has the paths."""
    from bedspace.scenario import load, with_set

    pairs = {}
    for setting in settings or ():
        path, equals, value = setting.partition("=")
        if not equals:
            raise BedspaceError(f"--set {setting} has no value; write --set PATH=VALUE")
        pairs[path.strip()] = value.strip()
    return with_set(load(name), pairs, "--set", lenient)


def repeated(settings: Sequence[str] | None) -> list[str]:
    """The same settings as arguments."""
    return [word for setting in settings or () for word in ("--set", setting)]

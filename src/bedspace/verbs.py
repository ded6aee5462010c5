"""The verbs of `import bedspace as bs`: what an analyst types, each a few lines over the rooms."""

from __future__ import annotations

import atexit
import tempfile
from collections.abc import Sequence
from concurrent.futures import Executor
from pathlib import Path

from bedspace import appraisal, ensemble, reporting, results
from bedspace.appraisal import Appraisal, Bill
from bedspace.exceptions import BedspaceError, RunError
from bedspace.results import Comparison, Run
from bedspace.scenario import Scenario, load, names


def run(
    scenario: Scenario | str,
    replicates: int = 100,
    seed: int = 1,
    workers: int | None = None,
    out: str | Path | None = None,
    executor: Executor | str = "threads",
    resume: bool = False,
    engine: str = "kernel",
) -> Run:
    """Simulate `replicates` members of a scenario (or of its name or file, see `load`).

    `executor` is "threads", "processes", the address of a Dask scheduler, or an Executor of
    concurrent.futures, and `workers` how many chunks of ten members are at work at once. `engine`
    is "kernel", or "reference": the definition of the model in plain Python, which is slow. The
    results do not depend on these. They go into the new folder `out`, or into a temporary one that
    is removed when Python ends. Raises ScenarioError, PlanError or RunError; members that were
    finished are kept beside `out`, and `resume` goes on with them.
    """
    scn, folder = _loaded(scenario), _folder(out)
    return ensemble.run(
        scn,
        replicates,
        seed,
        workers,
        folder,
        executor=executor,
        resume=resume,
        engine=engine,
    )


def compare(
    scenario: Scenario | str,
    baseline: Scenario | str = "baseline",
    replicates: int = 100,
    seed: int = 1,
    workers: int | None = None,
    out: str | Path | None = None,
    executor: Executor | str = "threads",
    resume: bool = False,
    engine: str = "kernel",
) -> Comparison:
    """Simulate a scenario and a baseline on the same people with the same luck.

    `baseline` is a Scenario or the name of a variant of the same file. The rest is as for `run`.
    """
    scn = _loaded(scenario)
    if isinstance(baseline, str):
        if not scn.source:
            raise RunError(
                f"{scn.name} was not loaded from a file: give the baseline as a Scenario"
            )
        baseline = load(f"{scn.source}#{baseline}")
    folder = _folder(out)
    return ensemble.compare(
        baseline,
        scn,
        replicates,
        seed,
        workers,
        folder,
        executor=executor,
        resume=resume,
        engine=engine,
    )


def open(folder: str | Path) -> Run | Comparison:
    """Open what `run` or `compare` wrote. RunError when it is not whole."""
    return results.open(folder)


def appraise(comparison: Comparison) -> Appraisal:
    """Both parties' money, the law, conditions and populations of a comparison, as Figures."""
    return appraisal.appraise(comparison)


def invoice(
    made: Run | Comparison,
    agreement: str | None = None,
    member: int | None = None,
    currency: str | None = None,
) -> Bill:
    """What one member's use of an agreement is billed, line by line.

    Without `agreement` the only one there is; without `member` the one whose total is the middle
    one; `currency` converts it by the scenario's `exchange`. RunError when there is none of them.
    """
    return appraisal.bill(made, agreement, member, currency)


def agreements(
    what: Sequence[str] = (),
    replicates: int = 8,
    seed: int = 1,
    workers: int | None = None,
) -> Appraisal:
    """Real agreements side by side, each as it was used: those named, or every shipped one.

    `what` are names or files of scenarios that are marked with `compared`. Each is run with
    `replicates` members in a temporary folder. Raises ScenarioError, RunError or BedspaceError.
    """
    found = marked(what)
    folders = (_folder(None) for _ in found)
    made = [
        ensemble.run(scn, replicates, seed, workers, folder)
        for scn, folder in zip(found, folders, strict=True)
    ]
    return appraisal.side_by_side(made)


def marked(what: Sequence[str] = ()) -> list[Scenario]:
    """Scenarios marked with `compared`, each in the variant that shows it as it was used: those
    named, or every shipped one. BedspaceError when one that is named is not marked."""
    found = []
    for name in what or names():
        scn = load(name)
        if scn.compared is None:
            if what:
                raise BedspaceError(f"{name} is not marked as a real agreement: it has no compared")
            continue
        variant = scn.compared.used
        found.append(load(f"{name}#{variant}") if variant and scn.variant is None else scn)
    return found


def report(what: Appraisal | Comparison, file: str | Path) -> Path:
    """Write an appraisal as one HTML page that needs nothing else; returns its path."""
    found = what if isinstance(what, Appraisal) else appraise(what)
    return reporting.write(Path(file), reporting.html(found))


def _loaded(scenario: Scenario | str) -> Scenario:
    return load(scenario) if isinstance(scenario, str) else scenario


def _folder(out: str | Path | None) -> Path:
    if out is not None:
        return Path(out)
    kept = tempfile.TemporaryDirectory(prefix="bedspace-")
    atexit.register(kept.cleanup)
    return Path(kept.name) / "results"


__all__ = [
    "agreements",
    "appraise",
    "compare",
    "invoice",
    "load",
    "names",
    "open",
    "report",
    "run",
]

"""The verbs of `import bedspace as bs`: what an analyst types, each a few lines over the rooms."""

from __future__ import annotations

import atexit
import os
import tempfile
from pathlib import Path

from bedspace import appraisal, ensemble, reporting, results
from bedspace.appraisal import Appraisal
from bedspace.exceptions import RunError
from bedspace.results import Comparison, Run
from bedspace.scenario import Scenario, load, names


def run(
    scenario: Scenario | str,
    replicates: int = 100,
    seed: int = 1,
    workers: int | None = None,
    out: str | Path | None = None,
) -> Run:
    """Simulate `replicates` members of a scenario (or of its name or file, see `load`).

    `workers` are threads, by default one a processor; results do not depend on them. They go into
    the new folder `out`, or into a temporary one that is removed when Python ends. Raises
    ScenarioError, PlanError or RunError; then nothing is written.
    """
    scn = _loaded(scenario)
    return ensemble.run(scn, replicates, seed, workers or _processors(), _folder(out))


def compare(
    scenario: Scenario | str,
    baseline: Scenario | str = "baseline",
    replicates: int = 100,
    seed: int = 1,
    workers: int | None = None,
    out: str | Path | None = None,
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
    return ensemble.compare(baseline, scn, replicates, seed, workers or _processors(), _folder(out))


def open(folder: str | Path) -> Run | Comparison:
    """Open what `run` or `compare` wrote. RunError when it is not whole."""
    return results.open(folder)


def appraise(comparison: Comparison) -> Appraisal:
    """Both parties' money, the law, conditions and populations of a comparison, as Figures."""
    return appraisal.appraise(comparison)


def report(what: Appraisal | Comparison, file: str | Path) -> Path:
    """Write an appraisal as one HTML page that needs nothing else; returns its path."""
    found = what if isinstance(what, Appraisal) else appraise(what)
    return reporting.write(Path(file), reporting.html(found))


def _loaded(scenario: Scenario | str) -> Scenario:
    return load(scenario) if isinstance(scenario, str) else scenario


def _processors() -> int:
    return os.cpu_count() or 1


def _folder(out: str | Path | None) -> Path:
    if out is not None:
        return Path(out)
    kept = tempfile.TemporaryDirectory(prefix="bedspace-")
    atexit.register(kept.cleanup)
    return Path(kept.name) / "results"


__all__ = ["appraise", "compare", "load", "names", "open", "report", "run"]

"""The verbs of `import bedspace as bs`: what an analyst types, each a few lines over the rooms."""

from __future__ import annotations

import atexit
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from itertools import product
from numbers import Integral
from os import PathLike
from pathlib import Path
from types import NoneType
from typing import Any

from bedspace import appraisal, ensemble, reporting, results
from bedspace.appraisal import Appraisal, MemberInvoice
from bedspace.exceptions import BedspaceError, RunError
from bedspace.reporting.charts import Shown
from bedspace.results import Comparison, Point, Run, Sweep
from bedspace.scenario import Scenario, load, names, with_set


def run(
    scenario: Scenario | str | Path,
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
    replicates, seed, workers = _simulating(replicates, seed, workers, resume)
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
    scenario: Scenario | str | Path,
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

    `baseline` is a Scenario or the name of a variant of the same file, in which the same is then
    set as `Scenario.with_` set, where it has the paths. The rest is as for `run`.
    """
    replicates, seed, workers = _simulating(replicates, seed, workers, resume)
    _is("baseline", baseline, (Scenario, str), "a Scenario or the name of a variant")
    scn = _loaded(scenario)
    if isinstance(baseline, str):
        if not scn.source:
            raise RunError(
                f"{scn.name} was not loaded from a file: give the baseline as a Scenario"
            )
        baseline = with_set(load(f"{scn.source}#{baseline}"), scn.settings, lenient=True)
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


def sweep(
    scenario: Scenario | str | Path,
    values: Mapping[str, Sequence[Any]],
    baseline: Scenario | str | None = None,
    replicates: int = 100,
    seed: int = 1,
    workers: int | None = None,
    out: str | Path | None = None,
    executor: Executor | str = "threads",
    resume: bool = False,
    engine: str = "kernel",
) -> Sweep:
    """Run a scenario with every combination of values at some paths (see `Scenario.with_`), or
    compare it with a baseline each time.

    All points have the same people with the same luck, and draw the same for every number that is
    not set; so their differences are those of what is set. Every value is checked before anything
    is run. The results go into numbered folders within `out`. Raises as for `run` or `compare`.
    """
    _is("values", values, Mapping, "a map of paths to lists of values")
    for path, listed in values.items():
        _is(f"the values of {path}", listed, (list, tuple, range), "a list")
    grid = [dict(zip(values, row, strict=True)) for row in product(*values.values())]
    if not grid or not values:
        raise BedspaceError("there is nothing to sweep: give each path at least one value")
    scn, folder = _loaded(scenario), _folder(out)
    chosen = [scn.with_(settings) for settings in grid]
    points = []
    for i, (settings, one) in enumerate(zip(grid, chosen, strict=True)):
        how = (replicates, seed, workers, folder / f"{i:03}", executor, resume, engine)
        made = run(one, *how) if baseline is None else compare(one, baseline, *how)
        points.append(Point(settings, made))
    return Sweep(tuple(points))


def open(folder: str | Path) -> Run | Comparison:
    """Open what `run` or `compare` wrote. RunError when it is not whole."""
    return results.open(_path("folder", folder))


def appraise(comparison: Comparison) -> Appraisal:
    """Both parties' money, the law, conditions and populations of a comparison, as Figures."""
    _is("comparison", comparison, Comparison, "a Comparison: what bs.compare makes")
    return appraisal.appraise(comparison)


def invoice(
    made: Run | Comparison,
    agreement: str | None = None,
    member: int | None = None,
    currency: str | None = None,
) -> MemberInvoice:
    """What is invoiced for one member's use of an agreement, line by line.

    Without `agreement` the only one there is; without `member` the one whose total is the middle
    one; `currency` converts it by the scenario's `exchange`. RunError when there is none of them.
    """
    _is("made", made, (Run, Comparison), "a Run or a Comparison")
    _is("agreement", agreement, (str, NoneType), "the id of an agreement")
    _is("member", member, (Integral, NoneType), "a member's number")
    _is("currency", currency, (str, NoneType), "a currency's three letters")
    return appraisal.invoice(made, agreement, member, currency)


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
    replicates, seed, workers = _simulating(replicates, seed, workers)
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
    _is("what", what, (list, tuple), "a list of names or files")
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


def report(what: Appraisal | Comparison | Run, file: str | Path, layout: str = "") -> Path:
    """Write an appraisal, or what a single run says, to a file; returns its path.

    The file's ending says what is written: .html one page that needs nothing else, .pdf two pages
    for the desk and an annex (`layout` "impact-statement": the parts of 18 U.S.C. 4047(b) first),
    .xlsx a sheet a table, .csv or .parquet a row a figure, .zip all the data. A Comparison or a Run
    lends it its sources' addresses. RunError when the ending says nothing.
    """
    _is("layout", layout, (str,), "the name of a layout")
    found, lent = _appraised(what), None if isinstance(what, Appraisal) else what
    return reporting.report(_path("file", file), found, lent, layout=layout)


def chart(what: Appraisal | Comparison | Run, id_: str) -> Shown:
    """A chart of an appraisal, of a comparison or of a run, which a notebook shows by itself.

    Its `svg()`, `png()` and `spec()` (Vega-Lite) are the picture, its `chart` the data. The ids are
    those of `Appraisal.charts`. Raises BedspaceError when there is no such chart.
    """
    return reporting.charts.show(_appraised(what).chart(id_))


def _appraised(what: Appraisal | Comparison | Run) -> Appraisal:
    _is("what", what, (Appraisal, Comparison, Run), "an Appraisal, a Comparison or a Run")
    if isinstance(what, Comparison):
        return appraise(what)
    return appraisal.of_run(what) if isinstance(what, Run) else what


def _loaded(scenario: Scenario | str | Path) -> Scenario:
    return scenario if isinstance(scenario, Scenario) else load(scenario)


def _is(what: str, given: object, kinds: type | tuple[type, ...], words: str) -> None:
    """BedspaceError in a line when an argument is of no kind that the verb takes."""
    if not isinstance(given, kinds):
        raise BedspaceError(f"{what} is {_short(given)}; it must be {words}")


def _short(given: object) -> str:
    """An argument as it was written, cut to what a line bears."""
    told = " ".join(repr(given).split())
    return told if len(told) <= 80 else f"{told[:77]}..."


def _path(what: str, given: object) -> Path:
    """BedspaceError when this can be no path."""
    _is(what, given, (str, PathLike), "a path")
    path = Path(given)  # type: ignore[arg-type]  # just found to be one
    if "\0" in str(path):
        raise BedspaceError(f"{what} is {_short(str(path))}; no path holds a zero character")
    return path


def _simulating(
    replicates: int, seed: int, workers: int | None, resume: bool = False
) -> tuple[int, int, int | None]:
    """What a simulation takes as plain numbers, NumPy's too. BedspaceError when one of them is
    none, or beyond its limits."""
    ensemble.check_limits(replicates, seed, workers)
    _is("resume", resume, bool, "True or False")
    return int(replicates), int(seed), None if workers is None else int(workers)


def _folder(out: str | Path | None) -> Path:
    if out is not None:
        return _path("out", out)
    kept = tempfile.TemporaryDirectory(prefix="bedspace-")
    atexit.register(kept.cleanup)
    return Path(kept.name) / "results"


__all__ = [
    "agreements",
    "appraise",
    "chart",
    "compare",
    "invoice",
    "load",
    "names",
    "open",
    "report",
    "run",
    "sweep",
]

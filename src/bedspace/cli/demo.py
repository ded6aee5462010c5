"""The demo: the CECOT offer from the file to the answer, on one page and in one report."""

from __future__ import annotations

import contextlib
import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from bedspace import cache
from bedspace.cli import show
from bedspace.cli.appraisals import appraised
from bedspace.cli.options import THREADS, Executor, Full, Json, Seed, Work, Workers
from bedspace.cli.progress import bar
from bedspace.cli.runs import compared, named
from bedspace.cli.stopping import stoppable

if TYPE_CHECKING:
    from rich.table import Table

    from bedspace.appraisal import Appraisal, Figure
    from bedspace.results import Comparison, Run
    from bedspace.scenario import Scenario

_Made = TypeVar("_Made", "Comparison", "Run")

MAIN, BASELINE = "cecot-offer", "cecot-offer#baseline"

SIDES = {
    "cecot-offer#full-salvadorans": "only Salvadorans, as if all consent",
    "cecot-offer#claimed-capacity": "CECOT at 40,000",
    "cecot-offer#grant": "the grant of 2025",
}
"""The offer by the treaty alone, which asks for consent; with as many places as are claimed; and
what was documented. They are asked about law and money, which few members tell well enough."""

SIDE_MEMBERS = 20


def demo(
    out: Annotated[
        Path,
        typer.Option(
            "--out", "-o", help="Folder for runs and report; finished runs there are reused."
        ),
    ] = Path("demo"),
    replicates: Annotated[
        int, typer.Option("--replicates", "-n", help="Number of simulated futures.")
    ] = 60,
    seed: Seed = 1,
    workers: Workers = None,
    executor: Executor = THREADS,
    full: Full = False,
    as_json: Json = False,
) -> None:
    """Appraise El Salvador's offer to the United States: runs, tables, a report, in a minute."""
    from bedspace import reporting, scenario

    base, offer = scenario.load(BASELINE), scenario.load(MAIN)
    sides = [scenario.load(name) for name in SIDES]
    ledger = scenario.evidence.ledger(offer)
    _tell(f"{MAIN} is valid: {len(ledger)} numbers, each with its evidence")
    work = Work(workers, executor, resume=True, silent=as_json, cache=cache.folder())
    few = min(SIDE_MEMBERS, replicates)
    with stoppable(lambda: "stopped: the same command continues from what is finished"):
        made = _compared(base, offer, replicates, seed, work, out)
        runs = [_ran(side, few, seed, work, out) for side in sides]
    pairs = [replace(made, baseline=first(made.baseline, few), scenario=side) for side in runs]
    with _timed("appraised"):
        main = appraised(made)
        others = dict(zip(SIDES.values(), map(_titled, pairs), strict=True))
    page = out / "report.html"
    with _timed("drew the report"):
        reporting.write(page, reporting.html(main, made, list(others.values())))
    if as_json:
        found = [json.loads(a.to_json()) for a in (main, *others.values())]
        show.print_json({"report": str(page), "appraisals": found})
        return
    from bedspace.cli.pages import print_sections
    from bedspace.cli.screen import next_of, print_answer

    typed = [("the page with charts", str(page)), *next_of(main, made.folder)[:3]]
    print_answer(main, typed, [_variants(main, others, few)])
    if full:
        print_sections(main.sections)


def _variants(main: Appraisal, others: dict[str, Appraisal], members: int) -> Table:
    """The sums of every variant, a row each, and the legal powers that any of them assumes."""
    from bedspace.appraisal.figures.figure import ASSUMED_POWER, TAKEN_AS_MET
    from bedspace.cli.screen import MONEY, by_route, sum_of

    # In little room the variants' names would be folded to letters beside every sum.
    keys = [key for key in MONEY if _sum(main, key) is not None]
    keys = keys[: 3 if show.page().width >= show.WIDTH else 2]
    rows = [
        [label, *(sum_of(_sum(found, key)) for key in keys)]
        for label, found in {"as offered": main, **others}.items()
    ]
    title = f"Variants, with {members} simulated futures each; as offered with {main.members}"
    made = show.table(
        title, ["", *("\n".join(MONEY[key]) for key in keys)], rows, tuple(range(1, len(keys) + 1))
    )
    stamps = dict.fromkeys(stamp for found in others.values() for stamp in found.stamps)
    new = [stamp for stamp in stamps if stamp not in main.stamps]
    kinds = (("assume", ASSUMED_POWER), ("take as met", TAKEN_AS_MET))
    told = [f"{words} {gates}" for words, kind in kinds if (gates := by_route(new, kind))]
    made.caption = f"The variants also {' and '.join(told)}." if told else ""
    made.caption_justify = "left"
    return made


def _sum(found: Appraisal, key: str) -> Figure | None:
    """The sum of an appraisal's first agreement whose id ends so; None where there is none."""
    ends = (id_ for id_ in found.figures if id_.endswith(f".{key}"))
    return next((found.figures[id_] for id_ in ends), None)


def first(run: Run, members: int) -> Run:
    """A run seen as if it had only its first members: more members never change the first ones.

    Whole chunks only, so there may be a few members more than asked for.
    """
    chunks, count = [], 0
    for chunk in run.manifest["chunks"]:
        if count < members:
            chunks.append(chunk)
            count += chunk["members"]
    return replace(run, manifest={**run.manifest, "chunks": chunks, "members": count})


def _titled(pair: Comparison) -> Appraisal:
    """The appraisal of a side variant under the variant's own title."""
    scn = pair.scenario.scenario
    found = appraised(pair)
    title = scn.variants[scn.variant].title if scn.variant else None
    return replace(found, title=title or found.title)


def _compared(
    base: Scenario, scn: Scenario, members: int, seed: int, work: Work, out: Path
) -> Comparison:
    from bedspace import results

    def make(folder: Path) -> Comparison:
        _tell("the first run on a machine compiles the engine, which takes some 20 seconds")
        return compared(base, scn, members, seed, work, folder)

    folder = out / "runs" / f"offer-{key((base, scn), members, seed)}"
    return _once(folder, f"{named(scn)} against {named(base)}", results.Comparison, make)


def _ran(scn: Scenario, members: int, seed: int, work: Work, out: Path) -> Run:
    from bedspace import ensemble, results

    def make(folder: Path) -> Run:
        with bar(named(scn), members, work.silent) as progress:
            how = (progress, work.executor, work.resume, show.complain, work.engine, work.cache)
            return ensemble.run(scn, members, seed, work.workers, folder, *how)

    folder = out / "runs" / f"{scn.variant}-{key((scn,), members, seed)}"
    return _once(folder, named(scn), results.Run, make)


def _once(folder: Path, label: str, kind: type[_Made], make: Callable[[Path], _Made]) -> _Made:
    """What is in the folder already, or what is made into it now."""
    from bedspace import results

    if not folder.exists():
        return make(folder)
    _tell(f"{label}: the finished results in {folder} are used again")
    found = results.open(folder)
    assert isinstance(found, kind)
    return found


def key(scenarios: tuple[Scenario, ...], members: int, seed: int) -> str:
    """Names what a run's bytes depend on: scenarios, members, seed and the code that makes it."""
    from bedspace import ensemble

    depends = [[scn.name, scn.variant, scn.raw] for scn in scenarios]
    return cache.key(depends, members, seed, ensemble.made_by())[:12]


@contextlib.contextmanager
def _timed(label: str) -> Iterator[None]:
    """Tell how long a piece of work took."""
    begun = time.monotonic()
    yield
    _tell(f"{label} in {time.monotonic() - begun:.0f} s")


def _tell(text: str) -> None:
    print(show.clean(text), file=sys.stderr)

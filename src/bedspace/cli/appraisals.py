"""Verbs that appraise a comparison and report it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bedspace import cache
from bedspace.cli import keeping, show
from bedspace.cli.keeping import Asked, Kept
from bedspace.cli.options import (
    THREADS,
    Executor,
    Folder,
    Fresh,
    Json,
    Replicates,
    Seed,
    Work,
    Workers,
)
from bedspace.cli.progress import bar
from bedspace.cli.runs import compared, named
from bedspace.exceptions import RunError

if TYPE_CHECKING:
    from bedspace.appraisal import Appraisal
    from bedspace.results import Comparison, Run


What = Annotated[
    str,
    typer.Argument(
        metavar="NAME-OR-FILE[#variant]|DIR", help="A scenario, or a folder written by compare."
    ),
]
Baseline = Annotated[
    str, typer.Option("--baseline", "-b", help="Variant of the same file to compare with.")
]


def appraise(
    what: What,
    workers: Workers = None,
    executor: Executor = THREADS,
    baseline: Baseline = "baseline",
    replicates: Replicates = 100,
    seed: Seed = 1,
    fresh: Fresh = False,
    as_json: Json = False,
) -> None:
    """Appraise an agreement: people, law, money of both parties, conditions."""
    asked = Asked(what, baseline, replicates, seed)
    work = Work(workers, executor, silent=as_json)
    kept = kept_or_made(asked, work, fresh)
    if kept.made is not None:
        show.complain(f"found again: appraised {cache.ago(kept.made)}; --fresh makes it anew")
    _show(kept.appraisal, as_json)


def kept_or_made(asked: Asked, work: Work, fresh: bool, alone: bool = False) -> Kept:
    """The appraisal that is asked for: the one that is kept, or one that is made and kept.

    Of a folder with a single run only where it may be `alone`; RunError otherwise. With `fresh`
    nothing that is kept is used.
    """
    if not fresh and (kept := keeping.again(asked)) and (alone or not kept.appraisal.is_run):
        return kept
    files = asked.files()
    with prepared(asked, work, fresh, alone) as made:
        kept = keeping.appraisal_of(made, fresh)
        keeping.remember(asked, files, made)
    return kept


@contextmanager
def prepared(
    asked: Asked, work: Work, fresh: bool, alone: bool = False
) -> Iterator[Comparison | Run]:
    """The comparison in a folder, or the single run where it may be `alone`; or a scenario's,
    simulated or found again, for as long as it is asked."""
    what, baseline = asked.what, asked.baseline
    if Path(what).is_dir():
        from bedspace import results

        yield results.open(what) if alone else opened(Path(what))
        return
    work = replace(work, cache=None if fresh else cache.folder())
    from bedspace.scenario import load, split_variant

    scn, base = load(what), load(f"{split_variant(what)[0]}#{baseline}")
    with tempfile.TemporaryDirectory(prefix="bedspace-") as folder:
        yield compared(base, scn, asked.members, asked.seed, work, Path(folder) / "comparison")


def report(
    folder: Folder,
    out: Annotated[Path, typer.Option("--out", "-o", help="The HTML file to write.")] = Path(
        "report.html"
    ),
) -> None:
    """Write a comparison's appraisal, or what a single run says of people, places and costs, as one
    HTML file with charts, needing nothing else."""
    from bedspace import reporting, results

    show.say(f"{reporting.write(out, reporting.html(appraised(results.open(folder))))}")


def agreements(
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME-OR-FILE]...",
            help="Scenarios marked with compared; default: every shipped one.",
        ),
    ] = None,
    workers: Workers = None,
    executor: Executor = THREADS,
    replicates: Replicates = 8,
    seed: Seed = 1,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Also write it as one HTML file.")
    ] = None,
    fresh: Fresh = False,
    as_json: Json = False,
) -> None:
    """Set real agreements side by side: prices, use, transport, ramp, how each ended."""
    from bedspace import appraisal, ensemble, verbs

    found, runs = verbs.marked(what or ()), []
    with tempfile.TemporaryDirectory(prefix="bedspace-") as folder:
        for i, scn in enumerate(found):
            with bar(named(scn), replicates, as_json) as progress:
                where, kept = Path(folder) / str(i), None if fresh else cache.folder()
                asked = (scn, replicates, seed, workers, where, progress, executor)
                runs.append(ensemble.run(*asked, tell=lambda _: None, cache=kept))
        made = appraisal.side_by_side(runs)
        if out is not None:
            from bedspace import reporting

            sources = {f"{s.name}/{k}": v for s in found for k, v in s.sources.items()}
            reporting.write(out, reporting.html(made, sources=sources))
    _show(made, as_json)
    if out is not None and not as_json:
        show.say(f"\n{out}")


def opened(folder: Path) -> Comparison:
    """The comparison in a folder. RunError when it is a single run."""
    from bedspace import results

    made = results.open(folder)
    if not isinstance(made, results.Comparison):
        raise RunError(
            f"{folder} is a single run, which has nothing to be compared with; "
            "make a comparison: bedspace compare BASE SCENARIO --out DIR"
        )
    return made


def appraised(made: Comparison | Run) -> Appraisal:
    """The appraisal of a comparison, or what a single run says; found again if it is kept."""
    return keeping.appraisal_of(made).appraisal


def _show(found: Appraisal, as_json: bool) -> None:
    if as_json:
        show.print_text(found.to_json())
        return
    from bedspace.cli.pages import print_appraisal

    print_appraisal(found)

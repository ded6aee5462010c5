"""Verbs that appraise a comparison and report it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bedspace.cli import show
from bedspace.cli.options import THREADS, Executor, Folder, Json, Replicates, Seed, Work, Workers
from bedspace.cli.progress import bar
from bedspace.cli.runs import compared, named
from bedspace.exceptions import RunError

if TYPE_CHECKING:
    from bedspace.appraisal import Appraisal
    from bedspace.results import Comparison, Run


Asked = Annotated[
    str,
    typer.Argument(
        metavar="NAME-OR-FILE[#variant]|DIR", help="A scenario, or a folder written by compare."
    ),
]
Baseline = Annotated[
    str, typer.Option("--baseline", "-b", help="Variant of the same file to compare with.")
]


def appraise(
    what: Asked,
    workers: Workers = None,
    executor: Executor = THREADS,
    baseline: Baseline = "baseline",
    replicates: Replicates = 100,
    seed: Seed = 1,
    as_json: Json = False,
) -> None:
    """Appraise an agreement: people, law, money of both parties, conditions."""
    work = Work(workers, executor, silent=as_json)
    with prepared(what, baseline, replicates, seed, work) as made:
        _show(appraised(made), as_json)


@contextmanager
def prepared(
    what: str, baseline: str, replicates: int, seed: int, work: Work
) -> Iterator[Comparison]:
    """The comparison in a folder; or a scenario's, run for as long as it is asked."""
    if Path(what).is_dir():
        yield opened(Path(what))
        return
    from bedspace.scenario import load, split_variant

    scn, base = load(what), load(f"{split_variant(what)[0]}#{baseline}")
    with tempfile.TemporaryDirectory(prefix="bedspace-") as folder:
        yield compared(base, scn, replicates, seed, work, Path(folder) / "comparison")


def report(
    folder: Folder,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            help="The file to write; its ending says what: .html (a page), .pdf, .xlsx, .zip, .csv "
            "or .parquet (a row a figure).",
            show_default="report.html, if no other file is asked for",
        ),
    ] = None,
    pdf: Annotated[
        Path | None,
        typer.Option("--pdf", help="Write a PDF: two pages for the desk, then all of it."),
    ] = None,
    xlsx: Annotated[
        Path | None, typer.Option("--xlsx", help="Write an Excel file, a sheet a table.")
    ] = None,
    bundle: Annotated[
        Path | None,
        typer.Option("--zip", help="Write all data, with how to cite it and make it again."),
    ] = None,
    layout: Annotated[
        str,
        typer.Option(
            "--layout",
            metavar="brief|impact-statement",
            help="The PDF's first pages; an impact statement has the parts of 18 U.S.C. 4047(b).",
            show_default="brief",
        ),
    ] = "",
) -> None:
    """Write a comparison's appraisal, or what a single run says of people, places and costs, as a
    page, a PDF, an Excel file or a ZIP of data; several at once if several are asked for."""
    from bedspace import reporting, results

    asked = [(out, ""), (pdf, "pdf"), (xlsx, "xlsx"), (bundle, "zip")]
    files = [(file, kind or reporting.kind_of(file)) for file, kind in asked if file is not None]
    files = files or [(Path("report.html"), "html")]
    if layout and not any(kind == "pdf" for _, kind in files):
        raise RunError("--layout is for a PDF: ask for one with --pdf FILE")
    made = results.open(folder)
    found = appraised(made)
    for file, kind in files:
        pages = layout if kind == "pdf" else ""
        show.say(f"{reporting.report(file, found, made, kind, pages)}")


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
        Path | None,
        typer.Option("--out", "-o", help="Also write it to a file; its ending says what."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Set real agreements side by side: prices, use, transport, ramp, how each ended."""
    from bedspace import appraisal, ensemble, reporting, verbs

    if out is not None:
        reporting.kind_of(out)  # refused before anything is run
    found, runs = verbs.marked(what or ()), []
    with tempfile.TemporaryDirectory(prefix="bedspace-") as folder:
        for i, scn in enumerate(found):
            with bar(named(scn), replicates, as_json) as progress:
                where = Path(folder) / str(i)
                runs.append(ensemble.run(scn, replicates, seed, workers, where, progress, executor))
        made = appraisal.side_by_side(runs)
        if out is not None:
            sources = {f"{s.name}/{k}": v for s in found for k, v in s.sources.items()}
            reporting.report(out, made, sources=sources)
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
    """The appraisal of a comparison, or what a single run says."""
    from bedspace import appraisal, results

    if isinstance(made, results.Comparison):
        return appraisal.appraise(made)
    return appraisal.of_run(made)


def _show(found: Appraisal, as_json: bool) -> None:
    if as_json:
        show.print_text(found.to_json())
        return
    from bedspace.cli.pages import print_appraisal

    print_appraisal(found)

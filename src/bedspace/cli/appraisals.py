"""Verbs that appraise a comparison and report it."""

from __future__ import annotations

import shlex
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
    Full,
    Json,
    Part,
    Replicates,
    Seed,
    Settings,
    Work,
    Workers,
    loaded,
    repeated,
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
    full: Full = False,
    section: Part = None,
    settings: Settings = None,
    fresh: Fresh = False,
    as_json: Json = False,
) -> None:
    """Appraise an agreement: the answer on one page; people, law, money, conditions in full."""
    from bedspace.cli.screen import known, print_found

    known(section)
    asked = Asked(what, baseline, replicates, seed, tuple(settings or ()))
    work = Work(workers, executor, silent=as_json)
    kept = kept_or_made(asked, work, fresh)
    found = kept.appraisal
    if kept.made is not None:
        show.complain(f"found again: appraised {cache.ago(kept.made)}; --fresh makes it anew")
    if as_json:
        show.print_text(found.to_json())
    else:
        print_found(found, full, section, _next(found, asked))


def _next(found: Appraisal, asked: Asked) -> list[tuple[str, str]]:
    """What to type next, about a folder or about a scenario that is to be kept in one first."""
    from bedspace.cli.screen import next_of, one_part
    from bedspace.scenario import split_variant

    if Path(asked.what).is_dir():
        return next_of(found, Path(asked.what))

    usual = Asked(asked.what)
    numbers = [] if asked.members == usual.members else ["-n", str(asked.members)]
    numbers += [] if asked.seed == usual.seed else ["--seed", str(asked.seed)]
    given = [asked.what, *repeated(asked.settings), *numbers]
    other = [] if asked.baseline == usual.baseline else ["--baseline", asked.baseline]
    appraise = shlex.join(["bedspace", "appraise", *given, *other])
    base = f"{split_variant(asked.what)[0]}#{asked.baseline}"
    return [
        ("everything", f"{appraise} --full"),
        ("one part", f"{appraise} --section {one_part(found)}"),
        ("keep it, to ask on", f"{shlex.join(['bedspace', 'compare', base, *given])} --out DIR"),
    ]


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
    what, baseline, settings = asked.what, asked.baseline, asked.settings
    if Path(what).is_dir():
        from bedspace import results

        if settings:
            raise RunError(f"{what} is run already, so that nothing can be set; name the scenario")
        yield results.open(what) if alone else opened(Path(what))
        return
    work = replace(work, cache=None if fresh else cache.folder())
    from bedspace.scenario import split_variant

    scn = loaded(what, settings)
    base = loaded(f"{split_variant(what)[0]}#{baseline}", settings, lenient=True)
    with tempfile.TemporaryDirectory(prefix="bedspace-") as folder:
        yield compared(base, scn, asked.members, asked.seed, work, Path(folder) / "comparison")


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
    fresh: Fresh = False,
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
                where, kept = Path(folder) / str(i), None if fresh else cache.folder()
                asked = (scn, replicates, seed, workers, where, progress, executor)
                runs.append(ensemble.run(*asked, tell=lambda _: None, cache=kept))
        made = appraisal.side_by_side(runs)
        if out is not None:
            sources = {f"{s.name}/{k}": v for s in found for k, v in s.sources.items()}
            reporting.report(out, made, sources=sources)
    if as_json:
        show.print_text(made.to_json())
        return
    from bedspace.cli.pages import print_sections
    from bedspace.cli.screen import print_answer

    print_answer(made, ())
    print_sections(made.sections)
    if out is not None:
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

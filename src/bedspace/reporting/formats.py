"""An appraisal as a file: the file's ending says what is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from bedspace.appraisal import Appraisal
from bedspace.exceptions import RunError
from bedspace.plain_csv import comma_separated
from bedspace.reporting import flat
from bedspace.reporting.about import about
from bedspace.reporting.book import book
from bedspace.reporting.bundle import bundle
from bedspace.reporting.files import write, write_bytes
from bedspace.reporting.page import html
from bedspace.reporting.paper import LAYOUTS, pdf
from bedspace.results import Comparison, Run
from bedspace.scenario.model.scenario import Source

ENDINGS = {
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".xlsx": "xlsx",
    ".zip": "zip",
    ".csv": "csv",
    ".parquet": "parquet",
}
"""What is written by the ending of a file's name."""


def report(
    out: Path,
    found: Appraisal,
    made: Comparison | Run | None = None,
    kind: str = "",
    layout: str = "",
    sources: Mapping[str, Source] | None = None,
) -> Path:
    """Write an appraisal to a file, whole or not at all, and return the file.

    `kind` is one of html, pdf, xlsx, zip, csv and parquet; without it the file's ending decides.
    CSV and Parquet hold a row a figure. `made` is what the appraisal was made from: it has the
    sources' addresses and the command that makes the file again. `layout` is one of the PDF's
    first pages, "brief" where it is empty. RunError when the ending says nothing, or a layout is
    asked of what is no PDF; BedspaceError when an extra is missing. `sources` by id are given where
    there is no `made`.
    """
    kind = kind or kind_of(out)
    if layout and kind != "pdf":
        raise RunError(f"{out} is no PDF: a layout is for the pages of a PDF")
    if kind == "html":
        return write(out, html(found, made, sources=sources))
    known = about(found, made)
    if sources:
        known = replace(known, sources={source.title: source for source in sources.values()})
    if kind == "pdf":
        return write_bytes(out, pdf(found, known, layout or next(iter(LAYOUTS))))
    if kind == "xlsx":
        return write_bytes(out, book(found, known))
    if kind == "zip":
        return write_bytes(out, bundle(found, known))
    figures = flat.figures(found)
    if kind == "parquet":
        return write_bytes(out, flat.parquet(figures))
    return write(out, comma_separated(figures.columns, figures.rows))


def kind_of(out: Path) -> str:
    """What a file's ending says. RunError when it says nothing, or when it is a folder."""
    if out.is_dir():
        raise RunError(f"{out} is a folder; name a file in it")
    kind = ENDINGS.get(out.suffix.lower())
    if kind is None:
        raise RunError(
            f"{out} does not say by its ending what to write; end it with {', '.join(ENDINGS)}"
        )
    return kind

"""An appraisal as a ZIP: its data in several formats, what they are, how to cite them, and the
command that makes them again."""

from __future__ import annotations

import json

from bedspace import __version__
from bedspace.appraisal import Appraisal
from bedspace.plain_csv import comma_separated
from bedspace.reporting import charts, flat
from bedspace.reporting.about import About
from bedspace.reporting.book import book, told
from bedspace.reporting.spreadsheet import zipped


def bundle(found: Appraisal, known: About) -> bytes:
    """The ZIP's bytes, the same for the same appraisal. RunError when openpyxl is missing."""
    parts: dict[str, bytes] = {}
    for given in flat.everything(found, known):
        parts[f"{given.id}.csv"] = comma_separated(given.columns, given.rows).encode()
        parts[f"{given.id}.parquet"] = flat.parquet(given)
    tables = [flat.shown(table) for section in found.sections for table in section.tables]
    for i, given in enumerate(tables, start=1):
        name = f"tables/{i:02d}-{_plain(given.id)}"
        parts[f"{name}.csv"] = comma_separated(given.columns, given.rows).encode()
        if given.columns:
            parts[f"{name}.parquet"] = flat.parquet(given)
    drawn = [chart for section in found.sections for chart in section.charts]
    for i, chart in enumerate(drawn, start=1):
        parts[f"charts/{i:02d}-{_plain(chart.id)}.csv"] = charts.csv(chart).encode()
    parts["appraisal.json"] = found.to_json().encode()
    parts["tables.xlsx"] = book(found, known)
    parts |= dict(known.files)
    parts["again.sh"] = _again(known).encode()
    parts["CITATION.cff"] = citation_file(found, known).encode()
    return zipped({"README.md": readme(found, known, sorted(parts)).encode(), **parts})


def _plain(id_: str) -> str:
    """An id as a file's name on any machine."""
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "-" for c in id_)


_ABOUT = {
    "answer": "every sentence of the answer, with the ids of the figures that it tells",
    "figures": "every figure: id, value, interval, unit, formula, letters of its stamps",
    "inputs": "every number of the scenario that a figure rests on, with its evidence",
    "law": "rules with their citation, powers assumed, conditions taken as met",
    "counts": "what was counted in the simulation, and the numbers that each count rests on",
    "sources": "the works that the numbers cite",
    "cells": "every cell of every table, in reading order: its words, or the id of its figure",
}


def readme(found: Appraisal, known: About, names: list[str]) -> str:
    """What the ZIP holds, in Markdown."""
    about = [f"- **{head}:** {' '.join(text.split())}" for head, text in told(found, known)]
    files = [
        f"- `{name}.csv`, `{name}.parquet`: {words}"
        for name, words in _ABOUT.items()
        if f"{name}.csv" in names
    ]
    count, drawn = (
        sum(name.startswith(f"{at}/") and name.endswith(".csv") for name in names)
        for at in ("tables", "charts")
    )
    return "\n".join(
        [
            f"# {' '.join(found.title.split())}",
            "",
            *about,
            "",
            "## Files",
            "",
            *files,
            f"- `tables/`: {count} tables as the report shows them, with bounds and ids",
            *([f"- `charts/`: what {drawn} charts draw"] if drawn else []),
            "- `tables.xlsx`: the same and the evidence, a sheet a table",
            "- `appraisal.json`: all of it",
            *(["- `scenario/`: the scenarios as they were run"] if known.files else []),
            "- `again.sh`: the commands that make these files again",
            "- `CITATION.cff`: how to cite them",
            "",
            "In CSV, text that begins with = + - @ has an apostrophe before it, so that no "
            "spreadsheet runs it. Numbers have none.",
            "",
        ]
    )


def _again(known: About) -> str:
    version = known.versions.get("bedspace", __version__)
    return "\n".join(
        [
            "#!/bin/sh",
            f"# Makes the files beside it again, with bedspace {version} and its extras",
            f"# report and tables: pip install 'bedspace[report,tables]=={version}'",
            "set -e",
            *known.commands,
            "",
        ]
    )


def citation_file(found: Appraisal, known: About) -> str:
    """CITATION.cff (version 1.2.0): JSON strings are YAML's, whatever a title holds."""
    version = known.versions.get("bedspace", __version__)
    fields = {
        "cff-version": "1.2.0",
        "message": "If you use these figures, cite them as below, with the scenario and the seed.",
        "type": "dataset",
        "title": found.title,
        "abstract": known.citation,
        "version": version,
    }
    lines = [f"{key}: {json.dumps(value)}" for key, value in fields.items()]
    return "\n".join([*lines, "authors:", '  - name: "bedspace"', ""])

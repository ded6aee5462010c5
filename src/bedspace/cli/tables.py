"""The verb that reads a table of counts as it was published: read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bedspace.cli import show
from bedspace.cli.options import Json


def read(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A .csv, .tsv, .xlsx, .ods or .parquet file.")
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="CSV", help="The clean file; its notes go beside it."),
    ] = None,
    map: Annotated[
        str,
        typer.Option(
            "--map",
            metavar="NAME=COLUMN,...",
            help="What columns are: date, population, admissions, releases or a name of your own; "
            "A+B adds columns, #3 is the third.",
        ),
    ] = "",
    groups: Annotated[
        list[str] | None,
        typer.Option(
            "--groups",
            metavar="COLUMN,... | NAME=COLUMN,...",
            help="Columns of groups; with NAME=, columns that are groups themselves (* is all).",
        ),
    ] = None,
    date: Annotated[
        str, typer.Option("--date", metavar="DAY", help="The day of a table without dates.")
    ] = "",
    dates: Annotated[
        str, typer.Option("--dates", metavar="dmy|mdy", help="How 03/04/2020 is meant.")
    ] = "",
    year_ends: Annotated[
        str,
        typer.Option(
            "--year-ends", metavar="MM-DD", help="Day on which a year's people are counted."
        ),
    ] = "",
    stock_at: Annotated[
        str,
        typer.Option(
            "--stock-at", metavar="start|end", help="When in its period a stock was counted."
        ),
    ] = "",
    thousands: Annotated[
        str,
        typer.Option(
            "--thousands", metavar="MARK", help="comma, point or space between thousands."
        ),
    ] = "",
    decimal: Annotated[
        str, typer.Option("--decimal", metavar="MARK", help="comma or point before decimals.")
    ] = "",
    missing: Annotated[
        list[str] | None,
        typer.Option("--missing", metavar="SYMBOL", help="What stands for no count. Repeat it."),
    ] = None,
    mark: Annotated[
        list[str] | None,
        typer.Option("--mark", metavar="MARK=MEANING", help="A mark behind numbers. Repeat it."),
    ] = None,
    accept: Annotated[
        str,
        typer.Option(
            "--accept", metavar="DOUBT,...", help="unit-jump, flows or residents: it is right so."
        ),
    ] = "",
    header: Annotated[
        str, typer.Option("--header", metavar="ROW[-ROW]", help="Rows of headings.")
    ] = "",
    rows: Annotated[
        str, typer.Option("--rows", metavar="FIRST-LAST", help="Rows of the table to read.")
    ] = "",
    sheet: Annotated[str, typer.Option("--sheet", metavar="NAME", help="The sheet.")] = "",
    encoding: Annotated[
        str, typer.Option("--encoding", metavar="NAME", help="The encoding of text.")
    ] = "",
    delimiter: Annotated[
        str, typer.Option("--delimiter", metavar="MARK", help="What stands between cells.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Read a table of counts as it was published; say what is in it and write a clean file."""
    from bedspace import history

    told = history.said(
        map=map,
        groups=groups,
        header=header,
        rows=rows,
        sheet=sheet,
        encoding=encoding,
        delimiter=delimiter,
        thousands=thousands,
        decimal=decimal,
        dates=dates,
        year_ends=year_ends,
        stock_at=stock_at,
        date=date,
        missing=missing,
        marks=mark,
        accept=accept,
    )
    reading = history.read(file, told)
    written = history.write(reading, out) if out and reading.clean else ()
    if as_json:
        paths = {name: str(path) for name, path in zip(("clean", "notes"), written, strict=False)}
        show.print_json(history.summary(reading) | {"written": paths})
    else:
        for line in history.told(reading):
            show.say(line)
    reading.check()
    if not as_json:
        for path in written:
            show.say(f"written: {path}")

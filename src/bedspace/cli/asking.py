"""The verb `sql`: what the tables of a run hold, and the answer to a question, whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bedspace.cli import show
from bedspace.cli.options import Folder, Json
from bedspace.cli.runs import tell_powers
from bedspace.exceptions import RunError

if TYPE_CHECKING:
    from bedspace.results import Comparison, Run
    from bedspace.results.schema import Table

Rows = Sequence[tuple[object, ...]]

LISTED = ("table", "column", "type", "meaning")


def sql(
    folder: Folder,
    query: Annotated[
        str | None,
        typer.Argument(
            metavar="[QUERY]",
            help="One SELECT, in DuckDB's SQL. Without it, the tables and columns there are.",
            show_default=False,
        ),
    ] = None,
    as_csv: Annotated[
        bool, typer.Option("--csv", help="Print CSV, and nothing else, on stdout.")
    ] = False,
    xlsx: Annotated[
        Path | None, typer.Option("--xlsx", help="Write the rows to this Excel file.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Ask a run or a comparison a question in SQL; without one, list its tables and columns."""
    from bedspace import results

    if as_csv and as_json:
        raise RunError("--csv and --json both go to stdout; choose one")
    made = results.open(folder)
    columns, rows = _listed(made.tables) if query is None else _answer(made, query)
    if xlsx is not None:
        from bedspace import reporting

        reporting.workbook(xlsx, columns, rows)
    if as_json:
        show.print_json([dict(zip(columns, row, strict=True)) for row in rows])
    elif as_csv:
        from bedspace import reporting

        show.print_text(reporting.comma_separated(columns, rows))
    elif xlsx is not None:
        show.say(f"{_counted(rows)}: {xlsx}")
    elif query is None:
        _print_tables(made.tables)
    else:
        show.print_whole(columns, rows)
        show.say(_counted(rows))


def _answer(made: Run | Comparison, query: str) -> tuple[list[str], Rows]:
    """The columns and rows of an answer; tells on stderr which powers its runs assume."""
    from bedspace import results

    try:
        relation = made.sql(query)
    except RunError as error:
        raise RunError(_first(str(error))) from error
    columns, rows = relation.columns, relation.fetchall()
    for run in (made.baseline, made.scenario) if isinstance(made, results.Comparison) else (made,):
        tell_powers(run.scenario, stderr=True)
    return columns, rows


def _first(text: str) -> str:
    """DuckDB's message without the picture of the query below it, on one line."""
    return " ".join(text.partition("\nLINE ")[0].split())


def _counted(rows: Rows) -> str:
    return f"{len(rows)} row{'' if len(rows) == 1 else 's'}"


def _listed(tables: Sequence[Table]) -> tuple[list[str], Rows]:
    """Every column of every table, a row each."""
    listed = [
        (table.name, column.name, column.type, column.meaning)
        for table in tables
        for column in table.columns
    ]
    return list(LISTED), listed


def _print_tables(tables: Sequence[Table]) -> None:
    """The tables one below the other; one that both sides of a comparison have is told once."""
    told: dict[tuple[object, ...], list[str]] = {}
    for table in tables:
        told.setdefault((table.rows, table.columns), []).append(table.name)
    for table in tables:
        names = told.pop((table.rows, table.columns), None)
        if names is not None:
            rows = [(column.name, column.type, column.meaning) for column in table.columns]
            show.say(f"{', '.join(names)}: {table.rows}")
            show.page().print(show.table("", ("column", "type", "meaning"), rows))

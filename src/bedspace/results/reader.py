"""Opening a run: check that it is whole and readable, then ask it questions in SQL."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb

from bedspace import scenario as language
from bedspace.exceptions import RunError
from bedspace.results import folder as layout
from bedspace.results import shown
from bedspace.results.parquet import connect, name, reading
from bedspace.results.schema import GROUP, TABLES, Table
from bedspace.scenario import Scenario

Params = Mapping[str, object] | Sequence[object]
"""Values of a query: by name for `$name`, in order for `?`."""


@dataclass(frozen=True, repr=False)
class Run:
    """One finished run. Relations are DuckDB's: .fetchnumpy(), .df(), .pl(), .arrow(), .show()."""

    folder: Path
    manifest: dict[str, Any]

    @property
    def members(self) -> int:
        """How many members the ensemble has."""
        return int(self.manifest["members"])

    @property
    def seed(self) -> int:
        """The seed that, with the scenario, gave every person and every draw."""
        return int(self.manifest["seed"])

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario as it was run, before any number was drawn."""
        tree = json.loads((self.folder / "scenario.json").read_bytes())
        return language.from_raw(tree, self.manifest["scenario"], self.manifest["variant"])

    @cached_property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        con = connect()
        create_views(con, self, "")
        return con

    def sql(self, query: str, params: Params | None = None) -> duckdb.DuckDBPyRelation:
        """The answer to a query, its rows kept; views have the names of the tables.

        `params` are values for `$name` in it, or, in a list, for each `?`. RunError if it fails.
        """
        return ask(self._connection, query, params)

    @property
    def tables(self) -> tuple[Table, ...]:
        """What can be asked: the tables with their columns and what they mean."""
        return tuple(TABLES.values())

    def table(self, name: str) -> duckdb.DuckDBPyRelation:
        """One of the tables, read when it is used; RunError when there is none of that name."""
        return self._connection.table(shown.named(self.tables, name))

    @property
    def population(self) -> duckdb.DuckDBPyRelation:
        """People by member, day and place; read when it is used."""
        return self.table("population")

    @property
    def name(self) -> str:
        """The scenario as the user named it: "cecot-offer#grant"."""
        variant = self.manifest["variant"]
        return f"{self.manifest['scenario']}#{variant}" if variant else self.manifest["scenario"]

    def __repr__(self) -> str:
        return f"<Run {shown.head(self.name, self.members, self.seed)}, in {self.folder}>"

    def _repr_html_(self) -> str:
        days = f"{self.scenario.start} to {self.scenario.end}, in {self.folder}"
        ask = (
            'Next: run.table("population").df(), run.sql("select ..."), bedspace.report(run, file).'
        )
        return shown.block(
            f"Run of {shown.head(self.name, self.members, self.seed)}", days, self.tables, ask
        )


def ask(
    con: duckdb.DuckDBPyConnection, query: str, params: Params | None = None
) -> duckdb.DuckDBPyRelation:
    """Run one SELECT, to its last row; `params` are its values for $name, or in order for ?.

    RunError with DuckDB's own words if it cannot be run, and before anything is run if it is no
    SELECT: a question writes no file and changes no view.
    """
    if not isinstance(query, str):
        raise RunError(f"the query is {query!r}; it must be text")
    if not (params is None or isinstance(params, Mapping | list | tuple)):
        raise RunError(f"the query's parameters are {params!r}; give a mapping or a list")
    try:
        asked = con.extract_statements(query)
        if not asked:
            raise RunError("there is no query: write one that begins with SELECT")
        if len(asked) > 1 or asked[0].type != duckdb.StatementType.SELECT:
            raise RunError("the query is not one SELECT: a run is asked, never changed")
        return con.sql(query, params=params).materialize()
    except (duckdb.Error, TypeError, ValueError, OverflowError) as e:
        raise RunError(f"the query cannot be run{_hint(query, e)}: {e}") from e


_GROUP_ALONE = re.compile(r"\bgroup\b(?!\s+by\b)", re.IGNORECASE)


def _hint(query: str, error: Exception) -> str:
    """The mend where a query seems to take SQL's own word for the column of groups."""
    if isinstance(error, duckdb.ParserException) and _GROUP_ALONE.search(query):
        return f" (the column of groups is {GROUP.name}: group is a word of SQL)"
    return ""


def create_views(con: duckdb.DuckDBPyConnection, run: Run, prefix: str) -> None:
    """One view per table over the parts that the manifest names, in their order."""
    for table in TABLES.values():
        parts = [layout.part(table.name, chunk["chunk"]) for chunk in run.manifest["chunks"]]
        con.execute(
            f"CREATE VIEW {name(prefix + table.name)} AS SELECT * FROM {reading(run.folder, parts)}"
        )


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a run or comparison in a version that this bedspace reads.

    RunError when there is none, when it is not JSON, or when its versions are others: then with
    the command that makes the run anew.
    """
    try:
        values = json.loads((folder / layout.MANIFEST).read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        raise RunError(f"{folder} holds no finished run: it has no {layout.MANIFEST}") from None
    except OSError as e:
        raise RunError(f"{folder} cannot be read: {e.strerror}") from e
    except ValueError:
        raise RunError(f"{folder / layout.MANIFEST} has been altered: it is not JSON") from None
    if not isinstance(values, dict):
        raise RunError(f"{folder / layout.MANIFEST} has been altered: it is not a manifest")
    for key, what in (("format", "folder format"), ("draw_stream", "draw stream")):
        ours = layout.stamped({})[key]
        if values.get(key) != ours:
            raise RunError(
                f"{folder} was written with {what} {values.get(key)}, this bedspace reads {ours}; "
                f"run it again: {_again(folder, values)}"
            )
    return values


def _again(folder: Path, manifest: dict[str, Any]) -> str:
    """The command that repeats a run or comparison from its own copy of the scenario."""
    numbers = f"--replicates {manifest.get('members')} --seed {manifest.get('seed')} --out NEW"
    if manifest.get("kind") == "comparison":
        files = [str(folder / side / "scenario.json") for side in ("baseline", "scenario")]
        return f"bedspace compare {shlex.join(files)} {numbers}"
    return f"bedspace run {shlex.join([str(folder / 'scenario.json')])} {numbers}"


def _records(manifest: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from manifest["files"]
    for chunk in manifest.get("chunks", ()):
        yield from chunk["files"]


def check_files(folder: Path, manifest: dict[str, Any]) -> None:
    """RunError naming every file that is missing or not what was written."""
    wrong = []
    for entry in _records(manifest):
        if not (folder / entry["path"]).is_file():
            wrong.append(f"{entry['path']} is missing")
        elif not layout.as_recorded(folder, entry):
            wrong.append(f"{entry['path']} has been altered")
    if wrong:
        more = f" and {len(wrong) - 5} more" if len(wrong) > 5 else ""
        raise RunError(
            f"{folder} is not as it was written: {', '.join(wrong[:5])}{more}; "
            f"run it again: {_again(folder, manifest)}"
        )


def open_run(folder: Path, check: bool = True) -> Run:
    """A run folder; `check` compares every file with the manifest's hashes. RunError if wrong."""
    manifest = read_manifest(folder)
    if manifest.get("kind") != "run":
        raise RunError(f"{folder} is not a run but a {manifest.get('kind')}")
    if check:
        check_files(folder, manifest)
    return Run(folder, manifest)

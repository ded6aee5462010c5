"""Two runs on the same members: impact is scenario minus baseline, person for person."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import duckdb

from bedspace.exceptions import RunError
from bedspace.results import shown
from bedspace.results.parquet import connect
from bedspace.results.reader import (
    Params,
    Run,
    ask,
    check_files,
    create_views,
    open_run,
    read_manifest,
)
from bedspace.results.schema import IMPACT, TABLES, Table

_IMPACT = """
CREATE VIEW impact_population AS
SELECT member, day, system,
       CAST(coalesce(s.people, 0) - coalesce(b.people, 0) AS INTEGER) AS people
FROM (SELECT member, day, system, sum(people) AS people
      FROM scenario_population GROUP BY ALL) s
FULL JOIN
     (SELECT member, day, system, sum(people) AS people
      FROM baseline_population GROUP BY ALL) b
USING (member, day, system)
ORDER BY member, day, system
"""


@dataclass(frozen=True, repr=False)
class Comparison:
    """A baseline and a scenario run on the same members, days and seed."""

    folder: Path
    baseline: Run
    scenario: Run

    @property
    def members(self) -> int:
        """How many members each side has."""
        return self.scenario.members

    @property
    def seed(self) -> int:
        """The seed of both sides."""
        return self.scenario.seed

    @cached_property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        con = connect()
        create_views(con, self.baseline, "baseline_")
        create_views(con, self.scenario, "scenario_")
        con.execute(_IMPACT)
        return con

    def sql(self, query: str, params: Params | None = None) -> duckdb.DuckDBPyRelation:
        """The answer to a query over views baseline_<table>, scenario_<table> and
        impact_population, its rows kept; `params` as for a Run. RunError if it fails."""
        return ask(self._connection, query, params)

    @property
    def tables(self) -> tuple[Table, ...]:
        """What can be asked: the tables of both sides and of the impact, with their columns."""
        sides = (
            replace(table, name=f"{side}_{table.name}")
            for side in ("baseline", "scenario")
            for table in TABLES.values()
        )
        return (*sides, IMPACT)

    def table(self, name: str) -> duckdb.DuckDBPyRelation:
        """One of the tables, read when it is used; RunError when there is none of that name."""
        return self._connection.table(shown.named(self.tables, name))

    @property
    def name(self) -> str:
        """What is compared with what."""
        return f"{self.scenario.name} against {self.baseline.name}"

    def __repr__(self) -> str:
        return f"<Comparison {shown.head(self.name, self.members, self.seed)}, in {self.folder}>"

    def _repr_html_(self) -> str:
        days = f"{self.scenario.scenario.start} to {self.scenario.scenario.end}, in {self.folder}"
        ask = (
            'Next: bedspace.appraise(comparison), comparison.table("impact_population").df(), '
            'comparison.sql("select ...").'
        )
        return shown.block(
            f"Comparison of {shown.head(self.name, self.members, self.seed)}",
            days,
            self.tables,
            ask,
        )

    @property
    def population(self) -> duckdb.DuckDBPyRelation:
        """Impact on the people each system's facilities hold, by member and day; read when it is
        used."""
        return self.table("impact_population")


def open_any(path: str | Path, check: bool = True) -> Run | Comparison:
    """Open a folder that `run` or `compare` wrote.

    `check` compares every file with the hash it was written with. RunError when the folder is no
    finished run, is of another version, or when files are missing or altered; each is named.
    """
    folder = Path(path)
    manifest = read_manifest(folder)
    if manifest.get("kind") == "run":
        return open_run(folder, check)
    if manifest.get("kind") != "comparison":
        raise RunError(f"{folder} holds neither a run nor a comparison")
    if check:
        check_files(folder, manifest)
    sides = (open_run(folder / side, check) for side in ("baseline", "scenario"))
    return Comparison(folder, *sides)

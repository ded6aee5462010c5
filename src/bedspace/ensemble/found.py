"""Ten members found again: the tables that they made when they were last simulated.

What happens to a member's people depends on its Plan, its number and the seed alone. So a scenario
with another fee, cost, standard or discount rate has the same tables, as long as its members'
Plans are the same, and so has the baseline that two variants share. Only what was drawn is the
scenario's own: the table `draws` is written anew.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bedspace import cache, engine
from bedspace.engine.philox import STREAM_VERSION
from bedspace.ensemble.members import Planned
from bedspace.results.folder import FORMAT
from bedspace.results.schema import TABLES

DRAWS = "draws"
"""The table that is never kept."""

_KIND = "members"


@dataclass(frozen=True)
class Part:
    """A chunk's part of one table, as the bytes of a Parquet file. `simulated` is when its members
    were, in seconds since 1970, where they were found again."""

    table: str
    rows: int
    data: bytes
    simulated: float | None = None


def key(members: Sequence[Planned], seed: int, made_by: Mapping[str, str]) -> str:
    """The name of what these members' tables depend on, all but their draws."""
    plans = [[m.number, m.start.isoformat(), engine.plan_hash(m.plan)] for m in members]
    return cache.key(FORMAT, STREAM_VERSION, dict(made_by), seed, plans)


def again(folder: Path, name: str) -> list[Part] | None:
    """The parts kept under that name, in the order of TABLES without the draws; None where there
    are none."""
    kept = cache.get(folder, _KIND, name)
    if kept is None:
        return None
    rows = kept.about["rows"]
    return [Part(t, rows[t], data, kept.made) for t, data in zip(_kept(), kept.parts, strict=True)]


def keep(folder: Path, name: str, parts: Sequence[Part]) -> None:
    """Keep a chunk's parts but its draws. Where the disk refuses they are not kept, which costs
    time at most."""
    data = {part.table: part for part in parts}
    rows = {table: data[table].rows for table in _kept()}
    with contextlib.suppress(OSError):
        cache.put(folder, _KIND, name, {"rows": rows}, [data[table].data for table in _kept()])


def told(again: Sequence[tuple[int, float]], all_: int) -> str:
    """What was found again and what was not, for a user: of `all_` members the chunks found, each
    with its members and when they were simulated."""
    count = sum(members for members, _ in again)
    if not count:
        return f"simulated: {all_} futures"
    when = cache.ago(min(when for _, when in again))
    rest = f", and simulated {all_ - count} more" if count < all_ else ""
    return f"found again: {count} of {all_} futures, simulated {when}{rest}"


def _kept() -> list[str]:
    return [table for table in TABLES if table != DRAWS]

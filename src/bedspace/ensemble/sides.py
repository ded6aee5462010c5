"""One run of an ensemble, or one side of a pair: what is known of it before any member is, and its
manifest at the end."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from bedspace import __version__, engine
from bedspace import compile as compiler
from bedspace import scenario as language
from bedspace.engine import Plan
from bedspace.ensemble.versions import made_by
from bedspace.exceptions import RunError
from bedspace.results import folder as layout
from bedspace.results.partial import Record
from bedspace.results.schema import TABLES
from bedspace.scenario import Scenario, evidence

SCENARIO, EVIDENCE = "scenario.json", "evidence.json"


@dataclass(frozen=True)
class Side:
    """`name` is its folder within the results, "" for a single run; `plan` the scenario's before
    any draw; `files` what is written of it beforehand, by path."""

    name: str
    scenario: Scenario
    plan: Plan
    files: dict[str, bytes]

    @property
    def hash(self) -> str:
        """Of the scenario as it was asked for: name, variant and every word of its file."""
        named = layout.canonical([self.scenario.name, self.scenario.variant])
        return hashlib.sha256(named + self.files[SCENARIO]).hexdigest()


def side(name: str, scn: Scenario) -> Side:
    """A side of what is to be run.

    PlanError if the scenario, before any draw, is one that cannot be run; RunError if it holds
    numbers that the scenario.json kept with the results would not have.
    """
    written = language.paths.numbers(language.from_raw(scn.raw, scn.name, scn.variant))
    ours = language.paths.numbers(scn)
    other = sorted(p for p in written.keys() | ours.keys() if written.get(p) != ours.get(p))
    if other:
        raise RunError(f"{other[0]} is not as the scenario's file has it: make a variant that is")
    ledger = TypeAdapter(list[evidence.Entry]).dump_python(evidence.ledger(scn), mode="json")
    files = {
        SCENARIO: layout.canonical(kept(scn), sort=False),
        EVIDENCE: layout.canonical(ledger),
    }
    return Side(name, scn, compiler.plan(scn), files)


def kept(scn: Scenario) -> dict[str, Any]:
    """The scenario as its results keep it, a scenario file itself.

    Of the variants, one that was applied keeps its title and summary alone and the others go: they
    were written against the file as it was. With them goes what names one of them.
    """
    raw = dict(scn.raw)
    if scn.variant is not None:
        words = raw["variants"][scn.variant]
        own = {key: words[key] for key in ("title", "summary") if key in words}
        raw["variants"] = {scn.variant: own}
        marked = raw.get("compared", {})
        if marked.get("used", scn.variant) != scn.variant:
            raw["compared"] = {key: value for key, value in marked.items() if key != "used"}
    return raw


def seal(results: Path, one: Side, seed: int, members: int, done: Sequence[Record]) -> Record:
    """Write a side's own files and, last, its manifest, from the records of its chunks in order;
    returns the manifest's record, with its path from the results."""
    folder = results / one.name
    for path, data in one.files.items():
        layout.write(folder / path, data)
    rows = dict.fromkeys(TABLES, 0)
    for record in done:
        for table, entry in zip(TABLES, record["files"], strict=True):
            rows[table] += entry["rows"]
    values = {
        "kind": "run",
        "bedspace": __version__,
        "made_by": made_by(),
        "scenario": one.scenario.name,
        "variant": one.scenario.variant,
        "seed": seed,
        "members": members,
        "plan": engine.plan_hash(one.plan),
        "rows": rows,
        "files": [layout.record(path, data) for path, data in one.files.items()],
        "chunks": [
            {key: record[key] for key in ("chunk", "first", "members", "files")} for record in done
        ],
    }
    path = (Path(one.name) / layout.MANIFEST).as_posix()
    return layout.write_json(results, path, layout.stamped(values))

"""The ledger: every number of a scenario with where it comes from and who disagrees."""

from __future__ import annotations

from dataclasses import dataclass

from bedspace.scenario.model.scenario import Scenario, Source
from bedspace.scenario.values.quantities import Dispute, Grade, Quantity
from bedspace.scenario.values.typed import Flag
from bedspace.scenario.views import paths


@dataclass(frozen=True)
class Entry:
    """One number or flag. `value` is as written; `low` and `high` are in `unit`."""

    path: str
    value: str
    low: float | None
    high: float | None
    unit: str
    source_id: str | None
    source: Source | None
    quote: str | None
    grade: Grade
    note: str | None
    disputed_by: tuple[Dispute, ...]


def ledger(scn: Scenario) -> list[Entry]:
    """Every number and flag, in the order of `paths.numbers`.

    A number in an observation or a context record that has no source of its own has the record's.
    """
    return [_entry(scn, path, leaf) for path, leaf in paths.leaves(scn)]


def unsourced(scn: Scenario) -> list[Entry]:
    """Entries with neither a source nor a note that says why they are assumed."""
    return [entry for entry in ledger(scn) if entry.source is None and entry.note is None]


def _entry(scn: Scenario, path: str, leaf: Quantity | Flag) -> Entry:
    source, quote, grade, note = leaf.source, leaf.quote, leaf.grade, leaf.note
    if source is None and paths.NO_INPUT.match(path):
        record = paths.get(scn, path.rpartition(".")[0])
        if getattr(record, "grade", None):
            source, quote, grade = record.source, record.quote, record.grade
            note = note or record.note
    if isinstance(leaf, Flag):
        value, low, high, unit = ("true" if leaf else "false"), None, None, ""
    else:
        value, low, high, unit = leaf.text, leaf.low, leaf.high, leaf.unit
    return Entry(
        path,
        value,
        low,
        high,
        unit,
        source,
        scn.sources.get(source or ""),
        quote,
        grade,
        note,
        leaf.disputed_by,
    )

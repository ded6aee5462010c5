"""Verbs about scenarios: list, validate, evidence, schema."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from bedspace.cli import show
from bedspace.cli.options import Json, Scenario
from bedspace.exceptions import ScenarioError

if TYPE_CHECKING:
    from bedspace.scenario.evidence import Entry

def shipped(as_json: Json = False) -> None:
    """List the shipped scenarios with their variants."""
    from bedspace.cli.shelf import shelf
    from bedspace.scenario import names

    found = shelf(names())
    if as_json:
        show.print_json(found)
        return
    for item in found:
        show.say(f"{item.name}  {item.title}")
        for key, title in item.variants.items():
            show.say(f"    #{key}  {title}" if title != key else f"    #{key}")


def validate(scenario: Scenario, as_json: Json = False) -> None:
    """Check a scenario; report everything wrong with it at once."""
    from bedspace import scenario as language

    try:
        scn = language.load(scenario)
    except ScenarioError as error:
        if as_json:
            show.print_json({"ok": False, "problems": error.problems})
        raise
    entries = language.evidence.ledger(scn)
    counts = {
        "systems": len(scn.systems),
        "groups": sum(len(s.groups) for s in scn.systems.values()),
        "facilities": sum(len(s.facilities) for s in scn.systems.values()),
        "agreements": len(scn.agreements),
        "measures": len(scn.measures),
        "variants": len(scn.variants),
        "numbers": len(entries),
        "drawn": len(language.uncertain(scn)),
        "assumptions": sum(e.grade == "assumption" for e in entries),
        "unsourced": len(language.evidence.unsourced(scn)),
    }
    if as_json:
        show.print_json({"ok": True, "title": scn.title, "counts": counts, "problems": []})
        return
    parts = ", ".join(f"{counts[k]} {k}" for k in list(counts)[:6])
    show.say(f"ok: {scn.title}")
    show.say(f"    {scn.start} to {scn.end}; {parts}")
    show.say(
        f"    {counts['numbers']} numbers: {counts['drawn']} with a range, "
        f"{counts['assumptions']} assumptions, {counts['unsourced']} without a source or a note"
    )


def evidence(scenario: Scenario, as_json: Json = False) -> None:
    """Print every number: value, range, source, grade, and who disagrees."""
    from bedspace import scenario as language

    scn = language.load(scenario)
    entries = language.evidence.ledger(scn)
    grades = dict(Counter(e.grade for e in entries).most_common())
    if as_json:
        show.print_json(
            {"title": scn.title, "variant": scn.variant, "grades": grades, "entries": entries}
        )
        return
    rows = [[e.path, e.value, bounds(e), e.grade, source(e), disputes(e)] for e in entries]
    columns = ["path", "value", "range", "grade", "source", "disputed by"]
    show.page().print(show.table(scn.title, columns, rows))
    told = ", ".join(f"{count} {grade}" for grade, count in grades.items())
    missing = len(language.evidence.unsourced(scn))
    show.say(f"{len(entries)} numbers: {told}; {missing} without a source or a note")


def bounds(entry: Entry) -> str:
    """A ledger entry's range, empty when it has none."""
    if entry.low is None or entry.high is None:
        return ""
    return f"{show.number(entry.low)} to {show.number(entry.high, entry.unit)}"


def source(entry: Entry) -> str:
    """Where a ledger entry's number comes from, in a line."""
    if entry.source is None:
        return f"none: {entry.note}" if entry.note else "none"
    when = f", {entry.source.date}" if entry.source.date else ""
    return f"{entry.source.title} ({entry.source.publisher}{when})"


def disputes(entry: Entry) -> str:
    """Other values given for a ledger entry's number, with their sources."""
    return "; ".join(f"{_written(d.value)} ({d.source})" for d in entry.disputed_by)


def _written(value: Any) -> str:
    return str(getattr(value, "text", value))


def schema() -> None:
    """Print the JSON Schema of the scenario language."""
    from bedspace.scenario import json_schema

    show.print_json(json_schema())

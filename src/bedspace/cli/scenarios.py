"""Verbs about scenarios: list, validate, evidence, schema."""

from __future__ import annotations

from collections import Counter
from shlex import quote
from typing import TYPE_CHECKING

from bedspace.cli import show
from bedspace.cli.options import All, Json, Scenario, Settings, Strict, loaded
from bedspace.exceptions import ScenarioError

if TYPE_CHECKING:
    from bedspace.scenario.views.evidence import Entry

FIRST = 24
"""Numbers that `evidence` prints where not all are asked for."""


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


def validate(
    scenario: Scenario,
    as_json: Json = False,
    strict: Strict = False,
    settings: Settings = None,
) -> None:
    """Check a scenario; report everything wrong with it at once, and warn of what is doubtful."""
    from bedspace import scenario as language

    try:
        scn = loaded(scenario, settings)
    except ScenarioError as error:
        if as_json:
            show.print_json({"ok": False, "problems": error.problems, "warnings": []})
        raise
    doubts = language.warnings(scn)
    if strict and doubts:
        if as_json:
            show.print_json({"ok": False, "problems": [], "warnings": doubts})
        raise ScenarioError(doubts)
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
        told = {"ok": True, "title": scn.title, "counts": counts, "problems": []}
        show.print_json(told | {"warnings": doubts})
        return
    for doubt in doubts:
        show.complain(f"warning: {doubt}")
    parts = ", ".join(f"{counts[k]} {k}" for k in list(counts)[:6])
    show.say(f"ok: {scn.title}")
    show.say(f"    {scn.start} to {scn.end}; {parts}")
    show.say(
        f"    {counts['numbers']} numbers: {counts['drawn']} with a range, "
        f"{counts['assumptions']} assumptions, {counts['unsourced']} without a source or a note"
    )


def evidence(scenario: Scenario, every: All = False, as_json: Json = False) -> None:
    """Print the numbers that move the answer, as far as an appraisal of it is kept, then those that
    are least sure: value, range, source, grade, and who disagrees."""
    from bedspace import scenario as language
    from bedspace.cli.runs import law_of, tell_powers

    scn = language.load(scenario)
    entries = language.evidence.ledger(scn)
    grades = dict(Counter(e.grade for e in entries).most_common())
    if as_json:
        ledger = {"title": scn.title, "variant": scn.variant, "grades": grades, "entries": entries}
        show.print_json(ledger | law_of(scn))
        return
    moves, told = _moving(scenario)
    show.say(f"{told}\n")
    ordered = sorted(entries, key=lambda entry: (-moves.get(entry.path, 0.0), *_doubt(entry)))
    for entry in ordered if every else ordered[:FIRST]:
        _print_entry(entry, moves.get(entry.path), whole=every)
    if every:
        show.say("\nSources")
        for id_, source in scn.sources.items():
            when = f", {source.date}" if source.date else ""
            where = f", {source.address}" if source.address else ""
            show.say(f"{id_}: {source.title} ({source.publisher}{when}{where})")
    elif len(entries) > FIRST:
        rest = len(entries) - FIRST
        show.say(f"and {rest} more, with every source: bedspace evidence {quote(scenario)} --all")
    show.say("")
    told = ", ".join(f"{count} {grade}" for grade, count in grades.items())
    missing = len(language.evidence.unsourced(scn))
    show.say(f"{len(entries)} numbers: {told}; {missing} without a source or a note")
    tell_powers(scn)


def _moving(name: str) -> tuple[dict[str, float], str]:
    """The largest share of an answer's variance that each number makes, by its path, in the newest
    appraisal that is kept of it; and what to say of their order."""
    from bedspace.appraisal import Figure
    from bedspace.cli import keeping
    from bedspace.cli.keeping import Asked

    kept = keeping.again(Asked(name))
    if kept is None:
        return {}, (
            "The least sure first. Those that move the answer come first once it is kept:\n"
            f"bedspace appraise {quote(name)}"
        )
    found: dict[str, float] = {}
    table = kept.appraisal.tables.get("sensitivity.moves")
    for _answer, path, share, *_ in table.rows if table else ():
        if isinstance(share, Figure) and isinstance(share.value, float):
            found[str(path)] = max(found.get(str(path), 0.0), share.value)
    told = f"{kept.appraisal.members} simulated futures"
    return found, f"Those first that move an answer of the appraisal that is kept, of {told}."


def _doubt(entry: Entry) -> tuple[bool, ...]:
    """What puts a number before another: that nothing explains it, that others give another value,
    that it is assumed, and that it has a range which moves the answers."""
    unexplained = entry.source_id is None and not entry.note
    assumed, ranged = entry.grade == "assumption", entry.low is not None
    return (not unexplained, not entry.disputed_by, not (assumed and ranged), not assumed)


def _print_entry(entry: Entry, share: float | None, whole: bool) -> None:
    """A number in a line, what it moves and who disputes it in others; in short without the note
    that stands for a source, and cut to the page."""
    source = named(entry) if whole else entry.source_id or "no source"
    lines = [f"{entry.path} = {entry.value}{bounds(entry)}  [{entry.grade}, {source}]"]
    if share:
        lines.append(f"    makes {share:.0%} of the variance of an answer".replace("%", " %"))
    if entry.disputed_by:
        lines.append(f"    disputed by: {disputes(entry)}")
    width = show.page().width
    for line in lines:
        cut = not whole and len(line) > width
        show.say(f"{line[: width - 2]} \N{HORIZONTAL ELLIPSIS}" if cut else line)


def bounds(entry: Entry) -> str:
    """A ledger entry's range, empty when it has none."""
    if entry.low is None or entry.high is None:
        return ""
    return f" ({show.number(entry.low, entry.unit)} to {show.number(entry.high, entry.unit)})"


def named(entry: Entry) -> str:
    """The id of a ledger entry's source, or why there is none."""
    if entry.source_id is not None:
        return entry.source_id
    return f"no source: {entry.note}" if entry.note else "no source, no note"


def disputes(entry: Entry) -> str:
    """Other values given for a ledger entry's number, with their sources."""
    return "; ".join(f"{d.text} ({d.source or d.note})" for d in entry.disputed_by)


def schema() -> None:
    """Print the JSON Schema of the scenario language."""
    from bedspace.scenario import json_schema

    show.print_json(json_schema())

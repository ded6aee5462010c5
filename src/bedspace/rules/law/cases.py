"""Rule tests that a lawyer writes: the facts, the day, the route, and what must come out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from bedspace.exceptions import BedspaceError
from bedspace.rules.law.model import VERDICT_STATUSES, Facts, Finding, Verdict
from bedspace.rules.law.records import Fault, refuse
from bedspace.rules.law.table import Routes, routes
from bedspace.rules.law.timeline import timeline
from bedspace.rules.law.verdicts import verdict
from bedspace.rules.standards.model import Reading
from bedspace.rules.text import Path, parsed

_REQUIRED = {"case", "facts", "day", "route", "status"}
_OPTIONAL = {"gate", "silent", "takes"}
_GATE = {"id", "status", "citation"}
_YES_NO = {"yes": True, "true": True, "no": False, "false": False}


@dataclass(frozen=True)
class LegalCase:
    """One rule test. `gates` are gate -> (status, what its citation must contain); a gate in
    `silent` must have no law on that day; `takes` is the timeline in words, None: not asked."""

    title: str
    where: str
    facts: Facts
    day: dt.date
    route: str
    status: str
    gates: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    silent: str | None = None
    takes: str | None = None


def cases(text: str, file: str, known: Routes | None = None) -> tuple[LegalCase, ...]:
    """The cases in the text of a file called `file`: a list of maps.

    Raises BedspaceError with a line for each thing that is wrong.
    """
    given = parsed(text, file)
    there = routes() if known is None else known
    if not isinstance(given.record, list):
        raise BedspaceError(f"{file}:1:1: cases are a list; begin each with - case:")
    rows = enumerate(given.record)
    refuse(given, [fault for i, row in rows for fault in _faults(row, (str(i),), there)])
    return tuple(_made(row, given.where((str(i),))) for i, row in enumerate(given.record))


def differences(case: LegalCase, known: Routes | None = None) -> tuple[str, ...]:
    """What comes out otherwise than the case has it; empty when all is as it says."""
    there = routes() if known is None else known
    return tuple(_differences(case, verdict(there[case.route], case.facts, case.day)))


def _differences(case: LegalCase, found: Verdict) -> Iterator[str]:
    said = {f.gate_id.rpartition("/")[2]: f for f in found.findings}
    if found.status != case.status:
        why = "; ".join(f"{f.gate_id}: {f.words}" for f in found.deciding)
        yield f"the status is {found.status}, not {case.status} ({why or 'nothing in the way'})"
    for gate, (status, citation) in case.gates.items():
        yield from _of_gate(gate, status, citation, said)
    if case.silent in said:
        yield f"{case.silent} is not silent: {said[case.silent].words}"
    takes = timeline(found).words
    if case.takes is not None and takes != case.takes:
        yield f"it takes {takes or 'no time'!r}, not {case.takes!r}"


def _of_gate(gate: str, status: str, citation: str, said: Mapping[str, Finding]) -> Iterator[str]:
    finding = said.get(gate)
    if finding is None:
        yield f"the gate {gate} says nothing on that day; there are {', '.join(said)}"
        return
    if finding.status != status:
        yield f"{gate} is {finding.status}, not {status}: {finding.words}"
    if citation not in finding.citation:
        yield f"{gate} cites {finding.citation!r}, not {citation!r}"


def _faults(row: Any, here: Path, known: Routes) -> Iterator[Fault]:
    if not isinstance(row, dict):
        yield Fault(here, "a case is a map", f"give {', '.join(sorted(_REQUIRED))}")
        return
    for key in sorted(_REQUIRED - row.keys()):
        yield Fault(here, f"the case has no {key}", f"add the key {key}")
    for key in sorted(row.keys() - _REQUIRED - _OPTIONAL):
        yield Fault(
            (*here, key), f"{key!r} is no key of a case", f"take it out; write {_all_keys()}"
        )
    if "route" in row and row["route"] not in known:
        yield Fault((*here, "route"), f"no route {row['route']!r}", f"there are {', '.join(known)}")
    if "status" in row and row["status"] not in VERDICT_STATUSES:
        yield Fault(
            (*here, "status"),
            f"no status {row['status']!r}",
            f"write {', '.join(VERDICT_STATUSES)}",
        )
    if "day" in row and _day(row["day"]) is None:
        yield Fault((*here, "day"), f"{row['day']!r} is not a date", "write year-month-day")
    for i, gate in enumerate(_gates(row)):
        if not isinstance(gate, dict) or gate.keys() != _GATE:
            yield Fault((*here, "gate"), f"gate {i + 1} is not whole", "give id, status, citation")
    yield from _facts_faults(row.get("facts", {}), (*here, "facts"))


def _facts_faults(facts: Any, here: Path) -> Iterator[Fault]:
    if not isinstance(facts, dict):
        yield Fault(here, "facts are a map", "write {sending_country: norway, ...}")
        return
    known = {f.name: str(f.type) for f in fields(Facts)}
    for key in ("sending_country", "receiving_country"):
        if key not in facts:
            yield Fault(here, f"the facts name no {key}", f"add the key {key}")
    for key, value in facts.items():
        if key not in known:
            yield Fault((*here, key), f"there is no fact {key!r}", f"there are {', '.join(known)}")
            continue
        try:
            _value(known[key], value)
        except (ValueError, KeyError, AttributeError):
            yield Fault((*here, key), f"{value!r} is no answer to {key}", _example(known[key]))


def _all_keys() -> str:
    return ", ".join(sorted(_REQUIRED | _OPTIONAL))


def _example(kind: str) -> str:
    if kind.startswith("bool"):
        return "write yes or no, or leave it out where nobody knows"
    return "write days as a number" if kind.startswith("float") else "write {name: value}"


def _gates(row: dict[str, Any]) -> list[Any]:
    found = row.get("gate", [])
    return found if isinstance(found, list) else [found]


def _day(text: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except (TypeError, ValueError):
        return None


def _value(kind: str, given: Any) -> Any:
    if kind == "bool | None":
        return _YES_NO[given.lower()]
    if kind == "float | None":
        return float(given)
    if kind == "Mapping[str, bool]":
        return {name: _YES_NO[text.lower()] for name, text in given.items()}
    if kind == "Mapping[str, Reading]":
        return {name: _reading(text) for name, text in given.items()}
    if kind == "Mapping[str, str]":
        return {name: text.strip() for name, text in given.items()}
    return given.strip()


def _reading(text: str) -> Reading:
    """A number, "at most 2.5" for an upper bound, or yes or no; the standard knows the unit."""
    if text in _YES_NO:
        return Reading(_YES_NO[text], "yes or no")
    bound = text.removeprefix("at most ")
    return Reading(float(bound), "", bound != text, "an upper bound" if bound != text else "")


def _made(row: Any, where: str) -> LegalCase:
    kinds = {f.name: str(f.type) for f in fields(Facts)}
    day = _day(row["day"])
    assert day is not None  # checked before
    return LegalCase(
        title=" ".join(row["case"].split()),
        where=where,
        facts=Facts(**{name: _value(kinds[name], value) for name, value in row["facts"].items()}),
        day=day,
        route=row["route"],
        status=row["status"],
        gates={g["id"]: (g["status"], g["citation"]) for g in _gates(row)},
        silent=row.get("silent"),
        takes=row.get("takes"),
    )

"""The routes that come with the package, and the reading of any other."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from bedspace.rules.law import records
from bedspace.rules.law.model import Gate, Route
from bedspace.rules.law.questions import OFFENCE
from bedspace.rules.law.records import Fault
from bedspace.rules.text import parsed

Routes = Mapping[str, Route]


@cache
def routes() -> dict[str, Route]:
    """Every shipped route by its id, sorted."""
    folder = files(__package__).joinpath("data").joinpath("routes")
    found = [
        read(file.read_text(encoding="utf-8"), f"routes/{file.name}")
        for file in folder.iterdir()
        if file.name.endswith(".yaml")
    ]
    return {route.id: route for route in sorted(found, key=lambda route: route.id)}


def read(text: str, file: str) -> Route:
    """A route from the text of a file called `file`.

    Raises BedspaceError with a line for each thing that is wrong: where, what, how to mend it.
    """
    given = parsed(text, file)
    records.refuse(given, list(faults(given.record)))
    return made(given.record)


def faults(record: Any) -> list[Fault]:
    """Everything that is wrong with the record of a route (maps, lists and texts)."""
    return list(records.faults(record, shared()))


def made(record: Any) -> Route:
    """The Route of a record that has no faults."""
    return records.made(record, shared())


@cache
def shared() -> Mapping[str, Any]:
    """The gates that routes share, by the name they are taken in with."""
    file = files(__package__).joinpath("data").joinpath("shared.yaml")
    given = parsed(file.read_text(encoding="utf-8"), "shared.yaml")
    found = [
        Fault((name, *fault.path), fault.what, fault.mend)
        for name, row in given.record.items()
        for fault in records.gate_faults({**row, "id": name})
    ]
    records.refuse(given, found)
    shared_gates: Mapping[str, Any] = given.record
    return shared_gates


def gates(known: Routes) -> dict[str, Gate]:
    """Every gate of some routes by its id."""
    return {gate.id: gate for route in known.values() for gate in route.gates}


def offence_attributes(known: Routes) -> tuple[str, ...]:
    """What may be said of an offence: what the shipped law speaks of, and what the gates of these
    routes ask."""
    return tuple(dict.fromkeys((*OFFENCE, *asked_about("offence", known))))


def asked_about(family: str, known: Routes) -> tuple[str, ...]:
    """The names that the gates of some routes put behind a family of questions, each once."""
    cases = (c for gate in gates(known).values() for text in gate.texts for c in text.cases)
    asked = (name.partition(".") for case in cases for name in case.when)
    return tuple(dict.fromkeys(about for of, _, about in asked if of == family and about))

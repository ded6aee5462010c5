"""What a sentence calls the parties, and the numbers of a scenario by their paths."""

from __future__ import annotations

from bedspace.exceptions import BedspaceError
from bedspace.rules import countries
from bedspace.scenario import Scenario, paths
from bedspace.scenario.model.agreements import Agreement

_KEYS = {
    "costs.marginal": "the share of the average cost that is really avoided",
    "costs.average": "the average cost of a day",
    "costs.system": "the cost of the whole prison system",
    "costs.times": "what they cost as a multiple of the average",
    "costs.variable": "the variable cost of a person held",
    "costs.fixed": "the fixed cost",
    "cells.occupants": "the people in a cell",
    "cells.floor": "the floor area of a cell",
    "in_force": "whether it enters into force",
    "transfers": "how many are sent in a day",
    "selection": "the share who are selected",
    "consent": "the share who consent",
    "blocked": "the share whose transfer is blocked",
    "refilled": "the share of freed places that is filled again",
    "places": "the number of places",
    "stock": "how many are held at the start",
    "admissions.then": "how many arrive later",
    "admissions": "how many arrive",
    "stay": "how long they stay",
    "remaining": "how much time they have left",
    "fee": "the fee",
}
"""Words for the numbers that a scenario may have, by the keys that they stand under; the first that
fits is taken."""


def parties(scn: Scenario, agreement: Agreement) -> tuple[str, str]:
    """Sender and receiver as a sentence has them: countries or states of one, and within one state
    the titles of both systems."""
    ends = (agreement.sending, agreement.receiving)
    states = [scn.systems[end].country or end for end in ends]
    if states[0] != states[1]:
        sender, receiver = (countries.title(countries.country(state)) for state in states)
    else:
        sender, receiver = (system(scn, end) for end in ends)
    return sender, receiver


def change(scn: Scenario, base: Scenario) -> str:
    """What is in the scenario and not in its baseline."""
    more = [name for name in scn.agreements if name not in base.agreements]
    return "the agreement" if len(more) == 1 else "the agreements" if more else "the change"


def happened(agreement: Agreement) -> bool:
    """Whether somebody counted people or money under it: then it is told as what is, else as what
    would be."""
    return any(o.held or o.sent or o.person_days or o.paid for o in agreement.observed)


def verb(agreement: Agreement, word: str) -> str:
    """ "pays" of an agreement that people were held under, "would pay" of any other."""
    return f"{word}s" if happened(agreement) else f"would {word}"


def system(scn: Scenario, name: str) -> str:
    """A prison system as a sentence has it."""
    return scn.systems[name].title or countries.title(countries.country(name))


def number(scn: Scenario, path: str) -> str:
    """What a number of the scenario is, in words: "how many arrive later (Emergency detainees, El
    Salvador)". Of a path that has no words its own keys."""
    whose, rest = _whose(scn, path)
    keys = f".{rest}."
    what = next((words for key, words in _KEYS.items() if f".{key}." in keys), None)
    if what is None:
        what = rest.replace("_", " ").replace(".", ", ") or "the number"
    return f"{what} ({whose})" if whose else what


def _whose(scn: Scenario, path: str) -> tuple[str, str]:
    """Of what a path speaks, in words, and the keys that are left of it."""
    first, _, rest = path.partition(".")
    if first in scn.systems:
        parts = rest.split(".")
        names = [system(scn, first)]
        if len(parts) > 1 and parts[0] in ("groups", "facilities", "pathways"):
            names.insert(0, _title(scn, f"{first}.{parts[0]}.{parts[1]}") or parts[1])
            parts = parts[2:]
        return ", ".join(names), ".".join(parts)
    if first in ("agreements", "measures", "indices"):
        name, _, keys = rest.partition(".")
        title = _title(scn, f"{first}.{name}") or name
        return title, keys or "in_force"
    return "", path


def _title(scn: Scenario, path: str) -> str | None:
    try:
        found = getattr(paths.get(scn, path), "title", None)
    except BedspaceError:
        return None
    return found if isinstance(found, str) else None

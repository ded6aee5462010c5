"""What figures rest on: numbers by path with their evidence, assumed gates, counts of a run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from bedspace.appraisal.figures.figure import Gate, Number, Simulated, Taken
from bedspace.compile import sendable
from bedspace.exceptions import BedspaceError
from bedspace.scenario import Quantity, Scenario, evidence, paths
from bedspace.scenario.views.evidence import Entry

_TERMS = (
    "places",
    "ramp",
    "eligible",
    "selection",
    "consent",
    "blocked",
    "delay",
    "transfers",
    "return_before_release",
    "in_force",
)
"""Keys of an agreement that the run reads."""


_Asked = tuple[frozenset[str], frozenset[str]]
"""Systems and agreements that a count is about."""


@dataclass(frozen=True)
class Basis:
    """Makes inputs of figures from one scenario."""

    scn: Scenario

    @cached_property
    def ledger(self) -> dict[str, Entry]:
        """Every number and flag of the scenario by its path."""
        return {entry.path: entry for entry in evidence.ledger(self.scn)}

    @cached_property
    def _numbers(self) -> dict[str, Number]:
        return {path: self._number(entry) for path, entry in self.ledger.items()}

    def number(self, path: str) -> Number:
        """The number, flag, date or word at `path`. Dates and words have no evidence of their own.

        Raises ScenarioError when the path names nothing, BedspaceError when it names a whole part.
        """
        if path in self._numbers:
            return self._numbers[path]
        here = paths.get(self.scn, path)
        if isinstance(here, str | int):
            return Number(path, here, "", None, "as written")
        if hasattr(here, "isoformat"):
            return Number(path, here.isoformat(), "", None, "as written")
        raise BedspaceError(f"{path} is not a number, a date or a word")

    def numbers(self, found: Iterable[str]) -> tuple[Number, ...]:
        """Several of them."""
        return tuple(self.number(path) for path in found)

    def below(self, prefix: str) -> tuple[Number, ...]:
        """Every number at or below a path, in the order of the file."""
        return tuple(
            n
            for path, n in self._numbers.items()
            if path == prefix or path.startswith(prefix + ".")
        )

    def gates(self, agreement: str) -> tuple[Gate, ...]:
        """The gates that an agreement assumes."""
        return tuple(Gate(a.gate, a.reason) for a in self.scn.agreements[agreement].assume)

    @cached_property
    def taken(self) -> Mapping[str, tuple[Taken, ...]]:
        """By agreement, every gate that its people are sent by although it is not open in law."""
        return {name: taken_as_met(self.scn, name) for name in self.scn.agreements}

    @cached_property
    def reasons(self) -> dict[str, str]:
        """Why a gate is assumed, and what one taken as met still asks for, by its stamp."""
        found = {}
        for name in self.scn.agreements:
            found.update({s: gate.reason for gate in self.gates(name) for s in gate.stamps})
            found.update({s: gate.words for gate in self.taken[name] for s in gate.stamps})
        return found

    def simulated(
        self, id_: str, words: str, systems: Iterable[str] = (), agreements: Iterable[str] = ()
    ) -> Simulated:
        """A count of the run about some systems and agreements.

        It rests on all the people and places of these systems, on what the agreements with them
        say, with the gates that they assume or that are taken as met, and on whoever else those
        agreements move or displace.
        """
        asked = frozenset(systems), frozenset(agreements)
        if asked not in self._rests_on:
            self._rests_on[asked] = self._of_run(*asked)
        return Simulated(id_, words, self._rests_on[asked])

    @cached_property
    def _rests_on(self) -> dict[_Asked, tuple[Number | Gate | Taken, ...]]:
        """What counts about systems and agreements rest on, once it has been asked for."""
        return {}

    def _of_run(
        self, mine: frozenset[str], agreements: frozenset[str]
    ) -> tuple[Number | Gate | Taken, ...]:
        names = [
            name
            for name, a in self.scn.agreements.items()
            if name in agreements or {a.sending, a.receiving} & mine
        ]
        prefixes = [
            prefix
            for name in self.scn.systems
            for prefix in self._of_system(name, name in mine, names)
        ]
        prefixes += [f"agreements.{name}.{key}" for name in names for key in _TERMS]
        changes = [f".set.{p}" for p in prefixes]
        found = tuple(
            number
            for path, number in self._numbers.items()
            if _begins(path, prefixes)
            or (path.startswith("measures.") and any(c in path for c in changes))
        )
        assumed = tuple(gate for name in names for gate in self.gates(name))
        met = tuple(gate for name in names for gate in self.taken[name])
        return (*assumed, *dict.fromkeys(met), *found)

    def _of_system(self, name: str, whole: bool, agreements: Iterable[str]) -> list[str]:
        """Paths of a system that a count rests on: all of it, or what the agreements touch."""
        system = self.scn.systems[name]
        chosen = [self.scn.agreements[a] for a in agreements]
        sent = {g for a in chosen if a.sending == name for g in a.eligible.groups}
        receives = any(a.receiving == name for a in chosen)
        groups = list(system.groups) if whole or receives else sorted(sent)
        found = [f"{name}.groups.{g}.{key}" for g in groups for key in ("stock", "admissions")]
        found += [f"{name}.groups.{g}.shares" for g in groups if g in sent]
        found += ["offences"] if sent else []
        found += [f"{name}.pathways.{system.groups[g].pathway}" for g in groups]
        if groups:
            found.append(f"{name}.hearings")
        if groups or whole:
            found += [
                f"{name}.facilities.{f}.{key}"
                for f in system.facilities
                for key in ("places", "margin", "staff", "slips")
            ]
            found.append(f"{name}.early_release")
        return found

    def _number(self, entry: Entry) -> Number:
        leaf = paths.get(self.scn, entry.path)
        text: str | float = entry.value
        if isinstance(leaf, Quantity):
            text = entry.value if leaf.amount is not None else leaf.value
        return Number(
            path=entry.path,
            value=text,
            unit=entry.unit,
            source=entry.source.title if entry.source else None,
            grade=entry.grade,
            low=entry.low,
            high=entry.high,
            quote=entry.quote,
            note=entry.note,
            disputed_by=tuple(self._dispute(d.text, d.source, d.note) for d in entry.disputed_by),
        )

    def _dispute(self, text: str, source: str | None, note: str | None) -> str:
        who = self.scn.sources[source].title if source in self.scn.sources else ""
        return ": ".join(part for part in (text, who, note or "") if part)


def _begins(path: str, prefixes: Iterable[str]) -> bool:
    return any(path == prefix or path.startswith(prefix + ".") for prefix in prefixes)


def taken_as_met(scn: Scenario, agreement: str) -> tuple[Taken, ...]:
    """The gates that an agreement's people are sent by although they are not open in law.

    Of everybody who may be sent, by the best of the routes once the assumed gates count as open:
    each gate that needs something, or that nobody has decided, with what it says; once each.
    """
    best = (
        part.best
        for group in sendable(scn, agreement)
        for part in group.parts
        if part.may_be_sent and part.share
    )
    found = {
        (f.gate_id, f.status): Taken(f.gate_id, f.status, f.words)
        for verdict in best
        if verdict is not None
        for f in verdict.effective.findings
        if f.status != "permitted"
    }
    return tuple(found.values())

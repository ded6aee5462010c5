"""What figures rest on: numbers by path with their evidence, assumed gates, counts of a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bedspace import ensemble
from bedspace.appraisal.figures.figure import Gate, Number, Simulated, Taken
from bedspace.compile import sendable
from bedspace.exceptions import BedspaceError
from bedspace.scenario import Quantity, Scenario, evidence, paths, pathways
from bedspace.scenario.views import price_years
from bedspace.scenario.views.evidence import Entry

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
    def _old(self) -> dict[str, int]:
        return price_years.old(self.scn)

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
        found: dict[str, str] = {}
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

    @cached_property
    def _reads(self) -> frozenset[str]:
        return ensemble.reads(self.scn)

    def _of_run(
        self, mine: frozenset[str], agreements: frozenset[str]
    ) -> tuple[Number | Gate | Taken, ...]:
        names = self._joined(mine, agreements)
        left_out = list(self._left_out(mine, names))
        found = tuple(
            number
            for path, number in self._numbers.items()
            if path in self._reads and not self._is_left_out(path, left_out)
        )
        assumed = tuple(gate for name in names for gate in self.gates(name))
        met = tuple(gate for name in names for gate in self.taken[name])
        return (*assumed, *dict.fromkeys(met), *found)

    def _joined(self, mine: frozenset[str], agreements: frozenset[str]) -> tuple[str, ...]:
        """Agreements that a count depends on: those asked for, those of the systems asked for, and
        whichever others send the same groups or fill the same facility."""
        every = self.scn.agreements
        found = {n for n, a in every.items() if n in agreements or {a.sending, a.receiving} & mine}
        while True:
            sent = {(every[n].sending, g) for n in found for g in every[n].eligible.groups}
            full = {(every[n].receiving, every[n].facility) for n in found}
            more = {
                n
                for n, a in every.items()
                if (a.receiving, a.facility) in full
                or sent & {(a.sending, g) for g in a.eligible.groups}
            }
            if more <= found:
                return tuple(n for n in every if n in found)
            found |= more

    def _left_out(self, mine: frozenset[str], agreements: tuple[str, ...]) -> Iterator[str]:
        """Paths of what cannot reach a count: other agreements, systems that none of the chosen
        joins, and in a system that only sends, groups that share nothing with those it sends."""
        chosen = [self.scn.agreements[name] for name in agreements]
        yield from (f"agreements.{name}" for name in self.scn.agreements if name not in agreements)
        for name, system in self.scn.systems.items():
            if name in mine or any(a.receiving == name for a in chosen):
                continue
            sent = {g for a in chosen if a.sending == name for g in a.eligible.groups}
            if not sent:
                yield name
                continue
            rules = system.early_release, *system.planned_releases.values()
            if system.when_full != "crowd" or any(rules):
                continue  # whoever is held there has a hand in who else is
            kept = {system.groups[g].pathway for g in sent}
            waits = {h for p in kept for h in pathways.hearings(system.pathways[p])}
            kept |= {n for n, p in system.pathways.items() if waits & pathways.hearings(p)}
            yield from (f"{name}.pathways.{p}" for p in system.pathways if p not in kept)
            groups = system.groups.items()
            yield from (f"{name}.groups.{g}" for g, one in groups if one.pathway not in kept)

    def _is_left_out(self, path: str, prefixes: Sequence[str]) -> bool:
        """Whether a number is left out; those of a measure are where all that it sets is."""
        if not path.startswith("measures."):
            return _begins(path, prefixes)
        measure = next(n for n in self.scn.measures if path.startswith(f"measures.{n}."))
        return all(_begins(changed, prefixes) for changed in self.scn.measures[measure].set)

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
            old=self._old.get(entry.path),
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

"""Facts and a day in, verdicts out; and what a verdict would be if somebody assumed a power."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from bedspace.exceptions import BedspaceError
from bedspace.rules.countries import title
from bedspace.rules.law.model import (
    VERDICT_STATUSES,
    AssumedVerdict,
    Case,
    Facts,
    Finding,
    Gate,
    Route,
    Verdict,
)
from bedspace.rules.law.questions import asked
from bedspace.rules.law.table import Routes, gates, routes
from bedspace.rules.spelling import meant


def verdicts(
    facts: Facts, route_ids: Iterable[str], on: date, known: Routes | None = None
) -> tuple[Verdict, ...]:
    """What each route says of `facts` under the law in force on `on`, in the order asked.

    `known` are the routes there are, by default the shipped ones. Raises BedspaceError on a route
    that does not exist, with the nearest that does.
    """
    found = routes() if known is None else known
    chosen = list(route_ids)
    for id_ in chosen:
        if id_ not in found:
            raise BedspaceError(f"no route {id_!r}; {meant(id_, list(found))}")
    return tuple(verdict(found[id_], facts, on) for id_ in chosen)


def verdict(route: Route, facts: Facts, on: date) -> Verdict:
    """What one route says: a finding for each gate in force, and the worst of their statuses."""
    found = (finding(gate, facts, on) for gate in route.gates)
    findings = tuple(f for f in found if f is not None)
    return Verdict(route.id, on, _worst(findings), findings)


def finding(gate: Gate, facts: Facts, on: date) -> Finding | None:
    """What a gate says on a day; None when it has no law yet and nothing held before."""
    reached = [t for t in gate.texts if t.since is None or t.since <= on]
    if reached:
        text = reached[-1]
        case = next((c for c in text.cases if _fits(c, facts, on)), text.otherwise)
    elif gate.before is not None:
        text, case = gate.texts[0], gate.before
    else:
        return None
    later = gate.texts[gate.texts.index(text) + 1 :]
    words = case.because
    for mark, id_ in {"{sending}": facts.sending, "{receiving}": facts.receiving}.items():
        words = words.replace(mark, title(id_))
    return Finding(
        gate_id=gate.id,
        title=gate.title,
        status=case.then,
        words=words,
        citation=text.citation,
        as_of=text.since,
        as_of_grade=text.since_grade,
        until=later[0].since if later else None,
        binds=text.binds,
        grade=text.grade,
        delay=case.delay,
        absolute=gate.absolute,
        said=text.note,
        declared=text.decided if text.decided is not None and text.decided > on else None,
    )


def changed(route: Route, facts: Facts, on: date, later: date) -> tuple[str, ...]:
    """The gates of a route that say something else, or cite other law, on a later day."""
    pairs = (
        (gate.id, finding(gate, facts, on), finding(gate, facts, later)) for gate in route.gates
    )
    return tuple(id_ for id_, was, now in pairs if _told(was) != _told(now))


def _told(of: Finding | None) -> tuple[object, ...]:
    return () if of is None else (of.status, of.citation, of.as_of)


def ranked(found: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """Verdicts from best to worst: by status, then by how many findings make it, then as given."""
    return tuple(sorted(found, key=lambda v: (VERDICT_STATUSES.index(v.status), len(v.deciding))))


def check_assumptions(assume: Mapping[str, str], known: Routes | None = None) -> None:
    """Raises BedspaceError unless every gate assumed exists, is not absolute and has a reason."""
    found = gates(routes() if known is None else known)
    for id_, reason in assume.items():
        if id_ not in found:
            raise BedspaceError(f"no gate {id_!r} to assume; {meant(id_, list(found))}")
        if found[id_].absolute:
            raise BedspaceError(
                f"{id_} cannot be assumed: {found[id_].title.lower()} is an absolute bar"
            )
        if not reason.strip():
            raise BedspaceError(f"{id_} is assumed without a reason; give one")


def apply_assumptions(
    real: Verdict, assume: Mapping[str, str], known: Routes | None = None
) -> AssumedVerdict:
    """`real` beside what it would be if the gates in `assume` (gate id -> reason) were open.

    Gates of other routes, and gates that were open anyway, change nothing and are not listed.
    Raises BedspaceError as `check_assumptions` does.
    """
    check_assumptions(assume, known)
    used = tuple(
        f.gate_id for f in real.findings if f.gate_id in assume and f.status != "permitted"
    )
    findings = tuple(
        replace(f, status="permitted", words=f"assumed: {assume[f.gate_id]}", delay=None)
        if f.gate_id in used
        else f
        for f in real.findings
    )
    effective = replace(real, status=_worst(findings), findings=findings)
    return AssumedVerdict(real, effective, used, {id_: assume[id_] for id_ in used})


def _fits(case: Case, facts: Facts, on: date) -> bool:
    """Every question answered as the case has it; no case has "not known" for an answer."""
    return all(asked(name, facts, on) == wanted for name, wanted in case.when.items())


def _worst(findings: Sequence[Finding]) -> str:
    return max((f.status for f in findings), key=VERDICT_STATUSES.index, default="barred")

"""Who may lawfully be sent: the verdict for every group and route, and how many people that is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from typing import Any

from bedspace.appraisal.figures import making
from bedspace.appraisal.figures.figure import Figure, Gate, Input, Rule
from bedspace.appraisal.figures.once import once
from bedspace.appraisal.figures.tables import Cell, Table
from bedspace.appraisal.law.heads import Heads, group_title, heads
from bedspace.appraisal.law.opened import ANY, opened, shares_open
from bedspace.appraisal.members.basis import Basis
from bedspace.appraisal.members.members import Ensemble
from bedspace.compile import GroupLaw, StageLaw, sendable
from bedspace.rules import law
from bedspace.rules.countries import binds_words
from bedspace.scenario.model.agreements import Agreement

AS_IF = (
    "The simulation sends everybody who is not barred on every route, as if each person "
    "had what is "
    "still needed and every open question were decided in favour of sending. So the places it "
    "uses are an upper bound of what the law may come to allow, not what it allows today."
)
"""Why places are used though nobody is sent whom the law bars and little is open without more."""
_OPEN = ("permitted", "needs", "unsettled")


@dataclass(frozen=True)
class Legal:
    """The law of one agreement, with the ensemble that counts the people it is about."""

    ensemble: Ensemble
    id: str
    made: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)
    """What `figures.once` keeps of it."""

    @property
    def basis(self) -> Basis:
        """The numbers of the scenario that has the agreement."""
        return self.ensemble.bases["scenario"]

    @property
    def agreement(self) -> Agreement:
        """The agreement as written."""
        return self.ensemble.scn.agreements[self.id]

    @property
    def on(self) -> date:
        """The date of the law that is asked."""
        return self.agreement.law_on or self.agreement.from_

    @cached_property
    def groups(self) -> tuple[GroupLaw, ...]:
        """What the law says of each eligible group."""
        return sendable(self.ensemble.scn, self.id)

    def of(self, group: str) -> GroupLaw:
        """What the law says of one of them."""
        return next(one for one in self.groups if one.group == group)

    @cached_property
    def heads(self) -> dict[str, Heads]:
        """People of each eligible group in the eligible stages, at the date."""
        return {one.group: people_in(self, one.group, ()) for one in self.groups}

    def title(self, group: str) -> str:
        """How a group is shown."""
        return group_title(self.ensemble.scn, self.agreement, group)


def barred(group: GroupLaw) -> bool:
    """Whether the law bars all of a group on every route, whoever is there on a day."""
    return not any(shares_open(group, ANY, _OPEN, False).values())


@once
def people_in(legal: Legal, group: str, stages: tuple[str, ...]) -> Heads:
    """People of a group in some of the eligible stages, at the date; of none named, in all."""
    where = stages or legal.agreement.eligible.stages
    return heads(legal.ensemble, legal.id, legal.on, group, where)


def routes(legal: Legal) -> tuple[str, ...]:
    """The routes asked, and "any route" for all of them together."""
    return (*legal.agreement.routes, ANY)


def route_title(legal: Legal, route: str) -> str:
    """How a route is shown."""
    return "by any route" if route == ANY else legal.ensemble.scn.routes[route].title


@once
def bounds(legal: Legal, name: str, route: str) -> tuple[Figure, Figure]:
    """How many people of the group could lawfully be sent by the route: at least, at most.

    At least counts only what is permitted; at most also what needs something or is unsettled.
    Only the real law counts here, whatever the agreement assumes. The ends are those of `heads`;
    the formula says which.
    """
    group, counting = legal.of(name), partial(people_in, legal, name)
    sure = opened(group, route, ("permitted",), False, counting)
    perhaps = opened(group, route, _OPEN, False, counting)
    mixed = mixes(legal, group.group) if sure.part or perhaps.part else ()
    counted = dict.fromkeys((*sure.figures, *perhaps.figures))
    inputs = (*counted, *mixed, *_rules(group, route))
    prefix = f"{legal.id}.law.{group.group}.{_key(route)}"
    title = f"{legal.title(group.group)}, {route_title(legal, route)}"
    least, most = sure.ends("least"), perhaps.ends("most")
    return (
        Figure(
            f"{prefix}.at-least",
            f"{title}: at least",
            sure.people(least),
            "people",
            f"share permitted x {sure.words(least)}",
            inputs,
            note=sure.note(least),
        ),
        Figure(
            f"{prefix}.at-most",
            f"{title}: at most",
            perhaps.people(most),
            "people",
            f"share permitted, needing something or unsettled x {perhaps.words(most)}",
            inputs,
            note=perhaps.note(most),
        ),
    )


def assumed_most(legal: Legal, group: GroupLaw, route: str) -> Figure | None:
    """The most people if the assumed gates were open; None where nothing is assumed."""
    used = _assumed(group, route)
    if not used:
        return None
    title = f"{legal.title(group.group)}, {route_title(legal, route)}"
    counting = partial(people_in, legal, group.group)
    open_ = opened(group, route, _OPEN, True, counting)
    most = open_.ends("most")
    gates = tuple(g for g in legal.basis.gates(legal.id) if g.gate in used)
    mixed = mixes(legal, group.group) if open_.part else ()
    inputs = (*open_.figures, *gates, *mixed, *_rules(group, route))
    told = ("not law: the agreement assumes these powers", open_.note(most))
    return Figure(
        f"{legal.id}.law.{group.group}.{_key(route)}.assumed",
        f"{title}: at most, with the powers assumed",
        open_.people(most),
        "people",
        f"share not barred once the assumed powers count as open x {open_.words(most)}",
        inputs,
        note="; ".join(part for part in told if part),
    )


@once
def totals(legal: Legal) -> tuple[Figure, Figure]:
    """All groups together, by any route: at least, at most."""
    pairs = [bounds(legal, group.group, ANY) for group in legal.groups]
    formula = "the sum over the eligible groups"
    found = []
    for i, word in enumerate(("least", "most")):
        parts = tuple(pair[i] for pair in pairs)
        found.append(
            Figure(
                f"{legal.id}.law.at-{word}",
                f"People who could lawfully be sent on {legal.on}: at {word}",
                sum(float(part.value) for part in parts if isinstance(part.value, int | float)),
                "people",
                formula,
                parts,
                note="; ".join(dict.fromkeys(part.note for part in parts if part.note)),
            )
        )
    return found[0], found[1]


def verdict(legal: Legal, group: str, part: StageLaw, of: law.AssumedVerdict) -> Figure:
    """What one route says of one part of a group."""
    inputs = tuple(rule_of_finding(f) for f in of.real.findings)
    title = route_title(legal, of.real.route)
    return making.say(
        f"{legal.id}.law.{group}.{part.stage}.{part.mix.replace(' ', '-')}.{of.real.route}",
        f"{legal.title(group)}, {part.mix}: {title}",
        of.real.status,
        f"the worst of what the route's conditions say by the law of {legal.on}",
        inputs,
        _words(of.real),
    )


def assumed(real: Figure, of: law.AssumedVerdict) -> Figure | None:
    """The same verdict if the assumed gates were open; None where none of them is on this route."""
    if not of.assumed:
        return None
    gates = tuple(Gate(gate, of.reasons[gate]) for gate in of.assumed)
    return making.say(
        f"{real.id}.assumed",
        f"{real.title}, as assumed",
        of.effective.status,
        "the same with the assumed powers open",
        (real, *gates),
    )


def takes(real: Figure, of: law.AssumedVerdict) -> Figure | None:
    """How long it takes until all is had that the verdict's route still needs; None where it needs
    nothing, and where something bars it, which has no day on which it opens."""
    line = law.timeline(of.real)
    if not line.words or of.real.status == "barred":
        return None
    unsettled = of.real.status == "unsettled"
    told = [
        f"{f.gate_id}: {f.delay.low} to {f.delay.high} d ({f.delay.source})"
        for f in line.known
        if f.delay is not None
    ]
    return making.say(
        f"{real.id}.takes",
        f"{real.title}: how long what it needs takes",
        f"{line.words}; what is unsettled has no day" if unsettled else line.words,
        "the delays of everything that the route still needs, one after the other",
        tuple(rule_of_finding(f) for f in (*line.known, *line.unknown)),
        "; ".join(told),
    )


def dates(legal: Legal) -> str:
    """The day whose law is asked and the day people are sent from, with the gates of the routes
    asked whose law changes between the two."""
    sent = legal.agreement.from_
    if sent == legal.on:
        return f"People are sent from {sent}, the day whose law is asked."
    found = {
        gate
        for group in legal.groups
        for part in group.parts
        for of in part.routes
        for gate in law.changed(
            legal.ensemble.scn.routes[of.real.route], part.facts, legal.on, sent
        )
    }
    told = f"The law asked is that of {legal.on}; people are sent from {sent}."
    if found:
        told += f" Between the two the law changes at {', '.join(sorted(found))}."
    return told


def tables(legal: Legal) -> tuple[Table, ...]:
    """How many people, and why: one row for each group and route."""
    if not legal.agreement.routes:
        return ()
    number: list[tuple[Cell, ...]] = []
    keys: list[str] = []
    for group in legal.groups:
        for route in routes(legal):
            least, most = bounds(legal, group.group, route)
            more = assumed_most(legal, group, route)
            shown = legal.heads[group.group].figure if route == ANY else None
            name, way = legal.title(group.group), route_title(legal, route)
            number.append((name, way, shown, least, most, more))
            keys.append(route)
    least, most = totals(legal)
    number.append(("Everybody eligible", route_title(legal, ANY), None, least, most, None))
    keys.append(ANY)
    return (
        Table(
            f"{legal.id}.law-people",
            f"How many people could lawfully be sent, by the law of {legal.on}",
            ("Group", "Route", "People there", "At least", "At most", "At most, if assumed"),
            tuple(number),
            "At least: permitted without more. At most: permitted, or once something named is had, "
            "or where nobody has decided. Each end is the wider of the stock's stated range and of "
            "95 % of futures. Before selection, consent and the time left to serve. "
            f"{AS_IF} {dates(legal)}",
            keys=tuple(keys),
        ),
        Table(
            f"{legal.id}.law-verdicts",
            f"What the law of {legal.on} says, by group and route",
            (
                "Group",
                "Part",
                "Route",
                "Verdict",
                "As assumed",
                "Takes",
                "Why",
                "Citation",
                "Since",
                "Binds",
            ),
            tuple(_verdict_rows(legal)),
            "The verdict is the real law. What the agreement assumes stands beside it. Takes: days "
            "until everything the route still needs is had, one thing after the other; the "
            "simulation "
            "waits for the agreement's own delay, not for these. A star at a day: from general "
            "knowledge, to be verified. Decided: the day of a judgment after the day asked, which "
            f"says what the law was. {dates(legal)}",
        ),
    )


def _verdict_rows(legal: Legal) -> Iterator[tuple[Cell, ...]]:
    for group in legal.groups:
        for alike in _alike(group):
            part, of = alike[0]
            deciding = of.real.deciding
            real = verdict(legal, group.group, part, of)
            yield (
                legal.title(group.group),
                _mix(legal, [p for p, _ in alike]),
                route_title(legal, of.real.route),
                real,
                assumed(real, of),
                takes(real, of),
                _words(of.real) or "Nothing stands in the way.",
                "; ".join(dict.fromkeys(_cited(f) for f in deciding)),
                "; ".join(dict.fromkeys(_since(f) for f in deciding)),
                "; ".join(dict.fromkeys(binds_words(f.binds) for f in deciding)),
            )


_Said = tuple[StageLaw, law.AssumedVerdict]


def _alike(group: GroupLaw) -> list[list[_Said]]:
    """Parts of a group of which a route says the same, together, route by route."""
    found: dict[tuple[object, ...], list[_Said]] = {}
    order = [v.real.route for v in group.parts[0].routes] if group.parts else []
    for route in order:
        for part in group.parts:
            of = next(v for v in part.routes if v.real.route == route)
            said = (route, part.stage, of.real.status, of.effective.status, _words(of.real))
            found.setdefault(said, []).append((part, of))
    return list(found.values())


def _mix(legal: Legal, parts: list[StageLaw]) -> str:
    share = sum(part.share for part in parts)
    mix = "all" if share > 1 - 1e-9 else " or ".join(p.mix for p in parts)
    name = mix if mix == "all" else f"{mix} ({share * 100:.1f} %)"
    return f"{parts[0].stage}: {name}" if len(legal.agreement.eligible.stages) > 1 else name


def _words(real: law.Verdict) -> str:
    return " ".join(f.words for f in real.deciding)


def _since(finding: law.Finding) -> str:
    decided = f", decided {finding.declared.isoformat()}" if finding.declared else ""
    if finding.as_of is None:
        return f"undated{decided}"
    star = "*" if finding.as_of_grade == "assumption" else ""
    until = f" to {finding.until.isoformat()}" if finding.until is not None else ""
    return f"{finding.as_of.isoformat()}{star}{until}{decided}"


def _cited(finding: law.Finding) -> str:
    return f"{finding.citation} ({finding.said})" if finding.said else finding.citation


def mixes(legal: Legal, group: str) -> tuple[Input, ...]:
    """The group's mixes, where the law may have asked for them, and what is said of offences."""
    mixes = legal.basis.below(f"{legal.agreement.sending}.groups.{group}.shares")
    return (*mixes, *legal.basis.below("offences")) if mixes else ()


def _rules(group: GroupLaw, route: str) -> tuple[Input, ...]:
    found = {
        finding.gate_id: rule_of_finding(finding)
        for part in group.parts
        for of in part.routes
        for finding in of.real.findings
        if route in (ANY, of.real.route)
    }
    return tuple(found.values())


def _assumed(group: GroupLaw, route: str) -> set[str]:
    return {
        gate
        for part in group.parts
        for of in part.routes
        for gate in of.assumed
        if route in (ANY, of.real.route)
    }


def _key(route: str) -> str:
    return route.replace(" ", "-")


def rule_of_finding(finding: law.Finding) -> Rule:
    """What a gate says, as an input."""
    as_of = finding.as_of.isoformat() if finding.as_of else None
    binds = binds_words(finding.binds)
    return Rule(finding.gate_id, finding.words, finding.citation, finding.grade, as_of, binds)

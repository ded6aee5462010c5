"""Checks that every name used is a name defined: sources, groups, stages, facilities, systems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bedspace.exceptions import Problem
from bedspace.rules import discounting, law
from bedspace.rules.law import CUSTODY_STATUSES
from bedspace.scenario.checks import own_law
from bedspace.scenario.model.custody import WAYS_OUT
from bedspace.scenario.model.scenario import Scenario
from bedspace.scenario.reading.faults import advise, keys
from bedspace.scenario.reading.looking import each, entries, is_number, items, leaf, leaves, names
from bedspace.scenario.reading.nodes import problem
from bedspace.scenario.reading.trees import Leaf, Node, at


def check(tree: Node) -> Iterator[Problem]:
    """All names that lead nowhere."""
    known = names(tree, "sources")
    for node in each(tree, "source", but=("sources", "attributes", "shares", "law")):
        if isinstance(node, Leaf):
            yield from _unknown(node, known, "source", "sources")
    for key, mark, system in entries(tree, "systems"):
        if key in keys(Scenario):
            yield problem(
                mark,
                f"a system cannot be called {key!r}",
                "a path would be ambiguous: choose another name",
            )
        yield from _system(system)
    routes, open_ = own_law.routes(tree)
    for _, _, agreement in entries(tree, "agreements"):
        yield from _agreement(tree, agreement)
        yield from _law(agreement, routes, open_)
    for rate in leaves(tree, "discounting"):
        yield from _unknown(rate, discounting.rates(), "discount rate", "discount rates")


def compared(tree: Node) -> Iterator[Problem]:
    """A variant to compare that is not there. Asked of whole files only: what a run keeps of its
    scenario has no more than the variants it needs."""
    used = leaf(tree, "compared", "used")
    yield from _unknown(used, names(tree, "variants"), "variant", "variants")


def _unknown(node: Leaf | None, known: Iterable[str], what: str, kind: str) -> Iterator[Problem]:
    if node is not None and node.text.strip() not in known:
        yield problem(
            node.mark, f"the {what} {node.text!r} is not defined", advise(node.text, known, kind)
        )


def _system(system: Node) -> Iterator[Problem]:
    facilities = names(system, "facilities")
    pathways = names(system, "pathways")
    groups = names(system, "groups")
    elsewhere = leaf(system, "when_full", "elsewhere")
    yield from _unknown(elsewhere, facilities, "facility", "facilities")
    for key, mark, group in entries(system, "groups"):
        pathway = leaf(group, "pathway")
        yield from _unknown(pathway, pathways, "pathway", "pathways")
        if not [name for name in facilities if elsewhere is None or name != elsewhere.text]:
            yield problem(
                mark, f"the group {key!r} has nowhere to be held", "define facilities in its system"
            )
        yield from _placed(system, group)
        stock = at(group, "stock")
        if pathway is not None and pathway.text in pathways and not is_number(stock):
            stages = custody(system, pathway.text)
            for stage, where, _ in entries(stock):
                way = at(system, "pathways", pathway.text, stage) if stage in WAYS_OUT else None
                if stage in WAYS_OUT and at(way, "returns") is None:
                    yield problem(
                        where,
                        f"nobody comes back who is {stage}, so that nobody need be counted there",
                        f"put returns under {stage!r} on the pathway, or take it out of the stock",
                    )
                elif stage not in stages and stage not in WAYS_OUT:
                    yield problem(
                        where,
                        f"the stage {stage!r} is not on the pathway {pathway.text!r}",
                        advise(stage, stages, "stages"),
                    )
    for name, _, stages_of in entries(system, "pathways"):
        yield from _pathway(system, name, stages_of)
    yield from _early_release(system)
    for seen in items(system, "observed"):
        yield from _unknown(leaf(seen, "facility"), facilities, "facility", "facilities")
        yield from _unknown(leaf(seen, "group"), groups, "group", "groups")


def _early_release(system: Node) -> Iterator[Problem]:
    """Stages that are not there, or that a hearing ends, so that nobody can be let out early."""
    stages: dict[str, bool] = {}
    for name in names(system, "pathways"):
        for stage in custody(system, name):
            waits = at(system, "pathways", name, stage, "queue") is not None
            stages[stage] = stages.get(stage, False) or waits
    for named in leaves(system, "early_release", "stages"):
        yield from _unknown(named, stages, "stage", "stages")
        if stages.get(named.text):
            yield problem(
                named.mark,
                f"{named.text!r} ends with a hearing, so nobody can be let out of it early",
                "take it out of the list, or take the queue out of the stage",
            )


def _placed(system: Node, holder: Node) -> Iterator[Problem]:
    """Facilities of a group or a stage that are not there, or only hold people who wait."""
    elsewhere = leaf(system, "when_full", "elsewhere")
    for place in leaves(holder, "facilities"):
        yield from _unknown(place, names(system, "facilities"), "facility", "facilities")
        if elsewhere is not None and place.text == elsewhere.text:
            yield problem(
                place.mark,
                f"{place.text!r} holds people for want of a place, and nobody else",
                "take it out of the list, or out of when_full",
            )


def custody(system: Node, pathway: str) -> list[str]:
    """The stages of a pathway that are spent in custody."""
    return [key for key in names(system, "pathways", pathway) if key not in WAYS_OUT]


def _pathway(system: Node, pathway_id: str, pathway: Node) -> Iterator[Problem]:
    inside = custody(system, pathway_id)
    hearings = names(system, "hearings")
    for key, mark, stage in entries(pathway):
        if key in WAYS_OUT:
            yield from _unknown(leaf(stage, "returns", "to"), inside, "stage", "stages")
            continue
        if at(stage, "status") is None and key not in CUSTODY_STATUSES:
            yield problem(
                mark,
                f"the stage {key!r} does not say what its status is",
                f"add status: {' or '.join(CUSTODY_STATUSES)}",
            )
        for to, where, _ in entries(stage, "exits"):
            if to not in inside and to not in WAYS_OUT:
                yield problem(
                    where,
                    f"the exit {to!r} leads nowhere",
                    advise(to, [*inside, *WAYS_OUT], "stages and ways out"),
                )
        for way, where, _ in entries(stage, "risks"):
            if way not in WAYS_OUT:
                yield problem(
                    where, f"the risk {way!r} is no way out", advise(way, WAYS_OUT, "ways out")
                )
        first = leaf(stage, "sentence")
        yield from _unknown(first, inside, "stage", "stages")
        if first is not None and first.text == key:
            yield problem(
                first.mark, f"the sentence of {key!r} is its own", "name the stage it began in"
            )
        elif first is not None and at(pathway, first.text, "sentence") is not None:
            yield problem(
                first.mark,
                f"{first.text!r} goes on with the sentence of another stage itself",
                "name the stage where the sentence began",
            )
        yield from _unknown(leaf(stage, "ends_with"), inside, "stage", "stages")
        yield from _unknown(leaf(stage, "queue"), hearings, "hearing", "hearings")
        yield from _placed(system, stage)


def _agreement(tree: Node, agreement: Node) -> Iterator[Problem]:
    systems = names(tree, "systems")
    sending, receiving = leaf(agreement, "sending"), leaf(agreement, "receiving")
    yield from _unknown(sending, systems, "system", "systems")
    yield from _unknown(receiving, systems, "system", "systems")
    if sending and receiving and sending.text == receiving.text:
        yield problem(
            receiving.mark, f"{sending.text!r} both sends and receives", "name two systems"
        )
    elif receiving and receiving.text in systems:
        places = names(tree, "systems", receiving.text, "facilities")
        yield from _unknown(leaf(agreement, "facility"), places, "facility", "facilities")
    if sending is None or sending.text not in systems:
        return
    home = at(tree, "systems", sending.text)
    if home is None:
        return
    groups = names(home, "groups")
    stages: dict[str, None] = {}
    sure = True
    for group in leaves(agreement, "eligible", "groups"):
        yield from _unknown(group, groups, "group", "groups")
        pathway = leaf(home, "groups", group.text, "pathway")
        found = custody(home, pathway.text) if pathway is not None else []
        sure = sure and bool(found)
        stages |= dict.fromkeys(found)
    # With a group or a pathway unknown nobody can say which stages there are.
    for stage in leaves(agreement, "eligible", "stages") if sure else []:
        yield from _unknown(stage, stages, "stage", "stages")


def _law(agreement: Node, routes: law.Routes, open_: set[str]) -> Iterator[Problem]:
    """Routes and gates that do not exist. Nobody can say which gates those in `open_` have."""
    for route in leaves(agreement, "routes"):
        yield from _unknown(route, [*routes, *open_], "route", "routes")
    gates = law.gates(routes)
    for assumed in items(agreement, "assume"):
        gate = leaf(assumed, "gate")
        if gate is None or gate.text.partition("/")[0] in open_:
            continue
        yield from _unknown(gate, gates, "gate", "gates")
        if gate.text in gates and gates[gate.text].absolute:
            yield problem(
                gate.mark,
                f"{gate.text!r} is an absolute bar and cannot be assumed away",
                "take it out of assume",
            )

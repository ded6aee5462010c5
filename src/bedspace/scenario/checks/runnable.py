"""Checks that what is written can be run: somebody is in it, agreements lead to an open door, and
there is no more of anything than the engine takes."""

from __future__ import annotations

from collections.abc import Iterator

from bedspace.exceptions import Problem
from bedspace.scenario.reading.looking import day, entries, leaf, names
from bedspace.scenario.reading.nodes import problem
from bedspace.scenario.reading.trees import Branch, Node, at

MOST_NOUNS = 30_000
"""Most stages of groups, facilities and agreements: the engine's, which is not imported for it."""


def check(tree: Node) -> Iterator[Problem]:
    """All that no engine could run, and every agreement on places that nobody can be sent to."""
    systems = entries(tree, "systems")
    if systems and not any(names(system, "groups") for _, _, system in systems):
        yield problem(systems[0][1], "there is nobody in any system", "add groups to one of them")
    else:
        yield from _empty(tree)
    yield from _too_many(tree)
    for _, _, agreement in entries(tree, "agreements"):
        yield from _receives(tree, agreement)


def _empty(tree: Node) -> Iterator[Problem]:
    """Systems of which nothing is said that could be simulated or compared."""
    for name, mark, system in entries(tree, "systems"):
        if isinstance(system, Branch) and not {"groups", "facilities"} & names(system):
            wrong = f"the system {name!r} has neither groups nor facilities"
            yield problem(mark, wrong, "add some, or take the system out")


def _too_many(tree: Node) -> Iterator[Problem]:
    """More stages, facilities or agreements than a Plan has room for."""
    counts = {"stages of groups": 0, "facilities": 0, "agreements": len(names(tree, "agreements"))}
    for _, _, system in entries(tree, "systems"):
        counts["facilities"] += len(names(system, "facilities"))
        for _, _, group in entries(system, "groups"):
            pathway = leaf(group, "pathway")
            if pathway is not None:
                counts["stages of groups"] += len(names(system, "pathways", pathway.text))
    for what, count in counts.items():
        if count > MOST_NOUNS:
            wrong = f"there are {count} {what}, more than {MOST_NOUNS}"
            yield problem(tree.mark, wrong, "join those that do not differ")


def _receives(tree: Node, agreement: Node) -> Iterator[Problem]:
    """An agreement on places that nobody can be sent to."""
    system, facility = leaf(agreement, "receiving"), leaf(agreement, "facility")
    first, until = day(agreement, "from"), day(agreement, "until")
    if system is None or facility is None:
        return
    there = at(tree, "systems", system.text)
    place = at(there, "facilities", facility.text)
    waiting = leaf(there, "when_full", "elsewhere")
    if waiting is not None and waiting.text == facility.text and isinstance(place, Branch):
        wrong = f"{facility.text!r} holds people for want of a place, and nobody else"
        yield problem(facility.mark, wrong, "name another facility, or take it out of when_full")
    opens, closes = day(place, "opens"), day(place, "closes")
    if first and closes and closes[0] <= first[0]:
        wrong = f"{facility.text!r} closes on {closes[0]}, before the agreement begins"
        yield problem(facility.mark, wrong, "name a facility that is open in the term")
    elif until and opens and opens[0] >= until[0]:
        wrong = f"{facility.text!r} opens on {opens[0]}, when the agreement is over"
        yield problem(facility.mark, wrong, "name a facility that is open in the term")

"""Checks of where people are placed: distances and levels of security that are missing."""

from __future__ import annotations

from collections.abc import Iterator

from bedspace.exceptions import Problem
from bedspace.scenario.model.custody import WAYS_OUT
from bedspace.scenario.reading.faults import advise
from bedspace.scenario.reading.looking import entries, leaf, leaves, names
from bedspace.scenario.reading.nodes import problem
from bedspace.scenario.reading.trees import Leaf, Mark, Node, at, mark_at


def check(tree: Node) -> Iterator[Problem]:
    """Every group that cannot be placed as its system places people."""
    for _, _, system in entries(tree, "systems"):
        yield from _levels(system)
        placement = leaf(system, "placement")
        for key, mark, group in entries(system, "groups"):
            yield from _distances(system, group)
            if placement is not None and placement.text == "nearest":
                yield from _near(system, key, mark, group)
            yield from _secure(system, key, group)


def _levels(system: Node) -> Iterator[Problem]:
    """Levels named twice or not at all, and facilities without one."""
    placement, levels = leaf(system, "placement"), leaves(system, "security_levels")
    known = [level.text for level in levels]
    for i, level in enumerate(levels):
        if level.text in known[:i]:
            yield problem(level.mark, f"{level.text!r} is listed twice", "take one of them out")
    if not levels:
        if placement is not None and placement.text == "by-security":
            mend = "add security_levels, the lowest first, like [open, closed, high]"
            yield problem(placement.mark, "the system has no levels of security", mend)
        return
    for name, mark, facility in entries(system, "facilities"):
        given = leaf(facility, "security")
        if name != _elsewhere(system) and given is None:
            wrong = f"the facility {name!r} has no level of security"
            yield problem(mark, wrong, f"add security: {' or '.join(known)}")
        elif given is not None:
            yield from _known(given, known)


def _known(level: Leaf, known: list[str]) -> Iterator[Problem]:
    if level.text not in known:
        wrong = f"{level.text!r} is no level of security of this system"
        yield problem(level.mark, wrong, advise(level.text, known, "levels"))


def _distances(system: Node, group: Node) -> Iterator[Problem]:
    known = names(system, "facilities")
    for name, mark, _ in entries(group, "distances"):
        if name not in known:
            wrong = f"the facility {name!r} is not defined"
            yield problem(mark, wrong, advise(name, known, "facilities"))


def _near(system: Node, key: str, mark: Mark, group: Node) -> Iterator[Problem]:
    """Facilities where the group may be held, at a distance nobody gives."""
    given = names(group, "distances")
    if at(group, "distances") is not None:
        mark = mark_at(group, ["distances"], key=True)
    allowed = {name for listed in _lists(system, group).values() for name in listed}
    missing = sorted(allowed - given)
    if missing:
        yield problem(
            mark,
            f"the group {key!r} has no distance to {', '.join(missing)}",
            f"add distances: {{{missing[0]}: 40 km}}, or choose another placement",
        )


def _secure(system: Node, key: str, group: Node) -> Iterator[Problem]:
    """A level that does not exist, or that no facility of the group has."""
    needed = leaf(group, "security")
    known = [level.text for level in leaves(system, "security_levels")]
    if needed is None:
        return
    if not known:
        mend = "add security_levels, the lowest first, like [open, closed, high]"
        yield problem(needed.mark, "the system has no levels of security", mend)
        return
    yield from _known(needed, known)
    if needed.text not in known:
        return
    enough = set(known[known.index(needed.text) :])
    for stage, listed in _lists(system, group).items():
        levels = [leaf(system, "facilities", name, "security") for name in listed]
        if all(level is not None and level.text in known for level in levels) and not any(
            level is not None and level.text in enough for level in levels
        ):
            yield problem(
                needed.mark,
                f"no facility of the group {key!r}{stage} is secure enough: {', '.join(listed)}",
                f"add one of {' or '.join(sorted(enough, key=known.index))} to its list",
            )


def _lists(system: Node, group: Node) -> dict[str, list[str]]:
    """The facilities where a group may be held, each list by what it is for: a stage with a list of
    its own, or "" for the others."""
    known = names(system, "facilities")
    pathway = leaf(group, "pathway")
    stages = entries(system, "pathways", pathway.text) if pathway is not None else []
    found: dict[str, list[str]] = {}
    for key, _, stage in stages:
        own, of_group = leaves(stage, "facilities"), leaves(group, "facilities")
        listed = [place.text for place in own or of_group if place.text in known]
        if not own and not of_group:
            listed = sorted(name for name in known if name != _elsewhere(system))
        if key not in WAYS_OUT and listed:
            found[f" in the stage {key!r}" if own else ""] = listed
    return found


def _elsewhere(system: Node) -> str | None:
    waiting = leaf(system, "when_full", "elsewhere")
    return waiting.text if waiting is not None else None

"""Checks of stocks in one number: they are spread over stages as in a steady state, so that there
must be one."""

from __future__ import annotations

from collections.abc import Iterator

from bedspace.exceptions import Problem
from bedspace.scenario.checks.soundness import beginnings
from bedspace.scenario.model.custody import WAYS_OUT
from bedspace.scenario.reading.looking import entries, is_number, items, leaf, names, number
from bedspace.scenario.reading.nodes import problem
from bedspace.scenario.reading.trees import Node, at

SERVED = "give the time served, like {}: {{people: 100, served: {{fixed: 150 d}}}}"
"""How a stock is given whose law some never leave: by what it has served."""


def check(tree: Node) -> Iterator[Problem]:
    """Every stock in one number on a pathway that nobody leaves, or always comes back to."""
    for _, _, system in entries(tree, "systems"):
        for key, _, group in entries(system, "groups"):
            yield from _stock(system, key, group)


def _stock(system: Node, key: str, group: Node) -> Iterator[Problem]:
    """A stock in one number, to be spread as in a steady state that its pathway does not have."""
    stock, pathway = at(group, "stock"), leaf(group, "pathway")
    if stock is None or not is_number(stock) or pathway is None:
        return
    written = leaf(stock) or leaf(stock, "value")
    stages = {name: stage for name, _, stage in entries(system, "pathways", pathway.text)}
    inside = {name: stage for name, stage in stages.items() if name not in WAYS_OUT}
    leads = {name: _leads(stage, stages) for name, stage in inside.items()}
    if written is None or any(to and to not in inside for ways in leads.values() for to in ways):
        return  # what leads nowhere is reported as such
    reached = {_entry(stages)} & inside.keys()
    while more := {to for name in reached for to in leads[name] if to} - reached:
        reached |= more
    mend = "give the stock by stage, like {remand: 100, sentenced: 900}"
    forever = [name for name in inside if name in reached and endless(inside[name])]
    if forever:
        name = forever[0]
        if at(inside[name], "stay", "mixture") is not None:
            # By stage alone all would be of those who never leave: see `unlikely`.
            wrong = f"a stock cannot be spread over {name!r}, which some never leave"
            mend = f"{SERVED.format(name)}, or make a group of those who never leave"
        else:
            wrong = f"a stock cannot be spread over {name!r}, which nobody leaves"
        yield problem(written.mark, wrong, mend)
        return
    bounded = [name for name, stage in inside.items() if at(stage, "ends_with") is not None]
    if bounded:
        wrong = f"a stock cannot be spread over {bounded[0]!r}, which ends with a sentence"
        yield problem(written.mark, wrong, mend)
        return
    free = {name for name in reached if "" in leads[name]}
    while more := {name for name in reached if leads[name] & free} - free:
        free |= more
    if reached - free:
        wrong = f"the stock of {key!r} has no steady state: everybody returns for ever"
        yield problem(written.mark, wrong, mend)


def _leads(stage: Node, stages: dict[str, Node]) -> set[str]:
    """The stages that one leads to, through liberty too, and "" for an end of custody."""
    found: set[str] = set()
    exits = entries(stage, "exits")
    ways = [way for way, _, share in exits if (got := number(share, "share")) and got[0].value > 0]
    for way in [*(ways if exits else ["released"]), *names(stage, "risks")]:
        back = at(stages.get(way), "returns")
        share = number(back, "share", "share")
        if way not in WAYS_OUT:
            found.add(way)
        elif back is None or share is None or share[0].value < 1:
            found.add("")
        else:
            to = leaf(back, "to")
            found.add(to.text if to is not None else _entry(stages))
    return found


def _entry(stages: dict[str, Node]) -> str:
    """The stage where a pathway begins; "" where it has none."""
    return next(iter(beginnings(stages)), "")


def endless(stage: Node) -> bool:
    """Whether some people are never to leave a stage, not even by a risk."""
    risks = [number(value, "share/year") for _, _, value in entries(stage, "risks")]
    return _never(at(stage, "stay")) and not any(got and got[0].value > 0 for got in risks)


def _never(stay: Node | None) -> bool:
    parts = [at(part, "stay") for part in items(stay, "mixture") if not _unused(part)]
    return leaf(stay, "indefinite") is not None or any(_never(part) for part in parts)


def _unused(part: Node) -> bool:
    share = number(part, "share", "share")
    return share is not None and share[0].value == 0

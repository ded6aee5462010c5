"""Checks of planned releases: somebody can be let out on that day."""

from __future__ import annotations

from collections.abc import Iterator

from bedspace.exceptions import Problem
from bedspace.scenario.checks.references import custody
from bedspace.scenario.model.custody import WAYS_OUT, Admissions
from bedspace.scenario.model.scenario import Scenario
from bedspace.scenario.reading.faults import advise
from bedspace.scenario.reading.looking import day, entries, leaf, leaves, names
from bedspace.scenario.reading.nodes import problem
from bedspace.scenario.reading.trees import Mark, Node, at, mark_at


def check(tree: Node) -> Iterator[Problem]:
    """Every planned release outside the run, or from where nobody can be let out."""
    start, end = day(tree, "start"), day(tree, "end")
    for _, _, system in entries(tree, "systems"):
        for key, mark, planned in entries(system, "planned_releases"):
            on = day(planned, "on")
            if on and start and end and not start[0] <= on[0] < end[0]:
                yield problem(
                    on[1],
                    f"{on[0]} is outside the run from {start[0]} to {end[0]}",
                    "choose a day within start and end",
                )
            yield from _among(system, key, mark, planned)


def _among(system: Node, key: str, mark: Mark, planned: Node) -> Iterator[Problem]:
    """Groups and stages that are not there, that a hearing ends, or that lead to custody alone."""
    groups = [group.text for group in leaves(planned, "groups")]
    for group in leaves(planned, "groups"):
        if group.text not in names(system, "groups"):
            mend = advise(group.text, names(system, "groups"), "groups")
            yield problem(group.mark, f"the group {group.text!r} is not defined", mend)
    for what in ("groups", "stages"):
        given = leaves(planned, what)
        for i, one in enumerate(given):
            if one.text in [other.text for other in given[:i]]:
                yield problem(one.mark, f"{one.text!r} is listed twice", "take one of them out")
    if any(group not in names(system, "groups") for group in groups):
        return
    taken = [
        pathway.text
        for name, _, group in entries(system, "groups")
        if (name in groups or at(planned, "groups") is None)
        and (pathway := leaf(group, "pathway")) is not None
    ]
    known = {stage: None for name in taken for stage in custody(system, name)}
    if at(planned, "stages") is not None and not leaves(planned, "stages"):
        yield problem(mark, f"{key!r} names no stage", "name one, like stages: [sentenced]")
    for named in leaves(planned, "stages"):
        if named.text not in known:
            mend = advise(named.text, known, "stages")
            yield problem(named.mark, f"the stage {named.text!r} is not defined", mend)
            continue
        for name in taken:
            stage = at(system, "pathways", name, named.text)
            wrong = None if stage is None else _no_way_out(stage)
            if wrong is not None:
                yield problem(
                    named.mark, f"nobody can be let out of {named.text!r}: {wrong}", "take it out"
                )
                break


def _no_way_out(stage: Node) -> str | None:
    """Why nobody can be let out of a stage; None where they can."""
    if at(stage, "queue") is not None:
        return "it ends with a hearing"
    leads = names(stage, "exits")
    if leads and not leads & set(WAYS_OUT):
        return "it only leads to other stages"
    return None


def of_whole(scn: Scenario) -> Iterator[Problem]:
    """Planned releases of more people than can be there on the day: all are let out."""
    for system_id, system in scn.systems.items():
        for key, planned in system.planned_releases.items():
            if planned.people is None:
                continue
            chosen = planned.groups or tuple(system.groups)
            arriving = tuple(f"{system_id}.groups.{name}.admissions" for name in chosen)
            if any(path.startswith(arriving) for m in scn.measures.values() for path in m.set):
                continue  # how many a measure brings is not reckoned here
            groups = [system.groups[name] for name in chosen]
            most = 0.0
            for group in groups:
                stock = group.stock
                held = stock.values() if isinstance(stock, dict) else [stock] if stock else []
                most += sum(people.value for people in held)
                if group.admissions is not None:
                    most += _admitted(scn, group.admissions, (planned.on - scn.start).days + 1)
            if planned.people.value > most:
                steps = ("systems", system_id, "planned_releases", key, "people")
                yield problem(
                    mark_at(scn._origin.tree, steps),
                    f"{planned.people.value:.10g} people are to be let out by {key!r}, and only "
                    f"{most:.0f} are held before or admitted until then",
                    "all who are there are let out: correct the number, or take it out",
                )


def _admitted(scn: Scenario, admissions: Admissions, days: int) -> float:
    """About how many are admitted in the first days of the run, rather too many: what comes after
    the counts is taken to come all along; trend and season are left out."""
    if admissions.rate is not None:
        return admissions.rate.value * days
    counts = [count.value for _, count in admissions.points]
    after = admissions.then.value * days if admissions.then is not None else 0.0
    return after + (max(counts) if admissions.kind == "cumulative" else sum(counts))

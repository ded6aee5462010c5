"""Doubts about people and places: what can be run, and does not do what it seems to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from bedspace.exceptions import Problem
from bedspace.scenario.checks.stocks import SERVED, endless
from bedspace.scenario.model.custody import WAYS_OUT, Served
from bedspace.scenario.model.scenario import Scenario, Stage, Stay
from bedspace.scenario.reading.looking import entries, is_number, leaf, names, number
from bedspace.scenario.reading.nodes import problem
from bedspace.scenario.reading.trees import Mark, Node, at, mark_at
from bedspace.scenario.views import rented


def doubts(tree: Node) -> Iterator[Problem]:
    """Credit that can do nothing, and stocks in which nearly nobody ever leaves."""
    for _, _, system in entries(tree, "systems"):
        for _, _, pathway in entries(system, "pathways"):
            yield from _credit(pathway)
        for key, _, group in entries(system, "groups"):
            yield from _for_ever(system, key, group)


def of_whole(scn: Scenario) -> Iterator[Problem]:
    """People who have served longer than anybody stays, agreements outside the run, and rented
    places that the facility does not have."""
    yield from _outstayed(scn)
    yield from _longer_than_any(scn)
    for key, agreement in scn.agreements.items():
        first, end = agreement.from_, agreement.ended[0]
        if first >= scn.end or end <= scn.start:
            yield problem(
                _mark(scn, "agreements", key),
                f"the agreement {key!r} runs from {first} to {end}, wholly outside the run from "
                f"{scn.start} to {scn.end}",
                "nobody is sent and nothing is paid: correct its term, or start and end",
            )
    for system, facility in dict.fromkeys(
        (a.receiving, a.facility) for a in scn.agreements.values()
    ):
        yield from _beyond(scn, system, facility)


def _credit(pathway: Node) -> Iterator[Problem]:
    """Credit for days before a stage in which a spell begins: there are none."""
    led_to = {to for _, _, stage in entries(pathway) for to in names(stage, "exits")}
    for key, _, stage in entries(pathway):
        credit = number(stage, "share", "credit")
        if key not in WAYS_OUT and key not in led_to and credit and credit[0].value > 0:
            yield problem(
                credit[1],
                f"credit does nothing in {key!r}: no stage of the pathway comes before it, so that "
                "no day has been spent inside",
                "take it out, or let an earlier stage lead to this one",
            )


def _for_ever(system: Node, key: str, group: Node) -> Iterator[Problem]:
    """A stock by stage under a law that some never leave: in a census of it, all are such."""
    pathway, stock = leaf(group, "pathway"), at(group, "stock")
    if pathway is None or stock is None or is_number(stock):
        return
    for name, mark, held in entries(stock):
        stage = at(system, "pathways", pathway.text, name)
        if stage is not None and at(stage, "ends_with") is not None and at(stage, "stay") is None:
            yield problem(
                mark,
                f"all of the stock of {key!r} in {name!r} stay for ever: the sentence of those who "
                "are there at the start is not known, so nothing ends it",
                f"give {name!r} a stay: what is left of the sentence still ends it sooner",
            )
            continue
        mixed = at(stage, "stay", "mixture") is not None
        if stage is None or not mixed or at(held, "served") is not None or not endless(stage):
            continue
        yield problem(
            mark,
            f"all of the stock of {key!r} in {name!r} stay for ever: the stay has an indefinite "
            "part, and in the long run only those people are left to be found",
            f"{SERVED.format(name)}, or make a group of those who never leave",
        )


def _outstayed(scn: Scenario) -> Iterator[Problem]:
    for system_id, system in scn.systems.items():
        for key, group in system.groups.items():
            for name, held in group.stock.items() if isinstance(group.stock, dict) else ():
                stage = system.pathways[group.pathway].get(name)
                if not isinstance(held, Served) or stage is None or name in WAYS_OUT:
                    continue
                longest, served = _longest_in(stage), _longest(held.served)
                if longest is None or (served is not None and served <= longest):
                    continue
                who = "all" if _shortest(held.served) > longest else "some"
                steps = ("systems", system_id, "groups", key, "stock", name, "served")
                yield problem(
                    _mark(scn, *steps),
                    f"{who} of the stock of {key!r} have served longer than anybody stays in "
                    f"{name!r} ({longest:.10g} d): they leave on the first day",
                    "shorten what they have served, or lengthen the stay",
                )


def _longer_than_any(scn: Scenario) -> Iterator[Problem]:
    """Recalls, say, that are longer than any sentence with which they end."""
    for system_id, system in scn.systems.items():
        for name, pathway in system.pathways.items():
            for key, stage in pathway.items():
                begun = pathway[stage.ends_with] if stage.ends_with else None
                if begun is None or begun.stay is None or stage.stay is None:
                    continue
                longest, shortest = _longest(begun.stay), _inside(stage, _shortest(stage.stay))
                if longest is not None and shortest > longest:
                    yield problem(
                        _mark(scn, "systems", system_id, "pathways", name, key, "stay"),
                        f"nobody stays in {key!r} for {shortest:.10g} d: it ends with the sentence "
                        f"of {stage.ends_with!r}, which is {longest:.10g} d at most",
                        "shorten the stay, or take it out: people then stay to the sentence's end",
                    )


def _longest_in(stage: Stage) -> float | None:
    """The longest that anybody stays in a stage, in days; None where there is no such length."""
    longest = _longest(stage.stay) if stage.stay is not None else None
    return None if longest is None else _inside(stage, longest)


def _inside(stage: Stage, stay: float) -> float:
    """How many days of a stay are served in the stage."""
    factor = stage.share.value if stage.share else 1.0
    factor *= 1 - stage.good_time.value if stage.good_time else 1.0
    least = stage.minimum.value if stage.minimum else 0.0
    return min(stay, max(stay * factor, least))


def _longest(stay: Stay) -> float | None:
    if stay.fixed is not None:
        return stay.fixed.value
    if stay.quantiles is not None:
        return max(days.value for _, days in stay.points)
    ends = [_longest(part) for share, part in stay.parts if share.value > 0]
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) else None


def _shortest(stay: Stay) -> float:
    if stay.fixed is not None:
        return stay.fixed.value
    if stay.quantiles is not None:
        return stay.points[0][1].value
    parts = [_shortest(part) for share, part in stay.parts if share.value > 0]
    return min(parts, default=0.0)


def _beyond(scn: Scenario, system: str, name: str) -> Iterator[Problem]:
    """The first day on which more places of a facility are rented, by one agreement or by several
    together, than it has."""
    facility = scn.systems[system].facilities.get(name)
    if facility is None:
        return
    path = f"{system}.facilities.{name}.places"
    setting = sorted(
        (measure.begins(path), key, measure)
        for key, measure in scn.measures.items()
        if path in measure.set
    )
    lets = {
        key: (one, rented.places(scn, key))
        for key, one in scn.agreements.items()
        if (one.receiving, one.facility) == (system, name)
        and one.from_ < scn.end
        and one.ended[0] > scn.start
    }
    days = {day for _, steps in lets.values() for day, _ in steps}
    days |= {day for day, _, _ in setting}
    days |= {day for day in (facility.closes, *(m.ends for _, _, m in setting)) if day}
    for day in sorted(days):
        has = facility.places.value
        for begins, _, measure in setting:
            if begins <= day and (measure.ends is None or day < measure.ends):
                has = measure.set[path].value
        if not _open(facility.opens, facility.closes, day):
            has = 0.0
        now = {
            key: rented.on(steps, day)
            for key, (one, steps) in lets.items()
            if one.from_ <= day < one.ended[0]
        }
        if sum(now.values()) > has:
            last = max(now, key=lambda key: lets[key][0].from_)
            total = sum(now.values())
            wrong = f"{total} places are rented on {day} in {name!r}, which has {has:.10g}"
            if len(now) > 1:
                wrong += f": by {' and '.join(map(repr, now))} together"
            yield problem(
                mark_at(scn._origin.tree, ["agreements", last, "places"]),
                wrong,
                "no more people are held there than fit in: rent fewer places or add some",
            )
            return


def _open(opens: dt.date | None, closes: dt.date | None, day: dt.date) -> bool:
    return (opens is None or opens <= day) and (closes is None or day < closes)


def _mark(scn: Scenario, *steps: str) -> Mark:
    return mark_at(scn._origin.tree, steps, key=True)

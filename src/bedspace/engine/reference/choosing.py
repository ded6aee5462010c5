"""Which place, which person: what the reference engine asks. Nothing here changes the world."""

from __future__ import annotations

import math

from bedspace.engine.plan import Place, Release, Stage, Transfer
from bedspace.engine.prepare import of_2_32
from bedspace.engine.reference.luck import by_risk, draw, leads_out
from bedspace.engine.reference.world import Person, World, filed, number


def who(w: World, person: Person) -> tuple[int, int, int]:
    """Who a person is, to order people whose draws are equal."""
    return number(w, person.cohort), person.arrived, person.ordinal


def choose_place(w: World, stage: Stage, moving: bool) -> Place | None:
    """The place that the stage's rule chooses; None if all are full and people are held elsewhere,
    or turned away, which happens to nobody in custody already (`moving`)."""
    if stage.rule == "in-order":
        for name in stage.places:
            if w.held[name] < w.capacity[name]:
                return w.places[name]
    best = min(stage.places, key=lambda name: load(w, name))  # among equals the first
    turned_away = stage.when_full == "divert" and not moving
    if w.held[best] >= w.capacity[best] and (turned_away or stage.when_full == "elsewhere"):
        return None
    return w.places[best]


def load(w: World, place: str) -> float:
    """People in a place to each that it has room for."""
    return w.held[place] / w.capacity[place] if w.capacity[place] > 0 else math.inf


def all_full(w: World, stage: Stage) -> bool:
    """Whether none of a stage's places has room."""
    return all(w.held[name] >= w.capacity[name] for name in stage.places)


def room(w: World, place: str) -> int:
    """Free places, also in what the place lies within."""
    around = filter(None, (place, w.places[place].within))
    return min(w.capacity[name] - w.held[name] for name in around)


def may_leave_early(w: World, person: Person) -> bool:
    """Whether the end of the person's stay is near enough and leads out of custody, and today is a
    day on which people are let out."""
    if by_risk(person) or person.due - w.day > person.stage.early:
        return False
    return leads_out(w, person) and w.day not in w.closed[person.stage.name]


def eligible(w: World, person: Person, transfer: Transfer) -> bool:
    """Whether the transfer's rules and the person's own fixed draws let them be sent today."""
    if w.day < max(transfer.first, person.entered) + transfer.delay:
        return False
    if person.due - w.day < transfer.min_remaining:
        return False
    selected, consenting, blocked, _ = draw(w, person, "transfer", transfer.name, spell=0)
    allowed = dict(zip(transfer.stages, transfer.allowed, strict=False))
    not_sent = 1 - (1 - transfer.blocked) * allowed.get(person.stage.name, 1.0)
    return (
        selected < of_2_32(transfer.selected)
        and consenting < of_2_32(transfer.consenting)
        and blocked >= of_2_32(not_sent)
    )


def to_release(w: World, planned: Release) -> list[tuple[Person, list[Person]]]:
    """Whom a planned release lets out, each with the page that they are on. Whoever waits for a
    place, having come up today, is on none."""
    found = []
    for pages in (*(w.ends[name] for name in planned.stages), *w.away.values()):
        for person, page in filed(pages):
            if person.stage.name in planned.stages and person.due - w.day <= planned.within:
                key = {"soonest": person.due, "longest": person.entered, "lot": 0}[planned.first]
                own = draw(w, person, "release", planned.name)[0]
                found.append((key, own, *who(w, person), person, page))
    return [(person, page) for *_, person, page in sorted(found)[: planned.people]]

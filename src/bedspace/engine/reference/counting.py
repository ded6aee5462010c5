"""The count at the end of a day."""

from __future__ import annotations

from collections import Counter

from bedspace.engine.reference.world import World, number


def count(w: World) -> None:
    """Count everybody at the end of the day."""
    out = w.out
    pages = [page for by_day in (*w.ends.values(), *w.away.values()) for page in by_day.values()]
    lines = (*w.waiting.values(), *w.joining.values())
    people = Counter(
        (person.stage.name, person.place.name if person.place else None)
        for some in (*pages, *lines)
        for person in some
    )
    for (stage_name, place_name), n in people.items():
        stage = number(w, w.stages[stage_name])
        out.stages[w.day, stage] += n
        if place_name is not None:
            place = number(w, w.places[place_name])
            out.population[w.day, place] += n
            out.person_days[w.period, stage, place] += n
    for i, queue in enumerate(w.plan.queues):
        length = len(w.waiting[queue.name]) + len(w.joining[queue.name])
        out.waiting[w.day, i] = length
        out.waited[w.period, i] += length
    for i, where in enumerate(w.plan.places):
        out.over[w.period, i] += max(0, w.held[where.name] - w.capacity[where.name])

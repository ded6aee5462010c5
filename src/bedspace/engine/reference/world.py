"""The reference engine's world: a person, and who is where on one day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bedspace.engine.outcome import Outcome
from bedspace.engine.plan import Change, Cohort, Exit, Place, Plan, Queue, Stage, Transfer
from bedspace.engine.prepare import Prepared
from bedspace.engine.stays import LawOfStay
from bedspace.engine.steps import value_on

Noun = Cohort | Stage | Place | Queue | Transfer

Pages = dict[int, list["Person"]]
"""People by the day on which something is due, in the order in which they were filed there."""


@dataclass(eq=False)
class Person:
    """Somebody in the system. Cohort, day and ordinal say who; no two people are equal."""

    cohort: Cohort
    arrived: int  # the day; -1: there from the start
    ordinal: int  # which of the cohort's people of that day
    stage: Stage
    spell: int = 0  # times in custody before
    entered: int = 0  # day of entering the stage
    due: int = 0  # day on which it ends
    hour: int = 0  # part of that day, of 256, at which it ends
    way: int = 0  # by which of the stage's exits it ends, or of its risks, which follow the exits
    luck: int = 0  # own position in the law of the stay: a word of 32 bits
    dither: int = 0  # own position within a day, of 256: turns a stay into whole days
    credit: int = 0  # days inside in this spell before the present stage
    place: Place | None = None  # where they are held
    transfer: Transfer | None = None  # by which they are held there
    moving: bool = False  # needs a place, and is in custody already: is never turned away


@dataclass
class World:
    """Who is where on one day, and what is in force. Everything is looked up by its name."""

    plan: Plan
    out: Outcome
    key: tuple[int, int]  # seed and replicate: the key of all draws
    stages: dict[str, Stage]
    places: dict[str, Place]
    stay: dict[str, LawOfStay]  # by stage, the law of the stay now in force
    exits: dict[str, tuple[Exit, ...]]  # by stage, the shares of its exits now in force
    closed: dict[str, frozenset[int]]  # by stage, the days on which it lets nobody out
    dated: dict[str, list[Change]]  # by stage, its changes by day of admission, in order
    numbers: dict[tuple[type, str], int]  # by kind and name, the row in an Outcome
    ends: dict[str, Pages]  # by stage, whose stay in it ends when
    away: dict[str, Pages]  # by transfer, who comes home when, or leaves from there
    waiting: dict[str, list[Person]]  # by queue, first come first
    joining: dict[str, list[Person]]  # by queue, since it was last served
    at_risk: dict[tuple[str, int], list[tuple[Person, int, Stage]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    """By queue and day: whom a risk reaches if they still wait in that spell and stage."""
    fractions: dict[tuple[type, str], float] = field(default_factory=lambda: defaultdict(float))
    """By queue or transfer, the part of a person kept for tomorrow."""
    held: Counter[str] = field(default_factory=Counter)
    """By place, people held in it and in the places within it."""
    seekers: list[Person] = field(default_factory=list)
    """Who needs a place today, in the order in which they came up."""
    trace: list[tuple[int, ...]] = field(default_factory=list)
    events: int = 0
    day: int = 0
    period: int = 0
    capacity: dict[str, int] = field(default_factory=dict)  # by place, today


def new_world(plan: Plan, drawn: Prepared, out: Outcome) -> World:
    """A world with nobody in it, on day 0."""
    nouns: tuple[Sequence[Noun], ...] = (
        plan.stages,
        plan.places,
        plan.cohorts,
        plan.queues,
        plan.transfers,
    )
    w = World(
        plan=plan,
        out=out,
        key=(int(drawn.key[0]), int(drawn.key[1])),
        stages={stage.name: stage for stage in plan.stages},
        places={place.name: place for place in plan.places},
        stay={stage.name: stage.stay for stage in plan.stages},
        exits={stage.name: stage.exits for stage in plan.stages},
        closed={stage.name: frozenset(stage.no_release_on) for stage in plan.stages},
        dated={stage.name: by_admission(plan, stage) for stage in plan.stages},
        numbers={(type(one), one.name): i for kind in nouns for i, one in enumerate(kind)},
        ends={stage.name: defaultdict(list) for stage in plan.stages},
        away={transfer.name: defaultdict(list) for transfer in plan.transfers},
        waiting={queue.name: [] for queue in plan.queues},
        joining={queue.name: [] for queue in plan.queues},
    )
    begin_day(w, 0)
    return w


def by_admission(plan: Plan, stage: Stage) -> list[Change]:
    """The changes of a stage that go by the day of admission, in the order of their days."""
    found = [c for c in plan.changes if c.stage == stage.name and c.reach == "admitted"]
    return sorted(found, key=lambda change: (change.day, change.name))


def begin_day(w: World, day: int) -> None:
    """Turn to a day: its period, and the places that there are."""
    w.day = day
    w.period = sum(first <= day for first in w.plan.periods) - 1
    w.capacity = {place.name: int(value_on(place.capacity, day)) for place in w.plan.places}


def number(w: World, noun: Noun) -> int:
    """The noun's number in an Outcome: its place in the order of names."""
    return w.numbers[type(noun), noun.name]


def file(w: World, pages: Pages, day: int, person: Person) -> None:
    """Put a person under the day on which something is due. One page takes all that is due after
    the plan's last day."""
    pages[min(max(day, w.day), w.plan.days)].append(person)


def filed(pages: Pages) -> Iterator[tuple[Person, list[Person]]]:
    """Everybody in some pages, each with the page that they are on."""
    return ((person, page) for page in pages.values() for person in page)


def take_all(pages: Pages) -> list[Person]:
    """Take everybody out, in the order of the days on which they are due."""
    everybody = [person for day in sorted(pages) for person in pages[day]]
    pages.clear()
    return everybody


def occupy(w: World, person: Person, place: Place) -> None:
    """Hold somebody in a place."""
    person.place = place
    for name in filter(None, (place.name, place.within)):
        w.held[name] += 1


def vacate(w: World, person: Person) -> None:
    """Let somebody's place go, if they have one, and the transfer that they were held under."""
    if person.place is not None:
        for name in filter(None, (person.place.name, person.place.within)):
            w.held[name] -= 1
    person.place = person.transfer = None


def note(w: World, person: Person) -> None:
    """Write down where the person is now."""
    place = -1 if person.place is None else number(w, person.place)
    _write(w, person, number(w, person.stage), place)


def note_gone(w: World, person: Person) -> None:
    """Write down that the person is in custody no more, nor at liberty to return."""
    _write(w, person, -1, -1)


def _write(w: World, person: Person, stage: int, place: int) -> None:
    who = (number(w, person.cohort), person.arrived, person.ordinal, person.spell)
    w.trace.append((w.day, *who, stage, place))

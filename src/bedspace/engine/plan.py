"""A Plan: everything one replicate needs to know, in seven nouns.

A *Cohort* is a source of people, a *Stage* a custody status of one group, a *Place* somewhere
people are held, a *Queue* something they wait for, a *Transfer* a way from one place to another
under conditions, a *Change* a new law for a stage from a given day on, a *Release* a day on which
people are let out before their time. Time is whole days, day 0 is the first; nothing here knows a
calendar or a country.

Plans are canonical: the things of each noun stand in the order of their names, and a Plan in which
they do not is refused. So the order in which a user declared things changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from bedspace.engine.stays.law import LawOfStay
from bedspace.engine.steps import Steps


@dataclass(frozen=True)
class Exit:
    """One way out of a stage: `to` names the next Stage, None leaves custody for good."""

    cause: str
    share: float
    to: str | None = None


@dataclass(frozen=True)
class Risk:
    """A way out that may come at any time: a constant `rate` per day, so it knows no memory.

    `to` is as for an Exit. In an Outcome's `exits` the risks follow the exits of their stage.
    """

    cause: str
    rate: float
    to: str | None = None


@dataclass(frozen=True)
class Cohort:
    """A source of people, all entering `stage`.

    `size` people are there when day 0 begins (a stock: long stays are over-represented, as in a
    census of a steady population, and a random part of each is served); `rate` arrive per day, on
    day 0 too (a flow). `spread` says how a flow's daily counts fall: "poisson" draws them, "even"
    keeps the running total within half a person of the cumulative rate (for counts that were
    observed, not drawn).
    `dispersion` is the variance of the drawn counts over their mean: 1 is Poisson, more is a
    negative binomial. `served` is the law of the time a stock has served already, where known.
    """

    name: str
    stage: str
    size: int = 0
    rate: Steps = ()
    spread: str = "poisson"
    dispersion: float = 1.0
    served: LawOfStay | None = None


@dataclass(frozen=True)
class Stage:
    """A custody status of one group: how long it lasts, where it leads, where it is served.

    `inside` stages hold a place; the others (at liberty, waiting to return) do not. A stage that
    is not inside lasts at least one day and leaving it starts a new spell. People are held in one
    of `places`, which `rule` chooses: "least-full" (lowest occupied / capacity; among equals the
    first listed) or "in-order" (the first listed that has room). When none has room, `when_full`
    "crowd" takes the one with the lowest occupied / capacity, "divert" turns away whoever arrives
    from outside (a stock, people coming home and people moving between stages are crowded in),
    "elsewhere" holds them in the place `elsewhere`, however full, until there is room: longest in
    the stage first. With a `queue`, the stay lasts at least one day, and whoever has finished it
    waits for the queue before leaving.

    `early` lets people out for want of places: while somebody who needs one of `places` finds them
    all full, whoever is held there and soonest at the end of a stay goes, if at most `early` days
    of it are left in their own stage and it leads out of custody.

    `risks` compete with the stay: whichever comes first ends the stage, and whoever waits in the
    queue stays at risk. `luck` names another stage whose draw this stay shares, so that two stages
    can be parts of one sentence. `credit` is the share of the days already spent inside in this
    spell that is taken off the stay.

    `no_release_on` are days on which the end of a stay lets nobody out of custody, ascending, some
    of them perhaps after the plan's last day. Whoever is due on one leaves on the last other day
    before it (`instead` "before"), or, where that is before they entered, and with "after", on the
    next other day. Nobody is let out early on them either.

    A sentence may outlive the release. `whole` is the law of all of the sentence that begins in
    this stage, read at the luck of the stay, which is the part that is served. A later stage that
    `ends_with` this one ends when that sentence ends, if not before: days inside count towards it
    (of those before it began, the share `credit`), and so do days in a stage at liberty that
    `counts` (in one that does not, the sentence stands still). Such a stage at liberty, on licence,
    is then left by its last exit, which leads out for good. Stages that end with a sentence have
    stays of their own luck, unless `luck` names the sentence's. A stock found in one is not
    bounded: nobody knows its sentences.
    """

    name: str
    stay: LawOfStay
    exits: tuple[Exit, ...]
    inside: bool = True
    places: tuple[str, ...] = ()
    rule: str = "least-full"
    when_full: str = "crowd"
    elsewhere: str | None = None
    queue: str | None = None
    early: int = 0
    risks: tuple[Risk, ...] = ()
    luck: str | None = None
    credit: float = 0.0
    no_release_on: tuple[int, ...] = ()
    instead: str = "before"
    whole: LawOfStay | None = None
    ends_with: str | None = None
    counts: bool = True


@dataclass(frozen=True)
class Place:
    """Somewhere people are held. `capacity` in whole people by day; `within` names the Place whose
    room it shares (places kept for others within a prison). A Transfer looks at the room of both,
    the `rule` of a stage only at that of the inner one."""

    name: str
    capacity: Steps
    within: str | None = None


@dataclass(frozen=True)
class Queue:
    """Something people wait for, served first come first served; those who join on one day by their
    own draw. `served` is people per day: fractions accumulate, a whole service that nobody uses is
    lost."""

    name: str
    served: Steps


@dataclass(frozen=True)
class Transfer:
    """Moves people of `stages` into place `to` from day `first` until day `end` (exclusive).

    A person may be sent when the stay will last at least `min_remaining` days more and `delay`
    days have passed since the later of `first` and entering the stage. One fixed draw each per
    person and transfer decides selection (`selected` share), consent (`consenting` share) and
    whether it is stopped (`blocked` share, after the share of each of `stages` that may be sent at
    all, `allowed`; none given: everybody); when more may go than there is room, or than `per_day`
    lets, the person's own priority draw decides. Nobody is sent who waits in a queue. `home_before`
    days before the stay ends the person is brought back, to a place of their stage; with 0, they
    leave from where they are (or come back to wait, if the stage has a queue). At `end` everybody
    is: `at_end` "return" gives them a place of their stage, "leave" ends their custody (counted
    under `transfers`, not `exits`).
    """

    name: str
    to: str
    stages: tuple[str, ...]
    first: int
    end: int
    min_remaining: int = 1
    allowed: tuple[float, ...] = ()
    selected: float = 1.0
    consenting: float = 1.0
    blocked: float = 0.0
    per_day: float = 1e9
    delay: int = 0
    home_before: int = 0
    at_end: str = "return"


@dataclass(frozen=True)
class Release:
    """Lets people of `stages` out of custody on `day`, before their stay ends.

    Of those who have at most `within` days left, `people` go, or all if there are fewer. `first`
    says who: "soonest" (nearest to the end of the stay), "longest" (in the stage) or "lot"; among
    equals their own draw decides. They leave by the way by which they would have left if it leads
    out of custody. Whoever would have gone on to another stage in it, or been reached by a risk,
    takes one of the ways that do, by the shares in force. With `final` nobody returns: only ways
    that lead out for good are taken. Whoever needs a place on that day is not among them.
    """

    name: str
    day: int
    stages: tuple[str, ...]
    people: int = 1 << 30
    within: int = 1 << 30
    first: str = "soonest"
    final: bool = False


@dataclass(frozen=True)
class Change:
    """From `day` on, `stage` has a new stay and/or new shares of its exits (where they lead stays).

    Reach "new" touches only people who enter the stage from that day; "inside" puts the law then
    in force over those already there too: their own position in the old one is read in it, counted
    from the day they entered. Those who already wait in the queue are not touched. Reach "admitted"
    touches only those who were admitted on that day or later, whenever they enter the stage: their
    present time in custody began then (or, back from licence, the sentence did). All who came
    before keep the law before. What began is known by the days that count (`credit`).
    """

    name: str
    day: int
    stage: str
    stay: LawOfStay | None = None
    exits: tuple[Exit, ...] | None = None
    reach: str = "new"


@dataclass(frozen=True)
class Plan:
    """The whole instruction for a replicate over days 0 .. `days` - 1.

    `periods` are the first days of the reporting periods (months, say), the first is 0.
    """

    days: int
    cohorts: tuple[Cohort, ...]
    stages: tuple[Stage, ...]
    places: tuple[Place, ...]
    queues: tuple[Queue, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    changes: tuple[Change, ...] = ()
    periods: tuple[int, ...] = (0,)
    releases: tuple[Release, ...] = ()

"""Random small Plans with every noun in them, for hypothesis; and how to read an Outcome's trace.

Numbers are drawn as whole hundredths: hypothesis then spreads them evenly, while its floats crowd
at the ends of their range and make dull Plans in which nothing ever happens.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from bedspace.engine import (
    Change,
    Cohort,
    Exit,
    Outcome,
    Place,
    Plan,
    Queue,
    Release,
    Risk,
    Stage,
    Transfer,
    stays,
)

DAYS = st.integers(30, 120)


def number(low: float, high: float) -> st.SearchStrategy[float]:
    return st.integers(round(100 * low), round(100 * high)).map(lambda n: n / 100)


@st.composite
def laws_of_stay(draw: st.DrawFn, depth: int = 0) -> stays.LawOfStay:
    kinds = ["lognormal", "exponential", "weibull", "fixed", "gamma", "never", "piecewise"]
    kinds += ["empirical", "scaled", "mixture", "at least"]
    kind = draw(st.sampled_from(kinds[: 11 if depth == 0 else 8]))
    mean = draw(st.one_of(number(5, 30), number(0.2, 2), number(20, 60)))
    match kind:
        case "fixed":
            return stays.Fixed(mean)
        case "exponential":
            return stays.Exponential(mean)
        case "lognormal":
            return stays.Lognormal(mean, draw(number(0, 2)))
        case "weibull":
            return stays.Weibull(mean, draw(number(0.5, 3)))
        case "gamma":  # few shapes: a gamma's table takes long to make
            return stays.Gamma(mean, draw(st.sampled_from([0.5, 2.0])))
        case "never":
            return stays.Never()
        case "piecewise":
            first, then = draw(number(0, 0.3)), draw(number(0.01, 0.3))
            return stays.Piecewise(((mean, first), (math.inf, then)))
        case "empirical":
            return stays.Empirical(((0.0, 0.0), (0.5, mean), (1.0, 3 * mean)))
        case "scaled":
            return stays.Scaled(draw(laws_of_stay(depth=1)), draw(number(0, 2)))
        case "at least":
            return stays.AtLeast(draw(laws_of_stay(depth=1)), draw(number(0, 1)), mean)
        case _:
            share = draw(number(0, 1))
            return stays.Mixture(
                ((share, draw(laws_of_stay(depth=1))), (1 - share, draw(laws_of_stay(depth=1))))
            )


@st.composite
def shares(draw: st.DrawFn, n: int) -> list[float]:
    parts = [draw(st.integers(0, 10)) for _ in range(n)]
    parts[0] += not sum(parts)
    return [part / sum(parts) for part in parts]


def steps(draw: st.DrawFn, days: int, value: st.SearchStrategy[float]) -> tuple:
    later = draw(st.lists(st.integers(1, days), unique=True, max_size=2).map(sorted))
    return tuple((day, draw(value)) for day in [0, *later])


def _stages(draw: st.DrawFn, held_in: list[str], queues: list[Queue]) -> list[Stage]:
    """A pathway: stages lead ahead or out; some are at liberty and lead back to the first."""
    names = [f"stage-{i}" for i in range(draw(st.sampled_from([3, 2, 4, 1, 5])))]
    stages = []
    for i, name in enumerate(names):
        outside = i > 0 and draw(st.integers(0, 3)) == 0
        ahead = (
            [*names[i + 1 :], None]
            if not outside
            else [names[0], names[i - 1], *names[i + 1 : i + 2], None]
        )
        targets = draw(st.lists(st.sampled_from(ahead), min_size=1, max_size=3))
        parts = draw(shares(len(targets)))
        ways = enumerate(zip(parts, targets, strict=True))
        exits = tuple(Exit(f"way-{k}", share, to) for k, (share, to) in ways)
        sentence = draw(st.sampled_from([*[s.name for s in stages if s.whole is not None], None]))
        if outside:
            if sentence is not None:
                exits = (*exits, Exit("sentence over", 0.0))
            runs = draw(st.booleans())
            law = draw(laws_of_stay())
            stages.append(Stage(name, law, exits, inside=False, ends_with=sentence, counts=runs))
            continue
        full = draw(st.sampled_from(["crowd", "divert", "elsewhere"]))
        queue = draw(st.sampled_from([*[q.name for q in queues], None])) if not sentence else None
        luck = draw(st.sampled_from([sentence, None])) if sentence else _luck(draw, stages)
        begins = sentence is None and luck is None and draw(st.booleans())
        closed = () if queue else draw(_days_without_releases)
        stages.append(
            Stage(
                name,
                draw(laws_of_stay()),
                exits,
                places=tuple(
                    draw(st.lists(st.sampled_from(held_in), min_size=1, max_size=3, unique=True))
                ),
                rule=draw(st.sampled_from(["least-full", "in-order"])),
                when_full=full,
                elsewhere="police cells" if full == "elsewhere" else None,
                queue=queue,
                early=0 if queue else draw(st.sampled_from([0, 5, 0, 20])),
                risks=_risks(draw, ahead),
                luck=luck,
                credit=0.0 if sentence else draw(st.sampled_from([0.0, 0.5, 1.0])),
                no_release_on=closed,
                instead=draw(st.sampled_from(["before", "after"])),
                whole=draw(laws_of_stay()) if begins else None,
                ends_with=sentence,
            )
        )
    return stages


_days_without_releases = st.one_of(
    st.just(()),
    st.integers(0, 6).map(lambda first: tuple(d for d in range(140) if (d + first) % 7 > 4)),
    st.sets(st.integers(0, 130), min_size=1, max_size=60).map(lambda days: tuple(sorted(days))),
)
"""None, weekends, or any."""


def _risks(draw: st.DrawFn, ahead: list) -> tuple[Risk, ...]:
    """Deaths, escapes, or moves to a stage ahead: none, one or two."""
    rates = draw(st.lists(number(0.01, 0.1), max_size=2))
    return tuple(
        Risk(f"risk-{k}", rate, draw(st.sampled_from([None, *ahead])))
        for k, rate in enumerate(rates)
    )


def _luck(draw: st.DrawFn, before: list[Stage]) -> str | None:
    """Perhaps a stage before this one that has a draw of its own."""
    own = [stage.name for stage in before if stage.luck is None and stage.ends_with is None]
    return draw(st.sampled_from([None, *own]))


def _transfers(draw: st.DrawFn, days: int, stages: list[Stage], rented: list[str]) -> list:
    transfers = []
    for i in range(draw(st.integers(1, 2)) if rented else 0):
        to = draw(st.sampled_from(rented))
        apart = [stage.name for stage in stages if stage.inside and to not in stage.places]
        if not apart:
            continue
        first = draw(st.integers(-5, days // 3))
        back = draw(st.sampled_from([1, 0, 3, 0, 6]))
        taken = draw(st.lists(st.sampled_from(apart), min_size=min(2, len(apart)), unique=True))
        transfers.append(
            Transfer(
                f"agreement-{i}",
                to,
                tuple(sorted(taken)),
                first,
                first + draw(st.integers(10, days)),
                min_remaining=back + draw(st.sampled_from([1, 2, 7])),
                allowed=draw(
                    st.sampled_from([(), (0.6,) * len(taken), (1.0, *[0.0] * (len(taken) - 1))])
                ),
                selected=draw(number(0.4, 1)),
                consenting=draw(number(0.6, 1)),
                blocked=draw(st.sampled_from([0.0, 0.3])),
                per_day=draw(st.sampled_from([1e9, 2.5, 0.4])),
                delay=draw(st.sampled_from([0, 2, 0, 15])),
                home_before=back,
                at_end=draw(st.sampled_from(["return", "leave"])),
            )
        )
    return transfers


reaches = st.sampled_from(["inside", "new"])


def _changes(draw: st.DrawFn, days: int, stages: list[Stage]) -> list[Change]:
    changes = []
    dated = {stage.name for stage in stages if draw(st.integers(0, 3)) == 0}
    for i in range(draw(st.sampled_from([1, 0, 2, 3]))):
        stage = draw(st.sampled_from([s for s in stages if s.inside or s.ends_with is None]))
        parts = draw(shares(len(stage.exits)))
        exits = tuple(Exit(e.cause, part, e.to) for e, part in zip(stage.exits, parts, strict=True))
        what = draw(st.sampled_from(["stay", "exits", "both"]))
        changes.append(
            Change(
                f"measure-{i}",
                draw(st.integers(0, days)),
                stage.name,
                stay=None if what == "exits" else draw(laws_of_stay()),
                exits=None if what == "stay" else exits,
                reach="admitted" if stage.name in dated else draw(reaches),
            )
        )
    return changes


def _releases(draw: st.DrawFn, days: int, stages: list[Stage]) -> tuple[Release, ...]:
    """Amnesties from stages that nobody waits in and that lead out of custody."""
    inside = {stage.name for stage in stages if stage.inside}
    out = {stage.name: [e.to for e in stage.exits if e.to not in inside] for stage in stages}
    free = [stage for stage in stages if stage.inside and not stage.queue and out[stage.name]]
    found = []
    for i in range(draw(st.sampled_from([0, 1, 2])) if free else 0):
        among = draw(st.lists(st.sampled_from(free), min_size=1, max_size=2, unique=True))
        found.append(
            Release(
                f"amnesty-{i}",
                draw(st.integers(0, days - 1)),
                tuple(sorted(stage.name for stage in among)),
                people=draw(st.sampled_from([3, 10, 1 << 30])),
                within=draw(st.sampled_from([1 << 30, 20, 5])),
                first=draw(st.sampled_from(["soonest", "longest", "lot"])),
                final=all(None in out[stage.name] for stage in among) and draw(st.booleans()),
            )
        )
    return tuple(found)


def canonical(
    days: int,
    *nouns: list,
    periods: tuple[int, ...] = (0,),
    releases: tuple[Release, ...] = (),
) -> Plan:
    """The Plan of these cohorts, stages, places, queues, transfers, changes in any order."""
    in_order = [tuple(sorted(some, key=lambda noun: noun.name)) for some in nouns]
    return Plan(days, *in_order, periods=periods, releases=releases)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A Plan of up to a few hundred people in which everything may bind at once."""
    days = draw(DAYS)
    prisons = [f"prison-{i}" for i in range(draw(st.integers(1, 3)))]
    rented = [f"rented-{i}" for i in range(draw(st.sampled_from([1, 2, 0])))]
    room = st.integers(0, 60).map(lambda n: (n + 30) % 61)  # simplest: 30
    places = [Place(name, steps(draw, days, room)) for name in [*prisons, "abroad"]]
    for name in rented:
        within = draw(st.sampled_from([None, "abroad"]))
        places.append(
            Place(name, steps(draw, days, st.integers(0, 25).map(lambda n: 25 - n)), within)
        )
    places.append(Place("police cells", ((0, 5),)))
    queues = [
        Queue(f"court-{i}", ((0, draw(number(0.1, 8))), *steps(draw, days, number(0, 8))[1:]))
        for i in range(draw(st.integers(0, 2)))
    ]
    # Mostly at home; now and then with the receiving system's own people, or in rented places.
    stages = _stages(draw, [*prisons, *prisons, "abroad", *rented[:1]], queues)
    names = [stage.name for stage in stages]
    inside = [stage.name for stage in stages if stage.inside]
    outside = [stage.name for stage in stages if not stage.inside]
    flows = [
        Cohort(
            f"flow-{i}",
            draw(st.sampled_from([*inside, *names])),
            rate=steps(draw, days, number(0, 4).map(lambda x: round((x + 2) % 4.01, 2))),
            spread=draw(st.sampled_from(["poisson", "even"])),
            dispersion=draw(st.sampled_from([1.0, 2.5])),
        )
        for i in range(draw(st.integers(1, 2)))
    ]
    stocks = [
        Cohort(
            f"stock-{i}",
            draw(st.sampled_from([*names, *outside, *outside])),
            size=draw(st.integers(0, 80).map(lambda n: (n + 30) % 81)),
            served=draw(st.sampled_from([None, stays.Exponential(20), stays.Fixed(900)])),
        )
        for i in range(draw(st.integers(0, 2)))
    ]
    transfers = _transfers(draw, days, stages, [*rented, "abroad"] if rented else [])
    changes = _changes(draw, days, stages)
    releases = _releases(draw, days, stages)
    periods = draw(st.lists(st.integers(1, days - 1), unique=True, max_size=4))
    return canonical(
        days,
        [*flows, *stocks],
        stages,
        places,
        queues,
        transfers,
        changes,
        periods=(0, *sorted(periods)),
        releases=releases,
    )


class Move(NamedTuple):
    """One row of a trace, by name; `stage` and `place` None: none."""

    day: int
    spell: int
    stage: str | None
    place: str | None


def lives(plan: Plan, outcome: Outcome) -> dict[tuple[str, int, int], list[Move]]:
    """Everybody's moves in the order in which they were made, by (cohort, day arrived, ordinal)."""
    found: dict[tuple[str, int, int], list[Move]] = {}
    for day, cohort, arrived, ordinal, spell, stage, place in outcome.trace.tolist():
        person = (plan.cohorts[cohort].name, arrived, ordinal)
        found.setdefault(person, []).append(
            Move(
                day,
                spell,
                plan.stages[stage].name if stage >= 0 else None,
                plan.places[place].name if place >= 0 else None,
            )
        )
    return found


def timings(plan: Plan, outcome: Outcome) -> dict[tuple[str, int, int], list[tuple]]:
    """Everybody's stages, with the day of entering, wherever they were held."""
    result = {}
    for person, moves in lives(plan, outcome).items():
        one: list[tuple] = []
        for move in moves:
            if not one or (move.spell, move.stage) != one[-1][1:]:
                one.append((move.day, move.spell, move.stage))
        result[person] = one
    return result


def recount(plan: Plan, outcome: Outcome) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """People at the end of each day by stage (days x stages) and by stage and place (days x stages
    x places), counted from the trace alone."""
    by_stage = np.zeros((plan.days, len(plan.stages)), dtype=np.int64)
    by_both = np.zeros((plan.days, len(plan.stages), len(plan.places)), dtype=np.int64)
    rows = outcome.trace
    rows = rows[np.lexsort((np.arange(len(rows)), *rows[:, [3, 2, 1]].T))]
    same = np.zeros(len(rows), dtype=bool)
    same[1:] = (rows[1:, 1:4] == rows[:-1, 1:4]).all(axis=1)
    for which, shift, sign in ((slice(None), 0, 1), (same, -1, -1)):
        day = rows[which, 0]
        stage, place = np.roll(rows, -shift, axis=0)[which][:, 5:7].T
        known = stage >= 0
        np.add.at(by_stage, (day[known], stage[known]), sign)
        held = known & (place >= 0)
        np.add.at(by_both, (day[held], stage[held], place[held]), sign)
    return by_stage.cumsum(axis=0), by_both.cumsum(axis=0)

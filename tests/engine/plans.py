"""Random small Plans with every noun in them, for hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

from bedspace.engine import Change, Cohort, Exit, Place, Plan, Queue, Stage, Transfer, laws

DAYS = st.integers(20, 120)


def days_float(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high, allow_nan=False).map(lambda x: round(x, 2))


@st.composite
def stays(draw: st.DrawFn, depth: int = 0) -> laws.Law:
    kinds = ["fixed", "exponential", "lognormal", "weibull", "never", "scaled", "mixture"]
    kind = draw(st.sampled_from(kinds[: 7 if depth == 0 else 5]))
    mean = draw(days_float(0.2, 60))
    match kind:
        case "fixed":
            return laws.Fixed(mean)
        case "exponential":
            return laws.Exponential(mean)
        case "lognormal":
            return laws.Lognormal(mean, draw(days_float(0, 2)))
        case "weibull":
            return laws.Weibull(mean, draw(days_float(0.5, 3)))
        case "never":
            return laws.Never()
        case "scaled":
            return laws.Scaled(draw(stays(depth=1)), draw(days_float(0, 2)))
        case _:
            share = draw(days_float(0, 1))
            return laws.Mixture(
                ((share, draw(stays(depth=1))), (1 - share, draw(stays(depth=1))))
            )


@st.composite
def shares(draw: st.DrawFn, n: int) -> list[float]:
    parts = [draw(st.integers(0, 10)) for _ in range(n)]
    parts[0] += not sum(parts)
    return [part / sum(parts) for part in parts]


def steps(draw: st.DrawFn, days: int, value: st.SearchStrategy[float]) -> tuple:
    later = draw(st.lists(st.integers(1, days), unique=True, max_size=2).map(sorted))
    return tuple((day, draw(value)) for day in [0, *later])


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A Plan of up to a few hundred people in which everything may bind at once."""
    days = draw(DAYS)
    prisons = [f"prison-{i}" for i in range(draw(st.integers(1, 4)))]
    rented = [f"rented-{i}" for i in range(draw(st.integers(0, 2)))]
    room = st.integers(0, 60)
    places = [Place(name, steps(draw, days, room)) for name in prisons]
    for name in rented:
        within = draw(st.sampled_from([None, "abroad"]))
        places.append(Place(name, steps(draw, days, st.integers(0, 25)), within))
    places.append(Place("abroad", steps(draw, days, room)))

    queues = [
        Queue(f"court-{i}", ((0, draw(days_float(0.1, 8))), *steps(draw, days, days_float(0, 8))[1:]))
        for i in range(draw(st.integers(0, 2)))
    ]
    n = draw(st.integers(1, 5))
    names = [f"stage-{i}" for i in range(n)]
    stages = []
    for i, name in enumerate(names):
        outside = i > 0 and draw(st.integers(0, 3)) == 0
        ahead = [*names[i + 1 :], None] if not outside else [names[0], names[i - 1], None]
        targets = draw(st.lists(st.sampled_from(ahead), min_size=1, max_size=3))
        parts = draw(shares(len(targets)))
        exits = tuple(
            Exit(f"way-{k}", share, to)
            for k, (share, to) in enumerate(zip(parts, targets, strict=True))
        )
        if outside:
            stages.append(Stage(name, draw(stays()), exits, inside=False))
            continue
        held = draw(st.lists(st.sampled_from(prisons), min_size=1, unique=True))
        stages.append(
            Stage(
                name,
                draw(stays()),
                exits,
                places=tuple(held),
                rule=draw(st.sampled_from(["least-full", "in-order"])),
                when_full=draw(st.sampled_from(["crowd", "divert"])),
                queue=draw(st.sampled_from([None, None, *[q.name for q in queues]])),
            )
        )
    inside = [stage.name for stage in stages if stage.inside]
    cohorts = [
        Cohort(
            f"flow-{i}",
            draw(st.sampled_from(inside)),
            rate=steps(draw, days, days_float(0, 4)),
            spread=draw(st.sampled_from(["poisson", "even"])),
        )
        for i in range(draw(st.integers(0, 3)))
    ] + [
        Cohort(f"stock-{i}", draw(st.sampled_from(names)), size=draw(st.integers(0, 80)))
        for i in range(draw(st.integers(0, 2)))
    ]
    transfers = []
    for i, to in enumerate(rented):
        first = draw(st.integers(-5, days))
        back = draw(st.integers(0, 6))
        transfers.append(
            Transfer(
                f"agreement-{i}",
                to,
                tuple(sorted(draw(st.lists(st.sampled_from(inside), min_size=1, unique=True)))),
                first,
                first + draw(st.integers(1, days)),
                min_remaining=back + draw(st.integers(1, 10)),
                selected=draw(days_float(0.3, 1)),
                consenting=draw(days_float(0.5, 1)),
                blocked=draw(days_float(0, 0.4)),
                per_day=draw(st.sampled_from([0.4, 2.5, 1e9])),
                delay=draw(st.integers(0, 15)),
                home_before=back,
                at_end=draw(st.sampled_from(["return", "leave"])),
            )
        )
    by_name = {stage.name: stage for stage in stages}
    changes = []
    for i in range(draw(st.integers(0, 3))):
        stage = by_name[draw(st.sampled_from(names))]
        parts = draw(shares(len(stage.exits)))
        exits = tuple(
            Exit(e.cause, part, e.to) for e, part in zip(stage.exits, parts, strict=True)
        )
        what = draw(st.sampled_from(["stay", "exits", "both"]))
        changes.append(
            Change(
                f"measure-{i}",
                draw(st.integers(0, days)),
                stage.name,
                stay=None if what == "exits" else draw(stays()),
                exits=None if what == "stay" else exits,
                reach=draw(st.sampled_from(["new", "inside"])),
            )
        )

    def sort(nouns: list) -> tuple:
        return tuple(sorted(nouns, key=lambda noun: noun.name))

    periods = draw(st.lists(st.integers(1, days - 1), unique=True, max_size=4))
    return Plan(
        days,
        sort(cohorts),
        sort(stages),
        sort(places),
        sort(queues),
        sort(transfers),
        sort(changes),
        (0, *sorted(periods)),
    )

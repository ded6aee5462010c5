"""Every table, as read back from Parquet, against plain loops over the same Outcome."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bedspace.results import parquet
from bedspace.results.frames import concatenate
from bedspace.results.schema import TABLES
from bedspace.results.tables import BUILDERS, EVENTS, Member
from tests.results.made import START, member

MEMBERS = [
    member(3, draws={"a.b": 0.25, "c's": 1e-300}),
    member(4, rented=False),
    member(5, draws={"c's": 2.5}),
]
Row = tuple[Any, ...]


def written(table: str, members: list[Member], path: Path) -> list[Row]:
    con = parquet.connect()
    frame = concatenate([BUILDERS[table](m) for m in members])
    parquet.write(con, TABLES[table], frame, path / "x.parquet")
    relation = con.sql(f"SELECT * FROM read_parquet('{path / 'x.parquet'}')")
    assert [(c, str(t)) for c, t in zip(relation.columns, relation.types, strict=True)] == [
        (c.name, c.type) for c in TABLES[table].columns
    ]
    rows = relation.fetchall()
    assert len(rows) == len(frame)
    return rows


def place_words(name: str) -> tuple[str, str, str | None]:
    system, rest = name.split("/")
    facility, _, agreement = rest.partition("@")
    return system, facility, agreement or None


def months(m: Member) -> Iterator[tuple[int, dt.date, list[int]]]:
    """Number, first day of the calendar month, and day numbers of each period."""
    ends = [*m.plan.periods[1:], m.plan.days]
    for t, (first, end) in enumerate(zip(m.plan.periods, ends, strict=True)):
        date = START + dt.timedelta(first)
        yield t, date.replace(day=1), list(range(first, end))


def population(m: Member) -> Iterator[Row]:
    for d in range(m.plan.days):
        for p, place in enumerate(m.plan.places):
            yield (
                m.number,
                START + dt.timedelta(d),
                *place_words(place.name),
                m.outcome.population[d, p],
            )


def stages(m: Member) -> Iterator[Row]:
    for _, month, days in months(m):
        for s, stage in enumerate(m.plan.stages):
            daily = [int(m.outcome.stages[d, s]) for d in days]
            yield (m.number, month, *stage.name.split("/"), sum(daily) / len(days), daily[-1])


def person_days(m: Member) -> Iterator[Row]:
    for t, month, _ in months(m):
        for s, stage in enumerate(m.plan.stages):
            for p, place in enumerate(m.plan.places):
                if n := m.outcome.person_days[t, s, p]:
                    yield m.number, month, *stage.name.split("/"), *place_words(place.name), n


def flows(m: Member) -> Iterator[Row]:
    for t, month, _ in months(m):
        for c, cohort in enumerate(m.plan.cohorts):
            system, group, stage = cohort.stage.split("/")
            if n := m.outcome.arrivals[t, c]:
                yield m.number, month, system, group, "", stage, "admission", n
        for s, stage in enumerate(m.plan.stages):
            for x, exit in enumerate(stage.exits):
                to = exit.cause if exit.to is None else exit.to.split("/")[2]
                if n := m.outcome.exits[t, s, x]:
                    yield m.number, month, *stage.name.split("/"), to, exit.cause, n
        for s, stage in enumerate(m.plan.stages):
            if n := m.outcome.diverted[t, s]:
                yield m.number, month, *stage.name.split("/"), "diverted", "diverted", n
        for s, stage in enumerate(m.plan.stages):
            gone = [t.name.startswith("let-go") for t in m.plan.transfers]
            if n := sum(m.outcome.transfers[t, a, s, 2] for a, go in enumerate(gone) if go):
                yield (
                    m.number,
                    month,
                    *stage.name.split("/"),
                    "agreement-ended",
                    "agreement-ended",
                    n,
                )


CAPACITY = {  # on 31 January (day 11), 28 February (day 39) and 5 March (day 44)
    "alpha/north": [100, 80, 70],
    "beta/tower": [60, 60, 60],
    "beta/tower@lease": [20, 20, 20],
}


def early(m: Member) -> Iterator[Row]:
    for t, month, _ in months(m):
        for s, stage in enumerate(m.plan.stages):
            if n := m.outcome.early[t, s]:
                days = m.outcome.remitted[t, s]
                yield m.number, month, *stage.name.split("/"), n, days


def places(m: Member) -> Iterator[Row]:
    for t, month, days in months(m):
        for p, place in enumerate(m.plan.places):
            daily = [int(m.outcome.population[d, p]) for d in days]
            yield (
                m.number,
                month,
                *place_words(place.name),
                CAPACITY[place.name][t],
                sum(daily) / len(days),
                m.outcome.over[t, p],
            )


def headroom(m: Member) -> Iterator[Row]:
    """One facility a system here, so the system's row says what the facility's does."""
    for _, month, days in months(m):
        for p, name in enumerate(["alpha/north", "beta/tower"]):
            free, full, short = [], [], 0
            for d in days:
                held = int(m.outcome.population[d, p])
                if p == 1 and len(m.plan.places) == 3:
                    held += int(m.outcome.population[d, 2])  # lent to others
                room = (100 if d < 39 else 80 if d < 42 else 70) if p == 0 else 60
                free.append(max(room - held, 0))
                short += max(held - room, 0)
                full += [START + dt.timedelta(d)] if held >= room else []
            first = full[0] if full else None
            told = (sum(free) / len(days), len(full), first, first, short)
            for facility in (None, name.split("/")[1]):
                yield m.number, month, name.split("/")[0], facility, *told


def transfers(m: Member) -> Iterator[Row]:
    for t, month, _ in months(m):
        for a, transfer in enumerate(m.plan.transfers):
            for s, stage in enumerate(m.plan.stages):
                for e, event in enumerate(EVENTS):
                    if n := m.outcome.transfers[t, a, s, e]:
                        yield m.number, month, transfer.name, *stage.name.split("/"), event, n


def queues(m: Member) -> Iterator[Row]:
    for t, month, days in months(m):
        for q, queue in enumerate(m.plan.queues):
            yield (
                m.number,
                month,
                queue.name,
                m.outcome.waiting[days[-1], q],
                m.outcome.served[t, q],
                m.outcome.waited[t, q],
            )


def draws(m: Member) -> Iterator[Row]:
    for path, value in m.draws.items():
        yield m.number, path, value


ORACLES: list[Callable[[Member], Iterator[Row]]] = [
    population,
    stages,
    person_days,
    flows,
    early,
    places,
    headroom,
    transfers,
    queues,
    draws,
]


def test_every_table_has_a_builder_and_an_oracle() -> None:
    assert list(TABLES) == list(BUILDERS) == [o.__name__ for o in ORACLES]


@pytest.mark.parametrize("oracle", ORACLES, ids=lambda o: o.__name__)
def test_rows(oracle: Callable[[Member], Iterator[Row]], tmp_path: Path) -> None:
    expected = [row for m in MEMBERS for row in oracle(m)]
    assert expected
    assert written(oracle.__name__, MEMBERS, tmp_path) == expected


@pytest.mark.parametrize("table", ["draws", "transfers"])
def test_a_table_without_rows_is_still_a_table(table: str, tmp_path: Path) -> None:
    assert written(table, [member(0, rented=False)], tmp_path) == []


def test_events_have_the_order_of_the_engine() -> None:
    from bedspace.engine import outcome

    assert EVENTS.index("sent") == outcome.SENT
    assert EVENTS.index("home") == outcome.HOME
    assert EVENTS.index("ended") == outcome.ENDED
    assert EVENTS.index("out") == outcome.OUT

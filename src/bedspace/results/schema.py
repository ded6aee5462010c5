"""The tables of a run, as data: names, columns in order, DuckDB types, meaning.

`member` counts from 0; a `month` is written as its first day, whichever day the run begins on.
A `holder` is the system whose facility holds the person; `system` beside a group is the group's
own. `agreement` is NULL for a system's own places.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column: its DuckDB type and what a value means, with the unit."""

    name: str
    type: str
    meaning: str


@dataclass(frozen=True)
class Table:
    """One table of a run. `rows` says which rows exist, and in what order they are written."""

    name: str
    columns: tuple[Column, ...]
    rows: str


MEMBER = Column("member", "INTEGER", "member of the ensemble, from 0")
DAY = Column("day", "DATE", "the day; counts are taken at its end")
MONTH = Column("month", "DATE", "first day of the calendar month")
SYSTEM = Column("system", "VARCHAR", "system the place belongs to")
OWN_SYSTEM = Column("system", "VARCHAR", "system the group belongs to")
FACILITY = Column("facility", "VARCHAR", "facility")
AGREEMENT = Column("agreement", "VARCHAR", "agreement the places are rented under, NULL: own")
GROUP = Column("group_name", "VARCHAR", "group; SQL keeps the word `group` for itself")
STAGE = Column("stage", "VARCHAR", "stage of the group's pathway")


def _table(name: str, rows: str, *columns: Column) -> Table:
    return Table(name, columns, rows)


_ALL = (
    _table(
        "population",
        "every day and place, zeros included; by member, day, place",
        MEMBER,
        DAY,
        SYSTEM,
        FACILITY,
        AGREEMENT,
        Column(
            "people",
            "INTEGER",
            "people held at the end of the day; a facility's own row "
            "leaves out those in places rented within it",
        ),
    ),
    _table(
        "stages",
        "every month and stage, stages at liberty included; by member, month, stage",
        MEMBER,
        MONTH,
        OWN_SYSTEM,
        GROUP,
        STAGE,
        Column("people_average", "DOUBLE", "mean of the month's end-of-day counts"),
        Column("people_end", "INTEGER", "people in the stage at the end of the month's last day"),
    ),
    _table(
        "person_days",
        "rows above zero; by member, month, stage, place",
        MEMBER,
        MONTH,
        OWN_SYSTEM,
        GROUP,
        STAGE,
        Column("holder", "VARCHAR", "system whose facility holds them"),
        FACILITY,
        AGREEMENT,
        Column("person_days", "BIGINT", "days spent there in the month, summed over people"),
    ),
    _table(
        "flows",
        "rows above zero; by member, month: admissions, exits, people turned away, people whose "
        "custody ended with an agreement. A stage's count at the end of a month is the one before "
        "plus all to it, less all from it",
        MEMBER,
        MONTH,
        OWN_SYSTEM,
        GROUP,
        Column("stage_from", "VARCHAR", "stage left; empty for an admission"),
        Column("stage_to", "VARCHAR", "stage entered, or the way out of custody"),
        Column(
            "cause",
            "VARCHAR",
            "admission, the exit's cause, diverted (turned away: no place), "
            "agreement-ended (let go because an agreement ended), "
            "sentence-over (at liberty, no longer to be recalled)",
        ),
        Column("people", "INTEGER", "people who moved in the month"),
    ),
    _table(
        "early",
        "rows above zero; by member, month, stage: people let out before their stay ended, who "
        "stand in flows too",
        MEMBER,
        MONTH,
        OWN_SYSTEM,
        GROUP,
        STAGE,
        Column(
            "people",
            "INTEGER",
            "people let out in the month, for want of places or by a planned release",
        ),
        Column("days_remitted", "BIGINT", "days of their stays that were left, summed over people"),
    ),
    _table(
        "places",
        "every month and place; by member, month, place",
        MEMBER,
        MONTH,
        SYSTEM,
        FACILITY,
        AGREEMENT,
        Column(
            "capacity",
            "INTEGER",
            "places on the month's last day, whole places; a facility's "
            "own row includes those rented within it",
        ),
        Column("occupied_average", "DOUBLE", "mean of the month's end-of-day counts, people"),
        Column("person_days_over", "BIGINT", "person-days above capacity"),
    ),
    _table(
        "headroom",
        "every month and facility, and before them all facilities of the system together; by "
        "member, month, system. Places rented to others are a facility's own; one that only holds "
        "people elsewhere has none for its system",
        MEMBER,
        MONTH,
        SYSTEM,
        Column("facility", "VARCHAR", "facility, NULL: all of the system"),
        Column("free_average", "DOUBLE", "mean of the month's end-of-day counts of free places"),
        Column("full_days", "INTEGER", "days of the month that ended without a free place"),
        Column("first_full", "DATE", "the first of these days, NULL: none"),
        Column(
            "first_refused",
            "DATE",
            "the first day that ended without a free place in all the facilities open to people of "
            "some stage, NULL: none; for a facility as `first_full`",
        ),
        Column(
            "place_days_short",
            "BIGINT",
            "person-days above capacity where people are held, and for a system those held "
            "elsewhere, in place-days",
        ),
    ),
    _table(
        "transfers",
        "rows above zero; by member, month, agreement, stage, event",
        MEMBER,
        MONTH,
        Column("agreement", "VARCHAR", "agreement the move is made under"),
        OWN_SYSTEM,
        GROUP,
        STAGE,
        Column(
            "event",
            "VARCHAR",
            "sent; home (brought back before release); ended (the "
            "agreement ended); out (left the stage or custody while away)",
        ),
        Column("people", "INTEGER", "people"),
    ),
    _table(
        "queues",
        "every month and queue; by member, month, queue",
        MEMBER,
        MONTH,
        Column("queue", "VARCHAR", "system/hearing"),
        Column("waiting_end", "INTEGER", "people waiting at the end of the month's last day"),
        Column("served", "INTEGER", "hearings held in the month"),
        Column("days_waited", "BIGINT", "days waited in the month, summed over people"),
    ),
    _table(
        "draws",
        "every number drawn for the member; by member, then in the scenario's order",
        MEMBER,
        Column("path", "VARCHAR", "path of the number; `agreements.X` alone: 1 in force, 0 not"),
        Column("value", "DOUBLE", "value drawn, in the number's base unit"),
    ),
)

TABLES: dict[str, Table] = {t.name: t for t in _ALL}

IMPACT = _table(
    "impact_population",
    "every day and system, scenario less baseline on the same people; by member, day, system",
    MEMBER,
    DAY,
    Column("system", "VARCHAR", "system whose facilities hold the people"),
    Column("people", "INTEGER", "people held in the scenario less those held in the baseline"),
)
"""What a comparison has beside the tables of its two runs."""

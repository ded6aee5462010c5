"""Reads the routes from data/routes/*.yaml, and refuses a rule that a lawyer could not stand by."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from bedspace.exceptions import BedspaceError
from bedspace.rules.law.model import STATUSES, Case, Gate, Route, Text
from bedspace.rules.law.questions import IN_WORDS, QUESTIONS
from bedspace.rules.reading import grade, names, need, read


@cache
def routes() -> dict[str, Route]:
    """Every route by its id, sorted."""
    found = [route(read(__package__, name), name) for name in names(__package__, "routes")]
    return {r.id: r for r in sorted(found, key=lambda r: r.id)}


def route(record: Any, where: str) -> Route:
    """A route from its record; raises BedspaceError naming the gate and what is wrong with it.

    A gate written `use: NAME` is the one of that name in data/shared.yaml.
    """
    record = need(record, where, {"id", "title", "summary", "gates"}, set())
    shared = read(__package__, "shared.yaml")
    gates = []
    for row in record["gates"]:
        if isinstance(row, dict) and row.keys() == {"use"}:
            if row["use"] not in shared:
                raise BedspaceError(f"{where}: no shared gate {row['use']!r}")
            row = shared[row["use"]] | {"id": row["use"]}
        gates.append(gate(row, record["id"]))
    ids = [g.id for g in gates]
    if not ids or len(set(ids)) < len(ids):
        raise BedspaceError(f"{where}: a route has gates, each with an id of its own")
    return Route(record["id"], record["title"], record["summary"].strip(), tuple(gates))


def gate(row: Any, route_id: str) -> Gate:
    """A gate from its record; its id is "route/gate". Raises BedspaceError."""
    where = f"{route_id}/{row.get('id', '?') if isinstance(row, dict) else '?'}"
    row = need(row, where, {"id", "title", "law"}, {"absolute", "before"})
    texts = tuple(_text(text, where) for text in row["law"])
    dates = [text.since or date.min for text in texts]
    if not texts or sorted(set(dates)) != dates:
        raise BedspaceError(f"{where}: its law has texts, oldest first, one a date")
    before = _case(row["before"], where, decides=True) if "before" in row else None
    return Gate(where, row["title"], row.get("absolute", False), texts, before)


def _text(row: Any, where: str) -> Text:
    row = need(
        row, where, {"since", "citation", "binds", "grade", "cases", "otherwise"}, {"since_grade"}
    )
    since = row["since"]
    if since is not None and type(since) is not date:
        raise BedspaceError(f"{where}: since is a date, or null for undated law")
    if not isinstance(row["citation"], str) or not row["citation"].strip() or not row["binds"]:
        raise BedspaceError(f"{where}: a gate cites its law and says whom it binds")
    return Text(
        since=since,
        since_grade=grade(row.get("since_grade", row["grade"]), where),
        citation=row["citation"],
        binds=tuple(row["binds"]),
        grade=grade(row["grade"], where),
        cases=tuple(_case(case, where) for case in row["cases"]),
        otherwise=_case(row["otherwise"], where, decides=True),
    )


def _case(row: Any, where: str, decides: bool = False) -> Case:
    """A case, or with `decides` what holds when no case fits: that is never "permitted", since a
    fact that nobody knows must not open a gate."""
    row = need(row, where, {"then", "because"} | (set() if decides else {"when"}), {"delay_days"})
    when = {} if decides else row["when"]
    if not decides and (not isinstance(when, dict) or not when):
        raise BedspaceError(f"{where}: a case asks at least one question")
    for name, answer in when.items():
        if name not in QUESTIONS:
            raise BedspaceError(f"{where}: no question {name!r}; there are {', '.join(QUESTIONS)}")
        if type(answer) is not (str if name in IN_WORDS else bool):
            raise BedspaceError(f"{where}: {name} cannot be answered {answer!r}")
    if row["then"] not in STATUSES or (decides and row["then"] == "permitted"):
        raise BedspaceError(f"{where}: {row['then']!r} cannot be the status here")
    return Case(when, row["then"], " ".join(row["because"].split()), row.get("delay_days"))

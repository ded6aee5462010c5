"""A route as a lawyer writes it, checked before a Route is made of it.

A record is maps, lists and texts. A rule that nobody could stand by (without its citation, without
anybody whom it binds, with a misspelt key) must never load: the key that a misspelt one was meant
to be would silently count as absent.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bedspace.exceptions import BedspaceError
from bedspace.rules.law.model import VERDICT_STATUSES, Case, Delay, Gate, Route, Text
from bedspace.rules.law.questions import answer_of, refusal
from bedspace.rules.reading import GRADES
from bedspace.rules.spelling import meant, nearest
from bedspace.rules.text import Parsed, Path

Shared = Mapping[str, Any]
"""Gates that routes take in with `use`, by name."""

ALWAYS = "non-refoulement"
"""The shared gate that no route may leave out."""

_ROUTE = ({"id", "title", "summary", "gates"}, set[str]())
_GATE = ({"id", "title", "law"}, {"absolute", "before"})
_TEXT = (
    {"since", "citation", "binds", "grade", "otherwise"},
    {"since_grade", "decided", "cases", "note", "address"},
)
_CASE = ({"when", "then", "because"}, {"delay"})
_OTHERWISE = ({"then", "because"}, {"delay"})
_DELAY = ({"low", "high", "source", "grade"}, set[str]())
_YES_NO = {"yes": True, "true": True, "no": False, "false": False}
_NOTHING = ("", "~", "null")
_DAYS = re.compile("[0-9]{1,6}")


@dataclass(frozen=True)
class Fault:
    """What is wrong in a record: the steps down to it, what it is, and how to mend it."""

    path: Path
    what: str
    mend: str


def faults(record: Any, shared: Shared) -> Iterator[Fault]:
    """Everything that is wrong with the record of a route."""
    yield from _keys(record, (), *_ROUTE)
    yield from _words(record, (), "id", "title", "summary")
    rows = _rows(record, "gates")
    if rows is None:
        yield from _not_a_list(record, (), "gates", "its gates, in order")
        return
    ids: set[str] = set()
    for i, row in enumerate(rows):
        here = ("gates", str(i))
        use = _use(row)
        if use is not None and use not in shared:
            yield Fault(
                (*here, "use"), f"there is no shared gate {use!r}", meant(use, sorted(shared))
            )
        if use is None:
            yield from _gate(row, here)
        name = use if use is not None else row.get("id") if isinstance(row, dict) else None
        if isinstance(name, str) and name in ids:
            yield Fault(here, f"the gate {name!r} is here twice", "give each an id of its own")
        if isinstance(name, str):
            ids.add(name)
    if ALWAYS not in ids:
        yield Fault(
            ("gates",),
            "the route does not ask about torture or persecution",
            f"add - use: {ALWAYS} to its gates",
        )


def made(record: Any, shared: Shared) -> Route:
    """The Route of a record that has no faults."""
    gates = []
    for row in record["gates"]:
        use = _use(row)
        gates.append(_made_gate(row if use is None else {**shared[use], "id": use}, record["id"]))
    return Route(record["id"], record["title"], _line(record["summary"]), tuple(gates))


def refuse(given: Parsed, found: Sequence[Fault]) -> None:
    """Raises BedspaceError with a line for each fault: where it is, what, how to mend it."""
    if found:
        lines = [f"{given.where(fault.path)}: {fault.what}; {fault.mend}" for fault in found]
        raise BedspaceError("\n".join(dict.fromkeys(lines)))


def gate_faults(row: Any) -> Iterator[Fault]:
    """Everything that is wrong with the record of one gate, such as a shared one."""
    yield from _gate(row, ())


def _use(row: Any) -> str | None:
    if isinstance(row, dict) and row.keys() == {"use"} and isinstance(row["use"], str):
        return str(row["use"])
    return None


def _gate(row: Any, here: Path) -> Iterator[Fault]:
    yield from _keys(row, here, *_GATE)
    if not isinstance(row, dict):
        return
    yield from _words(row, here, "id", "title")
    if "absolute" in row and not _one_of(row["absolute"], _YES_NO):
        yield Fault((*here, "absolute"), "absolute is yes or no", "write one of them")
    if "before" in row:
        yield from _case(row["before"], (*here, "before"), decides=True)
    texts = _rows(row, "law")
    if texts is None:
        yield from _not_a_list(row, here, "law", "its texts by date, oldest first")
        return
    days = []
    for i, text in enumerate(texts):
        yield from _text(text, (*here, "law", str(i)))
        since = text.get("since") if isinstance(text, dict) else None
        days.append(_day(since) if isinstance(since, str) else None)
    dated = [day or dt.date.min for day in days]
    if sorted(set(dated)) != dated:
        yield Fault((*here, "law"), "the texts are not in order", "oldest first, one a date")


def _text(row: Any, here: Path) -> Iterator[Fault]:
    near = nearest("citation", row) if isinstance(row, dict) else None
    if isinstance(row, dict) and not _some(row.get("citation")) and near in (None, "citation"):
        yield Fault(
            (*here, "citation"),
            "the gate cites no law",
            "write citation: with the instrument and its article",
        )
    near = nearest("binds", row) if isinstance(row, dict) else None
    bound = isinstance(row, dict) and _countries(row.get("binds"))
    if isinstance(row, dict) and not bound and near in (None, "binds"):
        yield Fault(
            (*here, "binds"), "the gate does not say whom it binds", "write binds: [country]"
        )
    yield from _keys(row, here, _TEXT[0] - {"citation", "binds"}, _TEXT[1] | {"citation", "binds"})
    if not isinstance(row, dict):
        return
    for key in ("note", "address"):
        if key in row and not isinstance(row[key], str):
            yield Fault((*here, key), f"{key!r} must be a text", "write it in words")
    since = row.get("since", "")
    if not isinstance(since, str) or (since not in _NOTHING and _day(since) is None):
        yield Fault(
            (*here, "since"),
            f"{since!r} is not a date",
            "write year-month-day, or null for undated law",
        )
    decided = row.get("decided")
    if "decided" in row and (not isinstance(decided, str) or _day(decided) is None):
        yield Fault(
            (*here, "decided"),
            f"{decided!r} is not a date",
            "write the day of the judgment, or leave it out",
        )
    for key in ("grade", "since_grade"):
        if key in row and row[key] not in GRADES:
            yield _not_a_grade(row[key], (*here, key))
    cases = row.get("cases", [])
    if not isinstance(cases, list):
        yield from _not_a_list(row, here, "cases", "cases, the first that fits decides")
        cases = []
    for i, case in enumerate(cases):
        yield from _case(case, (*here, "cases", str(i)), decides=False)
    if "otherwise" in row:
        yield from _case(row["otherwise"], (*here, "otherwise"), decides=True)


def _case(row: Any, here: Path, decides: bool) -> Iterator[Fault]:
    """A case, or with `decides` what holds when no case fits: that is never "permitted", since a
    fact that nobody knows must not open a gate."""
    yield from _keys(row, here, *(_OTHERWISE if decides else _CASE))
    if not isinstance(row, dict):
        return
    yield from _words(row, here, "because")
    when = row.get("when")
    if not decides and "when" in row and (not isinstance(when, dict) or not when):
        yield Fault((*here, "when"), "a case asks at least one question", "write {question: yes}")
    for name, answer in when.items() if isinstance(when, dict) else ():
        wrong = refusal(name, answer)
        if wrong:
            yield Fault((*here, "when", name), *wrong)
    then = row.get("then")
    allowed = [s for s in VERDICT_STATUSES if not decides or s != "permitted"]
    if "then" in row and then not in allowed:
        yield Fault(
            (*here, "then"),
            f"{then!r} cannot be the status here",
            f"write {', '.join(allowed)}"
            + (": what is not known opens no gate" if decides else ""),
        )
    if "delay" in row:
        if then != "needs":
            yield Fault((*here, "delay"), "only what is needed has a delay", "take it out")
        yield from _delay(row["delay"], (*here, "delay"))


def _delay(row: Any, here: Path) -> Iterator[Fault]:
    yield from _keys(row, here, *_DELAY)
    if not isinstance(row, dict):
        return
    yield from _words(row, here, "source")
    low, high = (row.get(key, "0") for key in ("low", "high"))
    whole = all(isinstance(end, str) and _DAYS.fullmatch(end) for end in (low, high))
    if not whole or ("high" in row and int(low) > int(high)):
        yield Fault(here, "a delay is days, low to high", "write {low: 30, high: 90, ...}")
    if "grade" in row and row["grade"] not in GRADES:
        yield _not_a_grade(row["grade"], (*here, "grade"))


def _keys(row: Any, here: Path, required: set[str], optional: set[str]) -> Iterator[Fault]:
    if not isinstance(row, dict):
        yield Fault(here, "a map is needed here", f"give its keys: {', '.join(sorted(required))}")
        return
    misspelt = set()
    for key in sorted(row.keys() - required - optional):
        yield Fault(
            (*here, key), f"{key!r} is not a key here", meant(key, sorted(required | optional))
        )
        misspelt.add(nearest(key, [*required, *optional]))
    for key in sorted(required - row.keys() - misspelt):  # the misspelt key says it already
        yield Fault(here, f"{key!r} is missing", f"add the key {key}")


def _words(row: Any, here: Path, *names: str) -> Iterator[Fault]:
    for name in names:
        if isinstance(row, dict) and name in row and not _some(row[name]):
            yield Fault((*here, name), f"{name!r} says nothing", "write it in words")


def _some(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _one_of(value: Any, words: Mapping[str, Any]) -> bool:
    return isinstance(value, str) and value in words


def _countries(value: Any) -> bool:
    """Whether this is a word or a list of words."""
    found = value if isinstance(value, list) and value else [value]
    return all(_some(word) for word in found)


def _rows(row: Any, key: str) -> list[Any] | None:
    found = row.get(key) if isinstance(row, dict) else None
    return found if isinstance(found, list) and found else None


def _not_a_list(row: Any, here: Path, key: str, what: str) -> Iterator[Fault]:
    if isinstance(row, dict) and key in row:
        yield Fault((*here, key), f"{key!r} must be a list", f"write {what}")


def _not_a_grade(given: Any, here: Path) -> Fault:
    return Fault(here, f"{given!r} is not a grade", f"write one of {', '.join(GRADES)}")


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _line(text: str) -> str:
    return " ".join(text.split())


def _made_gate(row: Any, route: str) -> Gate:
    before = _made_case(row["before"]) if "before" in row else None
    texts = tuple(_made_text(text) for text in row["law"])
    absolute = _YES_NO[row.get("absolute", "no")]
    return Gate(f"{route}/{row['id']}", row["title"], absolute, texts, before)


def _made_text(row: Any) -> Text:
    binds = row["binds"]
    return Text(
        since=_day(row["since"]),
        since_grade=row.get("since_grade", row["grade"]),
        citation=_line(row["citation"]),
        binds=tuple(binds) if isinstance(binds, list) else (binds,),
        grade=row["grade"],
        cases=tuple(_made_case(case) for case in row.get("cases", ())),
        otherwise=_made_case(row["otherwise"]),
        note=_line(row.get("note", "")),
        address=row.get("address", ""),
        decided=_day(row["decided"]) if "decided" in row else None,
    )


def _made_case(row: Any) -> Case:
    delay = row.get("delay")
    return Case(
        {name: answer_of(name, text) for name, text in row.get("when", {}).items()},
        row["then"],
        _line(row["because"]),
        delay
        and Delay(int(delay["low"]), int(delay["high"]), _line(delay["source"]), delay["grade"]),
    )

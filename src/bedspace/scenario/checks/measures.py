"""Measures: paths and values that a dated change cannot set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from bedspace.exceptions import Problem
from bedspace.scenario.checks.soundness import sums
from bedspace.scenario.model.measures import STAGE, adapter
from bedspace.scenario.reading.faults import advise, translate
from bedspace.scenario.reading.looking import Entry, day, entries, leaf, leaves, names
from bedspace.scenario.reading.nodes import problem
from bedspace.scenario.reading.trees import Node, at, plain
from bedspace.scenario.values.typed import (
    Evidence,
)

_OPTIONAL = ("share", "good_time", "minimum", "rate", "margin", "rooms", "people")


def check(tree: Node) -> Iterator[Problem]:
    """Every path that a measure cannot set, every value that does not fit there."""
    for _, _, measure in entries(tree, "measures"):
        for path, mark, value in entries(measure, "set"):
            yield from _one(tree, path, mark, value)
        yield from _sums(tree, measure)
        yield from _tranches(measure)
    yield from _reach(tree)
    yield from _twice(tree)


def _twice(tree: Node) -> Iterator[Problem]:
    """Two measures that set one number on one day: neither is the later."""
    seen: dict[tuple[str, str], str] = {}
    for key, _, measure in entries(tree, "measures"):
        on = day(measure, "on")
        tranches = {
            path.text: date
            for date in names(measure, "tranches")
            for path in leaves(measure, "tranches", date)
        }
        for path, mark, _ in entries(measure, "set"):
            begins = tranches.get(path, str(on[0]) if on else "")
            full = path.removesuffix(".rate") if path.endswith(".admissions.rate") else path
            before = seen.setdefault((full, begins), key) if begins else key
            if before != key:
                yield problem(
                    mark,
                    f"{before!r} sets {path!r} on {begins} too",
                    "take one of them out, or let it begin on another day",
                )


def _reach(tree: Node) -> Iterator[Problem]:
    """Measures that change one stage, some for new people and some for those inside."""
    seen: dict[str, tuple[str, str]] = {}
    for key, _, measure in entries(tree, "measures"):
        written = leaf(measure, "reach")
        reach = written.text if written is not None else "new"
        for path, mark, _ in entries(measure, "set"):
            found = re.match(STAGE, path)
            other, before = seen.setdefault(found[0], (key, reach)) if found else (key, reach)
            if before != reach:
                assert found is not None
                yield problem(
                    written.mark if written is not None else mark,
                    f"{other!r} changes {found[0]!r} too, with reach: {before}",
                    "give both the same reach",
                )
                break


def _one(tree: Node, path: str, mark: Any, value: Node) -> Iterator[Problem]:
    reader = adapter(path)
    wrong = missing(tree, path)
    if wrong is not None:
        yield problem(mark, f"the path {path!r} names nothing", wrong)
    elif reader is None:
        yield problem(
            mark,
            f"{path!r} cannot be changed on a date",
            "a measure sets places, margin, staff, served, sitting, admissions, or a stage's stay, "
            "share, good_time, minimum, exits",
        )
    else:
        try:
            reader.validate_python(plain(value))
        except ValidationError as error:
            yield from translate(error, Evidence, value)


def missing(tree: Node, path: str) -> str | None:
    """How to mend a path that names nothing; None when it names something, or a number that the
    file leaves to its default."""
    steps = path.split(".")
    here: Node | None = tree
    if steps[0] in names(tree, "systems"):
        here = at(tree, "systems")
    for i, step in enumerate(steps):
        below = at(here, step)
        if below is None:
            last = i == len(steps) - 1
            if last and step in _OPTIONAL and here is not None:
                return None
            known = [key for key in names(here) if key != "title"]
            if i == 0:
                known = [*names(tree, "systems"), "agreements"]
            return advise(step, known)
        here = below
    return None


def _sums(tree: Node, measure: Node) -> Iterator[Problem]:
    """Exits that no longer sum to one once the measure has set some of them."""
    touched: dict[str, dict[str, tuple[Any, Node]]] = {}
    for path, mark, value in entries(measure, "set"):
        stage, found, name = path.rpartition(".exits.")
        if found:
            touched.setdefault(stage, {})[name] = (mark, value)
    for stage, new in touched.items():
        after: list[Entry] = [
            (name, *new.get(name, (mark, value)))
            for name, mark, value in entries(tree, "systems", *stage.split("."), "exits")
        ]
        mark = next(iter(new.values()))[0]
        yield from sums(mark, f"the exits of {stage!r} after the measure", after)


def _tranches(measure: Node) -> Iterator[Problem]:
    """Tranches outside the measure, of paths that it does not set, or that come twice."""
    on, until = day(measure, "on"), day(measure, "until")
    known, seen = names(measure, "set"), dict[str, str]()
    for date, mark, _ in entries(measure, "tranches"):
        for path in leaves(measure, "tranches", date):
            if path.text not in known:
                yield problem(
                    path.mark,
                    f"the measure does not set {path.text!r}",
                    advise(path.text, known, "paths"),
                )
            elif path.text in seen:
                yield problem(
                    path.mark,
                    f"{path.text!r} is in two tranches",
                    f"keep it in the one of {seen[path.text]} or in this one",
                )
            seen.setdefault(path.text, date)
        # Both are ISO dates, or are reported as what they are.
        if on and (date < str(on[0]) or (until and date >= str(until[0]))):
            term = f"from {on[0]} to {until[0]}" if until else f"from {on[0]}"
            yield problem(
                mark, f"the tranche of {date} is outside the measure {term}", "choose a day in it"
            )
    for stage in {path.rpartition(".exits.")[0] for path in known if ".exits." in path}:
        exits = [path for path in known if path.startswith(f"{stage}.exits.")]
        if len({seen.get(path) for path in exits}) > 1:
            mark = next(m for path, m, _ in entries(measure, "set") if path in exits)
            yield problem(
                mark,
                f"the exits of {stage!r} change in different tranches",
                "put them into one, so that they sum to 100 % on every day",
            )

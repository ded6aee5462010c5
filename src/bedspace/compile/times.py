"""Dates as days of the Plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from bedspace.engine import Steps
from bedspace.engine.steps import value_on
from bedspace.rules.months import by_month
from bedspace.scenario import Scenario


def day_of(scn: Scenario, date: dt.date) -> int:
    """The Plan's day of a date; negative before the start."""
    return (date - scn.start).days


def months(scn: Scenario) -> tuple[int, ...]:
    """The first day of every calendar month of the run; the first month may be a part of one."""
    return tuple(day_of(scn, first) for first, _ in by_month(scn.start, scn.end))


def overlay(series: Iterable[tuple[int, float]], first: int, end: int, value: float) -> Steps:
    """A step function that is `value` on days first .. end - 1 and `series` elsewhere.

    Steps before day 0 are folded into day 0.
    """
    first = max(first, 0)
    if end <= first:
        return tuple(series)
    steps = dict(series)
    after = value_on(tuple(sorted(steps.items())), end)
    kept = {day: v for day, v in steps.items() if not first <= day < end}
    return tuple(sorted({**kept, first: value, end: after}.items()))


def combined(of: Callable[..., float], *series: Steps) -> Steps:
    """The step function `of` the values of several, on every day on which one of them steps."""
    steps = [dict(one) for one in series]
    values = [0.0] * len(steps)
    found = []
    for day in sorted({day for one in steps for day in one}):
        values = [one.get(day, value) for one, value in zip(steps, values, strict=True)]
        found.append((day, of(*values)))
    return tuple(found)


def clip(series: Steps, days: int) -> Steps:
    """A step function without the steps after the run."""
    return tuple((day, value) for day, value in series if day < days)

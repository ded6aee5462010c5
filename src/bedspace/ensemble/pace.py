"""Whether the reference engine can be waited for: it counts everybody on every day in plain Python.

The constant is measured, see docs/engine.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bedspace.engine import Plan
from bedspace.ensemble.memory import people
from bedspace.exceptions import RunError

MOST_PERSON_DAYS = 50_000_000
"""The most that a member may have in the reference engine: some minutes of work."""

PERSON_DAY = 5e-6
"""Seconds that the reference engine takes for a person-day, all that happens in it included."""

PATIENCE = 60
"""Seconds of work in all that are not worth a word."""


def person_days(plan: Plan) -> float:
    """Person-days of a member, rather too many: as if the most people were there on every day."""
    return people(plan) * plan.days


def check(plans: Sequence[Plan], members: int, tell: Callable[[str], None]) -> None:
    """Tell about how long the reference engine will take for so many members of each plan, if it
    is more than a minute. RunError if a member has more person-days than MOST_PERSON_DAYS."""
    days = [person_days(plan) for plan in plans]
    if max(days) > MOST_PERSON_DAYS:
        raise RunError(
            f"a member has some {max(days):,.0f} person-days, and the reference engine is for at "
            f"most {MOST_PERSON_DAYS:,}: simulate fewer people or days, or use the kernel, which "
            "gives the same results"
        )
    seconds = members * sum(days) * PERSON_DAY
    if seconds > PATIENCE:
        tell(
            f"the reference engine will take some {seconds / 60:,.0f} minutes of work for "
            f"{members * sum(days):,.0f} person-days; several workers help only as processes"
        )

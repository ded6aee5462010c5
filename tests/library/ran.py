"""A shipped scenario run with a few members, once for all tests that ask it something."""

from __future__ import annotations

import atexit
import tempfile
from functools import cache
from pathlib import Path

from bedspace import ensemble, scenario
from bedspace.appraisal.members.members import Ensemble
from bedspace.appraisal.members.use import Use
from bedspace.results import Comparison, Run

MEMBERS = 6

_KEPT = tempfile.TemporaryDirectory(prefix="library-")
atexit.register(_KEPT.cleanup)


def ran(name: str, members: int = MEMBERS) -> Run:
    """A scenario of the library, or a variant of one."""
    return _ran(name, members)


@cache
def _ran(name: str, members: int) -> Run:
    out = Path(_KEPT.name) / f"{name.replace('#', '-')}-{members}"
    return ensemble.run(scenario.load(name), members, 1, 1, out)


def held(run: Run, agreement: str, day: str) -> list[int]:
    """People in the rented places at the end of a day, by member."""
    query = (
        "SELECT people FROM population "
        f"WHERE agreement = '{agreement}' AND day = DATE '{day}' ORDER BY member"
    )
    return [people for (people,) in run.sql(query).fetchall()]


def sent(run: Run, agreement: str, before: str) -> list[int]:
    """People sent in the months before the one that begins on `before`, by member."""
    query = (
        "SELECT sum(people)::BIGINT FROM transfers WHERE event = 'sent' "
        f"AND agreement = '{agreement}' AND month < DATE '{before}' GROUP BY member ORDER BY member"
    )
    return [people for (people,) in run.sql(query).fetchall()]


@cache
def used(name: str) -> Use:
    """The use of the one agreement of a scenario, as it ran."""
    run = ran(name)
    (agreement,) = run.scenario.agreements
    return Use(Ensemble(Comparison(run.folder, run, run)), agreement)

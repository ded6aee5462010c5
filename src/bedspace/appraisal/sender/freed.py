"""What an agreement, or a reform, empties at home: person-days, peaks and crowding of a system's
own facilities, without it and with it, month by month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bedspace.appraisal.figures.once import once
from bedspace.appraisal.members.members import Ensemble
from bedspace.appraisal.members.use import Use
from bedspace.results import Params
from bedspace.rules.months import by_month
from bedspace.scenario.model.estate import Elsewhere

Counts = NDArray[np.int64]
SIDES = ("baseline", "scenario")


@dataclass(frozen=True)
class Freed:
    """Counts by side (without, with), member, month and facility of the sending system.

    `held` are person-days, `peak` the most people on any day of the month, `over` person-days above
    capacity (in a facility that holds people for want of a place: all of them). `days` are the days
    of the term in each month. `mine` is the agreement's share of what is freed, by member and
    month: its place-days over those of every agreement that the baseline does not have.
    """

    months: tuple[date, ...]
    days: tuple[int, ...]
    facilities: tuple[str, ...]
    held: Counts
    peak: Counts
    over: Counts
    mine: NDArray[np.float64]

    @property
    def fewer(self) -> NDArray[np.float64]:
        """Person-days fewer, by member, month and facility."""
        found: NDArray[np.float64] = (self.held[0] - self.held[1]) * self.mine[:, :, None]
        return found

    @property
    def years(self) -> tuple[int, ...]:
        """The calendar years of the months, once each."""
        return tuple(dict.fromkeys(month.year for month in self.months))


@once
def of(use: Use) -> Freed:
    """What it empties in the sending system's own facilities in its term within the run."""
    first, end = use.spans[0].first, use.spans[-1].end
    return freed(use.ensemble, use.agreement.sending, first, end, use.id)


def freed(
    ensemble: Ensemble, system: str, first: date, end: date, agreement: str | None = None
) -> Freed:
    """What is emptied of a system from `first` to before `end`, days within the run: the share of
    an agreement, or all of it."""
    names = _facilities(ensemble, system)
    months, days = _months(first, end)
    shape = (2, ensemble.members, len(months), len(names))
    held, peak, over = (np.zeros(shape, np.int64) for _ in range(3))
    facility = "list_position($names, facility) - 1"
    asked = {"names": list(names), "system": system, "end": end}
    for side, name in enumerate(SIDES):
        rows = _numpy(
            ensemble,
            f"SELECT member, {_since(months[0], 'day')} AS t, {facility} AS f, "
            "sum(people)::BIGINT AS held, max(people)::BIGINT AS peak "
            f"FROM {name}_population WHERE agreement IS NULL "
            "AND system = $system AND day >= $first AND day < $end GROUP BY ALL",
            asked | {"first": first},
        )
        at = (side, rows["member"], rows["t"], rows["f"])
        held[at], peak[at] = rows["held"], rows["peak"]
        rows = _numpy(
            ensemble,
            f"SELECT member, {_since(months[0], 'month')} AS t, {facility} AS f, "
            f"person_days_over AS over FROM {name}_places WHERE agreement IS NULL AND "
            "system = $system AND month >= $first AND month < $end",
            asked | {"first": months[0]},
        )
        over[side, rows["member"], rows["t"], rows["f"]] = rows["over"]
    for f, name in enumerate(names):
        if name == _for_want_of_places(ensemble, system):
            over[..., f] = held[..., f]
    mine = (
        np.ones((ensemble.members, len(months)))
        if agreement is None
        else _mine(ensemble, agreement, months, first, end)
    )
    return Freed(months, days, names, held, peak, over, mine)


def rivals(ensemble: Ensemble, agreement: str) -> tuple[str, ...]:
    """Agreements of the same sending system that the baseline does not have, itself included."""
    found = ensemble.scn.agreements
    sending = found[agreement].sending
    return tuple(n for n, a in found.items() if a.sending == sending and n not in _old(ensemble))


def _old(ensemble: Ensemble) -> frozenset[str]:
    return frozenset(ensemble.base.agreements)


def _facilities(ensemble: Ensemble, system: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for scn in (ensemble.scn, ensemble.base):
        if system in scn.systems:
            found.update(dict.fromkeys(scn.systems[system].facilities))
    return tuple(found)


def _for_want_of_places(ensemble: Ensemble, system: str) -> str:
    rule = ensemble.scn.systems[system].when_full
    return rule.elsewhere if isinstance(rule, Elsewhere) else ""


def _months(first: date, end: date) -> tuple[tuple[date, ...], tuple[int, ...]]:
    parts = tuple(by_month(first, end))
    months = tuple(here.replace(day=1) for here, _ in parts)
    return months, tuple((there - here).days for here, there in parts)


def _mine(
    ensemble: Ensemble, agreement: str, months: tuple[date, ...], first: date, end: date
) -> NDArray[np.float64]:
    shape = (ensemble.members, len(months))
    names = rivals(ensemble, agreement)
    if len(names) < 2:
        return np.ones(shape)
    rows = _numpy(
        ensemble,
        f"SELECT member, {_since(months[0], 'day')} AS t, "
        f"sum(people)::BIGINT AS whole, "
        "sum(CASE WHEN agreement = $id THEN people ELSE 0 END)::BIGINT AS mine "
        "FROM scenario_population WHERE list_contains($among, agreement) "
        "AND day >= $first AND day < $end GROUP BY ALL",
        {"id": agreement, "among": list(names), "first": first, "end": end},
    )
    whole, mine = np.zeros(shape), np.zeros(shape)
    whole[rows["member"], rows["t"]] = rows["whole"]
    mine[rows["member"], rows["t"]] = rows["mine"]
    return np.divide(mine, whole, out=np.zeros(shape), where=whole > 0)


def _since(first: date, column: str) -> str:
    """Months from the first one to that of a column."""
    return f"datediff('month', DATE '{first}', {column})"


def _numpy(ensemble: Ensemble, query: str, params: Params | None = None) -> dict[str, NDArray[Any]]:
    found: dict[str, NDArray[Any]] = ensemble.comparison.sql(query, params).fetchnumpy()
    return found

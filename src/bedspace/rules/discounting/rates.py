"""Public discount rates, read from data/rates.yaml."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from bedspace.exceptions import BedspaceError
from bedspace.rules.reading import grade, need, read

_REQUIRED = {"title", "countries", "in_force", "steps", "citation"}
_OPTIONAL = {"address", "note"}


@dataclass(frozen=True)
class Step:
    """A rate a year, as a share, for the years that come after the first `after`; with how far
    that number can be trusted."""

    after: int
    rate: Decimal
    grade: str


@dataclass(frozen=True)
class DiscountRate:
    """A rate that a state tells its offices to discount with; real, so for constant prices.

    `steps` begin with year nought and come in order; `periods` are (first day, end) of when the
    guidance was in force, None where that is open.
    """

    id: str
    title: str
    countries: tuple[str, ...]
    periods: tuple[tuple[date | None, date | None], ...]
    steps: tuple[Step, ...]
    citation: str
    address: str
    note: str

    def step(self, year: int) -> Step:
        """The step that discounts the `year`-th year, counted from 1, to the one before."""
        return next(step for step in reversed(self.steps) if step.after < year)

    def holds(self, on: date) -> bool:
        """Whether the guidance was in force on a day."""
        return any((a is None or a <= on) and (b is None or on < b) for a, b in self.periods)


@cache
def rates() -> dict[str, DiscountRate]:
    """All of them by id, in the order of the data."""
    return {id_: rate(id_, row) for id_, row in read(__package__, "rates.yaml").items()}


def in_force(countries: Iterable[str], on: date) -> tuple[DiscountRate, ...]:
    """The rates of some countries (by id) that were in force on a day."""
    asked = set(countries)
    return tuple(r for r in rates().values() if asked & set(r.countries) and r.holds(on))


def rate(id_: str, row: Any) -> DiscountRate:
    """One rate from its record; raises BedspaceError naming what is wrong with it."""
    where = f"discount rate {id_}"
    row = need(row, where, _REQUIRED, _OPTIONAL)
    steps = tuple(_step(step, where) for step in row["steps"])
    after = [step.after for step in steps]
    if not after or after[0] != 0 or after != sorted(set(after)):
        raise BedspaceError(f"{where}: steps begin after year 0 and follow one another")
    if not str(row["citation"]).strip():
        raise BedspaceError(f"{where}: citation missing")
    periods = [need(p, f"{where}, in force", set(), {"from", "until"}) for p in row["in_force"]]
    return DiscountRate(
        id_,
        row["title"],
        tuple(row["countries"]),
        tuple((p.get("from"), p.get("until")) for p in periods),
        steps,
        row["citation"],
        row.get("address", ""),
        row.get("note", ""),
    )


def _step(row: Any, where: str) -> Step:
    row = need(row, f"{where}, step", {"after", "rate", "grade"}, set())
    share = Decimal(str(row["rate"])) / 100
    if not 0 <= share < 1:
        raise BedspaceError(f"{where}: a rate is between 0 and 100 % a year, not {row['rate']}")
    return Step(int(row["after"]), share, grade(row["grade"], where))

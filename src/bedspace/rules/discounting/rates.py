"""Public discount rates, read from data/rates.yaml."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from itertools import pairwise
from typing import Any, Literal, get_args

from bedspace.exceptions import BedspaceError
from bedspace.rules.reading import day, grade, need, read, whole

Kind = Literal["real", "nominal"]
"""Whether a rate is for money of one year's prices, or for money as it is paid."""

Made = Literal["costs", "public-investment", "regulation"]
"""What a rate is made for: comparing what two ways to do one thing cost the state, or weighing
costs against what the public gains from an investment or a rule."""

_REQUIRED = {"title", "countries", "in_force", "citation"}
_OPTIONAL = {"address", "note", "kind", "made_for", "steps", "maturities"}
_FINE = Decimal("0.0001")
"""To what an interpolated rate is rounded: a hundredth of a per cent."""


@dataclass(frozen=True)
class Step:
    """A rate a year, as a share, for the years that come after the first `after`; with how far
    that number can be trusted."""

    after: int
    rate: Decimal
    grade: str


@dataclass(frozen=True)
class Maturity:
    """What the state pays a year, as a share, for money that it borrows for so many years."""

    years: int
    rate: Decimal
    grade: str


@dataclass(frozen=True)
class DiscountRate:
    """A rate that a state tells its offices to discount with.

    It has `steps`, which begin with year nought and come in order, or `maturities`, of which `over`
    chooses. `periods` are (first day, end) of when the guidance was in force, None where that is
    open.
    """

    id: str
    title: str
    countries: tuple[str, ...]
    periods: tuple[tuple[date | None, date | None], ...]
    steps: tuple[Step, ...]
    citation: str
    address: str
    note: str
    kind: Kind = "real"
    made_for: Made = "costs"
    maturities: tuple[Maturity, ...] = ()

    def over(self, years: int) -> DiscountRate:
        """The rate as it holds for an analysis of so many years: of a table by maturity the one of
        as many years, by a straight line between those beside it, and the first or the last beyond
        them, as Appendix C of Circular A-94 has it."""
        if not self.maturities:
            return self
        known = self.maturities
        within = min(max(years, known[0].years), known[-1].years)
        pairs = pairwise((*known, known[-1]))
        one, other = next(pair for pair in pairs if within <= pair[1].years)
        width = other.years - one.years
        part = Decimal(within - one.years) / width if width else Decimal(0)
        exact = one.rate + (other.rate - one.rate) * part
        grade = one.grade if part == 0 else other.grade if part == 1 else "derived"
        if one.grade == "assumption" or other.grade == "assumption":
            grade = "assumption"
        return replace(self, steps=(Step(0, exact.quantize(_FINE, ROUND_HALF_UP), grade),))

    def step(self, year: int) -> Step:
        """The step that discounts the `year`-th year, counted from 1, to the one before. Raises
        BedspaceError of a table by maturity, before `over` has chosen from it."""
        if not self.steps:
            raise BedspaceError(f"{self.id} is a table by maturity: say over how many years")
        return next(step for step in reversed(self.steps) if step.after < year)

    def holds(self, on: date) -> bool:
        """Whether the guidance was in force on a day."""
        return any((a is None or a <= on) and (b is None or on < b) for a, b in self.periods)


@cache
def rates() -> dict[str, DiscountRate]:
    """All of them by id, in the order of the data."""
    return {id_: rate(id_, row) for id_, row in read(__package__, "rates.yaml").items()}


def in_force(countries: Iterable[str], on: date) -> tuple[DiscountRate, ...]:
    """The rates of some countries (by id) that were in force on a day: of each country those made
    to compare costs; only where it has none, those made for something else."""
    asked = set(countries)
    found = [r for r in rates().values() if asked & set(r.countries) and r.holds(on)]
    fits = {c for r in found if r.made_for == "costs" for c in r.countries}
    return tuple(r for r in found if r.made_for == "costs" or asked & set(r.countries) - fits)


def rate(id_: str, row: Any) -> DiscountRate:
    """One rate from its record; raises BedspaceError naming what is wrong with it."""
    where = f"discount rate {id_}"
    row = need(row, where, _REQUIRED, _OPTIONAL)
    steps = tuple(_step(step, where) for step in row.get("steps", ()))
    table = tuple(_maturity(one, where) for one in row.get("maturities", ()))
    if bool(steps) == bool(table):
        raise BedspaceError(f"{where}: it has steps, or maturities")
    after, lengths = [step.after for step in steps], [one.years for one in table]
    if steps and (after[0] != 0 or after != sorted(set(after))):
        raise BedspaceError(f"{where}: steps begin after year 0 and follow one another")
    if lengths != sorted(set(lengths)):
        raise BedspaceError(f"{where}: maturities follow one another")
    kind, made_for = row.get("kind", "real"), row.get("made_for", "costs")
    if kind not in get_args(Kind) or made_for not in get_args(Made):
        raise BedspaceError(f"{where}: a rate is not {kind}, or not made for {made_for}")
    if not str(row["citation"]).strip():
        raise BedspaceError(f"{where}: citation missing")
    periods = [need(p, f"{where}, in force", set(), {"from", "until"}) for p in row["in_force"]]
    return DiscountRate(
        id_,
        row["title"],
        tuple(row["countries"]),
        tuple((day(p.get("from"), where), day(p.get("until"), where)) for p in periods),
        steps,
        row["citation"],
        row.get("address", ""),
        row.get("note", ""),
        kind,
        made_for,
        table,
    )


def _step(row: Any, where: str) -> Step:
    row = need(row, f"{where}, step", {"after", "rate", "grade"}, set())
    return Step(whole(row["after"], where), _share(row["rate"], where), grade(row["grade"], where))


def _maturity(row: Any, where: str) -> Maturity:
    row = need(row, f"{where}, maturity", {"years", "rate", "grade"}, set())
    return Maturity(
        whole(row["years"], where), _share(row["rate"], where), grade(row["grade"], where)
    )


def _share(rate: Any, where: str) -> Decimal:
    share = Decimal(str(rate)) / 100
    if not -1 < share < 1:
        raise BedspaceError(f"{where}: a rate is between -100 and 100 % a year, not {rate}")
    return share

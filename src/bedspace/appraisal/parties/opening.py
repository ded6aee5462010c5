"""The assumption that would open a fee corridor that is closed, or close one that is open.

Both ends of a corridor are products, so one number alone turns it when it is scaled by lowest /
highest fee (a number of the sender's) or by highest / lowest (one of the receiver's).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from math import log
from statistics import fmean

from bedspace.appraisal.figures import making, words
from bedspace.appraisal.figures.currencies import smallest
from bedspace.appraisal.figures.figure import Figure, Input, Number
from bedspace.appraisal.figures.tables import Cell, Table
from bedspace.appraisal.members import amounts
from bedspace.appraisal.members.use import Use
from bedspace.appraisal.parties import corridor
from bedspace.appraisal.parties.corridor import Bound, Pairing
from bedspace.appraisal.receiver import earned
from bedspace.appraisal.sender import costs
from bedspace.scenario import Scenario, paths

MOST = 2
"""Assumptions shown for a corridor, the nearest first."""


@dataclass(frozen=True)
class Turning:
    """A number that turns a corridor at `at`, all else as it is. `now` is what the file states,
    `values` what the members have; `span` the lowest and highest that anybody gives, None where
    nobody differs."""

    name: str
    number: Number
    now: float
    values: tuple[float, ...]
    at: float
    unit: str
    span: tuple[float, float] | None

    @property
    def distance(self) -> float:
        """How far it is to go, as a factor on a log scale."""
        return abs(log(self.at / self.now)) if self.at > 0 and self.now > 0 else float("inf")

    @property
    def within(self) -> str:
        """Whether that is within what the scenario gives for the number, disputes included."""
        if self.unit == "share" and self.at > 1:
            return "no, above 100 %"
        if self.span is None:
            return "one number is given"
        return "yes" if self.span[0] <= self.at <= self.span[1] else "no"


def tables(use: Use) -> tuple[Table, ...]:
    """For every pairing in words what turns it, and the numbers that come nearest to doing so."""
    said: list[tuple[Cell, ...]] = []
    rows: list[tuple[Cell, ...]] = []
    for pair in corridor.pairings(use):
        if pair.verdict.value is None:
            continue
        found = nearest(use, pair.top, pair.bottom)
        names = (pair.top.words, pair.bottom.words)
        said.append((*names, _words(pair, found)))
        rows += [(*names, *_cells(pair.verdict, turning)) for turning in found]
    heads = ("Sender saves at", "Receiver covers")
    told = Table(
        f"{use.id}.turns",
        "Which assumption decides whether there is room for a fee",
        (*heads, "Whether a fee suits both"),
        tuple(said),
        "The one number that needs the smallest change, with all others as the file states them.",
    )
    numbers = Table(
        f"{use.id}.opening",
        "Where the nearest assumptions turn it",
        (*heads, "Assumption", "Now", "Turns at", "Within what is given"),
        tuple(rows),
        "One number at a time, the nearest first.",
    )
    return tuple(made for made in (told, numbers) if made.rows)


def nearest(use: Use, top: Bound, bottom: Bound) -> list[Turning]:
    """The numbers that turn a pairing, those nearest to their value of now first."""
    high, low = _central(top.figure), _central(bottom.figure)
    if high is None or low is None or high <= 0 or low <= 0:
        return []
    found = [
        *_of_sender(use, top, low / high),
        *_of_receiver(use, bottom, high / low),
    ]
    possible = [t for t in found if not (t.unit == "share" and t.at > 1)]
    return sorted(possible or found, key=lambda t: t.distance)[:MOST]


def _of_sender(use: Use, top: Bound, factor: float) -> Iterator[Turning]:
    """Average cost and marginal share, where all groups that may be sent have the same."""
    scn, sending = use.ensemble.scn, use.agreement.sending
    cost_basis = top.key
    if cost_basis in costs.RUNGS:
        return
    where = {costs.paths_of(scn, sending, group) for group in use.agreement.eligible.groups}
    found = where.pop() if len(where) == 1 else None
    if found is None:
        return
    if cost_basis == "marginal" and found.marginal:
        yield _turning(use, top, "share avoided at the margin", found.marginal, factor)
    if found.average:
        yield _turning(use, top, "average cost at home", found.average, factor)


def _of_receiver(use: Use, bottom: Bound, factor: float) -> Iterator[Turning]:
    """Cost of holding; or cost of the whole system and places of the facility."""
    scn, at = use.ensemble.scn, use.agreement.receiving
    if bottom.free is None:
        share = costs.paths_of(scn, at).marginal
        for path in earned.holding_paths(scn, use.id):
            name = (
                "receiver's marginal share" if path == share else "receiver's cost of a person-day"
            )
            yield _turning(use, bottom, name, path, factor)
        return
    yield _turning(use, bottom, "cost of the whole system", f"{at}.costs.system", factor)
    claim, free = bottom.free.claim, bottom.free.figure.value
    if isinstance(free, int | float) and free:
        number = use.basis.number(f"{at}.facilities.{use.agreement.facility}.places")
        yield Turning(
            "number of places",
            number,
            claim.places,
            (claim.places,),
            claim.places + float(free) * (1 / factor - 1),
            "places",
            _span(scn, number.path),
        )


def _turning(use: Use, bound: Bound, name: str, path: str, factor: float) -> Turning:
    """Where a number turns it. An end of the corridor that is a mean hangs on the mean that was
    drawn; it turns where the number, whatever it was drawn as, has this one value instead."""
    number = use.basis.number(path)
    values = tuple(float(paths.get(scn, path).value) for scn in use.ensemble.drawn)
    now, span = float(paths.get(use.ensemble.scn, path).value), _span(use.ensemble.scn, path)
    held = (
        now
        if bound.figure.exact
        else fmean(values, use.place_days if any(use.place_days) else None)
    )
    return Turning(name, number, now, values, held * factor, number.unit, span)


def _span(scn: Scenario, path: str) -> tuple[float, float] | None:
    """The lowest and highest value that the scenario or somebody else gives for a number."""
    found = paths.get(scn, path)
    ends = (found.value, found.low, found.high, *(d.value for d in found.disputed_by))
    given = {float(end) for end in ends if end is not None}
    return (min(given), max(given)) if len(given) > 1 else None


def _central(figure: Figure) -> float | None:
    return float(figure.value) if isinstance(figure.value, int | float | Decimal) else None


def _number(value: float, unit: str) -> str:
    return words.number(value, unit) + (f" {unit}" if unit not in ("share", "places") else "")


def _words(pair: Pairing, found: list[Turning]) -> Figure:
    """The verdict with the nearest assumption, in words."""
    verdict, top, bottom = pair.verdict, pair.top, pair.bottom
    told = str(verdict.value)
    if found:
        first = found[0]
        closed = (_central(top.figure) or 0) < (_central(bottom.figure) or 0)
        now, at = (_number(value, first.unit) for value in (first.now, first.at))
        side = "or more" if first.at > first.now else "or less"
        turns = "some fee does" if closed else "no fee does"
        told += f"; {turns} where the {first.name} is {at} {side}, now {now}"
    elif bottom.figure.value is None:
        told += f"; {bottom.figure.note}"
    inputs: tuple[Input, ...] = (verdict, *(turning.number for turning in found))
    id_, title = f"{verdict.id}.turns", f"{verdict.title}: what turns it"
    return making.say(id_, title, told, "the number that needs the smallest change", inputs)


def _cells(verdict: Figure, turning: Turning) -> tuple[Cell, ...]:
    key = turning.name.replace("'", "").replace(" ", "-")
    id_ = f"{verdict.id}.turns.{key}"
    inputs = (turning.number,)
    # Money is never a float in a figure, though it is scaled as one here.
    exact = turning.unit not in ("share", "places")
    values = [amounts.exact(value) for value in turning.values] if exact else turning.values
    stated = amounts.exact(turning.now) if exact else turning.now
    where = amounts.exact(turning.at).quantize(smallest(turning.unit)) if exact else turning.at
    now = making.figure(
        f"{id_}.now",
        f"{turning.name}, now",
        turning.unit,
        values,
        "as stated in the file",
        inputs,
        stated=stated,
    )
    formula = (
        "mean drawn x lowest fee / highest fee, or highest / lowest for a cost of the receiver"
    )
    at = Figure(
        f"{id_}.at", f"{turning.name}, where it turns", where, turning.unit, formula,
        (verdict, now),
    )  # fmt: skip
    return turning.name, now, at, turning.within

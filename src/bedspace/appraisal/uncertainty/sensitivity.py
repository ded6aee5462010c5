"""What moves the answers on people and money: the share of each one's variance that each uncertain
number makes, how much rests on assumptions, and the nearest number that would turn a sign.

Everything comes from the members that were run. Verdicts of the law are left alone: no number here
says what to assume for a gate to open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from bedspace.appraisal.figures.appraisal import FEW
from bedspace.appraisal.figures.currencies import smallest
from bedspace.appraisal.figures.figure import ASSUMPTION, UNSOURCED, Figure, Input, Number
from bedspace.appraisal.figures.tables import Cell, Section, Table
from bedspace.appraisal.members import amounts
from bedspace.appraisal.members.members import Ensemble
from bedspace.appraisal.uncertainty import sobol
from bedspace.appraisal.uncertainty.sobol import Index, Values
from bedspace.exceptions import BedspaceError
from bedspace.scenario import Quantity, paths

METHOD = (
    "A share is the first-order Sobol' index: the part of the answer's variance that would go if "
    "that number alone were known. Only numbers that stand out from chance are named. The "
    "probability that any number of an answer is named wrongly is 5 %."
)
CHANCE = (
    "What no number explains by itself is chance in people's paths, numbers acting together, and "
    "numbers too weak to stand out among so many futures. Futures differ both in their numbers "
    "and in their people, so the three cannot be separated."
)


@dataclass(frozen=True)
class Moved:
    """An uncertain number that moves an answer: its draws, its index, its rank correlation."""

    answer: Figure
    path: str
    inputs: tuple[Input, ...]
    draws: Values
    index: Index
    rho: float

    @property
    def assumed(self) -> bool:
        """Whether the number is an assumption."""
        kinds = (ASSUMPTION, UNSOURCED)
        return any(s.kind in kinds for item in self.inputs for s in item.stamps)

    @property
    def way(self) -> str:
        """Whether the answer rises or falls with it."""
        if abs(self.rho) * len(self.draws) ** 0.5 < sobol.Z95:
            return "both ways"
        return "raises it" if self.rho > 0 else "lowers it"

    @cached_property
    def share(self) -> Figure:
        """The share of the answer's variance that it makes."""
        return Figure(
            f"sensitivity.{self.answer.id}.{self.path}",
            f"Share of the variance of {self.answer.id} that {self.path} makes",
            min(max(self.index.share, 0.0), 1.0),
            "share",
            "covariance of each future's answer with that of the futures next to it in the order "
            "of the number / variance of the answer; interval: 1.96 standard errors",
            (self.answer, *self.inputs),
            self.index.low,
            self.index.high,
        )


Answers = list[tuple[Figure, list[Moved]]]
"""Answers, each with the numbers that move it, the strongest first."""


@dataclass(frozen=True)
class Moving:
    """The uncertain numbers of a comparison, and what they do to figures."""

    ensemble: Ensemble

    @cached_property
    def draws(self) -> dict[str, Values]:
        """What the members drew for each number, by path; of a number that both sides draw, the
        scenario's. Numbers that came out the same in all are left out."""
        found: dict[str, Values] = {}
        for side in ("scenario", "baseline"):
            rows = self.ensemble.comparison.sql(
                f"SELECT path, list(value ORDER BY member) FROM {side}_draws GROUP BY path "
                f"HAVING count(*) = {self.ensemble.members} AND min(value) < max(value) "
                "ORDER BY path"
            ).fetchall()
            for path, values in rows:
                found.setdefault(path, np.array(values, dtype=np.float64))
        return found

    def by(self, answer: Figure) -> list[Moved]:
        """The numbers that stand out from chance in moving an answer, the strongest first."""
        y = np.array([float(v) for v in answer.by_member])
        if len(np.unique(y)) == 1:
            return []  # money that differs in digits beyond those of a float alone
        indices = [sobol.first_order(x, y) for x in self.draws.values()]
        told = sobol.standing_out(indices)
        found = [
            Moved(answer, path, self._inputs(path), x, index, sobol.direction(x, y))
            for (path, x), index, stands in zip(self.draws.items(), indices, told, strict=True)
            if stands
        ]
        return sorted(found, key=lambda moved: -moved.index.share)

    def _inputs(self, path: str) -> tuple[Input, ...]:
        """The number at a path of the draws. An agreement's own path says whether it is in force, a
        renewal's how long it held."""
        for side in ("scenario", "baseline"):
            basis = self.ensemble.bases[side]
            found = basis.below(f"{path}.in_force") or basis.below(path)
            if found:
                return found
        raise BedspaceError(f"{path} was drawn and is no number of the scenario")

    def quantity(self, path: str) -> Quantity | None:
        """The number, if it is one of the scenario with a range."""
        try:
            found = paths.get(self.ensemble.scn, path)
        except BedspaceError:
            return None
        ranged = isinstance(found, Quantity) and found.low is not None and found.high is not None
        return found if ranged else None


def section(
    ensemble: Ensemble, signed: Iterable[Figure], others: Iterable[Figure]
) -> tuple[Section, Answers]:
    """The section on what moves the answers: those that may lie below nought (`signed`), then
    `others`; and the answers that are moved, for a chart of them. With few members it says that it
    cannot be told, and asks for none of them."""
    id_, title = "sensitivity", "What moves the answers"
    if ensemble.members < FEW:
        why = f"With fewer than {FEW} futures, what a number does cannot be told from chance."
        return Section(id_, title, notes=(why,)), []
    moving = Moving(ensemble)
    turned = list(_counted(ensemble, signed))
    ids = {answer.id for answer in turned}
    rest = [answer for answer in _counted(ensemble, others) if answer.id not in ids]
    found = [(answer, moving.by(answer)) for answer in (*turned, *rest)]
    moved = [(answer, by) for answer, by in found if by]
    notes = [METHOD, CHANCE] if moved else []
    still = [answer.title for answer, by in found if not by]
    if still or not found:
        notes.append(f"No number stands out in: {'; '.join(still) or 'any answer'}.")
    tables = (_moves(moved), _explained(moved), _signs(moving, found[: len(turned)]))
    return Section(id_, title, tuple(t for t in tables if t.rows), notes=tuple(notes)), moved


def _counted(ensemble: Ensemble, figures: Iterable[Figure]) -> Iterator[Figure]:
    """Those that differ between members and are counted in each of them."""
    for figure in figures:
        if len(figure.by_member) == ensemble.members and figure.low is not None:
            yield figure


def _moves(found: Sequence[tuple[Figure, list[Moved]]]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for answer, moved in found:
        for one in moved:
            rows.append((answer.title, one.path, one.share, one.way, _grade(one)))
    columns = ("Answer", "Number", "Share of its variance", "A higher value", "Evidence")
    return Table("sensitivity.moves", "Which numbers move each answer", columns, tuple(rows))


def _grade(one: Moved) -> str:
    grades = dict.fromkeys(item.grade for item in one.inputs if isinstance(item, Number))
    return ", ".join(grades)


def _explained(found: Sequence[tuple[Figure, list[Moved]]]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for answer, moved in found:
        assumed = [one for one in moved if one.assumed]
        rows.append(
            (
                answer.title,
                _sum(answer, "assumed", "assumptions", assumed),
                _sum(answer, "given", "given numbers", [m for m in moved if not m.assumed]),
                _sum(answer, "explained", "single numbers", moved),
            )
        )
    return Table(
        "sensitivity.explained",
        "How much of each answer's variance rests on assumptions",
        ("Answer", "On assumptions", "On numbers with a source", "Both together"),
        tuple(rows),
        "The numbers that stand out, each by itself. The rest is chance, numbers acting together, "
        "and numbers too weak to be named.",
    )


def _sum(answer: Figure, key: str, words: str, moved: Sequence[Moved]) -> Figure:
    """Draws are independent, so first-order shares add up, and the squares of their errors."""
    whole = sum(max(one.index.share, 0.0) for one in moved)
    half = sobol.Z95 * sum(one.index.error**2 for one in moved) ** 0.5
    low, high = (min(max(end, 0.0), 1.0) for end in (whole - half, whole + half))
    return Figure(
        f"sensitivity.{answer.id}.{key}",
        f"Share of the variance of {answer.id} that {words} make",
        min(whole, 1.0),
        "share",
        f"sum of the shares of the {words} that stand out",
        tuple(one.share for one in moved) or (answer,),
        low if moved else None,
        high if moved else None,
        "" if moved else "none of them stands out from chance",
    )


def _signs(moving: Moving, found: Sequence[tuple[Figure, list[Moved]]]) -> Table:
    """For each signed answer the number that turns its sign with the smallest move."""
    rows: list[tuple[Cell, ...]] = []
    for answer, moved in found:
        below = _below(answer)
        turns = turning(moving, answer, moved)
        if turns is None:
            rows.append((answer.title, answer, below, "none by itself", None, None, None))
            continue
        one, quantity, at = turns
        rows.append((answer.title, answer, below, one.path, *_turn(answer, one, quantity, at)))
    return Table(
        "sensitivity.signs",
        "The nearest number that turns the sign of an answer",
        ("Answer", "Now", "Below nought in", "Number", "In the file", "Turns at", "Move"),
        tuple(rows),
        "The value of the number at which the answer is as likely to lie above nought as below, "
        "with all other numbers as drawn. It is estimated from the futures; confirm it by a run "
        "with that value. "
        "A move is given in shares of the number's own range, and none goes beyond what was "
        "drawn. Parts of the fee are left out (the room for a fee says which fee serves "
        "which side), "
        "and so are conditions of the law.",
    )


def turning(
    moving: Moving, answer: Figure, moved: Sequence[Moved]
) -> tuple[Moved, Quantity, float] | None:
    """The number that turns the answer's sign with the smallest move from its value in the file, as
    a share of its range, and the value at which it does; None where none does by itself."""
    y = np.array([float(v) for v in answer.by_member])
    best: tuple[float, Moved, Quantity, float] | None = None
    for one in moved:
        quantity = moving.quantity(one.path)
        if quantity is None or ".fee." in one.path:
            continue
        at = sobol.crossing(one.draws, y, quantity.value)
        if at is not None:
            far = abs(_move(quantity, at))
            best = min(
                best or (far, one, quantity, at), (far, one, quantity, at), key=lambda b: b[0]
            )
    return best[1:] if best else None


def _move(quantity: Quantity, at: float) -> float:
    assert quantity.low is not None and quantity.high is not None
    return (at - quantity.value) / (quantity.high - quantity.low)


def _below(answer: Figure) -> Figure:
    count = sum(value < 0 for value in answer.by_member)
    return Figure(
        f"sensitivity.{answer.id}.below",
        f"Share of the futures in which this is below nought: {answer.title}",
        count / len(answer.by_member),
        "share",
        "futures below nought / all futures",
        (answer,),
    )


def _turn(answer: Figure, one: Moved, quantity: Quantity, at: float) -> tuple[Figure, ...]:
    id_, money = f"sensitivity.{answer.id}.turns", quantity.amount is not None
    now = Figure(
        f"{id_}.now",
        f"{one.path}, in the file",
        quantity.amount if money else quantity.value,
        quantity.unit,
        "as written",
        one.inputs,
    )
    there = Figure(
        f"{id_}.at",
        f"{one.path}, where {answer.id} is as likely above nought as below",
        amounts.exact(at).quantize(smallest(quantity.unit)) if money else at,
        quantity.unit,
        "root of the parabola in this number that is nearest to the futures by absolute distance",
        (answer, *one.inputs),
    )
    move = Figure(
        f"{id_}.move",
        f"How far {one.path} has to go",
        _move(quantity, at),
        "share",
        "(where it turns - in the file) / (highest - lowest given)",
        (there, now),
    )
    return now, there, move

"""Figures from the values that members have, and figures that say why there is no value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from bedspace.appraisal.figures import words
from bedspace.appraisal.figures.figure import Figure, Input
from bedspace.appraisal.figures.split import split
from bedspace.appraisal.figures.spread import Part, by, ratio_of_means, spread

Values = Sequence[float] | Sequence[Decimal]


def figure(
    id_: str,
    title: str,
    unit: str,
    values: Values,
    formula: str,
    inputs: Iterable[Input],
    note: str = "",
    stated: float | Decimal | None = None,
) -> Figure:
    """A figure over members: its mean and interval, or the value itself where all agree.

    Where many members share one value and the others do not, the note tells the chance of the one
    and the mean of the others (see `split`).

    What the scenario's numbers alone decide is not sampled: `stated` is then its value at the
    numbers as they stand in the file, in place of the mean; only the interval is the members'. The
    note tells the mean where it is shown as another number. What stands in a sum is never `stated`.

    Without any values the figure has none, and `note` must say why.
    """
    if not values:
        return Figure(id_, title, None, unit, formula, tuple(inputs), note=note)
    found, members = spread(values, unit), tuple[Any, ...](values)
    ends, exact, value = (found.low, found.high), stated is not None, found.value
    if stated is not None:
        value = stated
        note = _also(note, "as stated; the mean of what is drawn is", found.value, stated, unit)
    elif (humps := split(values)) is not None:
        note = "; ".join(part for part in (note, words.humps(humps, unit)) if part)
    return Figure(id_, title, value, unit, formula, tuple(inputs), *ends, note, members, exact)


def ratio(
    id_: str,
    title: str,
    unit: str,
    parts: Sequence[Part],
    formula: str,
    inputs: Iterable[Input],
    note: str = "",
    stated: Decimal | None = None,
) -> Figure:
    """A figure of one thing by another: the mean of the one by the mean of the other.

    So it is what a reader gets who divides the means shown, and a member counts for as much as
    there is in it: a price of a place-day is of all place-days alike. The interval is of the
    members' own ratios. `parts` are both things in each member, without those in which the lower is
    nought; without any the figure has no value, and `note` must say why.

    Where the scenario's numbers alone would give `stated`, the note tells it if that is shown as
    another number.
    """
    if not parts:
        return Figure(id_, title, None, unit, formula, tuple(inputs), note=note)
    values: Any = tuple(by(part) for part in parts)
    found, humps = spread(values, unit), split(values)
    value = found.value if found.low is None else ratio_of_means(parts, unit)
    if stated is not None:
        note = _also(note, "the stated numbers alone give", stated, value, unit)
    if humps is not None:
        note = "; ".join(part for part in (note, words.humps(humps, unit)) if part)
    ends = found.low, found.high
    return Figure(id_, title, value, unit, formula, tuple(inputs), *ends, note, values)


def a_day(
    id_: str,
    title: str,
    unit: str,
    each: Sequence[Decimal | None],
    days: Sequence[int],
    formula: str,
    inputs: Iterable[Input],
    note: str = "",
    stated: Decimal | None = None,
) -> Figure:
    """What a day comes to over all the days that the members have, so that it times their days is
    what they come to in all; where there are none, as stated. None in `each`: it has none there."""
    both = list(zip(each, days, strict=True))
    parts = [(value * n, n) for value, n in both if value is not None and n]
    if parts:
        return ratio(id_, title, unit, parts, formula, inputs, note, stated)
    known = [value for value, _ in both if value is not None]
    return figure(id_, title, unit, known, formula, inputs, note, stated)


def _also(note: str, say: str, other: float | Decimal, value: float | Decimal, unit: str) -> str:
    """A note with another number, where that is not shown as the value is."""
    told = words.number(other, unit)
    if told == words.number(value, unit):
        return note
    return "; ".join(part for part in (note, f"{say} {told}") if part)


def unknown(id_: str, title: str, unit: str, why: str, inputs: Iterable[Input]) -> Figure:
    """A figure that cannot be known, with the reason."""
    return Figure(id_, title, None, unit, "not computed", tuple(inputs), note=why)


def say(
    id_: str, title: str, words: str, formula: str, inputs: Iterable[Input], note: str = ""
) -> Figure:
    """A figure whose value is words: a verdict, yes or no."""
    return Figure(id_, title, words, "words", formula, tuple(inputs), note=note)


def listed(words: Sequence[str]) -> str:
    """Words as a sentence lists them: "a, b and c"."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last

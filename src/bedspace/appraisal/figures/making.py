"""Figures from the values that members have, and figures that say why there is no value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from bedspace.appraisal.figures import words
from bedspace.appraisal.figures.figure import Figure, Input
from bedspace.appraisal.figures.split import split
from bedspace.appraisal.figures.spread import mean, spread

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
    """A figure over members: its median and interval, or the value itself where all agree.

    Where many members share one value and the others do not, it is the mean, and the note tells
    the chance of the one and the median of the others (see `split`).

    What the scenario's numbers alone decide is not sampled: `stated` is then its value at the
    numbers as they stand in the file, in place of the median; only the interval is the members'.

    Without any values the figure has none, and `note` must say why.
    """
    if not values:
        return Figure(id_, title, None, unit, formula, tuple(inputs), note=note)
    found = spread(values, unit)
    value, humps = found.value, split(values)
    if stated is not None:
        value = stated
    elif humps is not None:
        value = mean(values, unit)
        note = "; ".join(part for part in (note, words.humps(humps, unit)) if part)
    ends = found.low, found.high
    members: tuple[Any, ...] = tuple(values)
    return Figure(
        id_, title, value, unit, formula, tuple(inputs), *ends, note, members, stated is not None
    )


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

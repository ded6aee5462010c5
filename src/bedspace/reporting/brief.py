"""Figures for places with little room: large sums in millions, no more digits than are read, and
minus signs that are no hyphens."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from bedspace.appraisal import Cell, Figure
from bedspace.appraisal.figures import words

_MONEY = re.compile(r"([A-Z]{3})(/year)?")
_MILLION = 1_000_000
_UNIT = re.compile(r"(?<=\d) (?=(?:m|bn|million|billion)\b|%)")
_NEGATIVE = re.compile(r"(?<![\w.)\u2212-])-(?=[\d.])")


def brief(figure: Figure) -> tuple[str, str]:
    """A figure's value with its unit, and its interval; sums of a million and more in millions."""
    if isinstance(figure.value, str | None):
        return words.show(figure), ""
    scaled = in_millions([figure])
    values = [v for v in (figure.value, figure.low, figure.high) if not isinstance(v, str | None)]
    if not scaled:
        told = "" if figure.unit in ("share", "words", "") else f" {unit(figure.unit)}"
        texts = [words.number(v, figure.unit) for v in values]
    else:
        told = f" {scaled}"
        texts = [millions(v) for v in values]
    return texts[0] + told, f"{texts[1]} to {texts[2]}" if len(texts) == 3 else ""


def in_millions(column: Iterable[Cell]) -> str:
    """The unit of a column that is all money of one kind, some of it a million and more, such as
    "million USD"; "" of any other column."""
    figures = [c for c in column if isinstance(c, Figure) and c.value is not None]
    units = {figure.unit for figure in figures}
    found = _MONEY.fullmatch(units.pop()) if len(units) == 1 else None
    if found is None or max(map(_size, figures)) < _MILLION:
        return ""
    return f"million {found[1]}{' a year' if found[2] else ''}"


def _size(figure: Figure) -> float:
    values = (figure.value, figure.low, figure.high)
    return max((abs(float(v)) for v in values if not isinstance(v, str | None)), default=0)


def millions(value: float | Decimal) -> str:
    """An amount in millions: whole from a hundred on, else with one decimal."""
    scaled = float(value) / _MILLION
    return words.signed(f"{scaled:,.{0 if abs(scaled) >= 100 else 1}f}")


def unit(text: str) -> str:
    """A unit as it is read: "USD a place-day"."""
    return re.sub(r"/(?=[a-z])", " a ", text)


def readable(text: str) -> str:
    """A text as it is set: a minus sign before its negative numbers, while dates and words keep
    their hyphens, and no line broken between a number and its %, m or bn."""
    return _UNIT.sub("\u00a0", _NEGATIVE.sub("\u2212", text))

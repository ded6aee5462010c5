"""Figures for places with little room: large sums in millions, no more digits than are read."""

from __future__ import annotations

import re
from decimal import Decimal

from bedspace.appraisal import Figure
from bedspace.appraisal.figures import words

_MONEY = re.compile(r"([A-Z]{3})(/year)?")
_MILLION = 1_000_000


def brief(figure: Figure) -> tuple[str, str]:
    """A figure's value with its unit, and its interval; sums of a million and more in millions."""
    if isinstance(figure.value, str | None):
        return words.show(figure), ""
    found = _MONEY.fullmatch(figure.unit)
    values = [v for v in (figure.value, figure.low, figure.high) if not isinstance(v, str | None)]
    if found is None or max(abs(float(v)) for v in values) < _MILLION:
        unit = "" if figure.unit in ("share", "words", "") else f" {_unit(figure.unit)}"
        texts = [words.number(v, figure.unit) for v in values]
    else:
        unit = f" million {found[1]}{' a year' if found[2] else ''}"
        texts = [_millions(v) for v in values]
    return texts[0] + unit, f"{texts[1]} to {texts[2]}" if len(texts) == 3 else ""


def _millions(value: float | Decimal) -> str:
    scaled = float(value) / _MILLION
    return words.signed(f"{scaled:,.{0 if abs(scaled) >= 100 else 1}f}")


def _unit(unit: str) -> str:
    return unit.replace("/place-day", " a place-day").replace("/person-year", " a person-year")

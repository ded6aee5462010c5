"""The least and the most that a number of each kind may be: the one place where it is said.

What is refused here is no prison system, and most of it no engine could hold: the engine counts
time in whole ticks of 32 bits (22,000 years), people in 32 bits, and money in 40 digits.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

MOST_DIGITS = 40
"""Digits and signs of a number as it is written: as many as amounts of money are computed with."""

MOST_PEOPLE = 50_000_000
"""The engine's limit of a stock, which is not imported for it."""

MOST_PLACES = 2**30
"""The engine's limit of places, and of people a day who arrive or are served."""

MOST_DAYS = 200_000
"""The longest run of the engine."""

FIRST_DAY, LAST_DAY = dt.date(1000, 1, 1), dt.date(2999, 12, 31)
"""A date lies between them, so that a length of time can be added to it."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most, in the base unit of the kind."""

    least: float
    most: float


KINDS = {
    "people": Bounds(0, 1e12),
    "share": Bounds(0, 1),
    "d": Bounds(0, 365_250),
    "1/d": Bounds(0, MOST_PLACES),
    "h": Bounds(0.001, 10_000),
    "h/d": Bounds(0, 24),
    "m2": Bounds(0.01, 1e6),
    "km": Bounds(0, 50_000),
    "number": Bounds(0, 1e12),
    "money": Bounds(0, 1e15),
    "money/d": Bounds(0, 1e12),
    "money/month": Bounds(0, 1e12),
    "money/year": Bounds(0, 1e15),
    "share/d": Bounds(0, 0.999),
    "share/year": Bounds(-0.99, 10),
}
"""Kind of number -> its bounds under every key; a key may have narrower ones."""

OUTSIDE = Bounds(-1e15, 1e15)
"""Of a number that is never computed with, and may be of any kind."""

ABOVE_NOUGHT = {"people": 1.0, "d": 0.01, "number": 1e-9}
"""Kind -> the least where nought makes no sense: one place, a quarter of an hour."""

SHAPE = Bounds(0.1, 1000)
"""Shape of a Weibull or gamma law: below, one stay in a thousand is all of the mean."""

SIGMA = Bounds(0.001, 5)
"""Standard deviation of the logarithm of a stay: at 5 the mean is 270,000 medians."""

DISPERSION = Bounds(1, 1000)
"""Variance of daily counts over their mean: the engine's limits."""

MOST_RISK = 0.99
"""Share of the people whom a risk takes within a year."""

MOST_GROWN = 1e15
"""What a price may have grown to by the end of a term."""

MOST_SPREAD = 1e9
"""How many times the least value of an index or a rate of exchange its greatest may be."""

_UNITS = {
    "d": " d",
    "1/d": " / day",
    "h": " h",
    "h/d": " h / day",
    "m2": " m2",
    "km": " km",
}


def written(value: float, kind: str, currency: str = "") -> str:
    """A bound as a user would write it: 100 %, 0.01 d, 1000 years."""
    first, _, per = kind.partition("/")
    a_time = f" / {'day' if per == 'd' else per}" if per else ""
    if first == "money":
        return f"{_digits(value)} {currency}{a_time}"
    if first == "share":
        return f"{_digits(100 * value)} %{a_time}"
    if kind == "d" and value and value % 365.25 == 0:
        return f"{_digits(value / 365.25)} years"
    return _digits(value) + _UNITS.get(kind, "")


def _digits(value: float) -> str:
    return f"{value:.9f}".rstrip("0").rstrip(".")

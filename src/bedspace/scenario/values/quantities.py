"""Quantities: a number, a unit, perhaps a unit of time below it. One closed grammar, no more.

    NUMBER [UNIT] [/ TIME]        9000    60 d    40 / day    35 EUR / day    70 %    100 m2

A year is 365.25 days and a month a twelfth of it. A share a week is that of a week: 35 % / week
leaves 65 % after one, and (65 %) ** (1 / 7) after a day. Money keeps its exact Decimal and is never
converted: an amount a year stays an amount a year.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from bedspace.rules.fees import currencies
from bedspace.scenario.values.bounds import KINDS, MOST_DIGITS, OUTSIDE, Bounds, written
from bedspace.scenario.values.characters import single_spaced, unusual

DAYS_A_YEAR = 365.25
"""Mean Julian year; the error against the Gregorian calendar is 0.002 %."""

Grade = Literal["official", "reported", "secondary", "derived", "assumption"]
Spread = Literal["two-piece", "triangular", "uniform"]

_DAYS = {
    "d": 1.0,
    "day": 1.0,
    "days": 1.0,
    "week": 7.0,
    "weeks": 7.0,
    "month": DAYS_A_YEAR / 12,
    "months": DAYS_A_YEAR / 12,
    "year": DAYS_A_YEAR,
    "years": DAYS_A_YEAR,
}
_WORDS = ("%", "h", "m2", "km", "people", "hearings", *_DAYS)
_PER = ("d", "day", "week", "month", "year")

NUMBER = r"-?[0-9]+(?:\.[0-9]+)?"
PATTERN = (
    rf"^{NUMBER}"
    rf"(?: *(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))}|[A-Z]{{3}}))?"
    rf"(?: */ *(?:{'|'.join(sorted(_PER, key=len, reverse=True))}))?$"
)
"""The whole grammar as one regular expression, fit for a JSON Schema."""

_PARTS = re.compile(rf"({NUMBER}) ?([A-Za-z%][A-Za-z0-9]*)? ?(?:/ ?([A-Za-z]+))?")
_CURRENCY = re.compile(r"[A-Z]{3}")

EXAMPLES = {
    "people": "9000",
    "share": "70 %",
    "d": "60 d",
    "1/d": "40 / day",
    "h": "12 h",
    "h/d": "23.5 h / day",
    "m2": "100 m2",
    "km": "40 km",
    "number": "1.5",
    "money": "1500 EUR",
    "money/d": "35 EUR / day",
    "money/month": "8500 EUR / month",
    "money/year": "25500000 EUR / year",
    "money/use": "35 EUR / day",
    "share/d": "2 % / day",
    "share/year": "2 % / year",
}
"""Every dimension a key can ask for, with one way to write it."""

MEANING = {
    "people": "a count",
    "share": "a share",
    "d": "a length of time",
    "1/d": "a rate",
    "h": "hours",
    "h/d": "hours a day",
    "m2": "an area",
    "km": "a distance",
    "number": "a plain number",
    "money": "an amount of money",
    "money/d": "an amount of money a day",
    "money/month": "an amount of money a month",
    "money/year": "an amount of money a year",
    "money/use": "an amount of money a day or a month",
    "share/d": "a share a day",
    "share/year": "a share a year",
}

_EITHER = {"money/use": ("money/d", "money/month")}
"""A key that takes more than one dimension -> those it takes."""


class QuantityError(ValueError):
    """Text that is not the quantity asked for: `what` is wrong, and how to `mend` it."""

    def __init__(self, what: str, mend: str) -> None:
        self.what = what
        self.mend = mend
        super().__init__(f"{what}; {mend}")


@dataclass(frozen=True, slots=True)
class Dispute:
    """Another value that somebody else gives for the same number."""

    value: float
    text: str
    source: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit and its evidence.

    `value`, `low` and `high` are in the base unit `unit`: people, share (0 to 1), d, 1/d, h, h/d,
    m2, km, number, share/d, share/year, or money as "USD", "USD/d", "USD/month", "USD/year". For
    money `amount` is the exact Decimal of which `value` is the float. `low` and `high` come
    together and make the number uncertain; `spread` is the law it is then drawn from (see
    ensemble.members).
    """

    value: float
    unit: str
    low: float | None = None
    high: float | None = None
    source: str | None = None
    quote: str | None = None
    grade: Grade = "assumption"
    note: str | None = None
    disputed_by: tuple[Dispute, ...] = ()
    spread: Spread = "two-piece"
    text: str = ""
    amount: Decimal | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says in base units, before any evidence."""

    value: float
    unit: str
    dimension: str
    amount: Decimal | None = None
    currency: str | None = None


def parse(text: str, dimension: str = "any") -> Reading:
    """Read `text` as a quantity of `dimension` (a key of EXAMPLES, or "any").

    Raises QuantityError when the text is outside the grammar, has another dimension, or is less
    or more than a number of its kind may be (see bounds).
    """
    text = single_spaced(text)
    found = _PARTS.fullmatch(text)
    if found is None:
        raise unreadable(text, EXAMPLES.get(dimension, "40 / day"))
    digits, unit, per = found.group(1), found.group(2) or "", found.group(3) or ""
    if len(digits) > MOST_DIGITS:
        raise QuantityError(
            f"the number has {len(digits)} digits", f"give at most {MOST_DIGITS} of them"
        )
    got = _read(digits, unit, per, text)
    if dimension == "any" or got.dimension in _EITHER.get(dimension, (dimension,)):
        return _within(got, OUTSIDE if dimension == "any" else KINDS[got.dimension], text)
    if got.dimension == "people" and not unit and dimension in ("share", "number"):
        return _within(Reading(got.value, dimension, dimension), KINDS[dimension], text)
    raise QuantityError(
        f"{text!r} is {MEANING[got.dimension]}, {MEANING[dimension]} is needed",
        f"write it like {EXAMPLES[dimension]}",
    )


def _within(got: Reading, bounds: Bounds, text: str) -> Reading:
    outside(got, text, bounds.least, bounds.most)
    return got


def outside(got: Reading, text: str, least: float | None, most: float | None) -> None:
    """Raises QuantityError when what `text` says is below `least` or above `most`."""
    currency = got.currency or ""
    if least is not None and got.value < least:
        limit = written(least, got.dimension, currency)
        raise QuantityError(f"{text} is too small", f"it cannot be below {limit}")
    if most is not None and got.value > most:
        limit = written(most, got.dimension, currency)
        raise QuantityError(f"{text} is too large", f"it cannot be above {limit}")


def whole(got: Reading, text: str) -> None:
    """Raises QuantityError when what `text` says is a part of one, or reads as if a point grouped
    its digits: `1.000` is written for a thousand more often than for one."""
    digits = re.match(r"(-?[0-9]+)(?:\.([0-9]+))?", text.strip())
    assert digits is not None  # it has been read
    before, after = digits[1], digits[2] or ""
    if got.value.is_integer() and len(after) != 3:
        return
    what = "people are whole" if got.dimension == "people" else "cells are whole"
    grouped = len(after) == 3 and len(before.lstrip("-")) <= 3
    meant = f"{before}.{after} may be meant as {before}{after}"
    raise QuantityError(
        f"{text.strip()} has a fraction, and {what}",
        meant if grouped else f"write a whole number, like {round(got.value)}",
    )


def with_value(quantity: Quantity, value: float | Decimal) -> Quantity:
    """The same quantity with another value, in base units; evidence and range are kept."""
    if quantity.currency is None:
        return replace(quantity, value=float(value), text=f"{float(value):.12g}")
    amount = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    return replace(quantity, value=float(amount), amount=amount, text=str(amount))


def plain(value: float, unit: str) -> Quantity:
    """A quantity that a rule of the language supplies where the user wrote nothing."""
    return Quantity(value=value, unit=unit, text=f"{value:g}", note="the language's default")


def _read(digits: str, unit: str, per: str, text: str) -> Reading:
    if per and per not in _PER:
        raise QuantityError(
            f"{text!r} is per {per!r}, which is no unit of time",
            "use / day, / week, / month or / year",
        )
    value = float(digits)
    if _CURRENCY.fullmatch(unit):
        return _money(digits, unit, per, text)
    if unit in ("", "people", "hearings"):
        if per:
            return Reading(value / _DAYS[per], "1/d", "1/d")
        if unit != "hearings":
            return Reading(value, "people", "people")
    elif unit == "%" and not per:
        return Reading(float(Decimal(digits) / 100), "share", "share")
    elif unit == "%" and per == "year":
        return Reading(float(Decimal(digits) / 100), "share/year", "share/year")
    elif unit == "%":
        return Reading(_daily(float(Decimal(digits) / 100), per), "share/d", "share/d")
    elif unit in _DAYS and not per:
        return Reading(value * _DAYS[unit], "d", "d")
    elif unit == "h" and per in ("", "d", "day"):
        dimension = "h/d" if per else "h"
        return Reading(value, dimension, dimension)
    elif unit in ("m2", "km") and not per:
        return Reading(value, unit, unit)
    elif unit not in _WORDS:
        raise QuantityError(
            f"{text!r} has the unit {unit!r}, which is not known", _meant(unit, text)
        )
    raise QuantityError(
        f"{text!r} joins units that do not go together",
        "write for example 40 / day, 60 d or 35 EUR / day",
    )


def _daily(share: float, per: str) -> float:
    """The share that leaves in a day, of those still there, if so many leave in a week or month.
    A whole share or more is left as it is: it is beyond the bounds of its kind."""
    return share if _DAYS[per] == 1 or share >= 1 else -math.expm1(math.log1p(-share) / _DAYS[per])


def _money(digits: str, currency: str, per: str, text: str) -> Reading:
    amount = Decimal(digits)
    if currency not in currencies():
        raise QuantityError(
            f"{text!r} is in {currency!r}, which is no currency", "use its ISO code, such as EUR"
        )
    if per != "week":
        tail = "/d" if per in ("d", "day") else f"/{per}" if per else ""
        return Reading(float(amount), currency + tail, "money" + tail, amount, currency)
    raise QuantityError(
        f"{text!r} is money per week, which no key takes",
        f"write the sum per day, month or year, like {currency} / day",
    )


def _meant(unit: str, text: str) -> str:
    """How to mend a unit that is not known: the one that differs from it in capitals, or all."""
    meant = unit.upper() if unit.upper() in currencies() else unit.lower()
    if meant in currencies() or meant in _WORDS:
        return f"write {text.replace(unit, meant, 1)}"
    return "use d, week, month, year, h, m2, km, %, people, hearings or a currency such as EUR"


def unreadable(text: str, example: str) -> QuantityError:
    """What is wrong with a text that is no quantity at all."""
    odd = unusual(text)
    if odd is not None:
        return QuantityError(f"{odd} stands in {text!r}", "write plain spaces, or none")
    if re.match(r"-?[0-9]{1,3}([ ,_'][0-9]{3})+", text):
        return QuantityError(
            f"{text!r} groups its digits", f"write the digits together, like {example}"
        )
    if re.match(r"-?[0-9]+,[0-9]", text):
        return QuantityError(
            f"{text!r} has a comma in it", f"write a point, like {text.replace(',', '.', 1)}"
        )
    if any(unicodedata.category(mark) == "Sc" for mark in text):
        return QuantityError(
            f"{text!r} is not a quantity", f"write a currency as its ISO code, like {example}"
        )
    what = f"{text!r} is not a quantity" if text else "a number is missing"
    return QuantityError(what, f"write a number and its unit, like {example}")

"""Titles of charts: what is found, in at most WORDS words, its numbers those of Figures.

Numbers are rounded to three figures; the table beside the chart has them whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from babel.numbers import get_currency_symbol

from bedspace.appraisal.figures.currencies import currency_of
from bedspace.appraisal.figures.figure import Figure
from bedspace.appraisal.members.members import Ensemble
from bedspace.rules import countries
from bedspace.scenario import Scenario
from bedspace.scenario.model.agreements import Agreement

WORDS = 15
"""The most words of a title."""

Amount = int | float | Decimal

SIDES = ("baseline", "scenario")


def words_of(title: str) -> int:
    """How many words a title has: what has a letter or a digit in it."""
    return sum(bool(re.search(r"\w", part)) for part in title.split())


def shortest(*titles: str) -> str:
    """The first of several titles that is not too long, else the last."""
    return next((title for title in titles if words_of(title) <= WORDS), titles[-1])


def number(figure: Figure) -> float:
    """The value of a figure that has one."""
    assert isinstance(figure.value, int | float | Decimal), figure.id
    return float(figure.value)


def known(figure: Figure) -> bool:
    """Whether a figure has a number."""
    return isinstance(figure.value, int | float | Decimal)


def ends(figure: Figure) -> tuple[float, float]:
    """The interval of a figure with a number; the value twice where there is none."""
    value = number(figure)
    if isinstance(figure.low, str | None) or isinstance(figure.high, str | None):
        return value, value
    return float(figure.low), float(figure.high)


def told(value: Amount, unit: str) -> str:
    """An amount in words without its sign: "$803 m", "40 %", "1.54 m²", "28,400"."""
    size = abs(float(value))
    if unit == "share":
        return percent(size)
    if currency_of(unit):
        return money(size, unit)
    if unit == "m2":
        return f"{figures(size)} m²"
    return count(size)


def of(figure: Figure) -> str:
    """A figure's value in words, without its sign."""
    return told(number(figure), figure.unit)


def with_range(figure: Figure) -> str:
    """A figure's value and, in brackets, what holds 95 % of the futures where they differ."""
    low, high = (told(end, figure.unit) for end in ends(figure))
    signs = ["−" if end < 0 else "" for end in ends(figure)]
    value = f"{'−' if number(figure) < 0 else ''}{of(figure)}"
    return value if low == high else f"{value} ({signs[0]}{low} to {signs[1]}{high})"


def money(value: Amount, unit: str) -> str:
    """An amount of a unit such as "USD" or "EUR/place-day", without its sign."""
    currency = currency_of(unit) or unit
    symbol = get_currency_symbol(currency, locale="en")
    gap = " " if symbol[-1:].isalpha() else ""
    return f"{symbol}{gap}{_scaled(abs(float(value)), cents=True)}"


def count(value: Amount) -> str:
    """People, places, days: whole, three figures from ten thousand on."""
    return _scaled(abs(float(value)), cents=False)


def percent(share: Amount) -> str:
    """ "40 %"; with a decimal below ten where it is not whole."""
    size = abs(float(share)) * 100
    text = f"{size:.1f}".removesuffix(".0") if size < 9.95 else f"{size:,.0f}"
    return f"{text} %"


def _scaled(size: float, cents: bool) -> str:
    for least, unit, word in ((999.5e6, 1e9, " bn"), (999_500, 1e6, " m")):
        if size >= least:
            return f"{figures(size / unit)}{word}"
    if size >= 1000 or not cents:
        return f"{round(size):,}" if size < 9_995 else f"{float(f'{size:.3g}'):,.0f}"
    return f"{size:.2f}".removesuffix(".00")


def figures(size: float) -> str:
    """Three figures at most, without noughts at the end of the decimals."""
    text = f"{size:.{2 if size < 9.995 else 1 if size < 99.95 else 0}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def system(scn: Scenario, name: str) -> str:
    """A system's name in a title: what stands before the comma of its own."""
    text = (scn.systems[name].title or name).partition(",")[0]
    return upper(text)


def parties(scn: Scenario, agreement: Agreement) -> tuple[str, str]:
    """Sender and receiver: their countries or states, and within one the titles of the systems."""
    ends = (agreement.sending, agreement.receiving)
    states = [scn.systems[end].country or end for end in ends]
    if states[0] == states[1]:
        sender, receiver = (system(scn, end) for end in ends)
    else:
        sender, receiver = (upper(countries.title(countries.country(state))) for state in states)
    return sender, receiver


def upper(text: str) -> str:
    """With a capital at its beginning."""
    return text[:1].upper() + text[1:]


def sides(ensemble: Ensemble) -> dict[str, str]:
    """The baseline and the scenario in words, by what is in one and not in the other."""
    more = [n for n in ensemble.scn.agreements if n not in ensemble.base.agreements]
    what = "the agreement" if len(more) == 1 else "the agreements" if more else "the change"
    return dict(zip(SIDES, (f"Without {what}", f"With {what}"), strict=True))


def futures(members: int) -> str:
    """How many simulated futures there are."""
    return f"{members} simulated future{'' if members == 1 else 's'}"


def listed(parts: Sequence[str]) -> str:
    """Words as a sentence lists them."""
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last

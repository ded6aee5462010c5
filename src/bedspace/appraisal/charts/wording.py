"""Titles of charts: what is found, in at most WORDS words, its numbers those of Figures.

Numbers are rounded to three figures; the table beside the chart has them whole.
"""

from __future__ import annotations

import re
from decimal import Decimal

from bedspace.appraisal.answer import naming, wording
from bedspace.appraisal.answer.wording import Amount
from bedspace.appraisal.answer.wording import amount as amount  # a title's words too
from bedspace.appraisal.answer.wording import figures as figures
from bedspace.appraisal.answer.wording import listed as listed
from bedspace.appraisal.answer.wording import upper as upper
from bedspace.appraisal.figures.currencies import currency_of
from bedspace.appraisal.figures.figure import Figure
from bedspace.appraisal.members.members import Ensemble
from bedspace.scenario import Scenario
from bedspace.scenario.model.agreements import Agreement

WORDS = 15
"""The most words of a title."""

SIDES = ("baseline", "scenario")


def words_of(title: str) -> int:
    """How many words a title has: what has a letter or a digit in it."""
    return sum(bool(re.search(r"\w", part)) for part in title.split())


def shortest(*titles: str) -> str:
    """The first of several titles that is not too long, else the last."""
    return next((title for title in titles if words_of(title) <= WORDS), titles[-1])


def known(figure: Figure) -> bool:
    """Whether a figure has a number."""
    return isinstance(figure.value, int | float | Decimal)


def ends(figure: Figure) -> tuple[float, float]:
    """The interval of a figure with a number; the value twice where there is none."""
    value = amount(figure)
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
    return told(amount(figure), figure.unit)


def with_range(figure: Figure) -> str:
    """A figure's value and, in brackets, what holds 95 % of the futures where they differ."""
    low, high = (told(end, figure.unit) for end in ends(figure))
    signs = ["−" if end < 0 else "" for end in ends(figure)]
    value = f"{'−' if amount(figure) < 0 else ''}{of(figure)}"
    return value if low == high else f"{value} ({signs[0]}{low} to {signs[1]}{high})"


def money(value: Amount, unit: str) -> str:
    """An amount of money without its sign, to three figures."""
    return wording.money(value, unit, short=True)


def count(value: Amount) -> str:
    """People, places, days: to three figures from ten thousand on."""
    return wording.count(value, short=True)


def percent(share: Amount) -> str:
    """ "40 %", without its sign."""
    return wording.percent(abs(float(share)))


def system(scn: Scenario, name: str) -> str:
    """A system's name in a title: what stands before the comma of its own."""
    return upper(naming.system(scn, name).partition(",")[0])


def parties(scn: Scenario, agreement: Agreement) -> tuple[str, str]:
    """Sender and receiver as a title has them."""
    sender, receiver = naming.parties(scn, agreement)
    return upper(sender.partition(",")[0]), upper(receiver.partition(",")[0])


def sides(ensemble: Ensemble) -> dict[str, str]:
    """The baseline and the scenario in words, by what is in one and not in the other."""
    what = naming.change(ensemble.scn, ensemble.base)
    return dict(zip(SIDES, (f"Without {what}", f"With {what}"), strict=True))


def futures(members: int) -> str:
    """How many simulated futures there are."""
    return f"{members} simulated future{'' if members == 1 else 's'}"

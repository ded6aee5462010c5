"""Numbers, chances and dates as a sentence of an answer has them.

Money is rounded to three digits from a million on; the figure itself stands in the tables. Signs
are words (a loss, a saving), so that no sentence needs a minus.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from babel.numbers import get_currency_symbol

from bedspace.appraisal.figures.appraisal import FEW
from bedspace.appraisal.figures.currencies import currency_of
from bedspace.appraisal.figures.figure import Figure

Amount = int | float | Decimal

CHANCES = ((0.99, "almost certainly"), (0.9, "very probably"), (0.66, "probably"))
"""The least share of futures for each word, as the IPCC has it for "virtually certain", "very
likely" and "likely": Mastrandrea et al., Guidance Note for Lead Authors of the IPCC Fifth
Assessment Report on Consistent Treatment of Uncertainties, 2010, table 1. Below the last it is as
likely as not."""

_SMALL = (
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def chance(share: float) -> str:
    """The word for what happens in a share of the futures, at least a half of them; empty where it
    is as likely as not."""
    return next((word for least, word in CHANCES if share >= least), "")


def money(value: Amount, unit: str, short: bool = False) -> str:
    """ "$803 m", "€54.79": an amount in a unit such as "USD" or "EUR/place-day", without its
    sign; `short` as for `count`."""
    currency = currency_of(unit) or unit
    symbol = get_currency_symbol(currency, locale="en")
    gap = " " if symbol[-1:].isalpha() else ""
    return f"{symbol}{gap}{_scaled(abs(float(value)), cents=True, short=short)}"


def count(value: Amount, short: bool = False) -> str:
    """People, places, days: whole, to hundreds from a hundred thousand on, in millions from a
    million on; `short`, to three figures from ten thousand on."""
    return _scaled(abs(float(value)), cents=False, short=short)


def _scaled(size: float, cents: bool, short: bool) -> str:
    for least, unit, word in ((999.5e6, 1e9, " bn"), (999_500, 1e6, " m")):
        if size >= least:
            return f"{figures(size / unit)}{word}"
    if size < 1000 and cents:
        return f"{size:.2f}".removesuffix(".00")
    if short and size >= 9_995:
        return f"{float(f'{size:.3g}'):,.0f}"
    return f"{round(size):,}" if size < 99_950 else f"{round(size, -2):,.0f}"


def figures(size: float) -> str:
    """Three figures at most, without noughts at the end of the decimals."""
    text = f"{size:.{2 if size < 9.995 else 1 if size < 99.95 else 0}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(value: Amount) -> str:
    """ "40 %", and with a decimal below ten where it is not whole."""
    size = float(value) * 100
    text = f"{size:.1f}".removesuffix(".0") if abs(size) < 9.95 else f"{size:.0f}"
    return f"{text} %"


def told(figure: Figure, value: Amount | str | None = None) -> str:
    """A figure's value, or one end of its interval, in words without its sign."""
    found = figure.value if value is None else value
    if found is None or isinstance(found, str):
        return found or "not known"
    if figure.unit == "share":
        return percent(abs(float(found)))
    return money(found, figure.unit) if currency_of(figure.unit) else count(found)


def between(figure: Figure) -> str:
    """ " ($651 m to $940 m)": the interval that holds 95 % of the futures. Empty where they do not
    differ, not so that it shows, and where the file's own value lies outside of it."""
    if figure.low is None or figure.high is None or _outside(figure):
        return ""
    low, high = told(figure, figure.low), told(figure, figure.high)
    return f" ({low} to {high})" if low != high else ""


def _outside(figure: Figure) -> bool:
    """Whether a value that the file gives lies beyond the few futures that were drawn."""
    ends = [float(v) for v in (figure.low, figure.high) if isinstance(v, int | float | Decimal)]
    return figure.exact and not ends[0] <= amount(figure) <= ends[-1]


def amount(figure: Figure) -> float:
    """A figure's value as a number. It must have one."""
    assert isinstance(figure.value, int | float | Decimal)
    return float(figure.value)


def with_range(figure: Figure) -> str:
    """The value and its interval."""
    return f"{told(figure)}{between(figure)}"


LOSS = ("a loss of {}", "a saving of {}")
GAIN = ("a loss of {}", "a gain of {}")
COST = ("a cost of {}", "a saving of {}")
PEOPLE = ("{} fewer", "{} more")
"""How a value below nought is told, and one above, where an interval holds both."""


def signed_range(figure: Figure, sides: tuple[str, str]) -> str:
    """ " (a loss of $593 m to a saving of $119 m)": an interval that may lie on both sides of
    nought, with words for either; without them where it lies on one."""
    if not isinstance(figure.low, int | float | Decimal) or figure.high is None:
        return ""
    ends = [(float(end), told(figure, end)) for end in (figure.low, figure.high)]
    if ends[0][0] < 0 < ends[1][0]:
        below, above = (words.format(text) for words, (_, text) in zip(sides, ends, strict=True))
        return f" ({below} to {above})"
    first, last = sorted(ends, key=lambda end: abs(end[0]))
    return f" ({first[1]} to {last[1]})" if first[1] != last[1] else ""


def explained(interval: str, figure: Figure) -> str:
    """An interval in brackets that says what it holds, where the futures are enough to say it."""
    if len(figure.by_member) < FEW:
        return interval
    return interval.replace(" (", " (95 % of the futures: ", 1)


def day(when: date) -> str:
    """ "4 February 2025"."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def at_end(when: date) -> str:
    """ "at the end of 2035", or of another month or day: what is counted at a day's end."""
    if (when.month, when.day) == (12, 31):
        return f"at the end of {when.year}"
    return f"on {day(when)}"


def years(days: int) -> str:
    """ "ten years", "7.1 years", "18 months", "120 days": a length of time as it is said."""
    whole = days / 365.25
    if whole >= 0.99 and abs(whole - round(whole)) < 0.05:
        return plural(round(whole), "year")
    if whole >= 3:
        return f"{whole:.1f} years"
    if days >= 60:
        return plural(round(days / 365.25 * 12), "month")
    return plural(days, "day")


def plural(number: int, word: str) -> str:
    """ "one year", "ten years", "18 months"."""
    shown = _SMALL[number] if number < len(_SMALL) else f"{number:,}"
    return f"{shown} {word}{'' if number == 1 else 's'}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """Words as a sentence lists them: "a, b and c"."""
    *first, final = words
    return f"{', '.join(first)} {last} {final}" if first else final


def upper(text: str) -> str:
    """With a capital at its beginning."""
    return text[:1].upper() + text[1:]

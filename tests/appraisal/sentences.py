"""Reads the numbers out of an answer's sentences and looks for them among the figures they tell.

It knows nothing of how sentences are made: it reads "$803 m" as 803 million give or take half a
million, and asks that a figure of the sentence has a value or an end of its interval there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bedspace.appraisal import Appraisal, Figure
from bedspace.appraisal.figures.answer import Sentence
from bedspace.scenario import Scenario

MONTHS = "January February March April May June July August September October November December"
_MONTH = "|".join(MONTHS.split())
LEFT_OUT = (
    rf"\b\d{{1,2}} (?:{_MONTH}) \d{{4}}",  # a day
    r"\bend of \d{4}",
    r"\d{4}-\d\d-\d\d",
    r"\b[A-Z]{3} of \d{4}",  # the year of common prices
    r"over \d[\d.,]* (?:years|months|days)",
    r"\b95 % of the futures",
)
"""What is no figure: days, lengths of time, and what an interval holds."""

NUMBER = re.compile(
    r"(?P<money>[A-Z]{0,2}[$€£¥]|[A-Z]{3} )?(?P<digits>\d[\d,]*(?:\.\d+)?)"
    r"(?P<tail> bn\b| m\b(?!²)| %)?"
)
SCALE = {" bn": 1e9, " m": 1e6}


def unexplained(found: Appraisal, scn: Scenario | None) -> list[tuple[str, str]]:
    """Numbers of the answer that none of the sentence's figures has, each with its sentence."""
    named = " ".join(_names(scn)) if scn is not None else ""
    return [
        (number, sentence.text)
        for sentence in found.answer.sentences
        for number in _unexplained(sentence, found, named)
    ]


def _names(scn: Scenario) -> Iterator[str]:
    """Every title of the scenario, which may have a number in it."""
    yield scn.title
    for system in scn.systems.values():
        yield from (one.title or "" for one in (system, *system.groups.values()))
        yield from (one.title or "" for one in system.facilities.values())
    yield from (one.title or "" for one in scn.agreements.values())
    for route in scn.routes.values():
        yield from (route.title, *(gate.title for gate in route.gates))


def _unexplained(sentence: Sentence, found: Appraisal, named: str) -> Iterator[str]:
    text = sentence.text
    for pattern in LEFT_OUT:
        text = re.sub(pattern, "", text)
    told = [value for figure in sentence.figures for value in _values(figure)]
    notes = f"{named} {' '.join(figure.note for figure in sentence.figures)}"
    noted = {match["digits"].rstrip(",") for match in NUMBER.finditer(notes)}
    for match in NUMBER.finditer(text):
        digits = match["digits"].rstrip(",")
        if digits in noted or _is_pool(digits, sentence, found):
            continue
        size = float(digits.replace(",", "")) * SCALE.get(match["tail"] or "", 1.0)
        half = _half(digits) * SCALE.get(match["tail"] or "", 1.0)
        if match["tail"] == " %":
            size, half = size / 100, half / 100
        if not any(abs(size - value) <= half * 1.000001 + 1e-12 for value in told):
            yield match[0]


def _half(digits: str) -> float:
    """Half of the last place that is shown; from 100,000 on hundreds are shown."""
    if "." in digits:
        return 0.5 * 10.0 ** -len(digits.partition(".")[2])
    whole = int(digits.replace(",", ""))
    return 50.0 if whole >= 99_950 and whole % 100 == 0 else 0.5


def _values(figure: Figure) -> Iterator[float]:
    for value in (figure.value, figure.low, figure.high):
        if isinstance(value, int | float | Decimal):
            yield abs(float(value))


def _is_pool(digits: str, sentence: Sentence, found: Appraisal) -> bool:
    """Whether a number is how many futures there are, or agreements, of which some are counted, or
    standards."""
    counted = [f for f in sentence.figures if f.unit in ("futures", "agreements", "standards")]
    pools = {str(found.members)} | {
        number for figure in counted for number in re.findall(r"\d+", figure.formula)
    }
    return bool(counted) and digits in pools

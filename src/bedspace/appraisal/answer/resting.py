"""What an answer rests on, in one line read off the stamps of its figures."""

from __future__ import annotations

from dataclasses import replace

from bedspace.appraisal.answer import wording
from bedspace.appraisal.figures.answer import Answer
from bedspace.appraisal.figures.figure import (
    ASSUMED_POWER,
    ASSUMPTION,
    OLD_PRICES,
    TAKEN_AS_MET,
    TO_VERIFY,
    UNSOURCED,
)

_KINDS = (
    (ASSUMED_POWER, "", "assumed legal power"),
    (TAKEN_AS_MET, "(unsettled)", "open legal question taken as decided"),
    (TAKEN_AS_MET, "(needs)", "legal condition taken as met"),
    (ASSUMPTION, "", "assumption"),
    (UNSOURCED, "", "number without a source"),
    (OLD_PRICES, "", "old price"),
    (TO_VERIFY, "", "rule of law still to be verified"),
)


def told(made: Answer) -> Answer:
    """The answer with its line."""
    found = []
    for kind, ending, words in _KINDS:
        count = sum(s.startswith(kind) and s.endswith(ending) for s in made.stamps)
        if count:
            found.append(_counted(count, words))
    line = f"Rests on {wording.listed(found)}." if found else "Rests on sourced numbers only."
    return replace(made, rests_on=line)


def _counted(count: int, words: str) -> str:
    if count == 1:
        return f"one {words}"
    head, *tail = words.split(" ")
    for noun in ("question", "condition", "power", "assumption", "number", "price", "rule"):
        if noun in (head, *tail):
            words = words.replace(noun, f"{noun}s", 1)
            break
    return f"{count} {words}"

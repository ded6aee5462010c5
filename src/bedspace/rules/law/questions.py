"""The questions that a gate may ask, by the name the rule data use.

Each answers from the facts and the day: yes, no, a word, or None when it cannot be told.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bedspace.rules.countries import FOREIGN
from bedspace.rules.law.model import Facts
from bedspace.rules.law.treaties import in_force

Answer = bool | str | None
Question = Callable[[Facts, date], Answer]

IN_WORDS = ("sender",)
"""The questions that are answered by a word; all others by yes or no."""

SIX_MONTHS = 365.25 / 2
"""In days, for a sentence's remainder."""

_SERVING = {"sentenced": True, "recalled": True, "indefinite": True}
_NOT_SERVING = {"remand": False, "immigration": False}


def citizen_of_sender(facts: Facts, on: date) -> bool | None:
    """A citizen of the sending country. A lawful resident is known not to be one."""
    if facts.countries is None:
        return False if facts.lawful_resident else None
    return facts.sending in facts.countries


def national_of_receiver(facts: Facts, on: date) -> bool | None:
    """A citizen or national of the receiving country, perhaps beside another citizenship."""
    found = facts.countries
    if found is None:
        return None
    if facts.receiving in found:
        return True
    return None if FOREIGN in found else False


def serving_sentence(facts: Facts, on: date) -> bool | None:
    """Serving a sentence of imprisonment, as against waiting for trial or held for removal."""
    return (_SERVING | _NOT_SERVING).get(facts.custody_status or "")


def judgment_final(facts: Facts, on: date) -> bool | None:
    """A final judgment, and no appeal or other challenge pending."""
    if facts.final_judgment is False or facts.appeal_pending is True:
        return False
    return True if facts.final_judgment and facts.appeal_pending is False else None


def transfer_treaty_in_force(facts: Facts, on: date) -> bool | None:
    """A treaty on transferring sentenced persons between the two; the register before the facts."""
    known = in_force(facts.sending, facts.receiving, on)
    return facts.transfer_treaty if known is None else known


def six_months_left(facts: Facts, on: date) -> bool | None:
    """At least six months of the sentence still to serve."""
    return None if facts.days_left is None else facts.days_left >= SIX_MONTHS


def _field(name: str) -> Question:
    def answer(facts: Facts, on: date) -> Answer:
        value: Answer = getattr(facts, name)
        return value

    return answer


QUESTIONS: dict[str, Question] = {
    "sender": lambda facts, on: facts.sending,
    "crosses_border": lambda facts, on: facts.sending != facts.receiving,
    "citizen_of_sender": citizen_of_sender,
    "national_of_receiver": national_of_receiver,
    "serving_sentence": serving_sentence,
    "judgment_final": judgment_final,
    "transfer_treaty_in_force": transfer_treaty_in_force,
    "six_months_left": six_months_left,
} | {
    name: _field(name)
    for name in (
        "violent",
        "removal_order",
        "consent",
        "double_criminality",
        "coe_1983_parties",
        "lease_treaty",
        "parliaments_approve",
        "states_agree",
        "persecution_risk",
        "torture_risk",
        "notice_given",
        "habitable",
        "care_secured",
    )
}

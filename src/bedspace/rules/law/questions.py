"""The questions that a gate may ask, by the name the rule data use.

Each answers from the facts and the day: yes, no, a word, or None when it cannot be told. Some are
families with a name behind the dot: `parties.coe-1983`, `sender_bound.cat-1984`,
`sender_in.council-of-europe`, `receiver.arizona`, `national_of.venezuela`, `meets.mursic-3`,
`offence.drug_trafficking`, `group.gang_links`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from bedspace.rules import countries, standards
from bedspace.rules.countries import FOREIGN, OTHER
from bedspace.rules.law import treaties
from bedspace.rules.law.model import Facts
from bedspace.rules.spelling import meant

Answer = bool | str | None
Question = Callable[[Facts, date], Answer]

IN_WORDS = ("sender", "receiver", "custody", "operator")
"""The questions that are answered by a word; all others by yes or no, `group.` by either."""

SIX_MONTHS = 365.25 / 2
"""In days, for a sentence's remainder."""

MONTH = 30
"""In days: at least a month before release."""

_SERVING = {"sentenced": True, "recalled": True, "indefinite": True}
_NOT_SERVING = {"remand": False, "immigration": False}
_YES_NO = {"yes": True, "true": True, "no": False, "false": False}


def citizen_of_sender(facts: Facts, on: date) -> bool | None:
    """A citizen of the sending country. A lawful resident is known not to be one."""
    if facts.countries is None:
        return False if facts.lawful_resident else None
    return countries.nation(facts.sending) in facts.countries


def national_of_receiver(facts: Facts, on: date) -> bool | None:
    """A citizen or national of the receiving country, perhaps beside another citizenship."""
    found = facts.countries
    if found is None:
        return None
    if countries.nation(facts.receiving) in found:
        return True
    return None if FOREIGN in found else False


def _national_of(word: str) -> Question:
    """A citizen or national of a country that the rule names; "other" leaves open of which."""
    country = countries.country(word)

    def answer(facts: Facts, on: date) -> bool | None:
        found = facts.countries
        if found is None:
            return None
        if country in found:
            return True
        return None if found & {FOREIGN, OTHER} else False

    return answer


def crosses_border(facts: Facts, on: date) -> bool:
    """From one country into another; two states of one country have no border between them."""
    return countries.nation(facts.sending) != countries.nation(facts.receiving)


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
    known = treaties.any_in_force("transfer", facts.sending, facts.receiving, on)
    return facts.transfer_treaty if known is None else known


def six_months_left(facts: Facts, on: date) -> bool | None:
    """At least six months of the sentence still to serve."""
    return None if facts.days_left is None else facts.days_left >= SIX_MONTHS


def returned_before_release(facts: Facts, on: date) -> bool | None:
    """Brought home before release, by however many days."""
    return None if facts.return_days is None else facts.return_days > 0


def returned_a_month_before(facts: Facts, on: date) -> bool | None:
    """Brought home at least a month before release."""
    return None if facts.return_days is None else facts.return_days >= MONTH


def _field(name: str) -> Question:
    def answer(facts: Facts, on: date) -> Answer:
        value: Answer = getattr(facts, name)
        return value

    return answer


QUESTIONS: dict[str, Question] = {
    "sender": lambda facts, on: facts.sending,
    "receiver": lambda facts, on: facts.receiving,
    "custody": lambda facts, on: facts.custody_status,
    "crosses_border": crosses_border,
    "citizen_of_sender": citizen_of_sender,
    "national_of_receiver": national_of_receiver,
    "serving_sentence": serving_sentence,
    "judgment_final": judgment_final,
    "transfer_treaty_in_force": transfer_treaty_in_force,
    "six_months_left": six_months_left,
    "returned_before_release": returned_before_release,
    "returned_a_month_before": returned_a_month_before,
} | {
    name: _field(name)
    for name in (
        "violent",
        "lawful_resident",
        "removal_order",
        "consent",
        "double_criminality",
        "lease_treaty",
        "parliaments_approve",
        "states_agree",
        "recognised",
        "persecution_risk",
        "torture_risk",
        "ill_treatment_risk",
        "notice_given",
        "host_notified",
        "habitable",
        "care_secured",
        "operator",
    )
}


def _parties(treaty: str) -> Question:
    """Both countries are parties to a treaty of the register; the register before the facts."""

    def answer(facts: Facts, on: date) -> bool | None:
        known = treaties.in_force(treaty, facts.sending, facts.receiving, on)
        return facts.parties.get(treaty) if known is None else known

    return answer


def _sender_bound(treaty: str) -> Question:
    """The sending country is bound by a treaty of the register, whoever receives."""
    return lambda facts, on: treaties.binds(treaty, facts.sending, on)


def _sender_in(group: str) -> Question:
    """The sending country is a member of a group of states."""
    return lambda facts, on: countries.is_member(countries.nation(facts.sending), (group,))


def _sender(word: str) -> Question:
    """The sender is this country, or this state within one."""
    return lambda facts, on: facts.sending == countries.country(word)


def _receiver(word: str) -> Question:
    """The receiver is this country, or this state within one."""
    return lambda facts, on: facts.receiving == countries.country(word)


def _meets(standard: str) -> Question:
    """The facility meets a standard; one that does not apply to its kind of cell asks nothing."""

    def answer(facts: Facts, on: date) -> bool | None:
        asked = [s for s in standards.standards() if s.id == standard]
        if facts.cell is None and asked[0].applies_to in standards.CELLS:
            return None
        made = standards.check(facts.measures, asked, cell=facts.cell or "")
        return made[0].meets if made else True

    return answer


def _of_the_group(name: str) -> Question:
    """What is said of the people under a word; yes and no are answers, other words stay words."""

    def answer(facts: Facts, on: date) -> Answer:
        word = facts.attributes.get(name)
        return word if word is None else _YES_NO.get(word.lower(), word)

    return answer


OFFENCE = (
    "violent",
    "aggravated_felony",
    "drug_trafficking",
    "firearms",
    "people_smuggling",
    "child_exploitation",
    "national_security",
)
"""Attributes of an offence that the law of the United States on removal speaks of: 8 U.S.C.
1231(a)(4)(B), and the kinds of aggravated felony in 1101(a)(43) that it names. `firearms` holds
explosives too."""


def _of_the_offence(name: str) -> Question:
    """What is known of the offence served for; whether it was violent is a fact of its own."""

    def answer(facts: Facts, on: date) -> bool | None:
        return facts.violent if name == "violent" else facts.offence.get(name)

    return answer


FAMILIES: dict[str, tuple[Callable[[str], Question], Callable[[], Iterable[str]] | None]] = {
    "parties": (_parties, treaties.names),
    "sender_bound": (_sender_bound, treaties.names),
    "sender_in": (_sender_in, countries.groups),
    "sender": (_sender, None),
    "receiver": (_receiver, None),
    "national_of": (_national_of, None),
    "meets": (_meets, lambda: [s.id for s in standards.standards()]),
    "offence": (_of_the_offence, None),
    "group": (_of_the_group, None),
}
"""Word before the dot -> the question it makes of the name behind it, and the names there are
(None: any)."""


def question(name: str) -> Question | None:
    """The question of that name; None when there is none."""
    if name in QUESTIONS:
        return QUESTIONS[name]
    family, dot, about = name.partition(".")
    if not dot or not about or family not in FAMILIES:
        return None
    make, names = FAMILIES[family]
    return make(about) if names is None or about in names() else None


def asked(name: str, facts: Facts, on: date) -> Answer:
    """The answer to a question that is known to exist."""
    found = question(name)
    assert found is not None  # refused when the rule was read
    return found(facts, on)


def answer_of(name: str, text: str) -> bool | str:
    """A written answer as the question gives it."""
    return text if name in IN_WORDS else _YES_NO.get(text.lower(), text)


def refusal(name: str, text: Any) -> tuple[str, str] | None:
    """What is wrong with a question and its written answer, and how to mend it."""
    if question(name) is None:
        family = name.partition(".")[0]
        names = FAMILIES[family][1] if family in FAMILIES else None
        known = [f"{family}.{n}" for n in names()] if names else [*QUESTIONS]
        return f"there is no question {name!r}", meant(name, known)
    if not isinstance(text, str) or not text.strip():
        return f"{name} has no answer", "write yes, no or a word"
    if name in IN_WORDS or name.startswith("group.") or text.lower() in _YES_NO:
        return None
    return f"{name} cannot be answered {text!r}", "write yes or no"

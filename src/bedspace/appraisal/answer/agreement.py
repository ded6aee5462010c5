"""The answer about an agreement: whether the sender gains by it, and what that stands on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bedspace.appraisal.answer import naming, resting, tiles, turns, unknown, wording
from bedspace.appraisal.answer.futures import Sides, sides
from bedspace.appraisal.fee import payments
from bedspace.appraisal.figures import making
from bedspace.appraisal.figures.answer import Answer, Sentence
from bedspace.appraisal.figures.appraisal import FEW
from bedspace.appraisal.figures.figure import Figure
from bedspace.appraisal.figures.once import once
from bedspace.appraisal.law.verdicts import Legal, barred, totals
from bedspace.appraisal.members.members import day_in_short
from bedspace.appraisal.members.use import Use
from bedspace.appraisal.parties import corridor
from bedspace.appraisal.people import held
from bedspace.appraisal.sender import avoided, saving
from bedspace.rules import fees

LEADING = ("long-run", "marginal", "average")
"""Cost bases from the one that says best what is really avoided: by what becomes empty at home,
by the share avoided at the margin, and by the average cost, which holds buildings and staff that
stay."""


MOST = 5
"""Grounds that are told."""


def answer(use: Use, legal: Legal, told: Mapping[str, Figure]) -> Answer:
    """The answer about one agreement; `told` are the appraisal's figures by their ids."""
    sender, receiver = naming.parties(use.ensemble.scn, use.agreement)
    basis = leading(use)
    made = Answer(
        f"Does holding people in {receiver} save {sender} money?",
        _first(use, legal, basis),
        tuple(_grounds(use, basis))[:MOST],
        tiles.of_agreement(use, legal, told),
        tuple(turns.of_agreement(use, basis, told)),
        tuple(unknown.of_agreement(use, legal, basis, told)),
    )
    return resting.told(made)


def leading(use: Use) -> str | None:
    """The cost basis to lead with; None where no saving is known."""
    known = avoided.bases(use)
    return next(
        (b for b in LEADING if b in known and saving.saving(use, b, False).value is not None), None
    )


def _first(use: Use, legal: Legal, basis: str | None) -> Sentence:
    sender, receiver = naming.parties(use.ensemble.scn, use.agreement)
    held_abroad = f"by holding people in {receiver}"
    if nobody(use, legal):
        return _barred(use, legal)
    if basis is None:
        whether = saving.saving(use, "marginal", False)
        why = whether.note or "its costs at home are not given"
        return Sentence(
            f"Whether {sender} saves money {held_abroad} is not known: {why}.", (whether,)
        )
    net = saving.saving(use, basis, False)
    found = _sides(use, basis)
    if found is None:
        return Sentence(
            f"The agreement enters into force in no simulated future, so {sender} neither pays nor "
            "saves.",
            (net,),
        )
    if not found.counted:
        return Sentence(
            f"{wording.upper(sender)} neither saves nor loses money {held_abroad}.", (net,)
        )
    clause = condition(use, legal, found.most)
    opening = clause + ("counted at average cost, " if basis == "average" else "")
    happened = naming.happened(use.agreement)
    if found.even or found.rarely:
        verb = "is" if happened else "would be"
        then = naming.verb(use.agreement, found.most)
        likely = f"{verb} as likely to lose money as to save it"
        if found.few:
            likely = "may lose or save money"
        elif not found.even:
            likely = f"may {found.most} money"
        text = f"{opening}{sender} {likely} {held_abroad}"
        ending = f"it {then} {found.ending}"
    else:
        adverb = f"{found.word} " if found.word else ""
        verb = f"{adverb}{found.most}s" if happened else f"would {adverb}{found.most}"
        text, ending = f"{opening}{sender} {verb} money {held_abroad}", found.ending
    empty = " with no place used" if not any(use.place_days) else ""
    return Sentence(wording.upper(f"{text}{empty}: {ending}."), (net, *found.counted))


@once
def _sides(use: Use, basis: str) -> Sides | None:
    """In how many of the futures in which it is in force the sender loses; None where in none."""
    values = [
        float(v) for v, on in zip(saving.savings(use, basis), use.in_force, strict=True) if on
    ]
    if not values:
        return None
    every = len(use.in_force)
    where = "in which it enters into force" if len(values) < every else ""
    return sides(saving.saving(use, basis, False), values, "lose", "save", every, where)


def condition(use: Use, legal: Legal, most: str) -> str:
    """What the law would have to give for the rest of a sentence to come about; empty where it
    needs no decision that nobody has taken, and where people were held under it all the same."""
    if not legal.agreement.routes or naming.happened(use.agreement):
        return ""
    asked = []
    if use.basis.gates(use.id):
        asked.append("it had the legal powers it assumes")
    if any(gate.status == "unsettled" for gate in use.basis.taken[use.id]):
        asked.append("every open legal question went its way")
    return f"{'even ' if most == 'lose' else ''}if {' and '.join(asked)}, " if asked else ""


def nobody(use: Use, legal: Legal) -> bool:
    """Whether the law bars everybody on every route and nobody is sent."""
    routed = bool(legal.agreement.routes)
    return routed and not any(use.place_days) and all(barred(one) for one in legal.groups)


def _barred(use: Use, legal: Legal) -> Sentence:
    sender, receiver = naming.parties(use.ensemble.scn, use.agreement)
    most, paid = totals(legal)[1], payments.paid(use)
    text = f"The law bars everybody whom {sender} would have held in {receiver}, on every route"
    if paid.value:
        text += f"; {sender} pays {wording.with_range(paid)} all the same"
        return Sentence(f"{text}.", (most, paid))
    return Sentence(f"{text}.", (most,))


def _grounds(use: Use, basis: str | None) -> Iterator[Sentence]:
    if basis is not None and any(use.in_force):
        yield _net(use, basis)
    yield from _price(use)
    if basis is not None and any(use.place_days):
        yield _day(use, basis)
        yield from _fee_for_both(use, basis)
    yield from _people(use)


def _net(use: Use, basis: str) -> Sentence:
    """What it comes to over the whole term, with the interval."""
    net = saving.saving(use, basis, False)
    found, loses = _sides(use, basis), wording.amount(net) < 0
    word = "loss" if loses else "saving"
    is_ = "is" if naming.happened(use.agreement) else "would be"
    if net.low is None:
        return Sentence(
            f"In each of them the {word} {is_} {wording.told(net)} over {_term(use)}.", (net,)
        )
    opening = "Yet on average" if found and (found.most == "lose") != loses else "On average"
    if not all(use.in_force):
        opening += ", with nought where it does not enter into force,"
    text = f"{opening} the {word} {is_} {wording.told(net)} over {_term(use)}, not discounted"
    interval = wording.signed_range(net, wording.LOSS).strip(" ()").replace(" to ", " and ")
    if interval:
        some = "95 % of the futures" if use.ensemble.members >= FEW else "the few futures"
        text += f"; {some} lie between {interval}"
    return Sentence(f"{text}.", (net,))


def _term(use: Use) -> str:
    """How long it is active, as a sentence has it."""
    return wording.years(max(use.days_active, default=0) or use.days)


def _price(use: Use) -> Iterator[Sentence]:
    """What is paid at the price agreed, and what a day that is used comes to."""
    sender, _ = naming.parties(use.ensemble.scn, use.agreement)
    headline, paid, used = payments.announced(use), payments.paid(use), payments.price_used(use)
    if paid.value is None:
        yield Sentence(f"No fee is stated, so what {sender} pays is not known.", (paid,))
        return
    pays = naming.verb(use.agreement, "pay")
    text = f"{sender} {pays} {wording.with_range(paid)} over {_term(use)}"
    figures: tuple[Figure, ...] = (paid,)
    if headline.value is not None:
        text, figures = _at(use, wording.told(headline), text), (headline, paid)
    if used.value is not None and headline.unit == used.unit and _apart(used, headline):
        text += (
            f"; with all that is paid, a day really used {naming.verb(use.agreement, 'cost')} "
            f"{wording.with_range(used)}, "
            f"not {wording.told(headline)}"
        )
        figures = (*figures, used)
    elif used.value is None and paid.value:
        text += ", and no day of it is used"
    yield Sentence(wording.upper(f"{text}."), figures)


def _at(use: Use, price: str, text: str) -> str:
    """What is paid, with the headline price as the fee has it: for a person, for a place, or as
    what a sum comes to."""
    kinds = [fees.PARTS[part.kind] for part in use.agreement.fee if part.purpose == "fee"]
    if kinds and all(k.hangs_on_use and not k.hangs_on_places for k in kinds):
        return f"at {price} a day for each person held, {text}"
    if any(kind.hangs_on_places for kind in kinds):
        return f"at {price} a day for each place agreed, {text}"
    return f"{text}, by its terms {price} a day for each place agreed"


def _apart(one: Figure, other: Figure) -> bool:
    """Whether two amounts differ by more than one in a hundred."""
    first, second = wording.amount(one), wording.amount(other)
    return abs(first - second) > abs(second) / 100


def _day(use: Use, basis: str) -> Sentence:
    """What a day abroad avoids at home, beside the average cost, and what that would make of it."""
    gain = saving.gained(use, basis, True)
    if basis == "average":
        return Sentence(
            "Each day that somebody is held there saves at most the average cost of "
            f"{wording.with_range(gain)} at home, and less while buildings and staff remain; how "
            "much less is not given.",
            (gain,),
        )
    by = "" if basis == "marginal" else "by what becomes empty, "
    text = f"{by}each day that somebody is held there saves {wording.with_range(gain)} at home"
    mean, seeming = saving.gained(use, "average", True), saving.saving(use, "average", False)
    if mean.value is None or seeming.value is None:
        return Sentence(wording.upper(f"{text}."), (gain,))
    figures: tuple[Figure, ...] = (gain, mean, seeming)
    if use.agreement.refilled is not None:
        again = filled_again(use)
        text += (
            f" and {wording.told(mean)} at average cost, since {wording.with_range(again)} of the "
            "freed places are filled again"
        )
        figures = (gain, mean, again, seeming)
    else:
        text += f", not the average cost of {wording.told(mean)}, since buildings and staff remain"
    word = "still lose" if wording.amount(seeming) < 0 else "seem to save"
    interval = wording.signed_range(seeming, wording.LOSS)
    text += f"; counted at average cost, it would {word} {wording.told(seeming)}{interval}"
    return Sentence(wording.upper(f"{text}."), figures)


@once
def filled_again(use: Use) -> Figure:
    """The share of freed places that is filled again, as the futures have it."""
    path = f"agreements.{use.id}.refilled"
    drawn = [s.agreements[use.id].refilled for s in use.ensemble.drawn]
    return making.figure(
        f"{use.id}.answer.filled-again",
        "Share of freed places that is filled again",
        "share",
        [again.value for again in drawn if again is not None],
        "as written in the scenario",
        use.basis.numbers([path]),
    )


def _fee_for_both(use: Use, basis: str) -> Iterator[Sentence]:
    """Whether some fee suits both parties, by the people sent and by the receiver's system."""
    sender, receiver = naming.parties(use.ensemble.scn, use.agreement)
    mine = [pair for pair in corridor.pairings(use) if pair.top.key == basis]
    gain = saving.gained(use, basis, True)  # the end of the corridor, as the sentence before has it
    alone = next((pair for pair in mine if pair.bottom.key == "marginal"), None)
    whole = next((pair for pair in mine if pair.bottom.free is not None), None)
    parts, figures = [], []
    for pair, cost in (
        (alone, f"what the people sent cost {receiver}"),
        (whole, "the whole prison system" if alone else f"{receiver}'s whole prison system"),
    ):
        if pair is None or pair.verdict.value is None or pair.bottom.figure.value is None:
            continue
        low, high = wording.told(pair.bottom.figure), wording.told(gain)
        share = pair.share.value
        assert isinstance(share, int | float)
        if share == 1:
            parts.append(
                f"Between about {low} and {high} a day a fee suits both, if it need only cover "
                f"{cost}."
            )
        elif share == 0:
            parts.append(
                f"No fee suits both if it has to pay for {cost}: that needs {low} a day, and "
                f"{sender} saves up to {high}."
            )
        else:
            futures = f"in {wording.percent(share)} of the futures"
            parts.append(f"{wording.upper(futures)} some fee suits both if it covers {cost}.")
        figures += [gain, pair.bottom.figure, pair.verdict, pair.share]
    if parts:
        yield Sentence(" ".join(parts), tuple(dict.fromkeys(figures)))


def _people(use: Use) -> Iterator[Sentence]:
    ensemble, sending = use.ensemble, use.agreement.sending
    sender, _ = naming.parties(ensemble.scn, use.agreement)
    when = day_in_short(ensemble.scn)
    change = held.impact(ensemble, sending, when)
    if not isinstance(change.value, int | float) or not change.value:
        return
    word = "fewer" if change.value < 0 else "more"
    before = held.held(ensemble, sending, when, "baseline")
    # Those who come into freed places are no people of the simulation.
    without = f"without {naming.change(ensemble.scn, ensemble.base)}"
    again = ", not counting those who fill freed places again" if use.agreement.refilled else ""
    yield Sentence(
        f"{wording.upper(wording.at_end(when))}, {sender} "
        f"{naming.verb(use.agreement, 'hold')} {wording.told(change)} {word} people at "
        f"home{wording.signed_range(change, wording.PEOPLE)} than the {wording.told(before)} "
        f"{without}{again}.",
        (change, before),
    )


def several(answers: Sequence[Answer]) -> Answer:
    """The answer of the first agreement, with the sentences of the others among its grounds."""
    first, *rest = answers
    if not rest:
        return first
    others = tuple(one.sentence for one in rest)
    return resting.told(
        Answer(
            first.question,
            first.sentence,
            (*first.grounds[: max(MOST - len(others), 1)], *others)[:MOST],
            first.tiles,
            first.turns,
            first.unknown,
        )
    )

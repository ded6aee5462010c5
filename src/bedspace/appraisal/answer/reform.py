"""The answer about a change without an agreement: people, places and money, beside the baseline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from bedspace.appraisal.answer import naming, resting, turns, unknown, wording
from bedspace.appraisal.answer.futures import sides
from bedspace.appraisal.figures.answer import Answer, Sentence, Tile
from bedspace.appraisal.figures.figure import Figure
from bedspace.appraisal.members.members import Ensemble, day_in_short
from bedspace.appraisal.people import full, held
from bedspace.appraisal.sender import measure

_COSTS = ("long-run", "marginal", "average")


def answer(ensemble: Ensemble, told: Mapping[str, Figure]) -> Answer:
    """The answer about the system on which it has the largest effect."""
    when = day_in_short(ensemble.scn)
    name = _foremost(ensemble, when)
    basis = _basis(ensemble, name)
    first, grounds = _first(ensemble, name, when)
    others = [
        _change(ensemble, other, when)
        for other in ensemble.scn.systems
        if other != name and held.impact(ensemble, other, when).value
    ]
    signed = [held.impact(ensemble, name, when)]
    if basis is not None:
        signed.insert(0, measure.saved(ensemble, name, basis))
    seen: set[str] = set()
    found = [one for figure in signed for one in turns.nearest(ensemble.scn, figure, told, seen)]
    made = Answer(
        f"What would it change? {ensemble.scn.title}",
        first,
        (*grounds, *others)[:5],
        (_people(ensemble, name, when), _places(ensemble, name), _money(ensemble, name, basis)),
        tuple(found[: turns.MOST]),
        tuple(_unknown(ensemble, signed, told)),
    )
    return resting.told(made)


def _foremost(ensemble: Ensemble, when: date) -> str:
    """The system whose people change most; the first where none does."""

    def size(name: str) -> float:
        value = held.impact(ensemble, name, when).value
        return abs(float(value)) if isinstance(value, int | float) else 0.0

    return max(ensemble.scn.systems, key=size)


def _basis(ensemble: Ensemble, name: str) -> str | None:
    """The cost basis to lead with; None where no saving is known. Where the baseline has an
    agreement, what it costs no more is no saving at home."""
    known = () if ensemble.base.agreements else measure.bases(ensemble, name)
    return next(
        (b for b in _COSTS if b in known and measure.saved(ensemble, name, b).value is not None),
        None,
    )


def _first(ensemble: Ensemble, name: str, when: date) -> tuple[Sentence, list[Sentence]]:
    """What changes, and what it stands on."""
    title = wording.upper(naming.system(ensemble.scn, name))
    change = held.impact(ensemble, name, when)
    values = [float(v) for v in change.by_member]
    grounds = list(_levels(ensemble, name, when))
    if not any(values):
        return _no_change(ensemble, name, when), [*grounds, *_savings(ensemble, name)]
    found = sides(change, values, "fewer", "more", len(values))
    word = "fewer" if wording.amount(change) < 0 else "more"
    adverb = f"{found.word} " if found.word and word == found.most else ""
    mean = " on average" if word != found.most or found.even else ""
    interval = wording.signed_range(change, wording.PEOPLE)
    text = (
        f"{title} would {adverb}hold {wording.told(change)} {word} people{mean} "
        f"{wording.at_end(when)}{wording.explained(interval, change)}: "
        f"{found.most} {found.ending}."
    )
    return Sentence(text, (change, *found.counted)), [*grounds, *_savings(ensemble, name)]


def _no_change(ensemble: Ensemble, name: str, when: date) -> Sentence:
    """Where as many people are held, what is left to say is when the places run out."""
    title = wording.upper(naming.system(ensemble.scn, name))
    change = held.impact(ensemble, name, when)
    before, after = full.of_comparison(ensemble)
    short = full.shortfall_impact(before, after, name, None)
    text = f"{title} would hold as many people as without it"
    if not isinstance(short.value, int | float) or not short.value:
        return Sentence(f"{text}, and as many would be without a place.", (change, short))
    word = "fewer" if short.value < 0 else "more"
    return Sentence(
        f"{text}, with {wording.told(short)} {word} days without a place for somebody.",
        (change, short),
    )


def _levels(ensemble: Ensemble, name: str, when: date) -> Iterator[Sentence]:
    before, after = (held.held(ensemble, name, when, side) for side in held.SIDES)
    yield Sentence(
        f"{wording.upper(wording.at_end(when))}, {wording.told(before)} people would be held "
        f"without it{wording.between(before)}, and {wording.told(after)} with it"
        f"{wording.between(after)}.",
        (before, after),
    )


def _change(ensemble: Ensemble, name: str, when: date) -> Sentence:
    change = held.impact(ensemble, name, when)
    assert isinstance(change.value, int | float)
    word = "fewer" if change.value < 0 else "more"
    title = wording.upper(naming.system(ensemble.scn, name))
    return Sentence(
        f"{title} would hold {wording.told(change)} {word}"
        f"{wording.signed_range(change, wording.PEOPLE)}.",
        (change,),
    )


def _savings(ensemble: Ensemble, name: str) -> Iterator[Sentence]:
    """What is really avoided, and what the average cost would make of it."""
    basis = _basis(ensemble, name)
    if basis is None:
        return
    net = measure.saved(ensemble, name, basis)
    if not any(net.by_member):
        yield Sentence("No cost that is given changes.", (net,))
        return
    figures: tuple[Figure, ...] = (net,)
    verb = "costs" if wording.amount(net) < 0 else "saves"
    text = f"That {verb} {_sum(net)} over {_length(ensemble)}"
    if basis == "average":
        text += " at average cost, which has buildings and staff that remain"
    else:
        text += " by what is really avoided"
        mean = measure.saved(ensemble, name, "average")
        if "average" in measure.bases(ensemble, name) and mean.value is not None:
            text += f"; counted at average cost, it would seem to be {_sum(mean)}"
            figures = (net, mean)
    yield Sentence(f"{text}.", figures)


def _sum(net: Figure) -> str:
    return f"{wording.told(net)}{wording.signed_range(net, wording.COST)}"


def _length(ensemble: Ensemble) -> str:
    return wording.years((ensemble.scn.end - ensemble.scn.start).days)


def _people(ensemble: Ensemble, name: str, when: date) -> Tile:
    _, after = (held.held(ensemble, name, when, side) for side in held.SIDES)
    return Tile(
        "People",
        (Sentence(f"{wording.with_range(after)} people {wording.at_end(when)}.", (after,)),),
    )


def _places(ensemble: Ensemble, name: str) -> Tile:
    before, after = full.of_comparison(ensemble)
    chances = [full.chance(had, (name, None)) for had in (before, after)]
    old, new = (_share(one) for one in chances)
    text = f"Places run out in {old} of the futures without it and in {new} with it"
    if old == new:
        text = f"Places run out in {old} of the futures, with it and without it"
    sentences = [Sentence(f"{text}.", tuple(chances))]
    if all(one.value == 1 for one in chances):
        # Else the futures in which they run out are not the same with it and without it.
        sentences += _day_out(before, after, name)
    return Tile("Places", tuple(sentences))


def _share(chance: Figure) -> str:
    """A share of the futures, as "none" or "all" of them where it is."""
    return {0.0: "none", 1.0: "all"}.get(wording.amount(chance)) or wording.told(chance)


def _day_out(before: full.Seen, after: full.Seen, name: str) -> Iterator[Sentence]:
    days = [full.first_day(had, (name, None)) for had in (before, after)]
    dates = [_date(figure) for figure in days]
    if all(dates):
        yield Sentence(
            f"First on about {dates[0]} without it and {dates[1]} with it."
            if dates[0] != dates[1]
            else f"First on about {dates[0]}, with it and without it.",
            tuple(days),
        )


def _date(figure: Figure) -> str:
    try:
        return wording.day(date.fromisoformat(str(figure.value)))
    except ValueError:
        return ""


def _money(ensemble: Ensemble, name: str, basis: str | None) -> Tile:
    if basis is None:
        return Tile("Money", (_no_money(ensemble, name),))
    net = measure.saved(ensemble, name, basis)
    if not any(net.by_member):
        return Tile("Money", (Sentence("No cost that is given changes.", (net,)),))
    word = "dearer" if wording.amount(net) < 0 else "saved"
    return Tile("Money", (Sentence(f"{_sum(net)} {word} over {_length(ensemble)}.", (net,)),))


def _no_money(ensemble: Ensemble, name: str) -> Sentence:
    """Why nothing can be said of money."""
    if ensemble.base.agreements:
        change = held.impact(ensemble, name, day_in_short(ensemble.scn))
        return Sentence(
            "What ending an agreement saves is not counted: compare the other way round.", (change,)
        )
    known = measure.bases(ensemble, name)
    if not known:
        change = held.impact(ensemble, name, day_in_short(ensemble.scn))
        return Sentence("No cost of any prison system is given.", (change,))
    net = measure.saved(ensemble, name, known[0])
    return Sentence(f"What it saves is not known: {net.note}.", (net,))


def _unknown(
    ensemble: Ensemble, signed: Sequence[Figure], told: Mapping[str, Figure]
) -> list[Sentence]:
    found = [one for figure in signed for one in unknown.moving(ensemble.scn, figure, told)[:1]]
    always = Sentence(
        "Whether crime, reoffending or deaths in custody change: the model has none of them.",
        (signed[-1],),
    )
    return [*found, always][: unknown.MOST]

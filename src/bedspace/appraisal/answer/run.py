"""The answer about a single run: how many people are held, when places run out, what it costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bedspace.appraisal.answer import naming, resting, wording
from bedspace.appraisal.fee import payments
from bedspace.appraisal.figures import making
from bedspace.appraisal.figures.answer import Answer, Sentence, Tile
from bedspace.appraisal.figures.figure import Figure
from bedspace.appraisal.members.members import Ensemble
from bedspace.appraisal.members.use import Use
from bedspace.appraisal.people import full
from bedspace.appraisal.people.full import Seen
from bedspace.scenario import Scenario

FEW = 3
"""So many systems are named one by one; more are told together."""


def answer(
    ensemble: Ensemble,
    people: Mapping[str, Figure],
    spent: Mapping[str, Figure],
    seen: Seen,
    when: date,
    uses: Sequence[Use],
) -> Answer:
    """The answer; `people` are held on the day `when` and `spent` is what holding them costs over
    the run, by system; `uses` are the agreements that are paid for."""
    scn = ensemble.scn
    names = list(people)
    many = len(names) > FEW
    first = (
        _together(list(people.values()), when)
        if many
        else _held(names[0], people[names[0]], scn, when)
    )
    largest = sorted(names, key=lambda n: -_size(people[n]))[:FEW]
    told = largest if many else names[1:]
    grounds = [_held(name, people[name], scn, when) for name in told]
    shown = largest if many else names
    places = [_full(seen, name) for name in shown]
    length = wording.years((scn.end - scn.start).days)
    money = [
        Sentence(
            f"Holding its own people costs {naming.system(scn, name)} "
            f"{wording.with_range(spent[name])} over {length}, at average cost.",
            (spent[name],),
        )
        for name in shown
        if name in spent
    ]
    money += [_paid(use) for use in uses]
    made = Answer(
        f"How many people are held: {scn.title}?",
        first,
        tuple(grounds),
        _tiles(places, money),
        (),
        (
            Sentence(
                "What another policy would change: this run stands alone, so nothing in it is an "
                "impact.",
                (people[names[0]],),
            ),
        ),
    )
    return resting.told(made)


def _paid(use: Use) -> Sentence:
    paid = payments.paid(use)
    sender, receiver = naming.parties(use.ensemble.scn, use.agreement)
    return Sentence(
        f"{wording.upper(sender)} {naming.verb(use.agreement, 'pay')} {wording.with_range(paid)} "
        f"to have people held in {receiver}.",
        (paid,),
    )


def _tiles(places: Sequence[Sentence], money: Sequence[Sentence]) -> tuple[Tile, ...]:
    found = (("Places", places), ("Money", money))
    return tuple(Tile(title, tuple(sentences)) for title, sentences in found if sentences)


def _size(figure: Figure) -> float:
    return float(figure.value) if isinstance(figure.value, int | float) else 0.0


def _held(name: str, figure: Figure, scn: Scenario, when: date) -> Sentence:
    title = wording.upper(naming.system(scn, name))
    return Sentence(
        f"{title} would hold {wording.told(figure)} people {wording.at_end(when)}"
        f"{wording.explained(wording.between(figure), figure)}.",
        (figure,),
    )


def _together(people: Sequence[Figure], when: date) -> Sentence:
    values = [
        sum(float(v) for v in each) for each in zip(*(f.by_member for f in people), strict=True)
    ]
    whole = making.figure(
        "population.all",
        f"People held in all {len(people)} systems on {when}",
        "people",
        values,
        "the sum over the systems, future by future",
        people,
    )
    return Sentence(
        f"All prison systems together would hold {wording.told(whole)} people "
        f"{wording.at_end(when)}{wording.explained(wording.between(whole), whole)}.",
        (whole,),
    )


def _full(seen: Seen, name: str) -> Sentence:
    out = full.chance(seen, (name, None))
    title = wording.upper(naming.system(seen.basis.scn, name))
    day = full.first_day(seen, (name, None))
    if not out.value:
        return Sentence(f"{title}: places run out in none of the futures.", (out,))
    share = "all" if out.value == 1 else wording.told(out)
    text = f"{title}: places run out in {share} of the futures"
    when = date.fromisoformat(str(day.value))
    return Sentence(f"{text}, first on about {wording.day(when)}.", (out, day))

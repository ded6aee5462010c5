"""The small boxes of an agreement's answer: who may be sent, the room there is, the receiver."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bedspace.appraisal.answer import naming, wording
from bedspace.appraisal.conditions import against_standards
from bedspace.appraisal.figures import making
from bedspace.appraisal.figures.answer import Sentence, Tile
from bedspace.appraisal.figures.figure import Figure
from bedspace.appraisal.figures.once import once
from bedspace.appraisal.law.opened import ANY
from bedspace.appraisal.law.verdicts import Legal, assumed_most, barred, bounds, totals
from bedspace.appraisal.members.use import Use
from bedspace.appraisal.parties import corridor
from bedspace.appraisal.receiver import coverage, earned, room

YEAR = 365
"""Days of a term from which on money is told by the year."""


def of_agreement(use: Use, legal: Legal, told: Mapping[str, Figure]) -> tuple[Tile, ...]:
    """The three of them; `told` are the appraisal's figures by their ids."""
    _, receiver = naming.parties(use.ensemble.scn, use.agreement)
    return (
        Tile("Who may be sent", tuple(_law(use, legal))),
        Tile("Room", tuple(_room(use, told))),
        Tile(wording.upper(receiver), tuple(_receiver(use))),
    )


def _law(use: Use, legal: Legal) -> Iterator[Sentence]:
    if not legal.agreement.routes:
        yield Sentence(
            "No legal route is named, so the law was not asked: nothing here says that anybody may "
            "lawfully be sent.",
            (corridor.places_agreed(use),),
        )
        return
    least, most = totals(legal)
    asked = f"by the law of {wording.day(legal.on)}"
    if all(barred(one) for one in legal.groups):
        yield Sentence(f"Nobody, {asked}: every route is barred to everybody.", (most,))
    elif not most.value:
        yield Sentence("Nobody is there on the day on which the law is asked.", (most,))
    elif not least.value:
        until = "without a further decision" if _open(legal) else "before legal conditions are met"
        yield Sentence(f"Nobody {until}, {asked}.", (least,))
        yield Sentence(
            f"At most {wording.told(most)} people, if every condition were met"
            f"{' and every open question decided in favour' if _open(legal) else ''}.",
            (most,),
        )
    else:
        yield Sentence(
            f"At least {wording.told(least)} people as the law of {wording.day(legal.on)} stands.",
            (least,),
        )
        if wording.told(most) != wording.told(least):
            yield Sentence(f"At most {wording.told(most)}.", (most,))
    yield from _barred(use, legal, most)


def _open(legal: Legal) -> bool:
    """Whether anybody is counted whom a route sends by a question that nobody has decided."""
    return any(
        of.real.status == "unsettled"
        for group in legal.groups
        for part in group.parts
        for of in part.routes
    )


def _barred(use: Use, legal: Legal, most: Figure) -> Iterator[Sentence]:
    """The groups that no route is open to, and whether powers are assumed that the law does not
    give."""
    found = [(one, bounds(legal, one.group, ANY)[1]) for one in legal.groups]
    none = [(one, figure) for one, figure in found if barred(one)]
    if most.value and none:
        names = wording.listed([legal.title(one.group) for one, _ in none], "or")
        yield Sentence(f"Barred on every route: {names}.", tuple(f for _, f in none))
    powers = [f for one in legal.groups if (f := assumed_most(legal, one, ANY)) is not None]
    if powers:
        yield Sentence(
            "Here powers are assumed that no law gives, so more are sent than the law allows.",
            tuple(powers),
        )


def _room(use: Use, told: Mapping[str, Figure]) -> Iterator[Sentence]:
    agreed = corridor.places_agreed(use)
    later = ", and their number changes later" if _changes(use) else ""
    yield Sentence(f"{wording.told(agreed)} places are agreed{later}.", (agreed,))
    rooms = [one for one in room.free(use) if one.figure.value is not None]
    best = next((one for one in rooms if one.claim.key == room.STATED), None)
    if best is not None:
        how = "by the last count" if best.against == "observed" else "in the model when it begins"
        alike = [one for one in rooms if one.against == best.against and one is not best]
        text = f"{wording.told(best.figure)} are free {how}"
        if alike:
            sizes = sorted(alike, key=lambda one: one.claim.places)
            ends = dict.fromkeys(wording.told(one.figure) for one in (sizes[0], sizes[-1]))
            text += f"; by other numbers given for its places, {' to '.join(ends)}"
        yield Sentence(f"{text}.", (best.figure, *(one.figure for one in alike)))
    used = in_use(use)
    some = wording.with_range(used) if used.value else "None"
    yield Sentence(f"{some} are used on an average day of the term.", (used,))
    area = against_standards.simulated_area(use)
    if area is not None and isinstance(area[1].value, int | float):
        text = f"Floor area: {area[1].value:.2f} m² a person"
        missed = _missed(area[1], told)
        if missed is None:
            yield Sentence(f"{text}.", (area[1],))
            return
        number, every = missed
        text += f", {_of_standards(number, every)}"
        if not _binding(use, area[1], told):
            text += " (none binds either side)" if every > 1 else " (it binds neither side)"
        yield Sentence(f"{text}.", (area[1], number))


def _binding(use: Use, area: Figure, told: Mapping[str, Figure]) -> bool:
    """Whether any standard on floor area is law for the receiver or the sender."""
    return any(
        check.binds_receiver or check.binds_sender
        for check in against_standards.checks(use, None)
        if f"{area.id}.{check.standard.id}" in told
    )


def _missed(area: Figure, told: Mapping[str, Figure]) -> tuple[Figure, int] | None:
    """The standards on floor area that the run misses, and how many are decided; None where none
    is."""
    prefix = f"{area.id}."
    checks = [f for id_, f in told.items() if id_.startswith(prefix)]
    decided = [one for one in checks if one.value in ("met", "not met")]
    if not decided:
        return None
    number = Figure(
        f"{area.id}.missed",
        "Standards on floor area that are missed",
        sum(one.value == "not met" for one in decided),
        "standards",
        f"standards with more floor a person than there is, of {len(decided)} that are decided",
        tuple(decided),
    )
    return number, len(decided)


def _of_standards(number: Figure, every: int) -> str:
    """How many standards are missed, as a sentence has it."""
    if number.value == every:
        return f"below all {every} standards for it" if every > 1 else "below the standard for it"
    if not number.value:
        return f"within all {every} standards for it" if every > 1 else "within the standard for it"
    return f"below {number.value} of {every} standards for it"


def _changes(use: Use) -> bool:
    """Whether another number of places than the one agreed is available at some time."""
    steps = use.steps(use.ensemble.scn)[:-1]
    return any(places != round(use.agreement.places.value) for _, places in steps)


@once
def in_use(use: Use) -> Figure:
    """Places in use on an average day of the term."""
    counted = use.basis.simulated(
        f"{use.id}.run.place-days",
        f"end-of-day counts of people in the places of {use.id}, summed over its days in "
        "the simulation",
        agreements=[use.id],
    )
    pairs = zip(use.place_days, use.days_active, strict=True)
    values = [used / days for used, days in pairs if days]
    return making.figure(
        f"{use.id}.use.average-day",
        "Places used on an average day of the term",
        "places",
        values or [0.0],
        "place-days used / days it was active in the simulation",
        (counted,),
    )


def _receiver(use: Use) -> Iterator[Sentence]:
    income = earned.income(use)
    if income.value is None:
        yield Sentence(f"What it earns is not known: {income.note}.", (income,))
        return
    # A year at least is what a yearly sum is divided by: of a shorter term it is the whole.
    each = "a year" if max(use.days_active) >= YEAR else "in all"
    yield Sentence(f"It is paid {wording.with_range(income)} {each}.", (income,))
    part = earned.coverage(use)
    if part.value is not None:
        yield Sentence(f"That is {wording.with_range(part)} of its whole prison bill.", (part,))
    else:
        yield Sentence(f"As a share of its prison bill: not known ({part.note}).", (part,))
    left = earned.surplus(use)
    if left.value is not None:
        word = "It lacks" if wording.amount(left) < 0 else "It keeps"
        interval = wording.signed_range(left, wording.GAIN)
        text = f"{word} {wording.told(left)}{interval} {each} after what the people sent cost it"
        yield Sentence(f"{text}.", (left,))
    years = coverage.summary(use)
    if part.value is not None and len(years) == 2 and all(y.value is not None for y in years):
        first, last = years
        # Only where the run holds the whole system are the two shares of one thing.
        alike = 0.5 < wording.amount(first) / wording.amount(part) < 2 if part.value else False
        if alike and wording.told(first) != wording.told(last):
            yield Sentence(
                f"Of what everybody it holds costs, the fee pays {wording.told(first)} in the "
                f"first full year and {wording.told(last)} in the last.",
                (first, last),
            )

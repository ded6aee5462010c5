"""The term as it was, where the fee does not hang on use or the term was short: what was bought and
used, how many people make it pay, and how long each must otherwise have been held at home."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal

from bedspace.appraisal.fee import invoices, payments
from bedspace.appraisal.fee.terms import schedule_of
from bedspace.appraisal.figures import making, words
from bedspace.appraisal.figures.figure import Figure
from bedspace.appraisal.figures.once import once
from bedspace.appraisal.figures.tables import Cell, Table
from bedspace.appraisal.members.amounts import YEAR
from bedspace.appraisal.members.use import Use
from bedspace.appraisal.sender import avoided, costs, saving
from bedspace.appraisal.sender.break_even import NEVER
from bedspace.rules import break_even, fees

SHORT = 366
"""Days of a term declared that is short: break-even over a year says little of it."""


def table(use: Use) -> Table | None:
    """The figures of the term as it was; None where the fee hangs on use and the term was neither
    short nor ended early, where there is no fee, or where it was not in the run."""
    if not use.agreement.fee or not use.days or (_by_use(use) and not _short(use)):
        return None
    rows: list[tuple[Cell, ...]] = [
        (figure.title, figure)
        for figure in (lasted(use), bought(use), payments.place_days(use), payments.taken_up(use))
    ]
    for cost_basis in ("average", "marginal"):
        if _comparable(use, cost_basis):
            rows += [(f.title, f) for f in (fewest(use, cost_basis), least_stay(use, cost_basis))]
    return Table(
        f"{use.id}.term",
        "What was bought and used in the term as it was",
        ("", "Figure"),
        tuple(rows),
        _hangs_on(use),
    )


def _by_use(use: Use) -> bool:
    return any(fees.PARTS[part.kind].hangs_on_use for part in use.agreement.fee)


def _short(use: Use) -> bool:
    declared = (use.agreement.until - use.agreement.from_).days
    return use.ended[0] < use.agreement.until or declared <= SHORT


@once
def lasted(use: Use) -> Figure:
    """Days on which it was in force in the run."""
    declared = (use.agreement.until - use.agreement.from_).days
    prefix = f"agreements.{use.id}"
    keys = ["from", "until", *(["ends_early.on"] if use.agreement.ends_early else [])]
    return Figure(
        f"{use.id}.term.days",
        f"Days it lasted in the simulation, of {declared} declared",
        use.days,
        "d",
        "from its first day to its end, or that of the simulation",
        use.basis.numbers(f"{prefix}.{key}" for key in keys),
    )


@once
def bought(use: Use) -> Figure:
    """Place-days that the fee was to pay for."""
    agreement = use.agreement
    days = (agreement.until - agreement.from_).days
    prefix = f"agreements.{use.id}"
    return making.figure(
        f"{use.id}.term.bought",
        "Place-days agreed on",
        "place-days",
        [float(round(s.agreements[use.id].places.value) * days) for s in use.ensemble.drawn],
        f"places declared x {days} days of the term declared",
        use.basis.numbers(f"{prefix}.{key}" for key in ("places", "from", "until")),
    )


@once
def fewest(use: Use, cost_basis: str) -> Figure:
    """The fewest people, held every day it lasted, at which what is paid for them is avoided."""
    id_ = f"{use.id}.term.held.{cost_basis}"
    title = f"People held all {use.days} days at which it pays, at {costs.IN_WORDS[cost_basis]}"
    gain = saving.gained(use, cost_basis, True)
    if not _by_use(use):
        values = [
            float((paid / (cost * use.days)).to_integral_value(ROUND_CEILING))
            for paid, cost in _each(use, cost_basis)
        ]
        formula = "total paid / (cost avoided a place-day x days it lasted), rounded up"
        inputs = (payments.paid(use), gain, lasted(use))
        why = "" if values else "nothing is avoided"
        return making.figure(id_, title, "people", values, formula, inputs, why)
    found = [
        _fewest(use, m, cost) for m, cost in enumerate(avoided.each_day(use, cost_basis)) if cost
    ]
    known = [float(n) for n in found if n is not None]
    formula = (
        "the fewest for whom the fee of a day, with sums due once spread over the days it lasted, "
        "is at most what their days avoid; before what is paid for each movement or person sent"
    )
    asked = (*payments.terms(use), gain, lasted(use))
    if not known:
        return making.say(id_, title, "never", formula, asked, NEVER)
    never = len(found) - len(known)
    why = f"never in {never} of {len(found)} futures: {NEVER}" if never else ""
    return making.figure(id_, title, "people", known, formula, asked, why)


def _fewest(use: Use, member: int, cost: Decimal) -> int | None:
    scn = use.ensemble.drawn[member]
    schedule = schedule_of(scn, use.id)
    assert schedule is not None  # the table is made only where a fee is stated
    places = round(scn.agreements[use.id].places.value)
    once = break_even.once_a_year(schedule, Decimal(use.days) / YEAR)
    return break_even.fewest_held(schedule, places, fees.Money(cost, schedule.currency), once)


@once
def least_stay(use: Use, cost_basis: str) -> Figure:
    """Days that each of those sent must otherwise have been held at home for it to pay."""
    sent = [n for n, on in zip(use.sent, use.in_force, strict=True) if on]
    values = [
        float(paid / (cost * n))
        for (paid, cost), n in zip(_each(use, cost_basis), sent, strict=False)
        if n
    ]
    return making.figure(
        f"{use.id}.term.stay.{cost_basis}",
        "Days each of those sent must otherwise have been held at home for it to pay, at "
        f"{costs.IN_WORDS[cost_basis]}",
        "days",
        values,
        "total paid / (cost avoided a place-day x people sent)",
        (payments.paid(use), saving.gained(use, cost_basis, True), payments.place_days(use)),
        "" if values else "nobody was sent",
    )


def _each(use: Use, cost_basis: str) -> list[tuple[Decimal, Decimal]]:
    """What is paid and what a place-day avoids, of members in which it is in force."""
    pairs = zip(invoices.totals(use), avoided.each_day(use, cost_basis), use.in_force, strict=True)
    return [(paid, cost) for paid, cost, on in pairs if on and cost]


def _comparable(use: Use, cost_basis: str) -> bool:
    gain = saving.gained(use, cost_basis, True)
    return gain.value is not None and gain.unit == f"{payments.paid(use).unit}/place-day"


def _hangs_on(use: Use) -> str:
    """The number on which the sign of the saving hangs, in words."""
    path = f"agreements.{use.id}.eligible.remaining.min"
    remaining = use.agreement.eligible.remaining
    least = remaining.min if remaining else None
    said = (
        "A day abroad avoids a day at home only where the person would otherwise have been held at "
        "home on it."
    )
    if not _by_use(use):
        said = f"The same is paid whoever is held. {said}"
    if least is None or not _comparable(use, "average"):
        return said
    stay = least_stay(use, "average")
    if stay.value is None:
        return said
    days = words.number(stay.value, "days")
    given = f"{least.value:g}"
    return (
        f"{said} {path} takes it that everybody sent had at least {given} days left: "
        f"on that number ({least.grade}) the sign of the saving hangs. At the average cost it pays "
        f"where those sent would otherwise have been held for {days} days, and costs more where "
        "for fewer."
    )

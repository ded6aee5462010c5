"""A fee that does not hang on use, for the term as it was: what was bought, what was used, how many
people make it pay, and how long each must otherwise have been held at home."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal

from bedspace.appraisal.fee import invoices, payments
from bedspace.appraisal.figures import making, words
from bedspace.appraisal.figures.figure import Figure
from bedspace.appraisal.figures.once import once
from bedspace.appraisal.figures.tables import Cell, Table
from bedspace.appraisal.members.use import Use
from bedspace.appraisal.sender import avoided, costs, saving
from bedspace.rules import fees


def table(use: Use) -> Table | None:
    """The figures of the term as it was; None where any part of the fee hangs on use, or where it
    was not in the run."""
    parts = use.agreement.fee
    if not parts or not use.days or any(fees.PARTS[part.kind].hangs_on_use for part in parts):
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


@once
def lasted(use: Use) -> Figure:
    """Days on which it was in force in the run."""
    declared = (use.agreement.until - use.agreement.from_).days
    prefix = f"agreements.{use.id}"
    keys = ["from", "until", *(["ends_early.on"] if use.agreement.ends_early else [])]
    return Figure(
        f"{use.id}.term.days",
        f"Days it lasted in the run, of {declared} declared",
        use.days,
        "d",
        "from its first day to its end, or the run's",
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
    """The fewest people, held every day it lasted, at which what was paid is avoided."""
    values = [
        float((paid / (cost * use.days)).to_integral_value(ROUND_CEILING))
        for paid, cost in _each(use, cost_basis)
    ]
    return making.figure(
        f"{use.id}.term.held.{cost_basis}",
        f"People held all {use.days} days at which it pays, at {costs.IN_WORDS[cost_basis]}",
        "people",
        values,
        "total paid / (cost avoided a place-day x days it lasted), rounded up to whole people",
        (payments.paid(use), saving.gained(use, cost_basis, True), lasted(use)),
        "" if values else "nothing is avoided",
    )


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
        "The same is paid whoever is held. A day abroad avoids a day at home only where the person "
        "would otherwise have been held at home on it."
    )
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

"""Where renting pays: the fewest people held, and the least that a day at home must avoid."""

from __future__ import annotations

from decimal import Decimal

from bedspace.appraisal.fee import payments
from bedspace.appraisal.fee.terms import schedule_of
from bedspace.appraisal.figures import making
from bedspace.appraisal.figures.figure import Figure, Input
from bedspace.appraisal.figures.once import once
from bedspace.appraisal.figures.tables import Cell, Table
from bedspace.appraisal.members import amounts
from bedspace.appraisal.members.use import Use
from bedspace.appraisal.sender import avoided, costs, saving
from bedspace.rules import break_even, fees

NOTE = (
    "As if held all year under the term as declared: by the fee of a year at first-year prices, "
    "before what is paid for each movement or person sent. A place-day at home avoids what it did "
    "in the simulation, whatever the number held."
)

NEVER = "every place in use costs more than it avoids"


def table(use: Use) -> Table | None:
    """The fewest people at which it pays on each cost basis, and what a person-month at home must
    avoid at some numbers held; None where no part of the fee is by the year, the place or once."""
    # Where all is due once, nothing recurs that could break even without it.
    onces = (*((False,) if _recurs(use) else ()), *((True,) if _has_once(use) else ()))
    if not onces:
        return None
    rows: list[tuple[Cell, ...]] = []
    for cost_basis in avoided.bases(use):
        if not avoided.why_none(use, cost_basis):
            words = f"People held at which it pays, at {costs.IN_WORDS[cost_basis]}"
            rows.append((words, *(fewest(use, cost_basis, once) for once in onces)))
    for held in _numbers_held(use):
        words = f"Cost at home that must be avoided with {held:,} held, a person-month"
        rows.append((words, *(least(use, held, once) for once in onces)))
    heads = ("Yearly and daily fee", "With sums due once, spread over the term as declared")
    return Table(
        f"{use.id}.break-even",
        "Where renting breaks even",
        ("", *(heads[once] for once in onces)),
        tuple(rows),
        NOTE,
    )


@once
def fewest(use: Use, cost_basis: str, once: bool) -> Figure:
    """The fewest people held all year at which the fee is no more than what it avoids."""
    id_ = f"{use.id}.break-even.held.{cost_basis}{'.once' if once else ''}"
    title = f"People held at which it pays, at {costs.IN_WORDS[cost_basis]}"
    gain = saving.gained(use, cost_basis, True)
    inputs = (gain, *_inputs(use))
    if avoided.currency(use, cost_basis) != use.agreement.fee[0].price.currency:
        why = gain.note or "fee and cost are in two currencies"
        return making.unknown(id_, title, "people", why, inputs)
    found: list[int | None] = []
    for scn, value in zip(use.ensemble.drawn, avoided.each_day(use, cost_basis), strict=True):
        schedule, places = schedule_of(scn, use.id), round(scn.agreements[use.id].places.value)
        if schedule is None or value is None:
            continue
        home, spread = fees.Money(value, schedule.currency), _spread(use, schedule, once)
        found.append(break_even.fewest_held(schedule, places, home, spread))
    known = [float(n) for n in found if n is not None]
    formula = "the fewest at which the fee of a year is at most what a person-day avoids x 365.25"
    if found and not known:
        return making.say(id_, title, "never", formula, inputs, NEVER)
    never = len(found) - len(known)
    note = f"never in {never} of {len(found)} futures: {NEVER}" if never else ""
    return making.figure(
        id_, title, "people", known, formula, inputs, note or ("" if known else "nobody was held")
    )


@once
def least(use: Use, held: int, once: bool) -> Figure:
    """What a person-month at home must avoid for the fee to pay with so many held all year."""
    id_ = f"{use.id}.break-even.cost.{held}{'.once' if once else ''}"
    title = f"Cost at home that must be avoided with {held:,} held, a person-month"
    values, unit = [], ""
    for scn in use.ensemble.drawn:
        schedule, places = schedule_of(scn, use.id), round(scn.agreements[use.id].places.value)
        assert schedule is not None  # the table is made only where a fee is stated
        spread = _spread(use, schedule, once)
        price = break_even.least_avoided(schedule, places, held, spread)
        values.append(break_even.person_month(price).amount)
        unit = f"{price.currency}/person-month"
    formula = f"fee of a year / ({held:,} people x 12 months)"
    return making.figure(id_, title, unit, values, formula, _inputs(use))


def _inputs(use: Use) -> tuple[Input, ...]:
    return (*payments.terms(use), use.basis.number(f"agreements.{use.id}.places"))


def _recurs(use: Use) -> bool:
    return any(fees.PARTS[part.kind].recurs for part in use.agreement.fee)


def _has_once(use: Use) -> bool:
    return any(fees.PARTS[part.kind].once for part in use.agreement.fee)


def _spread(use: Use, schedule: fees.Schedule, once: bool) -> fees.Money | None:
    """Sums due once, a year of the term as declared."""
    days = (use.agreement.until - use.agreement.from_).days
    years = Decimal(days) / amounts.YEAR
    # A term of whole calendar years counts as that many, not as 1,826 / 365.25 of them.
    whole = Decimal(round(years)) if abs(years - round(years)) < Decimal("0.01") else years
    return break_even.once_a_year(schedule, whole) if once else None


def _numbers_held(use: Use) -> list[int]:
    """Numbers held that say something: a minimum guaranteed, the average in the run, all places."""
    scn = use.ensemble.scn
    places = round(scn.agreements[use.id].places.value)
    days = sum(use.days_active)
    mean = sum(use.place_days) / days if days else 0
    schedule = schedule_of(scn, use.id)
    least = [part.guaranteed(places) for part in schedule.parts] if schedule else []
    return sorted({n for n in (*least, round(mean), places) if 0 < n <= places})

"""What the receiver stands to lose: an early end, empty places, and the fixed cost that stays."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bedspace.appraisal.fee import invoices, payments
from bedspace.appraisal.fee.terms import schedule_of
from bedspace.appraisal.figures import making
from bedspace.appraisal.figures.currencies import nought
from bedspace.appraisal.figures.figure import Figure, Input
from bedspace.appraisal.figures.once import once
from bedspace.appraisal.figures.tables import Cell, Table
from bedspace.appraisal.members import amounts
from bedspace.appraisal.members.use import Use
from bedspace.appraisal.receiver import earned
from bedspace.appraisal.sender import priced
from bedspace.rules import fees
from bedspace.scenario import Scenario


def table(use: Use) -> Table | None:
    """An end half-way, and a year of empty places; None without a fee or a day in the run."""
    if not invoices.totals(use) or not use.spans:
        return None
    figures = [lost(use), spared(use), stays(use), empty(use)]
    rows: tuple[tuple[Cell, ...], ...] = tuple((f.title, f) for f in figures)
    return Table(
        f"{use.id}.exposure",
        "What the receiving system stands to lose",
        ("", "Figure"),
        rows,
        f"Half-way is {halfway(use)}, as if it ended on that day under the terms of an early end.",
    )


def halfway(use: Use) -> date:
    """The first day of the month in the middle of those it has in the run."""
    months = list(dict.fromkeys(span.month for span in use.spans))
    return months[len(months) // 2]


@once
def lost(use: Use) -> Figure:
    """Fee income that an end half-way would cost the receiver."""
    mid, values = halfway(use), []
    for m, invoice in enumerate(invoices.of(use)):
        scn = use.ensemble.drawn[m]
        schedule = schedule_of(scn, use.id)
        if invoice is None or schedule is None:
            values.append(nought(invoices.currency(use)))
            continue
        before = [month for month in invoices.usage(use, m) if month.month < mid]
        terms = scn.agreements[use.id]
        end = min(mid, terms.ended[0])
        cut = fees.invoice(schedule, before, terms.from_, end, terms.until, scn.end)
        values.append(invoice.for_(*earned.RECEIVED) - cut.for_(*earned.RECEIVED))
    return making.figure(
        f"{use.id}.exposure.lost",
        "Fee income lost if it ends half-way",
        use.agreement.fee[0].price.currency or "",
        values,
        f"what the receiver is paid less what it is owed when it ends on {mid}, with what notice "
        "and refund then ask",
        (earned.received(use),),
        payments.idle(use),
    )


@once
def spared(use: Use) -> Figure:
    """What not holding people after an end half-way would spare the receiver."""
    id_, title = f"{use.id}.exposure.spared", "Marginal cost spared from then on"
    each, used = earned.holding_cost(use), payments.place_days(use)
    if each.value is None:
        return making.unknown(id_, title, "", each.note, (each, used))
    unit = str(earned.holding_currency(use.ensemble.scn, use.id))
    mid, values = halfway(use), []
    for m, scn in enumerate(use.ensemble.drawn):
        days = sum(
            n for span, n in zip(use.spans, use.by_span[m], strict=True) if span.month >= mid
        )
        exact = (earned.holding(scn, use.id) or Decimal(0)) * days
        values.append(fees.rounded(exact, unit))
    formula = f"marginal cost of a place-day x place-days used from {mid} on"
    return making.figure(id_, title, unit, values, formula, (each, used))


@once
def stays(use: Use) -> Figure:
    """The fixed cost of the rented places that goes on after an end half-way."""
    id_, title = f"{use.id}.exposure.stays", "Fixed cost of those places that stays"
    inputs = fixed_inputs(use)
    a_year = [fixed(scn, use.id) for scn in use.ensemble.drawn]
    if any(cost is None for cost in a_year):
        why = "no fixed cost of the facility is given"
        return making.unknown(id_, title, "", why, inputs)
    mid = halfway(use)
    days = sum(span.days for span in use.spans if span.month >= mid)
    values = [fees.rounded(c * days / amounts.YEAR, currency(use)) for c in a_year if c is not None]
    formula = f"fixed cost of the facility x share of its places rented x {days} days left / 365.25"
    return making.figure(id_, title, currency(use), values, formula, inputs)


@once
def empty(use: Use) -> Figure:
    """What a year in which no place is used leaves the receiver with."""
    id_, title = f"{use.id}.exposure.empty", "Left of a year in which every place is empty"
    inputs = (*fixed_inputs(use), earned.exposure(use)[1])
    values = []
    for scn in use.ensemble.drawn:
        cost, schedule = fixed(scn, use.id), earned.schedule(scn, use.id)
        if cost is None or schedule is None or schedule.currency != currency(use):
            why = "no fixed cost of the facility is given in the currency of the fee"
            return making.unknown(id_, title, "", why, inputs)
        places = round(scn.agreements[use.id].places.value)
        fee = fees.yearly_fee(schedule, places, Decimal(0)).amount
        values.append(fees.rounded(fee - cost, currency(use)))
    formula = "the fee of such a year less the fixed cost of the places; below nought: a loss"
    return making.figure(id_, title, f"{currency(use)}/year", values, formula, inputs)


def fixed(scn: Scenario, agreement: str) -> Decimal | None:
    """The fixed cost a year of the places rented: the facility's, by the share of its places; None
    where it is not given."""
    found = scn.agreements[agreement]
    facility = scn.systems[found.receiving].facilities[found.facility]
    if facility.costs is None or facility.costs.fixed is None:
        return None
    share = min(found.places.value / facility.places.value, 1.0) if facility.places.value else 1.0
    return amounts.money(facility.costs.fixed) * amounts.exact(share)


def fixed_inputs(use: Use) -> tuple[Input, ...]:
    """What the fixed cost of the places rests on."""
    at = f"{use.agreement.receiving}.facilities.{use.agreement.facility}"
    own = use.ensemble.scn.systems[use.agreement.receiving].facilities[use.agreement.facility]
    given = own.costs is not None and own.costs.fixed is not None
    paths = [f"{at}.costs.fixed"] if given else []
    places = [f"{at}.places", f"agreements.{use.id}.places"]
    return priced.inputs(use.basis, [*paths, *places])


def currency(use: Use) -> str:
    """The currency of the facility's fixed cost; empty where none is given."""
    own = use.ensemble.scn.systems[use.agreement.receiving].facilities[use.agreement.facility]
    fixed_ = own.costs.fixed if own.costs else None
    return (fixed_.currency if fixed_ else None) or ""

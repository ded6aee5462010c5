"""What is invoiced for each member's use of an agreement, and the months it is for."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from bedspace.appraisal.fee.terms import schedule_of
from bedspace.appraisal.figures.currencies import nought
from bedspace.appraisal.figures.once import once
from bedspace.appraisal.members.use import Use
from bedspace.rules import fees
from bedspace.rules.fees import Invoice, MonthUse
from bedspace.scenario import rented


def currency(use: Use) -> str:
    """The currency of the fee; empty where none is stated."""
    return (use.agreement.fee[0].price.currency or "") if use.agreement.fee else ""


@once
def of(use: Use) -> list[Invoice | None]:
    """What is invoiced for each member's use; None where it is not in force or no fee is stated."""
    return [_invoice(use, m) if on else None for m, on in enumerate(use.in_force)]


@once
def years(use: Use) -> tuple[int, ...]:
    """The calendar years in which anything is invoiced, or anybody may be held."""
    invoiced = {line.month for invoice in of(use) if invoice for line in invoice.lines}
    return tuple(sorted({m.year for m in invoiced} | {span.first.year for span in use.spans}))


@once
def totals(use: Use) -> list[Decimal]:
    """What each member pays in all: nought where it is not in force; empty without a fee."""
    if not use.agreement.fee:
        return []
    none = nought(currency(use))
    return [none if invoice is None else invoice.total for invoice in of(use)]


def usage(use: Use, member: int) -> list[MonthUse]:
    """What one member's run did under it, month by month, as an invoice counts it; a month is
    parted only where the member's own places change, whatever those of others do."""
    scn = use.ensemble.drawn[member]
    moved = {month: int(values[member]) for month, values in use.moved.items()}
    sent = {month: int(values[member]) for month, values in use.sent_in.items()}
    found: list[MonthUse] = []
    steps = use.steps(scn)
    for span, used in zip(use.spans, use.by_span[member], strict=True):
        places = rented.on(steps, span.first)
        days, month = use.days_in_force(scn, span), span.month
        if found and (found[-1].month, found[-1].places) == (month, places):
            days, used = days + found[-1].days, used + found[-1].place_days_used
            found[-1] = replace(found[-1], days=days, place_days_used=used)
            continue
        found.append(MonthUse(month, days, places, used, moved.pop(month, 0), sent.pop(month, 0)))
    # Who goes home on the day after the last may do so in a month of its own.
    return found + [MonthUse(m, 0, 0, 0, n) for m, n in moved.items() if n]


def _invoice(use: Use, member: int) -> Invoice | None:
    scn = use.ensemble.drawn[member]
    schedule = schedule_of(scn, use.id)
    if schedule is None:
        return None
    agreement = scn.agreements[use.id]
    end, until = agreement.ended[0], agreement.until
    cut = agreement.ends_early is not None and end == agreement.ends_early.on
    return fees.invoice(
        schedule, usage(use, member), agreement.from_, end, until if cut else None, scn.end
    )

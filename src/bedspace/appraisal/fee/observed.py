"""What was observed of an agreement set beside what the run says of it, with the gap between."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from bedspace.appraisal.fee import invoices, payments
from bedspace.appraisal.figures import making
from bedspace.appraisal.figures.figure import Figure, Value
from bedspace.appraisal.figures.tables import Cell, Table
from bedspace.appraisal.members import amounts
from bedspace.appraisal.members.members import counts
from bedspace.appraisal.members.use import Use
from bedspace.rules.months import next_month
from bedspace.scenario import Quantity
from bedspace.scenario.model.estate import HELD, Held

_Found = tuple[list[Any], str]
"""Values of the run by member (of a price, what is paid and for how many), and how they are counted
in words."""

_WORDS = {
    "held": "People held",
    "sent": "People sent",
    "returned": "People brought back",
    "assessed": "People assessed",
    "passed": "People found fit to be sent",
    "person_days": "Person-days",
    "paid": "Money paid",
    "price": "Price of a place and day",
}


def table(use: Use) -> Table | None:
    """Every number that the file observes, what the run has at the same time, and the gap; None
    where nothing was observed."""
    rows = [
        _row(use, i, seen, key)
        for i, seen in enumerate(use.agreement.observed)
        for key in HELD
        if getattr(seen, key) is not None
    ]
    if not rows:
        return None
    return Table(
        f"{use.id}.observed",
        "What was observed, and what the simulation says",
        ("What", "Observed", "Run", "Gap", "As a share of what was observed"),
        tuple(rows),
        "The gap is the mean of the simulation less what was observed. Money and movements "
        "are counted "
        "by whole months, in which the period has any day. What is observed is never an input by "
        "itself, but a number of the file may have been taken from it.",
    )


def _row(use: Use, i: int, seen: Held, key: str) -> tuple[Cell, ...]:
    quantity: Quantity = getattr(seen, key)
    first, end, when = _period(seen)
    id_, title = f"{use.id}.observed.{i}.{key}", f"{_WORDS[key]}, {when}"
    number = use.basis.number(f"agreements.{use.id}.observed.{i}.{key}")
    value: Value = quantity.value
    if key == "paid":
        value = amounts.money(quantity)
    elif key == "price":
        value = amounts.a_day(quantity)
    unit = {"paid": quantity.currency, "price": f"{quantity.currency}/place-day"}.get(key)
    unit = unit or ("person-days" if key == "person_days" else "people")
    told = Figure(id_, title, value, unit, "as observed", (number,), note=seen.note or "")
    why = _why_not(use, key, first, end, quantity)
    if why:
        return (title, told, why, None, None)
    values, formula = _in_run(use, key, first, end)
    if not values:
        return (title, told, "no place was used then in any future", None, None)
    rests = (payments.paid(use),) if key in ("paid", "price") else (payments.place_days(use),)
    make = making.ratio if key == "price" else making.figure
    run = make(f"{id_}.run", f"{title}, in the simulation", unit, values, formula, rests)
    return (title, told, run, *_gaps(told, run))


def _period(seen: Held) -> tuple[date, date, str]:
    """First day, end (exclusive) and words of the time it holds for."""
    if seen.date is not None:
        return seen.date, seen.date + timedelta(days=1), f"{seen.date}"
    if seen.from_ is not None and seen.until is not None:
        return seen.from_, seen.until, f"{seen.from_} to {seen.until - timedelta(days=1)}"
    assert seen.year is not None
    return date(seen.year, 1, 1), date(seen.year + 1, 1, 1), f"{seen.year}"


def _why_not(use: Use, key: str, first: date, end: date, quantity: Quantity) -> str:
    """Why the run says nothing of it; empty where it does."""
    if key in ("assessed", "passed"):
        return "selection is an input of the simulation, not counted in it"
    scn = use.ensemble.scn
    if first < scn.start or end > scn.end:
        return "outside the simulated years"
    if key in ("sent", "returned") and (end - first).days == 1 and first != use.agreement.from_:
        return "the simulation counts movements by the month, and this is one day"
    if key == "returned" and (end - first).days == 1:
        return "the simulation counts movements by the month, and this is one day"
    if key in ("paid", "price"):
        if not use.agreement.fee:
            return "no fee is stated"
        if quantity.currency != use.agreement.fee[0].price.currency:
            return "in another currency than the fee"
    return ""


def _in_run(use: Use, key: str, first: date, end: date) -> _Found:
    days = (end - first).days
    if key == "person_days":
        return _person_days(use, first, end), "people held at the end of each day, summed"
    if key == "held" or (key == "sent" and days == 1):
        values = [n / days for n in _person_days(use, first, end)]
        how = "people held at the end of the day" if days == 1 else "mean of the end-of-day counts"
        return values, how if key == "held" else f"{how}, the first of the term"
    if key in ("sent", "returned"):
        return _moved(use, key, first, end), "summed over the months"
    bills = [
        sum(
            (line.amount for line in invoice.lines if _touches(line.month, first, end)),
            Decimal("0.00"),
        )
        if invoice
        else Decimal("0.00")
        for invoice in invoices.of(use)
    ]
    if key == "paid":
        return bills, "the lines of the invoice for the months that the period touches"
    month, after = first.replace(day=1), next_month(end - timedelta(days=1))
    used = _person_days(use, month, after)
    prices = [(paid, n) for paid, n in zip(bills, used, strict=True) if n]
    return prices, "all that is paid for the month / place-days used in it"


def _touches(month: date, first: date, end: date) -> bool:
    return first < next_month(month) and month.replace(day=1) < end


def _person_days(use: Use, first: date, end: date) -> list[float]:
    query = (
        "SELECT member, sum(people)::DOUBLE FROM scenario_population "
        "WHERE agreement = $agreement AND day >= $first AND day < $end GROUP BY ALL"
    )
    return _counted(use, query, {"first": first, "end": end})


def _moved(use: Use, key: str, first: date, end: date) -> list[float]:
    events = ["sent"] if key == "sent" else ["home", "ended"]
    query = (
        "SELECT member, sum(people)::DOUBLE FROM scenario_transfers "
        "WHERE agreement = $agreement AND list_contains($events, event) "
        "AND month >= $first AND month < $end GROUP BY ALL"
    )
    return _counted(use, query, {"events": events, "first": first.replace(day=1), "end": end})


def _counted(use: Use, query: str, asked: dict[str, Any]) -> list[float]:
    members, params = use.ensemble.members, {"agreement": use.id, **asked}
    found = counts(use.ensemble.comparison, query, members, params).get((), [0.0] * members)
    return [float(n) for n in found]


def _gaps(told: Figure, run: Figure) -> tuple[Figure, Figure]:
    """What the run has less what was observed, and the same as a share of it."""
    inputs = (told, run)
    if isinstance(told.value, Decimal) and isinstance(run.value, Decimal):
        gap: Value = run.value - told.value
        share = float(run.value / told.value) - 1 if told.value else None
    else:
        assert isinstance(told.value, int | float) and isinstance(run.value, int | float)
        gap = run.value - told.value
        share = run.value / told.value - 1 if told.value else None
    return (
        Figure(f"{told.id}.gap", f"{told.title}, gap", gap, told.unit, "run less observed", inputs),
        Figure(
            f"{told.id}.gap.share",
            f"{told.title}, gap as a share",
            share,
            "share",
            "run / observed - 1",
            inputs,
            note="" if share is not None else "nothing was observed",
        ),
    )

"""The sending system's money: what a rented place was announced at, and what it really cost."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bedspace.appraisal.fee import bearing, invoices
from bedspace.appraisal.fee.terms import schedule_of
from bedspace.appraisal.figures import making
from bedspace.appraisal.figures.figure import Figure, Input
from bedspace.appraisal.figures.once import once
from bedspace.appraisal.figures.tables import Cell, Table
from bedspace.appraisal.members import amounts
from bedspace.appraisal.members.use import Use
from bedspace.exceptions import BedspaceError
from bedspace.rules import fees
from bedspace.scenario import Scenario

LIABILITIES = ("health care", "escape", "death", "lawsuits", "monitoring")
"""What an agreement should say who bears, in words of `bearing.RISKS`."""


@once
def prices(use: Use) -> dict[str, Figure]:
    """Headline, place-days used and their shares, total paid, price used; by a word for each."""
    return {
        "headline": headline(use),
        "place-days": place_days(use),
        "occupancy": occupancy(use),
        "taken-up": taken_up(use),
        "paid": paid(use),
        "price-used": price_used(use),
    }


def terms(use: Use) -> tuple[Input, ...]:
    """The fee and the dates of the term."""
    prefix = f"agreements.{use.id}"
    dates = use.basis.numbers(f"{prefix}.{key}" for key in ("from", "until"))
    named = (part.indexed for part in use.agreement.fee if isinstance(part.indexed, str))
    levels = [
        level for name in dict.fromkeys(named) for level in use.basis.below(f"indices.{name}")
    ]
    return (
        *use.basis.below(f"{prefix}.fee"),
        *levels,
        *use.basis.below(f"{prefix}.early_end"),
        *dates,
    )


@once
def headline(use: Use) -> Figure:
    """The price a place-day as announced, on the places declared and the whole term."""
    id_, title = f"{use.id}.fee.headline", "Headline price of a place-day"
    agreement, places = use.agreement, use.basis.number(f"agreements.{use.id}.places")
    inputs = (*terms(use), places)
    days = (agreement.until - agreement.from_).days
    try:
        known = [price for price in headlines(use) if price is not None]
    except BedspaceError as error:  # an index that does not reach to the end of the term
        return making.unknown(id_, title, "", str(error), inputs)
    if not known:
        return making.unknown(id_, title, "", "no fee is stated", inputs)
    unit, values = f"{known[0].currency}/place-day", [price.amount for price in known]
    formula = f"the fee over the whole term / (places declared x {days} days), other purposes apart"
    if _rises(use):
        formula += ", each year of the term at its own price"
    return making.figure(id_, title, unit, values, formula, inputs, stated=_as_written(use))


def _as_written(
    use: Use, purposes: tuple[fees.Purpose, ...] = ("fee",), rising: bool = True
) -> Decimal | None:
    """The headline price by the numbers of the file as they stand."""
    price = _headline(use, use.ensemble.scn, purposes, rising)
    return None if price is None else price.amount


@once
def headline_at_first(use: Use) -> Figure | None:
    """The headline price as if nothing rose; None where no part of the fee is indexed."""
    if not _rises(use):
        return None
    known = [price for price in headlines(use, rising=False) if price is not None]
    if not known:
        return None
    days = (use.agreement.until - use.agreement.from_).days
    return making.figure(
        f"{use.id}.fee.headline-at-first",
        "Headline price of a place-day, at first-year prices",
        f"{known[0].currency}/place-day",
        [price.amount for price in known],
        f"the fee over the whole term at first-year prices / (places declared x {days} days)",
        (*terms(use), use.basis.number(f"agreements.{use.id}.places")),
        stated=_as_written(use, rising=False),
    )


def announced(use: Use) -> Figure:
    """The headline price as it is announced, which is at first-year prices."""
    return headline_at_first(use) or headline(use)


def _rises(use: Use) -> bool:
    return any(part.indexed is not None for part in use.agreement.fee)


def headlines(
    use: Use, purposes: tuple[fees.Purpose, ...] = ("fee",), rising: bool = True
) -> list[fees.Money | None]:
    """The headline price by member, each year of the term at its own price or (`rising` False) all
    at first-year prices; None where no fee or no place is stated. Raises BedspaceError where an
    index does not reach to the end of the term."""
    return [_headline(use, scn, purposes, rising) for scn in use.ensemble.drawn]


def _headline(
    use: Use, scn: Scenario, purposes: tuple[fees.Purpose, ...], rising: bool
) -> fees.Money | None:
    days = (use.agreement.until - use.agreement.from_).days
    schedule = schedule_of(scn, use.id)
    places = round(scn.agreements[use.id].places.value)
    if schedule is None or places <= 0:
        return None
    start = use.agreement.from_ if rising else None
    return fees.headline_price(schedule, places, days, purposes, start)


@once
def headline_with_aid(use: Use) -> Figure | None:
    """The headline price with the aid that is paid beside the fee; None where there is none."""
    if all(part.purpose != "aid" for part in use.agreement.fee):
        return None
    alone = headline(use)
    if alone.value is None:
        return None
    values = [price.amount for price in headlines(use, ("fee", "aid")) if price is not None]
    return making.figure(
        f"{use.id}.fee.headline-with-aid",
        "Headline price of a place-day, aid included",
        alone.unit,
        values,
        f"{alone.formula}, with the aid",
        alone.inputs,
        alone.note,
        _as_written(use, ("fee", "aid")),
    )


@once
def place_days(use: Use) -> Figure:
    """Place-days that were used in the simulation."""
    counted = use.basis.simulated(
        f"{use.id}.run.place-days",
        f"end-of-day counts of people in the places of {use.id}, summed over its days in "
        "the simulation",
        agreements=[use.id],
    )
    formula = "people held in the rented places at the end of each day, summed"
    return making.figure(
        f"{use.id}.use.place-days",
        "Place-days used",
        "person-days",
        use.place_days,
        formula,
        [counted],
        idle(use),
    )


@once
def occupancy(use: Use) -> Figure:
    """Place-days used over place-days available."""
    available = [use.place_days_available(scn) for scn in use.ensemble.drawn]
    pairs = zip(use.place_days, available, use.in_force, strict=True)
    parts = [(used, whole) for used, whole, on in pairs if on and whole]
    path = f"agreements.{use.id}.places"
    changed = [m for m, measure in use.ensemble.scn.measures.items() if path in measure.set]
    ramp = use.basis.below(f"agreements.{use.id}.ramp")
    paths = [path, *(f"measures.{m}.set.{path}" for m in changed)]
    title = "Share of the places available that were used"
    note = "" if parts else "it was in force in no future"
    if changed and parts:
        title = "Share of the places that measures leave that were used"
        note = _changes(use, changed)
    return making.ratio(
        f"{use.id}.use.occupancy",
        title,
        "share",
        parts,
        "place-days used / (places available, by a ramp and by measures, x days it was active in "
        "the simulation)",
        (place_days(use), *use.basis.numbers(paths), *ramp),
        note,
    )


def _changes(use: Use, measures: Sequence[str]) -> str:
    """What measures make of the places agreed, in words."""
    path = f"agreements.{use.id}.places"
    every = use.ensemble.scn.measures
    agreed = round(use.agreement.places.value)
    each = (
        f"{round(every[name].set[path].value):,} of {agreed:,} places from "
        f"{every[name].begins(path)} on ({every[name].title or name})"
        for name in measures
    )
    return ", ".join(each)


@once
def taken_up(use: Use) -> Figure:
    """Place-days used over those that the agreement as declared is for, which its headline price
    divides by: an early end, a ramp and places cut later count as not used."""
    agreement = use.agreement
    days = (agreement.until - agreement.from_).days
    declared = [round(s.agreements[use.id].places.value) * days for s in use.ensemble.drawn]
    each = zip(use.place_days, declared, use.in_force, strict=True)
    parts = [(used, whole) for used, whole, on in each if on and whole]
    prefix = f"agreements.{use.id}"
    stated = use.basis.numbers(f"{prefix}.{key}" for key in ("places", "from", "until"))
    return making.ratio(
        f"{use.id}.use.taken-up",
        "Share of the place-days agreed that were used",
        "share",
        parts,
        f"place-days used in the simulation / (places declared x {days} days)",
        (place_days(use), *stated),
        _as_if(use) if parts else "it was in force in no future",
    )


def _as_if(use: Use) -> str:
    """Why places are used although nobody is sent whom the law bars."""
    if not use.agreement.routes:
        return ""
    return (
        "people whom the law does not bar on every route are sent as if each had what is still "
        "needed: an upper bound of what the law may come to allow, not what it allows today"
    )


@once
def paid(use: Use) -> Figure:
    """The total of the invoices."""
    id_, title = f"{use.id}.fee.paid", "Total paid over the simulated years"
    inputs: tuple[Input, ...] = terms(use)
    if use.agreement.ends_early is not None:
        inputs += use.basis.numbers([f"agreements.{use.id}.ends_early.on"])
    kinds = [fees.PARTS[part.kind] for part in use.agreement.fee]
    if any(kind.hangs_on_places for kind in kinds):
        inputs += use.basis.numbers([f"agreements.{use.id}.places"])
        inputs += use.basis.below(f"agreements.{use.id}.ramp")
    if any(kind.hangs_on_use for kind in kinds):
        inputs += (place_days(use),)
    if not invoices.totals(use):
        return making.unknown(id_, title, "", "no fee is stated", inputs)
    formula = "the sum of the invoice, month by month and part by part, exact to the cent"
    currency = use.agreement.fee[0].price.currency or ""
    return making.figure(id_, title, currency, invoices.totals(use), formula, inputs, idle(use))


@once
def price_used(use: Use) -> Figure:
    """What a place-day that was used came to."""
    id_, title = f"{use.id}.fee.price-used", "Price of a place-day used"
    total = paid(use)
    inputs = (total, place_days(use))
    parts = [
        (invoice.total, used)
        for invoice, used in zip(invoices.of(use), use.place_days, strict=True)
        if invoice is not None and used
    ]
    if not parts:
        why = total.note or "no place was used in any future"
        return making.unknown(id_, title, "a place-day used", why, inputs)
    return making.ratio(
        id_,
        title,
        f"{total.unit}/place-day",
        parts,
        "total paid / place-days used",
        inputs,
        some(len(parts), use),
    )


@once
def observed_price(use: Use) -> Figure | None:
    """The price a place-day used by what was observed; None without days and a payment.

    Of what is given by calendar years, only years with both count.
    """
    seen = use.agreement.observed
    both = {o.year for o in seen if o.person_days} & {o.year for o in seen if o.paid}
    found = [(i, o) for i, o in enumerate(seen) if o.year is None or o.year in both]
    path = f"agreements.{use.id}.observed"
    days = [(i, o.person_days) for i, o in found if o.person_days and o.person_days.value > 0]
    money = [(i, o.paid) for i, o in found if o.paid]
    currencies = {q.currency for _, q in money}
    if not days or len(currencies) != 1:
        return None
    total = sum((amounts.money(q) for _, q in money), Decimal(0))
    used = sum((amounts.exact(q.value) for _, q in days), Decimal(0))
    inputs = [use.basis.number(f"{path}.{i}.person_days") for i, _ in days]
    inputs += [use.basis.number(f"{path}.{i}.paid") for i, _ in money]
    return Figure(
        f"{use.id}.fee.observed",
        "Price of a place-day used, as observed",
        total / used,
        f"{currencies.pop()}/place-day",
        "money paid / person-days held, both as observed",
        tuple(inputs),
    )


def table(use: Use) -> Table:
    """What was paid, and what a place-day came to."""
    rows: list[tuple[Cell, ...]] = [(f.title, f) for f in prices(use).values()]
    for more in (headline_at_first(use), headline_with_aid(use), observed_price(use)):
        if more is not None:
            rows.append((more.title, more))
    return Table(f"{use.id}.price", "What was paid", ("", "Figure"), tuple(rows), _not_stated(use))


def _not_stated(use: Use) -> str:
    borne = [risk for risk in ("transport", *LIABILITIES) if risk in bearing.not_known(use)]
    if not borne:
        return "Costs borne outside the fee are in no sum unless the fee has a part for them."
    named = making.listed(borne).capitalize()
    return f"{named}: in no sum unless the fee has them, and nobody states who bears them."


def some(count: int, use: Use) -> str:
    """A note that a figure is over some members only; empty when it is over all."""
    if count == use.ensemble.members:
        return ""
    return f"over the {count} of {use.ensemble.members} futures in which places were used"


def idle(use: Use) -> str:
    """A note that the agreement is not in force in some members, which count as nought."""
    off = use.in_force.count(False)
    return (
        f"nought in {off} of {use.ensemble.members} futures, where it is not in force"
        if off
        else ""
    )

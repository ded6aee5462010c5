"""The sending system's money: what a place really cost, what it avoided, what that leaves."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from bedspace.appraisal import costs, making
from bedspace.appraisal.appraisal import Cell, Record, Series, Table
from bedspace.appraisal.basis import Basis
from bedspace.appraisal.ensemble import CENT
from bedspace.appraisal.figure import Figure, Input
from bedspace.appraisal.terms import schedule_of
from bedspace.appraisal.use import Use
from bedspace.rules import fees

NOT_STATED = "Transport, health care, escape, death and lawsuits are in no sum unless the fee has \
them: nobody states who bears them."


def prices(use: Use, basis: Basis) -> dict[str, Figure]:
    """Headline, place-days used and their shares, total paid, price used; by a word for each."""
    return {
        "headline": headline(use, basis),
        "place-days": place_days(use, basis),
        "occupancy": occupancy(use, basis),
        "taken-up": taken_up(use, basis),
        "paid": paid(use, basis),
        "price-used": price_used(use, basis),
    }


def terms(use: Use, basis: Basis) -> tuple[Input, ...]:
    """The fee and the dates of the term."""
    prefix = f"agreements.{use.id}"
    dates = basis.numbers(f"{prefix}.{key}" for key in ("from", "until"))
    named = (part.indexed for part in use.agreement.fee if isinstance(part.indexed, str))
    levels = [level for name in dict.fromkeys(named) for level in basis.below(f"indices.{name}")]
    return (*basis.below(f"{prefix}.fee"), *levels, *basis.below(f"{prefix}.early_end"), *dates)


def headline(use: Use, basis: Basis) -> Figure:
    """The price a place-day as announced, on the places declared and the whole term."""
    id_, title = f"{use.id}.fee.headline", "Headline price of a place-day"
    agreement, places = use.agreement, basis.number(f"agreements.{use.id}.places")
    inputs = (*terms(use, basis), places)
    days = (agreement.until - agreement.from_).days
    known = [price for price in headlines(use) if price is not None]
    if not known:
        return making.unknown(id_, title, "", "no fee is stated", inputs)
    unit, values = f"{known[0].currency}/place-day", [price.amount for price in known]
    formula = f"the fee over the whole term / (places declared x {days} days), transport apart"
    return making.figure(id_, title, unit, values, formula, inputs)


def headlines(use: Use) -> list[fees.Money | None]:
    """The headline price by member; None where no fee or no place is stated."""
    days = (use.agreement.until - use.agreement.from_).days
    found = []
    for scn in use.ensemble.drawn:
        schedule = schedule_of(scn, use.id)
        places = round(scn.agreements[use.id].places.value)
        stated = schedule is not None and places > 0
        found.append(fees.headline_price(schedule, places, days) if stated and schedule else None)
    return found


def place_days(use: Use, basis: Basis) -> Figure:
    """Place-days that were used in the simulation."""
    counted = basis.simulated(
        f"{use.id}.run.place-days",
        f"end-of-day counts of people in the places of {use.id}, summed over its days in the run",
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


def occupancy(use: Use, basis: Basis) -> Figure:
    """Place-days used over place-days available."""
    available = [use.place_days_available(scn) for scn in use.ensemble.drawn]
    pairs = zip(use.place_days, available, use.in_force, strict=True)
    values = [used / whole for used, whole, on in pairs if on and whole]
    path = f"agreements.{use.id}.places"
    changed = [m for m, measure in use.ensemble.scn.measures.items() if path in measure.set]
    ramp = basis.below(f"agreements.{use.id}.ramp")
    paths = [path, *(f"measures.{m}.set.{path}" for m in changed)]
    return making.figure(
        f"{use.id}.use.occupancy",
        "Share of the places available that were used",
        "share",
        values,
        "place-days used / (places available, by a ramp and by measures, x days it was active in "
        "the run)",
        (place_days(use, basis), *basis.numbers(paths), *ramp),
        "" if values else "it was in force in no member",
    )


def taken_up(use: Use, basis: Basis) -> Figure:
    """Place-days used over those that the agreement as declared is for, which its headline price
    divides by: an early end, a ramp and places cut later count as not used."""
    agreement = use.agreement
    days = (agreement.until - agreement.from_).days
    declared = [round(s.agreements[use.id].places.value) * days for s in use.ensemble.drawn]
    each = zip(use.place_days, declared, use.in_force, strict=True)
    values = [used / whole for used, whole, on in each if on and whole]
    prefix = f"agreements.{use.id}"
    stated = basis.numbers(f"{prefix}.{key}" for key in ("places", "from", "until"))
    return making.figure(
        f"{use.id}.use.taken-up",
        "Share of the place-days agreed that were used",
        "share",
        values,
        f"place-days used in the run / (places declared x {days} days)",
        (place_days(use, basis), *stated),
        "" if values else "it was in force in no member",
    )


def paid(use: Use, basis: Basis) -> Figure:
    """The total of the invoices."""
    id_, title = f"{use.id}.fee.paid", "Total paid over the run"
    inputs: tuple[Input, ...] = terms(use, basis)
    if use.agreement.ends_early is not None:
        inputs += basis.numbers([f"agreements.{use.id}.ends_early.on"])
    if any(part.kind in ("per_place", "minimum") for part in use.agreement.fee):
        inputs += basis.numbers([f"agreements.{use.id}.places"])
        inputs += basis.below(f"agreements.{use.id}.ramp")
    if any(part.kind not in ("fixed", "yearly", "per_place") for part in use.agreement.fee):
        inputs += (place_days(use, basis),)
    if not use.totals:
        return making.unknown(id_, title, "", "no fee is stated", inputs)
    formula = "the sum of the invoice, month by month and part by part, exact to the cent"
    currency = use.agreement.fee[0].price.currency or ""
    return making.figure(id_, title, currency, use.totals, formula, inputs, idle(use))


def price_used(use: Use, basis: Basis) -> Figure:
    """What a place-day that was used came to."""
    id_, title = f"{use.id}.fee.price-used", "Price of a place-day used"
    total = paid(use, basis)
    inputs = (total, place_days(use, basis))
    values = [
        price.amount
        for bill, used in zip(use.invoices, use.place_days, strict=True)
        if bill is not None and (price := fees.price_used(bill, used)) is not None
    ]
    if not values:
        why = total.note or "no place was used in any member"
        return making.unknown(id_, title, "a place-day used", why, inputs)
    return making.figure(
        id_,
        title,
        f"{total.unit}/place-day",
        values,
        "total paid / place-days used",
        inputs,
        some(len(values), use),
    )


def observed_price(use: Use, basis: Basis) -> Figure | None:
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
    total = sum((costs.money(q) for _, q in money), Decimal(0))
    used = sum((costs.exact(q.value) for _, q in days), Decimal(0))
    inputs = [basis.number(f"{path}.{i}.person_days") for i, _ in days]
    inputs += [basis.number(f"{path}.{i}.paid") for i, _ in money]
    return Figure(
        f"{use.id}.fee.observed",
        "Price of a place-day used, as observed",
        total / used,
        f"{currencies.pop()}/place-day",
        "money paid / person-days held, both as observed",
        tuple(inputs),
    )


def avoided(use: Use, basis: Basis, margin: str, per_day: bool) -> Figure:
    """Cost avoided at home while people were held abroad, on one cost basis."""
    words = costs.IN_WORDS[margin]
    tail = "place-day" if per_day else "total"
    scn, sending = use.ensemble.scn, use.agreement.sending
    title = f"Cost avoided at {words}{', a place-day used' if per_day else ''}"
    inputs = cost_inputs(use, basis, margin)
    # A place-day avoids the same whoever uses it, unless groups cost differently.
    if not per_day or len({costs.paths_of(scn, sending, g) for g in groups_of(use)}) > 1:
        inputs = (*inputs, place_days(use, basis))
    id_ = f"{use.id}.avoided.{margin}.{tail}"
    currency = sender_currency(use)
    values = (
        []
        if currency is None
        else over_members(use, lambda scn, groups: costs.weighted(scn, sending, margin, groups))
    )
    if not values:
        return making.unknown(id_, title, "", f"no {words} of a person-day is given", inputs)
    formula = f"{words} of a person-day of each group, weighted by the place-days it used"
    if per_day:
        kept = [v for v, on in zip(values, use.in_force, strict=True) if on] or values
        return making.figure(id_, title, f"{currency}/place-day", kept, formula, inputs)
    totals = [v * d for v, d in zip(values, use.place_days, strict=True)]
    return making.figure(
        id_,
        title,
        str(currency),
        [t.quantize(CENT) for t in totals],
        f"({formula}) x place-days used",
        inputs,
    )


def saving(use: Use, basis: Basis, margin: str, per_day: bool) -> Figure:
    """Cost avoided less what was paid: below nought it is a loss."""
    words = costs.IN_WORDS[margin]
    tail = "place-day" if per_day else "total"
    id_ = f"{use.id}.saving.{margin}.{tail}"
    title = f"Net saving at {words}{', a place-day used' if per_day else ''}"
    gain = avoided(use, basis, margin, per_day)
    price = price_used(use, basis) if per_day else paid(use, basis)
    inputs = (gain, price)
    if gain.value is None or price.value is None:
        return making.unknown(id_, title, "", gain.note or price.note, inputs)
    if gain.unit != price.unit:
        why = (
            f"the fee is in {price.unit} and the cost in {gain.unit}; no rate of exchange is given"
        )
        return making.unknown(id_, title, "", why, inputs)
    each = member_savings(use, margin, per_day)
    note = some(len(each), use) if per_day else idle(use)
    formula = f"cost avoided less {'price' if per_day else 'total'} paid; below nought: a loss"
    return making.figure(id_, title, gain.unit, each, formula, inputs, note)


def member_savings(use: Use, margin: str, per_day: bool) -> list[Decimal]:
    """Saving of each member; a place-day's only where places were used."""
    found = []
    for m, (scn, paid_, used) in enumerate(
        zip(use.ensemble.drawn, use.totals, use.place_days, strict=True)
    ):
        if per_day and not used:
            continue
        groups = {g: days[m] for g, days in use.by_group.items()}
        cost = costs.weighted(scn, use.agreement.sending, margin, groups)
        assert cost is not None  # the figure of the cost avoided has a value
        whole = cost * used - paid_
        found.append(whole / used if per_day else whole.quantize(CENT))
    return found


def over_members(use: Use, cost: Callable[..., Decimal | None]) -> list[Decimal]:
    """A cost for each member, from its draw and its groups' place-days; empty if any has none."""
    found = []
    for m, scn in enumerate(use.ensemble.drawn):
        value = cost(scn, {g: days[m] for g, days in use.by_group.items()})
        if value is None:
            return []
        found.append(value)
    return found


def groups_of(use: Use) -> tuple[str, ...]:
    """The groups that may be sent."""
    return use.agreement.eligible.groups


def sender_currency(use: Use) -> str | None:
    """The currency of the sender's costs."""
    return costs.currency(use.ensemble.scn, use.agreement.sending, use.agreement.eligible.groups)


def cost_inputs(use: Use, basis: Basis, margin: str) -> tuple[Input, ...]:
    """The costs of the groups that may be sent."""
    scn, sending = use.ensemble.scn, use.agreement.sending
    found: dict[str, None] = {}
    for group in use.agreement.eligible.groups:
        where = costs.paths_of(scn, sending, group)
        chosen = (where.average,) if margin == "average" else (where.average, where.marginal)
        found.update(dict.fromkeys(path for path in chosen if path))
    return basis.numbers(found or [f"agreements.{use.id}.places"])


def break_even_share(use: Use, basis: Basis) -> Figure:
    """The share of the average cost that would have to be avoided for the fee to pay."""
    id_, title = f"{use.id}.saving.break-even", "Share of the average cost at which it breaks even"
    price, mean = price_used(use, basis), avoided(use, basis, "average", True)
    inputs = (price, mean)
    if price.value is None or mean.value is None or price.unit != mean.unit:
        return making.unknown(id_, title, "share", "price and cost cannot be compared", inputs)
    sending = use.agreement.sending
    each = over_members(use, lambda s, g: costs.weighted(s, sending, "average", g))
    values = [
        float(bill.total / used / cost)
        for bill, used, cost in zip(use.invoices, use.place_days, each, strict=True)
        if bill is not None and used and cost
    ]
    note = "above 100 %: it costs more than the whole average"
    return making.figure(
        id_,
        title,
        "share",
        values,
        "price of a place-day used / average cost of a person-day",
        inputs,
        note,
    )


def tables(use: Use, basis: Basis) -> tuple[Table, ...]:
    """What was paid, and what it saved on every cost basis."""
    rows: list[tuple[Cell, ...]] = [(f.title, f) for f in prices(use, basis).values()]
    seen = observed_price(use, basis)
    if seen is not None:
        rows.append((seen.title, seen))
    paid_table = Table(f"{use.id}.price", "What was paid", ("", "Figure"), tuple(rows), NOT_STATED)
    margins = [m for m in costs.MARGINS if m in ("average", "marginal") or _has_range(use)]
    kept = tuple(
        (
            costs.IN_WORDS[margin].capitalize(),
            avoided(use, basis, margin, True),
            avoided(use, basis, margin, False),
            saving(use, basis, margin, True),
            saving(use, basis, margin, False),
        )
        for margin in margins
    )
    even = break_even_share(use, basis)
    return paid_table, Table(
        f"{use.id}.saving",
        "What the sending system avoids and saves",
        (
            "Counted at",
            "Avoided a place-day",
            "Avoided in all",
            "Saved a place-day",
            "Saved in all",
        ),
        (*kept, (even.title, even, None, None, None)),
        "Moving somebody avoids the marginal cost; the average cost also has buildings and staff "
        "that stay. A saving below nought is a loss.",
    )


def series(use: Use, basis: Basis) -> Series | None:
    """Net saving a place-day against the share of the average cost that is really avoided."""
    price, mean = price_used(use, basis), avoided(use, basis, "average", True)
    if price.value is None or mean.value is None or price.unit != mean.unit:
        return None
    low, cost = float(price.value), float(mean.value)
    part = costs.share(use.ensemble.scn, use.agreement.sending, use.agreement.eligible.groups[0])
    marks: list[Record] = []
    if part is not None:
        ends = ((part.low, "lowest share"), (part.value, "share"), (part.high, "highest share"))
        marks = [{"x": v, "label": f"{w} given"} for v, w in ends if v is not None]
    return Series(
        f"{use.id}.saving-by-share",
        "Net saving by the share of the average cost really avoided",
        "line",
        "share of the average cost avoided",
        f"net saving, {price.unit}",
        tuple({"x": i / 20, "y": cost * i / 20 - low, "group": use.id} for i in range(21)),
        (price, mean, *cost_inputs(use, basis, "marginal")),
        f"{use.id}.saving",
        tuple(marks),
        "at the median price and average cost; nought is where it breaks even",
    )


def _has_range(use: Use) -> bool:
    found = (
        costs.share(use.ensemble.scn, use.agreement.sending, group)
        for group in use.agreement.eligible.groups
    )
    return any(part is not None and part.low is not None for part in found)


def some(count: int, use: Use) -> str:
    """A note that a figure is over some members only; empty when it is over all."""
    if count == use.ensemble.members:
        return ""
    return f"over the {count} of {use.ensemble.members} members in which places were used"


def idle(use: Use) -> str:
    """A note that the agreement is not in force in some members, which count as nought."""
    off = use.in_force.count(False)
    return (
        f"nought in {off} of {use.ensemble.members} members, where it is not in force"
        if off
        else ""
    )

"""The receiving system's money: what comes in, what holding people costs, what share of its whole
system's cost that is, and how much of it hangs on the places being used."""

from __future__ import annotations

from dataclasses import replace
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
from bedspace.appraisal.sender import costs, priced
from bedspace.rules import fees
from bedspace.scenario import Quantity, Scenario

RECEIVED: tuple[fees.Purpose, ...] = ("fee", "aid", "health-care", "transition")
"""What the receiver is paid for. Transport, visits, monitoring and setting up are the sender's own
outlays, paid to carriers and to its own staff."""


def holding_paths(scn: Scenario, agreement: str) -> tuple[str, ...]:
    """Where the cost of holding one person more stands: the facility's own variable cost, or the
    system's average and marginal share."""
    found = scn.agreements[agreement]
    facility = scn.systems[found.receiving].facilities[found.facility]
    if facility.costs is not None and facility.costs.variable is not None:
        return (f"{found.receiving}.facilities.{found.facility}.costs.variable",)
    return costs.paths_of(scn, found.receiving).found


def holding(scn: Scenario, agreement: str) -> Decimal | None:
    """Cost of one place-day used, at the margin; None where the scenario does not give it."""
    found = scn.agreements[agreement]
    facility = scn.systems[found.receiving].facilities[found.facility]
    if facility.costs is not None and facility.costs.variable is not None:
        return amounts.a_day(facility.costs.variable)
    return costs.person_day(scn, found.receiving, None, "marginal")


def holding_currency(scn: Scenario, agreement: str) -> str | None:
    """The currency of that cost."""
    found = scn.agreements[agreement]
    facility = scn.systems[found.receiving].facilities[found.facility]
    if facility.costs is not None and facility.costs.variable is not None:
        return facility.costs.variable.currency
    mean = costs.average(scn, found.receiving)
    return mean.currency if mean else None


def system_cost(scn: Scenario, agreement: str) -> Quantity | None:
    """What the whole receiving system costs a year."""
    whole = scn.systems[scn.agreements[agreement].receiving].costs
    return whole.system if whole else None


def schedule(scn: Scenario, agreement: str) -> fees.Schedule | None:
    """The parts of the fee that the receiver is paid; None where there are none."""
    whole = schedule_of(scn, agreement)
    parts = [part for part in whole.parts if part.purpose in RECEIVED] if whole else []
    return replace(whole, parts=tuple(parts)) if whole and parts else None


def receipts(use: Use) -> list[Decimal]:
    """What the receiver is paid in all, by member: nought where it is not in force; empty without a
    fee."""
    if not invoices.totals(use):
        return []
    none = nought(invoices.currency(use))
    return [invoice.for_(*RECEIVED) if invoice else none for invoice in invoices.of(use)]


@once
def received(use: Use) -> Figure:
    """What the receiver is paid in all: the total where every part of the fee is for it."""
    total = payments.paid(use)
    if total.value is None or all(part.purpose in RECEIVED for part in use.agreement.fee):
        return total
    return making.figure(
        f"{use.id}.receiver.received",
        "Paid to the receiver over the simulated years",
        total.unit,
        receipts(use),
        f"the lines of the invoice that are for {', '.join(RECEIVED)}",
        (total,),
        total.note,
    )


@once
def received_day(use: Use) -> Figure:
    """What the receiver is paid a place-day used."""
    total, used = received(use), payments.place_days(use)
    if total is payments.paid(use):
        return payments.price_used(use)
    parts = [(paid, days) for paid, days in zip(receipts(use), use.place_days, strict=True) if days]
    note = payments.some(len(parts), use) if parts else "no place was used in any future"
    return making.ratio(
        f"{use.id}.receiver.received.place-day",
        "Paid to the receiver, a place-day used",
        f"{total.unit}/place-day",
        parts,
        "paid to the receiver / place-days used",
        (total, used),
        note,
    )


@once
def income(use: Use) -> Figure:
    """Fee income a year, over the time the agreement was active in the run."""
    id_, title = f"{use.id}.receiver.income", "Fee income a year"
    total = received(use)
    if total.value is None:
        return making.unknown(id_, title, "", total.note, (total,))
    if not use.days:
        return making.unknown(id_, title, "", "the term lies outside the simulated years", (total,))
    values = [
        fees.rounded(paid / years, total.unit)
        for paid, years in zip(receipts(use), use.years_active, strict=True)
    ]
    what = "total paid" if total is payments.paid(use) else "paid to the receiver"
    formula = f"{what} / years active in the simulation ({use.told_days}), at least one"
    return making.figure(id_, title, f"{total.unit}/year", values, formula, (total,), total.note)


@once
def holding_cost(use: Use) -> Figure:
    """What a place-day used costs the receiver at the margin."""
    id_, title = f"{use.id}.receiver.holding", "Marginal cost of a place-day"
    scn = use.ensemble.scn
    given = holding_paths(scn, use.id)
    inputs: tuple[Input, ...] = priced.inputs(use.basis, given)
    each = [holding_by(use, m) for m in range(use.ensemble.members)]
    if all(value is None for value in each):
        inputs = inputs or (use.basis.number(f"agreements.{use.id}.places"),)
        mean = costs.average(scn, use.agreement.receiving)
        why = (
            "no cost of holding one person is given"
            if mean is None
            else f"an average cost of {mean.text} is given, and not what one person more adds to it"
        )
        return making.unknown(id_, title, "", why, inputs)
    formula = (
        "variable cost of the facility"
        if len(given) == 1
        else "average cost x marginal share of the receiving system"
    )
    unit = f"{holding_currency(scn, use.id)}/place-day"
    stated = holding_stated(use)
    return making.a_day(id_, title, unit, each, use.place_days, formula, inputs, stated=stated)


@once
def cost_a_year(use: Use) -> Figure:
    """What holding the people sent costs a year at the margin."""
    id_, title = f"{use.id}.receiver.cost", "Marginal cost of holding them, a year"
    each, used = holding_cost(use), payments.place_days(use)
    inputs = (each, used)
    values = _costs(use)
    if not values:
        why = each.note or "the term lies outside the simulated years"
        return making.unknown(id_, title, "", why, inputs)
    formula = "marginal cost x place-days used / years active in the simulation, at least one"
    money = str(holding_currency(use.ensemble.scn, use.id))
    rounded = [fees.rounded(value, money) for value in values]
    return making.figure(id_, title, f"{money}/year", rounded, formula, inputs)


@once
def surplus(use: Use) -> Figure:
    """Fee income less the marginal cost of holding."""
    id_, title = f"{use.id}.receiver.surplus", "Surplus a year"
    inputs = (income(use), cost_a_year(use))
    if any(f.value is None for f in inputs) or inputs[0].unit != inputs[1].unit:
        why = "income and cost cannot be compared"
        return making.unknown(id_, title, "", why, inputs)
    values = [
        fees.rounded(paid / years - cost, received(use).unit)
        for paid, years, cost in zip(receipts(use), use.years_active, _costs(use), strict=True)
    ]
    return making.figure(
        id_, title, inputs[0].unit, values, "fee income less marginal cost, a year", inputs
    )


@once
def coverage(use: Use) -> Figure:
    """Fee income a year over the cost of the whole receiving system a year, as it is stated: that
    cost stays while the people held may grow, which `receiver/coverage.py` follows by year."""
    id_ = f"{use.id}.receiver.coverage"
    title = "Share of its whole system's cost, as stated, that the fee pays"
    come, whole = income(use), system_cost(use.ensemble.scn, use.id)
    path = f"{use.agreement.receiving}.costs.system"
    if whole is None:
        return making.unknown(id_, title, "share", "no cost of the system is given", (come,))
    inputs: tuple[Input, ...] = (come, *priced.inputs(use.basis, [path]))
    if come.value is None or come.unit != f"{whole.currency}/year":
        why = come.note or "income and cost are in two currencies"
        return making.unknown(id_, title, "share", why, inputs)
    parts = []
    every = zip(receipts(use), use.years_active, priced.over_term(use), strict=True)
    for paid, years, scn in every:
        cost = system_cost(scn, use.id)
        if cost is not None and cost.value > 0:
            parts.append((paid / years, amounts.money(cost)))
    return making.ratio(
        id_,
        title,
        "share",
        parts,
        "fee income a year / cost of the whole system a year as stated, whoever it holds",
        inputs,
        "" if parts else "the system costs nothing",
    )


@once
def exposure(use: Use) -> tuple[Figure, Figure]:
    """The fee of a year with every place full, and with every place empty."""
    places = use.basis.number(f"agreements.{use.id}.places")
    inputs: tuple[Input, ...] = (*use.basis.below(f"agreements.{use.id}.fee"), places)
    # What is for another purpose than the receiver's is in neither.
    kinds = (fees.PARTS[p.kind] for p in use.agreement.fee if p.purpose in RECEIVED)
    apart = list(dict.fromkeys(kind.words for kind in kinds if not kind.recurs))
    note = (
        f"left out, since it does not come again each year: {making.listed(apart)}" if apart else ""
    )
    found = []
    recurs = any(fees.PARTS[p.kind].recurs for p in use.agreement.fee)
    if use.agreement.fee and not recurs:
        note = "no part of the fee comes again each year"
    for key, title in (("full", "every place is used"), ("empty", "every place is empty")):
        values, unit = [], ""
        for scn in use.ensemble.drawn:
            owed = schedule(scn, use.id)
            count = round(scn.agreements[use.id].places.value)
            if owed is not None and recurs:
                held = Decimal(count if key == "full" else 0)
                fee = fees.yearly_fee(owed, count, held)
                values.append(fees.rounded(fee.amount, fee.currency))
                unit = f"{fee.currency}/year"
        found.append(
            making.figure(
                f"{use.id}.receiver.fee-{key}",
                f"Fee of a year in which {title}",
                unit,
                values,
                "yearly and daily parts of the fee at first-year prices",
                inputs,
                note if use.agreement.fee else "no fee is stated",
            )
        )
    return found[0], found[1]


def table(use: Use) -> Table:
    """The receiver's account."""
    figures = (
        income(use),
        holding_cost(use),
        cost_a_year(use),
        surplus(use),
        coverage(use),
        *exposure(use),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple((f.title, f) for f in figures)
    whole = system_cost(use.ensemble.scn, use.id)
    disputes = "; ".join(d.text for d in whole.disputed_by) if whole else ""
    said = []
    if any(part.purpose not in RECEIVED for part in use.agreement.fee):
        said.append("What is for transport, visits, monitoring or set-up is not the receiver's.")
    if disputes:
        said.append(f"The cost of the whole system is disputed: {disputes}.")
    note = " ".join(said)
    return Table(
        f"{use.id}.receiver", "What the receiving system earns", ("", "Figure"), rows, note
    )


def holding_stated(use: Use) -> Decimal | None:
    """Cost of a place-day used by the numbers of the file as they stand, at the prices of the years
    in which it was."""
    return holding(priced.stated(use, used=True), use.id)


def holding_by(use: Use, member: int) -> Decimal | None:
    """Cost of a place-day used in one member, at the prices of the years in which it was."""
    return priced.a_year(use, member, lambda now: holding(now, use.id), used=True)


def _costs(use: Use) -> list[Decimal]:
    """Marginal cost of holding a year, by member; empty where it is not given."""
    if not use.days:
        return []
    found = []
    for m, (used, years) in enumerate(zip(use.place_days, use.years_active, strict=True)):
        each = holding_by(use, m)
        if each is None:
            return []
        found.append(each * used / years)
    return found

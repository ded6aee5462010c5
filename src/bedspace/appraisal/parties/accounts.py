"""Both parties' accounts, year by year: what is paid by the parts of the fee, what the sender
avoids, what holding people costs the receiver. A member's years add up to its totals, to the cent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bedspace.appraisal.fee import payments
from bedspace.appraisal.figures import making
from bedspace.appraisal.figures.appraisal import Cell, Table
from bedspace.appraisal.figures.figure import Figure, Input
from bedspace.appraisal.members.basis import Basis
from bedspace.appraisal.members.use import Use
from bedspace.appraisal.receiver import earned, exposure
from bedspace.appraisal.sender import avoided, costs, saving
from bedspace.appraisal.sender.avoided import Flows
from bedspace.rules.fees import PARTS
from bedspace.scenario.model.fees import FeePart

NOUGHT = Decimal("0.00")

PAID, INCOME, LEFT = "Paid", "Fee income", "Left over that"

_ADDED = "Medians of the members; the years of one member add up to its total, medians need not."
_COSTS = "Holding counts at the marginal cost; the fixed cost is the rented places' share of the \
facility's."


def paid(use: Use, item: int | None = None) -> Flows:
    """What is paid in each year, by member: in all, or by one part of the fee (its place in it)."""
    found = []
    for bill in use.invoices:
        flows = dict.fromkeys(use.years, NOUGHT)
        for line in bill.lines if bill else ():
            if item in (None, line.item):
                flows[line.month.year] += line.amount
        found.append(flows)
    return found


def received(use: Use) -> Flows:
    """What the receiver is paid in each year, by member."""
    found = []
    for bill in use.invoices:
        flows = dict.fromkeys(use.years, NOUGHT)
        for line in bill.lines if bill else ():
            if line.purpose in earned.RECEIVED:
                flows[line.month.year] += line.amount
        found.append(flows)
    return found


def held(use: Use) -> Flows:
    """What holding the people sent costs the receiver in each year at the margin, by member; empty
    where that is not given."""
    found = []
    for m, scn in enumerate(use.ensemble.drawn):
        each = earned.holding(scn, use.id)
        if each is None:
            return []
        days = dict.fromkeys(use.years, 0) | use.by_year(m)
        found.append(avoided.to_cents({year: each * days[year] for year in use.years}))
    return found


def kept(use: Use) -> Flows:
    """The fixed cost of the places rented in each year of the term within the run, by member."""
    days = dict.fromkeys(use.years, 0)
    for span in use.spans:
        days[span.first.year] += span.days
    found = []
    for scn in use.ensemble.drawn:
        a_day = (exposure.fixed(scn, use.id) or NOUGHT) / earned.YEAR
        found.append(avoided.to_cents({year: a_day * n for year, n in days.items()}))
    return found


def gained(use: Use, margin: str) -> Flows:
    """What the sender avoids in each year on a cost basis, by member; empty where not known."""
    blank = dict.fromkeys(use.years, NOUGHT)
    return [blank | flows for flows in avoided.flows(use, margin)]


def less(left: Flows, right: Flows) -> Flows:
    """One less the other, year by year."""
    return [
        {year: amount - b[year] for year, amount in a.items()}
        for a, b in zip(left, right, strict=True)
    ]


def fee_table(use: Use, basis: Basis) -> Table | None:
    """What is paid in each year by the parts of the fee; None where there are no two."""
    if not use.years or len(use.agreement.fee) < 2:
        return None
    columns = [*_fee_columns(use, basis), _paid(use, basis)]
    return _table(use, "sender", "fee", "What is paid, year by year", columns)


def sender_table(use: Use, basis: Basis) -> Table | None:
    """The sender's years: what is paid, and what is avoided and left on two bases."""
    if not use.totals or not use.years:
        return None
    columns = [_paid(use, basis)]
    for margin in known(use):
        columns += _net_columns(use, basis, margin)
    return _table(use, "sender", "sender", "The sending system's account, year by year", columns)


def receiver_table(use: Use, basis: Basis) -> Table | None:
    """The receiver's years: what comes in, what holding people costs, what is left."""
    if not use.totals or not use.years:
        return None
    total = earned.received(use, basis)
    columns = [Column("income", INCOME, received(use), total.inputs, total)]
    cost = earned.holding_cost(use, basis)
    if cost.value is not None and cost.unit.startswith(currency(use)):
        used = payments.place_days(use, basis)
        columns.append(Column("held", "Cost of holding", held(use), (cost, used), None))
        inputs = (total, cost, used)
        net = less(received(use), held(use))
        columns.append(Column("margin", LEFT, net, inputs))
        if exposure.currency(use) == currency(use):
            paths = (*exposure.fixed_inputs(use, basis), *inputs)
            columns.append(Column("fixed", "Fixed cost", kept(use), paths))
            columns.append(Column("net", "Left over both", less(net, kept(use)), paths))
    return _table(
        use, "receiver", "receiver", "The receiving system's account, year by year", columns
    )


def known(use: Use) -> list[str]:
    """The two cost bases of the accounts, as far as they can be set against the fee."""
    found = [m for m in avoided.ends(use) if not avoided.why_none(use, m)]
    return [m for m in found if avoided.currency(use, m) == currency(use)]


def currency(use: Use) -> str:
    """The currency of the fee."""
    return use.agreement.fee[0].price.currency or ""


@dataclass(frozen=True)
class Column:
    """A kind of money by year: its key, heading and flows, what they rest on, and the figure of its
    total if it has one elsewhere."""

    key: str
    head: str
    flows: Flows
    inputs: tuple[Input, ...]
    total: Figure | None = None


def _fee_columns(use: Use, basis: Basis) -> list[Column]:
    inputs = payments.paid(use, basis).inputs
    return [
        Column(f"part-{item}", _heading(part), paid(use, item), inputs)
        for item, part in enumerate(use.agreement.fee)
    ]


def _paid(use: Use, basis: Basis) -> Column:
    total = payments.paid(use, basis)
    return Column("paid", PAID, paid(use), total.inputs, total)


def _net_columns(use: Use, basis: Basis, margin: str) -> list[Column]:
    gain, left = saving.gained(use, basis, margin, False), saving.saving(use, basis, margin, False)
    words, flows = costs.BRIEFLY[margin], gained(use, margin)
    net = less(flows, paid(use))
    return [
        Column(f"avoided-{margin}", f"Avoided at {words}", flows, gain.inputs, gain),
        Column(f"net-{margin}", f"Saved at {words}", net, (gain, payments.paid(use, basis)), left),
    ]


def _heading(part: FeePart) -> str:
    words = part.label or PARTS[part.kind].words
    told = part.purpose not in ("fee", "transport") and part.purpose not in words
    text = f"{part.purpose.replace('-', ' ')}: {words}" if told else words
    return text[:1].upper() + text[1:]


def _table(use: Use, who: str, name: str, title: str, columns: Sequence[Column]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (str(year), *(_year(use, who, column, year) for column in columns)) for year in use.years
    ]
    rows.append(("In all", *(column.total or _all(use, who, column) for column in columns)))
    notes = ((_COSTS, name == "receiver"), (_ADDED, use.ensemble.members > 1))
    return Table(
        f"{use.id}.account.{name}",
        title,
        ("Year", *(column.head for column in columns)),
        tuple(rows),
        " ".join(note for note, said in notes if said),
    )


def _year(use: Use, who: str, column: Column, year: int) -> Figure:
    return making.figure(
        f"{use.id}.account.{who}.{year}.{column.key}",
        f"{column.head}, {year}",
        currency(use),
        [flows[year] for flows in column.flows],
        f"{column.head[:1].lower()}{column.head[1:]}, in the months of {year}",
        column.inputs,
    )


def _all(use: Use, who: str, column: Column) -> Figure:
    return making.figure(
        f"{use.id}.account.{who}.all.{column.key}",
        f"{column.head}, all years",
        currency(use),
        [sum(flows.values(), NOUGHT) for flows in column.flows],
        "the sum of the years",
        column.inputs,
    )

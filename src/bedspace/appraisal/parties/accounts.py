"""Both parties' accounts, year by year: what is paid by the parts of the fee, what the sender
avoids, what holding people costs the receiver. A member's years add up to its totals, to the cent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bedspace.appraisal.fee import invoices, payments
from bedspace.appraisal.figures import making
from bedspace.appraisal.figures.currencies import nought
from bedspace.appraisal.figures.figure import Figure, Input
from bedspace.appraisal.figures.once import once
from bedspace.appraisal.figures.tables import Cell, Table
from bedspace.appraisal.members import amounts
from bedspace.appraisal.members.use import Use
from bedspace.appraisal.receiver import earned, exposure
from bedspace.appraisal.sender import avoided, costs, priced, saving
from bedspace.appraisal.sender.avoided import Flows
from bedspace.rules.fees import PARTS
from bedspace.scenario.model.fees import FeePart

PAID, INCOME, LEFT = "Paid", "Fee income", "Left over that"

_COSTS = "Holding counts at the marginal cost; the fixed cost is the rented places' share of the \
facility's."


@once
def paid(use: Use, item: int | None) -> Flows:
    """What is paid in each year, by member: in all, or by one part of the fee (its place in it)."""
    found = []
    for invoice in invoices.of(use):
        flows = dict.fromkeys(invoices.years(use), nought(currency(use)))
        for line in invoice.lines if invoice else ():
            if item in (None, line.item):
                flows[line.month.year] += line.amount
        found.append(flows)
    return found


@once
def received(use: Use) -> Flows:
    """What the receiver is paid in each year, by member."""
    found = []
    for invoice in invoices.of(use):
        flows = dict.fromkeys(invoices.years(use), nought(currency(use)))
        for line in invoice.lines if invoice else ():
            if line.purpose in earned.RECEIVED:
                flows[line.month.year] += line.amount
        found.append(flows)
    return found


@once
def held(use: Use) -> Flows:
    """What holding the people sent costs the receiver in each year at the margin, by member; empty
    where that is not given."""
    found = []
    for m in range(use.ensemble.members):
        days = dict.fromkeys(invoices.years(use), 0) | use.by_year(m)
        flows = {}
        for year in invoices.years(use):
            each = earned.holding(priced.drawn(use.ensemble, year)[m], use.id)
            if each is None:
                return []
            flows[year] = each * days[year]
        money = str(earned.holding_currency(use.ensemble.scn, use.id))
        found.append(avoided.to_minor_units(flows, money))
    return found


@once
def kept(use: Use) -> Flows:
    """The fixed cost of the places rented in each year of the term within the run, by member: of
    the days on which it is in force there."""
    found = []
    for m, (scn, on) in enumerate(zip(use.ensemble.drawn, use.in_force, strict=True)):
        days = dict.fromkeys(invoices.years(use), 0)
        for span in use.spans if on else ():
            days[span.first.year] += use.days_in_force(scn, span)
        flows = {}
        for year, n in days.items():
            whole = exposure.fixed(priced.drawn(use.ensemble, year)[m], use.id) or Decimal(0)
            flows[year] = whole / amounts.YEAR * n
        found.append(avoided.to_minor_units(flows, exposure.currency(use)))
    return found


@once
def gained(use: Use, cost_basis: str) -> Flows:
    """What the sender avoids in each year on a cost basis, by member; empty where not known."""
    blank = dict.fromkeys(invoices.years(use), nought(currency(use)))
    return [blank | flows for flows in avoided.flows(use, cost_basis)]


def less(left: Flows, right: Flows) -> Flows:
    """One less the other, year by year."""
    return [
        {year: amount - b[year] for year, amount in a.items()}
        for a, b in zip(left, right, strict=True)
    ]


@dataclass(frozen=True)
class Column:
    """A kind of money by year: its key and heading, its flows by member, their figures year by year
    and the figure of their total."""

    key: str
    head: str
    flows: Flows
    years: tuple[Figure, ...]
    total: Figure


@once
def sender(use: Use) -> tuple[Column, ...]:
    """The sender's years: what is paid, and what is avoided and left on two bases; empty without a
    fee or a year."""
    if not invoices.totals(use) or not invoices.years(use):
        return ()
    total = payments.paid(use)
    found = [_paid(use)]
    for cost_basis in known(use):
        gain, left = saving.gained(use, cost_basis, False), saving.saving(use, cost_basis, False)
        words, flows = costs.BRIEFLY[cost_basis], gained(use, cost_basis)
        heads = (f"Avoided at {words}", f"Saved at {words}")
        net = less(flows, paid(use, None))
        found += [
            _column(use, "sender", f"avoided-{cost_basis}", heads[0], flows, gain.inputs, gain),
            _column(use, "sender", f"net-{cost_basis}", heads[1], net, (gain, total), left),
        ]
    return tuple(found)


@once
def receiver(use: Use) -> tuple[Column, ...]:
    """The receiver's years: what comes in, what holding people costs, what is left, and what that
    leaves of the fixed cost; empty without a fee or a year."""
    if not invoices.totals(use) or not invoices.years(use):
        return ()
    total = earned.received(use)
    found = [_column(use, "receiver", "income", INCOME, received(use), total.inputs, total)]
    cost = earned.holding_cost(use)
    if cost.value is None or earned.holding_currency(use.ensemble.scn, use.id) != currency(use):
        return tuple(found)
    used = payments.place_days(use)
    inputs = (total, cost, used)
    net = less(received(use), held(use))
    found += [
        _column(use, "receiver", "held", "Cost of holding", held(use), (cost, used)),
        _column(use, "receiver", "surplus", LEFT, net, inputs),
    ]
    if exposure.currency(use) == currency(use):
        paths = (*exposure.fixed_inputs(use), *inputs)
        both = less(net, kept(use))
        found += [
            _column(use, "receiver", "fixed", "Fixed cost", kept(use), paths),
            _column(use, "receiver", "net", "Left over both", both, paths),
        ]
    return tuple(found)


def fee_table(use: Use) -> Table | None:
    """What is paid in each year by the parts of the fee; None where there are no two."""
    if not invoices.years(use) or len(use.agreement.fee) < 2:
        return None
    inputs = payments.paid(use).inputs
    columns = [
        _column(use, "sender", f"part-{item}", _heading(part), paid(use, item), inputs)
        for item, part in enumerate(use.agreement.fee)
    ]
    return _table(use, "fee", "What is paid, year by year", [*columns, _paid(use)])


def sender_table(use: Use) -> Table | None:
    """The sender's account; None without a fee or a year."""
    columns = sender(use)
    if not columns:
        return None
    return _table(use, "sender", "The sending system's account, year by year", columns)


def receiver_table(use: Use) -> Table | None:
    """The receiver's account; None without a fee or a year."""
    columns = receiver(use)
    if not columns:
        return None
    return _table(use, "receiver", "The receiving system's account, year by year", columns, _COSTS)


def known(use: Use) -> list[str]:
    """The two cost bases of the accounts, as far as they can be set against the fee."""
    found = [m for m in avoided.ends(use) if not avoided.why_none(use, m)]
    return [m for m in found if avoided.currency(use, m) == currency(use)]


def currency(use: Use) -> str:
    """The currency of the fee."""
    return invoices.currency(use)


@once
def _paid(use: Use) -> Column:
    total = payments.paid(use)
    return _column(use, "sender", "paid", PAID, paid(use, None), total.inputs, total)


def _column(
    use: Use,
    who: str,
    key: str,
    head: str,
    flows: Flows,
    inputs: tuple[Input, ...],
    total: Figure | None = None,
) -> Column:
    """A column with its figures; without a `total` of its own it gets the sum of its years."""
    years = tuple(
        making.figure(
            f"{use.id}.account.{who}.{year}.{key}",
            f"{head}, {year}",
            currency(use),
            [each[year] for each in flows],
            f"{head[:1].lower()}{head[1:]}, in the months of {year}",
            inputs,
        )
        for year in invoices.years(use)
    )
    whole = total or making.figure(
        f"{use.id}.account.{who}.all.{key}",
        f"{head}, all years",
        currency(use),
        [sum(each.values(), nought(currency(use))) for each in flows],
        "the sum of the years",
        inputs,
    )
    return Column(key, head, flows, years, whole)


def _heading(part: FeePart) -> str:
    words = part.label or PARTS[part.kind].words
    told = part.purpose not in ("fee", "transport") and part.purpose not in words
    text = f"{part.purpose.replace('-', ' ')}: {words}" if told else words
    return text[:1].upper() + text[1:]


def _table(use: Use, name: str, title: str, columns: Sequence[Column], note: str = "") -> Table:
    rows: list[tuple[Cell, ...]] = [
        (str(year), *(column.years[i] for column in columns))
        for i, year in enumerate(invoices.years(use))
    ]
    rows.append(("In all", *(column.total for column in columns)))
    return Table(
        f"{use.id}.account.{name}",
        title,
        ("Year", *(column.head for column in columns)),
        tuple(rows),
        note,
    )

"""How much the fee is to either side: low for the sender, significant for the receiver?"""

from __future__ import annotations

from decimal import Decimal

from bedspace.appraisal.fee import invoices, payments
from bedspace.appraisal.figures import making, words
from bedspace.appraisal.figures.figure import Figure, Input
from bedspace.appraisal.figures.once import once
from bedspace.appraisal.figures.tables import Table
from bedspace.appraisal.members import amounts
from bedspace.appraisal.members.members import counts
from bedspace.appraisal.members.use import Use
from bedspace.appraisal.parties import accounts
from bedspace.appraisal.receiver import earned
from bedspace.appraisal.sender import costs, priced, saving

UNKNOWN = "fee and cost cannot be compared"


def table(use: Use) -> Table | None:
    """Both halves of the question, each with its figures and an answer in words; None without a
    fee."""
    if not invoices.totals(use):
        return None
    rows = [(f.title, f) for f in (*low(use), *significant(use))]
    return Table(
        f"{use.id}.relative",
        "How much it is to either side",
        ("", "Figure"),
        tuple(rows),
        "Whether that is low or significant is for the reader to say.",
    )


@once
def low(use: Use) -> tuple[Figure, ...]:
    """The fee beside what the sender pays at home; the last is the answer in words."""
    price = payments.price_used(use)
    parts = []
    for cost_basis in ("average", "marginal"):
        title = f"Price as a share of the {cost_basis} cost at home"
        gain = saving.gained(use, cost_basis, True)
        parts.append(_ratio(use, f"sender.{cost_basis}", title, price, gain))
    parts.append(of_prisons(use))
    texts = (
        "{side} than the average cost of a day at home ({number})",
        "{side} than what a day less saves at the margin ({number})",
        "{number} of what its prisons cost",
    )
    return (*parts, _answer(use, "sender", "Is it low for the sending system?", parts, texts))


@once
def significant(use: Use) -> tuple[Figure, ...]:
    """The fee beside what prisons cost the receiver; the last is the answer in words."""
    own = _own_day(use)
    parts = [
        earned.coverage(use),
        net_coverage(use),
        _ratio(
            use,
            "receiver.average",
            "Paid a place-day as a multiple of the receiver's own average cost of a day",
            earned.received_day(use),
            own,
            "times",
        ),
    ]
    texts = (
        "{number} of what its whole prison system costs",
        "{number} after the cost of holding them",
        "{number} times its own average cost of a day",
    )
    return (
        *parts,
        _answer(use, "receiver", "Is it significant for the receiving system?", parts, texts),
    )


@once
def of_prisons(use: Use) -> Figure:
    """What is paid a year as a share of what all the sender's prisons cost a year."""
    id_, title = (
        f"{use.id}.relative.sender.prisons",
        "Paid a year as a share of what its prisons cost",
    )
    total, sending = payments.paid(use), use.agreement.sending
    scn = use.ensemble.scn
    own = scn.systems[sending].costs
    if own is not None and own.system is not None:
        inputs: tuple[Input, ...] = (total, use.basis.number(f"{sending}.costs.system"))
        formula = "paid a year / cost of the whole sending system a year"
        unit, a_year = own.system.currency, _system
    else:
        paths = costs.paths_of(scn, sending).found[:1]
        counted = use.ensemble.bases["baseline"].simulated(
            f"{use.id}.run.home-people", f"people of {sending} in the baseline", [sending]
        )
        inputs = (total, *use.basis.numbers(paths), counted)
        formula = "paid a year / (average cost x people held in the baseline x 365.25)"
        mean = costs.average(scn, sending)
        unit, a_year = (mean.currency if mean else None), _by_average
    if total.value is None or total.unit != unit or not use.spans:
        return making.unknown(id_, title, "share", total.note or UNKNOWN, inputs)
    wholes = a_year(use)
    parts = [
        (paid / years, whole)
        for paid, years, whole in zip(invoices.totals(use), use.years_active, wholes, strict=True)
        if whole
    ]
    return making.ratio(id_, title, "share", parts, formula, inputs, "" if parts else UNKNOWN)


@once
def net_coverage(use: Use) -> Figure:
    """What is left over the marginal cost of holding, over the cost of the whole system."""
    id_ = f"{use.id}.relative.receiver.net"
    title = "Share of its whole system's cost that is left over the cost of holding"
    left, whole = earned.surplus(use), earned.system_cost(use.ensemble.scn, use.id)
    if whole is None or left.value is None or left.unit != f"{whole.currency}/year":
        why = left.note or "no cost of the system is given"
        return making.unknown(id_, title, "share", why, (left,))
    nets = accounts.less(accounts.received(use), accounts.held(use))
    parts = []
    for flows, years, scn in zip(nets, use.years_active, priced.over_term(use), strict=True):
        cost = earned.system_cost(scn, use.id)
        if cost is not None and cost.value > 0:
            a_year = sum(flows.values(), Decimal(0)) / years
            parts.append((a_year, amounts.money(cost)))
    inputs = (left, use.basis.number(f"{use.agreement.receiving}.costs.system"))
    formula = "surplus a year / cost of the whole system a year"
    return making.ratio(
        id_, title, "share", parts, formula, inputs, "" if parts else "the system costs nothing"
    )


@once
def _own_day(use: Use) -> Figure:
    """What a person-day costs the receiver on average, as a figure."""
    scn, receiving = use.ensemble.scn, use.agreement.receiving
    mean = costs.average(scn, receiving)
    id_, title = f"{use.id}.relative.receiver.day", "Average cost of a day to the receiver"
    if mean is None:
        number = use.basis.number(f"agreements.{use.id}.places")
        return making.unknown(id_, title, "", "no average cost of the receiver is given", (number,))
    values = [amounts.a_day(m) for s in priced.over_term(use) if (m := costs.average(s, receiving))]
    inputs = priced.inputs(use.basis, [f"{receiving}.costs.average"])
    unit = f"{mean.currency}/place-day"
    exact = costs.average(priced.stated(use), receiving) or mean
    return making.figure(id_, title, unit, values, "as stated", inputs, stated=amounts.a_day(exact))


def _ratio(
    use: Use, key: str, title: str, price: Figure, cost: Figure, unit: str = "share"
) -> Figure:
    """A price and a cost as they are shown, one by the other."""
    id_ = f"{use.id}.relative.{key}"
    if (
        not isinstance(price.value, Decimal)
        or not isinstance(cost.value, Decimal)
        or price.unit != cost.unit
        or not cost.value
    ):
        why = price.note or cost.note or UNKNOWN
        return making.unknown(id_, title, unit, why, (price, cost))
    value = float(price.value / cost.value)
    return Figure(id_, title, value, unit, "one by the other, as shown", (price, cost))


def _answer(use: Use, who: str, title: str, parts: list[Figure], texts: tuple[str, ...]) -> Figure:
    told = [
        text.format(
            side="less" if figure.value < 1 else "more",
            number=words.number(figure.value, figure.unit),
        )
        for figure, text in zip(parts, texts, strict=True)
        if isinstance(figure.value, float)
    ]
    id_ = f"{use.id}.relative.{who}"
    if not told:
        return making.unknown(id_, title, "words", parts[0].note, parts)
    return making.say(id_, title, "; ".join(told), "the figures above in words", parts)


def _system(use: Use) -> list[Decimal]:
    found = []
    for scn in priced.over_term(use):
        own = scn.systems[use.agreement.sending].costs
        found.append(amounts.money(own.system) if own and own.system else Decimal(0))
    return found


def _by_average(use: Use) -> list[Decimal]:
    """Average cost of everybody held in the baseline, a year, by member."""
    sending = use.agreement.sending
    query = (
        "SELECT member, avg(people) FROM (SELECT member, day, sum(people) AS people FROM "
        "baseline_population WHERE system = $system AND day >= $first AND day < $end GROUP BY ALL) "
        "GROUP BY ALL"
    )
    asked = {"system": sending, "first": use.spans[0].first, "end": use.spans[-1].end}
    nobody = [0.0] * use.ensemble.members
    people = counts(use.ensemble.comparison, query, use.ensemble.members, asked).get((), nobody)
    found = []
    for scn, mean in zip(priced.over_term(use), people, strict=True):
        cost = costs.person_day(scn, sending, None, "average") or Decimal(0)
        found.append(cost * amounts.exact(mean) * amounts.YEAR)
    return found

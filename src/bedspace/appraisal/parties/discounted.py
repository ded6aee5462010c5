"""What the accounts of later years are worth in the first, under named public discount rates."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bedspace.appraisal.figures import making
from bedspace.appraisal.figures.appraisal import Cell, Table
from bedspace.appraisal.figures.figure import Figure, Input, Rule
from bedspace.appraisal.figures.spread import CENT
from bedspace.appraisal.members.basis import Basis
from bedspace.appraisal.members.use import Use
from bedspace.appraisal.parties import accounts
from bedspace.appraisal.sender import costs
from bedspace.appraisal.sender.avoided import Flows
from bedspace.rules import countries, discounting
from bedspace.rules.discounting import DiscountRate
from bedspace.rules.reading import GRADES

NOTE = "Sums of the first year are not discounted. The rates are real, for money of one year's \
prices, and sums are taken as the scenario writes them: an index on a fee counts as a rise above \
prices in general."


def rates(use: Use) -> tuple[DiscountRate, ...]:
    """The rates the scenario names; or those of the two countries that were in force on the first
    day of the term; or, where there is none, every rate of that day."""
    scn, known = use.ensemble.scn, discounting.rates()
    if scn.discounting:
        return tuple(known[name] for name in scn.discounting)
    parties = (use.agreement.sending, use.agreement.receiving)
    ids = [countries.country(scn.systems[name].country or name) for name in parties]
    first = use.agreement.from_
    own = discounting.in_force(ids, first)
    return own or tuple(rate for rate in known.values() if rate.holds(first))


def worth(use: Use, flows: Flows, rate: DiscountRate | None) -> list[Decimal]:
    """The present value in the first year, by member, to the cent."""
    base = use.years[0]
    return [discounting.present_value(rate, one, base).quantize(CENT) for one in flows]


def sender_table(use: Use, basis: Basis) -> Table | None:
    """What the sender pays and saves, as valued in the first year."""
    found = accounts.sender_table(use, basis)
    if found is None or len(use.years) < 2:
        return None
    kinds = [("paid", accounts.PAID, accounts.paid(use))]
    for margin in accounts.known(use):
        net = accounts.less(accounts.gained(use, margin), accounts.paid(use))
        kinds.append((f"net-{margin}", f"Saved at {costs.BRIEFLY[margin]}", net))
    return _table(use, "sender", "sending", found, kinds)


def receiver_table(use: Use, basis: Basis) -> Table | None:
    """What the receiver earns and what is left over the cost of holding, valued alike."""
    found = accounts.receiver_table(use, basis)
    if found is None or len(use.years) < 2:
        return None
    kinds = [("income", accounts.INCOME, accounts.received(use))]
    if len(found.columns) > 2:
        net = accounts.less(accounts.received(use), accounts.held(use))
        kinds.append(("margin", "Left over the cost of holding", net))
        if len(found.columns) > 4:
            both = accounts.less(net, accounts.kept(use))
            kinds.append(("net", "Left over that and the fixed cost", both))
    return _table(use, "receiver", "receiving", found, kinds)


def rule_of(rate: DiscountRate, years: int) -> Rule:
    """A discount rate as an input of figures over so many years; its grade is that of the least
    sure step it takes."""
    steps = {rate.step(year) for year in range(1, max(years, 1) + 1)}
    grade = max((step.grade for step in steps), key=GRADES.index)
    starts = [first.isoformat() for first, _ in rate.periods if first]
    return Rule(
        f"discounting/{rate.id}",
        f"{percent(rate, years)}. {rate.note}".strip(),
        rate.citation,
        grade,
        starts[-1] if starts else None,
        ", ".join(countries.title(one) for one in rate.countries),
    )


def percent(rate: DiscountRate, years: int) -> str:
    """The rate in words, with the steps that so many years reach."""
    reached = [step for step in rate.steps if step.after == 0 or step.after < years]
    said = [f"{step.rate * 100:f}".rstrip("0").rstrip(".") + " %" for step in reached]
    later = (
        f"{text} after {step.after} years" for text, step in zip(said[1:], reached[1:], strict=True)
    )
    return ", ".join((f"{said[0]} a year", *later))


def _table(
    use: Use, who: str, party: str, account: Table, kinds: Sequence[tuple[str, str, Flows]]
) -> Table:
    rows: list[tuple[Cell, ...]] = []
    base = use.years[0]
    span = use.years[-1] - base
    for rate in (None, *rates(use)):
        title = f"{rate.title}: {percent(rate, span)}" if rate else "Plain sum, 0 %"
        figures = (_figure(use, who, rate, kind, account) for kind in kinds)
        rows.append((title, *figures))
    return Table(
        f"{use.id}.value.{who}",
        f"What the {party} system's account is worth in {base}",
        ("Discounted at", *(head for _, head, _ in kinds)),
        tuple(rows),
        NOTE,
    )


def _figure(
    use: Use,
    who: str,
    rate: DiscountRate | None,
    kind: tuple[str, str, Flows],
    account: Table,
) -> Figure:
    key, head, flows = kind
    years = use.years
    span = years[-1] - years[0]
    inputs: list[Input] = [
        f for f in account.figures if f.id.endswith(f".{key}") and ".all." not in f.id
    ]
    if rate is not None:
        inputs.append(rule_of(rate, span))
    name = rate.id if rate else "plain"
    return making.figure(
        f"{use.id}.value.{who}.{name}.{key}",
        f"{head}, as worth in {years[0]} at {percent(rate, span) if rate else '0 %'}",
        accounts.currency(use),
        worth(use, flows, rate),
        f"the sum of the years, each discounted to {years[0]}" if rate else "the sum of the years",
        inputs,
    )

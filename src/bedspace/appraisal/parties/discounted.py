"""What the accounts of later years are worth in the first, under named public discount rates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bedspace.appraisal.fee import invoices
from bedspace.appraisal.figures import making
from bedspace.appraisal.figures.figure import Figure, Input, Rule
from bedspace.appraisal.figures.spread import CENT
from bedspace.appraisal.figures.tables import Cell, Table
from bedspace.appraisal.members.use import Use
from bedspace.appraisal.parties import accounts
from bedspace.appraisal.parties.accounts import Column
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
    base = invoices.years(use)[0]
    return [discounting.present_value(rate, one, base).quantize(CENT) for one in flows]


def sender_table(use: Use) -> Table | None:
    """What the sender pays and saves, as valued in the first year."""
    found = {column.key: column for column in accounts.sender(use)}
    if not found or len(invoices.years(use)) < 2:
        return None
    # The total paid stands beside its years, which it is the plain sum of.
    kinds = [Kind(found["paid"], accounts.PAID, (found["paid"].total,))]
    for cost_basis in accounts.known(use):
        kinds.append(Kind(found[f"net-{cost_basis}"], f"Saved at {costs.BRIEFLY[cost_basis]}"))
    return _table(use, "sender", "sending", kinds)


def receiver_table(use: Use) -> Table | None:
    """What the receiver earns and what is left over the cost of holding, valued alike."""
    found = {column.key: column for column in accounts.receiver(use)}
    if not found or len(invoices.years(use)) < 2:
        return None
    heads = {
        "income": accounts.INCOME,
        "surplus": "Left over the cost of holding",
        "net": "Left over that and the fixed cost",
    }
    kinds = [Kind(found[key], head) for key, head in heads.items() if key in found]
    return _table(use, "receiver", "receiving", kinds)


@dataclass(frozen=True)
class Kind:
    """A column of an account to discount, how it is headed here, and figures it rests on besides
    those of its years."""

    column: Column
    head: str
    beside: tuple[Figure, ...] = ()


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


def _table(use: Use, who: str, party: str, kinds: Sequence[Kind]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    base = invoices.years(use)[0]
    span = invoices.years(use)[-1] - base
    for rate in (None, *rates(use)):
        title = f"{rate.title}: {percent(rate, span)}" if rate else "Plain sum, 0 %"
        figures = (_figure(use, who, rate, kind) for kind in kinds)
        rows.append((title, *figures))
    return Table(
        f"{use.id}.value.{who}",
        f"What the {party} system's account is worth in {base}",
        ("Discounted at", *(kind.head for kind in kinds)),
        tuple(rows),
        NOTE,
    )


def _figure(use: Use, who: str, rate: DiscountRate | None, kind: Kind) -> Figure:
    years = invoices.years(use)
    span = years[-1] - years[0]
    inputs: list[Input] = [*kind.column.years, *kind.beside]
    if rate is not None:
        inputs.append(rule_of(rate, span))
    name = rate.id if rate else "plain"
    return making.figure(
        f"{use.id}.value.{who}.{name}.{kind.column.key}",
        f"{kind.head}, as worth in {years[0]} at {percent(rate, span) if rate else '0 %'}",
        accounts.currency(use),
        worth(use, kind.column.flows, rate),
        f"the sum of the years, each discounted to {years[0]}" if rate else "the sum of the years",
        inputs,
    )

"""What the accounts of later years are worth in the first, under named public discount rates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bedspace.appraisal.fee import invoices
from bedspace.appraisal.fee.terms import series_of
from bedspace.appraisal.figures import making
from bedspace.appraisal.figures.figure import Figure, Input, Rule
from bedspace.appraisal.figures.tables import Cell, Table
from bedspace.appraisal.members.use import Use
from bedspace.appraisal.parties import accounts
from bedspace.appraisal.parties.accounts import Column
from bedspace.appraisal.sender import costs, priced
from bedspace.appraisal.sender.avoided import Flows
from bedspace.exceptions import BedspaceError
from bedspace.rules import countries, discounting, fees
from bedspace.rules.discounting import DiscountRate
from bedspace.rules.fees import Series
from bedspace.rules.reading import GRADES
from bedspace.scenario import Scenario

NOTE = (
    "Sums of the first year are not discounted. A real rate discounts money at the prices of the \
first year, a nominal rate money as it is paid."
)
STILL = (
    "The scenario gives no deflator of this money, so prices in general are assumed to stay "
    "constant."
)
PAID = (
    "The scenario gives no deflator of this money, though some costs grow with prices, so a real "
    "rate discounts sums as they are paid."
)
DEFLATED = "For a real rate sums are restated by {}."


def rates(use: Use) -> tuple[DiscountRate, ...]:
    """The rates the scenario names; or those of the two countries that were in force on the first
    day of the term; or, where there is none, every rate of that day."""
    years = invoices.years(use)
    span = years[-1] - years[0] + 1
    return tuple(rate.over(span) for rate in _chosen(use))


def _chosen(use: Use) -> tuple[DiscountRate, ...]:
    scn, known = use.ensemble.scn, discounting.rates()
    if scn.discounting:
        return tuple(known[name] for name in scn.discounting)
    parties = (use.agreement.sending, use.agreement.receiving)
    ids = [countries.country(scn.systems[name].country or name) for name in parties]
    first = use.agreement.from_
    own = discounting.in_force(ids, first)
    return own or tuple(rate for rate in known.values() if rate.holds(first))


def worth(use: Use, flows: Flows, rate: DiscountRate | None) -> list[Decimal]:
    """The present value in the first year, by member, rounded to what the currency has. For a real
    rate the flows are first restated at the prices of that year, by the scenario's deflator. Raises
    BedspaceError where it does not reach."""
    base = invoices.years(use)[0]
    deflated = zip(use.ensemble.drawn, flows, strict=True)
    if rate is not None and rate.kind == "real":
        flows = [_real(use, scn, one, base) for scn, one in deflated]
    money = accounts.currency(use)
    return [fees.rounded(discounting.present_value(rate, one, base), money) for one in flows]


def _deflator(use: Use, scn: Scenario) -> Series | None:
    """The deflator of the fee's currency in one member's numbers; None where none is given."""
    name = scn.prices.deflators.get(accounts.currency(use)) if scn.prices else None
    return series_of(scn.indices[name], name) if name else None


def _real(use: Use, scn: Scenario, flows: Mapping[int, Decimal], base: int) -> dict[int, Decimal]:
    """Sums by year at the prices of the first year; as they are where prices stand still."""
    deflator = _deflator(use, scn)
    return discounting.at_prices_of(flows, deflator, base) if deflator else dict(flows)


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
        f"{NOTE} {_how(use)}",
    )


def _how(use: Use) -> str:
    """How sums are brought to the prices of one year, in words."""
    deflator = _deflator(use, use.ensemble.scn)
    if deflator is not None:
        return DEFLATED.format(deflator.name)
    return PAID if priced.grows(use.ensemble) else STILL


def _figure(use: Use, who: str, rate: DiscountRate | None, kind: Kind) -> Figure:
    years = invoices.years(use)
    span = years[-1] - years[0]
    inputs: list[Input] = [*kind.column.years, *kind.beside]
    if rate is not None:
        inputs.append(rule_of(rate, span))
    name, money = rate.id if rate else "plain", accounts.currency(use)
    id_ = f"{use.id}.value.{who}.{name}.{kind.column.key}"
    title = f"{kind.head}, as worth in {years[0]} at {percent(rate, span) if rate else '0 %'}"
    formula = "the sum of the years"
    if rate is not None:
        formula += f", each discounted to {years[0]}"
        if rate.kind == "real" and (deflator := use.ensemble.scn.prices):
            index = deflator.deflators.get(money)
            inputs += use.basis.below(f"indices.{index}") if index else []
            formula += f" at the prices of {years[0]}" if index else ""
    try:
        values = worth(use, kind.column.flows, rate)
    except BedspaceError as error:  # a deflator that does not reach
        return making.unknown(id_, title, money, str(error), inputs)
    return making.figure(id_, title, money, values, formula, inputs)

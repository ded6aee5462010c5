"""What one agreement comes to beside others: its prices in one currency at the prices of one year,
how much of them is transport, how fast it filled, and what share of people could be sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from bedspace.appraisal.fee import invoices, payments
from bedspace.appraisal.figures import making
from bedspace.appraisal.figures.figure import Figure, Input, Number
from bedspace.appraisal.figures.once import once
from bedspace.appraisal.members.use import Use
from bedspace.rules.common_prices import Rate, common_prices
from bedspace.rules.fees import Invoice

MONTH = 365.25 / 12

FULL = 0.9
"""Share of its peak from which on an agreement counts as filled."""

TRAVEL = ("transport", "visits")
"""What money has to be for to count as transport."""


def unit() -> str:
    """The unit of a price in the common currency."""
    return f"{common_prices().currency}/place-day"


def base() -> str:
    """The currency and the year of common prices, in words."""
    return f"{common_prices().currency} of {common_prices().year}"


@once
def headline(use: Use) -> Figure:
    """The headline price at first-year prices, restated from the year it was first paid in."""
    own = payments.announced(use)
    year = max(use.agreement.from_, use.ensemble.scn.start).year
    prices = [price for price in payments.headlines(use, rising=False) if price]
    id_, title = f"{use.id}.common.headline", f"Headline price, {base()}"
    if not prices or not common_prices().knows(prices[0].currency):
        return making.unknown(id_, title, unit(), own.note or _unknown(own), (own,))
    currency = prices[0].currency
    values = [price.amount * common_prices().factor(currency, year) for price in prices]
    inputs: tuple[Input, ...] = (own, *numbers(currency, (year,)))
    return making.figure(id_, title, unit(), values, _formula(), inputs, _later(currency, (year,)))


@once
def price_used(use: Use) -> Figure:
    """What a place-day that was used came to, every payment restated from its year."""
    own = payments.price_used(use)
    id_, title = f"{use.id}.common.price-used", f"Price of a place-day used, {base()}"
    paid = [
        (invoice, n)
        for invoice, n in zip(invoices.of(use), use.place_days, strict=True)
        if invoice and n
    ]
    each = [invoice for invoice, _ in paid]
    if own.value is None or not common_prices().knows(each[0].currency):
        return making.unknown(id_, title, unit(), own.note or _unknown(own), (own,))
    years = sorted({line.month.year for invoice in each for line in invoice.lines})
    parts = [(_restated(invoice), used) for invoice, used in paid]
    inputs: tuple[Input, ...] = (own, *numbers(each[0].currency, years))
    note = _later(each[0].currency, years)
    return making.ratio(
        id_, title, unit(), parts, f"payment by payment, {_formula()}", inputs, note
    )


@once
def over_headline(use: Use) -> Figure:
    """The price used as a multiple of the headline price, both as invoiced."""
    inputs = (payments.announced(use), payments.price_used(use))
    id_, title = f"{use.id}.common.over-headline", "Price used / headline price"
    if any(figure.value is None for figure in inputs):
        why = next(figure.note for figure in inputs if figure.value is None)
        return making.unknown(id_, title, "", why, inputs)
    parts = [
        (invoice.total, price.amount * used)
        for invoice, used, price in zip(
            invoices.of(use), use.place_days, payments.headlines(use, rising=False), strict=True
        )
        if invoice is not None and used and price is not None and price.amount
    ]
    formula = "price of a place-day used / headline price of a place-day, as invoiced"
    return making.ratio(id_, title, "", parts, formula, inputs)


@once
def transport(use: Use) -> Figure:
    """Share of what was paid that is for transport and visits."""
    id_, title = f"{use.id}.common.transport", "Share of the cost that is transport"
    total = payments.paid(use)
    if not any(part.purpose in TRAVEL for part in use.agreement.fee):
        return making.unknown(id_, title, "share", "no sum for transport is in the fee", (total,))
    parts = [
        (_travel(invoice), invoice.total)
        for invoice in invoices.of(use)
        if invoice is not None and invoice.total
    ]
    formula = "paid for transport and visits / all that was paid"
    note = "" if parts else "nothing was paid"
    return making.ratio(id_, title, "share", parts, formula, (total,), note)


@once
def ramp(use: Use) -> Figure:
    """Months from the start to the first day with 90 % of the most people ever held."""
    id_, title = f"{use.id}.common.ramp", f"Months to {FULL:.0%} of its peak"
    counted = payments.place_days(use)
    if use.agreement.from_ < use.ensemble.scn.start:
        why = f"it began on {use.agreement.from_}, before the simulation"
        return making.unknown(id_, title, "months", why, (counted,))
    query = (
        "WITH held AS (SELECT member, day, sum(people) AS people FROM scenario_population "
        "WHERE agreement = $id GROUP BY ALL), "
        "top AS (SELECT member, max(people) AS people FROM held GROUP BY ALL) "
        "SELECT date_diff('day', $start::DATE, min(held.day)) FROM held JOIN top "
        f"USING (member) WHERE top.people > 0 AND held.people >= {FULL} * top.people "
        "GROUP BY member ORDER BY member"
    )
    asked = {"id": use.id, "start": use.agreement.from_}
    days = [n for (n,) in use.ensemble.comparison.sql(query, asked).fetchall()]
    formula = f"days to the first one with {FULL:.0%} of the most people ever held, / 30.4375"
    note = "; ".join(f"its places changed on {day}" for day in _changed(use))
    note = note if days else "nobody was sent in any future"
    return making.figure(id_, title, "months", [n / MONTH for n in days], formula, (counted,), note)


@once
def eligible(use: Use) -> Figure:
    """Share of those assessed who could be sent: as counted, else as the scenario takes it."""
    id_, title = f"{use.id}.common.eligible", "Share who could be sent"
    path = f"agreements.{use.id}"
    for i, seen in enumerate(use.agreement.observed):
        if seen.assessed is not None and seen.passed is not None and seen.assessed.value > 0:
            counted = use.basis.numbers(
                f"{path}.observed.{i}.{key}" for key in ("passed", "assessed")
            )
            share = seen.passed.value / seen.assessed.value
            return Figure(id_, title, share, "share", "passed / assessed, as observed", counted)
    keys = [k for k in ("selection", "consent", "blocked") if getattr(use.agreement, k) is not None]
    if not keys:
        inputs = use.basis.numbers([f"{path}.places"])
        return making.unknown(id_, title, "share", "no share is published", inputs)
    values = []
    for scn in use.ensemble.drawn:
        drawn = scn.agreements[use.id]
        passing = drawn.selection.value if drawn.selection else 1.0
        consenting = drawn.consent.value if drawn.consent else 1.0
        blocked = drawn.blocked.value if drawn.blocked else 0.0
        values.append(passing * consenting * (1 - blocked))
    formula = "share selected x share consenting x share not blocked, as the scenario takes them"
    return making.figure(
        id_, title, "share", values, formula, use.basis.numbers(f"{path}.{k}" for k in keys)
    )


def filling(use: Use, months: int) -> list[tuple[int, float]]:
    """(months since the start, people held over the most places): the mean of the members."""
    start = use.agreement.from_
    if start < use.ensemble.scn.start:
        return []
    most = max(round(scn.agreements[use.id].places.value) for scn in use.ensemble.drawn)
    query = (
        "WITH held AS (SELECT member, day, sum(people) AS people FROM scenario_population "
        "WHERE agreement = $id GROUP BY ALL) "
        f"SELECT m, sum(people) FROM held JOIN range({months + 1}) AS t(m) "
        f"ON date_diff('day', $start::DATE, day) = round(m * {MONTH})::BIGINT "
        "GROUP BY m ORDER BY m"
    )
    found = use.ensemble.comparison.sql(query, {"id": use.id, "start": start}).fetchall()
    everybody = most * use.ensemble.members
    return [(int(month), float(people) / everybody) for month, people in found]


def numbers(currency: str, years: Iterable[int]) -> tuple[Number, ...]:
    """The consumer prices and the rate of exchange that money of these years is restated by."""
    common = common_prices()
    steps = {step for year in years for step in common.steps(currency, year)}
    found = [
        _number(f"common_prices.prices.{currency}.{step}", common.inflation[currency][step], "%")
        for step in sorted(steps)
    ]
    if currency != common.currency:
        rate = common.exchange[currency]
        found.append(_number(f"common_prices.exchange.{currency}", rate, currency))
    return tuple(found)


def _number(path: str, rate: Rate, unit_: str) -> Number:
    return Number(path, rate.value, unit_, rate.source, rate.grade, note=rate.note or rate.title)


def _restated(invoice: Invoice) -> Decimal:
    factor = common_prices().factor
    return sum(
        (x.amount * factor(invoice.currency, x.month.year) for x in invoice.lines), Decimal(0)
    )


def _travel(invoice: Invoice) -> Decimal:
    return sum((x.amount for x in invoice.lines if x.purpose in TRAVEL), Decimal(0))


def _changed(use: Use) -> list[str]:
    """The days on which measures set its places."""
    path = f"agreements.{use.id}.places"
    measures = use.ensemble.scn.measures.values()
    return sorted(one.begins(path).isoformat() for one in measures if path in one.set)


def _formula() -> str:
    common = common_prices()
    return (
        f"at the consumer prices of {common.year} in its own currency, then at the year's average "
        f"rate into {common.currency}"
    )


def _later(currency: str, years: Sequence[int]) -> str:
    """A note on years whose prices nobody knows yet."""
    late = [year for year in years if common_prices().counted(currency, year) != year]
    if not late:
        return ""
    known = common_prices().counted(currency, late[0])
    return f"money of after {known} counts as money of {known}: later consumer prices are not known"


def _unknown(own: Figure) -> str:
    return f"no consumer prices or no rate of exchange are at hand for {own.unit}"

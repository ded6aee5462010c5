"""What is paid, taken apart: by purpose, in other currencies, at the prices of another year."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from bedspace.appraisal import making, sender
from bedspace.appraisal.appraisal import Cell, Table
from bedspace.appraisal.basis import Basis
from bedspace.appraisal.figure import Figure, Input
from bedspace.appraisal.terms import rates_of, real_terms
from bedspace.appraisal.use import Use
from bedspace.exceptions import BedspaceError
from bedspace.rules import fees
from bedspace.scenario import Scenario


def tables(use: Use, basis: Basis) -> tuple[Table, ...]:
    """What the money is for, where it is for more than one thing; and the same money restated,
    where the scenario gives rates or a deflator."""
    found = []
    if len(purposes(use)) > 1:
        found.append(_by_purpose(use, basis))
    if rows := tuple(_restated(use, basis)):
        note = "Converted line by line at the rate of the first of each month."
        found.append(Table(f"{use.id}.restated", "The same money, restated", ("", ""), rows, note))
    return tuple(found)


def purposes(use: Use) -> tuple[fees.Purpose, ...]:
    """What the parts of the fee are for, in the order of `fees.PURPOSES`."""
    stated = {part.purpose for part in use.agreement.fee}
    return tuple(purpose for purpose in fees.PURPOSES if purpose in stated)


def paid_for(use: Use, basis: Basis, purpose: fees.Purpose) -> Figure:
    """The sum of the invoice's lines that are for one purpose."""
    total = sender.paid(use, basis)
    return making.figure(
        f"{use.id}.paid.{purpose}",
        f"Paid for {purpose}",
        total.unit,
        _sums(use, purpose),
        f"the lines of the invoice that are for {purpose}",
        (total,),
        sender.idle(use),
    )


def share_for(use: Use, basis: Basis, purpose: fees.Purpose) -> Figure:
    """What is paid for one purpose over all that is paid."""
    values = [
        float(part / whole)
        for part, whole in zip(_sums(use, purpose), use.totals, strict=True)
        if whole
    ]
    return making.figure(
        f"{use.id}.paid.{purpose}.share",
        f"Share paid for {purpose}",
        "share",
        values,
        f"paid for {purpose} / total paid",
        (paid_for(use, basis, purpose), sender.paid(use, basis)),
        "" if values else "nothing is paid",
    )


def price_for(use: Use, basis: Basis, purpose: fees.Purpose) -> Figure:
    """What is paid for one purpose, a place-day used."""
    part, days = paid_for(use, basis, purpose), sender.place_days(use, basis)
    values = [
        paid / used for paid, used in zip(_sums(use, purpose), use.place_days, strict=True) if used
    ]
    return making.figure(
        f"{use.id}.paid.{purpose}.place-day",
        f"Paid for {purpose}, a place-day used",
        f"{part.unit}/place-day",
        values,
        f"paid for {purpose} / place-days used",
        (part, days),
        sender.some(len(values), use) if values else "no place was used in any member",
    )


def _by_purpose(use: Use, basis: Basis) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            purpose,
            paid_for(use, basis, purpose),
            share_for(use, basis, purpose),
            price_for(use, basis, purpose),
        )
        for purpose in purposes(use)
    ]
    return Table(
        f"{use.id}.purposes",
        "What it was paid for",
        ("For", "In all", "Share", "A place-day used"),
        tuple(rows),
    )


def _sums(use: Use, purpose: fees.Purpose) -> list[Decimal]:
    return [bill.for_(purpose) if bill else Decimal("0.00") for bill in use.invoices]


def _restated(use: Use, basis: Basis) -> Iterator[tuple[Cell, ...]]:
    scn, total = use.ensemble.scn, sender.paid(use, basis)
    if not use.totals:
        return
    of = total.unit
    if scn.prices is not None and of in scn.prices.deflators:
        name, year = scn.prices.deflators[of], scn.prices.year
        figure = _figure(use, basis, "real", of, _deflated, (f"indices.{name}",))
        yield f"At the prices of {year}, by {scn.indices[name].title or name}", figure
    for kind, words in (("exchange", "exchange"), ("purchasing_power", "purchasing power")):
        for pair in getattr(scn, kind):
            into = _other(pair, of)
            if into is not None:
                how = _into(into, kind == "purchasing_power")
                key = f"{'ppp' if kind == 'purchasing_power' else 'in'}.{into}"
                figure = _figure(use, basis, key, into, how, (f"{kind}.{pair}",))
                yield f"In {into}, by {words}", figure


def _other(pair: str, currency: str) -> str | None:
    """The currency that a pair has beside this one."""
    one, other = pair.split("/")
    return other if one == currency else one if other == currency else None


_Restate = Callable[[Scenario, fees.Invoice], fees.Invoice]


def _deflated(scn: Scenario, bill: fees.Invoice) -> fees.Invoice:
    year, deflator = real_terms(scn, bill.currency)
    return fees.in_prices_of(bill, deflator, year)


def _into(currency: str, purchasing_power: bool) -> _Restate:
    def converted(scn: Scenario, bill: fees.Invoice) -> fees.Invoice:
        rates = rates_of(scn, bill.currency, currency, purchasing_power)
        return fees.converted(bill, currency, rates)

    return converted


def _figure(
    use: Use, basis: Basis, key: str, unit: str, restate: _Restate, prefixes: tuple[str, ...]
) -> Figure:
    """The total paid, restated; without a value where a series does not reach far enough."""
    inputs: tuple[Input, ...] = (
        sender.paid(use, basis),
        *(n for p in prefixes for n in basis.below(p)),
    )
    id_, title = f"{use.id}.fee.paid.{key}", "Total paid, restated"
    try:
        values = [
            restate(scn, bill).total if bill else Decimal("0.00")
            for scn, bill in zip(use.ensemble.drawn, use.invoices, strict=True)
        ]
    except BedspaceError as error:
        return making.unknown(id_, title, unit, str(error), inputs)
    formula = "the sum of the invoice's lines, each restated and rounded"
    return making.figure(id_, title, unit, values, formula, inputs, sender.idle(use))

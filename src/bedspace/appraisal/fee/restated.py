"""The same money in other currencies and at the prices of another year, where the scenario gives
rates or a deflator; and what is saved, where the fee and the cost at home are in two currencies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from bedspace.appraisal.fee import payments
from bedspace.appraisal.fee.terms import series_of
from bedspace.appraisal.figures import making
from bedspace.appraisal.figures.appraisal import Cell, Table
from bedspace.appraisal.figures.figure import Figure, Input
from bedspace.appraisal.figures.spread import CENT
from bedspace.appraisal.members.basis import Basis
from bedspace.appraisal.members.use import Use
from bedspace.appraisal.sender import avoided, costs, saving
from bedspace.exceptions import BedspaceError
from bedspace.rules import fees
from bedspace.scenario import Scenario

Restate = Callable[[Scenario, fees.Invoice], fees.Invoice]
"""Restates an invoice by the series of a member's scenario."""


@dataclass(frozen=True)
class Way:
    """One way to restate an invoice: the end of its figures' ids, in words, the currency it leads
    to, how, and where its values stand."""

    key: str
    words: str
    currency: str
    restate: Restate
    path: str


def table(use: Use, basis: Basis) -> Table | None:
    """Every total that can be restated; None where the scenario gives nothing to do it by."""
    rows: list[tuple[Cell, ...]] = []
    for way in ways(use):
        figure = paid(use, basis, way)
        rows.append((figure.title, figure))
        if way.key.startswith("in."):
            rows += [(f.title, f) for f in _saved(use, basis, way)]
    if not rows:
        return None
    note = "Line by line at the rate, or the level, of the first day of each month."
    title = "The same money, restated"
    return Table(f"{use.id}.restated", title, ("", "Figure"), tuple(rows), note)


def ways(use: Use) -> Iterator[Way]:
    """How the money of an agreement can be restated: real terms, exchange, purchasing power."""
    scn = use.ensemble.scn
    if not use.agreement.fee:
        return
    of = use.agreement.fee[0].price.currency or ""
    if scn.prices is not None and of in scn.prices.deflators:
        name, year = scn.prices.deflators[of], scn.prices.year
        words = f"at the prices of {year}, by {scn.indices[name].title or name}"
        yield Way("real", words, of, _deflated(name, year), f"indices.{name}")
    for kind, key, words in (
        ("exchange", "in", "by exchange"),
        ("purchasing_power", "ppp", "by purchasing power"),
    ):
        for pair in getattr(scn, kind):
            if into := _other(pair, of):
                how = _converted(kind, pair, into)
                yield Way(f"{key}.{into}", f"in {into} {words}", into, how, f"{kind}.{pair}")


def paid(use: Use, basis: Basis, way: Way) -> Figure:
    """The total paid, restated; without a value where the series does not reach far enough."""
    inputs: tuple[Input, ...] = (payments.paid(use, basis), *basis.below(way.path))
    id_, title = f"{use.id}.fee.paid.{way.key}", f"Total paid, {way.words}"
    try:
        values = totals(use, way)
    except BedspaceError as error:
        return making.unknown(id_, title, way.currency, str(error), inputs)
    formula = "the sum of the invoice's lines, each restated and rounded"
    return making.figure(id_, title, way.currency, values, formula, inputs, payments.idle(use))


def totals(use: Use, way: Way) -> list[Decimal]:
    """What each member pays, restated. Raises BedspaceError where a series does not reach."""
    return [
        way.restate(scn, bill).total if bill else Decimal("0.00")
        for scn, bill in zip(use.ensemble.drawn, use.invoices, strict=True)
    ]


def _saved(use: Use, basis: Basis, way: Way) -> Iterator[Figure]:
    """What is avoided less what is paid, converted into the currency of the cost at home."""
    whole = paid(use, basis, way)
    for margin in avoided.ends(use):
        gain = saving.gained(use, basis, margin, False)
        if gain.value is None or whole.value is None or gain.unit != way.currency:
            continue
        pairs = zip(avoided.totals(use, margin), totals(use, way), strict=True)
        yield making.figure(
            f"{use.id}.saving.{margin}.total.{way.key}",
            f"Net saving at {costs.IN_WORDS[margin]}, {way.words}",
            way.currency,
            [(home - fee).quantize(CENT) for home, fee in pairs],
            "cost avoided less total paid, converted; below nought: a loss",
            (gain, whole),
            payments.idle(use),
        )


def _other(pair: str, currency: str) -> str | None:
    """The currency that a pair has beside this one."""
    one, other = pair.split("/")
    return other if one == currency else one if other == currency else None


def _deflated(name: str, year: int) -> Restate:
    def restate(scn: Scenario, bill: fees.Invoice) -> fees.Invoice:
        return fees.in_prices_of(bill, series_of(scn.indices[name], name), year)

    return restate


def _converted(kind: str, pair: str, into: str) -> Restate:
    one, other = pair.split("/")

    def restate(scn: Scenario, bill: fees.Invoice) -> fees.Invoice:
        rates = fees.Rates(one, other, series_of(getattr(scn, kind)[pair], pair))
        return fees.converted(bill, into, rates)

    return restate

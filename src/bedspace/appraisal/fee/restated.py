"""The same money in other currencies and at the prices of another year, where the scenario gives
rates or a deflator."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from bedspace.appraisal.fee import invoices, payments
from bedspace.appraisal.fee.terms import series_of
from bedspace.appraisal.figures import making
from bedspace.appraisal.figures.currencies import nought
from bedspace.appraisal.figures.figure import Figure, Input
from bedspace.appraisal.figures.once import once
from bedspace.appraisal.members.use import Use
from bedspace.exceptions import BedspaceError
from bedspace.rules import fees
from bedspace.scenario import Scenario

Restate = Callable[[Scenario, fees.Invoice], fees.Invoice]
"""Restates an invoice by the series of a member's scenario."""

Kind = Literal["real", "in", "ppp"]

TABLES = {"in": "exchange", "ppp": "purchasing_power"}
"""The scenario's table of rates for each way into another currency."""


@dataclass(frozen=True)
class Way:
    """One way to restate an invoice: at one year's prices ("real"), by exchange ("in") or by
    purchasing power ("ppp"); in words, the currency it leads to, how, where its values stand."""

    kind: Kind
    words: str
    currency: str
    restate: Restate
    path: str

    @property
    def key(self) -> str:
        """The end of its figures' ids."""
        return self.kind if self.kind == "real" else f"{self.kind}.{self.currency}"


@once
def ways(use: Use) -> tuple[Way, ...]:
    """How the money of an agreement can be restated: real terms, exchange, purchasing power."""
    scn = use.ensemble.scn
    if not use.agreement.fee:
        return ()
    of = use.agreement.fee[0].price.currency or ""
    found = []
    if scn.prices is not None and of in scn.prices.deflators:
        name, year = scn.prices.deflators[of], scn.prices.year
        words = f"at the prices of {year}, by {scn.indices[name].title or name}"
        found.append(Way("real", words, of, _deflated(name, year), f"indices.{name}"))
    kinds: tuple[tuple[Kind, str], ...] = (("in", "by exchange"), ("ppp", "by purchasing power"))
    for kind, words in kinds:
        for pair in getattr(scn, TABLES[kind]):
            if into := _other(pair, of):
                how, path = _converted(TABLES[kind], pair, into), f"{TABLES[kind]}.{pair}"
                found.append(Way(kind, f"in {into} {words}", into, how, path))
    return tuple(found)


@once
def paid(use: Use, way: Way) -> Figure:
    """The total paid, restated; without a value where the series does not reach far enough."""
    inputs: tuple[Input, ...] = (payments.paid(use), *use.basis.below(way.path))
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
        way.restate(scn, invoice).total if invoice else nought(way.currency)
        for scn, invoice in zip(use.ensemble.drawn, invoices.of(use), strict=True)
    ]


def _other(pair: str, currency: str) -> str | None:
    """The currency that a pair has beside this one."""
    one, other = pair.split("/")
    return other if one == currency else one if other == currency else None


def _deflated(name: str, year: int) -> Restate:
    def restate(scn: Scenario, invoice: fees.Invoice) -> fees.Invoice:
        return fees.in_prices_of(invoice, series_of(scn.indices[name], name), year)

    return restate


def _converted(kind: str, pair: str, into: str) -> Restate:
    one, other = pair.split("/")

    def restate(scn: Scenario, invoice: fees.Invoice) -> fees.Invoice:
        rates = fees.Rates(one, other, series_of(getattr(scn, kind)[pair], pair))
        return fees.converted(invoice, into, rates)

    return restate

"""Costs at the prices of each year of a term: those of a price year, grown by their index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from bedspace.appraisal.fee.terms import index_of
from bedspace.appraisal.figures.figure import Number
from bedspace.appraisal.figures.once import once
from bedspace.appraisal.members import amounts
from bedspace.appraisal.members.basis import Basis
from bedspace.appraisal.members.members import Ensemble
from bedspace.appraisal.members.use import Use
from bedspace.rules import fees
from bedspace.scenario import Scenario
from bedspace.scenario.values.quantities import with_value
from bedspace.scenario.views import paths, price_years


def at_prices(scn: Scenario, year: int) -> Scenario:
    """The scenario with every cost that has an index at the prices of a calendar year."""
    grown = {
        price.path: with_value(
            price.quantity,
            amounts.money(price.quantity)
            * fees.growth(index_of(price.indexed, scn), price.year, year),
        )
        for price in price_years.prices(scn)
        if price.indexed is not None and price.year is not None
    }
    return paths.replaced(scn, grown) if grown else scn


@once
def grows(ensemble: Ensemble) -> bool:
    """Whether any cost of the scenario has an index."""
    return any(price.indexed is not None for price in price_years.prices(ensemble.scn))


def when(use: Use) -> str:
    """What a formula says after a cost that is a mean over the term; nothing where none grows."""
    return ", at the prices of the term" if grows(use.ensemble) else ""


@once
def drawn(ensemble: Ensemble, year: int) -> tuple[Scenario, ...]:
    """Every member's draw with costs at the prices of a year."""
    if not grows(ensemble):
        return ensemble.drawn
    return tuple(at_prices(scn, year) for scn in ensemble.drawn)


@once
def days(use: Use) -> dict[int, int]:
    """Days of the term in each calendar year of the run."""
    found: dict[int, int] = {}
    for span in use.spans:
        found[span.first.year] = found.get(span.first.year, 0) + span.days
    return found


def by_year(
    ensemble: Ensemble,
    member: int,
    years: Iterable[int],
    cost: Callable[[Scenario], Decimal | None],
) -> dict[int, Decimal | None]:
    """A member's cost at the prices of each year; asked for once where no cost grows."""
    if not grows(ensemble):
        return dict.fromkeys(years, cost(ensemble.drawn[member]))
    return {year: cost(drawn(ensemble, year)[member]) for year in years}


def a_year(
    use: Use, member: int, cost: Callable[[Scenario], Decimal | None], used: bool = False
) -> Decimal | None:
    """A cost over the term: its mean over the years, weighted by their days or, with `used`, by the
    place-days used in them; None where it is not given."""
    weights = use.by_year(member) if used and use.place_days[member] else days(use)
    found = by_year(use.ensemble, member, weights, cost)
    known = {year: value for year, value in found.items() if value is not None}
    if not known or len(known) < len(found):
        return cost(use.ensemble.drawn[member]) if not found else None
    if len(set(known.values())) == 1:
        return next(iter(known.values()))
    whole = sum((value * weights[year] for year, value in known.items()), Decimal(0))
    return whole / sum(weights.values())


def inputs(basis: Basis, found: Iterable[str]) -> tuple[Number, ...]:
    """Numbers by path, each cost with the index that it grows by."""
    every = {price.path: price for price in price_years.prices(basis.scn)}
    chosen: dict[str, None] = {}
    for path in found:
        chosen[path] = None
        price = every.get(path)
        if price is not None and price.indexed is not None:
            name = price.indexed if isinstance(price.indexed, str) else ""
            below = basis.below(f"indices.{name}" if name else price.index_path)
            chosen.update(dict.fromkeys(number.path for number in below))
    return basis.numbers(chosen)


@once
def over_term(use: Use) -> tuple[Scenario, ...]:
    """Every member's draw with each cost at its mean over the days of the term."""
    weights = days(use)
    years = {year: drawn(use.ensemble, year) for year in weights}
    return tuple(
        _mean(scn, {year: members[m] for year, members in years.items()}, weights)
        for m, scn in enumerate(use.ensemble.drawn)
    )


def stated(use: Use, used: bool = False) -> Scenario:
    """The numbers of the file as they stand, each cost at its mean over the days of the term or,
    with `used`, over the place-days used in all members."""
    scn = use.ensemble.scn
    if not grows(use.ensemble):
        return scn
    weights = days(use)
    if used and any(use.place_days):
        every = [use.by_year(m) for m in range(use.ensemble.members)]
        weights = {year: sum(one[year] for one in every) for year in weights}
    return _mean(scn, {year: at_prices(scn, year) for year in weights}, weights)


def _mean(scn: Scenario, years: Mapping[int, Scenario], weights: Mapping[int, int]) -> Scenario:
    """A scenario with every cost that grows at the mean of what it is in each year."""
    whole = sum(weights.values())
    if len(years) == 1:
        return next(iter(years.values()))
    grown: dict[str, Decimal] = {}
    for year, now in years.items():
        for price in price_years.prices(now):
            if price.indexed is not None:
                part = amounts.money(price.quantity) * weights[year] / whole
                grown[price.path] = grown.get(price.path, Decimal(0)) + part
    given = {price.path: price.quantity for price in price_years.prices(scn)} if grown else {}
    same = {path: with_value(given[path], value) for path, value in grown.items()}
    return paths.replaced(scn, same) if same else scn

"""The year whose prices costs are in, and which of them are old where nothing restates them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bedspace.scenario.model.costs import MONEY, Priced, Wings
from bedspace.scenario.model.scenario import Scenario
from bedspace.scenario.values.quantities import Quantity

OLD = 2
"""Years after which a price that no index restates is old."""


@dataclass(frozen=True)
class Price:
    """Money of the costs of a system: where it stands, and the year of its prices and the index
    that restates it, both None where they are not given."""

    path: str
    system: str
    quantity: Quantity
    year: int | None
    indexed: Quantity | str | None
    index_path: str


def prices(scn: Scenario) -> Iterator[Price]:
    """All money of all costs. Building is in the system's prices where it names none of its own."""
    for name, system in scn.systems.items():
        places: list[tuple[str, Priced | None]] = [(f"{name}.costs", system.costs)]
        if system.costs is not None and system.costs.building is not None:
            new = system.costs.building
            at = f"{name}.costs.building"
            above = new if new.prices_of is not None else system.costs
            said = at if above is new else f"{name}.costs"
            yield from _money(name, at, new, above, said)
        places += [
            (f"{name}.{kind}.{key}.costs", one.costs)
            for kind in ("groups", "facilities")
            for key, one in getattr(system, kind).items()
        ]
        for at, own in places:
            if own is not None:
                yield from _money(name, at, own, own, at)


def _money(system: str, at: str, own: Priced, said: Priced, said_at: str) -> Iterator[Price]:
    for key in MONEY:
        cost = getattr(own, key, None)
        if cost is not None:
            path, quantity = f"{at}.{key}", cost
            if isinstance(cost, Wings):
                path, quantity = f"{path}.saved", cost.saved
            year = said.year_of(key)
            yield Price(path, system, quantity, year, said.indexed, f"{said_at}.indexed")


def old(scn: Scenario) -> dict[str, int]:
    """The price year of every cost that is more than `OLD` years old in the first year in which it
    is used and that no index restates, by its path.

    That is the year in which the first agreement of its system begins, within the run; without an
    agreement, the run's first.
    """
    return {
        price.path: price.year
        for price in prices(scn)
        if price.year is not None
        and price.indexed is None
        and first_used(scn, price.system) - price.year > OLD
    }


def first_used(scn: Scenario, system: str) -> int:
    """The first calendar year in which a system's costs are set against a fee; the run's first
    where it has no agreement."""
    begins = [
        max(one.from_, scn.start).year
        for one in scn.agreements.values()
        if system in (one.sending, one.receiving)
    ]
    return min(begins, default=scn.start.year)

"""What holding people costs, by facility, system and group, and what stops when fewer are held."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import Discriminator, Tag, model_validator

from bedspace.scenario.model.fees import Indexed, MoneyForUse
from bedspace.scenario.values.bounds import ABOVE_NOUGHT
from bedspace.scenario.values.quantities import Quantity
from bedspace.scenario.values.typed import (
    Dimension,
    Money,
    MoneyAYear,
    Name,
    Part,
    Positive,
    PositiveDays,
    Share,
    Year,
    refuse,
)

Places = Annotated[Quantity, Dimension("people", at_least=ABOVE_NOUGHT["people"])]

MONEY = ("system", "average", "fixed", "variable", "wings", "closing", "place", "running")
"""The keys of costs that are money, or hold some."""


def _prices_of_tag(raw: object) -> str:
    return "a year for each cost" if isinstance(raw, dict) else "a year"


PricesOf = Annotated[
    Annotated[Year, Tag("a year")] | Annotated[dict[Name, Year], Tag("a year for each cost")],
    Discriminator(_prices_of_tag),
]


class Priced(Part):
    """Costs at the prices of one year, or each of its own, and how they grow from then on."""

    prices_of: PricesOf | None = None
    """The year in whose prices these costs are given, or a year for each cost; default: each year
    of the run at its own prices."""
    indexed: Indexed | None = None
    """Yearly growth of these prices from that year to each year of the run, or the name of one of
    `indices`; default: none."""

    @model_validator(mode="after")
    def _from_a_year(self) -> Priced:
        if self.indexed is not None and self.prices_of is None:
            raise refuse(
                "indexed says how prices grow, and not from which year", "give prices_of", "indexed"
            )
        if isinstance(self.prices_of, dict):
            given = [key for key in MONEY if getattr(self, key, None) is not None]
            for key in self.prices_of:
                if key not in given:
                    raise refuse(
                        f"prices_of names {key!r}, which is no cost given beside it",
                        f"name {' and '.join(given)}",
                        "prices_of",
                        key,
                    )
            missing = [key for key in given if key not in self.prices_of]
            if missing:
                raise refuse(
                    f"prices_of gives no year for {missing[0]!r}", "add it to the map", "prices_of"
                )
        return self

    def year_of(self, key: str) -> int | None:
        """The price year of one of these costs; None where none is given."""
        return self.prices_of.get(key) if isinstance(self.prices_of, dict) else self.prices_of


class Wings(Part):
    """The cost that stops when a wing is empty."""

    places: Places
    """Places of one wing."""
    saved: MoneyAYear
    """Saving a year for each whole wing that is empty: mostly the staff of the wing."""


class FacilityCosts(Priced):
    """What a facility costs. `wings` and `closing` are parts of `fixed` that are saved step by
    step."""

    fixed: MoneyAYear | None = None
    """Cost a year, however many people are inside."""
    variable: MoneyForUse | None = None
    """Cost of one person for a day or a month."""
    wings: Wings | None = None
    """The cost that stops when a wing is empty; default: nothing."""
    closing: MoneyAYear | None = None
    """Saving a year when nobody is inside, in addition to the savings of all its wings; default:
    nothing."""

    @model_validator(mode="after")
    def _steps_of_the_fixed(self) -> FacilityCosts:
        saved = self.wings.saved if self.wings else None
        _one_currency(self.fixed, self.variable, saved, self.closing)
        for key in ("wings", "closing"):
            if getattr(self, key) is not None and self.fixed is None:
                raise refuse(
                    f"{key} says what stops of a fixed cost that is not given", "give fixed", key
                )
        return self


class Building(Priced):
    """A place that would have to be built. It is counted only where people are held above
    capacity."""

    place: Money
    """Cost of building one place."""
    life: PositiveDays
    """How long the building lasts; its cost is spread evenly over that time, without interest."""
    running: MoneyAYear | None = None
    """Yearly cost of a new place in addition to the variable cost, such as staff and upkeep;
    default: nothing."""
    opens_after: PositiveDays | None = None
    """Time from the decision until it opens; default: at once."""

    @model_validator(mode="after")
    def _alike(self) -> Building:
        _one_currency(self.place, self.running)
        return self


class SystemCosts(Priced):
    """What a prison system costs."""

    system: MoneyAYear | None = None
    """Cost of the whole system, a year."""
    average: MoneyForUse | None = None
    """Average cost of one person for a day or a month."""
    marginal: Share | None = None
    """Share of the average cost that is saved when one person fewer is held."""
    building: Building | None = None
    """Cost of an additional place; default: none would be built."""

    @model_validator(mode="after")
    def _built_at(self) -> SystemCosts:
        new = self.building
        if isinstance(self.prices_of, dict) and new is not None and new.prices_of is None:
            raise refuse(
                "the building has no price year where prices_of is a map",
                "give the building its own prices_of",
                "building",
            )
        return self


class GroupCosts(Priced):
    """Cost of holding one person of the group; it overrides the system's cost."""

    average: MoneyForUse | None = None
    """Average cost of one person for a day or a month."""
    marginal: Share | None = None
    """Share of the average cost that is saved when one person fewer is held."""
    times: Positive | None = None
    """Instead of `average`: a factor that multiplies the system's average and the variable cost of
    the facility where they are held; default 1. High security costs more, open conditions less."""

    @model_validator(mode="after")
    def _one_of_two(self) -> GroupCosts:
        if self.average is not None and self.times is not None:
            raise refuse(
                "average and times both say what the group costs", "give one of them", "times"
            )
        return self


def _one_currency(*given: Quantity | None) -> None:
    found = list(dict.fromkeys(_currencies(given)))
    if len(found) > 1:
        raise refuse(f"the costs mix {' and '.join(found)}", "give all of them in one currency")


def _currencies(given: Iterable[Quantity | None]) -> Iterable[str]:
    return (q.currency for q in given if q is not None and q.currency is not None)

"""One currency and one price year for agreements of many countries and years.

Money of a year becomes money of the price year by consumer prices of its own currency, and then
money of the one currency at the price year's average rate of exchange. What prices will be is not
known: money of years after the last one of the table counts as money of that last year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import cache
from typing import Any

from bedspace.exceptions import BedspaceError
from bedspace.rules.fees.money import EXACT
from bedspace.rules.reading import TO_VERIFY, grade, need, read, whole


@dataclass(frozen=True)
class Rate:
    """Consumer prices above the year before in %, or units of a currency for one of the common
    one, with where it comes from."""

    title: str
    value: Decimal
    source: str | None
    grade: str
    note: str | None = None


@dataclass(frozen=True)
class CommonPrices:
    """One currency and price year: `inflation` by currency and year, `exchange` by currency."""

    year: int
    currency: str
    inflation: Mapping[str, Mapping[int, Rate]]
    exchange: Mapping[str, Rate]

    def knows(self, currency: str) -> bool:
        """Whether money of a currency can be restated."""
        return currency in self.inflation and (
            currency == self.currency or currency in self.exchange
        )

    def counted(self, currency: str, year: int) -> int:
        """The year as which money of `year` counts: the last one known, if it is later.

        Raises BedspaceError on a currency or a year before the table.
        """
        if not self.knows(currency):
            raise BedspaceError(
                f"there are no consumer prices or no rate of exchange for {currency}"
            )
        first, last = min(self.inflation[currency]) - 1, max(self.inflation[currency])
        if year < first:
            raise BedspaceError(f"consumer prices in {currency} begin with {first}, after {year}")
        return min(year, last)

    def steps(self, currency: str, year: int) -> tuple[int, ...]:
        """The years whose inflation lies between a year and the price year."""
        known = self.counted(currency, year)
        low, high = sorted((known, self.year))
        return tuple(range(low + 1, high + 1))

    def factor(self, currency: str, year: int) -> Decimal:
        """What money of a year is multiplied by: consumer prices of the price year over those of
        the year, over the rate of exchange."""
        with localcontext(EXACT):
            level = Decimal(1)
            for step in self.steps(currency, year):
                level *= 1 + self.inflation[currency][step].value / 100
            if self.counted(currency, year) > self.year:
                level = 1 / level
            rate = Decimal(1) if currency == self.currency else self.exchange[currency].value
            return level / rate


@cache
def common_prices() -> CommonPrices:
    """The table that is shipped. Raises BedspaceError when it is not whole."""
    return read_common_prices(read(__package__, "common_prices.yaml"))


def read_common_prices(table: Any) -> CommonPrices:
    """The table from its record."""
    where = "common prices"
    need(table, where, {"year", "currency", "sources", "prices", "exchange"}, set())
    exchange = need(table["exchange"], f"{where}: exchange", {"source", "grade", "rates"}, set())
    paid = _title(table, exchange["source"], f"{where}: exchange")
    rates = {
        currency: Rate(
            f"{currency} for a {table['currency']}, average of {table['year']}",
            Decimal(str(value)),
            paid,
            grade(exchange["grade"], f"{where}: exchange"),
        )
        for currency, value in exchange["rates"].items()
    }
    inflation = {name: _inflation(table, name) for name in table["prices"]}
    return CommonPrices(whole(table["year"], where), table["currency"], inflation, rates)


def _inflation(table: Any, currency: str) -> dict[int, Rate]:
    where = f"common prices: {currency}"
    row = need(
        table["prices"][currency],
        where,
        {"title", "source", "grade", "inflation"},
        {"general_knowledge"},
    )
    source, graded = _title(table, row["source"], where), grade(row["grade"], where)
    found = {
        whole(year, where): Rate(row["title"], Decimal(str(value)), source, graded)
        for year, value in row["inflation"].items()
    }
    for year, value in row.get("general_knowledge", {}).items():
        found[whole(year, where)] = Rate(
            row["title"], Decimal(str(value)), None, "assumption", TO_VERIFY
        )
    if sorted(found) != list(range(min(found), max(found) + 1)):
        raise BedspaceError(f"{where}: a year is missing")
    return found


def _title(table: Any, source: str, where: str) -> str:
    if source not in table["sources"]:
        raise BedspaceError(f"{where}: no source {source!r}")
    return str(table["sources"][source]["title"])

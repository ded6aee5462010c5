"""Derived numbers of the scenario england-wales, made again from the published tables.

Run it to print them; tests/library compares them with the scenario file. The tables are not part of
this repository: docs/scenarios/england-wales.md says which they are. Stays are in days, flows in
people a year. A band of sentences is held to be evenly filled between its two bounds.
"""

from __future__ import annotations

import csv
from pathlib import Path

DATA = Path(__file__).parents[2] / "shared" / "data" / "ew_prisoncap"
YEAR = 365.25
# Upper bound of each band in months, in the order of the table. A band of one length (6 months,
# 12 months, 4 years) has the bound of the band before it. The last has none: 30 years is assumed.
BOUNDS = (1, 2, 3, 6, 6, 9, 12, 12, 18, 24, 36, 48, 48, 60, 72, 84, 96, 108, 120, 180, 360)
BELOW_FOUR = 12  # the first bands are sentences below four years
SHORT = 14  # the first bands are the first tranche: up to five years
# Assumed share of the sentences passed that the change leaves out: below four years, and from four.
EXCLUDED = {"fewer": (0.05, 0.40), "value": (0.15, 0.50), "more": (0.25, 0.60)}
SERVED = {"short": 0.5, "long": 0.5, "excluded-short": 0.5, "excluded-long": 0.6}
REMAND_DAYS = 120.0
OTHER_DAYS = 60.0


def table(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def composition() -> dict[str, int]:
    """People held on the last day the table has, by custody type."""
    last = table("composition_actuals")[-1]
    return {key: int(n) for key, n in last.items() if key != "ref_date"}


def sentences(year: str = "2022") -> tuple[int, ...]:
    """Determinate sentences passed in a year, by band."""
    rows = table("custody_by_sentence_length")
    return tuple(int(row[year]) for row in rows[: len(BOUNDS)])


def bands(group: str, excluded: str = "value") -> list[float]:
    """Sentences passed in a year on one of the four groups, by band (zeros outside of it)."""
    below, above = EXCLUDED[excluded]
    found = []
    for i, n in enumerate(sentences()):
        out = below if i < BELOW_FOUR else above
        mine = (i < SHORT) == group.endswith("short")
        found.append(mine * n * (out if group.startswith("excluded") else 1 - out))
    return found


def years(group: str, excluded: str = "value") -> float:
    """Sum of the sentences passed in a year on a group, in years."""
    lows = (0, *BOUNDS[:-1])
    middle = [(low + high) / 24 for low, high in zip(lows, BOUNDS, strict=True)]
    return sum(n * m for n, m in zip(bands(group, excluded), middle, strict=True))


def entering(excluded: str = "value") -> float:
    """Entries to sentenced custody per sentence passed at which the published stock is steady."""
    steady = sum(years(g, excluded) * share for g, share in SERVED.items())
    return composition()["determinate"] / steady


def quantiles(group: str, excluded: str = "value") -> list[tuple[float, float]]:
    """(share of the group, sentence in months at most) for each bound of its bands."""
    held = bands(group, excluded)
    total, below = sum(held), 0.0
    lows = (0, *BOUNDS[:-1])
    first = next(i for i, n in enumerate(held) if n)
    found = [(0.0, float(lows[first]))]
    for n, bound in zip(held, BOUNDS, strict=True):
        if n:
            below += n
            found.append((below / total, float(bound)))
    return found


def sentenced(excluded: str = "value") -> dict[str, tuple[float, float]]:
    """Stock and yearly admissions of each of the four determinate groups."""
    k = entering(excluded)
    return {
        g: (k * years(g, excluded) * share, k * sum(bands(g, excluded)))
        for g, share in SERVED.items()
    }


def spread() -> tuple[float, float]:
    """Sentences passed in 2021 and in 2020, each over those of 2022: the range of admissions."""
    now = sum(sentences())
    return sum(sentences("2021")) / now, sum(sentences("2020")) / now


def main() -> None:
    held = composition()
    print("composition", held)
    for excluded in EXCLUDED:
        print(excluded, "entries per sentence", round(entering(excluded), 4))
        for g, (stock, flow) in sentenced(excluded).items():
            print(" ", g, "stock", round(stock), "a year", round(flow))
    low, high = spread()
    print("range of admissions", round(low, 3), round(high, 3))
    for g in SERVED:
        print(g, [(round(100 * s, 2), m) for s, m in quantiles(g)])
    recalls = int(table("releases_recalls_annual")[-1]["recalls"])
    print("recalled stay", round(held["recall"] / recalls * YEAR, 1))
    life = int(table("custody_by_sentence_length")[len(BOUNDS)]["2022"])
    print("indeterminate stay, years", round(held["indeterminate"] / life, 1))
    print("remand a day", round(held["remand"] / REMAND_DAYS, 1))
    print("others a day", round((held["non_criminal"] + held["fine_default"]) / OTHER_DAYS, 1))


if __name__ == "__main__":
    main()

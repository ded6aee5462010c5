"""Writes the scenario us-prisons from the published tables of Prisoners in 2022.

    python scripts/derive_us_prisons.py > src/bedspace/scenario/library/us-prisons.yaml

The tables (Bureau of Justice Statistics, NCJ 307149, public domain) are read from shared/data
beside the repository, or from the folder given; tests/library makes it again and compares.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path

DATA = Path(__file__).parents[2] / "shared" / "data" / "us_nps_2022"
OFFENCES = ("violent", "property", "drug", "public-order", "unspecified")
OTHER_YEARS = 22 / 12  # mean time served for drug offences, state prisoners released in 2016
SIGMA = 1.21  # of the log, where the mean is 2.7 years and the median 1.3

HEAD = """\
bedspace: 1
title: Every prison system of the United States, by jurisdiction and offence
summary: >-
  Sentenced and other prisoners under the jurisdiction of the fifty states and of the federal
  authorities from the end of 2022, for ten years, if admissions and time served stay as they were
  in 2022. A frame to change, not a forecast: no measure, no trend, no return to prison, which is
  within the admissions counted.
start: 2022-12-31
end: 2033-01-01

sources:
  bjs-p22:
    title: Prisoners in 2022 - Statistical Tables (NCJ 307149)
    publisher: US Department of Justice, Bureau of Justice Statistics
    date: 2023-11-30
    licence: US Government work, public domain
  bjs-time-served-2016:
    title: Time Served in State Prison, 2016 (NCJ 252205)
    publisher: US Department of Justice, Bureau of Justice Statistics
    date: 2018-11-29
    licence: US Government work, public domain
  bjs-time-served-2018:
    title: Time Served in State Prison, 2018 (NCJ 255662)
    publisher: US Department of Justice, Bureau of Justice Statistics
    date: 2021-03
    licence: US Government work, public domain

notes:
  - text: >-
      Stocks are the jurisdiction totals of table 2 (year end 2022), admissions those of table 8
      (2022, sentenced prisoners), places the highest capacity that table 21 gives. Vermont gave no
      admissions: it has what the table's total has beyond the other states. Made by
      scripts/derive_us_prisons.py.
    source: bjs-p22
    grade: official
  - text: >-
      No table has offences by state. Every state's stock is divided as all state prisoners are
      (table 16), the federal one as federal prisoners are (table 19).
    source: bjs-p22
    grade: assumption
  - text: >-
      Nor has one admissions by state and offence. Drug offences were served for 22 months on
      average; the same is assumed of property, public-order and unspecified offences (under two
      years on average). With the stock and admissions of all states that leaves {years:.2f} years
      for violent offences, {ratio:.2f} times as long. That ratio is taken for every jurisdiction,
      and its own stock and admissions give the years: so each starts in balance by construction.
    source: bjs-time-served-2016
    grade: assumption
  - text: >-
      The spread of stays about their mean, sigma {sigma}, is that of a lognormal whose mean is 2.7
      and whose median is 1.3 years, as of all state prisoners released in 2018.
    source: bjs-time-served-2018
    grade: derived
  - text: >-
      People whom a state has under its jurisdiction and not in its own prisons are in local jails,
      private prisons and other states: facility elsewhere, as many places as people on the day.
    source: bjs-p22
    grade: derived

systems:"""


def rows(table: str, folder: Path) -> Iterator[list[str]]:
    """The rows of a table, numbers without commas, the name in the first cell."""
    with (folder / f"p22stt{table}.csv").open(encoding="latin-1", newline="") as lines:
        for row in csv.reader(lines):
            cells = [cell.replace(",", "").strip() for cell in row]
            if len(cells) > 2 and (cells[0] or cells[1]):
                yield [cells[0] or cells[1], *cells[2:]]


def name(cell: str) -> str:
    """A jurisdiction as the scenario names it: "Alaska/b" is alaska."""
    plain = re.sub(r"/[a-z]+$", "", cell).strip().lower().replace(" ", "-")
    return {"virginial": "virginia"}.get(plain, plain)  # a footnote's l without its stroke


def column(table: str, folder: Path, at: int) -> dict[str, int]:
    """Jurisdiction -> the number in one column, counted from the first after the name."""
    return {
        name(row[0]): int(row[at + 1])
        for row in rows(table, folder)
        if len(row) > at + 1 and row[at + 1].isdigit() and row[1].isdigit()
    }


def shares(table: str, folder: Path) -> list[float]:
    """Percent of prisoners by OFFENCES."""
    wanted = ("violent", "property", "drug", "public order", "other/unspecified")
    found = {}
    for row in rows(table, folder):
        key = re.sub(r"/[a-z]$", "", row[0]).lower()
        if key in wanted and re.fullmatch(r"[\d.]+", row[1]):
            found.setdefault(key, float(row[1]))
    return [found[key] for key in wanted]


def capacities(folder: Path) -> dict[str, tuple[int, int]]:
    """Jurisdiction -> the highest capacity reported (0: none) and the custody population."""
    return {
        name(row[0]): (
            max((int(cell) for cell in row[1:4] if cell.isdigit()), default=0),
            int(row[4]),
        )
        for row in rows("21", folder)
        if len(row) > 4 and row[4].isdigit()
    }


def whole(total: int, parts: list[float]) -> list[int]:
    """A total in whole numbers by parts of a hundred, the largest remainders rounded up."""
    exact = [total * part / sum(parts) for part in parts]
    found = [int(x) for x in exact]
    order = sorted(range(len(parts)), key=lambda i: found[i] - exact[i])
    for i in order[: total - sum(found)]:
        found[i] += 1
    return found


def scenario(folder: Path = DATA) -> str:
    """The whole file."""
    stocks, admissions = column("02", folder, 4), column("08", folder, 1)
    every = shares("16", folder)
    states = [key for key in stocks if key not in ("u.s.-total", "federal", "state")]
    known = sum(admissions.get(key, 0) for key in states)
    admissions.setdefault("vermont", admissions["state"] - known)  # imputed within the total
    held, admitted = (sum(of[key] for key in states) for of in (stocks, admissions))
    violent = every[0] / sum(every)
    others = held * (1 - violent) / OTHER_YEARS
    years = held * violent / (admitted - others)
    ratio = years / OTHER_YEARS
    lines = [HEAD.format(years=years, ratio=ratio, sigma=SIGMA)]
    room = capacities(folder)
    for key in ["federal", *states]:
        parts = shares("19", folder) if key == "federal" else every
        lines += system(key, stocks[key], admissions[key], parts, ratio, room[key])
    return "\n".join(lines) + "\n"


def derived(value: object, note: str, source: str = "bjs-p22") -> str:
    """A number with its evidence, in one line."""
    return f"{{value: {value}, source: {source}, grade: derived, note: {note}}}"


def system(
    key: str,
    stock: int,
    admitted: int,
    parts: list[float],
    ratio: float,
    room: tuple[int, int],
) -> Iterator[str]:
    """One jurisdiction's lines."""
    groups = whole(stock, parts)
    weights = [ratio, 1, 1, 1, 1]
    unit = (
        sum(n / w for n, w in zip(groups, weights, strict=True)) / admitted
    )  # years of the others
    places, custody = room
    split = f"table 2 by table {19 if key == 'federal' else 16}"
    yield f"  {key}:"
    yield "    country: united-states"
    yield "    groups:"
    for offence, people, weight in zip(OFFENCES, groups, weights, strict=True):
        a_year = people / weight / unit
        yield f"      {offence}:"
        yield f"        stock: {derived(people, split)}"
        yield f"        admissions: {derived(f'{a_year:.1f} / year', 'stock / mean stay')}"
        yield f"        pathway: {'violent' if offence == 'violent' else 'other'}"
    yield "    pathways:"
    for pathway, weight in (("violent", ratio), ("other", 1.0)):
        stay = f"{unit * weight:.3f} year"
        mean = derived(stay, "stock / admissions", "bjs-time-served-2016")
        sigma = derived(SIGMA, "of mean and median", "bjs-time-served-2018")
        yield f"      {pathway}:"
        yield f"        sentenced: {{stay: {{lognormal: {{mean: {mean}, sigma: {sigma}}}}}}}"
    yield "    facilities:"
    if places:
        yield f"      prisons: {{places: {{value: {places}, source: bjs-p22, grade: official}}}}"
    else:
        note = "no capacity reported: the people held on the day"
        cited = f"source: bjs-p22, grade: assumption, note: '{note}'"
        yield f"      prisons: {{places: {{value: {custody}, {cited}}}}}"
    if stock > custody:
        rest = derived(stock - custody, "jurisdiction less custody")
        yield f"      elsewhere: {{places: {rest}}}"


if __name__ == "__main__":
    sys.stdout.write(scenario(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA))

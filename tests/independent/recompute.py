"""Headline answers worked out again, from a scenario's YAML and a run's raw tables alone.

A plain script: it imports nothing of bedspace, reads the YAML with every scalar as text, and knows
the rules only from docs/language.md and docs/appraisal.md. Each function takes the folder that
`bedspace compare` wrote and the scenario file, and gives id -> the mean over the members.
A price of a day is what is paid in all of them by the days of all.

    python tests/independent/recompute.py FOLDER SCENARIO.yaml
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import fmean as mean
from typing import Any

import duckdb
import yaml

Answers = dict[str, float]


def number(node: Any) -> float:
    """The leading number of "54.79 USD / day", "2.5 % / year" or a map with `value`; a % is a
    share."""
    text = node["value"] if isinstance(node, dict) else node
    found = re.match(r"-?[0-9.]+", text)
    assert found is not None
    return float(found[0]) / (100 if "%" in text else 1)


class Run:
    """One side of a comparison: its tables by SQL, and what each member drew."""

    def __init__(self, folder: Path, side: str) -> None:
        self.tables = folder / side / "tables"
        self.members = 1 + self.rows("SELECT max(member) FROM population")[0][0]
        self.draws: list[dict[str, float]] = [{} for _ in range(self.members)]
        for member, path, value in self.rows("SELECT member, path, value FROM draws"):
            self.draws[member][path] = value

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Rows of a query; a table is named by itself."""
        for name in re.findall(r"(?:FROM|JOIN) (\w+)", query):
            files = [str(f) for f in sorted((self.tables / name).glob("*.parquet"))]
            query = re.sub(rf"\b(FROM|JOIN) {name}\b", rf"\1 read_parquet({files})", query)
        return duckdb.sql(query).fetchall()

    def drawn(self, member: int, path: str, written: Any) -> float:
        """What a member drew for a number, or the number where it has no range."""
        return self.draws[member].get(path, number(written))

    def by_month(self, agreement: str) -> list[dict[date, int]]:
        """Place-days used in each month, by member: people at the end of each day, summed."""
        found: list[dict[date, int]] = [{} for _ in range(self.members)]
        for member, month, people in self.rows(
            "SELECT member, date_trunc('month', day)::DATE, sum(people)::BIGINT FROM population "
            f"WHERE agreement = '{agreement}' GROUP BY ALL"
        ):
            found[member][month] = people
        return found

    def moves(self, agreement: str, events: tuple[str, ...]) -> list[int]:
        """People moved under the events, by member."""
        listed = ", ".join(f"'{event}'" for event in events)
        rows = self.rows(
            "SELECT member, sum(people)::BIGINT FROM transfers "
            f"WHERE agreement = '{agreement}' AND event IN ({listed}) GROUP BY ALL"
        )
        return [dict(rows).get(m, 0) for m in range(self.members)]

    def people(self, system: str, day: str) -> list[int]:
        """People held in a system at the end of a day, by member."""
        rows = self.rows(
            "SELECT member, sum(people)::BIGINT FROM population "
            f"WHERE system = '{system}' AND day = DATE '{day}' GROUP BY ALL ORDER BY 1"
        )
        return [people for _, people in rows]


def term(agreement: dict[str, Any]) -> list[tuple[date, int, int]]:
    """(month, its days within the term, whole years since the term began) of every month."""
    first, until = (date.fromisoformat(agreement[key]) for key in ("from", "until"))
    found, month = [], first.replace(day=1)
    while month < until:
        after = date(month.year + month.month // 12, month.month % 12 + 1, 1)
        days = (min(after, until) - max(month, first)).days
        begins = max(month, first)
        years = begins.year - first.year - ((begins.month, begins.day) < (first.month, first.day))
        found.append((month, days, years))
        month = after
    return found


def norgerhaven(run: Run, base: Run, tree: dict[str, Any]) -> Answers:
    """25.5 million a year in twelfths, 1.4 % more from each anniversary; 1.34 million a year for
    Norway's own people there; 4,000 for each person moved, there and back. Of the places freed at
    home `refilled` are filled again, so only the rest is avoided."""
    rent, own, transport = tree["agreements"]["norgerhaven"]["fee"]
    index = number(rent["indexed"])
    kept = sum(
        number(rent["yearly"]) / 12 * (1 + index) ** years + number(own["yearly"]) / 12
        for _, _, years in term(tree["agreements"]["norgerhaven"])
    )
    moved = run.moves("norgerhaven", ("sent", "home", "ended"))
    paid = [kept + number(transport["transport"]) * n for n in moved]
    used = [sum(row.values()) for row in run.by_month("norgerhaven")]
    cost = number(tree["systems"]["norway"]["costs"]["average"])
    again = tree["agreements"]["norgerhaven"]["refilled"]
    return {
        "norgerhaven.fee.paid": mean(paid),
        "norgerhaven.fee.price-used": sum(paid) / sum(used),
        "norgerhaven.saving.average.total": mean(
            cost * (1 - run.drawn(m, "agreements.norgerhaven.refilled", again)) * d - p
            for m, (p, d) in enumerate(zip(paid, used, strict=True))
        ),
    }


def saguaro(run: Run, base: Run, tree: dict[str, Any]) -> Answers:
    """Each day of each person at the price of its contract year, the index as drawn, and 1.8
    million a year for flights."""
    day, year = tree["agreements"]["saguaro"]["fee"]
    price, flights = number(day["per_use"]), number(year["yearly"])
    months = term(tree["agreements"]["saguaro"])
    paid, used = [], run.by_month("saguaro")
    for member, row in enumerate(used):
        index = run.draws[member]["agreements.saguaro.fee.0.indexed"]
        paid.append(
            sum(
                row.get(m, 0) * price * (1 + index) ** years + flights / 12
                for m, _, years in months
            )
        )
    cost = number(tree["systems"]["hawaii"]["costs"]["average"])
    days = [sum(row.values()) for row in used]
    return {
        "saguaro.fee.paid": mean(paid),
        "saguaro.fee.price-used": sum(paid) / sum(days),
        "saguaro.saving.average.total": mean(cost * d - p for p, d in zip(paid, days, strict=True)),
        "saguaro.saving.marginal.total": mean(
            cost * run.draws[m]["hawaii.costs.marginal"] * d - p
            for m, (p, d) in enumerate(zip(paid, days, strict=True))
        ),
    }


def lease(run: Run, base: Run, tree: dict[str, Any]) -> Answers:
    """Two hundred places at 289 a day, used or not, 2 % more from each anniversary, and 1,500 for
    each person moved, there, home or back at the end."""
    places, transport = tree["agreements"]["lease"]["fee"]
    price, index = number(places["per_place"]), number(places["indexed"])
    count = number(tree["agreements"]["lease"]["places"])
    kept = sum(
        count * days * price * (1 + index) ** years
        for _, days, years in term(tree["agreements"]["lease"])
    )
    moved = run.moves("lease", ("sent", "home", "ended"))
    paid = [kept + number(transport["transport"]) * n for n in moved]
    used = [sum(row.values()) for row in run.by_month("lease")]
    cost = number(tree["systems"]["homeland"]["costs"]["average"])
    pairs = list(zip(paid, used, strict=True))
    day = "2027-12-31"
    both = zip(run.people("homeland", day), base.people("homeland", day), strict=True)
    return {
        "lease.fee.paid": mean(paid),
        "lease.fee.price-used": sum(paid) / sum(used),
        "lease.saving.average.total": mean(cost * d - p for p, d in pairs),
        "lease.saving.marginal.total": mean(
            cost * run.draws[m]["homeland.costs.marginal"] * d - p for m, (p, d) in enumerate(pairs)
        ),
        f"population.homeland.{day}.impact": mean(a - b for a, b in both),
    }


def tartu(run: Run, base: Run, tree: dict[str, Any]) -> Answers:
    """8,500 a month for the average of people held, at least 300, and 22.95 million once."""
    least, once = tree["agreements"]["tartu"]["fee"]
    floor = number(least["minimum"]["places"])
    price, fixed = number(least["minimum"]["per_use"]), number(once["fixed"])
    months, used = term(tree["agreements"]["tartu"]), run.by_month("tartu")
    paid = [
        fixed + sum(max(row.get(m, 0) / days, floor) * price for m, days, _ in months)
        for row in used
    ]
    days = [sum(row.values()) for row in used]
    return {
        "tartu.fee.paid": mean(paid),
        "tartu.fee.price-used": sum(paid) / sum(days),
    }


def offer(run: Run, base: Run, tree: dict[str, Any]) -> Answers:
    """54.79 for each day of each person; a day moved avoids 120.80 of 2023, by the index of the
    year in which it was, or the share of that drawn."""
    price = number(tree["agreements"]["offer"]["fee"][0]["per_use"])
    cost = number(tree["systems"]["united-states"]["costs"]["average"])
    months = run.by_month("offer")
    used = [sum(row.values()) for row in months]
    index = tree["indices"]["us-prices"]["values"]
    level = {int(str(day)[:4]): number(value) for day, value in index.items()}
    held = {year: level[max(y for y in level if y <= year)] for year in range(2022, 2037)}
    costs = [
        sum(cost * held[month.year] / held[2023] * days for month, days in row.items())
        for row in months
    ]
    share = [draw["united-states.costs.marginal"] for draw in run.draws]
    day = "2030-12-31"
    both = zip(run.people("el-salvador", day), base.people("el-salvador", day), strict=True)
    return {
        "offer.fee.paid": mean(price * days for days in used),
        "offer.fee.price-used": price,
        "offer.saving.average.total": mean(c - price * d for c, d in zip(costs, used, strict=True)),
        "offer.saving.marginal.total": mean(
            costs[m] * share[m] - price * days for m, days in enumerate(used)
        ),
        f"population.el-salvador.{day}.impact": mean(a - b for a, b in both),
    }


SCENARIOS: dict[str, Callable[[Run, Run, dict[str, Any]], Answers]] = {
    "norway-netherlands": norgerhaven,
    "hawaii-arizona": saguaro,
    "two-hundred-places": lease,
    "sweden-estonia": tartu,
    "cecot-offer": offer,
}


def answers(folder: Path, file: Path) -> Answers:
    """Every headline answer of a comparison of the scenario in `file` with its baseline."""
    tree = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return SCENARIOS[file.stem](Run(folder, "scenario"), Run(folder, "baseline"), tree)


if __name__ == "__main__":
    print(json.dumps(answers(Path(sys.argv[1]), Path(sys.argv[2])), indent=1))

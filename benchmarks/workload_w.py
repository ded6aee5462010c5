"""Workload W in bedspace's engine: 100,000 prisoners, ten facilities, ten years.

    python benchmarks/workload_w.py [--stock 100000] [--repeat 5]

Prints the time of the first run (which compiles), then of the others, the events, nanoseconds an
event and the mean populations beside those that renewal equations give (110,182.8 and 21,369.0 for
a stock of 100,000, a run's standard deviation being about 150).
"""

from __future__ import annotations

import argparse
import statistics
import time

from bedspace.engine import Cohort, Exit, Place, Plan, Stage, expected, laws, simulate

DAYS = 3652
SHARES = (4, 5, 6.5, 8, 9.5, 11, 12.5, 14, 16, 18.5)


def workload(stock: int) -> Plan:
    """W scaled to an initial stock, whose remaining stay is exponential."""
    scale = stock / 100_000
    places = tuple(
        Place(f"facility-{i}", ((0, round(share * 1000 * scale)),))
        for i, share in enumerate(SHARES)
    )
    names = tuple(place.name for place in places)

    def out(share: float) -> tuple[Exit, ...]:
        """Released, three in ten to return; `share` of all who leave."""
        return (Exit("returning", 0.3 * share, "at-liberty"), Exit("released", 0.7 * share))

    stages = (
        Stage(
            "at-liberty", laws.Exponential(540), (Exit("returned", 1.0, "remand"),), inside=False
        ),
        Stage(
            "remand",
            laws.Lognormal(60, 1.0),
            (Exit("sentenced", 0.7, "sentenced"), *out(0.3)),
            places=names,
        ),
        Stage("sentenced", laws.Lognormal(365, 1.0), out(1.0), places=names),
        Stage("stock", laws.Exponential(365), out(1.0), places=names),
    )
    cohorts = (
        Cohort("admissions", "remand", rate=((0, 274 * scale),)),
        Cohort("stock", "stock", size=stock),
    )
    return Plan(DAYS, cohorts, stages, places)


def main() -> None:
    parser = argparse.ArgumentParser(description="Workload W in bedspace's engine.")
    parser.add_argument("--stock", type=int, default=100_000)
    parser.add_argument("--repeat", type=int, default=5)
    asked = parser.parse_args()
    plan = workload(asked.stock)
    seconds, events, means = [], [], []
    for replicate in range(asked.repeat + 1):
        begun = time.perf_counter()
        outcome = simulate(plan, 1, replicate)
        seconds.append(time.perf_counter() - begun)
        events.append(outcome.events)
        means.append((outcome.population.sum(axis=1).mean(), outcome.stages[:, 1].mean()))
    each = [1e9 * s / n for s, n in zip(seconds[1:], events[1:], strict=True)]
    twin = expected(plan)
    print(f"first run {seconds[0]:.1f} s, then {statistics.median(seconds[1:]):.3f} s")
    print(
        f"{statistics.median(each):.1f} ns an event (fastest {min(each):.1f}), {events[1]:,} events"
    )
    print(f"mean population {statistics.mean(m for m, _ in means):,.1f}")
    print(f"expected in closed form {twin[:, 1:].sum(axis=1).mean():,.1f}")
    print(f"mean on remand {statistics.mean(m for _, m in means):,.1f}")


if __name__ == "__main__":
    main()

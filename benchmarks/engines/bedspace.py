"""W in bedspace: an ordinary scenario, read, compiled to a Plan and simulated.

The file is read once, as an ensemble does; every run compiles it and draws its own people.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import numpy as np
import w

from bedspace import compile as compiler
from bedspace import scenario
from bedspace.engine import simulate

FILE = Path(__file__).parents[1] / "workload_w.yaml"
STAGES = ("remand", "sentenced", "found")


@cache
def scaled(stock: int, days: int) -> scenario.Scenario:
    """The scenario for another stock and horizon."""
    read = scenario.load(str(FILE))
    values = {
        "w.groups.all.stock.found": stock,
        "w.groups.all.admissions": w.admissions(stock),
    }
    for i, places in enumerate(w.capacities(stock)):
        values[f"w.facilities.f{i}.places"] = places
    end = read.start + dt.timedelta(days=days)
    return scenario.with_values(read, values).model_copy(update={"end": end})


def run(stock: int, days: int, seed: int) -> w.Run:
    plan = compiler.plan(scaled(stock, days))
    outcome = simulate(plan, seed, 0)
    index = {stage.name.rpartition("/")[2]: i for i, stage in enumerate(plan.stages)}
    remand, sentenced, found = (outcome.stages[:, index[name]] for name in STAGES)
    return w.Run(np.stack([remand, sentenced + found], axis=1), outcome.population, outcome.events)

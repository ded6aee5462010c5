"""Workload W, whose expected populations are known from renewal equations, solved here anew.

W: people inside at the start whose remaining stay is exponential (365 days); Poisson admissions to
remand (lognormal, 60 days, sigma 1); 70 % go on to a sentence (lognormal, 365 days, sigma 1), the
others are released; three in ten of the released come back to remand after an exponential time (540
days). Ten prisons crowd, so nobody is turned away and totals do not depend on places.

The equations are solved in continuous time on a grid of quarter days, from the laws' formulas:
neither the engine's tables nor its whole days come into it. At the full size they give 110,182.8
people, 21,369.0 of them on remand, and 3,559,524 events, as others found before (the benchmark's
own oracle).
"""

from __future__ import annotations

import math
from functools import cache
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
import pytest

from bedspace.engine import expected, simulate
from tests.engine.analytic import Floats, normal
from tests.engine.test_twin import inside, workload

DAYS = 3652
FULL = 100_000


class Answer(NamedTuple):
    """Expected people by day (its end) for a stock of 100,000, and events over the whole time."""

    population: Floats
    remand: Floats
    events: float


def below(law: tuple[str, float, float], x: Floats) -> Floats:
    """The integral of P(stay <= y) for y up to x: x F(x) - E[stay; stay <= x]."""
    kind, mean, sigma = law
    if kind == "exponential":
        return x - mean * -np.expm1(-x / mean)
    mu = math.log(mean) - sigma**2 / 2
    with np.errstate(divide="ignore"):
        z = (np.log(x) - mu) / sigma
    return x * normal(z) - mean * normal(z - sigma)


@cache
def solved(step: float = 0.25) -> Answer:
    """The renewal equations of W on a grid of `step` days.

    People who enter within a cell do so evenly; then those still there at its end are a convolution
    with (below(k + 1) - below(k)) / step, exact for entries that are constant within cells. Spell
    after spell, until fewer than one in a billion come back once more.
    """
    cells = round(DAYS / step)
    edges = np.arange(cells + 1) * step

    def staying(kind: str, mean: float, sigma: float) -> Floats:
        return 1 - np.diff(below((kind, mean, sigma), edges)) / step

    def through(entries: Floats, alive: Floats) -> tuple[Floats, Floats]:
        """People there at the end of each cell, and people who leave within it."""
        size = 1 << (2 * cells - 1).bit_length()
        there = np.fft.irfft(np.fft.rfft(entries, size) * np.fft.rfft(alive, size), size)[:cells]
        return there, entries - np.diff(there, prepend=0.0)

    remand, term = staying("lognormal", 60, 1.0), staying("lognormal", 365, 1.0)
    free = staying("exponential", 540, 0.0)
    stock = FULL * np.exp(-edges / 365)
    held, waiting = stock[1:].copy(), np.zeros(cells)
    entering, leaving = np.full(cells, 274 * step), -np.diff(stock)
    events = entering.sum() + leaving.sum()
    while entering.sum() + leaving.sum() > 1e-4:
        on_remand, ended = through(entering, remand)
        in_prison, released = through(0.7 * ended, term)
        waiting += on_remand
        held += on_remand + in_prison
        events += ended.sum() + released.sum()
        away = 0.3 * (released + 0.3 * ended + leaving)
        _, entering = through(away, free)
        events += entering.sum()
        leaving = np.zeros(cells)
    ends = slice(round(1 / step) - 1, None, round(1 / step))
    return Answer(held[ends], waiting[ends], events)


def test_the_equations_have_the_published_answer() -> None:
    answer = solved()
    assert answer.population.mean() == pytest.approx(110_182.8, abs=0.05)
    assert answer.remand.mean() == pytest.approx(21_369.0, abs=0.05)
    assert answer.events == pytest.approx(3_559_524, abs=0.5)


def test_a_finer_grid_changes_nothing() -> None:
    one, two = solved(0.25), solved(0.125)
    assert one.population == pytest.approx(two.population, rel=1e-5)
    assert one.events == pytest.approx(two.events, rel=1e-5)


def test_twin_solves_them_day_by_day() -> None:
    """Whole days: an admission is counted at the end of its day as if it had come at any time in
    it, so nothing is off by half a day; what remains is the grain of the tables, one in 5,000."""
    plan = workload()
    people = expected(plan)
    remand = [stage.name for stage in plan.stages].index("remand")
    assert people[:, inside(plan)].sum(axis=1) == pytest.approx(solved().population, rel=2e-4)
    assert people[60:, remand] == pytest.approx(solved().remand[60:], rel=2e-4)


@pytest.mark.parametrize(
    ("stock", "replicates"),
    [
        (1_000, 200),
        (5_000, 60),
        pytest.param(FULL, 40, marks=pytest.mark.slow),
    ],
)
def test_kernel_solves_them_at_any_size(stock: int, replicates: int) -> None:
    """Means over time, and the population on given days, of many runs of a smaller W: 15 z-scores,
    one of which would be above 4.5 by chance at one seed in a thousand."""
    plan, scale = workload(stock), stock / FULL
    answer = solved()
    remand = [stage.name for stage in plan.stages].index("remand")
    held, waiting, events = [], [], []
    for replicate in range(replicates):
        outcome = simulate(plan, 2, replicate)
        held.append(outcome.stages[:, inside(plan)].sum(axis=1))
        waiting.append(outcome.stages[:, remand])
        events.append(outcome.events)
    people, on_remand = np.array(held), np.array(waiting)

    def off(values: Floats, wanted: float) -> float:
        error = values.std(ddof=1) / math.sqrt(len(values))
        return abs(float(values.mean()) - wanted * scale) / error

    assert off(people.mean(axis=1), answer.population.mean()) < 4.5
    assert off(on_remand.mean(axis=1), answer.remand.mean()) < 4.5
    assert off(np.array(events, dtype=float), answer.events) < 4.5
    for day in (30, 182, 365, 1000, 2000, 3651):
        assert off(people[:, day], answer.population[day]) < 4.5
        assert off(on_remand[:, day], answer.remand[day]) < 4.5
    # One run's mean population has a standard deviation of about 150 at the full size, and of its
    # square root at others (the benchmark's own measure, to two figures).
    spread = people.mean(axis=1).std(ddof=1) / math.sqrt(scale)
    sure = NormalDist().inv_cdf(0.9999) / math.sqrt(2 * replicates)
    assert spread == pytest.approx(150, rel=0.05 + sure)

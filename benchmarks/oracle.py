"""What W must give, from renewal equations; nothing here knows any engine.

Placing and capacity change nobody's stay in W, so expectations are convolutions of the laws of
the stays. Time is a lattice of quarter days. A law becomes masses on the lattice by hat functions,
which keeps its mean, and the error falls with the square of the step.

The spread of one run is known too. Admissions are a Poisson process, so the variance of a sum over
people is the integral of the second moment of what one person adds (Campbell's theorem); moments
follow from renewal at the person's next admission.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist

import numpy as np
import w
from numpy.typing import NDArray

STEPS = 4
"""Lattice points a day."""
SIGMAS = 5.0
"""How many standard deviations of one run an engine may be off: one in 1.7 million by chance."""
ROUNDING = 0.002
"""What an engine may be off beside chance, for counting whole days: floor(x + u) days moves
remand by 0.1 %. Cutting days off, floor(x), moves it by 0.8 % and is found."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Expected:
    """Expectations of one run, and the standard deviations of one run about them."""

    population: float
    population_sd: float
    remand: float
    remand_sd: float
    events: float
    events_sd: float


def _lognormal(mean: float) -> Callable[[Floats], Floats]:
    """The integral of the distribution function from 0 to x: E[max(0, x - stay)]."""
    normal = np.vectorize(NormalDist().cdf)

    def integral(x: Floats) -> Floats:
        z = (np.log(np.maximum(x, 1e-300)) - w.mu(mean)) / w.SIGMA
        return np.where(x > 0, x * normal(z) - mean * normal(z - w.SIGMA), 0.0)

    return integral


def _exponential(mean: float) -> Callable[[Floats], Floats]:
    return lambda x: np.where(x > 0, x + mean * np.expm1(-np.maximum(x, 0) / mean), 0.0)


def _masses(integral: Callable[[Floats], Floats], points: int) -> Floats:
    """A law on the lattice: each mass split between its two neighbours so that the mean stays."""
    values = integral(np.arange(-1, points + 1) / STEPS)
    return np.asarray(np.diff(values, 2) * STEPS)


def _then(*measures: Floats) -> Floats:
    """The law of a sum of independent times: a convolution, cut at the horizon."""
    points = len(measures[0])
    size = 1 << (2 * points - 1).bit_length()
    total = measures[0]
    for other in measures[1:]:
        product = np.fft.rfft(total, size) * np.fft.rfft(other, size)
        total = np.fft.irfft(product, size)[:points]
    return total


def _renewed(first: Floats, again: Floats) -> Floats:
    """The solution of x = first + again * x, spell by spell."""
    total, part = first.copy(), first
    while np.abs(part).max() > 1e-12 * np.abs(total).max():
        part = _then(part, again)
        total += part
    return total


def _by(measure: Floats) -> Floats:
    """The running total; what falls on a point counts half at it."""
    return np.asarray(np.cumsum(measure) - measure / 2)


def _integral(values: Floats) -> Floats:
    """The integral from 0 to each point."""
    inner = np.cumsum((values[1:] + values[:-1]) / 2) / STEPS
    return np.concatenate([[0.0], inner])


@cache
def expected(stock: int, days: int) -> Expected:
    """W's expectations for a stock and a horizon in days; populations are those at the ends of
    days, averaged."""
    points = days * STEPS + 1
    time = np.arange(points) / STEPS
    ends = slice(STEPS, None, STEPS)
    remand = _masses(_lognormal(w.REMAND_MEAN), points)
    sentence = _masses(_lognormal(w.SENTENCE_MEAN), points)
    found = _masses(_exponential(w.FOUND_MEAN), points)
    back = w.RETURNING * _masses(_exponential(w.AWAY_MEAN), points)
    at_once = np.zeros(points)
    at_once[0] = 1.0

    after_remand = (1 - w.SENTENCED) * at_once + w.SENTENCED * sentence
    spell = _then(remand, after_remand)
    again = _then(spell, back)
    again_found = _then(found, back)

    rate = w.admissions(stock)
    arriving = np.full(points, rate / STEPS)
    arriving[[0, -1]] /= 2
    entering = _renewed(arriving + stock * again_found, again)
    leaving = _then(entering, spell) + stock * found
    ending = _then(entering, remand)
    population = stock + _by(entering) - _by(leaving)
    on_remand = _by(entering) - _by(ending)
    sentences = w.SENTENCED * _then(ending, sentence) + stock * found
    events = (_by(entering) + _by(ending) + _by(sentences))[-1] + arriving[-1] / 2

    def deviation(length: Floats, weighted: Floats, held: Floats | None) -> float:
        """Of a sum of person-days over the run. `length` is the law of the days that a spell adds,
        `weighted` that of the spell's end weighted with them; `held` the law of the days that
        somebody found at the start adds before the first release."""
        alive = 1 - _by(length)
        once = _renewed(_integral(alive), again)
        cross = 2 * _then(weighted, back, once)
        square = _renewed(2 * _integral(time * alive) + cross, again)
        first, second = _then(again_found, once), _then(again_found, square)
        if held is not None:
            still = 1 - _by(held)
            first = first + _integral(still)
            second = second + 2 * _integral(time * still) + 2 * _then(time * held, back, once)
        variance = rate * _integral(square)[-1] + stock * (second[-1] - first[-1] ** 2)
        return math.sqrt(variance) / days

    return Expected(
        population=float(population[ends].mean()),
        population_sd=deviation(spell, time * spell, found),
        remand=float(on_remand[ends].mean()),
        remand_sd=deviation(remand, _then(time * remand, after_remand), None),
        events=float(events),
        events_sd=_events_deviation(stock, days),
    )


def _events_deviation(stock: int, days: int) -> float:
    """At most: as if every person's chain of spells were run to its end."""
    mean, square = 2 + w.SENTENCED, 4 + 5 * w.SENTENCED
    chain = mean / (1 - w.RETURNING)
    chain_square = (square + 2 * mean * w.RETURNING * chain) / (1 - w.RETURNING)
    found = w.RETURNING * chain_square - (w.RETURNING * chain) ** 2
    return math.sqrt(w.admissions(stock) * days * chain_square + stock * found)


def faults(runs: list[w.Run], stock: int, days: int) -> list[str]:
    """What is wrong with an engine's runs of W, each as a line; none if they are right."""
    wanted = expected(stock, days)
    people, remand, events = zip(
        *((r.mean_population, r.mean_remand, r.events) for r in runs), strict=True
    )
    found = []
    for name, values, mean, sd in (
        ("mean population", people, wanted.population, wanted.population_sd),
        ("mean remand", remand, wanted.remand, wanted.remand_sd),
        ("events", events, wanted.events, wanted.events_sd),
    ):
        allowed = SIGMAS * sd / math.sqrt(len(runs)) + ROUNDING * mean
        got = float(np.mean(values))
        if not abs(got - mean) <= allowed:
            found.append(f"{name} is {got:,.1f}, expected {mean:,.1f} within {allowed:,.1f}")
    if any((r.stages.sum(axis=1) != r.facilities.sum(axis=1)).any() for r in runs):
        found.append("the facilities do not hold the people of the stages")
    uneven = float(np.mean([_unevenness(r, stock) for r in runs]))
    most = _most_uneven(stock, wanted)
    if uneven > most:
        found.append(
            f"the fullest facility is {uneven:.2%} fuller than the emptiest, expected {most:.2%} "
            "at most: not placed where it is least full"
        )
    return found


def _unevenness(run: w.Run, stock: int) -> float:
    """Highest less lowest occupied / capacity, averaged over the days."""
    ratio = run.facilities / np.array(w.capacities(stock))
    return float((ratio.max(axis=1) - ratio.min(axis=1)).mean())


def _most_uneven(stock: int, wanted: Expected) -> float:
    """Placing where it is least full leaves a day's releases, their chance and one person: four
    times that of the smallest facility. Placing at random leaves several times as much."""
    smallest = min(w.capacities(stock))
    share = smallest / sum(w.capacities(stock))
    released = 1.5 * w.admissions(stock) * share
    return 4 * (1 + math.sqrt(released)) / smallest

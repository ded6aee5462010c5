"""Textbook laws and queues, worked out without the engine: what it is held against.

Nothing here reads the engine's tables. Laws of a stay are their own formulas, integrals are made by
quadrature, and queues are solved as Markov chains by linear algebra.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from bedspace.engine import Cohort, Exit, Place, Plan, Stage, stays

Floats = NDArray[np.float64]
Survival = Callable[[Floats], Floats]

OUT = (Exit("out", 1.0),)
_erf = np.frompyfunc(math.erf, 1, 1)


def normal(z: Floats) -> Floats:
    """Distribution function of the standard normal law."""
    return 0.5 + 0.5 * _erf(np.asarray(z) / math.sqrt(2)).astype(float)


def survival(law: stays.LawOfStay) -> Survival:
    """P(stay > x), x in days, by the law's formula."""
    match law:
        case stays.Exponential(mean):
            return lambda x: np.exp(-x / mean)
        case stays.Lognormal(mean, sigma):
            mu = math.log(mean) - sigma**2 / 2
            return lambda x: normal((mu - np.log(x)) / sigma)
        case stays.Weibull(mean, shape):
            scale = mean / math.gamma(1 + 1 / shape)
            return lambda x: np.exp(-((x / scale) ** shape))
        case stays.Mixture(parts):
            each = [(share, survival(part)) for share, part in parts]
            return lambda x: sum((share * s(x) for share, s in each), np.zeros_like(x))
        case _:
            raise NotImplementedError(law)


def area(survives: Survival, until: float, since: float = 0.0) -> float:
    """The integral of a survival function between two days.

    Gauss-Legendre of 20 points on pieces that widen by a fifth each, from a millionth of a day on:
    more than nine figures for smooth laws, however steep they begin.
    """
    nodes, weights = np.polynomial.legendre.leggauss(20)
    edges = np.unique(np.clip([0.0, *(2.0 ** np.arange(-20, 31, 0.25))], since, until))
    half = np.diff(edges)[:, None] / 2
    return float((half * weights * survives(edges[:-1, None] + half * (nodes + 1))).sum())


def by_day(survives: Survival, days: int) -> Floats:
    """P(still there at the end of day k after entering), k = 0 .. days - 1.

    A stay x ends on day floor(x + u), u uniform, so this is the mean of the survival over k to
    k + 1: whole days bias no expected count.
    """
    return np.array([area(survives, k + 1, k) for k in range(days)])


def poisson(mean: float, size: int) -> Floats:
    """P(N = n) for n below `size`."""
    logs = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, size)))])
    return np.exp(np.arange(size) * math.log(mean) - mean - logs)


def binomial(number: int, chance: float) -> Floats:
    """P(N = n) for n = 0 .. `number`."""
    n = np.arange(number + 1)
    ways = np.array([math.lgamma(number + 1) - math.lgamma(k + 1) for k in n])
    ways -= np.array([math.lgamma(number - k + 1) for k in n])
    return np.exp(ways + n * math.log(chance) + (number - n) * math.log1p(-chance))


def stationary(step: Floats) -> Floats:
    """The law that a chain keeps: `step[i, j]` is P(next j | now i)."""
    size = len(step)
    equations = np.vstack([(step.T - np.eye(size))[:-1], np.ones(size)])
    return np.linalg.solve(equations, np.eye(size)[-1])


def erlang_b(servers: int, load: float) -> float:
    """Share turned away by `servers` places under a `load` of arrivals x mean stay (Erlang 1917),
    by the recursion 1 / B(c) = 1 + c / load / B(c - 1)."""
    inverse = 1.0
    for c in range(1, servers + 1):
        inverse = 1 + c / load * inverse
    return 1 / inverse


def staying(mean: float) -> tuple[float, float]:
    """For exponential stays in whole days: P(there at the end of the day of arrival), and P(there a
    day later | there today), which is the same for everybody."""
    return mean * -math.expm1(-1 / mean), math.exp(-1 / mean)


def headcount(rate: float, mean: float, size: int) -> Floats:
    """One day of people who stay exponentially, as a chain over counts below `size`: each is still
    there with the same chance, and Poisson many come. Counts above are put at the top."""
    first, later = staying(mean)
    come = poisson(rate * first, size)
    step = np.zeros((size, size))
    for n in range(size):
        step[n] = np.convolve(binomial(n, later), come)[:size]
        step[n, -1] += 1 - step[n].sum()
    return step


def lindley(rate: float, served: int, size: int) -> Floats:
    """One day of a queue as a chain over how many wait at its end: Poisson many join, then at most
    `served` are served (Lindley's recursion). Counts above are put at the top."""
    joining = poisson(rate, 2 * size)
    step = np.zeros((size, size))
    for n in range(size):
        for left in range(size):
            need = left + served - n
            step[n, left] = joining[need] if need >= 0 else 0.0
        step[n, 0] = joining[: max(served - n + 1, 0)].sum()
        step[n, -1] += 1 - step[n].sum()
    return step


def cycle(rate: float, served: Sequence[int], size: int) -> list[Floats]:
    """The stationary law of how many wait at the end of each day of a cycle, day 0 first, when
    `served[d]` are served on day d of it."""
    steps = [lindley(rate, number, size) for number in served]
    whole = np.linalg.multi_dot(steps) if len(steps) > 1 else steps[0]
    found = [stationary(whole)]  # at the end of the last day
    for step in steps[:-1]:
        found.append(found[-1] @ step)
    return [*found[1:], found[0]]


def copies(
    number: int, days: int, law: stays.LawOfStay, rate: float, stock: int = 0, **more
) -> Plan:
    """`number` systems side by side, each with its own names and so its own luck: people arrive at
    `rate` a day, stay for `law`, and there is room for all. `more` goes to every Stage."""
    names = [f"{i:04d}" for i in range(number)]
    stages = tuple(Stage(name, law, OUT, places=("room",), **more) for name in names)
    cohorts = [Cohort(f"flow {name}", name, rate=((0, rate),)) for name in names if rate]
    cohorts += [Cohort(f"stock {name}", name, size=stock) for name in names if stock]
    return Plan(days, tuple(cohorts), stages, (Place("room", ((0, 10**8),)),))

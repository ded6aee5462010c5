"""People found inside on a day: how long they will have stayed, and have stayed already.

With arrivals at a steady rate, stays of density f and a risk of hazard h, somebody is met at age a
with a stay x > a in proportion to f(x) exp(-h a): stays count by (1 - exp(-h x)) / h, which is x
where there is no risk, and within a stay the age has density exp(-h a).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bedspace.engine.stays.law import LONGEST, TICKS, Floats, LawOfStay
from bedspace.engine.stays.tables import (
    Table,
    share_below,
    stay_ticks,
    table,
    time_at_risk,
)

BEYOND = 2**32 - 1
"""The luck of somebody who has been there for so long that no luck says how much longer."""
_RARE = 2.0**-16
"""Of those who stay longer than all but this share, the law's formula says what is left."""


def length_biased_luck(
    knots: Table, draw: NDArray[np.uint64], hazard: float = 0.0
) -> NDArray[np.uint64]:
    """The luck of people found inside at a census: long stays are over-represented, so
    P(luck <= u) is the Lorenz curve of the stays' weights, inverted here exactly.

    A law whose mass is all at nought keeps the plain luck.
    """
    weight = time_at_risk(knots.ticks / TICKS, hazard)
    mass = knots.weights * (weight[1:] + weight[:-1]) / 2
    if mass.sum() <= 0:
        return draw
    lorenz = np.concatenate([[0.0], np.cumsum(mass)]) / mass.sum()
    u = (draw.astype(np.float64) + 0.5) / 2.0**32
    k = np.clip(np.searchsorted(lorenz, u, side="right") - 1, 0, len(mass) - 1)
    a, b = weight[k], weight[k + 1]
    want = (u - lorenz[k]) * mass.sum() / np.maximum(knots.weights[k], 2.0**-32)
    # Within a cell the weight is a + (b - a) t; solve a t + (b - a) t^2 / 2 = want for t.
    root = np.sqrt(np.maximum(a * a + 2 * (b - a) * want, 0.0))
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.where(a + root > 0, 2 * want / (a + root), 0.0)
    luck = knots.lucks[k] + np.clip(t, 0, 1) * (knots.lucks[k + 1] - knots.lucks[k])
    return np.asarray(np.minimum(luck, BEYOND).astype(np.uint64))


def ages(
    stay: NDArray[np.int64], draw: NDArray[np.uint64], hazard: float = 0.0
) -> NDArray[np.int64]:
    """How much of each stay has been served at a census, in ticks; of one without end nothing,
    unless a risk says how long people have been there."""
    u = (draw.astype(np.float64) + 0.5) / 2.0**32
    if hazard > 0:
        days = -np.log1p(u * np.expm1(-hazard * stay / TICKS)) / hazard
        return np.minimum(np.floor(days * TICKS).astype(np.int64), stay)
    served = np.floor(stay * u).astype(np.int64)
    served[stay == LONGEST] = 0
    return served


def stays_beyond(
    law: LawOfStay, served: NDArray[np.int64], draw: NDArray[np.uint64]
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Luck and stay in ticks of people known to have stayed `served` ticks already: uniform among
    the stays beyond. Whoever has outstayed the law is over at once.
    """
    knots = table(law)
    below = share_below(knots, served)
    u = (draw.astype(np.float64) + 0.5) / 2.0**32
    luck = np.minimum((below + (1 - below) * u) * 2.0**32, BEYOND).astype(np.uint64)
    stay = np.maximum(stay_ticks(knots, luck), served)
    rare = np.flatnonzero(1 - below < _RARE)
    if rare.size:
        stay[rare] = _longer(law, served[rare], np.log(u[rare]))
        luck[rare] = BEYOND
    return luck, stay


def _longer(law: LawOfStay, served: NDArray[np.int64], log_u: Floats) -> NDArray[np.int64]:
    """The ticks at which the survival has fallen to u times what it is at `served`: bisection."""
    low, high = served.copy(), np.full_like(served, LONGEST)
    target = law.log_survival(served / TICKS) + log_u
    low = np.minimum(low, high)
    while np.any(low < high):
        middle = (low + high) // 2
        passed = law.log_survival(middle / TICKS) <= target
        low, high = np.where(passed, low, middle + 1), np.where(passed, middle, high)
    return np.asarray(high)


def share_over(law: LawOfStay, served: LawOfStay) -> float:
    """The share of those who have served by one law who have outstayed the other: nobody stays so
    long by it, so they leave on day 0. Nought where the law has no longest stay."""
    knots = table(served)
    middle = (knots.ticks[:-1] / TICKS + knots.ticks[1:] / TICKS) / 2
    return float(knots.weights @ np.isneginf(law.log_survival(middle)))

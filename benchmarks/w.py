"""Workload W: its numbers, and the form in which every engine answers.

People are admitted at random, 274 a day for every 100,000 there at the start. Each enters remand;
seven in ten are then sentenced, the others released. Three in ten of all who are released are
admitted again. An admission, a first or a later one, goes to the facility with the lowest
occupied / capacity, however full that is, and the person stays there until release.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

STOCK = 100_000
DAYS = 3652
SHARES = (4.0, 5.0, 6.5, 8.0, 9.5, 11.0, 12.5, 14.0, 16.0, 18.5)
"""Capacity of each facility in thousands, for a stock of 100,000."""
REMAND_MEAN, SENTENCE_MEAN, SIGMA = 60.0, 365.0, 1.0
"""Lognormal stays: means in days, sigma of the logarithm of both."""
SENTENCED = 0.7
FOUND_MEAN = 365.0
"""Exponential remaining stay of those there at the start, who are sentenced."""
RETURNING, AWAY_MEAN = 0.3, 540.0
"""Share of all released who return, after an exponential delay."""


def admissions(stock: int) -> float:
    """First admissions a day."""
    return 274.0 * stock / STOCK


def capacities(stock: int) -> tuple[int, ...]:
    """Places of the ten facilities."""
    return tuple(max(round(1000 * share * stock / STOCK), 1) for share in SHARES)


def mu(mean: float) -> float:
    """Mean of the logarithm of a lognormal stay with `mean` days."""
    return math.log(mean) - SIGMA**2 / 2


@dataclass(frozen=True)
class Run:
    """One run: people at the end of each day, and how many events there were.

    `stages` is days x 2, on remand and sentenced (those found at the start included);
    `facilities` is days x 10. An event is an admission, an end of remand, an end of a sentence or
    a return.
    """

    stages: NDArray[np.integer]
    facilities: NDArray[np.integer]
    events: int

    @property
    def mean_population(self) -> float:
        """People in custody, averaged over the days."""
        return float(self.facilities.sum(axis=1).mean())

    @property
    def mean_remand(self) -> float:
        """People on remand, averaged over the days."""
        return float(self.stages[:, 0].mean())

    def over(self, stock: int) -> int:
        """Person-days over capacity."""
        return int(np.maximum(self.facilities - np.array(capacities(stock)), 0).sum())

"""Laws of stay read off observations: hazards between given days, quantiles."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from bedspace.engine.stays.law import PROBABILITIES, Floats, LawOfStay


@dataclass(frozen=True)
class Piecewise(LawOfStay):
    """A hazard that is constant between days: ((until day, rate per day), ...); the last piece
    holds to the end, its day infinite."""

    hazards: tuple[tuple[float, float], ...]

    def check(self) -> None:
        days = [until for until, _ in self.hazards]
        if not days or days[-1] != math.inf or days != sorted(set(days)) or days[0] <= 0:
            raise self.refuse("the days ascend from above nought, and the last is without end")
        rates = [rate for _, rate in self.hazards]
        if any(not 0 <= rate < math.inf for rate in rates) or rates[-1] == 0:
            raise self.refuse("a rate is not negative, and the last is above nought")

    def mean_days(self) -> float:
        """The integral of the survival over the pieces."""
        mean, alive = 0.0, 1.0
        for start, until, rate in self._pieces():
            length = until - start
            if rate > 0:
                mean += alive * -math.expm1(-rate * length) / rate
                alive *= math.exp(-rate * length)
            else:
                mean += alive * length
        return mean

    def knots(self) -> tuple[Floats, Floats]:
        """At each day between two pieces, too: a piece that nobody leaves in is a jump."""
        edges = np.array([until for until, _ in self.hazards[:-1]])
        with np.errstate(divide="ignore"):
            days = self._reached(-np.log1p(-PROBABILITIES))
        p = np.concatenate([PROBABILITIES, -np.expm1(self.log_survival(edges))])
        stay = np.concatenate([days, edges])
        order = np.lexsort((stay, p))
        return p[order], stay[order]

    def log_survival(self, days: Floats) -> Floats:
        exposure = np.zeros_like(days)
        for start, until, rate in self._pieces():
            if rate > 0:
                exposure += rate * (np.clip(days, start, until) - start)
        return -exposure

    def _pieces(self) -> list[tuple[float, float, float]]:
        """(from day, until day, rate) of each piece."""
        starts = [0.0, *(until for until, _ in self.hazards[:-1])]
        return [
            (start, until, rate) for start, (until, rate) in zip(starts, self.hazards, strict=True)
        ]

    def _reached(self, exposure: Floats) -> Floats:
        """The day on which the cumulative hazard reaches `exposure`."""
        days = np.full_like(exposure, math.inf)
        before = 0.0
        for start, until, rate in self._pieces():
            inside = (exposure >= before) & np.isinf(days)
            if rate > 0:
                reached = start + (exposure - before) / rate
                days = np.where(inside & (reached <= until), reached, days)
                before += (until - start) * rate
        return days


@dataclass(frozen=True)
class Empirical(LawOfStay):
    """Observed quantiles ((probability, days), ...) from probability 0 to 1, linear between."""

    points: tuple[tuple[float, float], ...]

    def check(self) -> None:
        shares, days = [p for p, _ in self.points], [d for _, d in self.points]
        if len(shares) < 2 or shares[0] != 0 or shares[-1] != 1 or shares != sorted(set(shares)):
            raise self.refuse("the probabilities ascend from 0 to 1")
        if days != sorted(days) or days[0] < 0 or not math.isfinite(days[-1]):
            raise self.refuse("the days are finite and never fall")

    def mean_days(self) -> float:
        return sum((q - p) * (a + b) / 2 for (p, a), (q, b) in pairwise(self.points))

    def knots(self) -> tuple[Floats, Floats]:
        shares, days = np.array(self.points).T
        return shares, days

    def log_survival(self, days: Floats) -> Floats:
        shares, stays = np.array(self.points).T
        k = np.searchsorted(stays, days, side="right") - 1  # the last point not beyond
        inner = np.clip(k, 0, len(stays) - 2)
        part = (days - stays[inner]) / np.maximum(stays[inner + 1] - stays[inner], 1e-300)
        below = shares[inner] + np.clip(part, 0, 1) * (shares[inner + 1] - shares[inner])
        below = np.where(k < 0, 0.0, np.where(k >= len(stays) - 1, 1.0, below))
        with np.errstate(divide="ignore"):
            return np.asarray(np.log1p(-below))

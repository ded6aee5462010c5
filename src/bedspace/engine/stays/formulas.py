"""Laws of stay with a formula: fixed, never, exponential, lognormal, Weibull, gamma."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist

import numpy as np

from bedspace.engine.stays.law import LONGEST, PROBABILITIES, TICKS, Floats, Formula


@dataclass(frozen=True)
class Fixed(Formula):
    """Always `days`."""

    days: float

    def check(self) -> None:
        self.check_numbers(nought=True, days=self.days)

    def mean_days(self) -> float:
        return self.days

    def quantiles(self, p: Floats) -> Floats:
        return np.full_like(p, self.days)

    def log_survival(self, days: Floats) -> Floats:
        return np.where(days < self.days, 0.0, -math.inf)


@dataclass(frozen=True)
class Never(Formula):
    """No end."""

    def check(self) -> None:
        """There is no number to be wrong."""

    def mean_days(self) -> float:
        return math.inf

    def quantiles(self, p: Floats) -> Floats:
        return np.full_like(p, LONGEST / TICKS)

    def log_survival(self, days: Floats) -> Floats:
        return np.zeros_like(days)


@dataclass(frozen=True)
class Exponential(Formula):
    """Constant hazard; `mean` in days."""

    mean: float

    def check(self) -> None:
        self.check_numbers(nought=False, mean=self.mean)

    def mean_days(self) -> float:
        return self.mean

    def quantiles(self, p: Floats) -> Floats:
        with np.errstate(divide="ignore"):
            return np.asarray(-self.mean * np.log1p(-p))

    def log_survival(self, days: Floats) -> Floats:
        return -days / self.mean


@dataclass(frozen=True)
class Lognormal(Formula):
    """`mean` in days, `sigma` of the logarithm."""

    mean: float
    sigma: float

    def check(self) -> None:
        self.check_numbers(nought=False, mean=self.mean)
        self.check_numbers(nought=True, sigma=self.sigma)

    def mean_days(self) -> float:
        return self.mean

    def quantiles(self, p: Floats) -> Floats:
        with np.errstate(over="ignore"):
            stay = np.exp(self._middle() + self.sigma * _normal_quantiles(p))
        return np.where(p > 0, np.where(p < 1, stay, math.inf), 0.0)

    def log_survival(self, days: Floats) -> Floats:
        with np.errstate(divide="ignore"):
            above = np.log(days) - self._middle()
        if self.sigma == 0:
            return np.where(above < 0, 0.0, -math.inf)
        return _log_normal_tail(above / self.sigma)

    def _middle(self) -> float:
        """Mean of the logarithm."""
        return math.log(self.mean) - self.sigma**2 / 2


@dataclass(frozen=True)
class Weibull(Formula):
    """`mean` in days; `shape` below 1: the hazard falls with time."""

    mean: float
    shape: float

    def check(self) -> None:
        self.check_numbers(nought=False, mean=self.mean, shape=self.shape)

    def mean_days(self) -> float:
        return self.mean

    def quantiles(self, p: Floats) -> Floats:
        with np.errstate(divide="ignore", over="ignore"):
            return np.asarray(self._scale() * (-np.log1p(-p)) ** (1 / self.shape))

    def log_survival(self, days: Floats) -> Floats:
        return np.asarray(-((days / self._scale()) ** self.shape))

    def _scale(self) -> float:
        return self.mean / math.gamma(1 + 1 / self.shape)


@dataclass(frozen=True)
class Gamma(Formula):
    """`mean` in days, `shape`."""

    mean: float
    shape: float

    def check(self) -> None:
        self.check_numbers(nought=False, mean=self.mean, shape=self.shape)

    def mean_days(self) -> float:
        return self.mean

    def quantiles(self, p: Floats) -> Floats:
        unit = _gamma_quantiles(p, self.shape)
        return np.where(p < 1, self.mean / self.shape * unit, math.inf)

    def log_survival(self, days: Floats) -> Floats:
        return _log_gamma_tail(days * self.shape / self.mean, self.shape)


@lru_cache(maxsize=1)
def _normal_knots() -> Floats:
    inverse = NormalDist().inv_cdf
    return np.array([inverse(p) if 0 < p < 1 else 0.0 for p in PROBABILITIES])


def _normal_quantiles(p: Floats) -> Floats:
    if p is PROBABILITIES:
        return _normal_knots()
    inverse = NormalDist().inv_cdf
    return np.array([inverse(x) if 0 < x < 1 else 0.0 for x in p])


def _log_normal_tail(z: Floats) -> Floats:
    """ln P(Z > z) for a standard normal Z; beyond 30 by its asymptotic series (Abramowitz & Stegun
    26.2.12), right to nine figures there."""
    near = np.array([math.erfc(x / math.sqrt(2)) / 2 for x in np.minimum(z, 30.0)])
    far = np.maximum(z, 30.0)
    square = far * far
    series = np.log1p(-1 / square + 3 / square**2 - 15 / square**3)
    beyond: Floats = -square / 2 - np.log(far * math.sqrt(2 * math.pi)) + series
    return np.where(z < 30.0, np.log(near), beyond)


def _gamma_series(x: Floats, shape: float) -> Floats:
    """P(X <= x), X gamma of scale 1, by its series (Abramowitz & Stegun 6.5.29)."""
    term = np.ones_like(x)
    total = np.ones_like(x)
    for n in range(1, int(4 * float(x.max(initial=0.0))) + 100):
        term = term * x / (shape + n)
        total += term
    with np.errstate(divide="ignore"):
        return np.asarray(np.exp(shape * np.log(x) - x - math.lgamma(shape + 1)) * total)


def _gamma_quantiles(p: Floats, shape: float) -> Floats:
    """Quantiles of a gamma law of scale 1: the series on a grid, read backwards."""
    top = shape + 12 * math.sqrt(shape) + 40
    x = np.concatenate([np.geomspace(1e-8, 1e-2, 2000), np.linspace(1e-2, top, 20001)[1:]])
    cdf = np.concatenate([[0.0], _gamma_series(x, shape)])
    return np.asarray(np.interp(p, cdf, np.concatenate([[0.0], x])))


def _log_gamma_tail(x: Floats, shape: float) -> Floats:
    """ln P(X > x), X gamma of scale 1: by the series up to shape + 1, beyond by the continued
    fraction (Abramowitz & Stegun 6.5.31), from its hundredth term back."""
    near = np.minimum(x, shape + 1)
    far = np.maximum(x, shape + 1)
    fraction = np.zeros_like(far)
    for n in range(200, 0, -1):
        fraction = n * (n - shape) / (far + 2 * n + 1 - shape - fraction)
    log_tail = shape * np.log(far) - far - math.lgamma(shape) - np.log(far + 1 - shape - fraction)
    return np.where(x < shape + 1, np.log1p(-_gamma_series(near, shape)), log_tail)

"""What every law of stay answers: four questions, from which tables and engines do the rest.

A law says how often stays of each length occur (a probability distribution). It is a frozen
dataclass with its numbers. A new one is one class in one file of this folder.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod

import numpy as np
from numpy.typing import NDArray

from bedspace.exceptions import PlanError

Floats = NDArray[np.float64]

BITS = 11
CELLS = 1 << BITS
COARSE, FINE = 32 - BITS, 32 - 2 * BITS
"""Bits of luck in a cell of a table, and in one of the cells of its top."""
TICKS = 256
"""Ticks in a day."""
LONGEST = (1 << 31) - 1
"""The longest stay, in ticks (some 23,000 years): stands for "never"."""

REGULAR = np.concatenate(
    [np.arange(CELLS - 1) << COARSE, ((CELLS - 1) << COARSE) + (np.arange(CELLS + 1) << FINE)]
)
"""The lucks, of 2^32, at which every table has a knot: the quantiles at i / CELLS, the last such
cell again in CELLS parts."""
PROBABILITIES = REGULAR / 2.0**32
"""The same as probabilities."""


class LawOfStay(ABC):
    """A law of stay. All lengths are in days."""

    @abstractmethod
    def check(self) -> None:
        """Raise PlanError where a number of the law cannot be."""

    @abstractmethod
    def mean_days(self) -> float:
        """The mean; infinite where some never leave."""

    @abstractmethod
    def knots(self) -> tuple[Floats, Floats]:
        """The quantiles: probabilities from 0 to 1, none less than the one before, and the stay at
        each. Between two knots a straight line; two of one probability are a jump. The last may be
        infinite: then the law has no longest stay."""

    @abstractmethod
    def log_survival(self, days: Floats) -> Floats:
        """The logarithm of P(stay > days), in closed form as far out as there are floats; minus
        infinity where nobody stays so long."""

    def refuse(self, what: str) -> PlanError:
        """The error that says what is wrong with the law."""
        return PlanError(f"{type(self).__name__.lower()}: {what}")

    def check_numbers(self, *, nought: bool, **numbers: float) -> None:
        """Refuse any number that is not finite or is below nought, or that is nought unless it may
        be."""
        for name, value in numbers.items():
            if not math.isfinite(value) or value < 0 or (value == 0 and not nought):
                raise self.refuse(f"{name} cannot be {value}")


class Formula(LawOfStay):
    """A law whose quantiles are a smooth formula."""

    @abstractmethod
    def quantiles(self, p: Floats) -> Floats:
        """The stay at each probability."""

    def knots(self) -> tuple[Floats, Floats]:
        return PROBABILITIES, self.quantiles(PROBABILITIES)

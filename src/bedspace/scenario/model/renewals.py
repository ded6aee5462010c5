"""What must be renewed from time to time, and may lapse."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import PrivateAttr

from bedspace.scenario.values.quantities import Quantity
from bedspace.scenario.values.typed import Dimension, Part, Share

WholeDays = Annotated[Quantity, Dimension("d", at_least=1)]


class Renewal(Part):
    """Something that ends at the first renewal that fails. The date of that failure is drawn for
    each member of an ensemble; without a draw, every renewal succeeds."""

    every: WholeDays
    """Time from the start to the first renewal, and from each renewal to the next."""
    chance: Share
    """Chance that a renewal succeeds."""

    _lasts: float | None = PrivateAttr(default=None)

    @property
    def lasts(self) -> int | None:
        """Whole days from the start to the renewal that fails; None where none was drawn."""
        return None if self._lasts is None else round(self._lasts)

    def lasting(self, days: float) -> Renewal:
        """The same renewal where the one that fails comes `days` after the start."""
        found = self.model_copy()
        found._lasts = days
        return found

    def first_failure(self, u: float) -> float:
        """Days to the first renewal that fails, where u is uniform on (0, 1); perhaps infinite.

        The number of renewals until one fails is geometric: more than n with probability
        chance ** n.
        """
        chance = self.chance.value
        if chance <= 0:
            return self.every.value
        if chance >= 1:
            return math.inf
        return self.every.value * (1 + math.floor(math.log(u) / math.log(chance)))

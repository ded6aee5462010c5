"""Laws of stay made of others: a multiple, a share with a least number of days, a mixture."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from bedspace.engine.stays.law import TICKS, Floats, LawOfStay
from bedspace.engine.stays.tables import mean_ticks, share_below, share_up_to, table, thinned


@dataclass(frozen=True)
class Scaled(LawOfStay):
    """`factor` times `law` (a share of a sentence, say)."""

    law: LawOfStay
    factor: float

    def check(self) -> None:
        self.check_numbers(nought=True, factor=self.factor)

    def mean_days(self) -> float:
        return self.factor * self.law.mean_days() if self.factor > 0 else 0.0

    def knots(self) -> tuple[Floats, Floats]:
        inner = table(self.law)
        return inner.lucks / 2.0**32, inner.ticks / TICKS * self.factor

    def log_survival(self, days: Floats) -> Floats:
        if self.factor == 0:
            return np.full_like(days, -math.inf)
        return self.law.log_survival(days / self.factor)


@dataclass(frozen=True)
class AtLeast(LawOfStay):
    """`factor` (at most 1) times `law`, but at least `days`, and never more than `law` itself."""

    law: LawOfStay
    factor: float
    days: float

    def check(self) -> None:
        self.check_numbers(nought=True, factor=self.factor, days=self.days)
        if self.factor > 1:
            raise self.refuse(f"factor cannot be {self.factor}")

    def mean_days(self) -> float:
        if self.factor > 0 and self.law.mean_days() == math.inf:
            return math.inf
        return mean_ticks(thinned(*self.knots())) / TICKS

    def knots(self) -> tuple[Floats, Floats]:
        inner = table(self.law)
        whole = inner.ticks / TICKS
        least = np.minimum(whole, self.days)
        return inner.lucks / 2.0**32, np.maximum(self.factor * whole, least)

    def log_survival(self, days: Floats) -> Floats:
        with np.errstate(divide="ignore"):
            whole = np.where(days < self.days, days, np.maximum(days / self.factor, days))
        return np.where(np.isinf(whole), -math.inf, self.law.log_survival(np.minimum(whole, 1e300)))


@dataclass(frozen=True)
class Mixture(LawOfStay):
    """One of several laws, with the given shares (they sum to one)."""

    parts: tuple[tuple[float, LawOfStay], ...]

    def check(self) -> None:
        for share, _ in self.parts:
            self.check_numbers(nought=True, share=share)
        if not math.isclose(sum(share for share, _ in self.parts), 1.0, abs_tol=1e-9):
            raise self.refuse("the shares of its parts do not sum to one")

    def mean_days(self) -> float:
        return sum(share * part.mean_days() for share, part in self.parts if share > 0)

    def knots(self) -> tuple[Floats, Floats]:
        """Exact: between two knots of any part, P(stay <= x) is a straight line. Where it stands
        still, the quantile jumps from the stays of one part to those of the next."""
        tables = [(share, table(part)) for share, part in self.parts if share > 0]
        ticks = np.unique(np.concatenate([one.ticks for _, one in tables])).astype(np.int64)
        before = sum((share * share_up_to(one, ticks) for share, one in tables), np.zeros(1))
        after = sum((share * share_below(one, ticks) for share, one in tables), np.zeros(1))
        p = np.stack([before, after], axis=1).ravel()
        p = np.maximum.accumulate(np.clip(p / after[-1], 0.0, 1.0))
        return p, np.repeat(ticks / TICKS, 2)

    def log_survival(self, days: Floats) -> Floats:
        used = [(share, part) for share, part in self.parts if share > 0]
        logs = np.array([math.log(share) + part.log_survival(days) for share, part in used])
        most = logs.max(axis=0)
        safe = np.where(np.isinf(most), 0.0, most)
        with np.errstate(divide="ignore"):
            return np.asarray(safe + np.log(np.exp(logs - safe).sum(axis=0)))

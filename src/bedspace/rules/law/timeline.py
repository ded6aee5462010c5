"""How long it takes until a route is open: the delays of all that is still needed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bedspace.rules.law.model import Finding, Verdict


@dataclass(frozen=True)
class Timeline:
    """Days until everything needed is had, one after another as if nothing went on side by side.

    `low` and `high` add up the gates in `known`; how long those in `unknown` take nobody says, so
    with any of them the days are only the part that is known.
    """

    low: int
    high: int
    known: tuple[Finding, ...]
    unknown: tuple[Finding, ...]

    @property
    def words(self) -> str:
        """In words: "30 to 120 d, and not known for 2 more"; empty where nothing is needed."""
        days = f"{self.low} d" if self.low == self.high else f"{self.low} to {self.high} d"
        if not self.unknown:
            return days if self.known else ""
        return f"{days}, and not known for {len(self.unknown)} more" if self.known else "not known"


def timeline(of: Verdict | Iterable[Finding]) -> Timeline:
    """The timeline of a verdict, or of some of its findings. Only what is needed takes time: what
    is barred or unsettled has no day on which it opens."""
    findings = of.findings if isinstance(of, Verdict) else tuple(of)
    needed = [f for f in findings if f.status == "needs"]
    known = tuple(f for f in needed if f.delay is not None)
    delays = [f.delay for f in known if f.delay is not None]
    return Timeline(
        sum(delay.low for delay in delays),
        sum(delay.high for delay in delays),
        known,
        tuple(f for f in needed if f.delay is None),
    )

"""To how many of a group a route is open: the law is asked stage by stage, so people are counted
so too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from bedspace.appraisal.figures.figure import Figure
from bedspace.appraisal.law.heads import End, Heads
from bedspace.compile import GroupLaw, StageLaw

ANY = "any route"

Counting = Callable[[tuple[str, ...]], Heads]
"""Counts a group's people in some eligible stages; in all of them where none is named."""


@dataclass(frozen=True)
class Open:
    """Shares to whom a route is open, each with the people it is a share of: those in the stages
    of which the law says the same."""

    terms: tuple[tuple[float, Heads], ...]

    @property
    def part(self) -> bool:
        """Whether the group's mixes decide: somewhere it is a part of the people."""
        return any(share not in (0.0, 1.0) for share, _ in self.terms)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The people counted."""
        return tuple(people.figure for _, people in self.terms)

    def ends(self, which: Literal["least", "most"]) -> tuple[End, ...]:
        """The people of each term, at one end."""
        return tuple(getattr(people, which) for _, people in self.terms)

    def people(self, ends: tuple[End, ...]) -> float:
        """How many that is."""
        return sum(s * end.people for (s, _), end in zip(self.terms, ends, strict=True))

    def words(self, ends: tuple[End, ...]) -> str:
        """As a formula has it, stage by stage where the shares differ."""
        if len(self.terms) == 1:
            return ends[0].words
        told = zip(self.terms, ends, strict=True)
        return " + ".join(f"{share:.1%} of {end.words}" for (share, _), end in told)

    def note(self, ends: tuple[End, ...]) -> str:
        """What must be said of those ends that anybody is in."""
        told = zip(self.terms, ends, strict=True)
        return "; ".join(dict.fromkeys(e.note for (s, _), e in told if s and e.note))


def opened(
    group: GroupLaw, route: str, statuses: Iterable[str], effective: bool, counting: Counting
) -> Open:
    """To whom of a group a route says one of the statuses, by the real law or with the assumed
    gates open; stages in which that is nobody are left out unless it is nobody anywhere."""
    stages: dict[float, list[str]] = {}
    for stage, share in shares_open(group, route, statuses, effective).items():
        stages.setdefault(share, []).append(stage)
    if len(stages) <= 1:
        return Open(((next(iter(stages), 0.0), counting(())),))
    return Open(tuple((share, counting(tuple(at))) for share, at in stages.items() if share))


def shares_open(
    group: GroupLaw, route: str, statuses: Iterable[str], effective: bool
) -> dict[str, float]:
    """Stage -> share of the group's people in it whose verdict on the route is one of these."""
    wanted = set(statuses)
    found = dict.fromkeys((part.stage for part in group.parts), 0.0)
    for part in group.parts:
        if wanted & set(_statuses(part, route, effective)):
            found[part.stage] += part.share
    return {stage: round(share, 12) for stage, share in found.items()}


def _statuses(part: StageLaw, route: str, effective: bool) -> Iterator[str]:
    for verdict in part.routes:
        shown = verdict.effective if effective else verdict.real
        if route in (ANY, shown.route):
            yield shown.status

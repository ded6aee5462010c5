"""A Figure: one number with how it was made and everything it rests on.

A figure's stamps are read off its inputs, through other figures as deep as they go. Nobody passes
them in, so nobody can leave them out; a figure that rests on nothing is refused.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from bedspace.appraisal.figures.split import Split, split
from bedspace.exceptions import BedspaceError

Value = int | float | Decimal | str | None

ASSUMED_POWER = "assumed power"
TAKEN_AS_MET = "taken as met"
ASSUMPTION = "rests on assumption"
UNSOURCED = "unsourced"
OLD_PRICES = "old prices"
TO_VERIFY = "to be verified"
STAMPS = (ASSUMED_POWER, TAKEN_AS_MET, ASSUMPTION, UNSOURCED, OLD_PRICES, TO_VERIFY)
"""The kinds of stamps, the gravest first."""


class Stamp(str):
    """What a figure is stamped with, as it is shown: "taken as met: us-removal/release (needs)".

    `about` is the gate, path or citation, and `more` what is told after it.
    """

    kind: str
    about: str
    more: str

    def __new__(cls, kind: str, about: str, more: str = "") -> Stamp:
        """A stamp of one of `STAMPS`."""
        made = super().__new__(cls, f"{kind}: {about}{more}")
        made.kind, made.about, made.more = kind, about, more
        return made

    def __reduce__(self) -> tuple[type[Stamp], tuple[str, str, str]]:
        """A copy is made of its parts."""
        return Stamp, (self.kind, self.about, self.more)

    @property
    def what(self) -> str:
        """All that stands after its kind."""
        return f"{self.about}{self.more}"


@dataclass(frozen=True)
class Number:
    """A number (or yes or no, word, date) of the scenario, by its path, with its evidence.

    `value` is in `unit`; `source` is the title of where it comes from. A number that somebody
    disputes is no less sourced: `disputed_by` says who gives what.
    """

    path: str
    value: Value
    unit: str
    source: str | None
    grade: str
    low: float | None = None
    high: float | None = None
    quote: str | None = None
    note: str | None = None
    disputed_by: tuple[str, ...] = ()
    old: int | None = None
    """The year of its prices, where that is long before it is used and no index restates it."""

    @property
    def id(self) -> str:
        """Its path."""
        return self.path

    @property
    def stamps(self) -> tuple[Stamp, ...]:
        """One when it is an assumption: unsourced unless a source or a note explains it. One more
        when its prices are old."""
        found = [Stamp(OLD_PRICES, self.path, f", {self.old}")] if self.old is not None else []
        if self.grade == "assumption":
            explained = self.source is not None or self.note is not None
            found.insert(0, Stamp(ASSUMPTION if explained else UNSOURCED, self.path))
        return tuple(found)


@dataclass(frozen=True)
class Gate:
    """A gate of the law that the scenario takes as passed, with the reason it gives."""

    gate: str
    reason: str

    @property
    def id(self) -> str:
        """The gate's id: route/gate."""
        return self.gate

    @property
    def stamps(self) -> tuple[Stamp, ...]:
        """Always one."""
        return (Stamp(ASSUMED_POWER, self.gate),)


@dataclass(frozen=True)
class Taken:
    """A gate that stays shut in law until something is had or decided, yet people are sent by it.

    `status` is "needs" or "unsettled" and `words` say what is missing: the run takes it as met.
    """

    gate: str
    status: str
    words: str

    @property
    def id(self) -> str:
        """The gate's id: route/gate."""
        return self.gate

    @property
    def stamps(self) -> tuple[Stamp, ...]:
        """Always one."""
        return (Stamp(TAKEN_AS_MET, self.gate, f" ({self.status})"),)


@dataclass(frozen=True)
class Rule:
    """A rule of law or a standard, in our words, with its citation and whom it binds."""

    id: str
    words: str
    citation: str
    grade: str
    as_of: str | None = None
    binds: str = ""

    @property
    def stamps(self) -> tuple[Stamp, ...]:
        """One when the rule is from general knowledge and has not been read again."""
        return (Stamp(TO_VERIFY, self.citation),) if self.grade == "assumption" else ()


@dataclass(frozen=True)
class Simulated:
    """Something counted in a run, in words, and every number and gate the count rests on.

    Raises BedspaceError when it rests on nothing.
    """

    id: str
    words: str
    rests_on: tuple[Number | Gate | Taken, ...]

    def __post_init__(self) -> None:
        if not self.rests_on:
            raise BedspaceError(f"{self.id} is counted in a run that rests on nothing")

    @cached_property
    def stamps(self) -> tuple[Stamp, ...]:
        """Those of everything it rests on."""
        return stamps_of(self.rests_on)


@dataclass(frozen=True, repr=False)
class Figure:
    """What an appraisal returns, always.

    `value` is the mean over members where it varies between them, and then `low` and `high` are the
    2.5th and 97.5th percentiles; where it does not vary they are None. Of one thing by another it
    is the ratio of their means, of a day the middle one. Where the scenario's numbers alone decide
    it (`exact`), it is what they come to as they stand in the file, and is not sampled.
    Money stays Decimal, days of the calendar are ISO text in the unit "date".
    `by_member` are the values that the interval is of, in the members' order, where it was taken of
    members; fewer than all where some have none.
    `formula` is in words. `value` None means that it cannot be known; `note` then says why.
    Raises BedspaceError without inputs, with half an interval, or when it is no finite number.
    """

    id: str
    title: str
    value: Value
    unit: str
    formula: str
    inputs: tuple[Input, ...]
    low: float | Decimal | str | None = None
    high: float | Decimal | str | None = None
    note: str = ""
    by_member: tuple[float, ...] | tuple[Decimal, ...] = field(
        default=(), compare=False, repr=False
    )
    exact: bool = field(default=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        if not self.inputs:
            raise BedspaceError(f"figure {self.id} rests on nothing")
        if (self.low is None) != (self.high is None):
            raise BedspaceError(f"figure {self.id} has half an interval")
        for value in (self.value, self.low, self.high, *self.by_member):
            if isinstance(value, float | Decimal) and not math.isfinite(value):
                raise BedspaceError(f"figure {self.id} would be {value}, which is no number")
        if self.value is None and not self.note:
            raise BedspaceError(f"figure {self.id} has neither a value nor a reason for none")

    def __repr__(self) -> str:
        from bedspace.appraisal.figures import shown

        return f"<Figure {self.id}: {shown.cell(self)}>"

    def _repr_html_(self) -> str:
        from bedspace.appraisal.figures import shown

        return shown.figure_html(self)

    @cached_property
    def humps(self) -> Split | None:
        """The value that many members share while the others do not, if there is one."""
        varies = self.low is not None and not self.exact
        return split(self.by_member) if varies else None

    @cached_property
    def stamps(self) -> tuple[Stamp, ...]:
        """Assumed powers, gates taken as met, assumptions, unsourced numbers, unverified rules."""
        return stamps_of(self.inputs)


Input = Figure | Number | Gate | Taken | Rule | Simulated


def stamps_of(inputs: Iterable[Input]) -> tuple[Stamp, ...]:
    """Every stamp of the inputs, once, the gravest kind first."""
    found = dict.fromkeys(stamp for item in inputs for stamp in item.stamps)
    return tuple(sorted(found, key=lambda stamp: STAMPS.index(stamp.kind)))


def below(item: Input) -> tuple[Input, ...]:
    """What an input itself rests on, one level down."""
    if isinstance(item, Figure):
        return item.inputs
    return item.rests_on if isinstance(item, Simulated) else ()


def walk(item: Input, depth: int = 0) -> Iterator[tuple[int, Input]]:
    """The item, then all it rests on, each with its depth. What was told once is named again but
    not opened again."""
    yield from _walk(item, depth, set())


def _walk(item: Input, depth: int, seen: set[str]) -> Iterator[tuple[int, Input]]:
    yield depth, item
    if item.id in seen:
        return
    seen.add(item.id)
    for lower in below(item):
        yield from _walk(lower, depth + 1, seen)

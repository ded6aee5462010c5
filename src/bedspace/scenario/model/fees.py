"""What is paid under an agreement: the parts of a fee, an early end, who bears which risk."""

from __future__ import annotations

from dataclasses import fields
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, WithJsonSchema, model_validator

from bedspace.rules.fees import PARTS, Purpose
from bedspace.scenario.values.quantities import DAYS_A_YEAR, Grade, Quantity
from bedspace.scenario.values.typed import (
    Count,
    Day,
    Days,
    Dimension,
    Money,
    MoneyAYear,
    Name,
    Part,
    Share,
    ShareAYear,
    Text,
    graded,
    refuse,
)

FEE_KINDS = tuple(PARTS)
"""The keys that say how a part is charged: those of the classes in rules/fees/parts."""

_FIELDS = {"on": "on", "spread": "months", "applies": "whole", "indexed": "indexed"}
"""Keys that go with some kinds only: those whose class has this field."""

MoneyForUse = Annotated[Quantity, Dimension("money/use")]
Some = Annotated[Quantity, Dimension("people", at_least=1)]
Months = Annotated[Quantity, Dimension("d", at_least=DAYS_A_YEAR / 12, at_most=100 * DAYS_A_YEAR)]


class Minimum(Part):
    """A minimum guarantee: so many places are paid for, used or not. It goes by the month: what
    counts is the average held over the days on which the agreement was active in it."""

    places: Count | None = None
    """Places paid for at least; this or `share`."""
    share: Share | None = None
    """Share of the places available that is paid for at least."""
    per_use: MoneyForUse
    """Price of a place, a day or a month."""

    @model_validator(mode="after")
    def _one_measure(self) -> Minimum:
        if (self.places is None) == (self.share is None):
            raise refuse(
                "a minimum is a number of places or a share of them", "give places or share"
            )
        return self

    @property
    def price(self) -> Quantity:
        """Its money."""
        return self.per_use


class Tier(Part):
    """A band of people held, and its price."""

    upto: Some | None = None
    """People up to whom the band goes, from where the band before it ends; only the last has
    none."""
    per_use: MoneyForUse
    """Price of a place in the band, a day or a month."""

    @property
    def price(self) -> Quantity:
        """Its money."""
        return self.per_use


class After(Part):
    """A sum that is due once so many people have been sent."""

    people: Some
    """People sent."""
    fixed: Money
    """The sum, due in the month in which they have been."""

    @property
    def price(self) -> Quantity:
        """Its money."""
        return self.fixed


def _indexed_tag(raw: object) -> str:
    word = isinstance(raw, str) and raw.strip()[:1].isalpha()
    return "the name of an index" if word else "a share"


IndexName = Annotated[
    Name, WithJsonSchema({"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9_-]*$"})
]
Indexed = Annotated[
    Annotated[ShareAYear, Tag("a share")] | Annotated[IndexName, Tag("the name of an index")],
    Discriminator(_indexed_tag),
]


class FeePart(Part):
    """One part of a fee: exactly one key that says how it is charged, and what goes with it."""

    fixed: Money | None = None
    """A single sum, on a day."""
    yearly: MoneyAYear | None = None
    """A sum a year, paid by the month."""
    per_place: MoneyForUse | None = None
    """For each place available, a day or a month."""
    per_use: MoneyForUse | None = None
    """For each place used, a day or a month."""
    transport: Money | None = None
    """For each person moved, each way."""
    minimum: Minimum | None = None
    """Places used, invoiced for at least a number or a share of places."""
    tiers: tuple[Tier, ...] | None = None
    """Prices by bands of the people held, on average over the days of a month."""
    per_person: Money | None = None
    """For each person sent, once."""
    after: After | None = None
    """A sum due once so many people have been sent."""
    on: Day | None = None
    """With `fixed`: the day it is due; default: the agreement's start."""
    spread: Months | None = None
    """With `fixed` and `per_person`: paid in equal monthly instalments over this time, at most 100
    years, all of them owed once the first is due. Default: at once."""
    applies: Literal["band", "all"] | None = None
    """With `tiers`: to the part of the use that lies in the band (default; the sum never jumps), or
    to all of it at the price of the band reached."""
    indexed: Indexed | None = None
    """Growth of the price, or the name of one of `indices`; applied on each anniversary of the
    start; not with `fixed` and `after`."""
    for_: Purpose | None = Field(default=None, alias="for")
    """What it is for; default: transport with `transport`, else fee. No headline price has what is
    not for the fee."""
    label: Text | None = None
    """A word for the invoice."""

    @model_validator(mode="after")
    def _one_kind(self) -> FeePart:
        given = [k for k in FEE_KINDS if getattr(self, k) is not None]
        if len(given) != 1:
            raise refuse(
                f"a part of the fee gives {' and '.join(given) or 'no price'}",
                f"give exactly one of {', '.join(FEE_KINDS)}",
            )
        kind = given[0]
        for key in _FIELDS:
            goes_with = _goes_with(key)
            if getattr(self, key) is not None and kind not in goes_with:
                raise refuse(
                    f"{key} does not go with {kind}",
                    f"take it out, it goes with {', '.join(goes_with)}",
                )
        if self.tiers is not None:
            _check_tiers(self.tiers)
        return self

    @property
    def kind(self) -> str:
        """Which of FEE_KINDS it is."""
        return next(k for k in FEE_KINDS if getattr(self, k) is not None)

    @property
    def purpose(self) -> Purpose:
        """What it is for."""
        return self.for_ or PARTS[self.kind].purpose

    @property
    def terms(self) -> Quantity | Part | tuple[Part, ...]:
        """What stands under the key that says how it is charged."""
        found: Quantity | Part | tuple[Part, ...] = getattr(self, self.kind)
        return found

    @property
    def price(self) -> Quantity:
        """The money of this part; of several prices, the first."""
        terms: Any = self.terms[0] if isinstance(self.terms, tuple) else self.terms
        price: Quantity = terms if isinstance(terms, Quantity) else terms.price
        return price


if unwritten := [kind for kind in FEE_KINDS if kind not in FeePart.model_fields]:
    raise TypeError(f"FeePart has no key for the fee part {', '.join(unwritten)}")


def _goes_with(key: str) -> tuple[str, ...]:
    """The kinds that a key of `_FIELDS` goes with."""
    return tuple(
        kind for kind, part in PARTS.items() if _FIELDS[key] in {f.name for f in fields(part)}
    )


def _check_tiers(tiers: tuple[Tier, ...]) -> None:
    """Refuses tiers that overlap, are out of order, or say nothing of some number of people."""
    if not tiers:
        raise refuse("there are no tiers", "list them, like [{upto: 300, per_use: ...}]", "tiers")
    for i, tier in enumerate(tiers[:-1]):
        if tier.upto is None:
            raise refuse(
                "a tier without upto is not the last",
                "say up to how many people it goes",
                "tiers",
                str(i),
            )
    last = tiers[-1].upto
    if last is not None:
        raise refuse(
            f"nothing is said of people above {last.text}",
            "let the last tier have no upto",
            "tiers",
            str(len(tiers) - 1),
            "upto",
        )
    for i, (one, other) in enumerate(pairwise(tiers[:-1]), start=1):
        if one.upto and other.upto and round(other.upto.value) <= round(one.upto.value):
            raise refuse(
                f"the tier up to {other.upto.text} overlaps the one up to {one.upto.text}",
                "order them by rising upto",
                "tiers",
                str(i),
                "upto",
            )
        if one.upto and other.upto and _ends(other.upto)[0] <= _ends(one.upto)[1]:
            raise refuse(
                f"the ranges of the tiers up to {one.upto.text} and {other.upto.text} overlap",
                "a draw could turn them round: narrow the ranges",
                "tiers",
                str(i),
                "upto",
            )
    if len({tier.per_use.unit.partition("/")[2] for tier in tiers}) > 1:
        raise refuse("some tiers are priced a day and some a month", "use one of them", "tiers")


def _ends(people: Quantity) -> tuple[int, int]:
    """The fewest and the most people a draw can give."""
    ends = (people.value if end is None else end for end in (people.low, people.high))
    low, high = (round(end) for end in ends)
    return low, high


class EarlyEnd(Part):
    """What is owed or returned when it ends before its term (`ends_early` says whether it does)."""

    notice: Days | None = None
    """Time for which what does not depend on use is still paid, not beyond the term."""
    pays: Literal["notice", "term"] = "notice"
    """How long that is paid: for the time of notice, or up to the end of the term."""
    refund: Share | None = None
    """Share returned of the `fixed` sums for the fee, for that part of the term which was left."""

    @model_validator(mode="after")
    def _one_time(self) -> EarlyEnd:
        if self.notice is not None and self.pays == "term":
            raise refuse("all is paid up to the end of the term, and a notice is given", "drop one")
        return self


class Bearer(Part):
    """Who carries a risk or a task, and who says so."""

    who: Literal["sending", "receiving", "shared", "not-known"]
    """sending, receiving, shared or not-known."""
    source: Name | None = None
    """An id under `sources`."""
    quote: Text | None = None
    """The few words of the source that say it."""
    grade: Grade | None = None
    """official, reported, secondary, derived or assumption; needed with a source."""
    note: Text | None = None
    """Anything that a reader must know of it."""

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, raw: Any) -> Any:
        return {"who": raw} if isinstance(raw, str) else raw

    @model_validator(mode="after")
    def _graded(self) -> Bearer:
        graded(self.source, self.grade)
        return self


class Bears(Part):
    """Who bears what beside the fee: a word, or a map with `who` and its source. Shown, and never
    computed with. What is left out is shown as not known."""

    transport: Bearer | None = None
    """Bringing people there and back."""
    visits: Bearer | None = None
    """Travel of visitors, or video instead."""
    health_care: Bearer | None = None
    """Treatment, in the prison and outside."""
    escape: Bearer | None = None
    """Search, damage and blame when somebody escapes."""
    death: Bearer | None = None
    """Inquiry and compensation when somebody dies."""
    lawsuits: Bearer | None = None
    """Claims of those held."""
    monitoring: Bearer | None = None
    """Inspecting how people are held."""
    empty_places: Bearer | None = None
    """The cost of places that are not used."""
    early_end: Bearer | None = None
    """What an end before the term costs."""

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
    """A minimum guarantee: a number of places is paid for, whether they are used or not. It applies
    to each month separately, and to the average number held over the days of the month on which the
    agreement was active."""

    places: Count | None = None
    """Lowest number of places that is paid for; give this or `share`."""
    share: Share | None = None
    """Lowest share of the available places that is paid for."""
    per_use: MoneyForUse
    """Price of a place for a day or a month."""

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
    """A band of the number of people held, and its price."""

    upto: Some | None = None
    """Highest number of people in the band. The band begins where the one before it ends; only the
    last band has no `upto`."""
    per_use: MoneyForUse
    """Price of a place in the band for a day or a month."""

    @property
    def price(self) -> Quantity:
        """Its money."""
        return self.per_use


class After(Part):
    """A sum that is due once a given number of people have been sent."""

    people: Some
    """Number of people sent."""
    fixed: Money
    """The sum, due in the month in which that number is reached."""

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
    """One part of a fee: exactly one key that says how it is charged, and the keys that go with
    it."""

    fixed: Money | None = None
    """A single sum, due on one day."""
    yearly: MoneyAYear | None = None
    """A sum a year, paid monthly."""
    per_place: MoneyForUse | None = None
    """Price of each available place for a day or a month."""
    per_use: MoneyForUse | None = None
    """Price of each place used for a day or a month."""
    transport: Money | None = None
    """Price of moving one person, each way."""
    minimum: Minimum | None = None
    """Price of each place used, with a minimum number or share of places that is invoiced."""
    tiers: tuple[Tier, ...] | None = None
    """Prices by bands of the average number of people held over the days of a month."""
    per_person: Money | None = None
    """A sum for each person sent, charged once."""
    after: After | None = None
    """A sum due once a given number of people have been sent."""
    on: Day | None = None
    """With `fixed`: the day it is due; default: the agreement's start."""
    spread: Months | None = None
    """With `fixed` and `per_person`: the sum is paid in equal monthly instalments over this time,
    at most 100 years. All instalments are owed once the first is due. Default: paid at once."""
    applies: Literal["band", "all"] | None = None
    """With `tiers`: band (each price applies to the part of the use that lies in its band; the
    default; the sum never jumps) or all (the price of the band reached applies to all of the
    use)."""
    indexed: Indexed | None = None
    """Yearly growth of the price, or the name of one of `indices`, applied on each anniversary of
    the start; not with `fixed` or `after`."""
    for_: Purpose | None = Field(default=None, alias="for")
    """What it is for; default: transport with `transport`, otherwise fee. A headline price includes
    only what is for the fee."""
    label: Text | None = None
    """A name to show on the invoice."""

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
    """What is owed or refunded when it ends before the end of its term (`ends_early` says whether
    it does)."""

    notice: Days | None = None
    """Time for which charges that do not depend on use are still paid, but not beyond the term."""
    pays: Literal["notice", "term"] = "notice"
    """How long these charges are paid: notice (for the time of notice) or term (up to the end of
    the term)."""
    refund: Share | None = None
    """Share of the `fixed` sums for the fee that is refunded, for the part of the term that was
    left."""

    @model_validator(mode="after")
    def _one_time(self) -> EarlyEnd:
        if self.notice is not None and self.pays == "term":
            raise refuse("all is paid up to the end of the term, and a notice is given", "drop one")
        return self


class Bearer(Part):
    """Who bears a risk or a task, and who says so."""

    who: Literal["sending", "receiving", "shared", "not-known"]
    """sending, receiving, shared or not-known."""
    source: Name | None = None
    """An id under `sources`."""
    quote: Text | None = None
    """The few words of the source that state it."""
    grade: Grade | None = None
    """official, reported, secondary, derived or assumption; needed with a source."""
    note: Text | None = None
    """Anything that a reader must know about it."""

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, raw: Any) -> Any:
        return {"who": raw} if isinstance(raw, str) else raw

    @model_validator(mode="after")
    def _graded(self) -> Bearer:
        graded(self.source, self.grade)
        return self


class Bears(Part):
    """Who bears which costs and risks other than the fee: a word, or a map with `who` and its
    source. These are shown and never used in calculations. Any that is left out is shown as not
    known."""

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
    """Claims made by those held."""
    monitoring: Bearer | None = None
    """Inspecting how people are held."""
    empty_places: Bearer | None = None
    """The cost of places that are not used."""
    early_end: Bearer | None = None
    """The cost of an end before the end of the term."""

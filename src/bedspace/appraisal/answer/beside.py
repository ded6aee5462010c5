"""The answer about agreements set side by side: what a place used cost, and how far they filled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bedspace.appraisal.answer import resting, wording
from bedspace.appraisal.figures.answer import Answer, Sentence
from bedspace.appraisal.figures.figure import Figure


@dataclass(frozen=True)
class Row:
    """What is told of one agreement: its name, the price used over the headline price, the price
    used in common money, the share of its places used."""

    title: str
    over: Figure
    used: Figure
    occupancy: Figure


def answer(rows: Sequence[Row], base: str) -> Answer:
    """The answer; `base` names the money that prices are told in ("USD of 2024")."""
    known = [row for row in rows if isinstance(row.over.value, int | float)]
    above = [row for row in known if wording.amount(row.over) > 1.01]
    counted = Figure(
        "side-by-side.above",
        "Agreements in which a day used costs more than the headline price",
        len(above),
        "agreements",
        f"agreements with a price used above 1.01 times the headline price, of {len(known)}",
        tuple(row.over for row in known) or tuple(row.over for row in rows),
    )
    if known:
        first = Sentence(
            f"In {_of(len(above), len(known))} a day that was really used cost more than the price "
            "announced.",
            (counted,),
        )
    else:
        first = Sentence("What a day used costs is known of no agreement here.", (counted,))
    grounds = [
        *_ends([row for row in rows if row.used.value is not None], "used", base),
        *_most(above),
        *_ends([row for row in rows if row.occupancy.value is not None], "occupancy", base),
    ]
    made = Answer(
        "What do real agreements cost, and how far are they used?",
        first,
        tuple(grounds),
        (),
        (),
        (
            Sentence(
                "What each agreement left out of its price: fees cover different things, as the "
                "notes of each say.",
                (counted,),
            ),
        ),
    )
    return resting.told(made)


def _of(some: int, every: int) -> str:
    """ "all 3 agreements", "2 of the 3 agreements", "none of the 3 agreements"."""
    if some == every:
        return f"all {every} agreements" if every > 1 else "the one agreement"
    return f"{some or 'none'} of the {every} agreements"


def _ends(rows: Sequence[Row], key: str, base: str) -> list[Sentence]:
    if not rows:
        return []
    ordered = sorted(rows, key=lambda row: wording.amount(getattr(row, key)))
    low, high = ordered[0], ordered[-1]
    if low is high:
        return []
    ends = [getattr(low, key), getattr(high, key)]
    if key == "used":
        text = (
            f"In {base}, a day used cost from {wording.told(ends[0])} ({low.title}) to "
            f"{wording.told(ends[1])} ({high.title})."
        )
    else:
        text = (
            f"Of the places available, from {wording.told(ends[0])} ({low.title}) to "
            f"{wording.told(ends[1])} ({high.title}) were used."
        )
    return [Sentence(text, tuple(ends))]


def _most(rows: Sequence[Row]) -> list[Sentence]:
    if not rows:
        return []
    top = max(rows, key=lambda row: wording.amount(row.over))
    return [
        Sentence(
            f"The most above its announced price was {top.title}: "
            f"{wording.amount(top.over):.1f} times.",
            (top.over,),
        )
    ]

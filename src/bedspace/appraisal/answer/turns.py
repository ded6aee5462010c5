"""What would turn an answer: numbers at which its sign changes, beside what the file gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from bedspace.appraisal.answer import naming, wording
from bedspace.appraisal.fee import payments
from bedspace.appraisal.figures.answer import Sentence
from bedspace.appraisal.figures.currencies import currency_of
from bedspace.appraisal.figures.figure import Figure, Number
from bedspace.appraisal.figures.once import once
from bedspace.appraisal.members.use import Use
from bedspace.appraisal.sender import costs, saving
from bedspace.scenario import Scenario

MOST = 3
"""Turning points that are told."""

MOST_TIMES = 5
"""Nobody is asked for who costs this many times as much as others."""


def of_agreement(use: Use, basis: str | None, told: Mapping[str, Figure]) -> list[Sentence]:
    """The share really avoided, the price and the number of people at which the saving turns, then
    the number that the run finds nearest."""
    if basis is None or not any(use.place_days):
        return []
    seen = set(costs.paths_of(use.ensemble.scn, use.agreement.sending).found)
    found = [
        *_share(use, basis),
        *_price(use, basis),
        *_held(use, basis, told),
        *(_cost(use, told) if basis == "marginal" else ()),
        *nearest(use.ensemble.scn, saving.saving(use, basis, False), told, seen),
    ]
    return found[:MOST]


def _share(use: Use, basis: str) -> Iterator[Sentence]:
    even = saving.break_even_share(use)
    if not isinstance(even.value, int | float):
        return
    if even.value > 1:
        yield Sentence(
            "Share of the average cost really avoided: even all of it would not do, since a day "
            f"that is used costs {even.value:.1f} times as much.",
            (even,),
        )
        return
    parts = {
        costs.share(use.ensemble.scn, use.agreement.sending, group)
        for group in use.agreement.eligible.groups
    }
    part = parts.pop() if len(parts) == 1 else None
    text = f"Share of the average cost really avoided: it saves money from {wording.told(even)} on"
    inputs: tuple[Figure, ...] = (even,)
    if part is not None and basis == "marginal":
        taken = _given(use, "marginal-share", "Share of the average cost avoided at the margin")
        if taken is not None:
            text += f"; here {wording.told(taken)} is taken"
            if part.low is not None and part.high is not None:
                ends = f"{wording.percent(part.low)} to {wording.percent(part.high)}"
                text += f", with a range of {ends}"
            inputs = (even, taken)
    yield Sentence(f"{text}.", inputs)


@once
def _given(use: Use, key: str, title: str) -> Figure | None:
    """The marginal share as it stands in the file, with its range."""
    group = use.agreement.eligible.groups[0]
    path = costs.paths_of(use.ensemble.scn, use.agreement.sending, group).marginal
    if path is None:
        return None
    number = use.basis.number(path)
    part = costs.share(use.ensemble.scn, use.agreement.sending, group)
    if part is None:
        return None
    return Figure(
        f"{use.id}.answer.{key}",
        title,
        part.value,
        "share",
        "as written in the scenario; the interval is the range given",
        (number,),
        part.low if part.high is not None else None,
        part.high if part.low is not None else None,
    )


def _price(use: Use, basis: str) -> Iterator[Sentence]:
    gain, used = saving.gained(use, basis, True), payments.price_used(use)
    if gain.value is None or used.value is None or gain.unit != used.unit:
        return
    side = "below" if wording.amount(gain) < wording.amount(used) else "up to"
    yield Sentence(
        f"Price of a day that is used: it saves money {side} {wording.with_range(gain)}; it is "
        f"{wording.with_range(used)}.",
        (gain, used),
    )


def _held(use: Use, basis: str, told: Mapping[str, Figure]) -> Iterator[Sentence]:
    fewest = told.get(f"{use.id}.break-even.held.{basis}")
    if fewest is None or not isinstance(fewest.value, int | float):
        return
    if fewest.value <= 1 or fewest.note:
        return
    yield Sentence(
        f"People held all year: it saves money from {wording.with_range(fewest)} on.", (fewest,)
    )


def _cost(use: Use, told: Mapping[str, Figure]) -> Iterator[Sentence]:
    """How much dearer than others at home those sent would have to be."""
    times = told.get(f"{use.id}.who.marginal.multiple")
    if times is None or not isinstance(times.value, int | float | Decimal):
        return
    size = wording.amount(times)
    if 1 < size < MOST_TIMES:
        yield Sentence(
            f"Who is sent: it saves money if they cost {size:.1f} times what those eligible do at "
            "home.",
            (times,),
        )


def nearest(
    scn: Scenario, answer: Figure, told: Mapping[str, Figure], seen: set[str]
) -> Iterator[Sentence]:
    """The number that turns the sign of an answer with the smallest move, if the run found one."""
    now, there = (told.get(f"sensitivity.{answer.id}.turns.{key}") for key in ("now", "at"))
    if now is None or there is None:
        return
    number = next((item for item in now.inputs if isinstance(item, Number)), None)
    if number is None or number.path in seen:
        return
    seen.add(number.path)
    name = wording.upper(naming.number(scn, number.path))
    yield Sentence(
        f"{name}: it turns at about {_said(there)}; {_said(now)} is taken.", (there, now)
    )


def _said(figure: Figure) -> str:
    """A value of the scenario with its unit."""
    text = wording.told(figure)
    if figure.unit in ("", "share", "people") or currency_of(figure.unit):
        return text
    return f"{text} {figure.unit}"

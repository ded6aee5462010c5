"""The fee corridor: the most a sender can pay and save, the least that covers the receiver."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bedspace.appraisal.fee import payments
from bedspace.appraisal.figures import making
from bedspace.appraisal.figures.appraisal import Cell, Record, Series, Table
from bedspace.appraisal.figures.figure import Figure, Input
from bedspace.appraisal.members.basis import Basis
from bedspace.appraisal.members.use import Use
from bedspace.appraisal.receiver import earned, room
from bedspace.appraisal.receiver.earned import YEAR
from bedspace.appraisal.sender import avoided, costs, saving
from bedspace.scenario.values.quantities import DAYS_A_YEAR

SENDER = ("marginal", "average", "short-run", "long-run")
"""Cost bases on which a sender may be asked whether it saves, as far as they are known."""

_HOW = {"observed": "less people counted", "simulated": "less people in the run"}


@dataclass(frozen=True)
class Bound:
    """One end of a corridor: its figure, and its value for each member (None: no fee is enough)."""

    words: str
    figure: Figure
    values: tuple[Decimal | None, ...]


def highest(use: Use, basis: Basis) -> tuple[Bound, ...]:
    """The most a sender can pay for a place-day and still save, on each cost basis."""
    found = []
    for margin in SENDER:
        if margin not in avoided.bases(use):
            continue
        cost = saving.gained(use, basis, margin, True)
        if cost.value is None:
            continue
        values = avoided.each_day(use, margin)
        figure = making.figure(
            f"{use.id}.corridor.highest.{margin}",
            f"Highest fee at which the sender saves, at {costs.IN_WORDS[margin]}",
            cost.unit,
            [v for v in values if v is not None],
            f"the {costs.IN_WORDS[margin]} avoided a place-day; all that is paid counts as fee",
            (cost,),
        )
        found.append(Bound(costs.IN_WORDS[margin], figure, tuple(values)))
    return tuple(found)


def lowest(use: Use, basis: Basis) -> tuple[Bound, ...]:
    """The least that covers the receiver: the people held, and its whole system."""
    found = []
    held = earned.holding_cost(use, basis)
    if held.value is not None:
        values = [earned.holding(scn, use.id) for scn in use.ensemble.drawn]
        figure = making.figure(
            f"{use.id}.corridor.lowest.marginal",
            "Lowest fee that covers the people held",
            held.unit,
            [v for v in values if v is not None],
            "the marginal cost of holding one person more",
            (held,),
        )
        found.append(Bound("marginal cost", figure, tuple(values)))
    return (*found, *_whole(use, basis))


def _whole(use: Use, basis: Basis) -> list[Bound]:
    scn = use.ensemble.scn
    cost = earned.system_cost(scn, use.id)
    if cost is None:
        return []
    rooms = list(room.free(use, basis))
    counted = {claim.key for claim, how, _ in rooms if how == "observed"}
    found = []
    for claim, how, places in rooms:
        # Every claim against the count; against the run only where nothing better is known.
        if how == "simulated" and claim.key in counted and claim.key != "stated":
            continue
        words = f"whole system, {claim.places:,.0f} places, {_HOW[how]}"
        count = float(places.value) if isinstance(places.value, float | int) else 0.0
        each = (
            room.free_values(use, claim)
            if how == "simulated"
            else [count] * len(use.ensemble.drawn)
        )
        values = [
            costs.money(own) / YEAR / costs.exact(free) if own and free > 0 else None
            for own, free in zip(
                (earned.system_cost(s, use.id) for s in use.ensemble.drawn), each, strict=True
            )
        ]
        known = [v for v in values if v is not None]
        inputs = (basis.number(f"{use.agreement.receiving}.costs.system"), places)
        figure = making.figure(
            f"{use.id}.corridor.lowest.{claim.key}.{how}",
            f"Lowest fee that covers the {words}",
            f"{cost.currency}/place-day",
            known,
            f"cost of the whole system a year / (free places x {DAYS_A_YEAR} days), every free "
            "place rented and used all year; what the people sent would add is left out",
            inputs,
            _unknown(len(known), len(values)),
        )
        found.append(Bound(words, figure, tuple(values)))
    return found


def _unknown(known: int, members: int) -> str:
    if known == members:
        return ""
    if not known:
        return "no place is free, so no fee covers it"
    return f"in {members - known} of {members} members no place is free and no fee covers it"


def verdict(use: Use, top: Bound, bottom: Bound) -> tuple[Figure, Figure]:
    """Whether a fee satisfies both: in words, and the share of members in which it does."""
    key = f"{top.figure.id.rpartition('.highest.')[2]}-{bottom.figure.id.rpartition('.lowest.')[2]}"
    id_ = f"{use.id}.corridor.{key}"
    inputs: tuple[Input, ...] = (top.figure, bottom.figure)
    title = f"Sender at {top.words}, receiver at {bottom.words}"
    if bottom.figure.value is not None and top.figure.unit != bottom.figure.unit:
        why = "the two costs are in two currencies and no rate of exchange is applied"
        return (
            making.unknown(id_, title, "words", why, inputs),
            making.unknown(f"{id_}.share", f"{title}, share of members", "share", why, inputs),
        )
    is_open = [
        low is not None and high is not None and low <= high
        for high, low in zip(top.values, bottom.values, strict=True)
    ]
    share = sum(is_open) / len(is_open)
    words = "open" if share == 1 else "closed" if share == 0 else "open in some draws"
    formula = "open where the lowest fee for the receiver is not above the highest for the sender"
    figures = (
        making.say(id_, title, words, formula, inputs),
        Figure(
            f"{id_}.share",
            f"{title}, share of members",
            share,
            "share",
            "members in which it is open / all members",
            inputs,
        ),
    )
    return figures


def places_needed(use: Use, basis: Basis) -> Figure:
    """Places that would have to be full all year for the fee to pay for the whole system."""
    id_, title = f"{use.id}.corridor.places-needed", "Places that would pay for the whole system"
    price, cost = payments.headline(use, basis), earned.system_cost(use.ensemble.scn, use.id)
    if cost is None or price.value is None or price.unit != f"{cost.currency}/place-day":
        why = price.note or "the fee and the cost of the whole system cannot be compared"
        return making.unknown(id_, title, "places", why, (price,))
    inputs = (basis.number(f"{use.agreement.receiving}.costs.system"), price)
    values = _needed(use)
    return making.figure(
        id_,
        title,
        "places",
        values,
        f"cost of the whole system a year / (headline price x {DAYS_A_YEAR} days)",
        inputs,
        "" if values else "nothing is paid",
    )


def _agreed(use: Use, basis: Basis) -> Figure:
    number = basis.number(f"agreements.{use.id}.places")
    values = [float(round(s.agreements[use.id].places.value)) for s in use.ensemble.drawn]
    return making.figure(
        f"{use.id}.corridor.places-agreed",
        "Places of the agreement, as declared",
        "places",
        values,
        "as written in the scenario",
        (number,),
        number.note or "",
    )


def _needed(use: Use) -> list[float]:
    found = []
    for scn, price in zip(use.ensemble.drawn, payments.headlines(use), strict=True):
        cost = earned.system_cost(scn, use.id)
        if cost is not None and price is not None and price.amount > 0:
            found.append(float(costs.money(cost) / (price.amount * YEAR)))
    return found


def person_year(use: Use, price: Figure) -> Figure:
    """A price of a place-day as one of a person-year."""
    title = f"{price.title}, a person-year"
    if not isinstance(price.value, Decimal):
        return making.unknown(f"{price.id}.year", title, "", price.note or "not known", (price,))
    scale = [v * YEAR for v in (price.value, price.low, price.high) if isinstance(v, Decimal)]
    low, high = (scale[1], scale[2]) if len(scale) == 3 else (None, None)
    unit = price.unit.replace("/place-day", "/person-year")
    return Figure(
        f"{price.id}.year",
        title,
        scale[0],
        unit,
        f"price of a place-day x {DAYS_A_YEAR} days",
        (price,),
        low,
        high,
    )


def tables(use: Use, basis: Basis) -> tuple[Table, ...]:
    """Free places, what the fee needs, and every pairing of a sender's and a receiver's test."""
    rooms: list[tuple[Cell, ...]] = [(f.title, f) for _, _, f in room.free(use, basis)]
    price = payments.headline(use, basis)
    needs = [price, person_year(use, price), places_needed(use, basis), _agreed(use, basis)]
    rooms = [*((f.title, f) for f in needs), *rooms]
    pairs: list[tuple[Cell, ...]] = []
    for top in highest(use, basis):
        for bottom in lowest(use, basis):
            words, share = verdict(use, top, bottom)
            pairs.append((top.words, top.figure, bottom.words, bottom.figure, words, share))
    return (
        Table(
            f"{use.id}.room",
            "Places the fee needs and places there are",
            ("", "Figure"),
            tuple(rooms),
            "Free places are bunks, not a standard of space: see conditions.",
        ),
        Table(
            f"{use.id}.corridor",
            "Is there a fee that satisfies both?",
            (
                "Sender saves at",
                "Pays at most",
                "Receiver covers",
                "Needs at least",
                "Corridor",
                "Open in",
            ),
            tuple(pairs),
            "" if pairs else "Costs of the sender or the receiver are not given.",
        ),
    )


def series(use: Use, basis: Basis) -> Series | None:
    """Each test as a range of fees that pass it; the headline price as a line across."""
    tops, bottoms = highest(use, basis), lowest(use, basis)
    shown = [b for b in (*tops, *bottoms) if b.figure.value is not None]
    if not tops or not bottoms or len({b.figure.unit for b in shown}) != 1:
        return None
    ceiling = 1.2 * max(_number(b.figure) for b in shown)
    rows: list[Record] = [
        {
            "label": f"sender saves, {b.words}",
            "low": 0.0,
            "high": _number(b.figure),
            "group": "sender",
        }
        for b in tops
    ]
    rows += [
        {
            "label": f"receiver covers its {b.words}",
            "low": _number(b.figure),
            "high": ceiling,
            "group": "receiver",
        }
        for b in bottoms
        if b.figure.value is not None
    ]
    price = payments.headline(use, basis)
    marks = _mark(price, shown[0].figure.unit)
    return Series(
        f"{use.id}.corridor-ranges",
        "Fees at which each side is satisfied",
        "range",
        shown[0].figure.unit,
        "",
        tuple(rows),
        (*(b.figure for b in shown), price),
        f"{use.id}.corridor",
        marks,
        "medians; a fee satisfies both where two ranges overlap",
    )


def _mark(price: Figure, unit: str) -> tuple[Record, ...]:
    if price.value is None or price.unit != unit:
        return ()
    return ({"value": _number(price), "label": "headline price"},)


def _number(figure: Figure) -> float:
    assert isinstance(figure.value, int | float | Decimal)
    return float(figure.value)

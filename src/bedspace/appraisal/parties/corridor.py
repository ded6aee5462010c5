"""The fee corridor: the most a sender can pay and save, the least that covers the receiver."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bedspace.appraisal.fee import payments
from bedspace.appraisal.figures import making
from bedspace.appraisal.figures.figure import Figure, Input, Value
from bedspace.appraisal.figures.once import once
from bedspace.appraisal.figures.tables import Cell, Table
from bedspace.appraisal.members import amounts
from bedspace.appraisal.members.use import Use
from bedspace.appraisal.receiver import earned, room
from bedspace.appraisal.receiver.room import STATED, Free
from bedspace.appraisal.sender import avoided, costs, priced, saving
from bedspace.scenario import Scenario
from bedspace.scenario.values.quantities import DAYS_A_YEAR

SENDER = ("marginal", "average", "short-run", "long-run")
"""Cost bases on which a sender may be asked whether it saves, as far as they are known."""

SUITS = ("some fee suits both", "no fee suits both", "some fee suits both in some futures")
"""Whether a fee passes both tests: in all futures, in none, in some of them."""

_HOW = {"observed": "less people counted", "simulated": "less people in the simulation"}


@dataclass(frozen=True)
class Bound:
    """One end of a corridor: its figure, and its value for each member (None: no fee is enough).

    `key` is the sender's cost basis or the receiver's test; `free` are the places over which the
    receiver's whole system is spread, None where the test is another.
    """

    key: str
    words: str
    figure: Figure
    values: tuple[Decimal | None, ...]
    free: Free | None = None


@dataclass(frozen=True)
class Pairing:
    """A sender's test and a receiver's: whether a fee passes both, and in what share of members."""

    top: Bound
    bottom: Bound
    verdict: Figure
    share: Figure

    @property
    def key(self) -> str:
        """The keys of both."""
        return _paired(self.top, self.bottom)


def asked(use: Use) -> tuple[str, ...]:
    """The cost bases of SENDER on which it is known what a place-day avoids."""
    shown = [cost_basis for cost_basis in SENDER if cost_basis in avoided.bases(use)]
    return tuple(m for m in shown if saving.gained(use, m, True).value is not None)


@once
def highest(use: Use) -> tuple[Bound, ...]:
    """The most a sender can pay for a place-day and still save, on each cost basis."""
    found = []
    for cost_basis in asked(use):
        cost = saving.gained(use, cost_basis, True)
        values = avoided.each_day(use, cost_basis)
        figure = making.a_day(
            f"{use.id}.corridor.highest.{cost_basis}",
            f"Highest fee at which the sender saves, at {costs.IN_WORDS[cost_basis]}",
            cost.unit,
            values,
            use.place_days,
            f"the {costs.IN_WORDS[cost_basis]} avoided a place-day; all that is paid counts as fee",
            (cost,),
            stated=avoided.stated(use, cost_basis),
        )
        found.append(Bound(cost_basis, costs.IN_WORDS[cost_basis], figure, tuple(values)))
    return tuple(found)


@once
def lowest(use: Use) -> tuple[Bound, ...]:
    """The least that covers the receiver: the people held, and its whole system."""
    found = []
    held = earned.holding_cost(use)
    if held.value is not None:
        values = [earned.holding_by(use, m) for m in range(use.ensemble.members)]
        figure = making.a_day(
            f"{use.id}.corridor.lowest.marginal",
            "Lowest fee that covers the people held",
            held.unit,
            values,
            use.place_days,
            "the marginal cost of holding one person more",
            (held,),
            stated=earned.holding_stated(use),
        )
        found.append(Bound("marginal", "marginal cost", figure, tuple(values)))
    return (*found, *_whole(use))


@once
def _whole(use: Use) -> list[Bound]:
    cost = earned.system_cost(priced.stated(use), use.id)
    if cost is None:
        return []
    rooms = room.free(use)
    counted = {one.claim for one in rooms if one.against == "observed"}
    found = []
    for one in rooms:
        claim, how, places = one.claim, one.against, one.figure
        # Every claim against the count; against the run only where nothing better is known.
        if how == "simulated" and claim in counted and claim.key != STATED:
            continue
        key = f"{claim.key}.{how}"
        words = f"whole system, {claim.places:,.0f} places, {_HOW[how]}"
        count = float(places.value) if isinstance(places.value, float | int) else 0.0
        each = (
            room.free_values(use, claim)
            if how == "simulated"
            else [count] * len(use.ensemble.drawn)
        )
        values = [
            amounts.money(own) / amounts.YEAR / amounts.exact(free) if own and free > 0 else None
            for own, free in zip(
                (earned.system_cost(s, use.id) for s in priced.over_term(use)), each, strict=True
            )
        ]
        known = [v for v in values if v is not None]
        path = f"{use.agreement.receiving}.costs.system"
        inputs: tuple[Input, ...] = (*priced.inputs(use.basis, [path]), places)
        figure = making.figure(
            f"{use.id}.corridor.lowest.{key}",
            f"Lowest fee that covers the {words}",
            f"{cost.currency}/place-day",
            known,
            f"cost of the whole system a year{priced.when(use)} / (free places x {DAYS_A_YEAR} "
            "days), every free place rented and used all year; what the people sent would add is "
            "left out",
            inputs,
            _unknown(len(known), len(values)),
            # Places less people counted are numbers of the file; people in the run are not.
            amounts.money(cost) / amounts.YEAR / amounts.exact(count)
            if how == "observed" and count > 0
            else None,
        )
        found.append(Bound(key, words, figure, tuple(values), one))
    return found


def _unknown(known: int, members: int) -> str:
    if known == members:
        return ""
    if not known:
        return "no place is free, so no fee covers it"
    return f"in {members - known} of {members} futures no place is free and no fee covers it"


@once
def pairings(use: Use) -> tuple[Pairing, ...]:
    """Every test of the sender with every test of the receiver."""
    # Neither side's tests are made where the other has none to stand beside.
    bottoms = lowest(use) if asked(use) else ()
    tops = highest(use) if bottoms else ()
    return tuple(
        Pairing(top, bottom, *_verdict(use, top, bottom)) for top in tops for bottom in bottoms
    )


def _paired(top: Bound, bottom: Bound) -> str:
    return f"{top.key}-{bottom.key}"


def widths(use: Use) -> Iterator[Figure]:
    """By how much the highest fee of the sender is above the lowest of the receiver, below nought
    where no fee serves both: for the pairings in one currency that every member has, the places of
    the receiver as the file states them."""
    for pair in pairings(use):
        top, bottom = pair.top.figure, pair.bottom.figure
        both = list(zip(pair.top.values, pair.bottom.values, strict=True))
        known = [high - low for high, low in both if high is not None and low is not None]
        stated = pair.bottom.free is None or pair.bottom.free.claim.key == STATED
        if not stated or top.unit != bottom.unit or len(known) < len(both):
            continue
        title = pair.verdict.title
        # By the days of all, as both ends are; of all members, even of one without a day.
        days = use.place_days if all(use.place_days) else [0] * len(known)
        yield making.a_day(
            f"{use.id}.corridor.width.{pair.key}",
            f"Room for a fee: {title[0].lower()}{title[1:]}",
            top.unit,
            known,
            days,
            "highest fee less lowest fee, future by future; below nought: none serves both",
            (top, bottom),
        )


def _verdict(use: Use, top: Bound, bottom: Bound) -> tuple[Figure, Figure]:
    """Whether a fee satisfies both: in words, and the share of members in which it does."""
    id_ = f"{use.id}.corridor.{_paired(top, bottom)}"
    inputs: tuple[Input, ...] = (top.figure, bottom.figure)
    title = f"Sender at {top.words}, receiver at {bottom.words}"
    if bottom.figure.value is not None and top.figure.unit != bottom.figure.unit:
        why = "the two costs are in two currencies and no rate of exchange is applied"
        return (
            making.unknown(id_, title, "words", why, inputs),
            making.unknown(f"{id_}.share", f"{title}, share of futures", "share", why, inputs),
        )
    is_open = [
        low is not None and high is not None and low <= high
        for high, low in zip(top.values, bottom.values, strict=True)
    ]
    share = sum(is_open) / len(is_open)
    words = SUITS[0] if share == 1 else SUITS[1] if share == 0 else SUITS[2]
    formula = "where the lowest fee for the receiver is not above the highest for the sender"
    figures = (
        making.say(id_, title, words, formula, inputs),
        Figure(
            f"{id_}.share",
            f"{title}, share of futures",
            share,
            "share",
            "futures in which some fee suits both / all futures",
            inputs,
        ),
    )
    return figures


@once
def places_needed(use: Use) -> Figure:
    """Places that would have to be full all year for the fee to pay for the whole system."""
    id_, title = f"{use.id}.corridor.places-needed", "Places that would pay for the whole system"
    price, cost = payments.headline(use), earned.system_cost(use.ensemble.scn, use.id)
    if cost is None or price.value is None or price.unit != f"{cost.currency}/place-day":
        why = price.note or "the fee and the cost of the whole system cannot be compared"
        return making.unknown(id_, title, "places", why, (price,))
    path = f"{use.agreement.receiving}.costs.system"
    inputs: tuple[Input, ...] = (*priced.inputs(use.basis, [path]), price)
    values = _needed(use)
    return making.figure(
        id_,
        title,
        "places",
        values,
        f"cost of the whole system a year{priced.when(use)} / (headline price x "
        f"{DAYS_A_YEAR} days)",
        inputs,
        "" if values else "nothing is paid",
        _needed_by(priced.stated(use), use.id, price.value) if values else None,
    )


@once
def places_agreed(use: Use) -> Figure:
    """Places of the agreement, as it is declared."""
    number = use.basis.number(f"agreements.{use.id}.places")
    values = [float(round(s.agreements[use.id].places.value)) for s in use.ensemble.drawn]
    return making.figure(
        f"{use.id}.corridor.places-agreed",
        "Places of the agreement, as declared",
        "places",
        values,
        "as written in the scenario",
        (number,),
        number.note or "",
        float(round(use.agreement.places.value)),
    )


def _needed(use: Use) -> list[float]:
    found = []
    for scn, price in zip(priced.over_term(use), payments.headlines(use), strict=True):
        cost = earned.system_cost(scn, use.id)
        if cost is not None and price is not None and price.amount > 0:
            found.append(_needed_by(scn, use.id, price.amount))
    return [places for places in found if places is not None]


def _needed_by(scn: Scenario, agreement: str, price: Value) -> float | None:
    """Places at that price a place-day that pay for the whole system."""
    cost = earned.system_cost(scn, agreement)
    if cost is None or not isinstance(price, Decimal) or not price:
        return None
    return float(amounts.money(cost) / (price * amounts.YEAR))


def person_year(use: Use, price: Figure) -> Figure:
    """A price of a place-day as one of a person-year."""
    title = f"{price.title}, a person-year"
    if not isinstance(price.value, Decimal):
        return making.unknown(f"{price.id}.year", title, "", price.note or "not known", (price,))
    scale = [
        v * amounts.YEAR for v in (price.value, price.low, price.high) if isinstance(v, Decimal)
    ]
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


def tables(use: Use) -> tuple[Table, ...]:
    """Free places, what the fee needs, and every pairing of a sender's and a receiver's test."""
    rooms: list[tuple[Cell, ...]] = [(one.figure.title, one.figure) for one in room.free(use)]
    price = payments.headline(use)
    needs = [price, person_year(use, price), places_needed(use), places_agreed(use)]
    rooms = [*((f.title, f) for f in needs), *rooms]
    pairs: tuple[tuple[Cell, ...], ...] = tuple(
        (p.top.words, p.top.figure, p.bottom.words, p.bottom.figure, p.verdict, p.share)
        for p in pairings(use)
    )
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
                "Whether a fee suits both",
                "In how many futures",
            ),
            pairs,
            "" if pairs else "Costs of the sender or the receiver are not given.",
        ),
    )

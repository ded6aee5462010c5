"""A fee for both sides: the fees that pass each test, and every test with every other."""

from __future__ import annotations

from bedspace.appraisal.charts import wording
from bedspace.appraisal.fee import payments
from bedspace.appraisal.figures.tables import Chart, Datum
from bedspace.appraisal.members.use import Use
from bedspace.appraisal.parties import corridor
from bedspace.appraisal.parties.corridor import Bound


def ranges(use: Use) -> Chart | None:
    """Each test as a range of fees that pass it; the headline price as a line across."""
    if not corridor.pairings(use):
        return None
    tops, bottoms = (
        [b for b in side if wording.known(b.figure)]
        for side in (corridor.highest(use), corridor.lowest(use))
    )
    shown = [*tops, *bottoms]
    unit = shown[0].figure.unit if shown else ""
    if not tops or not bottoms or len({b.figure.unit for b in shown}) != 1:
        return None
    price = payments.headline(use)
    marked = wording.known(price) and price.unit == unit
    sender, receiver = wording.parties(use.ensemble.scn, use.agreement)
    rows: list[Datum] = [
        {
            "label": f"{sender} saves: {b.words}",
            "text": f"up to {wording.with_range(b.figure)}",
            "low": 0.0,
            "high": max(wording.amount(b.figure), 0.0),
            "group": "sender",
        }
        for b in tops
    ]
    rows += [
        {
            "label": f"{receiver} covers: {b.words}",
            "text": f"from {wording.with_range(b.figure)}",
            "low": wording.amount(b.figure),
            "open": "high",
            "group": "receiver",
        }
        for b in bottoms
    ]
    most, least = _least_and_most(tops), _least_and_most(bottoms)
    title = wording.shortest(
        f"{sender} can pay {most} a day; {receiver} needs {least}",
        f"{sender} can pay {most}; {receiver} needs {least}",
        f"The sender can pay {most} a day; the receiver needs {least}",
    )
    marks: tuple[Datum, ...] = ()
    if marked:
        value = wording.amount(price)
        marks = ({"value": value, "label": f"headline price {wording.of(price)}"},)
    return Chart(
        f"{use.id}.corridor-ranges",
        title,
        "range",
        unit,
        "",
        tuple(rows),
        (*(b.figure for b in shown), price),
        f"{use.id}.corridor",
        marks,
        f"A fee suits both where bars of {_within(sender)} and {_within(receiver)} overlap. "
        f"In brackets: what holds 95 % of {wording.futures(use.ensemble.members)}.",
        f"Fees at which each side is satisfied, {unit.partition('/')[0]} a place-day",
        tuple(b.figure for b in shown),
    )


def _least_and_most(bounds: list[Bound]) -> str:
    ordered = sorted((b.figure for b in bounds), key=wording.amount)
    first, last = wording.of(ordered[0]), wording.of(ordered[-1])
    return first if first == last else f"{first} to {last}"


def _within(name: str) -> str:
    """A party's name within a sentence."""
    return f"the{name[3:]}" if name.startswith("The ") else name


def grid(use: Use) -> Chart | None:
    """For every reading of both sides' costs, the share of futures in which a fee suits both."""
    pairs = [p for p in corridor.pairings(use) if wording.known(p.share)]
    if not pairs:
        return None
    sender, receiver = wording.parties(use.ensemble.scn, use.agreement)
    rows: tuple[Datum, ...] = tuple(
        {
            "row": f"{receiver} covers: {pair.bottom.words}",
            "column": f"{sender} saves: {pair.top.words}",
            "value": wording.amount(pair.share),
            "text": _share(wording.amount(pair.share)),
        }
        for pair in pairs
    )
    shares = [wording.amount(pair.share) for pair in pairs]
    whole, some = sum(s == 1 for s in shares), sum(s > 0 for s in shares)
    count = len(pairs)
    if not some:
        title = f"No fee suits both sides, on any of {count} readings of their costs"
    elif whole == count:
        title = f"A fee suits both sides on all {count} readings of their costs"
    elif whole:
        title = f"On {whole} of {count} readings of the costs a fee suits both in every future"
    else:
        title = f"On {some} of {count} readings of the costs a fee suits both in some futures"
    return Chart(
        f"{use.id}.corridor-grid",
        title,
        "matrix",
        "sender",
        "receiver",
        rows,
        tuple(figure for pair in pairs for figure in (pair.verdict, pair.share)),
        f"{use.id}.corridor",
        (),
        f"Shares of {wording.futures(use.ensemble.members)}.",
        "Share of simulated futures in which one fee suits both sides, by how each counts its cost",
        tuple(pair.share for pair in pairs),
    )


def _share(share: float) -> str:
    return "never" if not share else "always" if share == 1 else wording.percent(share)

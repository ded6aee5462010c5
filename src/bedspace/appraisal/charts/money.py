"""The sender's money: futures as dots, a day's money, and where renting pays."""

from __future__ import annotations

from collections.abc import Sequence

from bedspace.appraisal.charts import wording
from bedspace.appraisal.fee import payments
from bedspace.appraisal.figures.figure import Figure
from bedspace.appraisal.figures.tables import Chart, Datum
from bedspace.appraisal.members.members import Ensemble
from bedspace.appraisal.members.use import Use
from bedspace.appraisal.sender import avoided, costs, measure, saving

MOST_DOTS = 200
"""Futures that are drawn one by one; of more, dots stand at their hundredths."""


def futures(use: Use) -> Chart | None:
    """The net saving of every simulated future, at either end of what may be avoided at home."""
    found = [
        (cost_basis, saving.saving(use, cost_basis, False))
        for cost_basis in dict.fromkeys(avoided.ends(use))
        if cost_basis in avoided.bases(use)
    ]
    sender = wording.system(use.ensemble.scn, use.agreement.sending)
    return _dots(
        f"{use.id}.saving-futures",
        found,
        f"Net saving by renting over the simulated years, {sender}",
        "renting",
        f"{use.id}.saving",
        payments.idle(use),
    )


def reform(ensemble: Ensemble, system: str) -> Chart | None:
    """The same of a change where no agreement is in question."""
    found = [
        (cost_basis, measure.saved(ensemble, system, cost_basis))
        for cost_basis in ("marginal", "average")
        if cost_basis in measure.bases(ensemble, system)
    ]
    name = wording.system(ensemble.scn, system)
    return _dots(
        f"costs.{system}.futures",
        found,
        f"Net saving by the change over the simulated years, {name}",
        "the change",
        f"costs.{system}",
        "",
    )


def _dots(
    id_: str,
    given: Sequence[tuple[str, Figure]],
    subject: str,
    what: str,
    table: str,
    idle: str,
) -> Chart | None:
    found = [(b, f) for b, f in given if wording.known(f) and len(f.by_member) > 1]
    if not found or len({figure.unit for _, figure in found}) > 1:
        return None
    rows: list[Datum] = []
    marks: list[Datum] = []
    for cost_basis, figure in found:
        label = f"Counted at {costs.BRIEFLY[cost_basis]}"
        rows += [
            {"label": label, "value": value, "group": "a loss" if value < 0 else "a saving"}
            for value in _shown(figure)
        ]
        marks.append({"label": label, "below": _told(figure, -1), "above": _told(figure, 1)})
    cost_basis, figure = found[0]
    values = [float(v) for v in figure.by_member]
    lost, whole = sum(v < 0 for v in values), len(values)
    at = f"Counted at {costs.BRIEFLY[cost_basis]}, {what}"
    title = f"{at} loses money in {lost} of {whole} futures"
    if lost == whole:
        title = f"{at} loses money in all {whole} futures"
    elif not lost:
        title = f"{at} saves money in all {whole} futures"
        if any(v == 0 for v in values):
            saves = sum(v > 0 for v in values)
            title = f"{at} saves money in {saves} of {whole} futures"
    dots = "Each dot is one simulated future"
    if len(rows) > 2 * MOST_DOTS or len(values) > MOST_DOTS:
        dots = f"Each dot is a hundredth of {whole} simulated futures"
    return Chart(
        id_,
        title,
        "dots",
        figure.unit,
        "",
        tuple(rows),
        tuple(figure for _, figure in found),
        table,
        tuple(marks),
        f"{dots}; left of nought it loses money.{f' It is {idle}.' if idle else ''}",
        f"{subject}, {figure.unit}",
        (figure,),
    )


def _shown(figure: Figure) -> list[float]:
    values = sorted(float(v) for v in figure.by_member)
    if len(values) <= MOST_DOTS:
        return values
    return [values[int((i + 0.5) / 100 * len(values))] for i in range(100)]


def _told(figure: Figure, sign: int) -> str:
    values = [float(v) for v in figure.by_member]
    count = sum(v * sign > 0 for v in values)
    if not count:
        return ""
    share = f"all {count}" if count == len(values) else f"{count} of {len(values)}"
    return f"{share} {'save' if sign > 0 else 'lose'} money"


def day(use: Use) -> Chart | None:
    """What a place-day costs, and what it avoids at home on each cost basis."""
    price = payments.price_used(use)
    gains = [(b, saving.gained(use, b, True)) for b in dict.fromkeys(avoided.ends(use))]
    gains += [("average", saving.gained(use, "average", True))]
    shown = {b: f for b, f in gains if wording.known(f) and f.unit == price.unit}
    if not wording.known(price) or not shown:
        return None
    announced = payments.announced(use)
    listed = [("Paid for a day that is used", price, "paid")]
    if wording.known(announced) and wording.of(announced) != wording.of(price):
        listed.insert(0, ("Price as announced, all places full", announced, "paid"))
    listed += [
        (f"Avoided at home, at {costs.BRIEFLY[b]}", figure, "avoided")
        for b, figure in shown.items()
    ]
    rows: list[Datum] = []
    for label, figure, group in listed:
        low, high = wording.ends(figure)
        rows.append({
            "label": label,
            "text": wording.with_range(figure),
            "low": low,
            "value": wording.amount(figure),
            "high": high,
            "group": group,
        })  # fmt: skip
    cost_basis, gain = next(iter(shown.items()))
    price_, avoids = wording.of(price), wording.with_range(gain).partition(" (")[0]
    title = (
        f"A rented place costs {price_} a day and avoids {avoids} at {costs.BRIEFLY[cost_basis]}"
    )
    return Chart(
        f"{use.id}.day",
        title,
        "range",
        price.unit,
        "",
        tuple(rows),
        tuple(figure for _, figure, _ in listed),
        f"{use.id}.saving",
        (),
        f"Point: mean of {wording.futures(use.ensemble.members)}; bar: what holds 95 % of them.",
        f"What a place-day costs and what it avoids at home, {price.unit.partition('/')[0]}",
        (price, gain),
    )


def by_share(use: Use) -> Chart | None:
    """Net saving a place-day against the share of the average cost that is really avoided, with the
    range that the file gives."""
    price, mean = payments.price_used(use), saving.gained(use, "average", True)
    even = saving.break_even_share(use)
    if not (wording.known(price) and wording.known(mean) and wording.known(even)):
        return None
    if price.unit != mean.unit:
        return None
    part = costs.share(use.ensemble.scn, use.agreement.sending, use.agreement.eligible.groups[0])
    paid, cost, share = (wording.amount(figure) for figure in (price, mean, even))
    marks: list[Datum] = [{"x": share, "label": f"breaks even at {wording.percent(share)}"}]
    if part is not None and part.low is not None and part.high is not None:
        ends = f"{wording.percent(part.low)} to {wording.percent(part.high)}"
        marks.insert(0, {"x": part.low, "x2": part.high, "label": f"the file gives {ends}"})
    elif part is not None:
        marks.insert(0, {"x": part.value, "label": f"the file gives {wording.percent(part.value)}"})
    last = max(1.0, min(1.2 * share, 3.0))
    if share > last:
        marks.pop()
    marks.append({"value": 0.0, "label": "above this line renting pays"})
    title = f"Renting pays only if at least {wording.of(even)} of average cost is really avoided"
    if share > 1:
        much = wording.of(even) + " of" if share < 2 else f"{wording.figures(share)} times"
        title = f"Renting costs {much} the average cost at home, so it never pays"
    return Chart(
        f"{use.id}.saving-by-share",
        title,
        "line",
        "share of the average cost really avoided",
        f"net saving, {price.unit}",
        tuple(
            {"x": last * i / 20, "y": cost * last * i / 20 - paid, "group": ""} for i in range(21)
        ),
        (price, mean, even, *saving.cost_inputs(use, "marginal")),
        f"{use.id}.cheaper",
        tuple(marks),
        "At the mean price and the mean average cost of the simulated futures.",
        f"Net saving of a place-day, {price.unit.partition('/')[0]}, by how much is really avoided "
        "at home",
        (even,),
    )

"""What the sending system avoids, and what that leaves when the fee is paid, on each cost basis."""

from __future__ import annotations

from decimal import Decimal

from bedspace.appraisal.fee import invoices, payments
from bedspace.appraisal.figures import making, words
from bedspace.appraisal.figures.figure import Figure, Input
from bedspace.appraisal.figures.once import once
from bedspace.appraisal.figures.tables import Cell, Table
from bedspace.appraisal.members.use import Use
from bedspace.appraisal.sender import avoided, costs, emptied, priced

_RUNGS = {
    "short-run": "variable cost of each facility x person-days fewer in it",
    "wings": "the short run + what is saved for each year that a wing or a prison is empty",
    "long-run": "with wings and prisons + what a place more costs a year x place-years not built",
}


@once
def gained(use: Use, cost_basis: str, per_day: bool) -> Figure:
    """Cost avoided at home while people were held abroad, on one cost basis."""
    at = costs.IN_WORDS[cost_basis]
    tail = "place-day" if per_day else "total"
    title = f"Cost avoided at {at}{', a place-day used' if per_day else ''}"
    id_ = f"{use.id}.avoided.{cost_basis}.{tail}"
    why = avoided.why_none(use, cost_basis)
    inputs = rests_on(use, cost_basis, per_day, why)
    if why:
        return making.unknown(id_, title, "", why, inputs)
    currency = str(avoided.currency(use, cost_basis))
    if not per_day:
        formula = _RUNGS.get(cost_basis, f"({_by_day(use, cost_basis)}) x place-days used")
        return making.figure(id_, title, currency, avoided.totals(use, cost_basis), formula, inputs)
    return _gained_a_day(use, cost_basis, f"{currency}/place-day", (id_, title, inputs))


def _gained_a_day(
    use: Use, cost_basis: str, unit: str, named: tuple[str, str, tuple[Input, ...]]
) -> Figure:
    """What a place-day avoids, over all that were used; where none was, as the file states it, of
    members in which it is in force."""
    id_, title, inputs = named
    each = avoided.each_day(use, cost_basis)
    rung = cost_basis in costs.RUNGS
    formula = "cost avoided in all / place-days used" if rung else _by_day(use, cost_basis)
    exact, on = avoided.stated(use, cost_basis), use.in_force
    kept = [v for v, there in zip(each, on, strict=True) if there or not any(on)]
    days = [n for n, there in zip(use.place_days, on, strict=True) if there or not any(on)]
    note = "" if any(v is not None for v in kept) else "no place was used in any future"
    return making.a_day(id_, title, unit, kept, days, formula, inputs, note, exact)


@once
def saving(use: Use, cost_basis: str, per_day: bool) -> Figure:
    """Cost avoided less what was paid: below nought it is a loss."""
    at = costs.IN_WORDS[cost_basis]
    tail = "place-day" if per_day else "total"
    id_ = f"{use.id}.saving.{cost_basis}.{tail}"
    title = f"Net saving at {at}{', a place-day used' if per_day else ''}"
    gain = gained(use, cost_basis, per_day)
    price = payments.price_used(use) if per_day else payments.paid(use)
    inputs = (gain, price)
    why = why_not(gain, price)
    if why:
        return making.unknown(id_, title, "", why, inputs)
    formula = f"cost avoided less {'price' if per_day else 'total'} paid; below nought: a loss"
    if not per_day:
        each = savings(use, cost_basis)
        return making.figure(id_, title, gain.unit, each, formula, inputs, payments.idle(use))
    found = zip(
        avoided.each_day(use, cost_basis), invoices.totals(use), use.place_days, strict=True
    )
    parts = [(v * n - paid, n) for v, paid, n in found if v is not None and n]
    note = payments.some(len(parts), use)
    return making.ratio(id_, title, gain.unit, parts, formula, inputs, note)


def savings(use: Use, cost_basis: str) -> list[Decimal]:
    """Saving of each member."""
    both = zip(avoided.totals(use, cost_basis), invoices.totals(use), strict=True)
    return [gain - paid for gain, paid in both]


@once
def verdict(use: Use, cost_basis: str) -> Figure:
    """Whether renting raises the sender's costs or lowers them, in words."""
    at = costs.IN_WORDS[cost_basis]
    id_, title = f"{use.id}.saving.{cost_basis}.verdict", f"Renting, at {at}"
    net = saving(use, cost_basis, False)
    if net.value is None:
        return making.unknown(id_, title, "words", net.note, (net,))
    found = [value for value, on in zip(savings(use, cost_basis), use.in_force, strict=True) if on]
    if not found:
        return making.unknown(id_, title, "words", "it was in force in no future", (net,))
    rise = sum(value < 0 for value in found)
    told = (
        "costs rise"
        if rise == len(found)
        else "costs fall"
        if not rise
        else f"costs rise in {percent(rise / len(found))} of futures"
    )
    formula = "costs rise where less is avoided than is paid"
    return making.say(id_, title, told, formula, (net,))


@once
def break_even_share(use: Use) -> Figure:
    """The share of the average cost that would have to be avoided for the fee to pay."""
    id_ = f"{use.id}.saving.break-even"
    title = "Renting is cheaper where at least this share of the average cost is really avoided"
    price, mean = payments.price_used(use), gained(use, "average", True)
    inputs = (price, mean)
    if price.value is None or mean.value is None or price.unit != mean.unit:
        return making.unknown(id_, title, "share", "price and cost cannot be compared", inputs)
    parts = [
        (invoice.total, cost * used)
        for invoice, used, cost in zip(
            invoices.of(use), use.place_days, avoided.daily(use, "average"), strict=True
        )
        if invoice is not None and used and cost
    ]
    return making.ratio(
        id_,
        title,
        "share",
        parts,
        "price of a place-day used / average cost of a person-day",
        inputs,
        "above 100 %: it costs more than the whole average",
    )


@once
def holds(use: Use) -> Figure:
    """Where the share that is really avoided stands to the one at which renting pays, in words."""
    id_, title = f"{use.id}.saving.holds", "So renting is cheaper"
    even = break_even_share(use)
    if even.value is None:
        return making.unknown(id_, title, "words", even.note, (even,))
    assert isinstance(even.value, float)
    if even.value > 1:
        told = "nowhere: it costs more than the whole average cost at home"
    else:
        told = f"at a marginal cost of {words.number(even.value, 'share')} of the average and more"
    said = {
        costs.share(use.ensemble.scn, use.agreement.sending, group)
        for group in use.agreement.eligible.groups
    }
    part = said.pop() if len(said) == 1 else None
    if part is not None:
        told += f"; the marginal share is said to be {percent(part.value)}"
        if part.low is not None and part.high is not None:
            told += f" ({percent(part.low)} to {percent(part.high)})"
    inputs = (even, *cost_inputs(use, "marginal"))
    return making.say(id_, title, told, "the share above set beside the one given", inputs)


def table(use: Use) -> Table:
    """What is avoided and saved on every cost basis."""
    rows: list[tuple[Cell, ...]] = [
        (
            costs.IN_WORDS[cost_basis].capitalize(),
            gained(use, cost_basis, True),
            gained(use, cost_basis, False),
            saving(use, cost_basis, True),
            saving(use, cost_basis, False),
            verdict(use, cost_basis),
        )
        for cost_basis in avoided.bases(use)
    ]
    return Table(
        f"{use.id}.saving",
        "What the sending system avoids and saves",
        (
            "Counted at",
            "Avoided a place-day",
            "Avoided in all",
            "Saved a place-day",
            "Saved in all",
            "So",
        ),
        tuple(rows),
        "Moving a person avoids the marginal cost. The average cost also includes buildings and "
        "staff that remain. A saving below nought is a loss. Costs at home are at the prices of "
        "each year where the scenario gives their year and an index, and else stay as given.",
    )


def cheaper(use: Use) -> Table:
    """Where renting is cheaper: the share of the average cost that must really be avoided."""
    found = (break_even_share(use), holds(use))
    rows: tuple[tuple[Cell, ...], ...] = tuple((f.title, f) for f in found)
    return Table(f"{use.id}.cheaper", "Where renting is cheaper", ("", "Figure"), rows)


def cost_inputs(use: Use, cost_basis: str) -> tuple[Input, ...]:
    """The costs of a person-day of the groups that may be sent."""
    scn, sending = use.ensemble.scn, use.agreement.sending
    found: dict[str, None] = {}
    for group in use.agreement.eligible.groups:
        where = costs.paths_of(scn, sending, group)
        chosen = (where.average, where.times, None if cost_basis == "average" else where.marginal)
        found.update(dict.fromkeys(path for path in chosen if path))
    return priced.inputs(use.basis, found or [f"agreements.{use.id}.places"])


def rests_on(use: Use, cost_basis: str, per_day: bool, why: str) -> tuple[Input, ...]:
    """What a cost avoided rests on: the costs given, how much was used, what is filled again."""
    rung = next((one for one in costs.RUNGS if one == cost_basis), None)
    if rung is not None and not why:
        if per_day:
            return (gained(use, rung, False), payments.place_days(use))
        before = costs.RUNGS.index(rung) - 1
        below = [gained(use, costs.RUNGS[before], False)] if before >= 0 else []
        return (*below, *emptied.inputs(use, rung))
    scn, sending = use.ensemble.scn, use.agreement.sending
    inputs = (*cost_inputs(use, cost_basis), *emptied.again(use))
    # A place-day avoids the same whoever uses it, unless groups cost differently.
    alike = {costs.paths_of(scn, sending, g) for g in use.agreement.eligible.groups}
    if per_day and len(alike) == 1:
        return inputs
    return (*inputs, payments.place_days(use))


def _by_day(use: Use, cost_basis: str) -> str:
    again = ", less the share filled again" if use.agreement.refilled is not None else ""
    return (
        f"{costs.IN_WORDS[cost_basis]} of a person-day of each group, weighted by the place-days "
        f"it used{again}"
    )


def why_not(gain: Figure, price: Figure) -> str:
    """Why cost and price cannot be set against each other; empty where they can."""
    if gain.value is None or price.value is None:
        return gain.note or price.note
    if gain.unit != price.unit:
        both = f"the fee is in {price.unit} and the cost in {gain.unit}"
        return f"{both}; no rate of exchange is applied"
    return ""


def percent(share: float | Decimal) -> str:
    return f"{100 * share:.0f} %"

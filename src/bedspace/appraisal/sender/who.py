"""What a day abroad avoids and saves by who is sent: the cheapest to hold, or the dearest."""

from __future__ import annotations

from decimal import Decimal

from bedspace.appraisal.fee import invoices, payments
from bedspace.appraisal.figures import making
from bedspace.appraisal.figures.figure import Figure, Input
from bedspace.appraisal.figures.once import once
from bedspace.appraisal.figures.tables import Cell, Table
from bedspace.appraisal.members import amounts
from bedspace.appraisal.members.use import Use
from bedspace.appraisal.sender import avoided, costs, emptied, priced, rungs, saving

BY_GROUP = ("average", "marginal", "short-run")
"""Cost bases on which groups can differ: a wing costs the same whoever was in it."""


def table(use: Use) -> Table | None:
    """Every group of the sending system, whether it may be sent or not; None without costs."""
    known = _known(use)
    if not known:
        return None
    groups = use.ensemble.scn.systems[use.agreement.sending].groups
    rows: list[tuple[Cell, ...]] = []
    for name, group in groups.items():
        eligible = "yes" if name in use.agreement.eligible.groups else "no"
        figures: list[Cell] = []
        for cost_basis in known:
            figures += [_avoided(use, name, cost_basis), _saved(use, name, cost_basis)]
        rows.append((group.title or name, eligible, *figures))
    heads = [f"{what} at {costs.BRIEFLY[m]}" for m in known for what in ("Avoided", "Saved")]
    return Table(
        f"{use.id}.who",
        "What a place-day avoids and saves, by who is sent",
        ("Group", "Eligible", *heads),
        tuple(rows),
        "As if only that group were sent, at the price of a place-day used. A group without a "
        "multiple (times) in the file is assumed to cost the same as the others. Eligible says "
        "what was agreed; whether the law allows it is in the section on law.",
    )


def multiples(use: Use) -> Table | None:
    """What those sent would have to cost at home for it to pay; None without costs."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (costs.IN_WORDS[cost_basis].capitalize(), multiple(use, cost_basis))
        for cost_basis in _known(use)
    )
    if not rows:
        return None
    return Table(
        f"{use.id}.multiple",
        "What those sent would have to cost at home for it to pay",
        ("At", "As a multiple of what they do"),
        rows,
    )


@once
def multiple(use: Use, cost_basis: str) -> Figure:
    """What those sent would have to cost at home, as a multiple of what they do, for it to pay."""
    id_ = f"{use.id}.who.{cost_basis}.multiple"
    title = f"Multiple of their {costs.IN_WORDS[cost_basis]} at home at which it pays"
    price, gain = payments.price_used(use), saving.gained(use, cost_basis, True)
    inputs = (price, gain)
    if price.value is None or gain.value is None or price.unit != gain.unit:
        why = price.note or gain.note or "fee and cost are in two currencies"
        return making.unknown(id_, title, "times", why, inputs)
    each = zip(invoices.of(use), use.place_days, avoided.each_day(use, cost_basis), strict=True)
    parts = [
        (invoice.total, value * used)
        for invoice, used, value in each
        if invoice is not None and used and value
    ]
    formula = "price of a place-day used / cost avoided a place-day"
    why = "" if parts else "nothing is avoided"
    return making.ratio(id_, title, "times", parts, formula, inputs, why)


@once
def _avoided(use: Use, group: str, cost_basis: str) -> Figure:
    id_ = f"{use.id}.who.{group}.{cost_basis}.avoided"
    title = f"Avoided by a place-day of {group} at {costs.IN_WORDS[cost_basis]}"
    inputs = _inputs(use, group, cost_basis)
    each = daily(use, group, cost_basis)
    values = [value for value in each if value is not None]
    if not values:
        missing = f"no {costs.IN_WORDS[cost_basis]} of a person-day is given"
        # A variable cost is always given here, or the table is not made.
        nobody = "in no future fewer people are held at home"
        why = nobody if cost_basis == "short-run" else missing
        return making.unknown(id_, title, "", why, inputs)
    formula = (
        "variable cost saved / person-days fewer, times what the group is a multiple of those sent"
        if cost_basis == "short-run"
        else f"{costs.IN_WORDS[cost_basis]} of a person-day of the group"
    )
    unit = f"{avoided.currency(use, cost_basis)}/place-day"
    note = payments.some(len(values), use)
    parts = [(v * n, n) for v, n in zip(each, use.place_days, strict=True) if v is not None and n]
    if parts:
        return making.ratio(id_, title, unit, parts, formula, inputs, note)
    return making.figure(id_, title, unit, values, formula, inputs, note)


@once
def _saved(use: Use, group: str, cost_basis: str) -> Figure:
    id_ = f"{use.id}.who.{group}.{cost_basis}.saved"
    title = f"Saved by a place-day of {group} at {costs.IN_WORDS[cost_basis]}"
    gain, price = _avoided(use, group, cost_basis), payments.price_used(use)
    if gain.value is None or price.value is None or gain.unit != price.unit:
        why = gain.note or price.note or "fee and cost are in two currencies"
        return making.unknown(id_, title, "", why, (gain, price))
    each = daily(use, group, cost_basis)
    parts = [
        (gain_ * used - invoice.total, used)
        for gain_, invoice, used in zip(each, invoices.of(use), use.place_days, strict=True)
        if gain_ is not None and invoice is not None and used
    ]
    formula = "avoided less the price of a place-day used; below nought: a loss"
    note = payments.some(len(parts), use)
    return making.ratio(id_, title, gain.unit, parts, formula, (gain, price), note)


def daily(use: Use, group: str, cost_basis: str) -> list[Decimal | None]:
    """What a place-day used by a group avoids, by member; empty where that is not known, None in a
    member in which nobody fewer is held at home."""
    sending = use.agreement.sending
    found: list[Decimal | None] = []
    for m, scn in enumerate(use.ensemble.drawn):
        keep = 1 - amounts.exact(rungs.refilled(use)[m])
        if cost_basis != "short-run":
            each = priced.a_year(
                use, m, lambda now: costs.person_day(now, sending, group, cost_basis), used=True
            )
            if each is None:
                return []
            found.append(each * keep)
            continue
        one, sent = rungs.of(use)[m], costs.times_of(scn, sending, use.weights(m))
        fewer = amounts.exact(sum(one.fewer.values()))
        if fewer <= 0 or not sent:
            found.append(None)
            continue
        a_day = sum(one.short_run.values(), Decimal(0)) / fewer / sent
        found.append(a_day * costs.times(scn, sending, group) * keep)
    return found


def _known(use: Use) -> list[str]:
    return [m for m in BY_GROUP if m in avoided.bases(use) and not avoided.why_none(use, m)]


def _inputs(use: Use, group: str, cost_basis: str) -> tuple[Input, ...]:
    where = costs.paths_of(use.ensemble.scn, use.agreement.sending, group)
    again = emptied.again(use)
    if cost_basis == "short-run":
        own = use.basis.numbers([where.times] if where.times else [])
        return (saving.gained(use, cost_basis, False), *own, *again)
    chosen = (where.average, where.times, None if cost_basis == "average" else where.marginal)
    found = priced.inputs(use.basis, (path for path in chosen if path))
    return (*found, *again) or use.basis.numbers([f"agreements.{use.id}.places"])

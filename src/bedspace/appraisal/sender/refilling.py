"""What filling freed places again with others does to what is avoided and saved."""

from __future__ import annotations

from decimal import Decimal

from bedspace.appraisal.fee import invoices, payments
from bedspace.appraisal.figures import making
from bedspace.appraisal.figures.figure import Figure
from bedspace.appraisal.figures.once import once
from bedspace.appraisal.figures.spread import CENT
from bedspace.appraisal.figures.tables import Cell, Table
from bedspace.appraisal.members.use import Use
from bedspace.appraisal.sender import avoided, costs, saving


def table(use: Use) -> Table | None:
    """What filling freed places again does to the saving: none, as stated, and all; None where no
    cost is known."""
    cost_bases = [m for m in avoided.ends(use) if not avoided.why_none(use, m)]
    if not cost_bases:
        return None
    rows: list[tuple[Cell, ...]] = []
    for key, told in (("none", "none"), ("stated", "as stated"), ("all", "all")):
        if key == "stated" and use.agreement.refilled is None:
            continue
        found: list[Cell] = []
        for cost_basis in cost_bases:
            found += [_refilled(use, cost_basis, key), _left(use, cost_basis, key)]
        rows.append((told, *found))
    heads = [f"{what} at {costs.BRIEFLY[m]}" for m in cost_bases for what in ("Avoided", "Saved")]
    return Table(
        f"{use.id}.refilling",
        "If freed places are filled again with others",
        ("Filled again", *heads),
        tuple(rows),
        "By people who cost as much. What is paid stays the same.",
    )


@once
def _refilled(use: Use, cost_basis: str, key: str) -> Figure:
    if key == "stated":
        return saving.gained(use, cost_basis, False)
    share = Decimal(0) if key == "none" else Decimal(1)
    return making.figure(
        f"{use.id}.refilled.{key}.{cost_basis}.avoided",
        f"Cost avoided at {costs.IN_WORDS[cost_basis]} {_if(key)}",
        str(avoided.currency(use, cost_basis)),
        avoided.totals(use, cost_basis, share),
        f"as the cost avoided, with {saving.percent(share)} of the places filled again",
        saving.rests_on(use, cost_basis, False, ""),
    )


@once
def _left(use: Use, cost_basis: str, key: str) -> Figure:
    if key == "stated":
        return saving.saving(use, cost_basis, False)
    gain, paid = _refilled(use, cost_basis, key), payments.paid(use)
    id_ = f"{use.id}.refilled.{key}.{cost_basis}.saved"
    title = (
        f"Net saving at {costs.IN_WORDS[cost_basis]} if {key} of the freed places are filled again"
    )
    why = saving.why_not(gain, paid)
    if why:
        return making.unknown(id_, title, "", why, (gain, paid))
    share = Decimal(0) if key == "none" else Decimal(1)
    each = zip(avoided.totals(use, cost_basis, share), invoices.totals(use), strict=True)
    values = [(a - b).quantize(CENT) for a, b in each]
    return making.figure(id_, title, gain.unit, values, "cost avoided less paid", (gain, paid))


def _if(key: str) -> str:
    return f"if {key} of the freed places are filled again"

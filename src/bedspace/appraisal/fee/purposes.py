"""What is paid, by what it is for: in all, as a share, and a place-day used."""

from __future__ import annotations

from decimal import Decimal

from bedspace.appraisal.fee import invoices, payments
from bedspace.appraisal.figures import making
from bedspace.appraisal.figures.currencies import nought
from bedspace.appraisal.figures.figure import Figure
from bedspace.appraisal.figures.once import once
from bedspace.appraisal.figures.tables import Cell, Table
from bedspace.appraisal.members.use import Use
from bedspace.rules import fees


def table(use: Use) -> Table | None:
    """What the money is for; None where it is for one thing."""
    if len(purposes(use)) < 2:
        return None
    rows: list[tuple[Cell, ...]] = [
        (
            purpose,
            paid_for(use, purpose),
            share_for(use, purpose),
            price_for(use, purpose),
        )
        for purpose in purposes(use)
    ]
    return Table(
        f"{use.id}.purposes",
        "What it was paid for",
        ("For", "In all", "Share", "A place-day used"),
        tuple(rows),
    )


def purposes(use: Use) -> tuple[fees.Purpose, ...]:
    """What the parts of the fee are for, in the order of `fees.PURPOSES`."""
    stated = {part.purpose for part in use.agreement.fee}
    return tuple(purpose for purpose in fees.PURPOSES if purpose in stated)


@once
def paid_for(use: Use, purpose: fees.Purpose) -> Figure:
    """The sum of the invoice's lines that are for one purpose."""
    total = payments.paid(use)
    return making.figure(
        f"{use.id}.paid.{purpose}",
        f"Paid for {purpose}",
        total.unit,
        _sums(use, purpose),
        f"the lines of the invoice that are for {purpose}",
        (total,),
        payments.idle(use),
    )


@once
def share_for(use: Use, purpose: fees.Purpose) -> Figure:
    """What is paid for one purpose over all that is paid."""
    parts = [
        (part, whole)
        for part, whole in zip(_sums(use, purpose), invoices.totals(use), strict=True)
        if whole
    ]
    return making.ratio(
        f"{use.id}.paid.{purpose}.share",
        f"Share paid for {purpose}",
        "share",
        parts,
        f"paid for {purpose} / total paid",
        (paid_for(use, purpose), payments.paid(use)),
        "" if parts else "nothing is paid",
    )


@once
def price_for(use: Use, purpose: fees.Purpose) -> Figure:
    """What is paid for one purpose, a place-day used."""
    part, days = paid_for(use, purpose), payments.place_days(use)
    parts = [
        (paid, used) for paid, used in zip(_sums(use, purpose), use.place_days, strict=True) if used
    ]
    return making.ratio(
        f"{use.id}.paid.{purpose}.place-day",
        f"Paid for {purpose}, a place-day used",
        f"{part.unit}/place-day",
        parts,
        f"paid for {purpose} / place-days used",
        (part, days),
        payments.some(len(parts), use) if parts else "no place was used in any future",
    )


def _sums(use: Use, purpose: fees.Purpose) -> list[Decimal]:
    none = nought(invoices.currency(use))
    return [invoice.for_(purpose) if invoice else none for invoice in invoices.of(use)]

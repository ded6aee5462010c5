"""The verb that invoices one member's use of an agreement, line by line."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bedspace.cli import show
from bedspace.cli.options import Folder, Json
from bedspace.exceptions import RunError

_WIDTH = 112

if TYPE_CHECKING:
    from bedspace.appraisal import MemberInvoice


def invoice(
    folder: Folder,
    agreement: Annotated[
        str | None,
        typer.Option("--agreement", "-a", help="The agreement's id, where there are several."),
    ] = None,
    member: Annotated[
        int | None,
        typer.Option(
            "--member", "-m", help="Whose use is invoiced.", show_default="the median total's"
        ),
    ] = None,
    currency: Annotated[
        str | None,
        typer.Option("--currency", help="Convert line by line at the scenario's monthly rate."),
    ] = None,
    ppp: Annotated[
        bool, typer.Option("--ppp", help="Convert by purchasing power, not by exchange.")
    ] = False,
    real: Annotated[
        bool, typer.Option("--real", help="Restate at the prices of the scenario's base year.")
    ] = False,
    csv: Annotated[
        Path | None, typer.Option("--csv", help="Write the lines to this file, too.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Invoice the use of an agreement in one member, month by month and line by line."""
    from bedspace import appraisal, reporting, results

    if ppp and currency is None:
        raise RunError("--ppp says how to convert but not into what; give --currency, too")
    found = appraisal.invoice(results.open(folder), agreement, member, currency, ppp, real)
    if csv is not None:
        reporting.write(csv, reporting.sheet(found))
    if as_json:
        show.print_json(
            {
                "agreement": found.use.id,
                "member": found.member,
                "members": found.use.ensemble.members,
                "chosen": found.chosen,
                "told_in": found.told_in,
                "currency": found.invoice.currency,
                "total": found.invoice.total,
                "stamps": list(found.stamps),
                "lines": reporting.rows(found),
            }
        )
        return
    _print(found)
    if csv is not None:
        show.say(f"the same lines: {csv}")


def _print(found: MemberInvoice) -> None:
    from bedspace import reporting
    from bedspace.appraisal.figures import words
    from bedspace.cli.pages import KEY, letters
    from bedspace.rules.fees import Money, shown

    use, invoice = found.use, found.invoice
    scn = use.ensemble.scn
    show.say(f"Invoice: {use.agreement.title or use.id} ({scn.title})")
    show.say(
        f"future {found.member} of {use.ensemble.members}, {found.chosen}; "
        f"from {use.agreement.from_}, run until {scn.end}; amounts in {invoice.currency}"
    )
    if found.told_in:
        show.say(
            f"restated {found.told_in}: each line at the rate or level of the first of its month"
        )
    own = {"", *(part.label for part in use.agreement.fee)}  # those stand in the second table
    rows = [
        [
            row["month"],
            f"{row['line']} {row['part']}",
            _grouped(row["quantity"]),
            row["unit"] if row["label"] in own else f"{row['unit']}; {row['label']}",
            _grouped(row["unit_price"]),
            _grouped(row["amount"]),
            _grouped(row["total"]),
        ]
        for row in reporting.rows(found)
    ]
    columns = ["month", "line", "quantity", "unit", "price", "amount", "total"]
    console = show.page()
    if not console.is_terminal:
        console.width = _WIDTH  # twelve decimals of a quantity and nine digits of money
    console.print(show.table("", columns, rows, right=(2, 4, 5, 6)))
    each = zip(found.parts, use.agreement.fee, strict=True)
    parts = [
        [str(i), part.title, written.purpose, _grouped(part.value), letters(part.stamps)]
        for i, (part, written) in enumerate(each, start=1)
    ]
    columns = ["line", "part of the fee", "for", invoice.currency, ""]
    console.print(show.table("In all", columns, parts, right=(3,)))
    total = shown(Money(invoice.total, invoice.currency))
    show.say(f"total: {total} {letters(found.stamps)}".rstrip())
    if found.stamps:
        show.say(f"{words.stamp_line(found.stamps)}\n{KEY}")


def _grouped(digits: object) -> str:
    return f"{Decimal(str(digits)):,f}"

"""What share of the receiving system's cost the fee pays, year by year, as the people it holds grow
or shrink in the run."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from bedspace.appraisal.fee import invoices
from bedspace.appraisal.figures import making
from bedspace.appraisal.figures.currencies import nought
from bedspace.appraisal.figures.figure import Figure
from bedspace.appraisal.figures.once import once
from bedspace.appraisal.figures.tables import Cell, Table
from bedspace.appraisal.members.members import counts
from bedspace.appraisal.members.use import Use
from bedspace.appraisal.receiver import earned
from bedspace.appraisal.sender import costs, priced
from bedspace.rules import fees

CIRCULAR = (
    "Where the number of places or the fee was itself derived from the cost of the whole system, a "
    "share of that cost says no more than how many of the places are used."
)


def table(use: Use) -> Table | None:
    """Fee income, cost and share by calendar year; None without a fee or an average cost of the
    receiver in the fee's currency."""
    years = _years(use)
    if not years or not _comparable(use):
        return None
    rows: list[tuple[Cell, ...]] = [
        (_named(use, year), _income(use, year), _cost(use, year), share(use, year))
        for year in years
    ]
    rows += [(figure.title, None, None, figure) for figure in summary(use)]
    places = use.agreement.places
    said = (
        f" Of the places the file says: {places.note}."
        if places.grade == "derived" and places.note
        else ""
    )
    return Table(
        f"{use.id}.coverage",
        "What share of its system's cost the fee pays, by year",
        ("In", "Fee income", "Cost of everybody it holds", "Share"),
        tuple(rows),
        "The cost is the stated average cost of a person-day for everybody in the system's "
        f"facilities on the days of the term, people sent included. {CIRCULAR}{said}",
    )


@once
def summary(use: Use) -> tuple[Figure, ...]:
    """The share in the first and in the last full year of the term, or what there is of years."""
    years = _years(use)
    if not years or not _comparable(use):
        return ()
    full = [year for year in years if _days(use, year) == _all_days(year)] or list(years)
    ends = [(full[0], "first")] if len(full) == 1 else [(full[0], "first"), (full[-1], "last")]
    found = []
    for year, which in ends:
        one = share(use, year)
        found.append(
            replace(
                one,
                id=f"{use.id}.receiver.coverage.{which}-year",
                title=f"{one.title}, the {which} full year"
                if _days(use, year) == _all_days(year)
                else one.title,
                formula="as by year",
                inputs=(one,),
            )
        )
    return tuple(found)


@once
def share(use: Use, year: int) -> Figure:
    """Fee income of a year over the cost of everybody the receiving system holds in it."""
    return making.ratio(
        f"{use.id}.receiver.coverage.{year}",
        f"Share of the cost of everybody it holds that the fee pays, {_named(use, year)}",
        "share",
        [
            (paid, cost)
            for paid, cost in zip(_incomes(use, year), _costs(use, year), strict=True)
            if cost
        ],
        "fee income of the year / cost of everybody held in it",
        (_income(use, year), _cost(use, year)),
        "" if any(_costs(use, year)) else "nobody is held",
    )


@once
def _income(use: Use, year: int) -> Figure:
    return making.figure(
        f"{use.id}.receiver.income.{year}",
        f"Paid to the receiver, {_named(use, year)}",
        _currency(use),
        _incomes(use, year),
        f"the lines of the invoice of {year} that are for {', '.join(earned.RECEIVED)}",
        (earned.received(use),),
    )


@once
def _cost(use: Use, year: int) -> Figure:
    receiving = use.agreement.receiving
    held = use.basis.simulated(
        f"{use.id}.run.receiver-people.{year}",
        f"people in the facilities of {receiving} on the days of the term in {year}, summed",
        [receiving],
    )
    return making.figure(
        f"{use.id}.receiver.system-cost.{year}",
        f"Cost of everybody the receiving system holds, {_named(use, year)}",
        _currency(use),
        _costs(use, year),
        "average cost of a person-day x person-days in its facilities",
        (*priced.inputs(use.basis, [f"{receiving}.costs.average"]), held),
    )


def _currency(use: Use) -> str:
    return use.agreement.fee[0].price.currency or ""


def _incomes(use: Use, year: int) -> list[Decimal]:
    return [
        sum(
            (
                line.amount
                for line in invoice.lines
                if line.month.year == year and line.purpose in earned.RECEIVED
            ),
            nought(_currency(use)),
        )
        if invoice
        else nought(_currency(use))
        for invoice in invoices.of(use)
    ]


def _costs(use: Use, year: int) -> list[Decimal]:
    days = _person_days(use).get((year,), [0.0] * use.ensemble.members)
    found = []
    for scn, held in zip(priced.drawn(use.ensemble, year), days, strict=True):
        each = costs.person_day(scn, use.agreement.receiving, None, "average") or Decimal(0)
        found.append(fees.rounded(each * int(held), _currency(use)))
    return found


@once
def _person_days(use: Use) -> dict[tuple[int], list[float]]:
    """Person-days in the receiving system on the days of the term, by year and member."""
    query = (
        "SELECT member, year(day), sum(people)::BIGINT FROM scenario_population "
        "WHERE system = $system AND day >= $first AND day < $end GROUP BY ALL"
    )
    first, end = use.spans[0].first, use.spans[-1].end
    asked = {"system": use.agreement.receiving, "first": first, "end": end}
    return counts(use.ensemble.comparison, query, use.ensemble.members, asked)


def _comparable(use: Use) -> bool:
    mean = costs.average(use.ensemble.scn, use.agreement.receiving)
    fee = use.agreement.fee
    return mean is not None and bool(fee) and mean.currency == fee[0].price.currency


def _years(use: Use) -> tuple[int, ...]:
    return tuple(dict.fromkeys(span.first.year for span in use.spans))


def _days(use: Use, year: int) -> int:
    return sum(span.days for span in use.spans if span.first.year == year)


def _all_days(year: int) -> int:
    return (date(year + 1, 1, 1) - date(year, 1, 1)).days


def _named(use: Use, year: int) -> str:
    days = _days(use, year)
    return f"{year}" if days == _all_days(year) else f"{days} days of {year}"

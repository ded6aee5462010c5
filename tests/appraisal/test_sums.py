"""Sums that add: where a row or a column is said to be a sum, the means shown come to it; and a
ratio is what the means shown come to, one by the other."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from bedspace.appraisal import Appraisal, Cell, Figure, Table
from bedspace.appraisal.figures import tracing

WHICH = ["granted", "everyone", "leased"]
CENT = 0.005 + 1e-9
"""What rounding to the cent takes from a number, at most."""


@pytest.fixture(params=WHICH)
def found(request: pytest.FixtureRequest) -> Appraisal:
    made: Appraisal = request.getfixturevalue(request.param)
    return made


def shown(cell: Cell) -> float:
    assert isinstance(cell, Figure) and isinstance(cell.value, int | float | Decimal)
    return float(cell.value)


def tables(found: Appraisal, end: str) -> list[Table]:
    return [t for s in found.sections for t in s.tables if t.id.endswith(end)]


def by_head(table: Table) -> Iterator[dict[str, Cell]]:
    for row in table.rows:
        yield dict(zip(table.columns, row, strict=True))


def test_what_is_a_sum_in_every_member_is_one_as_shown(found: Appraisal) -> None:
    sums = {f.id: added for f in found.figures.values() if (added := tracing.summands(f))}
    assert len(sums) > 10
    for id_, added in sums.items():
        made = sum(sign * shown(part) for sign, part in added)
        value = shown(found.figure(id_))
        slack = CENT * (len(added) + 1) if isinstance(found.figure(id_).value, Decimal) else 1e-6
        assert abs(made - value) <= slack, id_


def test_the_sums_that_matter_are_found(everyone: Appraisal) -> None:
    """Or the test above would hold of nothing: saved, in all and a place-day, and the impact."""
    day = "population.el-salvador.2030-12-31"
    for id_, parts in {
        "offer.saving.marginal.total": {"offer.avoided.marginal.total": 1, "offer.fee.paid": -1},
        "offer.saving.marginal.place-day": {
            "offer.avoided.marginal.place-day": 1,
            "offer.fee.price-used": -1,
        },
        f"{day}.impact": {f"{day}.baseline": -1, f"{day}.scenario": 1},
    }.items():
        added = tracing.summands(everyone.figure(id_))
        assert {part.id: sign for sign, part in added} == parts


def test_people_without_and_the_impact_are_people_with(found: Appraisal) -> None:
    heads = {"Baseline", "Scenario", "Impact"}
    rows = [
        row
        for section in found.sections
        for table in section.tables
        if heads <= set(table.columns)
        for row in by_head(table)
    ]
    assert len(rows) >= 5
    for row in rows:
        assert shown(row["Baseline"]) + shown(row["Impact"]) == pytest.approx(
            shown(row["Scenario"]), abs=1e-6
        )


def test_avoided_less_paid_is_saved_year_by_year_and_in_all(found: Appraisal) -> None:
    (table,) = tables(found, ".account.sender")
    bases = [h.removeprefix("Avoided at ") for h in table.columns if h.startswith("Avoided at ")]
    assert bases
    for row in by_head(table):
        for base in bases:
            left = shown(row[f"Avoided at {base}"]) - shown(row["Paid"])
            assert abs(left - shown(row[f"Saved at {base}"])) <= 3 * CENT


@pytest.mark.parametrize("who", ["sender", "receiver", "fee"])
def test_the_years_come_to_the_whole(found: Appraisal, who: str) -> None:
    for table in tables(found, f".account.{who}"):
        for column in range(1, len(table.columns)):
            *years, whole = (shown(row[column]) for row in table.rows)
            assert abs(sum(years) - whole) <= CENT * len(table.rows), table.columns[column]


def test_what_comes_in_less_its_cost_is_left_over(found: Appraisal) -> None:
    for table in tables(found, ".account.receiver"):
        for row in by_head(table):
            if "Left over that" in row:
                left = shown(row["Fee income"]) - shown(row["Cost of holding"])
                assert abs(left - shown(row["Left over that"])) <= 3 * CENT
            if "Left over both" in row:
                left = shown(row["Left over that"]) - shown(row["Fixed cost"])
                assert abs(left - shown(row["Left over both"])) <= 3 * CENT


def test_parts_of_the_fee_come_to_what_is_paid(leased: Appraisal) -> None:
    (table,) = tables(leased, ".account.fee")
    for row in table.rows:
        *parts, paid = (shown(cell) for cell in row[1:])
        assert len(parts) > 1 and abs(sum(parts) - paid) <= CENT * len(row)


def test_each_who_may_be_sent_saves_what_it_avoids_less_the_price(found: Appraisal) -> None:
    """In every member in which both are known, so also by the days of all."""
    price = shown(found.figure(f"{_agreement(found)}.fee.price-used"))
    (table,) = tables(found, ".who")
    for row in by_head(table):
        for head, cell in row.items():
            if head.startswith("Saved"):
                left = shown(row[f"Avoided{head.removeprefix('Saved')}"]) - price
                assert abs(left - shown(cell)) <= 3 * CENT


def test_the_groups_come_to_everybody(found: Appraisal) -> None:
    for table in tables(found, ".funnel"):
        for column in range(1, len(table.columns)):
            *groups, everybody = (shown(row[column]) for row in table.rows)
            assert sum(groups) == pytest.approx(everybody, abs=1e-6)


@pytest.mark.parametrize(
    ("ratio", "over", "under"),
    [
        ("fee.price-used", "fee.paid", "use.place-days"),
        ("avoided.marginal.place-day", "avoided.marginal.total", "use.place-days"),
        ("saving.marginal.place-day", "saving.marginal.total", "use.place-days"),
        ("saving.break-even", "fee.price-used", "avoided.average.place-day"),
        ("relative.sender.average", "fee.price-used", "avoided.average.place-day"),
    ],
)
def test_a_ratio_is_what_the_figures_beside_it_come_to(
    found: Appraisal, ratio: str, over: str, under: str
) -> None:
    one = _agreement(found)
    a, b = (shown(found.figure(f"{one}.{id_}")) for id_ in (over, under))
    # What is divided and what comes of it are rounded to the cent.
    slack = CENT * (1 + 1 / b + a / b**2) if b < 1e4 else CENT * 1.01
    assert abs(a / b - shown(found.figure(f"{one}.{ratio}"))) <= slack


def _agreement(found: Appraisal) -> str:
    (one,) = {t.id.partition(".")[0] for t in tables(found, ".price")}
    return one

"""What a single run says: counted again from its tables by plain sums."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import bedspace as bs
from bedspace.appraisal import Appraisal, Figure, of_run
from bedspace.results import Run

COST = Decimal(80)
"""EUR a person-day at home in two-hundred-places; the neighbour's cost is not given."""


@pytest.fixture(scope="module")
def made() -> Run:
    return bs.run("two-hundred-places", replicates=3, seed=1)


@pytest.fixture(scope="module")
def told(made: Run) -> Appraisal:
    return of_run(made)


def test_people_are_those_of_the_tables(made: Run, told: Appraisal) -> None:
    figure = told.figures["population.homeland.2026-12-31.scenario"]
    (want,) = made.sql(
        "select avg(n) from (select member, sum(people) as n from population "
        "where system = 'homeland' and day = '2026-12-31' group by member)"
    ).fetchall()
    assert figure.value == pytest.approx(want[0])


def test_costs_are_person_days_at_home_times_the_average(made: Run, told: Appraisal) -> None:
    """Those held abroad under the lease are left out; years add up to the run in each member."""
    rows = made.sql(
        "select member, sum(person_days)::bigint from person_days where holder = 'homeland' "
        "group by member order by member"
    ).fetchall()
    figure = told.figures["costs.homeland.run"]
    assert [Decimal(v) for v in figure.by_member] == [days * COST for _, days in rows]
    assert figure.unit == "EUR"
    years = [told.figures[f"costs.homeland.{year}"] for year in range(2025, 2030)]
    each = zip(*(year.by_member for year in years), strict=True)
    assert [sum(one) for one in each] == list(figure.by_member)
    assert "costs.neighbour.run" not in told.figures


def test_costs_are_at_the_prices_of_each_year(tmp_path: Path) -> None:
    """EUR 80 of 2024 that rise by 10 % a year are 88 in 2025 and 96.80 in 2026."""
    file = tmp_path / "grown.yaml"
    file.write_text(
        "bedspace: 1\ntitle: Grown\nextends: two-hundred-places\n"
        "systems: {homeland: {costs: {prices_of: 2024, indexed: 10 % / year}}}\n",
        encoding="utf-8",
    )
    run = bs.run(str(file), replicates=2, seed=1)
    told = of_run(run)
    for year, each in ((2025, Decimal("88")), (2026, Decimal("96.8"))):
        rows = run.sql(
            "select sum(person_days)::bigint from person_days where holder = 'homeland' "
            f"and year(month) = {year} group by member order by member"
        ).fetchall()
        figure = told.figures[f"costs.homeland.{year}"]
        assert [Decimal(v) for v in figure.by_member] == [days * each for (days,) in rows]
        assert "homeland.costs.indexed" in [one.id for one in figure.inputs]


def test_no_figure_of_a_run_names_a_side(told: Appraisal) -> None:
    people = told.figures["population.homeland.2026-12-31.scenario"]
    assert people.title == "People held in homeland on 2026-12-31"
    assert not [f.title for f in told.figures.values() if f.title.endswith((", scenario", "line"))]


def test_it_has_charts_and_no_impact(told: Appraisal, tmp_path: Path) -> None:
    assert [s.id for s in told.sections] == ["population", "places", "costs"]
    charts = [chart for s in told.sections for chart in s.charts]
    assert [chart.id for chart in charts] == [
        "population.homeland.months",
        "population.neighbour.months",
    ]
    assert {row["group"] for chart in charts for row in chart.rows} == {"scenario"}
    assert told.baseline == "" and told.is_run
    assert not [id_ for id_ in told.figures if "impact" in id_ or "baseline" in id_]
    assert isinstance(told.figure(told.answers[0]), Figure)


def test_a_page_is_written_of_a_run(made: Run, tmp_path: Path) -> None:
    page = bs.report(made, tmp_path / "run.html").read_text(encoding="utf-8")
    assert "One prison system, simulated" in page
    assert "Baseline" not in page

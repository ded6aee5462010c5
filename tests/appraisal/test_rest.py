"""Conditions, people, what cannot be known, evidence; and the Appraisal as a whole."""

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal

import pytest

from bedspace import results
from bedspace.appraisal import SECTIONS, Appraisal, Figure, appraise
from bedspace.appraisal.figures.words import describe, show, stamp_line
from bedspace.exceptions import BedspaceError
from tests.appraisal.conftest import TINY, compare


def test_floor_area_at_each_stated_occupancy(granted: Appraisal) -> None:
    """100 m2 with toilets and basins in it, so each is an upper bound."""
    areas = {65: 1.54, 70: 1.43, 80: 1.25, 100: 1.00, 156: 0.64}
    for people, area in areas.items():
        figure = granted.figure(f"offer.area.{people}")
        assert isinstance(figure.value, float) and round(figure.value, 2) == area
        assert "upper bound" in figure.note
        assert granted.figure(f"offer.area.{people}.mursic-3").value == "not met"
    rows = granted.section("conditions").tables[0].rows
    assert [str(row[0]).split(" in a cell")[0] for row in rows[:-2]] == [str(n) for n in areas]


def test_area_in_the_run_counts_everybody_in_the_facility(
    grant: results.Comparison, granted: Appraisal
) -> None:
    ((people,),) = grant.sql(
        "SELECT sum(people) / 125 FROM scenario_population WHERE facility = 'cecot' "
        "AND day >= DATE '2025-03-15' AND day < DATE '2025-07-18' AND member = 0"
    ).fetchall()
    found = granted.figure("offer.area.simulated")
    low, high = found.low or found.value, found.high or found.value
    assert float(low) - 0.01 <= 100 * 256 / people <= float(high) + 0.01


def test_standards_say_whom_they_bind(granted: Appraisal) -> None:
    areas, regime = granted.section("conditions").tables[:2]
    assert any("binds neither" in c for c in areas.columns)  # the Council of Europe's
    assert any("advisory" in c for c in areas.columns)
    binds = {row[0]: row[-1] for row in regime.rows}
    assert binds["Humane treatment"] == "binds the receiver"
    assert granted.figure("offer.standard.mandela-23").value == "not met"  # no hour outdoors
    # 23.5 hours in the cell are solitary only without contact, of which nobody says anything.
    assert granted.figure("offer.standard.mandela-44").value == "not decided"


def test_a_floor_without_the_sanitary_area_meets_what_it_meets(leased: Appraisal) -> None:
    assert leased.figure("lease.area.2").value == 5.0
    assert leased.figure("lease.area.2.cpt-shared-4").value == "met"


def test_observed_counts_are_scored_against_the_mean(granted: Appraisal) -> None:
    for i in (1, 2):
        told = granted.figure(f"population.el-salvador.observed.{i}.baseline.error")
        assert isinstance(told.value, float) and abs(told.value) < 0.03
        width = granted.figure(f"population.el-salvador.observed.{i}.baseline.half-width").value
        assert isinstance(width, float) and width < 0.08
    table = next(t for t in granted.section("population").tables if t.id.endswith(".observed"))
    scored = {row[0]: row[-1] for row in table.rows}
    assert scored["whole system, 2022-12-31"] == "yes"
    assert scored["whole system, 2022"] == "no"


def test_the_impact_is_the_difference_member_by_member(
    lease: results.Comparison, leased: Appraisal
) -> None:
    ((told,),) = lease.sql(
        "SELECT avg(people) FROM impact_population WHERE system = 'homeland' "
        "AND day = DATE '2027-12-31'"
    ).fetchall()
    assert leased.figure("population.homeland.2027-12-31.impact").value == told == -200


def test_the_series_has_every_month_and_the_observed_points(
    grant: results.Comparison, granted: Appraisal
) -> None:
    chart = granted.section("population").charts[0]
    months = [row["x"] for row in chart.rows if row["group"] == "baseline"]
    assert (months[0], months[-1]) == ("2022-03-31", "2035-12-31")
    assert months == sorted(months)
    # The ends of 166 months, and the last day of the grant, of which the title tells.
    ends = [m for m in months if (dt.date.fromisoformat(str(m)) + dt.timedelta(1)).day == 1]
    assert len(ends) == 166 and len(months) == 167
    banded = [row for row in chart.rows if row["group"] == "scenario"]
    for row in banded:
        ends = [row[k] for k in ("low", "low80", "low50", "high50", "high80", "high")]
        assert ends == sorted(ends) and row["low"] <= row["mid"] <= row["high"]
    seen = [mark for mark in chart.marks if mark["group"] != "told"]
    assert {m["y"] for m in seen} == {71_000, 97_525, 105_100, 109_519}
    people = [
        n
        for (n,) in grant.sql(
            "SELECT sum(people) FROM scenario_population WHERE system = 'el-salvador' "
            "AND day = DATE '2022-12-31' GROUP BY member"
        ).fetchall()
    ]
    at_end = next(r for r in banded if r["x"] == "2022-12-31")
    assert at_end["mid"] == pytest.approx(sum(people) / len(people), abs=0.01)
    assert min(people) <= at_end["low"] and at_end["high"] <= max(people)


def test_what_cannot_be_known_is_said(granted: Appraisal, everyone: Appraisal) -> None:
    asked = everyone.figure("offer.unknown.count.salvadoran-nationals")
    assert asked.value is None and "313 to 2,399" in asked.note
    for key in ("treatment", "liabilities", "transport", "end"):
        assert granted.figure(f"offer.unknown.{key}").value is None
    notes = granted.section("cannot-know").tables[1]
    assert any("no condition on treatment" in str(row[0]) for row in notes.rows)


@pytest.mark.parametrize("name", ["granted", "everyone", "leased"])
def test_no_table_series_or_answer_loses_a_stamp(name: str, request: pytest.FixtureRequest) -> None:
    appraisal: Appraisal = request.getfixturevalue(name)
    assert [s.id for s in appraisal.sections] == [s for s in SECTIONS if s != "costs"]
    for section in appraisal.sections:
        for table in section.tables:
            wanted = {stamp for figure in table.figures for stamp in figure.stamps}
            assert set(table.stamps) == wanted <= set(section.stamps)
        for chart in section.charts:
            assert {s for i in chart.inputs for s in i.stamps} == set(chart.stamps)
            assert chart.table in {t.id for t in section.tables}
    assert appraisal.answers
    told = json.loads(appraisal.to_json())
    for figure in appraisal.figures.values():
        assert told["figures"][figure.id]["stamps"] == list(figure.stamps)


def test_assumed_powers_are_on_every_sum_that_rests_on_them(everyone: Appraisal) -> None:
    for key in ("fee.paid", "saving.marginal.total", "receiver.coverage", "use.place-days"):
        stamps = everyone.figure(f"offer.{key}").stamps
        assert [s for s in stamps if s.startswith("assumed power: us-removal/release")], key
    # What was announced rests on no power, nor does what the baseline holds.
    for id_ in ("offer.fee.headline", "population.united-states.2035-12-31.baseline"):
        assert not [s for s in everyone.figure(id_).stamps if s.startswith("assumed power")]
    line = stamp_line(everyone.figure("offer.fee.paid").stamps, most=1)
    assert line.count("assumed power") == 5 and line.endswith(" more")


def test_few_members_are_cautioned_about(granted: Appraisal) -> None:
    assert granted.caution.startswith("From 3 simulated futures only")
    assert json.loads(granted.to_json())["caution"] == granted.caution
    assert replace(granted, members=39).caution and not replace(granted, members=40).caution


def test_bare_numbers_are_unsourced(leased: Appraisal) -> None:
    assert "unsourced: homeland.costs.average" in leased.stamps
    assert not [s for s in leased.stamps if s.startswith("rests on assumption")]


def test_shares_of_figures_are_counted(granted: Appraisal) -> None:
    shown = [f for f in granted.figures.values() if not f.id.startswith("evidence.")]
    in_series = {
        f.id for s in granted.sections for x in s.charts for f in x.inputs if isinstance(f, Figure)
    }
    in_tables = [
        f
        for f in shown
        if f.id not in in_series or any(f in t.figures for s in granted.sections for t in s.tables)
    ]
    share = granted.figure("evidence.all.any").value
    assert share == pytest.approx(sum(bool(f.stamps) for f in in_tables) / len(in_tables), abs=0.05)
    ledger = granted.section("evidence").tables[-1]
    assert any(
        row[0] == "el-salvador.costs.system" and "238491000" in str(row[4]) for row in ledger.rows
    )


def test_json_is_canonical_and_keeps_money_exact(
    grant: results.Comparison, granted: Appraisal
) -> None:
    text = granted.to_json()
    assert text == appraise(grant).to_json()
    told = json.loads(text)
    assert told["figures"]["offer.fee.paid"]["value"] == "4760000.00"
    price = Decimal(told["figures"]["offer.fee.price-used"]["value"])
    assert price == granted.figure("offer.fee.price-used").value
    assert told["start"] == "2022-03-27"
    named = {
        i["number"] for f in told["figures"].values() for i in f["inputs"] if i["kind"] == "number"
    }
    assert named <= told["numbers"].keys()
    runs = {
        i["id"]
        for f in told["figures"].values()
        for i in f["inputs"]
        if i["kind"] == "counted in the run"
    }
    assert runs <= told["counts"].keys()


def test_a_comparison_without_agreements_still_says_how_many_are_held(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    out = tmp_path_factory.mktemp("none") / "out"
    found = appraise(compare(f"{TINY}#baseline", 2, out))
    assert found.section("population").tables
    assert found.section("costs").notes == ("No cost of any prison system is given.",)
    with pytest.raises(
        BedspaceError, match="no section 'law'; there are population, places, costs"
    ):
        found.section("law")
    assert found.figure("population.homeland.2025-06-30.impact").value == 0


def test_any_figure_can_be_walked_to_numbers_of_the_file(granted: Appraisal) -> None:
    told = [item.id for _, item in granted.walk("offer.saving.marginal.total")]
    assert told[0] == "offer.saving.marginal.total"
    assert "agreements.offer.fee.0.fixed" in told
    assert "united-states.groups.immigration-detained.costs.marginal" in told
    lines = [describe(item) for _, item in granted.walk("offer.fee.headline")]
    assert any("4760000 USD" in line and "reported" in line for line in lines)
    with pytest.raises(BedspaceError, match="no figure"):
        granted.figure("offer.fee.nothing")


def test_figures_read_well(granted: Appraisal) -> None:
    assert show(granted.figure("offer.fee.price-used")) == "151.11 USD/place-day"
    assert show(granted.figure("offer.fee.paid")) == "4,760,000 USD"
    assert show(granted.figure("offer.receiver.coverage")) == "2.4 %"
    assert show(granted.figure("offer.unknown.treatment")) == "not known"
    assert show(None) == "" and show("words") == "words"


def test_no_row_of_money_is_a_float(granted: Appraisal, leased: Appraisal) -> None:
    for appraisal in (granted, leased):
        for figure in appraisal.figures.values():
            if figure.unit.startswith(("USD", "EUR")) and figure.value is not None:
                assert isinstance(figure.value, Decimal), figure.id

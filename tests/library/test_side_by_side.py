"""Real agreements side by side: figures by hand or from the run, every stamp on every output."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from statistics import mean

import pytest
from typer.testing import CliRunner, Result

from bedspace import ensemble, reporting, scenario
from bedspace import verbs as bs
from bedspace.appraisal import Appraisal, Figure, Table, side_by_side
from bedspace.appraisal.fee import invoices
from bedspace.cli.app import app
from bedspace.exceptions import BedspaceError
from bedspace.rules.common_prices import common_prices
from tests.library import page
from tests.library.ran import MEMBERS, ran, used

pytestmark = pytest.mark.slow  # the grant alone takes some seconds

NAMES = (
    "belgium-netherlands",
    "cecot-offer#grant",
    "denmark-kosovo",
    "liechtenstein-austria",
    "norway-netherlands",
    "sweden-estonia",
)


@pytest.fixture(scope="module")
def made() -> Appraisal:
    return side_by_side([ran(name, 2 if "#" in name else MEMBERS) for name in NAMES])


def value(made: Appraisal, id_: str) -> float:
    """The value of a figure, as a float."""
    found = made.figure(id_).value
    assert not isinstance(found, str) and found is not None
    return float(found)


def table(made: Appraisal, id_: str) -> Table:
    """A table of any section."""
    return next(t for section in made.sections for t in section.tables if t.id == id_)


# --- the figures ---------------------------------------------------------------------------------


def test_the_grant_in_euro_of_2024_by_hand(made: Appraisal) -> None:
    # USD 4.76 million for 31,500 days in 2025, consumer prices 2.7 % above 2024, USD 1.0824 a EUR.
    want = Decimal(4_760_000) / 31_500 / Decimal("1.027") / Decimal("1.0824")
    assert value(made, "offer.common.price-used") == pytest.approx(float(want))
    assert value(made, "offer.fee.price-used") == pytest.approx(151.11, abs=0.005)
    assert value(made, "offer.common.over-headline") == pytest.approx(365 * 300 / 31_500)


def test_payments_are_restated_year_by_year(made: Appraisal) -> None:
    use = used("norway-netherlands")
    whole = Decimal(0)
    for invoice in invoices.of(use):
        assert invoice is not None
        years: dict[int, Decimal] = {}
        for line in invoice.lines:
            years[line.month.year] = years.get(line.month.year, Decimal(0)) + line.amount
        assert set(years) == {2015, 2016, 2017, 2018}
        rise = Decimal(1)
        for year in range(2024, 2014, -1):
            whole += years.get(year, Decimal(0)) * rise
            rise *= 1 + common_prices().inflation["EUR"][year].value / 100
    by_hand = float(whole / sum(use.place_days))
    assert value(made, "norgerhaven.common.price-used") == pytest.approx(by_hand, abs=0.01)


def test_transport_is_transport_and_visits_over_all(made: Appraisal) -> None:
    # DKK 65.5 million / 7.4509 beside EUR 21 million a year.
    assert value(made, "gjilan.common.transport") == pytest.approx(8.791 / 29.791, rel=1e-3)
    assert 0.07 < value(made, "norgerhaven.common.transport") < 0.11  # 9.6 % in four months of 2015
    unknown = made.figure("tilburg.common.transport")
    assert unknown.value is None and "no sum for transport" in unknown.note


def test_months_to_nine_tenths_of_the_peak(made: Appraisal) -> None:
    run = ran("norway-netherlands")
    days = []
    for member in range(MEMBERS):
        rows = run.sql(
            "SELECT day, people FROM population WHERE agreement = 'norgerhaven' "
            f"AND member = {member} ORDER BY day"
        ).fetchall()
        peak = max(people for _, people in rows)
        start = next(i for i, (day, _) in enumerate(rows) if str(day)[:10] == "2015-09-01")
        days.append(next(i for i, (_, n) in enumerate(rows) if n >= 0.9 * peak) - start)
    want = mean(days) / (365.25 / 12)
    assert value(made, "norgerhaven.common.ramp") == pytest.approx(want)
    assert made.figure("haeftlingsvertrag.common.ramp").value is None  # older than its run
    assert "its places changed on 2011-01-01" in made.figure("tilburg.common.ramp").note


def test_who_could_be_sent_is_as_counted_where_it_was(made: Appraisal) -> None:
    counted = made.figure("norgerhaven.common.eligible")
    assert counted.value == 324 / 927 and "observed" in counted.formula
    # The work that gave the counts could not be found again: an assumption each.
    assert {s.rpartition(".")[2] for s in counted.stamps} == {"passed", "assessed"}
    assert value(made, "gjilan.common.eligible") == pytest.approx(0.84)
    assert any(
        s.startswith("rests on assumption") for s in made.figure("tartu.common.eligible").stamps
    )
    assert made.figure("haeftlingsvertrag.common.eligible").value is None


def test_rows_stand_by_the_day_they_began_whatever_the_order(made: Appraisal) -> None:
    turned = side_by_side([ran(n, 2 if "#" in n else MEMBERS) for n in reversed(NAMES)])
    titles = [row[0] for row in table(made, "agreements.common").rows]
    assert titles == [row[0] for row in table(turned, "agreements.common").rows]
    assert titles[:3] == [
        "Liechtenstein in Austria",
        "Belgium in the Netherlands",
        "Norway in the Netherlands",
    ]


def test_the_claim_is_set_beside_what_began_earlier(made: Appraisal) -> None:
    (section,) = [s for s in made.sections if s.id == "claim"]
    (row,) = section.tables[0].rows
    count = row[2]
    assert isinstance(count, Figure) and count.value == 3
    assert "never before extended by any country" in str(row[0])
    assert "1983-09-01" in count.note and "Kosovo" not in count.note
    assert "cannot show whether an offer" in section.tables[0].note


def test_what_is_to_come_is_not_inflated(made: Appraisal) -> None:
    note = made.figure("gjilan.common.price-used").note
    assert "money of after 2025 counts as money of 2025" in note
    ratio = value(made, "gjilan.common.headline") / value(made, "gjilan.fee.headline")
    assert ratio == pytest.approx(1 / 1.021, rel=1e-4)


def test_other_people_held_for_other_reasons_stand_apart(tmp_path: Path) -> None:
    lease = scenario.load("liechtenstein-austria")
    raw = {**lease.raw, "compared": {**lease.raw["compared"], "among": "apart"}}
    raw["agreements"] = {"elsewhere": lease.raw["agreements"]["haeftlingsvertrag"]}
    other = ensemble.run(scenario.from_raw(raw, "other"), 2, 1, 1, tmp_path / "other")
    both = side_by_side([other, ran("liechtenstein-austria")])
    assert [section.id for section in both.sections] == ["agreements", "apart"]
    for id_, agreement in (("agreements", "haeftlingsvertrag"), ("apart", "elsewhere")):
        shown = table(both, f"{id_}.common").figures
        assert shown and all(figure.id.startswith(f"{agreement}.") for figure in shown)


# --- stamps and outputs --------------------------------------------------------------------------


def test_no_output_loses_a_stamp(made: Appraisal) -> None:
    assert any(s.startswith("taken as met: norway-netherlands-2015/") for s in made.stamps)
    assert "rests on assumption: common_prices.prices.EUR.2024" in made.stamps
    for section in made.sections:
        for shown in section.tables:
            wanted = {stamp for figure in shown.figures for stamp in figure.stamps}
            assert set(shown.stamps) == wanted <= set(section.stamps)
        for chart in section.charts:
            assert {s for i in chart.inputs for s in i.stamps} == set(chart.stamps)
            assert chart.table in {t.id for t in section.tables}
    told = json.loads(made.to_json())
    for figure in made.figures.values():
        assert told["figures"][figure.id]["stamps"] == list(figure.stamps)
    page = reporting.html(made)
    for stamp in made.stamps:
        assert stamp.partition(": ")[2].partition(" (")[0].split(",")[0] in page
    for word in ("Agreements to rent prison places", "Liechtenstein in Austria", "EUR of 2024"):
        assert word in page


def test_every_statement_names_who_says_it(made: Appraisal) -> None:
    words = table(made, "agreements.words")
    assert len(words.rows) == len(NAMES)
    for row in words.rows:
        assert all(str(said).endswith(("reported)", "official)")) for said in row[1:])


def call(*args: object) -> Result:
    return CliRunner().invoke(app, ["agreements", *(str(arg) for arg in args)])


def test_the_verb_prints_stamps_and_writes_a_page(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    told = call("norway-netherlands", "liechtenstein-austria", "-n", 2, "--out", page)
    assert told.exit_code == 0, told.stderr
    assert "[TA]" in told.stdout and "taken as met:" in told.stdout
    assert "norway-netherlands-2015/refusal" in told.stdout
    assert told.stdout.rstrip().endswith(str(page))
    text = page.read_text(encoding="utf-8")
    assert "https://www.nrk.no" in text
    one = json.loads(call("liechtenstein-austria", "-n", 2, "--json").stdout)
    assert one["baseline"] == "" and one["stamps"]


@pytest.mark.parametrize(
    ("names", "says"),
    [
        (["two-hundred-places"], "two-hundred-places is not marked as a real agreement"),
        (["norway-netherlands", "norway-netherlands"], "two agreements to compare are called"),
        (["norway-netherland"], "did you mean 'norway-netherlands'?"),
    ],
)
def test_what_cannot_be_compared_is_one_line(names: list[str], says: str) -> None:
    told = call(*names, "-n", 1)
    assert told.exit_code == 2 and told.stdout == ""
    lines = [line for line in told.stderr.splitlines() if "futures" not in line]
    assert len(lines) == 1 and says in lines[0]


def test_every_marked_scenario_is_found_in_the_variant_that_shows_its_use() -> None:
    found = bs.marked()
    names = {f"{s.name}#{s.variant}" if s.variant else s.name for s in found}
    assert set(NAMES) <= names
    assert all(s.compared is not None and s.agreements for s in found)
    with pytest.raises(BedspaceError, match="it has no compared"):
        side_by_side([ran("two-hundred-places", 1)])
    assert scenario.load("two-hundred-places").compared is None


def test_the_page_s_generated_figures_are_those_of_the_verb(made: Appraisal) -> None:
    page.check(table(made, "agreements.common"))

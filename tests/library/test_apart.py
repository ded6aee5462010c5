"""What holds other people for other reasons: the published sums come out of their parts."""

from __future__ import annotations

from decimal import Decimal

import pytest
from typer.testing import CliRunner

from bedspace import scenario
from bedspace import verbs as bs
from bedspace.appraisal import side_by_side
from bedspace.appraisal.fee import invoices, payments
from bedspace.cli.app import app
from bedspace.compile import sendable
from bedspace.scenario.model.agreements import Agreement
from tests.library import page
from tests.library.ran import held, ran, used

NAMES = {
    "australia-nauru": "nauru",
    "uk-rwanda": "rwanda",
    "us-eswatini": "eswatini",
    "us-rwanda": "rwanda-us",
    "us-equatorial-guinea": "equatorial-guinea",
    "us-palau": "palau",
}


def agreement(name: str) -> Agreement:
    """The agreement of a scenario."""
    return scenario.load(name).agreements[NAMES[name]]


@pytest.mark.parametrize("name", NAMES)
def test_each_is_whole_and_apart(name: str) -> None:
    scn = scenario.load(name)
    assert scn.compared is not None and scn.compared.among == "apart"
    for said in ("promised", "paid", "eligible", "ended"):
        note = getattr(scn.compared, said)
        assert note.source in scn.sources and note.grade
    assert list(scn.agreements) == [NAMES[name]] and agreement(name).routes
    (system,) = (s for s in scn.systems.values() if s.groups)
    assert all(
        stage.status == "immigration"
        for pathway in system.pathways.values()
        for stage in pathway.values()
    )
    assert not scenario.load(f"{name}#baseline").agreements


# --- Nauru ---------------------------------------------------------------------------------------


def a_year(people: float) -> float:
    """The year's cost of so many people, by the parts of the fee, in A$."""
    fixed, each = agreement("australia-nauru").fee
    assert fixed.yearly is not None and each.per_use is not None
    return fixed.yearly.value + each.per_use.value * 365.25 * people


def test_534_000_a_person_year_in_2016_and_4_3_million_in_2021() -> None:
    assert a_year(1_193) / 1_193 == pytest.approx(534_000, rel=0.005)
    assert a_year(107) / 107 == pytest.approx(4.3e6, rel=0.005)
    # The report's own month, day and year of May 2016 are one price.
    month, day, year = 45_347, 1_460, 534_000
    assert month / 31 == pytest.approx(day, rel=0.005)
    assert day * 366 == pytest.approx(year, rel=0.005)


def test_the_total_fell_by_28_per_cent_while_the_people_fell_by_91() -> None:
    assert 1 - a_year(107) / a_year(1_193) == pytest.approx(0.28, abs=0.005)
    now, then = 107, 1_193
    assert 1 - now / then == pytest.approx(0.91, abs=0.005)
    for invoice in invoices.of(used("australia-nauru")):  # and in the invoices of the run
        assert invoice is not None
        months: dict[str, Decimal] = {}
        for line in invoice.lines:
            month = f"{line.month:%Y-%m}"
            months[month] = months.get(month, Decimal(0)) + line.amount
        fell = 1 - float(months["2021-08"] / months["2016-05"])
        assert fell == pytest.approx(0.28, abs=0.01)


def test_as_many_are_there_as_were_counted() -> None:
    run = ran("australia-nauru", 10)  # ten share out the range of the stay
    seen = [(o.date, o.held.value) for o in agreement("australia-nauru").observed if o.held]
    assert [n for _, n in seen] == [1193, 359, 288, 145, 107]
    for day, n in seen:
        people = held(run, "nauru", str(day))
        # One constant rate of leaving through the first count and the last misses 359 by a tenth.
        assert sum(people) / len(people) == pytest.approx(n, rel=0.12)


# --- Rwanda --------------------------------------------------------------------------------------


def by_label(name: str) -> dict[str, Decimal]:
    """What each part of the fee came to, by its label, in the first member."""
    invoice = invoices.of(used(name))[0]
    assert invoice is not None
    sums: dict[str, Decimal] = {}
    for line in invoice.lines:
        sums[line.label] = sums.get(line.label, Decimal(0)) + line.amount
    return sums


def test_290_million_were_paid_to_rwanda_and_nobody_sent() -> None:
    sums = by_label("uk-rwanda")
    home = sums.pop("set-up at home")
    assert (home, sum(sums.values())) == (28_000_000, 290_000_000)
    assert set(held(ran("uk-rwanda"), "rwanda", "2023-06-01")) <= {0}
    use = used("uk-rwanda")
    price = payments.price_used(use)
    assert price.value is None and "no place was used" in price.note


def test_what_three_hundred_people_would_have_cost() -> None:
    """541 million (The Guardian), 576.8 million with flights and set-up (The Independent)."""
    sums = by_label("uk-rwanda#three-hundred")
    fund = sum(amount for label, amount in sums.items() if label.startswith("fund for growth"))
    assert fund == 370_000_000  # National Audit Office
    each = sums["fund, for each"] + sums["claim and upkeep, for each"]
    assert float(each) / 300 == pytest.approx(171_000, rel=0.002)
    to_rwanda = fund + sums["after 300 people"] + each
    assert float(to_rwanda) == pytest.approx(541e6, rel=0.002)
    assert float(to_rwanda) / 300 == pytest.approx(1.8e6, rel=0.01)
    assert float(sum(sums.values())) == pytest.approx(576.8e6, rel=0.02)


# --- Eswatini ------------------------------------------------------------------------------------


def test_fifteen_came_in_two_flights() -> None:
    run = ran("us-eswatini")
    for day, n in (("2025-07-15", 0), ("2025-07-16", 5), ("2025-10-06", 15), ("2026-09-30", 15)):
        assert set(held(run, "eswatini", day)) <= {n}
    text = " ".join(note.text for note in agreement("us-eswatini").notes)
    assert (round(5.1e6 / 160, -2), round(5.1e6 / 15, -3)) == (31_900, 340_000)
    assert all(word in text for word in ("31,900", "340,000", "our own divisions"))


# --- the further agreements of 2025 and 2026 ----------------------------------------------------


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("us-rwanda", {"2025-08-14": 0, "2025-08-15": 7, "2026-08-01": 7}),
        ("us-equatorial-guinea", {"2025-11-23": 0, "2025-11-24": 9, "2026-01-22": 29}),
        ("us-palau", {"2025-12-24": 0, "2026-12-01": 0}),
    ],
)
def test_as_many_came_as_were_reported(name: str, days: dict[str, int]) -> None:
    run = ran(name)
    for day, n in days.items():
        assert set(held(run, NAMES[name], day)) <= {n}  # no row where nobody is held


def test_our_own_divisions_of_their_sums_are_said_to_be_ours() -> None:
    """7.5 million each: 30,000 for 250, 1.07 million for 7, 259,000 for 29, 100,000 for 75."""
    assert [round(7.5e6 / n, -3) for n in (250, 7, 29, 75)] == [30_000, 1_071_000, 259_000, 100_000]
    for name, sums in (
        ("us-rwanda", ("30,000", "1.07 million")),
        ("us-equatorial-guinea", ("259,000",)),
        ("us-palau", ("100,000",)),
    ):
        text = " ".join(note.text for note in agreement(name).notes)
        assert "our own division" in text and all(word in text for word in sums)


def test_who_is_at_liberty_there_is_not_imprisoned_for_the_sender() -> None:
    """Rwanda and Palau house people or let them live as they like; a guarded hotel does not."""
    for name, status in (("us-rwanda", "permitted"), ("us-equatorial-guinea", "unsettled")):
        (group,) = sendable(scenario.load(name), NAMES[name])
        (verdict,) = group.parts[0].routes
        said = {f.gate_id.rpartition("/")[2]: f.status for f in verdict.real.findings}
        assert said["imprisonment"] == status


# --- side by side --------------------------------------------------------------------------------


def test_they_have_a_table_of_their_own_and_count_for_no_claim() -> None:
    made = side_by_side([ran(name) for name in (*NAMES, "norway-netherlands")])
    assert [section.id for section in made.sections] == ["agreements", "apart"]
    apart = made.sections[1].tables[0]
    assert [row[0] for row in apart.rows] == [
        "Australia in Nauru",
        "The United Kingdom in Rwanda",
        "The United States in Eswatini",
        "The United States in Rwanda",
        "The United States in Equatorial Guinea",
        "The United States in Palau",
    ]
    page.check(apart)


def test_the_verb_prints_both_tables() -> None:
    told = CliRunner().invoke(app, ["agreements", "norway-netherlands", "us-eswatini", "-n", "1"])
    assert told.exit_code == 0, told.stderr
    main, apart = told.stdout.split("Compared apart: other people", 1)
    assert "Agreements on prison places" in main and "Norway" in main and "Eswatini" not in main
    assert "Eswatini" in apart and "Norway" not in apart


def test_all_that_are_shipped_are_found_by_the_verb() -> None:
    found = {s.name: s.compared.among for s in bs.marked() if s.compared}
    assert {name for name, among in found.items() if among == "apart"} == set(NAMES)
    assert len(found) == 19

"""Agreements between states of the United States: published prices and sums come out of their
inputs, the places are used as observed, and renting costs more or less as it was said to."""

from __future__ import annotations

import atexit
import tempfile
from functools import cache
from pathlib import Path

import pytest

from bedspace import ensemble, scenario
from bedspace import verbs as bs
from bedspace.appraisal import Appraisal, Figure, side_by_side
from bedspace.appraisal.fee import invoices, payments
from bedspace.scenario.model.agreements import Agreement
from tests.library import page
from tests.library.ran import held, ran, used

NAMES = {
    "arizona-corecivic": "la-palma-contract",
    "california-out-of-state": "california-contracts",
    "hawaii-arizona": "saguaro",
    "montana-arizona": "montana-saguaro",
    "vermont-mississippi": "vermont-tallahatchie",
    "vermont-pennsylvania": "camp-hill",
    "wyoming-mississippi": "wyoming-tallahatchie",
}

_KEPT = tempfile.TemporaryDirectory(prefix="appraised-")
atexit.register(_KEPT.cleanup)


def contract(name: str) -> Agreement:
    """The agreement of a scenario."""
    return scenario.load(name).agreements[NAMES[name.partition("#")[0]]]


def paid_in(name: str, first: str, months: int) -> float:
    """What the invoices of so many months from the one named come to, by the mean of members."""
    sums = []
    for invoice in invoices.of(used(name)):
        assert invoice is not None
        due = sorted({line.month for line in invoice.lines if f"{line.month:%Y-%m}" >= first})[
            :months
        ]
        sums.append(sum(float(line.amount) for line in invoice.lines if line.month in due))
    return sum(sums) / len(sums)


@cache
def appraised(name: str) -> Appraisal:
    """The appraisal of a scenario against no agreement, as the verb makes it."""
    sides = (scenario.load(f"{name}#baseline"), scenario.load(name))
    return bs.appraise(ensemble.compare(*sides, 4, 1, 1, Path(_KEPT.name) / name))


def figure(name: str, what: str) -> Figure:
    """A figure of the one agreement of a scenario's appraisal."""
    return appraised(name).figure(f"{NAMES[name]}.{what}")


@pytest.mark.parametrize("name", NAMES)
def test_each_is_whole(name: str) -> None:
    scn = scenario.load(name)
    assert scn.compared is not None and scn.compared.among == "agreements"
    for said in ("promised", "paid", "eligible", "ended"):
        note = getattr(scn.compared, said)
        assert note.source in scn.sources and note.grade
    assert list(scn.agreements) == [NAMES[name]] and contract(name).observed
    assert contract(name).routes and not scenario.load(f"{name}#baseline").agreements


# --- Hawaii --------------------------------------------------------------------------------------


def test_hawaiis_prices_of_nine_years_by_the_escalator() -> None:
    """USD 57 in 2007, 63.22, 70.49, 71.90 in 2016, all published, and one rate within the
    contract's 2 to 3 % a year that leads through them, backwards from the last."""
    lease = contract("hawaii-arizona")
    price, rate = lease.fee[0].per_use, lease.fee[0].indexed
    assert price is not None and rate is not None and not isinstance(rate, str)
    assert (rate.low, rate.value, rate.high) == (0.02, 0.025, 0.03)
    seen = [(o.date.year, o.price) for o in lease.observed if o.price and o.date]
    assert [(year, q.value) for year, q in seen] == [
        (2007, 57),
        (2011, 63.22),
        (2016, 70.49),
        (2016, 71.90),
    ]
    for (_, q), years in zip(seen, (9, 5, 1, 0), strict=True):
        assert price.value / (1 + rate.value) ** years == pytest.approx(q.value, rel=0.02)
    extension = seen[-1][1].disputed_by[0].value
    assert 70.49 * (1 + rate.value) == pytest.approx(extension, rel=1e-3)


def test_hawaii_reckoned_with_45_million_a_year_for_1700_people() -> None:
    seats = 1.8e6  # flights, which the published sum does not name
    first = paid_in("hawaii-arizona#as-promised", "2016-07", 12) - seats
    assert first == pytest.approx(45e6, rel=0.02)


def test_hawaii_holds_as_many_as_were_counted() -> None:
    for day in ("2016-08-25", "2017-09-12"):
        assert all(1_200 < people < 1_750 for people in held(ran("hawaii-arizona"), "saguaro", day))


def test_hawaii_renting_was_cheaper_than_the_average_at_home() -> None:
    assert figure("hawaii-arizona", "saving.average.verdict").value == "costs fall"
    even = figure("hawaii-arizona", "saving.break-even").value
    assert isinstance(even, float) and even == pytest.approx(77 / 137, abs=0.02)
    text = str(figure("hawaii-arizona", "saving.holds").value)
    assert text.startswith("at a marginal cost of 5") and "(10 % to 60 %)" in text


# --- Vermont -------------------------------------------------------------------------------------


def test_vermonts_7_1_million_a_year_for_270_people() -> None:
    published = 7_095_600  # Burlington Free Press, 2017-05-01
    year = paid_in("vermont-pennsylvania#as-promised", "2017-07", 12)
    assert year == pytest.approx(published, rel=0.02)
    lease = contract("vermont-pennsylvania")
    assert lease.fee[0].minimum is not None and lease.fee[0].minimum.places is not None
    price = lease.fee[0].minimum.per_use.value
    assert price * 365 == 26_280  # Valley News, 2017-07-12: a person-year


def test_vermont_pays_for_250_when_fewer_are_held() -> None:
    """Of the months in which fewer were held on average, each invoice is that of 250."""
    each = invoices.of(used("vermont-pennsylvania"))
    for invoice in each:
        assert invoice is not None
        last = next(line for line in invoice.lines if f"{line.month:%Y-%m}" == "2018-09")
        assert float(last.amount) == pytest.approx(72 * 250 * 30)
    assert max(held(ran("vermont-pennsylvania"), "camp-hill", "2018-09-19")) < 250
    text = " ".join(note.text for note in contract("vermont-pennsylvania").notes)
    assert round(72 * 250 / 228) == 79 and "79" in text and "our own division" in text


def test_vermonts_prices_of_four_years_by_their_published_rise() -> None:
    lease = contract("vermont-mississippi")
    price, rate = lease.fee[0].per_use, lease.fee[0].indexed
    assert price is not None and rate is not None and not isinstance(rate, str)
    published = [q.price.value for q in lease.observed if q.price]
    assert published == [71, 72.99, 75.04, 77.15]
    for years, want in enumerate(published):
        assert price.value * (1 + rate.value) ** years == pytest.approx(want, rel=1e-3)


def test_vermont_sent_and_kept_as_many_as_were_counted() -> None:
    run = ran("vermont-mississippi")
    for day, seen in (("2020-01-31", 268), ("2020-10-01", 211), ("2022-06-30", 123)):
        people = held(run, "vermont-tallahatchie", day)
        assert sum(people) / len(people) == pytest.approx(seen, rel=0.1)


@pytest.mark.parametrize("name", ["vermont-pennsylvania", "vermont-mississippi"])
def test_vermont_renting_was_cheaper_than_the_average_at_home(name: str) -> None:
    assert figure(name, "saving.average.verdict").value == "costs fall"
    even = figure(name, "saving.break-even").value
    assert isinstance(even, float) and even == pytest.approx(73.3 / 183, abs=0.02)
    text = str(figure(name, "saving.holds").value)
    assert text.startswith("at a marginal cost of") and "(10 % to 60 %)" in text


# --- California ----------------------------------------------------------------------------------


def test_california_costs_rise_as_the_legislative_analyst_said() -> None:
    """USD 63 a person-day against the 56 that one prisoner more costs at home, before transport."""
    lease, home = (
        contract("california-out-of-state"),
        scenario.load("california-out-of-state").systems["california"].costs,
    )
    assert home is not None and home.average is not None and home.marginal is not None
    assert home.average.value * home.marginal.value == pytest.approx(56, abs=0.01)
    assert lease.fee[0].per_use is not None and lease.fee[0].per_use.value == 63
    name = "california-out-of-state"
    assert figure(name, "saving.marginal.verdict").value == "costs rise"
    assert figure(name, "saving.average.verdict").value == "costs fall"
    loss = figure(name, "saving.marginal.place-day").value
    assert loss is not None and float(loss) == pytest.approx(56 - 63, abs=0.02)


def test_california_51_million_a_year_for_2260_people() -> None:
    published = 51e6  # Associated Press, October 2006: more than
    year = paid_in("california-out-of-state#as-promised", "2008-01", 12)
    assert year == pytest.approx(published, rel=0.025) and year > published


# --- Montana, Arizona, Wyoming -------------------------------------------------------------------


def test_montanas_sums_for_120_beds() -> None:
    assert contract("montana-arizona").fee[0].per_place is not None
    for invoice in invoices.of(used("montana-arizona#as-promised")):
        assert invoice is not None  # 718 of the 731 days: the first flight was on 14 November
        assert float(invoice.total) == pytest.approx(7.9e6, rel=0.025)
    assert paid_in("montana-arizona#as-promised", "2024-01", 12) == pytest.approx(3.94e6, rel=0.005)


def test_montana_pays_for_every_bed_and_only_for_them() -> None:
    for invoice in invoices.of(used("montana-arizona")):
        assert invoice is not None
        by_hand = 90 * (120 * 261 + 240 * 730)  # 2023-11-14, 2024-08-01, 2026-08-01
        assert float(invoice.total) == pytest.approx(by_hand, rel=1e-9)
    # Cheaper than the whole average of 112.12; but others waited, and took the places freed.
    kept = figure("montana-arizona", "refilled.none.average.saved").value
    assert kept is not None and float(kept) > 0
    assert figure("montana-arizona", "saving.average.verdict").value == "costs rise"
    assert figure("montana-arizona", "saving.marginal.verdict").value == "costs rise"


def test_arizonas_420_million_in_five_years() -> None:
    for invoice in invoices.of(used("arizona-corecivic#as-promised")):
        assert invoice is not None and float(invoice.total) == pytest.approx(420e6, rel=0.02)
    for invoice in invoices.of(used("arizona-corecivic#empty")):
        assert invoice is not None  # nine tenths of 2,706 are 2,435.4 places
        assert float(invoice.total) == pytest.approx(0.9 * 2_706 * 85.12 * 1_826, rel=0.001)


def test_arizona_holds_about_as_many_more_as_the_tables_say() -> None:
    people = held(ran("arizona-corecivic"), "la-palma-contract", "2022-12-31")
    assert sum(people) / len(people) == pytest.approx(9_738 - 7_367, rel=0.1)


def test_wyoming_pays_for_88_people() -> None:
    assert set(held(ran("wyoming-mississippi"), "wyoming-tallahatchie", "2019-01-01")) == {88}
    use = used("wyoming-mississippi")
    price = payments.price_used(use).value
    assert price is not None and float(price) == pytest.approx(70.42, abs=0.005)
    again = scenario.load("wyoming-mississippi#again-2023").agreements["wyoming-tallahatchie"]
    assert again.places.value == 240 and again.from_.isoformat() == "2023-11-29"


# --- side by side --------------------------------------------------------------------------------


def test_the_page_s_generated_figures_are_those_of_the_verb() -> None:
    made = side_by_side([ran(name) for name in NAMES])
    (section,) = made.sections
    page.check(section.tables[0])
    assert [row[0] for row in section.tables[0].rows] == [
        "California in other states",
        "Hawaii in Arizona",
        "Vermont in Pennsylvania",
        "Wyoming in Mississippi",
        "Vermont in Mississippi",
        "Arizona in a private prison in Arizona",
        "Montana in Arizona",
    ]


@pytest.mark.slow
def test_states_of_one_country_do_not_count_as_two_countries() -> None:
    runs = [ran("hawaii-arizona"), ran("norway-netherlands"), ran("cecot-offer#grant", 2)]
    count = side_by_side(runs).figure("claim.earlier")
    assert count.value == 1 and "Norway" in count.note and "Hawaii" not in count.note

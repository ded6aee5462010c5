"""Non-citizens in federal prison: stocks, flows, stays and offences of their own, re-derived."""

from __future__ import annotations

import copy

import pytest

from bedspace.compile import sendable
from bedspace.scenario import Scenario, from_raw, load, paths
from tests.library.test_library import DERIVE, NON_CITIZENS


@pytest.fixture(scope="module")
def offer() -> Scenario:
    return load("cecot-offer")


def test_non_citizens_stay_as_long_as_their_stock_and_their_sentences_say(offer: Scenario) -> None:
    """24,078 held and 21,504 x 97.8 % = 21,031 sentenced to prison a year: 1.145 years, 418.2 days.
    Those held for immigration offences are 25.4 % of the first and 72.3 % of the second, 6,114 and
    15,205 a year: 146.9 days. The others, 17,964 and 5,826: 1,126.3 days. Were they 21.8 % or 30 %
    it would be 126 or 173.6 days, and for the others 1,181 or 1,057."""
    by = "united-states.pathways"
    ends = ((146.9, 126, 173.6), (1126.3, 1057, 1181))
    for i, days in enumerate(ends):
        path = f"{by}.federal-non-citizens.sentenced.stay.mixture.{i}.stay.lognormal.mean"
        mean = paths.get(offer, path)
        assert (mean.value, mean.low, mean.high) == days
    share = DERIVE.immigration_share()
    assert [100 * share[k] for k in ("share", "low", "high")] == pytest.approx(
        [25.4, 21.8, 30.0], abs=0.05
    )
    want = DERIVE.non_citizens()
    assert [want[k] for k in ("stay immigration", "stay others")] == pytest.approx(
        [146.9, 1126.3], abs=0.05
    )
    whole = paths.get(offer, f"{by}.federal-salvadorans.sentenced.stay.lognormal.mean")
    assert (whole.value, whole.low, whole.high) == (418.2, 146.9, 1126.3)
    assert want["stay"] == pytest.approx(418.2, abs=0.05)
    stock = paths.get(offer, "united-states.groups.salvadoran-nationals.stock")
    assert (stock.low, stock.high) == pytest.approx(
        (want["salvadorans low"], want["salvadorans high"]), abs=1
    )


def test_offences_of_non_citizens_rederive(offer: Scenario) -> None:
    want, groups = DERIVE.offences(), offer.systems["united-states"].groups
    for group in NON_CITIZENS[1:]:
        mix = groups[group].shares["offence"]
        assert {name: 100 * q.value for name, q in mix.items()} == pytest.approx(want)
    residents = groups["legal-residents"].shares["offence"]
    want["unspecified"] += want.pop("illegal-entry")
    assert {name: 100 * q.value for name, q in residents.items()} == pytest.approx(want)


def test_sentences_of_non_citizens_leave_immigration_offences_a_length_of_their_own() -> None:
    """27 = 72.3 % x m + 16.7 % x 82 + 11 % x 27, so m is 14.3 months: near the 15 of smuggling. By
    months of sentence immigration would be 38 % of those held; by counts it is 25.4 %, as part of
    such sentences passes with the Marshals before anybody comes to the Bureau."""
    left = DERIVE.MEAN_MONTHS * (1 - 0.11) - 0.167 * DERIVE.DRUG_MONTHS
    assert left / 0.723 == pytest.approx(14.3, abs=0.05)


def test_full_lawful_rents_what_settled_law_fills() -> None:
    """891 Salvadorans by treaty; 21,261 x (23.1 + 4.0 + 2.3) % = 6,251 by removal; residents, none
    of whom entered illegally, 1,926 x 6.3 % = 121. The fee is for each person held, so nobody pays
    for who is not sent."""
    scn = load("cecot-offer#full-lawful")
    lease = scn.agreements["offer"]
    assert lease.places.value == 891 + 6251 + 121
    assert [part.kind for part in lease.fee] == ["per_use"] and lease.consent is None
    shares = {g.group: g.share_sendable("sentenced") for g in sendable(scn, "offer")}
    assert shares == pytest.approx(
        {
            "salvadoran-nationals": 1.0,
            "other-non-citizens": 0.294,
            "legal-residents": 0.063,
            "citizens": 0.0,
        }
    )


@pytest.mark.parametrize("end", ["low", "high"])
def test_residents_whom_nobody_counted_are_as_uncertain_coming_in_as_inside(
    offer: Scenario, end: str
) -> None:
    stock = paths.get(offer, "united-states.groups.legal-residents.stock")
    rate = paths.get(offer, "united-states.groups.legal-residents.admissions.rate")
    assert getattr(rate, end) / rate.value == pytest.approx(
        getattr(stock, end) / stock.value, abs=0.03
    )
    assert (stock.low, stock.high) == DERIVE.RESIDENTS_RANGE


def test_the_mix_of_all_federal_prisoners_would_leave_a_quarter_to_removal() -> None:
    """Property 3.8 + immigration 4.5 + other public order 17.3 = 25.6 %: violence is barred, and so
    are drugs and weapons, which the exception leaves out. Of 20,950 people that is 5,363."""
    raw = copy.deepcopy(load("cecot-offer").raw)
    groups = raw["systems"]["united-states"]["groups"]
    groups["other-non-citizens"]["shares"] = groups["citizens"]["shares"]
    raw["agreements"]["offer"]["routes"] = ["us-removal"]
    found = {g.group: g for g in sendable(from_raw(raw, "cecot-offer"), "offer")}
    share = found["other-non-citizens"].share_sendable("sentenced")
    assert share == pytest.approx(0.256)
    assert round(20_950 * share) == 5363

"""Money: the arithmetic of the grant, of a lease with its transport, and of the corridor."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bedspace import results, scenario
from bedspace.appraisal import Appraisal, appraise
from bedspace.appraisal.fee import invoices
from bedspace.appraisal.fee.terms import schedule_of
from bedspace.appraisal.members.members import Ensemble
from bedspace.appraisal.members.use import Span, Use
from bedspace.rules import fees
from tests.appraisal.conftest import compare

HOME = str(Path(__file__).parent / "home.yaml")
MILLION = Decimal(1_000_000)


def value(appraisal: Appraisal, id_: str) -> Decimal:
    found = appraisal.figure(id_).value
    assert isinstance(found, Decimal)
    return found


def test_the_grant_was_announced_at_43_and_cost_151(granted: Appraisal) -> None:
    """4.76 m for 300 people and 365 days; 252 people stayed 125 days. The declared 300 count,
    although a measure lowers the places to 252."""
    assert value(granted, "offer.fee.headline") == pytest.approx(
        Decimal("4.76") * MILLION / (300 * 365), abs=Decimal("1e-20")
    )
    assert granted.figure("offer.use.place-days").value == 252 * 125 == 31_500
    assert value(granted, "offer.fee.paid") == Decimal("4760000.00")
    used = value(granted, "offer.fee.price-used")
    assert round(used, 2) == Decimal("151.11")
    assert value(granted, "offer.fee.observed") == pytest.approx(used, abs=Decimal("1e-20"))
    assert granted.figure("offer.fee.paid").low is None


def test_a_fee_that_is_all_due_once_breaks_even_only_with_it(granted: Appraisal) -> None:
    """4.76 m over a year of 365.25 days of 177: 73.6 people; nothing recurs."""
    tables = [t for section in granted.sections for t in section.tables]
    (found,) = (t for t in tables if t.id == "offer.break-even")
    assert found.columns == ("", "With sums due once, spread over the term as declared")
    assert granted.figure("offer.break-even.held.average.once").value == 74
    assert "offer.break-even.held.average" not in granted.figures


def test_the_grant_was_used_for_29_percent_of_what_was_agreed(granted: Appraisal) -> None:
    """What turns 43.47 into 151.11; the 252 places that a measure left were all used."""
    share = granted.figure("offer.use.taken-up").value
    assert isinstance(share, float)
    assert share == pytest.approx(31_500 / (300 * 365))
    headline, used = (value(granted, f"offer.fee.{k}") for k in ("headline", "price-used"))
    assert float(headline) / share == pytest.approx(float(used))
    occupied = granted.figure("offer.use.occupancy")
    assert occupied.value == 1
    assert "measures.only-252-came.set.agreements.offer.places" in {i.id for i in occupied.inputs}


def test_the_fee_as_announced_is_54_80() -> None:
    announced = scenario.load("cecot-offer#announced")
    agreement = announced.agreements["offer"]
    schedule = schedule_of(announced, "offer")
    assert schedule is not None
    price = fees.headline_price(schedule, 300, (agreement.until - agreement.from_).days)
    assert round(price.amount, 2) == Decimal("54.79")


def test_immigration_detention_has_its_own_cost(granted: Appraisal) -> None:
    """USD 177 a day, not the 120.80 of federal prisons; 10, 25 and 60 % of it at the margin."""
    assert value(granted, "offer.avoided.average.place-day") == 177
    assert value(granted, "offer.avoided.average.total") == 177 * 31_500
    assert value(granted, "offer.saving.average.total") == 177 * 31_500 - Decimal(4_760_000)
    assert value(granted, "offer.saving.marginal-low.total") == (
        Decimal("17.7") * 31_500 - Decimal(4_760_000)
    )
    assert value(granted, "offer.saving.marginal-high.place-day") == pytest.approx(
        Decimal("106.2") - Decimal(4_760_000) / 31_500, abs=Decimal("1e-20")
    )
    even = granted.figure("offer.saving.break-even").value
    assert even == pytest.approx(4_760_000 / 31_500 / 177)


def test_the_saving_at_the_margin_varies_with_the_share_each_member_drew(
    grant: results.Comparison, granted: Appraisal
) -> None:
    """The mean of what they drew times 177; 25 % of 177 is 44.25, which is told beside it."""
    path = "united-states.groups.immigration-detained.costs.marginal"
    drawn = [
        share
        for (share,) in grant.sql(
            f"SELECT value FROM scenario_draws WHERE path = '{path}' ORDER BY member"
        ).fetchall()
    ]
    shares = sorted(drawn)
    found = granted.figure("offer.avoided.marginal.place-day")
    used = Use(Ensemble(grant), "offer").place_days
    weighted = sum(177 * s * n for s, n in zip(drawn, used, strict=True)) / sum(used)
    assert float(value(granted, found.id)) == pytest.approx(weighted, abs=0.006)
    assert found.note == "the stated numbers alone give 44.25"
    assert [float(v) for v in sorted(found.by_member)] == pytest.approx([177 * s for s in shares])
    low = shares[0] + 0.05 * (shares[1] - shares[0])
    assert found.low is not None and float(found.low) == pytest.approx(177 * low, abs=0.006)


def test_a_sum_paid_once_is_not_taken_to_come_every_125_days(granted: Appraisal) -> None:
    assert value(granted, "offer.receiver.income") == Decimal("4760000.00")
    assert granted.figure("offer.receiver.coverage").value == pytest.approx(4.76 / 200)


def test_free_places_by_design_and_by_the_claim(granted: Appraisal) -> None:
    assert granted.figure("offer.free.stated.observed").value == 20_480 - 14_532 == 5_948
    assert granted.figure("offer.free.claim-40000.observed").value == 25_468
    claimed = granted.figure("offer.free.claim-40000.observed").inputs[0]
    assert claimed.source and "Marco Rubio" in claimed.source  # who claims it


def test_the_whole_system_needs_ten_thousand_places(everyone: Appraisal) -> None:
    """USD 200 m a year at 54.79 a place-day, that is USD 20,000 a person-year: 9,994 places at the
    prices of 2025. The whole term is at those of 2026, which are 2 % above."""
    needed = everyone.figure("offer.corridor.places-needed").value
    assert pytest.approx(10_000, rel=1e-3) == 200e6 / (54.79 * 365.25)
    assert needed == pytest.approx(1.02 * 200e6 / (54.79 * 365.25), rel=1e-3)  # levels rounded
    assert value(everyone, "offer.fee.headline.year") == Decimal("54.79") * Decimal("365.25")


def test_the_corridor_is_closed_by_design_and_open_by_the_claim_or_the_average(
    granted: Appraisal,
) -> None:
    lowest = value(granted, "offer.corridor.lowest.stated.observed")
    assert float(lowest) == pytest.approx(200e6 / 365.25 / 5_948)
    claimed = value(granted, "offer.corridor.lowest.claim-40000.observed")
    assert float(claimed) == pytest.approx(200e6 / 365.25 / 25_468)
    top = float(value(granted, "offer.corridor.highest.marginal"))
    assert float(claimed) < top < float(lowest) < 177
    verdicts = {
        key: granted.figure(f"offer.corridor.{key}").value
        for key in (
            "marginal-stated.observed",
            "marginal-claim-40000.observed",
            "average-stated.observed",
            "marginal-marginal",
        )
    }
    assert list(verdicts.values()) == ["no fee suits both", *["some fee suits both"] * 3]


def test_a_corridor_that_only_some_members_have_says_so(
    lease: results.Comparison, leased: Appraisal
) -> None:
    """The neighbour needs 40 EUR; homeland avoids 80 EUR x a share between 25 and 70 %."""
    shares = lease.sql(
        "SELECT value FROM scenario_draws WHERE path = 'homeland.costs.marginal'"
    ).fetchall()
    opened = sum(80 * share >= 40 for (share,) in shares)
    assert 0 < opened < lease.members
    assert (
        leased.figure("lease.corridor.marginal-marginal").value
        == "some fee suits both in some futures"
    )
    share = leased.figure("lease.corridor.marginal-marginal.share").value
    assert share == opened / lease.members


def test_an_invoice_is_rent_and_every_movement(lease: results.Comparison) -> None:
    """289 EUR a place-day, 2 % more from the second and third year on; 1,500 EUR a movement. The
    term is whole months, so rent needs only the days of its three years."""
    use = Use(Ensemble(lease), "lease")
    rent = sum(
        (
            200 * days * Decimal(289) * Decimal("1.02") ** year
            for year, days in enumerate((365, 365, 366))
        ),
        Decimal(0),
    )
    moves = lease.sql(
        "SELECT sum(people)::BIGINT FROM scenario_transfers WHERE agreement = 'lease' "
        "AND event IN ('sent', 'home', 'ended') GROUP BY member ORDER BY member"
    ).fetchall()
    for invoice, (moved,) in zip(invoices.of(use), moves, strict=True):
        assert invoice is not None
        assert invoice.of("transport") == 1500 * moved
        assert invoice.of("per_place") == rent.quantize(Decimal("0.01"))
        assert invoice.total == sum(line.amount for line in invoice.lines)
        assert all(isinstance(line.amount, Decimal) for line in invoice.lines)
        # All come home on the day after the last, in a month of its own.
        assert invoice.lines[-1].month == date(2028, 9, 1)
        assert invoice.lines[-1].part == "transport"


def test_who_is_let_go_is_not_brought_home(grant: results.Comparison) -> None:
    """Nobody moves back when an agreement ends by letting people go; 252 went, once each."""
    use = Use(Ensemble(grant), "offer")
    assert use.ended == (date(2025, 7, 18), "leave")
    assert use.sent == [252] * grant.members
    assert all(sum(row) == 252 for row in zip(*use.moved.values(), strict=True))


def test_months_are_cut_where_the_places_change(lease: results.Comparison) -> None:
    use = Use(Ensemble(lease), "lease")
    assert use.spans[0] == Span(date(2025, 9, 1), date(2025, 10, 1))
    assert sum(span.days for span in use.spans) == use.days == 3 * 365 + 1
    from bedspace.appraisal.members import use as module

    cuts = {date(2025, 10, 10), date(2025, 11, 1)}
    cut = list(module._spans(date(2025, 9, 20), date(2025, 11, 5), cuts))
    assert [(s.first.day, s.days) for s in cut] == [(20, 11), (1, 9), (10, 22), (1, 4)]


def test_place_days_agree_between_the_daily_and_the_monthly_table(
    lease: results.Comparison,
) -> None:
    use = Use(Ensemble(lease), "lease")
    assert use.place_days == use.by_group["ordinary"]


def test_without_fee_and_costs_figures_say_why(tiny: results.Comparison) -> None:
    from bedspace.appraisal import appraise

    found = appraise(tiny)
    assert found.figure("lease.fee.paid").value is None
    assert found.figure("lease.fee.paid").note == "no fee is stated"
    assert "average cost" in found.figure("lease.avoided.average.total").note
    on = Use(Ensemble(tiny), "lease").in_force
    assert 0 < sum(on) < tiny.members
    used = Use(Ensemble(tiny), "lease").place_days
    assert [days > 0 for days in used] == list(on)
    assert "not in force" in found.figure("lease.use.place-days").note


def test_two_currencies_are_never_subtracted(lease: results.Comparison) -> None:
    ensemble = Ensemble(lease)
    cost = ensemble.scn.systems["homeland"].costs
    assert cost is not None and cost.average is not None
    from dataclasses import replace

    from bedspace.appraisal.sender import saving

    dollars = replace(cost.average, currency="USD", unit="USD/d")
    system = ensemble.scn.systems["homeland"]
    changed = ensemble.scn.model_copy(
        update={
            "systems": ensemble.scn.systems
            | {
                "homeland": system.model_copy(
                    update={"costs": cost.model_copy(update={"average": dollars})}
                )
            }
        }
    )
    ensemble.__dict__["scn"] = changed
    ensemble.__dict__["drawn"] = (changed,) * lease.members
    use = Use(ensemble, "lease")
    found = saving.saving(use, "average", False)
    assert found.value is None and "rate of exchange" in found.note


def test_the_grant_for_the_term_as_it_was(granted: Appraisal) -> None:
    """125 of 365 days. 215 people held all of them avoid 215 x 125 x 177 = 4,756,875, 3,125
    short of 4.76 m, so 216. 252 people must each have been held 4.76 m / (252 x 177) = 106.7 days
    at home: the 125 that the file takes are more, so at the average cost it saves."""
    assert granted.figure("offer.term.days").value == 125
    assert granted.figure("offer.term.bought").value == 300 * 365 == 109_500
    assert granted.figure("offer.term.held.average").value == 216
    stay = granted.figure("offer.term.stay.average").value
    assert isinstance(stay, float) and stay == pytest.approx(4_760_000 / (252 * 177))
    tables = [t for section in granted.sections for t in section.tables]
    (found,) = (t for t in tables if t.id == "offer.term")
    assert "agreements.offer.eligible.remaining.min" in found.note and "106.7" in found.note


def test_a_term_that_ended_early_has_its_table_though_the_fee_hangs_on_use(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """EUR 40 a place-day used, 100,000 once, 500 a movement; 90 people for the 92 days to October.
    At home a day costs 100. 18 people avoid 18 x 92 x 60 = 99,360 more than their price, less than
    100,000, and 19 avoid 104,880. All in all 40 x 8,280 + 100,000 + 180 x 500 = 521,200 was paid:
    each of the 90 must have been held for 521,200 / 9,000 = 57.9 days at home. At the margin a day
    avoids 25, less than its price."""
    out = tmp_path_factory.mktemp("early") / "out"
    found = appraise(compare(f"{HOME}#ends-early", 2, out))
    assert found.figure("lease.fee.paid").value == 521_200
    assert found.figure("lease.term.days").value == 92
    assert found.figure("lease.term.held.average").value == 19
    assert found.figure("lease.term.stay.average").value == pytest.approx(521_200 / 9_000)
    assert found.figure("lease.term.held.marginal").value == "never"
    whole = appraise(compare(HOME, 2, tmp_path_factory.mktemp("whole") / "out"))
    assert whole.figure("lease.term.days").value == 365  # a year is short too


def test_places_that_a_measure_changes_are_not_called_available(granted: Appraisal) -> None:
    """252 came to the 300 places, which the file says by a measure: all of those were used, and
    28.8 % of what was agreed (252 x 125 of 300 x 365)."""
    used = granted.figure("offer.use.occupancy")
    assert used.value == 1 and "available" not in used.title
    assert used.note.startswith("252 of 300 places from 2025-03-15 on (252 people came")
    agreed = granted.figure("offer.use.taken-up").value
    assert agreed == pytest.approx(252 * 125 / (300 * 365))


def test_the_grant_with_the_salvadorans_flown_beside_the_venezuelans() -> None:
    """252 Venezuelans and 33 Salvadorans for 125 days, if all were in the fee: 4.76 m / 35,625 is
    133.61 a place-day, and 95 % of the 300 places."""
    flown = scenario.load("cecot-offer#grant-all-flown")
    (change,) = (m for m in flown.measures.values() if "agreements.offer.places" in m.set)
    held = change.set["agreements.offer.places"].value
    assert held == 252 + 33
    assert round(Decimal(4_760_000) / (int(held) * 125), 2) == Decimal("133.61")
    grant = scenario.load("cecot-offer#grant").agreements["offer"]
    same = flown.agreements["offer"]
    assert (same.fee, same.from_, same.until, same.ends_early) == (
        (grant.fee, grant.from_, grant.until, grant.ends_early)
    )


def test_a_fee_due_once_is_not_nought_a_year(granted: Appraisal) -> None:
    for key in ("full", "empty"):
        fee = granted.figure(f"offer.receiver.fee-{key}")
        assert fee.value is None and "comes again each year" in fee.note

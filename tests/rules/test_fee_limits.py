"""What every part of a fee says of itself; money, invoices and dates beyond what can be exact."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from dateutil.relativedelta import relativedelta

from bedspace.exceptions import BedspaceError
from bedspace.rules import fees
from bedspace.scenario.model.fees import FeePart
from tests.rules.test_fee_parts import START, UNTIL, eur, fee, month


def test_a_part_that_leaves_an_answer_out_is_refused_when_it_is_defined() -> None:
    with pytest.raises(TypeError, match="does not say: words, recurs, once"):
        type("Forgetful", (fees.Part,), {"key": "forgetful"})


def test_a_part_that_does_not_recur_asks_nothing_of_a_year_and_only_one_is_due_once() -> None:
    made: dict[str, fees.Part] = {
        "fixed": fees.Fixed(eur("1"), START),
        "yearly": fees.Yearly(eur("1")),
        "per_place": fees.PerPlace(eur("1")),
        "per_use": fees.PerUse(eur("1")),
        "transport": fees.Transport(eur("1")),
        "minimum": fees.Minimum(1, eur("1")),
        "tiers": fees.Tiers((fees.Tier(None, eur("1")),)),
        "per_person": fees.PerPerson(eur("1")),
        "after": fees.After(1, eur("1")),
    }
    assert list(made) == list(fees.PARTS)
    for key, part in made.items():
        assert type(part) is fees.PARTS[key]
        asked = part.recurring(Decimal(10), Decimal(10), Decimal(365))
        assert (asked > 0) is part.recurs
        empty = fees.invoice(fee(part), [month(0, 31, 0, places=10)], START)
        full = fees.invoice(fee(part), [fees.MonthUse(START, 31, 10, 310, 2, 2)], START)
        assert (full.total != empty.total) is part.hangs_on_use


@pytest.mark.parametrize("amount", ["1e18", "-1e18", "9.99e5000"])
def test_money_that_could_not_be_exact_is_refused_in_a_line(amount: str) -> None:
    with pytest.raises(BedspaceError, match="money is counted below 1e\\+18"):
        eur(amount)


def test_the_largest_money_is_exact_to_the_last_cent() -> None:
    """999,999,999,999,999,999.99 each, three times."""
    schedule = fee(*[fees.Fixed(eur("999999999999999999.99"), START)] * 3)
    assert fees.invoice(schedule, [], START).total == Decimal("2999999999999999999.97")


@pytest.mark.parametrize(
    "part",
    [
        fees.PerUse(eur("9e16")),
        fees.PerUse(eur("1"), Decimal("1e6")),
        fees.Minimum(10**18, eur("1")),
        fees.Minimum(10**15, eur("1"), Decimal("1e5000")),
    ],
)
def test_an_invoice_that_could_not_be_exact_is_refused_in_a_line(part: fees.Part) -> None:
    use = [month(0, 31, 310), month(60, 31, 310)]
    with pytest.raises(BedspaceError, match="money is counted below"):
        fees.invoice(fee(part), use, START)


def test_an_index_beyond_all_counting_is_refused_in_a_line() -> None:
    steep = fee(fees.PerUse(eur("1"), Decimal("1e300000")))
    with pytest.raises(BedspaceError, match="cannot be counted after 5 years"):
        fees.invoice(steep, [month(60, 31, 310)], START)


def test_dates_after_the_year_9999_are_refused_or_not_reached() -> None:
    endless = fees.EarlyEnd(notice=relativedelta(years=9000))
    assert endless.owed_until(date(2025, 6, 15), UNTIL) == UNTIL
    late = fee(fees.Fixed(eur("12"), date(9999, 6, 1), 12))
    with pytest.raises(BedspaceError, match="later than the year 9999"):
        fees.invoice(late, [], START)
    with pytest.raises(BedspaceError, match="instalments are from 1 to 1,200"):
        fee(fees.PerPerson(eur("1"), months=100_000_000))


def test_every_key_of_a_fee_that_is_no_part_is_known_to_go_with_parts() -> None:
    """A price in the language that no class answers for would be passed over."""
    keys = set(FeePart.model_fields) - set(fees.PARTS)
    assert keys == {"on", "spread", "applies", "indexed", "for_", "label"}

"""Invoices and prices. The oracles are arithmetic on published figures, done by hand."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Any

import pytest

from bedspace.exceptions import BedspaceError
from bedspace.rules import fees
from bedspace.rules.break_even import once_a_year
from tests.rules.months import full_months

START = date(2015, 9, 1)


def usd(amount: str) -> fees.Money:
    return fees.Money(Decimal(amount), "USD")


def eur(amount: str) -> fees.Money:
    return fees.Money(Decimal(amount), "EUR")


def fee(*parts: fees.Part) -> fees.Schedule:
    return fees.Schedule(parts)


# --- the grant of 2025, and leases whose price a day was published ------------------------------

GRANT = fee(fees.Fixed(usd("4760000"), date(2025, 3, 22)))


def test_the_grants_headline_and_the_price_used() -> None:
    assert round(fees.headline_price(GRANT, 300, 365).amount, 2) == Decimal("43.47")
    announced = fee(fees.Fixed(usd("6000000"), date(2025, 3, 15)))
    assert round(fees.headline_price(announced, 300, 365).amount, 2) == Decimal("54.79")
    invoice = fees.invoice(GRANT, [], date(2025, 3, 15))
    assert invoice.total == Decimal("4760000.00")
    used = fees.price_used(invoice, 252 * 125)
    assert used is not None and round(used.amount, 2) == Decimal("151.11")


@pytest.mark.parametrize(
    ("yearly", "places", "published"),
    [("25500000", 242, "289"), ("30000000", 500, "164"), ("15000000", 300, "137")],
    ids=["Norgerhaven", "Tilburg", "Gjilan"],
)
def test_a_yearly_lease_a_place_day(yearly: str, places: int, published: str) -> None:
    price = fees.headline_price(fee(fees.Yearly(eur(yearly))), places, 3653)
    assert price.currency == "EUR"
    assert abs(price.amount - Decimal(published)) < Decimal("0.6")


def test_norgerhaven_to_the_tenth() -> None:
    price = fees.headline_price(fee(fees.Yearly(eur("25500000"))), 242, 1096)
    assert round(price.amount, 1) == Decimal("288.5")


def test_vermonts_minimum_of_250_while_228_were_held() -> None:
    schedule = fee(fees.Minimum(250, usd("72")))
    invoice = fees.invoice(schedule, full_months(date(2015, 1, 1), 12, 250, 228), date(2015, 1, 1))
    assert invoice.total == Decimal("6570000.00")  # 72 x 250 x 365
    used = fees.price_used(invoice, 228 * 365)
    assert used is not None and round(used.amount, 2) == Decimal("78.95")


def test_tartus_floor_and_where_it_breaks_even() -> None:
    """8,500 EUR a person-month for at least 300; the sender's average is 11,500 a month; the
    transition payment spread over the five years of the term, or left out."""
    transition = fees.Fixed(eur("22950000"), date(2026, 1, 1), purpose="transition")
    schedule = fee(fees.Minimum(300, eur("8500"), per="month"), transition)
    floor = fees.yearly_fee(schedule, 600, Decimal(0))
    assert floor == eur("30600000")
    assert fees.yearly_fee(schedule, 600, Decimal(300)) == floor
    home = 138_000  # 12 x 11,500
    assert round(floor.amount / home) == 222
    once = once_a_year(schedule, Decimal(5)).amount
    assert once == 4_590_000
    assert round((floor.amount + once) / home) == 255
    for held, published in ((300, 9775), (600, 9138)):
        cost = fees.yearly_fee(schedule, 600, Decimal(held)).amount + once
        a_month = (cost / held / 12).quantize(Decimal(1), ROUND_HALF_UP)
        assert a_month == published


def test_tartus_year_comes_to_the_floor_exactly_and_more_is_paid_by_the_person_month() -> None:
    schedule = fee(fees.Minimum(300, eur("8500"), per="month"))
    start = date(2026, 1, 1)
    empty = fees.invoice(schedule, full_months(start, 12, 600, 0), start)
    assert empty.total == Decimal("30600000.00")
    assert {line.quantity for line in empty.lines} == {300}
    full = fees.invoice(schedule, full_months(start, 12, 600, 600), start)
    assert full.total == Decimal("61200000.00")
    # 17 of 31 days active: 300 x 17 / 31 = 164.516129032258 person-months.
    part = fees.invoice(schedule, [fees.MonthUse(start, 17, 600, 0)], start)
    assert part.total == Decimal("1398387.10")


# --- the invoice, line by line --------------------------------------------------------------


def test_a_part_month_is_paid_by_days() -> None:
    use = [
        fees.MonthUse(date(2025, 9, 1), 17, 10, 170),
        fees.MonthUse(date(2025, 10, 1), 31, 10, 0),
    ]
    invoice = fees.invoice(fee(fees.Yearly(usd("1200"))), use, date(2025, 9, 14))
    assert [line.amount for line in invoice.lines] == [Decimal("56.67"), Decimal("100.00")]
    assert [line.month for line in invoice.lines] == [date(2025, 9, 1), date(2025, 10, 1)]
    assert invoice.lines[1].quantity == 1 and invoice.lines[1].unit_price == 100


def test_each_part_invoices_what_it_says() -> None:
    schedule = fee(
        fees.PerPlace(usd("10")),
        fees.PerUse(usd("3")),
        fees.Transport(usd("1500")),
        fees.Minimum(4, usd("2")),
        fees.Fixed(usd("99.99"), date(2025, 2, 20)),
    )
    use = [fees.MonthUse(date(2025, 2, 1), 28, 5, 60, 7)]
    invoice = fees.invoice(schedule, use, date(2025, 2, 1))
    found = {line.part: (line.quantity, line.amount) for line in invoice.lines}
    assert found == {
        "per_place": (140, Decimal("1400.00")),
        "per_use": (60, Decimal("180.00")),
        "transport": (7, Decimal("10500.00")),
        "minimum": (112, Decimal("224.00")),
        "fixed": (1, Decimal("99.99")),
    }
    assert invoice.total == Decimal("12403.99") and invoice.of("minimum") == Decimal("224.00")


def test_half_a_cent_is_rounded_up() -> None:
    invoice = fees.invoice(
        fee(fees.PerUse(usd("0.125"))), [fees.MonthUse(date(2025, 2, 1), 28, 1, 1)], START
    )
    assert invoice.lines[0].amount == Decimal("0.13")


def test_an_index_steps_up_on_each_anniversary_and_compounds() -> None:
    schedule = fee(fees.PerPlace(eur("100"), indexed=Decimal("0.02")))
    invoice = fees.invoice(schedule, full_months(START, 36, 1, 0), START)
    prices = [line.unit_price for line in invoice.lines]
    assert prices == [Decimal(100)] * 12 + [Decimal(102)] * 12 + [Decimal("104.04")] * 12


def test_an_index_waits_for_the_next_month_when_the_start_is_not_a_first() -> None:
    schedule = fee(fees.PerUse(eur("100"), indexed=Decimal("0.1")))
    start = date(2024, 2, 29)
    months = [date(2024, 2, 1), date(2025, 2, 1), date(2025, 3, 1), date(2028, 3, 1)]
    invoice = fees.invoice(schedule, [fees.MonthUse(m, 1, 1, 1) for m in months], start)
    assert [line.unit_price for line in invoice.lines] == [
        Decimal(100),
        Decimal(100),
        Decimal(110),
        Decimal("146.41"),
    ]


def test_a_sum_due_once_is_owed_until_the_agreement_has_ended() -> None:
    schedule = fee(fees.Fixed(usd("5"), date(2025, 6, 1)), fees.PerUse(usd("1")))
    use = [fees.MonthUse(date(2025, 3, 1), 31, 1, 31)]
    start = date(2025, 3, 1)
    assert fees.invoice(schedule, use, start).total == 36
    assert fees.invoice(schedule, use, start, end=date(2025, 6, 2)).total == 36
    assert fees.invoice(schedule, use, start, end=date(2025, 6, 1)).total == 31


def test_no_place_day_used_has_no_price() -> None:
    assert fees.price_used(fees.invoice(GRANT, [], START), 0) is None


def test_a_callers_decimal_context_changes_no_cent() -> None:
    schedule = fee(fees.PerUse(usd("54.79"), indexed=Decimal("0.03")))
    use = full_months(START, 24, 300, 299)
    there = fees.invoice(schedule, use, START)
    total = there.total
    with localcontext() as coarse:
        coarse.prec = 4
        here = fees.invoice(schedule, use, START)
        assert here == there and here.total == total


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: fees.Money(72.1, "USD"), "exact decimal"),
        (lambda: fees.Money(Decimal("NaN"), "USD"), "exact decimal"),
        (lambda: fees.Money(Decimal(1), "usd"), "no currency"),
        (lambda: fees.Schedule(()), "at least one part"),
        (lambda: fee(fees.PerUse(usd("-1"))), "not negative"),
        (lambda: fee(fees.PerUse(usd("1"), Decimal(-1))), "above -1"),
        (lambda: fee(fees.PerUse(usd("1"), 0.02)), "above -1"),
        (lambda: fee(fees.Minimum(-1, usd("1"))), "-1 places"),
        (lambda: fees.MonthUse(date(2025, 2, 2), 1, 1, 1), "first day"),
        (lambda: fees.MonthUse(date(2025, 2, 1), 29, 1, 1), "no 29 days"),
        (lambda: fees.MonthUse(date(2025, 2, 1), 1, 1, -1), "none negative"),
        (lambda: fees.MonthUse(date(2025, 2, 1), 1, 1, 1.5), "whole numbers"),
        (
            lambda: fees.invoice(
                GRANT, [fees.MonthUse(date(2025, 2, 1), 1, 1, 1)], date(2025, 3, 2)
            ),
            "before the agreement's start",
        ),
        (lambda: fees.headline_price(GRANT, 0, 365), "at least one place"),
        (lambda: fees.Invoice("EUR", fees.invoice(GRANT, [], START).lines), "another currency"),
    ],
)
def test_bad_money_is_refused(make: Any, message: str) -> None:
    with pytest.raises(BedspaceError, match=message):
        make()

"""The rarer parts of a fee and the terms of an early end, each worked by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from dateutil.relativedelta import relativedelta

from bedspace.exceptions import BedspaceError
from bedspace.rules import fees

START = date(2025, 1, 1)


def eur(amount: str) -> fees.Money:
    return fees.Money(Decimal(amount), "EUR")


def fee(*parts: fees.Part, early: fees.EarlyEnd | None = None) -> fees.Schedule:
    return fees.Schedule(parts, early)


def month(n: int, days: int, used: int, sent: int = 0, places: int = 400) -> fees.MonthUse:
    return fees.MonthUse(START + relativedelta(months=n), days, places, used, 0, sent)


def rows(invoice: fees.Invoice) -> list[tuple[str, str, str, str]]:
    return [
        (f"{line.month:%Y-%m}", str(line.quantity), str(line.unit_price), str(line.amount))
        for line in invoice.lines
    ]


# --- tiers ---------------------------------------------------------------------------------------

BANDS = (fees.Tier(300, eur("100")), fees.Tier(350, eur("80")), fees.Tier(None, eur("60")))


def test_tiers_by_band_invoice_each_band_at_its_price() -> None:
    """370 held on 31 days: 300 x 31 at 100, 50 x 31 at 80, 20 x 31 at 60."""
    invoice = fees.invoice(fee(fees.Tiers(BANDS)), [month(0, 31, 370 * 31)], START)
    assert rows(invoice) == [
        ("2025-01", "9300", "100", "930000.00"),
        ("2025-01", "1550", "80", "124000.00"),
        ("2025-01", "620", "60", "37200.00"),
    ]
    assert [line.unit for line in invoice.lines] == [
        "place-days, 0 to 300 held",
        "place-days, 300 to 350 held",
        "place-days, above 350 held",
    ]


def test_tiers_go_by_the_average_of_the_days_the_agreement_was_active() -> None:
    """10 days, 3,250 place-days: 325 on average, though a whole month would make it 105."""
    invoice = fees.invoice(fee(fees.Tiers(BANDS)), [month(0, 10, 3250)], START)
    assert [str(line.quantity) for line in invoice.lines] == ["3000", "250"]
    assert invoice.total == Decimal("320000.00")


@pytest.mark.parametrize(("held", "price"), [(1, 100), (300, 100), (301, 80), (350, 80), (351, 60)])
def test_tiers_on_all_invoice_everybody_at_the_price_of_the_band_reached(
    held: int, price: int
) -> None:
    invoice = fees.invoice(fee(fees.Tiers(BANDS, whole=True)), [month(0, 31, held * 31)], START)
    assert rows(invoice) == [("2025-01", str(held * 31), str(price), f"{held * 31 * price}.00")]


def test_tiers_go_by_the_whole_month_though_its_places_change() -> None:
    """200 held on ten days and 350 on twenty are 300 on average: all in the first band."""
    parted = [month(3, 10, 2000, places=200), month(3, 20, 7000, places=400)]
    invoice = fees.invoice(fee(fees.Tiers(BANDS)), parted, START)
    assert rows(invoice) == [("2025-04", "9000", "100", "900000.00")]


def test_tiers_by_the_month() -> None:
    monthly = (fees.Tier(300, eur("3000")), fees.Tier(None, eur("2400")))
    invoice = fees.invoice(fee(fees.Tiers(monthly, per="month")), [month(0, 31, 310 * 31)], START)
    assert rows(invoice) == [
        ("2025-01", "300", "3000", "900000.00"),
        ("2025-01", "10", "2400", "24000.00"),
    ]


# --- minimum by share, sums by person ------------------------------------------------------------


def test_a_minimum_of_90_per_cent_of_1000_places_arizona_2021() -> None:
    """USD 85.12 a day: 900 places x 31 days even when 700 are held."""
    price = fees.Money(Decimal("85.12"), "USD")
    schedule = fee(fees.Minimum(None, price, share=Decimal("0.9")))
    invoice = fees.invoice(schedule, [month(0, 31, 700 * 31, places=1000)], START)
    assert invoice.total == Decimal("2374848.00")
    assert (invoice.lines[0].quantity, invoice.lines[0].unit) == (27900, "place-days at least")
    more = fees.invoice(schedule, [month(0, 31, 950 * 31, places=1000)], START)
    assert (more.lines[0].quantity, more.lines[0].unit) == (29450, "place-days used")


APRIL = [month(3, 15, 50 * 15, places=200), month(3, 15, 250 * 15, places=260)]
"""50 held in the first half of April, 250 in the second, when there are more places."""


def test_a_minimum_goes_by_the_month_though_its_places_change() -> None:
    """50 x 15 + 250 x 15 = 4,500 place-days, and 100 x 30 = 3,000 are guaranteed: 45,000 at 10 a
    day. Half by half it would be 100 x 15 + 250 x 15 = 5,250, and 52,500."""
    schedule = fee(fees.Minimum(100, eur("10")))
    parted = fees.invoice(schedule, APRIL, START)
    assert rows(parted) == [("2025-04", "4500", "10", "45000.00")]
    assert parted == fees.invoice(schedule, [month(3, 30, 4500)], START)


def test_a_minimum_by_share_goes_by_the_places_of_every_day() -> None:
    """70 % of 200 places x 15 d + 70 % of 260 x 15 d = 2,100 + 2,730 = 4,830 place-days, of 4,500
    used."""
    schedule = fee(fees.Minimum(None, eur("10"), share=Decimal("0.7")))
    invoice = fees.invoice(schedule, APRIL, START)
    assert rows(invoice) == [("2025-04", "4830", "10", "48300.00")]
    assert invoice.lines[0].unit == "place-days at least"


def test_nothing_but_places_kept_hangs_on_how_a_month_is_parted() -> None:
    """A third of a cent a place-day: 750 and 3,750 of them are 2.50 and 12.50, 4,500 are 15.00; a
    yearly sum of 100 is 8.33 a month, though two halves of 4.1666... are 4.17 each."""
    schedule = fee(fees.PerUse(eur("0.003333")), fees.Yearly(eur("100")))
    assert [str(x.amount) for x in fees.invoice(schedule, APRIL, START).lines] == ["15.00", "8.33"]


def test_the_way_home_has_the_price_of_the_last_day_of_the_term() -> None:
    """A year's term at 50 a movement, 10 % more from each anniversary on. 20 go home on the day
    after the last: 20 x 50, for the price of 55 would begin after the term."""
    schedule = fee(fees.Transport(eur("50"), Decimal("0.1")))
    use = [month(11, 31, 31, places=20), fees.MonthUse(date(2026, 1, 1), 0, 0, 0, 20)]
    invoice = fees.invoice(schedule, use, START, UNTIL, UNTIL)
    assert rows(invoice) == [("2026-01", "20", "50", "1000.00")]
    on = fees.invoice(schedule, use, START, date(2026, 2, 1))
    assert rows(on) == [("2026-01", "20", "55", "1100.00")]


def test_a_sum_for_each_person_sent_at_once_and_over_five_years() -> None:
    """GBP 20,000 at once and 151,000 over 60 months: 2,516.66 a month, 2,517.06 at last."""
    once = fees.PerPerson(fees.Money(Decimal(20000), "GBP"))
    spread = fees.PerPerson(fees.Money(Decimal(151000), "GBP"), months=60)
    use = [month(0, 31, 100, sent=10), month(1, 28, 100), month(2, 31, 100, sent=1)]
    invoice = fees.invoice(fee(once, spread), use, START)
    assert invoice.total == 11 * (20000 + 151000)
    january = [line for line in invoice.lines if line.month == START]
    assert [(str(x.quantity), str(x.amount)) for x in january] == [
        ("10", "200000.00"),
        ("10", "25166.60"),
    ]
    assert str(invoice.lines[-1].unit_price) == "2517.06"
    assert invoice.lines[-1].month == date(2030, 2, 1)
    three = fees.invoice(fee(once, spread), use, START, horizon=date(2025, 4, 1))
    assert three.total == Decimal("220000") + 31 * Decimal("2516.66")


def test_a_sum_is_due_in_the_month_in_which_300_have_been_sent() -> None:
    schedule = fee(fees.After(300, fees.Money(Decimal(120_000_000), "GBP")))
    use = [month(0, 31, 0, sent=299), month(1, 28, 0), month(2, 31, 0, sent=2), month(3, 30, 0, 9)]
    invoice = fees.invoice(schedule, use, START)
    assert rows(invoice) == [("2025-03", "1", "120000000", "120000000.00")]
    assert fees.invoice(schedule, use[:2], START).lines == ()
    exactly = [month(0, 31, 0, sent=299), month(1, 28, 0, sent=1)]
    assert rows(fees.invoice(schedule, exactly, START))[0][0] == "2025-02"


def test_a_transition_payment_in_twelve_instalments_is_owed_whole() -> None:
    schedule = fee(fees.Fixed(eur("22950000"), date(2025, 7, 15), 12, purpose="transition"))
    invoice = fees.invoice(schedule, [], START, end=date(2025, 9, 1))
    assert [line.month for line in invoice.lines][::11] == [date(2025, 7, 1), date(2026, 6, 1)]
    assert {line.amount for line in invoice.lines} == {Decimal("1912500.00")}
    assert invoice.total == invoice.for_("transition") == Decimal("22950000.00")


def test_no_instalment_is_below_nought() -> None:
    schedule = fee(fees.Fixed(eur("0.05"), START, 10))
    amounts = [line.amount for line in fees.invoice(schedule, [], START).lines]
    assert amounts == [Decimal("0.00")] * 9 + [Decimal("0.05")]


# --- purposes ------------------------------------------------------------------------------------


def test_gjilans_fee_and_aid_are_told_apart() -> None:
    """EUR 15 m a year for 300 places and 6 m of aid: 137 and 192 a place-day."""
    schedule = fee(fees.Yearly(eur("15000000")), fees.Yearly(eur("6000000"), purpose="aid"))
    alone = fees.headline_price(schedule, 300, 3653)
    both = fees.headline_price(schedule, 300, 3653, ("fee", "aid"))
    assert round(alone.amount) == 137 and round(both.amount) == 192
    invoice = fees.invoice(schedule, [month(n, 31, 0) for n in (0, 2)], START)
    assert invoice.total == Decimal("3500000.00")
    assert invoice.for_("fee") == Decimal("2500000.00") and invoice.for_("aid") == Decimal(
        "1000000.00"
    )


def test_a_headline_over_the_term_has_each_year_at_its_own_price() -> None:
    """100 a day, 10 % more from the first anniversary on, two years of 365 days: 105. At first-year
    prices, 100. A sum due once is not indexed: 73,000 over 730 days and one place are 100 more."""
    daily = fee(fees.PerPlace(eur("100"), Decimal("0.1")))
    assert fees.headline_price(daily, 300, 730, start=START) == eur("105")
    assert fees.headline_price(daily, 300, 730) == eur("100")
    both = fee(*daily.parts, fees.Fixed(eur("73000"), START))
    assert fees.headline_price(both, 1, 730, start=START) == eur("205")


def test_a_headline_steps_on_anniversaries_also_in_a_term_of_days() -> None:
    """From 29 February 2024 the year ends on 28 February 2025: 365 days at 100, 35 at 110."""
    schedule = fee(fees.PerUse(eur("100"), Decimal("0.1")))
    price = fees.headline_price(schedule, 1, 400, start=date(2024, 2, 29))
    assert price == eur("100.875")  # (36,500 + 3,850) / 400


# --- an early end --------------------------------------------------------------------------------

UNTIL = date(2026, 1, 1)


def test_three_months_notice_is_paid_for_what_does_not_depend_on_use() -> None:
    """Ended on 15 June: 16 of 30 days of June, July, August, 14 of 30 days of September."""
    early = fees.EarlyEnd(notice=relativedelta(months=3))
    schedule = fee(fees.Yearly(eur("12000")), fees.PerUse(eur("7")), early=early)
    use = [month(4, 31, 31), month(5, 14, 14)]
    invoice = fees.invoice(schedule, use, START, date(2025, 6, 15), UNTIL)
    yearly = [
        (f"{x.month:%m}", str(x.amount), x.label) for x in invoice.lines if x.part == "yearly"
    ]
    owed = "still owed until 2025-09-15, nobody held"
    assert yearly == [
        ("05", "1000.00", ""),
        ("06", "466.67", ""),
        ("06", "533.33", owed),
        ("07", "1000.00", owed),
        ("08", "1000.00", owed),
        ("09", "466.67", owed),
    ]
    assert invoice.of("per_use") == 45 * 7


def test_a_notice_does_not_go_beyond_the_term_and_a_minimum_is_owed_too() -> None:
    early = fees.EarlyEnd(notice=relativedelta(months=3))
    schedule = fee(fees.Minimum(10, eur("5")), early=early)
    use = [month(11, 14, 14 * 300)]
    invoice = fees.invoice(schedule, use, START, date(2025, 12, 15), UNTIL)
    assert [str(line.quantity) for line in invoice.lines] == ["4200", "170"]
    to_the_end = fee(fees.Minimum(10, eur("5")), early=fees.EarlyEnd(pays_term=True))
    assert fees.invoice(to_the_end, use, START, date(2025, 12, 15), UNTIL) == invoice


def test_a_refund_of_what_the_term_had_left() -> None:
    """4.76 m for a year, ended after 125 of 365 days, 40 % of the rest returned."""
    grant = fees.Fixed(fees.Money(Decimal(4_760_000), "USD"), START)
    end = date(2025, 5, 6)
    none = fees.invoice(fee(grant), [], START, end, UNTIL)
    assert none.total == Decimal("4760000.00")
    schedule = fee(grant, early=fees.EarlyEnd(refund=Decimal("0.4")))
    invoice = fees.invoice(schedule, [], START, end, UNTIL)
    # 0.4 x 240 / 365 = 0.263013698630; x 4,760,000 = 1,251,945.205478...
    assert rows(invoice)[1] == ("2025-05", "-0.26301369863", "4760000", "-1251945.21")
    assert invoice.lines[1].label == "refund: 40 % of what the term had left"
    assert fees.invoice(schedule, [], START, UNTIL, UNTIL).total == Decimal("4760000.00")


# --- currencies, indices, other currencies and years ----------------------------------------------


def test_amounts_have_the_minor_unit_of_their_currency() -> None:
    for currency, amount in (("JPY", "41"), ("KWD", "41.151"), ("USD", "41.15")):
        price = fees.Money(Decimal("13.717"), currency)
        invoice = fees.invoice(fee(fees.PerUse(price)), [month(0, 31, 3)], START)
        assert str(invoice.lines[0].amount) == str(invoice.total) == amount
    assert fees.shown(fees.Money(Decimal("1234567.5"), "JPY")) == "1,234,568 JPY"
    assert fees.shown(fees.Money(Decimal("-1234567.5"), "KWD")) == "-1,234,567.500 KWD"


CPI = fees.Series(
    "CPI",
    (
        (date(2024, 1, 1), Decimal(100)),
        (date(2025, 1, 1), Decimal(104)),
        (date(2026, 1, 1), Decimal("105.5")),
        (date(2027, 1, 1), Decimal(110)),
    ),
)


def test_a_price_index_steps_on_anniversaries_of_the_start() -> None:
    """Start on 2025-07-01, at 104: 105.5 / 104 from 2026-07, 110 / 104 from 2027-07."""
    start = date(2025, 7, 1)
    use = [month(n, 28, 1000) for n in (6, 17, 18, 29, 30)]
    invoice = fees.invoice(fee(fees.PerUse(eur("208"), CPI)), use, start)
    assert [str(line.unit_price) for line in invoice.lines] == ["208", "208", "211", "211", "220"]
    late = [month(42, 28, 1)]
    with pytest.raises(BedspaceError, match="CPI has no value for 2028-07-01"):
        fees.invoice(fee(fees.PerUse(eur("208"), CPI)), late, start)


def test_the_anniversary_of_a_29_february_is_the_28th() -> None:
    leap = date(2024, 2, 29)
    days = [date(2025, 2, 27), date(2025, 2, 28), date(2028, 2, 28), date(2028, 2, 29)]
    assert [fees.anniversaries(leap, day) for day in days] == [0, 1, 3, 4]
    assert fees.anniversaries(leap, date(2023, 1, 1)) == 0


def test_a_value_holds_until_the_next_and_the_last_as_long_as_the_one_before_it() -> None:
    assert CPI.level(date(2026, 12, 31)) == Decimal("105.5")
    assert CPI.ends == date(2028, 1, 1)
    monthly = ((date(2025, 1, 1), Decimal(1)), (date(2025, 2, 1), Decimal(2)))
    assert fees.Series("x", monthly).ends == date(2025, 3, 1)
    assert fees.Series("x", monthly[:1]).ends == date(2026, 1, 1)


def test_an_invoice_in_another_currency_line_by_line() -> None:
    rates = fees.Rates(
        "EUR",
        "NOK",
        fees.Series("EUR/NOK", ((START, Decimal("11.7")), (date(2025, 2, 1), Decimal("11.2")))),
    )
    use = [month(0, 31, 3), month(1, 28, 2)]
    invoice = fees.invoice(fee(fees.PerUse(eur("10.11"))), use, START)
    there = fees.converted(invoice, "NOK", rates)
    assert rows(there) == [
        ("2025-01", "30.33", "11.7", "354.86"),
        ("2025-02", "20.22", "11.2", "226.46"),
    ]
    assert there.total == Decimal("581.32") and there.currency == "NOK"
    assert [line.unit for line in there.lines] == ["EUR, per_use"] * 2
    assert fees.converted(invoice, "EUR", rates) is invoice
    back = fees.converted(there, "EUR", rates)
    assert [str(line.unit_price) for line in back.lines] == ["0.085470085", "0.089285714"]
    assert back.total == Decimal("50.55")
    with pytest.raises(BedspaceError, match="EUR/NOK does not turn EUR into SEK"):
        fees.converted(invoice, "SEK", rates)


def test_money_at_the_prices_of_a_year() -> None:
    """100 of 2024 are 100 x 110 / 100 of 2027; of monthly values the year's mean counts."""
    assert fees.real(eur("100"), date(2024, 6, 1), CPI, 2027) == eur("110.00")
    assert fees.real(eur("110"), date(2027, 6, 1), CPI, 2024) == eur("100.00")
    twice = fees.Series("x", ((date(2024, 1, 1), Decimal(1)), (date(2024, 7, 1), Decimal(2))))
    assert twice.of_year(2024) == Decimal("1.5")
    use = [month(-12, 31, 1), month(0, 31, 1)]
    invoice = fees.invoice(fee(fees.PerUse(eur("100"))), use, date(2024, 1, 1))
    base = fees.in_prices_of(invoice, CPI, 2025)
    assert [str(line.amount) for line in base.lines] == ["104.00", "100.00"]
    with pytest.raises(BedspaceError, match="CPI has no value for 2030-01-01"):
        fees.in_prices_of(invoice, CPI, 2030)


# --- what is refused -----------------------------------------------------------------------------


def tiered(*limits: int | None) -> fees.Schedule:
    return fee(fees.Tiers(tuple(fees.Tier(limit, eur("1")) for limit in limits)))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: tiered(300, 300, None), "a tier up to 300 overlaps the one up to 300"),
        (lambda: tiered(300, 200, None), "a tier up to 200 overlaps the one up to 300"),
        (lambda: tiered(300), "nothing is said of people above"),
        (lambda: tiered(), "nothing is said of people above"),
        (lambda: tiered(None, 300, None), "without a limit is not the last"),
        (lambda: fee(fees.Minimum(None, eur("1"))), "a number of places or a share"),
        (lambda: fee(fees.Minimum(3, eur("1"), share=Decimal("0.5"))), "a number of places or a"),
        (lambda: fee(fees.Minimum(None, eur("1"), share=Decimal("1.1"))), "a share from 0 to 1"),
        (lambda: fee(fees.Fixed(eur("1"), START, 0)), "instalments are from 1 to 1,200, not 0"),
        (lambda: fees.Money(Decimal(1), "XXX"), "'XXX' is no currency"),
        (lambda: fees.Series("x", ()), "x has no values"),
        (lambda: fees.Series("x", (CPI.values[1], CPI.values[0])), "dates of x are not in order"),
        (lambda: fees.Series("x", ((START, Decimal(0)),)), "a decimal above 0"),
        (lambda: fees.Series("x", ((START, 1.5),)), "a decimal above 0"),
        (lambda: CPI.level(date(2023, 12, 31)), "goes from 2024-01-01 to 2028-01-01"),
    ],
)
def test_bad_parts_are_refused(make: Callable[[], object], message: str) -> None:
    with pytest.raises(BedspaceError, match=message):
        make()

"""What holds for every schedule and use: sums, floors, continuity, currencies, anniversaries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, is_dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from bedspace.exceptions import BedspaceError
from bedspace.rules import fees
from tests.rules.months import full_months

START = date(2015, 9, 1)
UNTIL = date(2018, 9, 1)
CENT = Decimal("0.01")

prices = st.decimals("0", "500", places=2).map(lambda d: fees.Money(d, "USD"))
shares = st.decimals("0", "1", places=2)
rises = st.decimals("0", "0.05", places=3)
pers = st.sampled_from(["day", "month"])
days = st.dates(START, UNTIL - timedelta(1))


def index(levels: list[Decimal]) -> fees.Series:
    return fees.Series("CPI", tuple((date(2015 + i, 1, 1), x) for i, x in enumerate(levels)))


indexed = rises | st.lists(st.decimals("50", "200", places=1), min_size=4, max_size=4).map(index)


@st.composite
def tiers(draw: st.DrawFn, whole: bool = False) -> fees.Tiers:
    limits = sorted(draw(st.sets(st.integers(1, 400), max_size=4)))
    bands = tuple(fees.Tier(limit, draw(prices)) for limit in [*limits, None])
    return fees.Tiers(bands, draw(indexed), draw(pers), whole)


minimums = st.builds(fees.Minimum, st.integers(0, 400), prices, indexed, pers) | st.builds(
    fees.Minimum, st.none(), prices, indexed, pers, shares
)
parts = st.one_of(
    st.builds(fees.Fixed, prices, days, st.integers(1, 30)),
    st.builds(fees.Yearly, prices, indexed),
    st.builds(fees.PerPlace, prices, indexed, pers),
    st.builds(fees.PerUse, prices, indexed, pers),
    st.builds(fees.Transport, prices, indexed),
    minimums,
    tiers(),
    st.builds(fees.PerPerson, prices, indexed, st.integers(1, 30)),
    st.builds(fees.After, st.integers(1, 900), prices),
)
ends = st.none() | st.builds(
    fees.EarlyEnd,
    st.none() | st.builds(relativedelta, months=st.integers(0, 12)),
    st.booleans(),
    shares,
)
schedules = st.builds(
    lambda found, early: fees.Schedule(tuple(found), early),
    st.lists(parts, min_size=1, max_size=6),
    ends,
)


@st.composite
def uses(draw: st.DrawFn) -> list[fees.MonthUse]:
    found = []
    for month in full_months(START, draw(st.integers(1, 26)), 300, 0):
        active = draw(st.integers(0, month.days))
        places = draw(st.integers(0, 400))
        used, moved = draw(st.integers(0, places * active)), draw(st.integers(0, 300))
        sent = draw(st.integers(0, moved))
        found.append(fees.MonthUse(month.month, active, places, used, moved, sent))
    return found


def floats(thing: Any) -> list[float]:
    if is_dataclass(thing) and not isinstance(thing, type):
        return floats(astuple(thing))
    if isinstance(thing, Sequence) and not isinstance(thing, str):
        return [f for part in thing for f in floats(part)]
    return [thing] if isinstance(thing, float) else []


def test_the_walk_finds_a_float() -> None:
    line = fees.Line(START, "x", Decimal(1), "", Decimal(1), 0.5, "USD")
    assert floats(((line,),)) == [0.5]


@settings(max_examples=150, deadline=None)
@given(schedules, uses(), st.none() | days)
def test_every_line_can_be_checked_and_the_total_is_their_sum(
    schedule: fees.Schedule, use: list[fees.MonthUse], end: date | None
) -> None:
    invoice = fees.invoice(schedule, use, START, end, UNTIL)
    assert floats(invoice) == [] and isinstance(invoice.total, Decimal)
    assert Fraction(invoice.total) == sum(
        (Fraction(line.amount) for line in invoice.lines), Fraction(0)
    )
    assert invoice.total == sum(invoice.for_(p) for p in fees.PURPOSES)
    assert invoice.total == sum(invoice.of_item(i) for i in range(len(schedule.parts)))
    assert invoice.running()[-1:] in ((), (invoice.total,))
    keys = [(line.month, line.item) for line in invoice.lines]
    assert keys == sorted(keys)
    for line in invoice.lines:
        assert line.currency == invoice.currency == "USD"
        assert line.amount.as_tuple().exponent == -2
        exact = Fraction(line.quantity) * Fraction(line.unit_price)
        assert abs(Fraction(line.amount) - exact) <= Fraction(1, 200)
        assert line.part == schedule.parts[line.item].key


@settings(max_examples=150, deadline=None)
@given(schedules, uses(), days)
def test_months_from_the_horizon_on_are_left_out_and_nothing_else(
    schedule: fees.Schedule, use: list[fees.MonthUse], horizon: date
) -> None:
    whole = fees.invoice(schedule, use, START)
    cut = fees.invoice(schedule, use, START, horizon=horizon)
    assert cut.lines == tuple(line for line in whole.lines if line.month < horizon)


@settings(max_examples=150, deadline=None)
@given(schedules, uses(), st.data())
def test_more_use_never_costs_less(
    schedule: fees.Schedule, use: list[fees.MonthUse], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(use) - 1))
    sent = data.draw(st.integers(0, 50))
    more = list(use)
    more[at] = replace(
        use[at],
        places=use[at].places + data.draw(st.integers(0, 50)),
        place_days_used=use[at].place_days_used + data.draw(st.integers(0, 500)),
        movements=use[at].movements + sent,
        sent=use[at].sent + sent,
    )
    before, after = (fees.invoice(schedule, u, START).total for u in (use, more))
    assert after >= before


@settings(max_examples=150, deadline=None)
@given(minimums, uses())
def test_the_floor_of_a_minimum_is_respected(least: fees.Minimum, use: list[fees.MonthUse]) -> None:
    invoice = fees.invoice(fees.Schedule((least,)), use, START)
    empty = [replace(u, place_days_used=0) for u in use]
    assert invoice.total >= fees.invoice(fees.Schedule((least,)), empty, START).total
    plain = fees.PerUse(least.price, least.indexed, least.per)
    assert invoice.total >= fees.invoice(fees.Schedule((plain,)), use, START).total
    flat = replace(least, indexed=Decimal(0))
    floor = Fraction(0)
    for u in use:
        places = Fraction(least.places or 0) if least.share is None else least.share * u.places
        length = 1 if least.per == "day" else full_months(u.month, 1, 0, 0)[0].days
        floor += Fraction(least.price.amount) * Fraction(places) * u.days / length
    rounding = Fraction(1, 100) * len(use)
    assert Fraction(fees.invoice(fees.Schedule((flat,)), use, START).total) >= floor - rounding


@settings(max_examples=150, deadline=None)
@given(tiers(), st.integers(0, 14000), st.integers(1, 31))
def test_tiers_by_band_never_jump(part: fees.Tiers, used: int, active: int) -> None:
    """One place-day more costs at most the dearest price of one, up to the rounding of lines."""
    first, second = (
        fees.invoice(
            fees.Schedule((part,)), [fees.MonthUse(date(2015, 10, 1), active, 0, n)], START
        ).total
        for n in (used, used + 1)
    )
    dearest = max(tier.price.amount for tier in part.tiers)
    step = dearest if part.per == "day" else dearest / 31
    assert 0 <= second - first <= step + CENT * len(part.tiers)


@settings(max_examples=100, deadline=None)
@given(tiers(), uses())
def test_tiers_of_one_price_are_a_price_for_each_use(
    part: fees.Tiers, use: list[fees.MonthUse]
) -> None:
    level = tuple(replace(tier, price=part.tiers[0].price) for tier in part.tiers)
    plain = fees.invoice(
        fees.Schedule((fees.PerUse(part.tiers[0].price, part.indexed, part.per),)), use, START
    )
    for whole in (False, True):
        banded = fees.invoice(fees.Schedule((replace(part, tiers=level, whole=whole),)), use, START)
        assert abs(banded.total - plain.total) <= CENT * len(banded.lines)
        assert whole is False or banded.total == plain.total


@settings(max_examples=150, deadline=None)
@given(schedules, st.integers(1, 24), st.integers(0, 300), st.data())
def test_part_months_sum_to_the_whole_month(
    schedule: fees.Schedule, month: int, held: int, data: st.DataObject
) -> None:
    """A month invoiced in two parts of constant use comes to the same, but for the rounding."""
    (whole,) = full_months(START + relativedelta(months=month), 1, 300, held)
    cut = data.draw(st.integers(0, whole.days))
    first = replace(whole, days=cut, place_days_used=held * cut)
    second = replace(whole, days=whole.days - cut, place_days_used=held * (whole.days - cut))
    one = fees.invoice(schedule, [whole], START)
    two = fees.invoice(schedule, [first, second], START)
    assert abs(one.total - two.total) <= CENT * len(two.lines)


@settings(max_examples=100, deadline=None)
@given(prices, indexed, days)
def test_what_is_owed_up_to_the_term_is_the_term_with_nobody_held(
    price: fees.Money, rise: Any, end: date
) -> None:
    assume(end > START)
    parts_ = (fees.Yearly(price, rise), fees.PerPlace(price, rise), fees.Minimum(9, price, rise))
    whole = fees.invoice(fees.Schedule(parts_), full_months(START, 36, 300, 0), START)
    until_then = []
    for use in full_months(START, 36, 300, 0):
        active = min(use.days, max((end - use.month).days, 0))
        until_then.append(replace(use, days=active))
    owed = fees.Schedule(parts_, fees.EarlyEnd(pays_term=True))
    invoice = fees.invoice(owed, until_then, START, end, UNTIL)
    assert abs(invoice.total - whole.total) <= CENT * len(invoice.lines)


@settings(max_examples=100, deadline=None)
@given(prices, shares, days)
def test_no_more_is_returned_than_was_paid(price: fees.Money, share: Decimal, end: date) -> None:
    assume(end > START)
    once = fees.Fixed(price, START)
    invoice = fees.invoice(
        fees.Schedule((once,), fees.EarlyEnd(refund=share)), [], START, end, UNTIL
    )
    assert 0 <= invoice.total <= price.amount
    left = Fraction((UNTIL - end).days, (UNTIL - START).days)
    kept = Fraction(price.amount) * (1 - Fraction(share) * left)
    assert abs(Fraction(invoice.total) - kept) <= Fraction(1, 100)


@settings(max_examples=200, deadline=None)
@given(
    st.dates(date(2012, 1, 1), date(2020, 12, 31)) | st.just(date(2016, 2, 29)),
    st.integers(0, 12),
    rises,
)
def test_an_index_steps_on_anniversaries_and_on_no_other_day(
    start: date, years: int, rise: Decimal
) -> None:
    def price(on: date) -> Fraction:
        part = fees.PerPerson(fees.Money(Decimal(100), "USD"), rise)
        use = fees.MonthUse(on.replace(day=1), 0, 0, 0, 1, 1)
        (line,) = fees.invoice(fees.Schedule((part,)), [use], start).lines
        return Fraction(line.unit_price)

    last = {"day": 28} if (start.month, start.day) == (2, 29) else {}
    day = start.replace(year=start.year + years, **last)
    if years and (start.month, start.day) == (2, 29) and day.year % 4 == 0:
        day = day.replace(day=29)
    assert fees.anniversaries(start, day) == years
    assert fees.anniversaries(start, day - timedelta(1)) == max(years - 1, 0)
    after = (day.replace(day=1) + timedelta(32)).replace(day=1)
    exact = 100 * (1 + Fraction(rise)) ** years
    assert abs(price(after) - exact) <= Fraction(1, 10**6)


@given(parts, parts)
def test_two_currencies_are_never_mixed(one: Any, other: Any) -> None:
    if isinstance(other, fees.Tiers):
        *first, last = other.tiers
        foreign: Any = replace(other, tiers=(*first, replace(last, price=_in_euro(last.price))))
    else:
        foreign = replace(other, price=_in_euro(other.price))
    with pytest.raises(BedspaceError, match="EUR and USD"):
        fees.Schedule((one, foreign))
    there = fees.Schedule((replace(one, label="x"),))
    invoice = fees.invoice(there, full_months(START, 1, 1, 1), START)
    rates = fees.Rates("EUR", "NOK", fees.Series("x", ((START, Decimal(9)),)))
    with pytest.raises(BedspaceError, match="does not turn USD into NOK"):
        fees.converted(replace(invoice, lines=invoice.lines or (LINE,)), "NOK", rates)


LINE = fees.Line(START, "x", Decimal(1), "", Decimal(1), Decimal("1.00"), "USD")


def _in_euro(money: fees.Money) -> fees.Money:
    return fees.Money(money.amount, "EUR")


@settings(max_examples=100, deadline=None)
@given(schedules, uses(), st.decimals("0.01", "200", places=4))
@example(
    fees.Schedule((fees.Fixed(fees.Money(Decimal(30), "USD"), UNTIL - timedelta(1), 30),)),
    [],
    Decimal(1),
)
def test_a_converted_invoice_is_still_the_sum_of_its_lines(
    schedule: fees.Schedule, use: list[fees.MonthUse], rate: Decimal
) -> None:
    invoice = fees.invoice(schedule, use, START)
    # A sum due in the last month of the term is paid in up to thirty instalments.
    levels = tuple((START + relativedelta(months=n), rate + n) for n in range(36 + 30))
    there = fees.converted(invoice, "JPY", fees.Rates("USD", "JPY", fees.Series("x", levels)))
    assert floats(there) == [] and there.currency == "JPY"
    assert there.total == sum((line.amount for line in there.lines), Decimal(0))
    for before, after in zip(invoice.lines, there.lines, strict=True):
        n = relativedelta(after.month, START)
        assert after.unit_price == rate + 12 * n.years + n.months
        assert after.quantity == before.amount and after.amount == int(after.amount)
        exact = Fraction(after.quantity) * Fraction(after.unit_price)
        assert abs(Fraction(after.amount) - exact) <= Fraction(1, 2)

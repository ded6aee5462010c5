"""Where renting pays. The oracles are arithmetic on published figures, done by hand."""

from datetime import date
from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedspace.exceptions import BedspaceError
from bedspace.rules import break_even, fees


def eur(amount: str | Decimal) -> fees.Money:
    return fees.Money(Decimal(amount), "EUR")


def a_day(a_month: str) -> fees.Money:
    with localcontext(prec=40):
        return eur(Decimal(a_month) * 12 / Decimal("365.25"))


FLOOR = fees.Schedule((fees.Minimum(300, eur("8500"), per="month"),))
"""Tartu: EUR 8,500 a person-month, for at least 300 of 600 places."""

TRANSITION = fees.Schedule((*FLOOR.parts, fees.Fixed(eur("22950000"), date(2026, 1, 1))))

SWEDEN = a_day("11500")


def test_tartu_breaks_even_at_222_and_with_the_transition_payment_at_255() -> None:
    """30.6 m / (12 x 11,500) = 221.7; (30.6 m + 22.95 m / 5) / 138,000 = 255 exactly."""
    assert break_even.fewest_held(FLOOR, 600, SWEDEN) == 222
    once = break_even.once_a_year(TRANSITION, Decimal(5))
    assert once == eur("4590000")
    assert break_even.fewest_held(TRANSITION, 600, SWEDEN, once) == 255


@pytest.mark.parametrize(("held", "published"), [(300, 9775), (600, 9138)])
def test_tartu_needs_a_cost_at_home_of_9775_and_9138_a_person_month(
    held: int, published: int
) -> None:
    """(30.6 m + 4.59 m) / 300 / 12 = 9,775; (61.2 m + 4.59 m) / 600 / 12 = 9,137.50."""
    once = break_even.once_a_year(TRANSITION, Decimal(5))
    needed = break_even.least_avoided(TRANSITION, 600, held, once)
    month = break_even.person_month(needed).amount
    assert round(month, 2) in (Decimal("9775.00"), Decimal("9137.50"))
    assert int(month + Decimal("0.5")) == published


def test_a_fee_by_the_day_pays_from_the_first_person_or_never() -> None:
    """USD 71.90 against 137 at home (Hawaii); 63 against 56 (California 2007)."""
    hawaii = fees.Schedule((fees.PerUse(fees.Money(Decimal("71.90"), "USD")),))
    assert break_even.fewest_held(hawaii, 1000, fees.Money(Decimal(137), "USD")) == 1
    california = fees.Schedule((fees.PerUse(fees.Money(Decimal(63), "USD")),))
    assert break_even.fewest_held(california, 1000, fees.Money(Decimal(56), "USD")) is None
    assert break_even.least_avoided(california, 1000, 7).amount == 63


def test_no_places_nobody_held_and_two_currencies() -> None:
    assert break_even.fewest_held(FLOOR, 0, SWEDEN) is None
    with pytest.raises(BedspaceError, match="nobody held"):
        break_even.least_avoided(FLOOR, 600, 0)
    with pytest.raises(BedspaceError, match="EUR and USD"):
        break_even.fewest_held(FLOOR, 600, fees.Money(Decimal(100), "USD"))
    with pytest.raises(BedspaceError, match="positive"):
        break_even.once_a_year(TRANSITION, Decimal(0))


@given(
    st.integers(1, 400),
    st.integers(0, 400),
    st.decimals(1, 500, places=2),
    st.decimals(0, 5_000_000, places=2),
    st.decimals(1, 800, places=2),
)
def test_it_is_the_first_that_pays(
    places: int, minimum: int, price: Decimal, yearly: Decimal, home: Decimal
) -> None:
    """Looked up one by one: whoever is fewer does not pay, and the answer does."""
    schedule = fees.Schedule((fees.Minimum(minimum, eur(price)), fees.Yearly(eur(yearly))))

    def pays(held: int) -> bool:
        fee = fees.yearly_fee(schedule, places, Decimal(held)).amount
        return round(fee, 2) <= round(home * held * Decimal("365.25"), 2)

    wanted = next((held for held in range(1, places + 1) if pays(held)), None)
    assert break_even.fewest_held(schedule, places, eur(home)) == wanted

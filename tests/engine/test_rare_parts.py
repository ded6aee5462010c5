"""Rare parts of a mixture, gaps in observed stays, and people who have served for long: as many as
the law says, by its formula."""

from __future__ import annotations

import math

import numpy as np
import pytest

from bedspace.engine import Change, Cohort, Exit, Place, Plan, Stage, simulate, stays
from bedspace.engine.stays.census import share_over, stays_beyond
from bedspace.engine.stays.tables import mean_share_left, share_below

YEARS = 365.25
SHARES = [0.0001, 0.0006, 0.001, 0.005, 0.0123, 0.05]
RARE = {
    "indefinite": stays.Never(),
    "fixed": stays.Fixed(40 * YEARS),
    "lognormal": stays.Lognormal(40 * YEARS, 0.3),
}
GRAIN = 2.0**-31
"""Two of the 2^32 lucks."""


def there_after(law: stays.LawOfStay, days: float) -> float:
    """P(stay > days) of a law's table."""
    ticks = np.array([round(days * stays.TICKS)])
    return 1 - float(share_below(stays.table(law), ticks)[0])


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("rare", RARE)
@pytest.mark.parametrize("common", [stays.Exponential(5), stays.Fixed(100), stays.Gamma(40, 2)])
def test_a_rare_part_has_its_share(share: float, rare: str, common: stays.LawOfStay) -> None:
    """After 700 days the common part is gone but for less than e^-20, and of the rare one nobody
    has left; of the lognormal, whose table is straight in its first 2,048th, less than 1 in 10,000.
    """
    law = stays.Mixture(((1 - share, common), (share, RARE[rare])))
    wanted = pytest.approx(share, abs=2 * GRAIN, rel=1e-4 if rare == "lognormal" else None)
    assert there_after(law, 700) == wanted


@pytest.mark.parametrize("share", [0.0006, 0.02])
def test_the_years_of_a_rare_part_are_its_own(share: float) -> None:
    """Half of a lognormal part stay longer than its median, mean x exp(-sigma^2 / 2)."""
    law = stays.Mixture(((1 - share, stays.Exponential(5)), (share, RARE["lognormal"])))
    median = 40 * YEARS * math.exp(-0.045)
    assert there_after(law, median) == pytest.approx(share / 2, rel=2e-3)


def test_two_rare_parts_and_a_mixture_in_a_mixture() -> None:
    """Of 1 %, a hundredth is indefinite: 0.01 %, and 0.99 % stay 10 years; 0.02 % stay 40."""
    inner = stays.Mixture(((0.99, stays.Fixed(10 * YEARS)), (0.01, stays.Never())))
    law = stays.Mixture(
        ((0.9898, stays.Exponential(5)), (0.01, inner), (0.0002, stays.Fixed(40 * YEARS)))
    )
    assert there_after(law, 9 * YEARS) == pytest.approx(0.0102, abs=4 * GRAIN)
    assert there_after(law, 20 * YEARS) == pytest.approx(0.0003, abs=4 * GRAIN)
    assert there_after(law, 50 * YEARS) == pytest.approx(0.0001, abs=4 * GRAIN)
    assert there_after(stays.Scaled(law, 0.5), 15 * YEARS) == pytest.approx(0.0003, abs=4 * GRAIN)
    least = stays.AtLeast(law, 0.5, 100)
    assert there_after(least, 15 * YEARS) == pytest.approx(0.0003, abs=4 * GRAIN)


def test_a_share_at_a_knot_is_whole() -> None:
    """Half is 1,024 cells of the table: nobody lies between the two stays."""
    law = stays.Mixture(((0.5, stays.Fixed(5)), (0.5, stays.Fixed(40 * YEARS))))
    assert there_after(law, 5) == 0.5
    assert there_after(law, 39 * YEARS) == 0.5


def test_a_gap_in_observed_stays_stays_empty() -> None:
    """99.9 % within 40 days, 99.91 % within 20 years: of a hundred thousand ten are in between and
    ninety beyond."""
    points = ((0.0, 0.0), (0.999, 40.0), (0.9991, 20 * YEARS), (1.0, 30 * YEARS))
    law = stays.Empirical(points)
    assert there_after(law, 40) == pytest.approx(0.001, abs=2 * GRAIN)
    assert there_after(law, (40 + 20 * YEARS) / 2) == pytest.approx(0.00095, abs=1e-7)
    assert there_after(law, 20 * YEARS) == pytest.approx(0.0009, abs=2 * GRAIN)
    assert stays.table(law).mean_days == pytest.approx(law.mean_days(), rel=1e-6)


def test_nobody_leaves_a_piece_without_a_hazard() -> None:
    """5 % a day for 140 days, then nobody for 20 years: exp(-7) = 0.09 % are left all that time."""
    law = stays.Piecewise(((140.0, 0.05), (20 * YEARS, 0.0), (math.inf, 0.05)))
    left = math.exp(-7)
    for days in (140, 200, 10 * YEARS, 19.99 * YEARS):
        assert there_after(law, days) == pytest.approx(left, rel=2e-5)


def test_lifers_in_the_engine() -> None:
    """0.1 % of 200,000 are for life: 200 with a standard deviation of 14, and nobody else stays."""
    law = stays.Mixture(((0.999, stays.Exponential(5)), (0.001, stays.Never())))
    flow = Cohort("new", "term", rate=((0, 200_000.0), (1, 0.0)), spread="even")
    plan = Plan(
        1000,
        (flow,),
        (Stage("term", law, (Exit("out", 1.0),), places=("prison",)),),
        (Place("prison", ((0, 10**6),)),),
    )
    assert abs(simulate(plan, 1, 0).stages[-1, 0] - 200) < 4 * math.sqrt(200)


BEYOND = {
    # served, stay, who of 100,000 is there after a day by e^-x or by the two laws' integral
    "exponential, 30 means": (stays.Fixed(3000), stays.Exponential(100), math.exp(-1 / 100)),
    "exponential on exponential": (
        stays.Exponential(200),
        stays.Exponential(40),
        math.exp(-1 / 40),
    ),
    "lognormal on gamma 1": (stays.Lognormal(400, 1.0), stays.Gamma(100, 1.0), math.exp(-1 / 100)),
    "weibull of shape 1": (stays.Fixed(9000), stays.Weibull(100, 1.0), math.exp(-1 / 100)),
    "a scaled one": (
        stays.Fixed(3000),
        stays.Scaled(stays.Exponential(200), 0.5),
        math.exp(-1 / 100),
    ),
    "the hazard of the last piece": (
        stays.Fixed(3000),
        stays.Piecewise(((30.0, 0.2), (math.inf, 0.01))),
        math.exp(-1 / 100),
    ),
    "the longer part of a mixture": (
        stays.Fixed(5000),
        stays.Mixture(((0.9, stays.Exponential(10)), (0.1, stays.Exponential(100)))),
        math.exp(-1 / 100),
    ),
}


@pytest.mark.parametrize("case", BEYOND)
def test_who_has_served_for_long_stays_as_the_law_says(case: str) -> None:
    """These laws have the hazard of an exponential in the end, so served time says nothing. People
    there after the first day: counted at its end, all of one day later."""
    served, law, daily = BEYOND[case]
    size = 100_000
    stage = Stage("term", law, (Exit("out", 1.0),), places=("prison",))
    stock = Cohort("stock", "term", size=size, served=served)
    plan = Plan(3, (stock,), (stage,), (Place("prison", ((0, size),)),))
    for engine in ("kernel",):
        there = simulate(plan, 1, 0, engine=engine).stages[:, 0] / size
        error = math.sqrt(daily * (1 - daily) / size)
        assert abs(there[0] - daily) < 4 * error
        assert abs(there[2] - daily**3) < 4 * math.sqrt(daily**3 * (1 - daily**3) / size)


@pytest.mark.parametrize(
    ("law", "served"),
    [
        (stays.Lognormal(100, 1.0), 20_000.0),
        (stays.Gamma(100, 2.0), 3_000.0),
        (stays.Weibull(100, 0.6), 20_000.0),
        (stays.Weibull(100, 2.0), 600.0),
    ],
)
def test_what_is_left_of_a_long_stay_follows_the_tail(law: stays.LawOfStay, served: float) -> None:
    """The median of what is left, m, has S(served + m) = S(served) / 2, by quadrature of the
    hazard's own integral: ln S(served) - ln S(served + m) = ln 2."""
    ticks = np.full(1, round(served * stays.TICKS))
    _, stay = stays_beyond(law, ticks, np.array([2**31], dtype=np.uint64))
    two = law.log_survival(np.array([served, stay[0] / stays.TICKS]))
    assert stay[0] > ticks[0]
    assert two[0] - two[1] == pytest.approx(math.log(2), rel=2e-3)


def reached(change: Change) -> Plan:
    """People who have served 3,000 days of a stay of 100 on average; a measure reaches them."""
    stage = Stage("term", stays.Exponential(100), (Exit("out", 1.0),), places=("prison",))
    stock = Cohort("stock", "term", size=2000, served=stays.Fixed(3000))
    return Plan(150, (stock,), (stage,), (Place("prison", ((0, 2000),)),), changes=(change,))


@pytest.mark.parametrize("engine", ["kernel", "reference"])
def test_a_measure_that_changes_nothing_lets_nobody_out_who_has_served_for_long(
    engine: str,
) -> None:
    same = Change("same", 20, "term", stay=stays.Exponential(100), reach="inside")
    never = Change("same", 149, "term", exits=(Exit("out", 1.0),), reach="new")
    one = simulate(reached(same), 1, 0, engine=engine).stages
    assert np.array_equal(one, simulate(reached(never), 1, 0, engine=engine).stages)


@pytest.mark.parametrize("engine", ["kernel", "reference"])
def test_a_measure_stretches_the_stay_of_who_has_served_for_long(engine: str) -> None:
    """A law a hundredth longer makes 3,000 days and more 30 days and more longer: who would have
    left on day 20 or later leaves 30 to 32 days later, and nobody from day 20 to 49."""
    longer = Change("more", 20, "term", stay=stays.Exponential(101), reach="inside")
    left = simulate(reached(longer), 1, 0, engine=engine).stages[:, 0]
    as_before = simulate(reached(Change("same", 149, "term", stay=stays.Fixed(1))), 1, 0).stages
    assert left[20] == left[48] == as_before[19, 0]
    assert as_before[102, 0] <= left[132] <= as_before[100, 0]


def test_tails_against_known_values() -> None:
    """Normal tail at 5 and 35, and Erlang tails: e^-x (1 + x) for a gamma of shape 2."""
    normal = stays.Lognormal(math.exp(0.5), 1.0).log_survival(np.exp(np.array([5.0, 35.0])))
    assert normal == pytest.approx([math.log(2.866515718791939e-07), -616.975101261], rel=1e-9)
    x = np.array([0.5, 2.9, 3.1, 40.0, 900.0])
    gamma = stays.Gamma(2.0, 2.0).log_survival(x)
    assert gamma == pytest.approx(-x + np.log1p(x), rel=1e-9)


def test_a_bounded_stay_may_be_over() -> None:
    """Of those who have served exponentially with mean 20 d, e^-5 are past a stay of 100 d."""
    assert share_over(stays.Fixed(100), stays.Fixed(150)) == 1
    assert share_over(stays.Fixed(100), stays.Fixed(99)) == 0
    assert share_over(stays.Exponential(5), stays.Fixed(9999)) == 0
    over = share_over(stays.Fixed(100), stays.Exponential(20))
    assert over == pytest.approx(math.exp(-5), rel=0.02)
    lifers = stays.Mixture(((0.98, stays.Fixed(100)), (0.02, stays.Never())))
    assert share_over(lifers, stays.Fixed(150)) == 0


def test_a_served_mixture_leaves_the_lifers() -> None:
    """After 150 days of at most 100, or life, all are for life."""
    lifers = stays.Mixture(((0.98, stays.Fixed(100)), (0.02, stays.Never())))
    ticks = np.full(100, 150 * stays.TICKS)
    draws = np.arange(100, dtype=np.uint64) << np.uint64(25)
    assert set(stays_beyond(lifers, ticks, draws)[1]) == {stays.LONGEST}


def test_who_outlives_a_hazard() -> None:
    """E[exp(-h X)] of an exponential of mean m is 1 / (1 + h m), of a fixed stay exp(-h x)."""
    assert mean_share_left(stays.table(stays.Exponential(400)), 0.002) == pytest.approx(
        1 / 1.8, rel=5e-5
    )
    assert mean_share_left(stays.table(stays.Fixed(1000)), 0.0006) == pytest.approx(math.exp(-0.6))

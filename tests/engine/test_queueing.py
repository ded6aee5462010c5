"""Full prisons and slow courts against queueing theory.

Three models of the textbooks are in the engine, and two of them to the letter:

- **Turning people away** is the loss system M/G/c/c. Within a day all leave before anyone comes, so
  it is the *daily* chain n -> min(c, those who stay on + those who come): that is solved exactly
  here. Erlang's formula, which knows no days, is its limit for stays that are long against a day.
- **Holding people elsewhere** is M/M/c with impatience as fast as service (Palm's Erlang A), for a
  sentence runs wherever it is served: in all there are as many people as with ample room (Poisson),
  and elsewhere are those above c. M/M/c without impatience would need a stay that begins only once
  there is a place, and the engine has no such thing.
- **A court** hears c people a day, no more however fast they are: M/D/c with a service of one day
  (Crommelin 1932), which at the ends of days is Lindley's recursion
  waiting -> max(0, waiting + joining - c).  For c = 1 the mean is Pollaczek and Khinchine's.

How sure: some 60 z-scores, each over independent systems; one above 4.5 fails, which an engine
without fault would do at one seed in two thousand.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from bedspace.engine import Cohort, Place, Plan, Queue, Risk, Stage, simulate, stays
from tests.engine.analytic import (
    OUT,
    binomial,
    by_day,
    cycle,
    erlang_b,
    headcount,
    lindley,
    poisson,
    stationary,
    staying,
    survival,
)
from tests.engine.plans import timings

MOST = 4.5


def z(values: np.ndarray, wanted: float) -> float:
    """How many standard errors the mean of independent values is off."""
    return float((np.mean(values) - wanted) / (np.std(values, ddof=1) / math.sqrt(len(values))))


# People turned away: M/G/c/c.

PLACES, RATE, MEAN = 35, 0.2, 200.0
WARM, DAYS = 1000, 4000
SYSTEMS = 300


def loss(law: stays.LawOfStay) -> Plan:
    """Prisons of 35 places for which 40 people ask at a time: 0.2 a day for 200 days each."""
    names = [f"{i:04d}" for i in range(SYSTEMS)]
    stages = tuple(Stage(n, law, OUT, places=(f"prison {n}",), when_full="divert") for n in names)
    cohorts = [Cohort(f"flow {n}", n, rate=((0, RATE),)) for n in names]
    cohorts += [Cohort(f"stock {n}", n, size=32) for n in names]
    places = tuple(Place(f"prison {n}", ((0, PLACES),)) for n in names)
    return Plan(DAYS, tuple(cohorts), stages, places, periods=(0, WARM))


def turned_away(law: stays.LawOfStay) -> np.ndarray:
    """People turned away once the prison has settled, over those expected to ask, by prison."""
    runs = [simulate(loss(law), 5, replicate).diverted[1] for replicate in range(4)]
    return np.concatenate(runs) / (RATE * (DAYS - WARM))


def daily_loss() -> float:
    """The share of arrivals turned away by the daily chain: each stays on with one chance, Poisson
    many come who stay the day, and those above the places are turned away."""
    first, later = staying(MEAN)
    come = poisson(RATE * first, 200)
    step = np.zeros((PLACES + 1, PLACES + 1))
    lost = np.zeros(PLACES + 1)
    for n in range(PLACES + 1):
        asked = np.convolve(binomial(n, later), come)
        step[n] = asked[: PLACES + 1]
        step[n, -1] += asked[PLACES + 1 :].sum()
        lost[n] = asked[PLACES + 1 :] @ np.arange(1, len(asked) - PLACES)
    return float(stationary(step) @ lost) / RATE


def test_share_turned_away_is_that_of_the_daily_chain() -> None:
    """Exponential stays: the chain is exact, days and all."""
    assert abs(z(turned_away(stays.Exponential(MEAN)), daily_loss())) < MOST


def test_erlang_b_is_the_daily_chain_for_long_stays() -> None:
    """Whole days turn away a little fewer: who leaves today makes room for who comes today, and
    one in 400 comes and goes within a day. At a mean stay of 200 days this is 1 % of the share."""
    assert 0.99 < daily_loss() / erlang_b(PLACES, RATE * MEAN) < 1


@pytest.mark.parametrize("law", [stays.Lognormal(MEAN, 1.0), stays.Fixed(MEAN)], ids=repr)
def test_share_turned_away_is_erlang_b_for_any_law_of_the_stay(law: stays.LawOfStay) -> None:
    """Only the mean stay matters (insensitivity), to the 1 % by which whole days are off."""
    shares, wanted = turned_away(law), erlang_b(PLACES, RATE * MEAN)
    error = shares.std(ddof=1) / math.sqrt(len(shares))
    assert abs(shares.mean() - wanted) < 0.01 * wanted + MOST * error


# People held elsewhere, or crowded in: as many as would be above the places if there were room.


def short_of_room(when_full: str, law: stays.LawOfStay) -> tuple[Plan, float]:
    """150 prisons of 30 places for whom 27 people are there on average, each with cells of its
    own; and the mean number above 30."""
    names = [f"{i:04d}" for i in range(150)]
    more = dict(when_full=when_full)
    stages, places = [], []
    for n in names:
        if when_full == "elsewhere":
            more["elsewhere"] = f"cells {n}"
        stages.append(Stage(n, law, OUT, places=(f"prison {n}",), **more))
        places += [Place(f"prison {n}", ((0, 30),)), Place(f"cells {n}", ((0, 0),))]
    cohorts = tuple(Cohort(n, n, rate=((0, 1.35),)) for n in names)
    held = poisson(1.35 * 20, 200)
    above = float(held[31:] @ np.arange(1, 170))
    plan = Plan(
        1000,
        cohorts,
        tuple(stages),
        tuple(sorted(places, key=lambda place: place.name)),
        periods=(0, 300),
    )
    return plan, above


@pytest.mark.parametrize("law", [stays.Exponential(20), stays.Lognormal(20, 0.8)], ids=repr)
@pytest.mark.parametrize("when_full", ["elsewhere", "crowd"])
def test_shortfall_is_the_poisson_excess(when_full: str, law: stays.LawOfStay) -> None:
    """E[max(0, N - c)], N Poisson with mean rate x stay: those in the cells, or the person-days
    above the places. By Little's law it is also the rate times the mean days waited for a place."""
    plan, above = short_of_room(when_full, law)
    outcome = simulate(plan, 3, 0)
    if when_full == "elsewhere":
        cells = [i for i, place in enumerate(plan.places) if place.name.startswith("cells")]
        prisons = [i for i in range(len(plan.places)) if i not in cells]
        short = outcome.population[300:, cells].mean(axis=0)
        assert outcome.population[:, prisons].max() == 30
    else:
        short = outcome.over[1] / 700
        short = short[[place.name.startswith("prison") for place in plan.places]]
    assert abs(z(short, above)) < MOST


def test_who_leaves_without_having_had_a_place_is_erlang_a() -> None:
    """Of those held elsewhere a share of 1 - exp(-1 / mean) is let out the next day, whoever they
    are: over arrivals that is the chance of never being given a place."""
    plan, above = short_of_room("elsewhere", stays.Exponential(20))
    outcome = simulate(plan, 3, 0, trace=True)
    cohort, arrived, ordinal, stage, place = outcome.trace.T[[1, 2, 3, 5, 6]]
    prison = np.array([one.name.startswith("prison") for one in plan.places])
    who = (cohort.astype(np.int64) << 40) | (arrived.astype(np.int64) << 20) | ordinal
    came = (arrived >= 300) & (arrived < 800)  # all of them have left by day 1,000 but 1 in 20,000
    placed = np.unique(who[came & (place >= 0) & prison[place]])
    seen = np.unique(who[came & (stage >= 0)])
    never = np.setdiff1d(seen, placed) >> 40
    per_prison = np.bincount(never, minlength=150) / (1.35 * 500)
    _, later = staying(20)
    assert abs(z(per_prison, above * (1 - later) / 1.35)) < MOST


def test_a_filling_prison_passes_its_places_when_the_chain_does() -> None:
    """First day above 30 places, from 20 people on: its law is that of the first passage of the
    daily chain (exponential stays), so "when do places run out, and with what chance" is exact."""
    plan, days = short_of_room("crowd", stays.Exponential(20))[0], 60
    cohorts = (*plan.cohorts, *(Cohort(f"s{c.name}", c.stage, size=20) for c in plan.cohorts))
    plan = replace(plan, days=days, cohorts=cohorts, periods=(0,))
    step = headcount(1.35, 20, 32)
    step[31] = 0
    step[31, 31] = 1  # above once is above for good
    now = np.eye(32)[20]
    passed = np.array([(now := now @ step)[31] for _ in range(days)])
    runs = [simulate(plan, 9, replicate).population for replicate in range(20)]
    prisons = [place.name.startswith("prison") for place in plan.places]
    ever = np.concatenate([np.maximum.accumulate(r[:, prisons] > 30).T for r in runs])
    for day in (14, 29, 44, 59):
        spread = passed[day] * (1 - passed[day])
        assert abs(ever[:, day].mean() - passed[day]) / math.sqrt(spread / len(ever)) < MOST


# Courts: M/D/c.


def court(served: tuple[tuple[int, float], ...], rate: float, days: int, number: int) -> Plan:
    """`number` courts, each with its own people, who are ready to be heard a day after arrest."""
    names = [f"{i:04d}" for i in range(number)]
    held = tuple(Stage(n, stays.Fixed(1), OUT, places=("room",), queue=n) for n in names)
    flows = tuple(Cohort(n, n, rate=((0, rate),)) for n in names)
    queues = tuple(Queue(n, served) for n in names)
    return Plan(days, flows, held, (Place("room", ((0, 10**8),)),), queues)


def week(numbers: tuple[int, ...], days: int) -> tuple[tuple[int, float], ...]:
    """How many are heard on each day, over and over again."""
    daily = [float(numbers[day % len(numbers)]) for day in range(days)]
    return tuple((day, n) for day, n in enumerate(daily) if day == 0 or n != daily[day - 1])


COURTS = {
    "one a day": (0.8, ((0, 1.0),), (1,)),
    "three a day": (2.6, ((0, 3.0),), (3,)),
    "two and a half a day": (2.2, ((0, 2.5),), (2, 3)),
    "one every other day": (0.4, ((0, 0.5),), (0, 1)),
    "two days a week": (1.1, None, (5, 0, 0, 4, 0, 0, 0)),
}


@pytest.mark.parametrize(("rate", "served", "numbers"), COURTS.values(), ids=COURTS)
def test_waiting_for_a_court_is_lindley_s_recursion(rate, served, numbers) -> None:
    """People waiting at the end of a day: the stationary chain, each day of its week by itself."""
    period, days, warm, size = len(numbers), 1400, 350, 120
    plan = court(served or week(numbers, days), rate, days, 100)
    waiting = simulate(plan, 8, 0).waiting
    laws_of_days = cycle(rate, numbers, size)
    for phase, law in enumerate(laws_of_days):
        seen = waiting[warm + (phase - warm) % period :: period].mean(axis=0)
        assert abs(z(seen, law @ np.arange(size))) < MOST
        nobody = (waiting[warm + (phase - warm) % period :: period] == 0).mean(axis=0)
        assert abs(z(nobody, law[0])) < MOST


@pytest.mark.parametrize(("rate", "served"), [(0.8, (1,)), (0.4, (0, 1)), (0.2, (0, 0, 0, 1))])
def test_the_chain_itself_is_pollaczek_and_khinchine(rate: float, served: tuple[int, ...]) -> None:
    """M/D/1 with a service of d days: rho^2 / 2 / (1 - rho) wait after a sitting, rho = rate x d,
    and `rate` more on each day without one."""
    rho = rate * len(served)
    after = rho**2 / 2 / (1 - rho)
    means = [law @ np.arange(150) for law in cycle(rate, served, 150)]
    assert means[-1] == pytest.approx(after, rel=1e-6)
    assert means[:-1] == pytest.approx([after + rate * (k + 1) for k in range(len(served) - 1)])


def test_days_waited_are_those_of_first_come_first_served() -> None:
    """Who joins as the j-th of a day, with n left from yesterday, is heard ceil((n + j) / c) - 1
    days later: the law of that number, from the chain."""
    rate, heard, warm, days, size = 2.6, 3, 200, 1000, 120
    left = cycle(rate, (heard,), size)[0]
    joins = poisson(rate, 60)
    ahead = np.array([joins[j:].sum() for j in range(1, 60)]) / rate  # P(being the j-th)
    place = np.convolve(left, ahead)  # index 0 is the first in line
    wanted = [place[heard * w : heard * (w + 1)].sum() for w in range(4)]
    plan = court(((0, float(heard)),), rate, days, 40)
    outcome = simulate(plan, 8, 0, trace=True)
    waits: dict[str, list[int]] = {}
    for (cohort, arrived, _), life in timings(plan, outcome).items():
        if warm <= arrived < days - 60:
            waits.setdefault(cohort, []).append(life[1][0] - arrived - 1)
    assert len(waits) == 40
    for w, share in enumerate(wanted):
        assert abs(z(np.array([np.mean(np.array(x) == w) for x in waits.values()]), share)) < MOST
    assert [len(x) > 1500 for x in waits.values()] == [True] * 40


def test_courts_slower_than_arrests_fill_the_system_by_the_day() -> None:
    """1.5 a day join, one is heard: the whole law of the backlog on given days, from the chain,
    and half a person a day more on remand."""
    plan = court(((0, 1.0),), 1.5, 200, 400)
    waiting = simulate(plan, 4, 0).waiting
    step, now = lindley(1.5, 1, 250), np.eye(250)[0]
    for day in range(199):  # nobody has joined on day 0
        now = now @ step
        if day in (19, 79, 198):
            seen = waiting[day + 1]
            mean = now @ np.arange(250)
            spread = now @ (np.arange(250) - mean) ** 2
            assert abs(seen.mean() - mean) / math.sqrt(spread / len(seen)) < MOST
            error = spread * math.sqrt(2 / len(seen))
            assert abs(seen.var() - spread) < MOST * error
    assert mean == pytest.approx(0.5 * 199, abs=3)


def test_a_court_before_which_people_may_die_is_lindley_s_with_impatience() -> None:
    """A hazard of 5 % a day takes people before and in the queue: of those who waited yesterday
    exp(-h) are left at the hour at which they are heard, a day later, and of those who would join
    today as many (Fixed(1): a day since arrest); then the court sits. By the end of the day a part
    of those who wait on are gone: the hours are uniform, so (1 - exp(-h)) / h are counted."""
    hazard, rate, heard, size = 0.05, 3.2, 3, 80
    names = [f"{i:04d}" for i in range(100)]
    held = tuple(
        Stage(n, stays.Fixed(1), OUT, places=("room",), queue=n, risks=(Risk("died", hazard),))
        for n in names
    )
    flows = tuple(Cohort(n, n, rate=((0, rate),)) for n in names)
    queues = tuple(Queue(n, ((0, float(heard)),)) for n in names)
    plan = Plan(1400, flows, held, (Place("room", ((0, 10**8),)),), queues)
    living, till_night = math.exp(-hazard), -math.expm1(-hazard) / hazard
    thin, thin_till_night = np.zeros((size, size)), np.zeros((size, size))
    for n in range(size):
        thin[n, : n + 1] = binomial(n, living)
        thin_till_night[n, : n + 1] = binomial(n, till_night)
    law = stationary(thin @ lindley(rate * living, heard, size)) @ thin_till_night
    waiting = simulate(plan, 8, 0).waiting[300:]
    assert abs(z(waiting.mean(axis=0), law @ np.arange(size))) < MOST
    for n in (0, 3, 8):
        assert abs(z((waiting == n).mean(axis=0), law[n])) < MOST


def test_a_court_that_sits_by_chance_is_m_m_1() -> None:
    """M/M/1 to the letter: 0.05 sittings a day at random, one person each, and 0.025 who join. Its
    mean is rho / (1 - rho) = 1; days are short against both, and cost it less than 2 %."""
    rate, sittings, days, warm, size = 0.025, 0.05, 10_000, 1000, 80
    chance = np.random.default_rng(1)
    plan = court(((0, 0.0),), rate, days, 200)
    queues = tuple(
        replace(queue, served=week(tuple(chance.poisson(sittings, days).tolist()), days))
        for queue in plan.queues
    )
    waiting = simulate(replace(plan, queues=queues), 2, 0).waiting[warm:]
    by_number = (lindley(rate, number, size) for number in range(8))
    step = sum(p * one for p, one in zip(poisson(sittings, 8), by_number, strict=True))
    law = stationary(step)
    mean = law @ np.arange(size)
    assert mean == pytest.approx(1.0, rel=0.015)
    assert abs(z(waiting.mean(axis=0), mean)) < MOST
    for n in (0, 2, 4):  # geometric, (1 - rho) rho^n
        assert law[n] == pytest.approx(0.5 * 0.5**n, rel=0.015)
        assert abs(z((waiting == n).mean(axis=0), law[n])) < MOST


def test_people_wait_for_a_court_beside_those_whose_time_runs() -> None:
    """Who leaves an M/G/infinity stage joins the court as a Poisson stream whatever the stay, so
    the stage holds rate x stay people and, beside them, the court's queue."""
    names = [f"{i:04d}" for i in range(100)]
    law, rate = stays.Lognormal(20, 1.0), 2.6
    held = tuple(Stage(n, law, OUT, places=("room",), queue=n) for n in names)
    flows = tuple(Cohort(n, n, rate=((0, rate),)) for n in names)
    queues = tuple(Queue(n, ((0, 3.0),)) for n in names)
    plan = Plan(1200, flows, held, (Place("room", ((0, 10**8),)),), queues)
    outcome = simulate(plan, 6, 0)
    waiting = cycle(rate, (3,), 120)[0] @ np.arange(120)
    assert abs(z(outcome.waiting[400:].mean(axis=0), waiting)) < MOST
    # A stay of nought days becomes one where somebody waits for a court: P(stay + u < 1) more.
    short = 1 - by_day(survival(law), 1)[0]
    inside = rate * (20 + short) + waiting
    assert abs(z(outcome.stages[400:].mean(axis=0), inside)) < MOST

"""What an agreement does to people: who goes, when, how many, and how they come back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bedspace.engine import (
    ENDED,
    HOME,
    OUT,
    SENT,
    Cohort,
    Exit,
    Outcome,
    Place,
    Plan,
    Stage,
    Transfer,
    philox,
    simulate,
    stays,
)
from tests.engine.plans import Move, canonical, lives, timings

DAYS = 400
FIRST, END = 20, 200
LEASE = Transfer("lease", "rented", ("sentenced",), FIRST, END, min_remaining=15, home_before=5)
SENTENCED = Stage(
    "sentenced",
    stays.Lognormal(60, 1.0),
    (Exit("released", 0.5), Exit("parole", 0.5, "parole")),
    places=("home",),
)
PAROLE = Stage("parole", stays.Exponential(10), (Exit("released", 1.0),), places=("home",))


def plan_of(*transfers: Transfer, rented: tuple = ((0, 40),), outer: int | None = None) -> Plan:
    """400 people at home with room for all, a flow of 5 a day, rented places abroad."""
    places = [Place("home", ((0, 5000),))]
    if transfers:
        within = None if outer is None else "abroad"
        places += [Place("rented", rented, within), Place("abroad", ((0, outer or 0),))]
    cohorts = [
        Cohort("stock", "sentenced", size=400),
        Cohort("flow", "sentenced", rate=((0, 5.0),)),
    ]
    return canonical(DAYS, cohorts, [SENTENCED, PAROLE], places, [], list(transfers))


def run(plan: Plan, replicate: int = 0) -> Outcome:
    return simulate(plan, 5, replicate, trace=True)


def daily(plan: Plan) -> Plan:
    return replace(plan, periods=tuple(range(plan.days)))


def sent_by_day(plan: Plan) -> np.ndarray:
    return simulate(daily(plan), 5, 0).transfers[:, 0, :, SENT].sum(axis=1)


def journeys(plan: Plan, outcome: Outcome) -> list[tuple[tuple, int, Move | None, int | None]]:
    """(person, day sent, the move that brought them back, day the stage began) of each journey."""
    found = []
    for who, moves in lives(plan, outcome).items():
        began = None
        for k, move in enumerate(moves):
            if move.place == "rented":
                after = moves[k + 1] if k + 1 < len(moves) else None
                found.append((who, move.day, after, began))
            elif k == 0 or move.stage != moves[k - 1].stage:
                began = move.day if who[1] >= 0 else None
    return found


def stage_end(plan: Plan, outcome: Outcome) -> dict[tuple, int]:
    """The day on which each person's sentence ends, where that is before the horizon."""
    return {
        who: life[1][0]
        for who, life in timings(plan, outcome).items()
        if life[0][2] == "sentenced" and len(life) > 1
    }


def test_a_transfer_never_changes_when_a_stage_ends() -> None:
    """Baseline and agreement hold the same persons with the same days, wherever they are held."""
    without = plan_of()
    for lease in (LEASE, replace(LEASE, min_remaining=1, home_before=0)):
        plan = plan_of(lease)
        outcome = run(plan)
        assert outcome.transfers[..., SENT].sum() > 100
        assert timings(plan, outcome) == timings(without, run(without))


def test_everybody_comes_home_so_many_days_before_the_end() -> None:
    plan = plan_of(LEASE)
    outcome = run(plan)
    ends = stage_end(plan, outcome)
    back = 0
    for who, _, after, _ in journeys(plan, outcome):
        if after is None:
            continue
        assert (after.stage, after.place) == ("sentenced", "home")
        if ends.get(who, DAYS) - LEASE.home_before == after.day:
            back += 1
        else:
            assert after.day == END
            assert ends.get(who, DAYS) > END + LEASE.home_before
    assert back == outcome.transfers[..., HOME].sum() > 50
    assert not outcome.transfers[..., OUT].any()


def test_without_days_before_the_end_they_leave_from_there() -> None:
    plan = plan_of(replace(LEASE, min_remaining=1, home_before=0))
    outcome = run(plan)
    ends = stage_end(plan, outcome)
    left = [
        (who, after) for who, _, after, _ in journeys(plan, outcome) if after and after.day < END
    ]
    assert all(after.day == ends[who] for who, after in left)
    assert {after.stage for _, after in left} == {None, "parole"}
    assert {after.place for _, after in left if after.stage} == {"home"}
    assert len(left) == outcome.transfers[..., OUT].sum() > 50
    assert not outcome.transfers[..., HOME].any()


@pytest.mark.parametrize("least", [6, 15, 60])
def test_nobody_goes_with_too_few_days_left(least: int) -> None:
    plan = plan_of(replace(LEASE, min_remaining=least))
    outcome = run(plan)
    ends = stage_end(plan, outcome)
    remaining = [ends[who] - day for who, day, _, _ in journeys(plan, outcome) if who in ends]
    assert min(remaining) >= least
    assert min(remaining) < least + 8  # and the bound is met, not merely kept


@pytest.mark.parametrize("delay", [0, 30])
def test_nobody_goes_before_the_delay_is_over(delay: int) -> None:
    plan = plan_of(replace(LEASE, delay=delay))
    went = [(day, began) for _, day, _, began in journeys(plan, run(plan))]
    assert min(day for day, _ in went) == FIRST + delay
    waits = [day - began for day, began in went if began is not None and began >= FIRST]
    assert min(waits) == delay
    assert all(FIRST <= day < END for day, _ in went)


def test_sending_never_exceeds_the_places() -> None:
    """Places shrink and grow; people already there may stay, but nobody is sent into a full one."""
    steps = ((0, 40), (60, 10), (100, 70), (150, 0))
    plan = plan_of(LEASE, rented=steps)
    outcome = run(plan)
    sent = sent_by_day(plan)
    there = outcome.population[:, 2]
    capacity = np.select([np.arange(DAYS) < d for d in (60, 100, 150)], [40, 10, 70], 0)
    assert np.all(there[sent > 0] <= capacity[sent > 0])
    assert np.all(there[FIRST:60] == 40)  # more want to go than can, so each is filled at once
    assert np.all(there[100:150] == 70)
    assert there[60] > 10
    assert not sent[150:].any()


def test_rented_places_share_the_room_of_the_prison_around_them() -> None:
    """With 25 places in all abroad, 10 of them taken by its own people, 15 of 40 can be used."""
    plan = plan_of(LEASE, outer=25)
    own = Stage("local", stays.Never(), (Exit("out", 1.0),), places=("abroad",))
    cohort = Cohort("abroad's own", "local", size=10)
    plan = replace(
        plan,
        cohorts=(cohort, *plan.cohorts),
        stages=(own, *plan.stages),
    )
    outcome = run(plan)
    assert np.all(outcome.population[FIRST:END, 2] == 15)
    assert np.all(outcome.population[:, 0] == 10)  # counted in the inner place only
    assert not outcome.over.any()


@pytest.mark.parametrize(("per_day", "most"), [(1.0, 1), (2.5, 3), (0.4, 1)])
def test_moves_a_day_are_limited(per_day: float, most: int) -> None:
    """Fractions add up from day to day: 2.5 is two and three in turn, 0.4 two in five days."""
    plan = plan_of(replace(LEASE, per_day=per_day), rented=((0, 2000),))
    sent = sent_by_day(plan)
    assert sent.max() == most
    assert sent[:FIRST].sum() == 0
    total = np.cumsum(sent[FIRST:END])
    assert np.all(np.abs(total - per_day * np.arange(1, END - FIRST + 1)) < 1 + 1e-6)


def test_idle_moves_are_lost() -> None:
    """Capacity to move that found no place does not pile up."""
    plan = plan_of(replace(LEASE, per_day=2.0), rented=((0, 0), (100, 2000)))
    sent = sent_by_day(plan)
    assert sent[:100].sum() == 0
    assert sent[100:].max() == 2


@pytest.mark.parametrize("at_end", ["return", "leave"])
def test_at_the_end_nobody_stays(at_end: str) -> None:
    plan = plan_of(replace(LEASE, at_end=at_end))
    outcome = run(plan)
    assert outcome.population[END - 1, 2] == 40
    assert not outcome.population[END:, 2].any()
    # Those whose own day of return is the last day come home by it, the others by the end.
    back = [after for _, _, after, _ in journeys(plan, outcome) if after and after.day == END]
    ended = outcome.transfers[..., ENDED].sum()
    assert 30 < ended <= len(back) <= 40
    stages = [move.stage for move in back]
    if at_end == "return":
        assert set(stages) == {"sentenced"}
        assert {move.place for move in back} == {"home"}
    else:
        assert stages.count(None) == ended
        rest = timings(plan, outcome)
        assert sum(life[-1][2] is None and life[-1][0] == END for life in rest.values()) >= ended


def draws(plan: Plan, who: tuple[str, int, int]) -> list[float]:
    """A person's four fixed draws for the lease: selection, consent, block, priority."""
    cohort, arrived, ordinal = who
    purpose = philox.purpose_hash("transfer", "lease")
    words = philox.block(ordinal, arrived, philox.cohort_hash(cohort), 0, purpose, (5, 0))
    return [int(word) / 2**32 for word in words]


def test_the_lowest_priority_draws_go_first() -> None:
    """On the first day: exactly the eligible with the lowest draws, as computed here from the
    addresses and the baseline."""
    lease = replace(LEASE, selected=0.5, consenting=0.8, blocked=0.2)
    plan, without = plan_of(lease), plan_of()
    before = timings(without, run(without))
    eligible = []
    for who, life in before.items():
        end = life[1][0] if len(life) > 1 else DAYS
        selected, consents, block, priority = draws(plan, who)
        fits = life[0][0] <= FIRST and end - FIRST >= lease.min_remaining
        if fits and selected < 0.5 and consents < 0.8 and block >= 0.2:
            eligible.append((priority, who))
    assert len(eligible) > 60
    went = {who for who, day, _, _ in journeys(plan, run(plan)) if day == FIRST}
    assert went == {who for _, who in sorted(eligible)[:40]}


@pytest.mark.parametrize(
    ("field", "value", "share"),
    [
        ("selected", 0.3, 0.3),
        ("consenting", 0.6, 0.6),
        ("blocked", 0.9, 0.1),
        ("blocked", 1.0, 0.0),
    ],
)
def test_shares_of_people_may_go(field: str, value: float, share: float) -> None:
    """With room for all, the share of the eligible who are ever sent is the share declared."""
    room = ((0, 5000),)
    everybody = plan_of(LEASE, rented=room)
    some = plan_of(replace(LEASE, **{field: value}), rented=room)
    all_who = {who for who, *_ in journeys(everybody, run(everybody))}
    who_went = {who for who, *_ in journeys(some, run(some))}
    assert who_went <= all_who
    spread = (share * (1 - share) / len(all_who)) ** 0.5
    assert abs(len(who_went) / len(all_who) - share) <= 4 * spread


def test_lawful_shares_are_those_of_each_stage() -> None:
    """Where the law lets through half of one stage and nobody of another, it does so whatever else
    is required; and a court's block comes on top."""
    room = ((0, 5000),)
    both = replace(LEASE, stages=("parole", "sentenced"), min_remaining=6)

    def went(lease: Transfer) -> dict[str, set]:
        plan = plan_of(lease, rented=room)
        found: dict[str, set] = {"parole": set(), "sentenced": set()}
        for who, moves in lives(plan, run(plan)).items():
            for move in moves:
                if move.place == "rented":
                    found[move.stage or ""].add(who)
        return found

    everybody, half = went(both), went(replace(both, allowed=(0.0, 0.5)))
    assert len(everybody["parole"]) > 30
    assert not half["parole"]
    n = len(everybody["sentenced"])
    assert abs(len(half["sentenced"]) / n - 0.5) < 4 * (0.25 / n) ** 0.5
    blocked = went(replace(both, allowed=(0.0, 0.5), blocked=0.4))["sentenced"]
    assert blocked < half["sentenced"] < everybody["sentenced"]
    assert abs(len(blocked) / n - 0.3) < 4 * (0.21 / n) ** 0.5


def test_more_places_only_add_people() -> None:
    """Own draws decide, so on the first day a larger agreement sends the same people and more."""
    went = []
    for room in (10, 40, 90):
        plan = plan_of(LEASE, rented=((0, room),))
        went.append({who for who, day, _, _ in journeys(plan, run(plan)) if day == FIRST})
    assert went[0] < went[1] < went[2]


def test_a_transfer_that_started_before_the_plan() -> None:
    plan = plan_of(replace(LEASE, first=-50, delay=10))
    outcome = run(plan)
    assert outcome.population[0, 2] > 0
    began = [began for _, day, _, began in journeys(plan, outcome) if day == 0]
    assert began
    assert set(began) == {None}  # only people of the stock have been inside for ten days


def test_whether_somebody_may_go_is_decided_once() -> None:
    """A person who comes back to prison again and again is sent every time or never."""
    free = Stage("free", stays.Fixed(5), (Exit("back", 1.0, "held"),), inside=False)
    held = Stage("held", stays.Fixed(20), (Exit("released", 1.0, "free"),), places=("home",))
    places = [Place("home", ((0, 900),)), Place("rented", ((0, 900),))]
    lease = Transfer("lease", "rented", ("held",), 0, 300, selected=0.5)
    plan = canonical(300, [Cohort("stock", "held", size=200)], [free, held], places, [], [lease])
    often = []
    for moves in lives(plan, run(plan)).values():
        # The first spell of some ends on day 0, before anybody is sent.
        spells = {move.spell for move in moves if move.stage == "held" and move.spell > 0}
        sent = {move.spell for move in moves if move.place == "rented" and move.spell > 0}
        assert sent in (set(), spells)
        assert len(spells) > 9
        often.append(bool(sent))
    assert 70 < sum(often) < 130

"""Every Plan that cannot be run is refused with one message that names what is wrong."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest

from bedspace.engine import (
    Change,
    Cohort,
    Exit,
    Place,
    Plan,
    Queue,
    Release,
    Risk,
    Stage,
    Transfer,
    expected,
    simulate,
    stays,
)
from bedspace.engine.check import check
from bedspace.exceptions import PlanError

OUT = (Exit("out", 1.0),)
GOOD = Plan(
    30,
    (Cohort("arrivals", "remand", rate=((0, 1.0),)),),
    (
        Stage("free", stays.Fixed(9), (Exit("back", 1.0, "remand"),), inside=False),
        Stage(
            "remand",
            stays.Fixed(3),
            (Exit("convicted", 1.0, "term"),),
            places=("jail",),
            queue="court",
        ),
        Stage(
            "term", stays.Fixed(9), (Exit("out", 0.5), Exit("free", 0.5, "free")), places=("jail",)
        ),
    ),
    (Place("hired", ((0, 5),)), Place("jail", ((0, 50),)), Place("yard", ((0, 9),), within="jail")),
    (Queue("court", ((0, 2.0),)),),
    (Transfer("lease", "hired", ("term",), 3, 20),),
    (Change("rule", 5, "term", stay=stays.Fixed(4)),),
    (0, 10),
)
COHORT, QUEUE, LEASE, RULE = GOOD.cohorts[0], GOOD.queues[0], GOOD.transfers[0], GOOD.changes[0]
FREE, REMAND, TERM = GOOD.stages
HIRED, JAIL, YARD = GOOD.places


def cohort(**new: Any) -> Plan:
    return replace(GOOD, cohorts=(replace(COHORT, **new),))


def remand(**new: Any) -> Plan:
    return replace(GOOD, stages=(FREE, replace(REMAND, **new), TERM))


def term(**new: Any) -> Plan:
    return replace(GOOD, stages=(FREE, REMAND, replace(TERM, **new)))


def free(**new: Any) -> Plan:
    return replace(GOOD, stages=(replace(FREE, **new), REMAND, TERM))


def release(**new: Any) -> Plan:
    return replace(GOOD, releases=(replace(Release("amnesty", 3, ("term",)), **new),))


def lease(**new: Any) -> Plan:
    return replace(GOOD, transfers=(replace(LEASE, **new),))


def rule(**new: Any) -> Plan:
    return replace(GOOD, changes=(replace(RULE, **new),))


BAD = {
    "no days": (replace(GOOD, days=0), "1 to 200000 days, not 0"),
    "too many days": (replace(GOOD, days=200_001), "not 200001"),
    "no periods": (replace(GOOD, periods=()), "periods start at day 0"),
    "late first period": (replace(GOOD, periods=(1, 5)), "periods start at day 0"),
    "period twice": (replace(GOOD, periods=(0, 5, 5)), "ascend"),
    "period after the end": (replace(GOOD, periods=(0, 30)), "before the plan's last day"),
    "out of order": (replace(GOOD, stages=(REMAND, FREE, TERM)), "stages stand in the order"),
    "name twice": (replace(GOOD, places=(HIRED, JAIL, JAIL, YARD)), 'two places are named "jail"'),
    "cohort's stage": (cohort(stage="ward"), 'cohort "arrivals": there is no stage "ward"'),
    "spread": (cohort(spread="bursty"), 'cohort "arrivals": spread is'),
    "negative stock": (cohort(size=-1), 'cohort "arrivals": a stock has'),
    "too large a stock": (cohort(size=60_000_000), 'cohort "arrivals": a stock has'),
    "negative rate": (cohort(rate=((0, -1.0),)), 'cohort "arrivals": from day 0 its value is -1.0'),
    "undefined rate": (cohort(rate=((0, math.nan),)), 'cohort "arrivals": from day 0 .* nan'),
    "steps out of order": (cohort(rate=((9, 1.0), (3, 2.0))), 'cohort "arrivals": its steps'),
    "stage's place": (remand(places=("cellar",)), 'stage "remand": there is no place "cellar"'),
    "stage's queue": (remand(queue="bench"), 'stage "remand": there is no queue "bench"'),
    "no place": (remand(places=()), 'stage "remand" is inside but has no place'),
    "no exit": (remand(exits=()), 'stage "remand" needs 1 to 250 exits'),
    "ways out": (
        remand(risks=tuple(Risk(f"risk {i}", 0.001) for i in range(250))),
        'stage "remand" has more than 250 exits and risks',
    ),
    "exit's target": (remand(exits=(Exit("x", 1.0, "moon"),)), 'stage "remand".* no stage "moon"'),
    "share above one": (
        remand(exits=(Exit("x", 1.5), Exit("y", -0.5))),
        'stage "remand": an exit has a share outside 0 to 1',
    ),
    "shares": (
        remand(exits=(Exit("x", 0.5), Exit("y", 0.4))),
        'stage "remand": the shares of its exits sum to 0.9, not 1',
    ),
    "no stage": (Plan(5, (), (), ()), "a plan needs .* stage"),
    "rule": (remand(rule="fullest"), 'stage "remand": rule is'),
    "when full": (remand(when_full="release"), 'stage "remand": when_full is'),
    "places at liberty": (free(places=("jail",)), 'stage "free" is at liberty'),
    "queue at liberty": (free(queue="court"), 'stage "free" is at liberty'),
    "cycle": (
        replace(GOOD, stages=(FREE, REMAND, replace(TERM, exits=(Exit("x", 1.0, "remand"),)))),
        "cycle within one spell: remand -> term -> remand",
    ),
    "days without releases": (
        term(no_release_on=(3, 3)),
        'stage "term": its days .* do not ascend',
    ),
    "releases before the start": (term(no_release_on=(-1, 3)), 'stage "term": .* are days 0 to'),
    "releases by a court": (remand(no_release_on=(3,)), 'stage "remand" waits or is at liberty'),
    "releases at liberty": (free(no_release_on=(3,)), 'stage "free" waits or is at liberty'),
    "instead": (term(instead="never"), 'stage "term": instead is'),
    "sentence of a stranger": (term(ends_with="moon"), 'stage "term": there is no stage "moon"'),
    "sentence that never began": (term(ends_with="remand"), "no whole sentence begins in"),
    "sentence at liberty": (free(whole=stays.Fixed(9)), 'stage "free" is at liberty: no sentence'),
    "sentence and credit": (
        replace(
            GOOD,
            stages=(
                FREE,
                replace(REMAND, whole=stays.Fixed(9)),
                replace(TERM, ends_with="remand", credit=0.5),
            ),
        ),
        'stage "term" ends with a sentence: it has no credit',
    ),
    "licence without a last exit": (
        replace(
            GOOD, stages=(replace(FREE, ends_with="term"), REMAND, replace(TERM, whole=TERM.stay))
        ),
        'stage "free": its last exit is for when',
    ),
    "mixed reach": (
        replace(GOOD, changes=(RULE, replace(RULE, name="second", reach="admitted"))),
        'change "rule": others of its stage go by day of admission',
    ),
    "release of a stranger": (release(stages=("moon",)), 'release "amnesty": there is no stage'),
    "release from one twice": (release(stages=("term", "term")), "a stage is named twice"),
    "release before the start": (release(day=-1), 'release "amnesty": day, people and within'),
    "release of too many": (release(people=1 << 40), "people and within are numbers up to"),
    "release in no order": (release(first="last"), 'release "amnesty": first is'),
    "release before a court": (release(stages=("remand",)), '"remand" waits or is at liberty'),
    "release for good": (
        replace(
            release(final=True),
            stages=(FREE, REMAND, replace(TERM, exits=(Exit("free", 1.0, "free"),))),
        ),
        'no exit of "term" leads out of custody',
    ),
    "own cycle": (remand(exits=(Exit("x", 1.0, "remand"),)), "cycle .* remand -> remand"),
    "negative capacity": (
        replace(GOOD, places=(HIRED, replace(JAIL, capacity=((0, -5),)), YARD)),
        'place "jail": from day 0 its value is -5, below nought',
    ),
    "within nothing": (
        replace(GOOD, places=(HIRED, JAIL, replace(YARD, within="fort"))),
        'place "yard": there is no place "fort"',
    ),
    "within within": (
        replace(GOOD, places=(replace(HIRED, within="yard"), JAIL, YARD)),
        'place "hired": a place lies within one other, not deeper',
    ),
    "within itself": (
        replace(GOOD, places=(HIRED, JAIL, replace(YARD, within="yard"))),
        'place "yard"',
    ),
    "never served": (
        replace(GOOD, queues=(replace(QUEUE, served=((0, 0.0),)),)),
        'queue "court" is never served, and "remand" waits for it',
    ),
    "negative service": (
        replace(GOOD, queues=(replace(QUEUE, served=((0, -1.0),)),)),
        'queue "court": from day 0',
    ),
    "lease's stage": (lease(stages=("ward",)), 'transfer "lease": there is no stage "ward"'),
    "lease's place": (lease(to="moon"), 'transfer "lease": there is no place "moon"'),
    "ends first": (lease(end=3), 'transfer "lease" ends on day 3, before it starts'),
    "home too soon": (
        lease(home_before=5, min_remaining=5),
        'transfer "lease": people come home 5',
    ),
    "selection": (lease(selected=1.2), 'transfer "lease": selected is a share'),
    "consent": (lease(consenting=-0.1), 'transfer "lease": consenting is a share'),
    "block": (lease(blocked=2.0), 'transfer "lease": blocked is a share'),
    "allowed to whom": (lease(allowed=(0.5, 0.5)), 'transfer "lease": allowed gives one share'),
    "allowed": (lease(allowed=(1.5,)), 'transfer "lease": allowed is a share'),
    "per day": (lease(per_day=-1.0), 'transfer "lease": per_day and delay'),
    "delay": (lease(delay=-1), 'transfer "lease": per_day and delay'),
    "at the end": (lease(at_end="stay"), 'transfer "lease": at_end is'),
    "from liberty": (lease(stages=("free",)), 'transfer "lease": people in "free" are at liberty'),
    "already there": (lease(to="jail"), 'transfer "lease": "term" is held in its place'),
    "change's stage": (rule(stage="ward"), 'change "rule": there is no stage "ward"'),
    "reach": (rule(reach="all"), 'change "rule": reach is'),
    "change too early": (rule(day=-1), 'change "rule" falls on day -1'),
    "other ways out": (rule(exits=OUT), 'change "rule": a change alters the shares'),
    "change's shares": (
        rule(exits=(Exit("out", 0.5), Exit("free", 0.4, "free"))),
        'change "rule": the shares of its exits sum to 0.9',
    ),
    "impossible stay": (remand(stay=stays.Exponential(-3.0)), "exponential: mean cannot be -3.0"),
    "impossible new stay": (rule(stay=stays.Weibull(9.0, 0.0)), "weibull: shape cannot be 0.0"),
}


def test_the_good_plan_is_good() -> None:
    check(GOOD)
    assert simulate(GOOD, 1, 0, engine="reference").events > 0


@pytest.mark.parametrize("mistake", BAD)
def test_a_bad_plan_is_refused_and_says_why(mistake: str) -> None:
    plan, says = BAD[mistake]
    with pytest.raises(PlanError, match=says) as refused:
        simulate(plan, 1, 0, engine="reference")
    assert "\n" not in str(refused.value)


def test_the_twin_refuses_what_the_engines_refuse() -> None:
    with pytest.raises(PlanError, match=r"sum to 0\.9"):
        expected(BAD["shares"][0])


def test_an_engine_that_is_not_there() -> None:
    with pytest.raises(PlanError, match='there is no engine "quick": "kernel" or "reference"'):
        simulate(GOOD, 1, 0, engine="quick")

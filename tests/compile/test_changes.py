"""Measures as dated changes of stages."""

import datetime as dt
from pathlib import Path

import pytest

from bedspace import compile as compiler
from bedspace.engine import Change, Exit, Plan, stays
from bedspace.exceptions import ScenarioError
from bedspace.scenario import load, with_values
from tests.compile.made import BASE, USUAL, made, named, plan

SENTENCED = "home.pathways.usual.sentenced"
REMAND = "home.pathways.usual.remand"
MARCH, JUNE, SEPTEMBER = 59, 151, 243
"""Days of 2025-03-01, 2025-06-01 and 2025-09-01."""


def of(found: Plan, stage: str) -> dict[int, Change]:
    """The changes of a stage by day; no two on one day."""
    changes = [c for c in found.changes if c.stage == f"home/all/{stage}"]
    assert len({c.day for c in changes}) == len(changes)
    return {c.day: c for c in changes}


def measure(path: str, value: str, on: str = "2025-03-01", more: str = "") -> str:
    return f"{{on: {on}, set: {{{path}: {value}}}{more}}}"


def test_a_stay_from_a_day_on() -> None:
    found = plan({"measures/m": measure(f"{SENTENCED}.share", "30 %")})
    (change,) = found.changes
    assert change == Change(
        "2025-03-01 home/all/sentenced",
        MARCH,
        "home/all/sentenced",
        stay=stays.Scaled(stays.Exponential(200), 0.3),
        exits=None,  # it has one way out alone
        reach="new",
    )


def test_a_measure_may_reach_those_inside() -> None:
    text = measure(f"{SENTENCED}.share", "30 %", more=", reach: inside")
    assert of(plan({"measures/m": text}), "sentenced")[MARCH].reach == "inside"


def test_exits_from_a_day_on_and_the_split_of_who_returns() -> None:
    found = plan(
        {
            f"{USUAL}/released": "{returns: {share: 50 %, after: {fixed: 90 d}}}",
            "measures/m": f"{{on: 2025-03-01, set: {{{REMAND}.exits.sentenced: 20 %, "
            f"{REMAND}.exits.released: 80 %}}}}",
        }
    )
    change = of(found, "remand")[MARCH]
    assert change.exits is not None
    assert set(change.exits) == {
        Exit("sentenced", 0.2, "home/all/sentenced"),
        Exit("released", 0.4),
        Exit("released", 0.4, "home/all/released, to return"),
    }
    before = named(found.stages, "home/all/remand").exits
    assert [(e.cause, e.to) for e in change.exits] == [(e.cause, e.to) for e in before]
    assert change.stay == stays.Exponential(60)
    assert of(found, "sentenced") == {}


def test_every_group_on_the_pathway_is_touched() -> None:
    text = measure(f"{SENTENCED}.stay.exponential.mean", "90 d")
    found = plan(
        {
            "systems/home/groups/others": "{stock: 10, pathway: usual}",
            "measures/m": text,
        }
    )
    assert [c.stage for c in found.changes] == ["home/all/sentenced", "home/others/sentenced"]


def test_until_brings_back_what_was() -> None:
    text = measure(f"{SENTENCED}.stay.exponential.mean", "90 d", more=", until: 2025-06-01")
    changes = of(plan({"measures/m": text}), "sentenced")
    assert {day: c.stay for day, c in changes.items()} == {
        MARCH: stays.Exponential(90),
        JUNE: stays.Exponential(200),
    }


def test_two_measures_on_one_stage_stand_together() -> None:
    found = plan(
        {
            "measures/share": measure(f"{SENTENCED}.share", "30 %", more=", until: 2025-09-01"),
            "measures/mean": measure(f"{SENTENCED}.stay.exponential.mean", "90 d", "2025-06-01"),
        }
    )
    assert {day: c.stay for day, c in of(found, "sentenced").items()} == {
        MARCH: stays.Scaled(stays.Exponential(200), 0.3),
        JUNE: stays.Scaled(stays.Exponential(90), 0.3),
        243: stays.Exponential(90),
    }


def test_a_tranche_begins_on_its_own_day() -> None:
    text = (
        f"{{on: 2025-03-01, until: 2025-09-01, set: {{{SENTENCED}.share: 30 %, "
        f"{REMAND}.share: 50 %, home.facilities.old.places: 90, "
        "home.groups.all.admissions: 7 / day}, "
        f"tranches: {{2025-06-01: [{REMAND}.share, home.facilities.old.places, "
        "home.groups.all.admissions]}, reach: inside}"
    )
    found = plan({"measures/m": text})
    sentenced, remand = of(found, "sentenced"), of(found, "remand")
    assert {day: c.stay for day, c in sentenced.items()} == {
        MARCH: stays.Scaled(stays.Exponential(200), 0.3),
        SEPTEMBER: stays.Exponential(200),
    }
    assert {day: c.stay for day, c in remand.items()} == {
        JUNE: stays.Scaled(stays.Exponential(60), 0.5),
        SEPTEMBER: stays.Exponential(60),
    }
    assert {c.reach for c in found.changes} == {"inside"}
    places = dict(named(found.places, "home/old").capacity)
    assert places == {0: 700, JUNE: 90, SEPTEMBER: 700}
    assert dict(named(found.cohorts, "home/all/admissions").rate) == {0: 2, JUNE: 7, SEPTEMBER: 2}


def test_two_numbers_of_one_stage_in_two_tranches() -> None:
    mean = f"{SENTENCED}.stay.exponential.mean"
    text = (
        f"{{on: 2025-03-01, set: {{{mean}: 90 d, {SENTENCED}.share: 30 %}}, "
        f"tranches: {{2025-06-01: [{mean}]}}}}"
    )
    assert {day: c.stay for day, c in of(plan({"measures/m": text}), "sentenced").items()} == {
        MARCH: stays.Scaled(stays.Exponential(200), 0.3),
        JUNE: stays.Scaled(stays.Exponential(90), 0.3),
    }


def test_a_lapse_is_an_end() -> None:
    mean = f"{SENTENCED}.stay.exponential.mean"
    renewed = ", renewed: {every: 30 d, chance: 50 %}"
    scn = made({"measures/m": measure(mean, "90 d", more=renewed)})
    assert list(of(compiler.plan(scn), "sentenced")) == [MARCH]  # nothing drawn: it stays
    for days, end in [(92.0, JUNE), (91.6, JUNE), (306.0, None)]:
        found = of(compiler.plan(with_values(scn, {"measures.m.renewed": days})), "sentenced")
        assert list(found) == ([MARCH, end] if end else [MARCH])
    scn = made({"measures/m": measure(mean, "90 d", more=f"{renewed}, until: 2025-06-01")})
    later = with_values(scn, {"measures.m.renewed": 150.0, "measures.m.renewed.chance": 0.9})
    assert list(of(compiler.plan(later), "sentenced")) == [MARCH, JUNE]
    renewal = later.measures["m"].renewed
    assert renewal is not None and renewal.chance.value == 0.9 and renewal.lasts == 150


@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
def test_of_two_for_one_number_the_later_holds(order: tuple[str, str]) -> None:
    mean = f"{SENTENCED}.stay.exponential.mean"
    texts = {
        "b": measure(mean, "10 d"),
        "a": measure(mean, "20 d", "2025-06-01", ", until: 2025-09-01"),
    }
    found = plan({f"measures/{name}": texts[name] for name in order})
    assert {day: c.stay for day, c in of(found, "sentenced").items()} == {
        MARCH: stays.Exponential(10),
        JUNE: stays.Exponential(20),
        243: stays.Exponential(10),
    }
    same = {"a": measure(mean, "10 d"), "b": measure(mean, "20 d")}
    with pytest.raises(ScenarioError, match="on 2025-03-01 too"):  # neither is the later
        plan({f"measures/{name}": same[name] for name in order})


def test_a_measure_of_another_stage_leaves_this_one_alone() -> None:
    found = plan({"measures/m": measure(f"{REMAND}.stay.exponential.mean", "9 d")})
    assert of(found, "sentenced") == {}
    assert of(found, "remand")[MARCH].stay == stays.Exponential(9)


def test_a_drawn_number_of_a_measure_is_what_it_sets() -> None:
    text = measure(f"{SENTENCED}.share", "{value: 30 %, low: 20 %, high: 40 %}")
    scn = made({"measures/m": text})
    drawn = with_values(scn, {f"measures.m.set.{SENTENCED}.share": 0.37})
    assert compiler.plan(drawn).changes[0].stay == stays.Scaled(stays.Exponential(200), 0.37)


def test_mixed_reach_on_one_stage_is_refused_with_the_line(tmp_path: Path) -> None:
    text = BASE + "\n".join(
        [
            "measures:",
            "  one:",
            "    on: 2025-03-01",
            f"    set: {{{SENTENCED}.share: 30 %}}",
            "  two:",
            "    on: 2025-05-01",
            f"    set: {{{SENTENCED}.stay.exponential.mean: 9 d}}",
            "    reach: inside",
        ]
    )
    file = tmp_path / "x.yaml"
    file.write_text(text)
    line = text[: text.index("    reach:")].count("\n") + 1
    with pytest.raises(ScenarioError) as caught:
        load(str(file))
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == (line, 12)
    assert problem.what == "'one' changes 'home.pathways.usual.sentenced' too, with reach: new"
    # On two stages each may have its own.
    file.write_text(text.replace(f"{SENTENCED}.stay", f"{REMAND}.stay"))
    found = compiler.plan(load(str(file)))
    assert {c.stage: c.reach for c in found.changes} == {
        "home/all/sentenced": "new",
        "home/all/remand": "inside",
    }


def dated(on: dt.date, until: dt.date | None) -> Plan:
    """A plan with a measure on other dates than the language takes (a run may be cut short)."""
    scn = made(
        {
            "measures/m": measure(f"{SENTENCED}.share", "30 %"),
            "measures/n": measure("home.facilities.old.places", "1"),
            "measures/o": measure("home.groups.all.admissions", "9 / day"),
        }
    )
    moved = {
        key: m.model_copy(update={"on": on, "until": until}) for key, m in scn.measures.items()
    }
    return compiler.plan(scn.model_copy(update={"measures": moved}))


def test_a_measure_from_before_the_start_acts_on_day_nought() -> None:
    found = dated(dt.date(2024, 5, 1), None)
    assert of(found, "sentenced")[0].stay == stays.Scaled(stays.Exponential(200), 0.3)
    assert named(found.places, "home/old").capacity[0] == (0, 1.0)
    assert named(found.cohorts, "home/all/admissions").rate[0] == (0, 9.0)


def test_a_measure_over_before_the_start_changes_nothing() -> None:
    found = dated(dt.date(2024, 5, 1), dt.date(2024, 12, 1))
    assert all(c.stay == stays.Exponential(200) for c in found.changes)
    assert (found.places, found.cohorts) == (plan().places, plan().cohorts)


@pytest.mark.parametrize("on", [dt.date(2026, 1, 1), dt.date(2030, 1, 1)])
@pytest.mark.parametrize("until", [None, dt.date(2031, 1, 1)])
def test_a_measure_after_the_end_changes_nothing(on: dt.date, until: dt.date | None) -> None:
    assert dated(on, until) == plan()


def test_an_end_after_the_run_is_no_change() -> None:
    changes = of(dated(dt.date(2025, 3, 1), dt.date(2027, 1, 1)), "sentenced")
    assert list(changes) == [MARCH]


def test_places_and_hearings_change_on_a_date() -> None:
    found = plan(
        {
            f"{USUAL}/remand/queue": "court",
            "systems/home/hearings": "{court: {served: 3 / day}}",
            "measures/m": "{on: 2025-03-01, until: 2025-06-01, set: {home.hearings.court.served: "
            "8 / day, home.facilities.old.places: 20, agreements.lease.places: 60}}",
        }
    )
    assert found.queues[0].served == ((0, 3.0), (MARCH, 8.0), (JUNE, 3.0))
    assert named(found.places, "home/old").capacity == ((0, 700), (MARCH, 20), (JUNE, 700))
    rented = named(found.places, "abroad/tower@lease").capacity
    assert dict(rented) == {0: 0, MARCH: 60, JUNE: 40, 243: 0}
    assert found.changes == ()

"""Groups as stages and cohorts, by hand."""

import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedspace import compile as compiler
from bedspace import engine
from bedspace.engine import Cohort, Exit, Plan, Stage, stays
from bedspace.engine.counts import counts_of, expected_arrivals
from bedspace.exceptions import PlanError, ScenarioError
from bedspace.scenario import load, with_values
from tests.compile.made import BASE, GROUP, USUAL, made, named, plan

KEY = (1, 0)


def stock(found: Plan) -> dict[str, int]:
    """People at the start by stage."""
    return {c.stage.split("/")[-1]: c.size for c in found.cohorts if "/stock/" in c.name}


def daily(found: Plan, name: str = "admissions") -> np.ndarray:
    """Expected arrivals of the group by day."""
    cohort = named(found.cohorts, f"home/all/{name}")
    return expected_arrivals(cohort, found.days)


# --- stages --------------------------------------------------------------------------------------


def test_a_stage_and_the_time_at_liberty_after_it() -> None:
    found = plan(
        {
            f"{GROUP}/facilities": "[new]",
            f"{USUAL}/remand/facilities": "[old, new]",
            f"{USUAL}/remand/queue": "court",
            f"{USUAL}/released": "{returns: {share: 20 %, after: {fixed: 90 d}, to: sentenced}}",
            "systems/home/hearings": "{court: {served: 3 / day}, idle: {served: 1 / day}}",
            "systems/home/placement": "in-order",
            "systems/home/when_full": "divert",
        }
    )
    remand = named(found.stages, "home/all/remand")
    assert remand.places == ("home/old", "home/new")  # its own list, as written
    assert (remand.rule, remand.when_full, remand.queue) == ("in-order", "divert", "home/court")
    sentenced = named(found.stages, "home/all/sentenced")
    assert sentenced.places == ("home/new",) and sentenced.queue is None
    back = (Exit("returned", 1.0, "home/all/sentenced"),)
    released = Stage("home/all/released, to return", stays.Fixed(90), back, inside=False)
    assert named(found.stages, "home/all/released, to return") == released
    assert [q.name for q in found.queues] == ["home/court"]  # nobody waits for the other


def test_what_is_not_said_of_a_stage() -> None:
    remand = named(plan().stages, "home/all/remand")
    assert remand.places == ("home/new", "home/old")  # all of the system, by name
    assert (remand.rule, remand.when_full, remand.queue) == ("least-full", "crowd", None)
    back = "{returns: {share: 20 %, after: {fixed: 90 d}}}"
    released = named(plan({f"{USUAL}/released": back}).stages, "home/all/released, to return")
    assert released.exits[0].to == "home/all/remand"  # where the pathway begins


# --- the stock -----------------------------------------------------------------------------------


def test_a_bare_stock_is_in_proportion_to_the_days_spent() -> None:
    # One admission: 60 days of remand, then 0.7 x 200 x 60 % = 84 days. 60 : 84 of 1,440.
    changed = {f"{GROUP}/stock": "1440", f"{USUAL}/sentenced/share": "60 %"}
    assert stock(plan(changed)) == {"remand": 600, "sentenced": 840}


def test_returns_add_to_the_stage_they_lead_to() -> None:
    # Visits to remand r = 1; to sentenced s = 0.7 r + 0.3 (0.3 r + s), so s = 0.79 / 0.7.
    # Days 60 r : 210 s = 60 : 237. Had they returned to remand it would be 60 : 147.
    changed = {
        f"{GROUP}/stock": "2970",
        f"{USUAL}/sentenced/stay": "{exponential: {mean: 210 d}}",
        f"{USUAL}/released": "{returns: {share: 30 %, after: {fixed: 900 d}, to: sentenced}}",
    }
    assert stock(plan(changed)) == {"remand": 600, "sentenced": 2370}
    changed[f"{USUAL}/released"] = "{returns: {share: 30 %, after: {fixed: 900 d}}}"
    changed[f"{GROUP}/stock"] = "2070"
    assert stock(plan(changed)) == {"remand": 600, "sentenced": 1470}


def test_a_stock_by_stage_stands_as_it_is() -> None:
    changed = {f"{GROUP}/stock": "{sentenced: 70, remand: 5}"}
    assert stock(plan(changed)) == {"remand": 5, "sentenced": 70}
    assert stock(plan({f"{GROUP}/stock": None})) == {}


@given(
    people=st.integers(0, 5000),
    means=st.tuples(*[st.integers(1, 400)] * 3),
    first=st.integers(1, 99),
)
def test_whole_people_whose_sum_is_the_stock(
    people: int, means: tuple[int, int, int], first: int
) -> None:
    exits = f"{{sentenced: {first} %, recalled: {100 - first} %}}"
    found = stock(
        plan(
            {
                f"{GROUP}/stock": str(people),
                USUAL: f"""
          remand: {{stay: {{fixed: {means[0]} d}}, exits: {exits}}}
          sentenced: {{stay: {{fixed: {means[1]} d}}}}
          recalled: {{stay: {{fixed: {means[2]} d}}}}
        """,
            }
        )
    )
    days = {
        "remand": means[0],
        "sentenced": means[1] * first / 100,
        "recalled": means[2] * (1 - first / 100),
    }
    assert sum(found.values()) == people
    for name, share in days.items():
        exact = people * share / sum(days.values())
        assert abs(found[name] - exact) < 1 + 1e-9


def test_the_largest_remainder_is_rounded_up() -> None:
    def of(days: tuple[int, int, int]) -> dict[str, int]:
        return stock(
            plan(
                {
                    f"{GROUP}/stock": "10",
                    USUAL: f"""
              remand: {{stay: {{fixed: {days[0]} d}}, exits: {{sentenced: 100 %}}}}
              sentenced: {{stay: {{fixed: {days[1]} d}}, exits: {{recalled: 100 %}}}}
              recalled: {{stay: {{fixed: {days[2]} d}}}}
            """,
                }
            )
        )

    assert of((10, 2, 8)) == {"remand": 5, "sentenced": 1, "recalled": 4}
    assert of((10, 25, 5)) == {"remand": 3, "sentenced": 6, "recalled": 1}  # 2.5, 6.25, 1.25
    # Of equal remainders the first by name is rounded up.
    assert of((2, 1, 1)) == {"remand": 5, "sentenced": 2, "recalled": 3}  # 5, 2.5, 2.5


def test_stages_that_nobody_leaves_refuse_a_bare_stock(tmp_path: Path) -> None:
    text = BASE.replace("{exponential: {mean: 200 d}}", "{indefinite: true}")
    file = tmp_path / "x.yaml"
    file.write_text(text)
    line = text[: text.index("stock: 1000")].count("\n") + 1
    with pytest.raises(ScenarioError, match="cannot be spread over 'sentenced'") as caught:
        load(str(file))
    assert str(caught.value).startswith(f"{file}:{line}:")
    file.write_text(text.replace("stock: 1000", "stock: {remand: 9, sentenced: 4}"))
    assert stock(compiler.plan(load(str(file)))) == {"remand": 9, "sentenced": 4}


def test_a_draw_by_which_everybody_returns_for_ever_is_refused_with_the_line() -> None:
    back = "{returns: {share: 30 %, after: {fixed: 9 d}}}"
    scn = made({f"{USUAL}/released": back})
    drawn = with_values(scn, {"home.pathways.usual.released.returns.share": 1.0})
    with pytest.raises(PlanError, match=r"^made:1:1: a stock of 1000 cannot be spread"):
        compiler.plan(drawn)


def test_a_drawn_stock_is_spread_anew() -> None:
    scn = with_values(made(), {"home.groups.all.stock": 400.4})
    assert stock(compiler.plan(scn)) == {"remand": 120, "sentenced": 280}  # 60 : 140


# --- admissions ----------------------------------------------------------------------------------


def test_a_rate_holds_from_its_first_day_until_its_end() -> None:
    assert named(plan().cohorts, "home/all/admissions") == Cohort(
        "home/all/admissions", "home/all/remand", rate=((0, 2.0),)
    )
    changed = {f"{GROUP}/admissions": "{rate: 40 / day, from: 2025-01-11, until: 2025-02-01}"}
    found = daily(plan(changed))
    assert (found[10:31] == 40).all() and found.sum() == 40 * 21


CUMULATIVE = "{cumulative: {2025-01-10: 100, 2025-01-31: 205, 2025-03-15: 205}, then: 3 / day}"


def test_running_totals_as_daily_rates() -> None:
    found = plan({f"{GROUP}/admissions": CUMULATIVE})
    observed = daily(found, "admissions-observed")
    assert observed[[0, 9, 10, 30, 31, 73, 74]].tolist() == [10, 10, 5, 5, 0, 0, 0]
    cohort = named(found.cohorts, "home/all/admissions-observed")
    assert (cohort.spread, cohort.stage) == ("even", "home/all/remand")
    total = np.cumsum(counts_of(cohort, found.days, KEY))
    assert total[[9, 30, 73, 364]].tolist() == [100, 205, 205, 205]
    expected = daily(found)  # from the day after the last total
    assert expected[:74].sum() == 0 and (expected[74:] == 3).all()
    assert named(found.cohorts, "home/all/admissions").spread == "poisson"


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(0, 3000)), min_size=1, max_size=8))
def test_every_running_total_is_reached_by_the_end_of_its_day(
    gaps: list[tuple[int, int]],
) -> None:
    days = np.cumsum([gap for gap, _ in gaps])
    totals = np.cumsum([people for _, people in gaps])
    points = ", ".join(
        f"{dt.date(2025, 1, 1) + dt.timedelta(int(day))}: {total}"
        for day, total in zip(days, totals, strict=True)
    )
    found = plan({f"{GROUP}/admissions": f"{{cumulative: {{{points}}}}}"})
    if totals[-1] == 0:
        assert not [c for c in found.cohorts if "observed" in c.name]
        return
    counts = counts_of(named(found.cohorts, "home/all/admissions-observed"), found.days, KEY)
    assert np.cumsum(counts)[days].tolist() == totals.tolist()
    assert (counts >= 0).all()


def test_yearly_counts_over_years_of_their_own_length() -> None:
    found = plan(
        {
            "start": "2023-07-01",
            "end": "2026-03-01",
            "agreements": None,
            f"{GROUP}/admissions": "{yearly: {2023: 730, 2024: 1098, 2025: 365}, then: 4 / day}",
        }
    )
    observed = daily(found, "admissions-observed")
    # 184 days are left of 2023, 2024 has 366 days.
    assert (observed[:184] == 2).all()
    assert (observed[184 : 184 + 366] == 3).all()
    assert (observed[550:915] == 1).all() and (observed[915:] == 0).all()
    cohort = named(found.cohorts, "home/all/admissions-observed")
    counts = counts_of(cohort, found.days, KEY)
    assert [counts[:184].sum(), counts[184:550].sum(), counts[550:].sum()] == [368, 1098, 365]
    assert daily(found)[:915].sum() == 0 and (daily(found)[915:] == 4).all()


def test_a_measure_sets_a_rate_until_its_end() -> None:
    measure = "{on: 2025-03-01, until: 2025-04-01, set: {home.groups.all.admissions: 5 / day}}"
    found = daily(plan({"measures/more": measure}))
    assert (found[:59] == 2).all() and (found[59:90] == 5).all() and (found[90:] == 2).all()


def test_a_measure_takes_the_place_of_what_was_observed() -> None:
    measure = "{on: 2025-01-06, until: 2025-01-21, set: {home.groups.all.admissions: 7 / day}}"
    found = plan({f"{GROUP}/admissions": CUMULATIVE, "measures/other": measure})
    observed, expected = daily(found, "admissions-observed"), daily(found)
    assert observed[[4, 5, 19, 20, 30]].tolist() == [10, 0, 0, 5, 5]
    assert expected[[4, 5, 19, 20, 73, 74]].tolist() == [0, 7, 7, 0, 0, 3]
    # And later it takes the place of what was expected.
    late = "{on: 2025-06-01, set: {home.groups.all.admissions: 7 / day}}"
    found = plan({f"{GROUP}/admissions": CUMULATIVE, "measures/other": late})
    assert daily(found)[[150, 151, 364]].tolist() == [3, 7, 7]
    assert daily(found, "admissions-observed").sum() == pytest.approx(205)


def test_two_measures_of_one_day_are_refused() -> None:
    one = "{on: 2025-03-01, set: {home.groups.all.admissions: 5 / day}}"
    two = "{on: 2025-03-01, set: {home.groups.all.admissions: 9 / day}}"
    for changed in (
        {"measures/a": one, "measures/b": two},
        {"measures/b": two, "measures/a": one},
    ):
        with pytest.raises(ScenarioError, match="on 2025-03-01 too"):
            plan(changed)


def test_nobody_arrives_where_nothing_is_said() -> None:
    assert all("admissions" not in c.name for c in plan({f"{GROUP}/admissions": None}).cohorts)


def test_a_stage_that_only_a_return_leads_to_is_entered_by_it(tmp_path: Path) -> None:
    """100 people stay at most 5 days, are out for 10, and then stay in a stage of their own, which
    is written first: nobody is inside on day 8, and all are from day 16 on."""
    file = tmp_path / "x.yaml"
    file.write_text(
        "bedspace: 1\ntitle: x\nstart: 2024-01-01\nend: 2024-02-10\n"
        "systems:\n  home:\n"
        "    groups: {all: {stock: {sentenced: 100}, pathway: p}}\n"
        "    pathways:\n      p:\n"
        "        recalled: {stay: {fixed: 1000 d}}\n"
        "        sentenced: {stay: {fixed: 5 d}}\n"
        "        released: {returns: {to: recalled, share: 100 %, after: {fixed: 10 d}}}\n"
        "    facilities: {here: {places: 200}}\n",
        encoding="utf-8",
    )
    inside = engine.simulate(compiler.plan(load(file)), 1, 0).population.sum(axis=1)
    assert (inside[8], inside[16], inside[-1]) == (0, 100, 100)

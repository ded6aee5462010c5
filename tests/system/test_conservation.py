"""Nobody is lost or made: the tables of a run account for everybody, month by month."""

import pytest

from bedspace import compile as compiler
from bedspace import ensemble, results, scenario

pytestmark = pytest.mark.slow

FIVE = 5


@pytest.fixture(
    scope="module", params=["two-hundred-places", "two-hundred-places#more", "cecot-offer#grant"]
)
def done(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> results.Run:
    scn = scenario.load(request.param)
    members = FIVE if scn.name == "two-hundred-places" else 2
    return ensemble.run(scn, members, 9, 2, tmp_path_factory.mktemp("kept") / "run")


NET = """
    WITH moved AS (
        SELECT member, month, system, group_name, stage_to AS stage, people FROM flows
        UNION ALL
        SELECT member, month, system, group_name, stage_from, -people FROM flows
    ), net AS (
        SELECT member, month, system, group_name, stage, sum(people) AS net
        FROM moved GROUP BY ALL
    )
    SELECT system || '/' || group_name || '/' || stage, member, people_end,
           lag(people_end) OVER w AS before, coalesce(net, 0) AS net
    FROM stages LEFT JOIN net USING (member, month, system, group_name, stage)
    WINDOW w AS (PARTITION BY member, system, group_name, stage ORDER BY month)
"""


def test_flows_balance_every_stage_from_month_to_month(done: results.Run) -> None:
    rows = done.sql(NET).fetchall()
    later = [r for r in rows if r[3] is not None]
    assert len(later) > 300
    assert [r for r in later if r[2] != r[3] + r[4]] == []
    assert any(r[4] > 0 for r in later) and any(r[4] < 0 for r in later)


def test_and_from_the_stock_of_the_first_day(done: results.Run) -> None:
    stocks: dict[tuple[str, int], int] = {}
    for member in range(done.members):
        drawn = dict(done.sql(f"SELECT path, value FROM draws WHERE member = {member}").fetchall())
        values = {p: v for p, v in drawn.items() if not p.startswith("agreements.offer.in")}
        plan = compiler.plan(scenario.with_values(done.scenario, values))
        for cohort in plan.cohorts:
            key = (cohort.stage, member)
            stocks[key] = stocks.get(key, 0) + cohort.size
    first = [r for r in done.sql(NET).fetchall() if r[3] is None]
    assert first and sum(stocks.values()) > 10_000
    for stage, member, end, _, net in first:
        assert end == stocks.get((stage, member), 0) + net, (stage, member)


def test_places_hold_everybody_in_custody_every_month_end(done: results.Run) -> None:
    outside = {
        tuple(s.name.split("/")) for s in compiler.plan(done.scenario).stages if not s.inside
    }
    held = done.sql("""
        SELECT member, date_trunc('month', day) AS month, sum(people) FROM population
        WHERE day = last_day(day) GROUP BY ALL ORDER BY ALL
    """).fetchall()
    rows = done.sql(
        "SELECT member, month, system, group_name, stage, people_end FROM stages"
    ).fetchall()
    inside: dict[tuple[int, object], int] = {}
    for member, month, system, group, stage, people in rows:
        if (system, group, stage) not in outside:
            key = (member, str(month)[:10])
            inside[key] = inside.get(key, 0) + people
    assert len(held) == len(inside) > 100
    assert {(m, str(month)[:10]): people for m, month, people in held} == inside


def test_days_counted_are_people_counted_daily(done: results.Run) -> None:
    rows = done.sql("""
        WITH daily AS (SELECT member, date_trunc('month', day)::DATE AS month, system AS holder,
                              facility, agreement, sum(people) AS people
                       FROM population GROUP BY ALL),
             counted AS (SELECT member, month::DATE AS month, holder, facility, agreement,
                                sum(person_days) AS days
                         FROM person_days GROUP BY ALL)
        SELECT people, coalesce(days, 0) FROM daily LEFT JOIN counted
        ON daily.member = counted.member AND daily.month = counted.month
           AND daily.holder = counted.holder AND daily.facility = counted.facility
           AND daily.agreement IS NOT DISTINCT FROM counted.agreement
    """).fetchall()
    assert len(rows) > 100 and [r for r in rows if r[0] != r[1]] == []


def test_whoever_is_sent_comes_home_leaves_or_is_still_there(done: results.Run) -> None:
    (agreement,) = done.scenario.agreements
    rows = done.sql("""
        WITH m AS (SELECT member,
                       coalesce(sum(people) FILTER (event = 'sent'), 0) AS sent,
                       coalesce(sum(people) FILTER (event <> 'sent'), 0) AS back
                   FROM transfers GROUP BY member)
        SELECT sent, back, people FROM m JOIN (
            SELECT member, people FROM population WHERE agreement IS NOT NULL
            AND day = (SELECT max(day) FROM population)) USING (member)
    """).fetchall()
    assert len(rows) == done.members, agreement
    for sent, back, there in rows:
        assert sent == back + there and sent > 100


def test_rented_places_are_never_over_and_a_full_lease_is_full(done: results.Run) -> None:
    rows = done.sql("""
        SELECT max(p.people - a.capacity) FROM population p JOIN places a
        ON p.member = a.member AND date_trunc('month', p.day) = a.month
           AND p.facility = a.facility AND p.agreement = a.agreement
        WHERE p.day = last_day(p.day)
    """).fetchall()
    assert rows == [(0,)]

"""The documented grant, from the scenario through a run to its prices."""

from decimal import Decimal

import pytest

from bedspace import ensemble, results, scenario
from bedspace.rules import fees

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> results.Comparison:
    baseline, grant = (scenario.load(f"cecot-offer#{v}") for v in ("baseline", "grant"))
    return ensemble.compare(baseline, grant, 3, 7, 2, tmp_path_factory.mktemp("grant") / "pair")


def test_252_people_for_125_days(pair: results.Comparison) -> None:
    moved = pair.sql(
        "SELECT member, event, sum(people) FROM scenario_transfers GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    # Whose stay ends on the very day on which the grant does is "out", not "ended".
    counts = [{e: n for m, e, n in moved if m == member} for member in range(3)]
    for found in counts:
        assert found["sent"] == 252 == found["ended"] + found.get("out", 0)
        assert set(found) <= {"sent", "ended", "out"} and found["ended"] > 240
    held = pair.sql(
        "SELECT member, CAST(sum(person_days) AS BIGINT) FROM scenario_person_days "
        "WHERE agreement = 'offer' GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    assert held == [(m, 31_500) for m in range(3)]
    days = pair.sql(
        "SELECT min(day), max(day), min(people), max(people), count(*) FROM scenario_population "
        "WHERE agreement = 'offer' AND people > 0"
    ).fetchall()
    assert [str(x)[:10] for x in days[0]] == ["2025-03-15", "2025-07-17", "252", "252", "375"]


def test_whom_it_took_and_where(pair: results.Comparison) -> None:
    who = pair.sql(
        "SELECT DISTINCT system, group_name, stage, holder, facility FROM scenario_person_days "
        "WHERE agreement = 'offer'"
    ).fetchall()
    assert who == [("united-states", "immigration-detained", "detained", "el-salvador", "cecot")]


def test_headline_and_price_used(pair: results.Comparison) -> None:
    lease = pair.scenario.scenario.agreements["offer"]
    (part,) = lease.fee
    assert part.fixed is not None and part.fixed.amount is not None and lease.ends_early
    paid = fees.Money(part.fixed.amount, "USD")
    schedule = fees.Schedule((fees.Fixed(paid, on=part.on or lease.from_),))
    assert paid.amount == Decimal(4_760_000)
    term = (lease.until - lease.from_).days
    use = pair.sql(
        "SELECT month, CAST(sum(person_days) AS BIGINT) FROM scenario_person_days "
        "WHERE agreement = 'offer' AND member = 0 GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    assert [n for _, n in use] == [17 * 252, 30 * 252, 31 * 252, 30 * 252, 17 * 252]
    months = [
        fees.MonthUse(
            month=m if not hasattr(m, "date") else m.date(),
            days=n // 252,
            places=252,
            place_days_used=n,
        )
        for m, n in use
    ]
    invoice = fees.invoice(schedule, months, lease.from_, lease.ends_early.on)
    assert invoice.total == Decimal("4760000.00")
    cents = Decimal("0.01")
    assert (invoice.total / sum(n for _, n in use)).quantize(cents) == Decimal("151.11")
    assert (invoice.total / (int(lease.places.value) * term)).quantize(cents) == Decimal("43.47")
    announced = scenario.load("cecot-offer#announced").agreements["offer"].fee[0].fixed
    assert announced is not None and announced.amount is not None
    assert (announced.amount / (300 * 365)).quantize(cents) == Decimal("54.79")


def test_both_sides_hold_the_same_people_until_it_ends(pair: results.Comparison) -> None:
    """Being sent does not change when a stay ends, so until those held are let go the sending
    system and its rented places together hold whom the baseline holds, day by day."""
    gap = pair.sql("""
        WITH s AS (SELECT member, day, sum(people) AS people FROM scenario_population
                   WHERE system = 'united-states' OR agreement IS NOT NULL GROUP BY ALL),
             b AS (SELECT member, day, sum(people) AS people FROM baseline_population
                   WHERE system = 'united-states' GROUP BY ALL)
        SELECT s.day >= DATE '2025-07-18' AS after, min(s.people - b.people),
               max(s.people - b.people), count(*)
        FROM s JOIN b USING (member, day) GROUP BY ALL ORDER BY ALL
    """).fetchall()
    before, after = gap
    assert before[1:3] == (0, 0) and before[3] == 3 * 1209
    # Those let go would have stayed for some time yet; none of them comes back.
    assert -252 <= after[1] < -240 and after[2] == 0


def test_the_receiver_own_people_are_the_same(pair: results.Comparison) -> None:
    worst = pair.sql("""
        SELECT max(abs(s.people - b.people)), sum(b.people) > 0
        FROM scenario_population s JOIN baseline_population b
             USING (member, day, system, facility)
        WHERE system = 'el-salvador' AND s.agreement IS NULL AND b.agreement IS NULL
    """).fetchall()
    assert worst == [(0, True)]

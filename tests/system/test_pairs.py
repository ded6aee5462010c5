"""A baseline and a scenario share their people: only what the agreement touches differs."""

import numpy as np
import pytest

from bedspace import ensemble, results, scenario

pytestmark = pytest.mark.slow

MEMBERS = 3


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> results.Comparison:
    sides = (scenario.load(f"cecot-offer#{v}") for v in ("baseline", "full-salvadorans"))
    return ensemble.compare(*sides, MEMBERS, 3, 2, tmp_path_factory.mktemp("pair") / "pair")


def daily(pair: results.Comparison, side: str, where: str) -> np.ndarray:
    """People by member and day."""
    found = pair.sql(
        f"SELECT member, day, sum(people) AS people FROM {side}_population WHERE {where} "
        "GROUP BY member, day ORDER BY member, day"
    ).fetchnumpy()["people"]
    return np.asarray(found, dtype=int).reshape(MEMBERS, -1)


def test_somebody_is_sent(pair: results.Comparison) -> None:
    abroad = daily(pair, "scenario", "agreement = 'offer'")
    first = (pair.scenario.scenario.agreements["offer"].from_ - pair.scenario.scenario.start).days
    assert abroad[:, :first].max() == 0
    assert abroad[:, first:].max() > 50
    assert daily(pair, "baseline", "true").shape == abroad.shape


def test_the_receivers_own_people_are_the_same_every_day(pair: results.Comparison) -> None:
    for where in ("system = 'el-salvador' AND agreement IS NULL", "facility = 'other-prisons'"):
        one, two = (daily(pair, side, where) for side in ("baseline", "scenario"))
        assert (one == two).all() and one.min() > 10_000


def test_the_senders_people_at_home_and_abroad_are_those_of_the_baseline(
    pair: results.Comparison,
) -> None:
    """Being sent moves nobody's release and everybody comes back, so home and abroad together
    hold the same number on every day of the run; at home alone it is as many fewer."""
    home = "system = 'united-states'"
    base = daily(pair, "baseline", home)
    abroad = daily(pair, "scenario", "agreement = 'offer'")
    assert (daily(pair, "scenario", f"{home} OR agreement = 'offer'") == base).all()
    assert (daily(pair, "scenario", home) == base - abroad).all()


def test_nobodys_stage_or_way_out_differs(pair: results.Comparison) -> None:
    for table in ("stages", "flows"):
        for one, two in (("baseline", "scenario"), ("scenario", "baseline")):
            ((count,),) = pair.sql(
                f"SELECT count(*) FROM (SELECT * FROM {one}_{table} EXCEPT "
                f"SELECT * FROM {two}_{table})"
            ).fetchall()
            assert count == 0, table
    ((rows,),) = pair.sql("SELECT count(*) FROM scenario_stages").fetchall()
    assert rows > 1000


def test_shared_numbers_are_drawn_alike(pair: results.Comparison) -> None:
    rows = pair.sql(
        "SELECT b.value = s.value FROM baseline_draws b JOIN scenario_draws s USING (member, path)"
    ).fetchall()
    assert len(rows) > 10 * MEMBERS and all(same for (same,) in rows)


def test_the_impact_is_the_people_moved(pair: results.Comparison) -> None:
    impact = pair.sql(
        "SELECT member, day, sum(people) AS people, "
        "sum(people) FILTER (system = 'el-salvador') AS gained "
        "FROM impact_population GROUP BY ALL ORDER BY ALL"
    ).fetchnumpy()
    assert (np.asarray(impact["people"], dtype=int) == 0).all()
    gained = np.asarray(impact["gained"], dtype=int).reshape(MEMBERS, -1)
    assert (gained == daily(pair, "scenario", "agreement = 'offer'")).all()

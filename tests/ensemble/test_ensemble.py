"""Ensembles and pairs: what is in them, and the same bytes however the work is done."""

import json
from pathlib import Path
from typing import Any

import pytest

from bedspace import compile as compiler
from bedspace import engine, ensemble, results, scenario
from bedspace.ensemble import chunks, members, sides
from bedspace.exceptions import PlanError, RunError
from bedspace.results import TABLES
from bedspace.results.tables import Member
from tests.ensemble.files import TINY, tree


def test_the_same_bytes_with_one_and_two_workers(
    scn: scenario.Scenario, twenty: results.Run, tmp_path: Path
) -> None:
    for name in ("a", "b"):
        ensemble.run(scn, 20, 3, 2, tmp_path / name)
        assert tree(tmp_path / name) == tree(twenty.folder)


def test_another_seed_gives_other_people(
    scn: scenario.Scenario, twenty: results.Run, tmp_path: Path
) -> None:
    other = ensemble.run(scn, 20, 4, 1, tmp_path / "run")
    assert other.population.fetchall() != twenty.population.fetchall()


def test_more_members_extend_the_first(
    scn: scenario.Scenario, twenty: results.Run, tmp_path: Path
) -> None:
    more = ensemble.run(scn, 34, 3, 2, tmp_path / "run")
    first = tree(twenty.folder)
    parts = {p: h for p, h in tree(more.folder).items() if p.endswith(".parquet")}
    assert {p: parts[p] for p in first if p.endswith(".parquet")} == {
        p: h for p, h in first.items() if p.endswith(".parquet")
    }
    assert len(parts) == 4 * len(TABLES)
    # A chunk that was not full is another file with the same first rows.
    few = ensemble.run(scn, 3, 3, 1, tmp_path / "few")
    rows = few.sql("SELECT * FROM stages").fetchall()
    assert rows == twenty.sql("SELECT * FROM stages WHERE member < 3").fetchall()


def test_definitions_in_another_order_give_the_same_tables(
    twenty: results.Run, tmp_path: Path
) -> None:
    text = TINY.read_text()
    north, south = "      north: {places: 80}\n", "      south: {places: 60}\n"
    start = text.index("  homeland:")
    middle, end = text.index("  neighbour:"), text.index("agreements:")
    swapped = text[:start] + text[middle:end] + text[start:middle] + text[end:]
    assert north + south in swapped
    (tmp_path / "tiny.yaml").write_text(swapped.replace(north + south, south + north))
    other = ensemble.run(scenario.load(str(tmp_path / "tiny.yaml")), 20, 3, 1, tmp_path / "run")
    assert other.manifest["plan"] == twenty.manifest["plan"]
    assert other.manifest["chunks"] == twenty.manifest["chunks"]


def test_the_folder_tells_what_was_run(scn: scenario.Scenario, twenty: results.Run) -> None:
    opened = results.open(twenty.folder)
    assert isinstance(opened, results.Run)
    manifest = opened.manifest
    assert (manifest["scenario"], manifest["variant"]) == ("tiny", None)
    assert (opened.members, opened.seed) == (20, 3)
    assert manifest["plan"] == engine.plan_hash(compiler.plan(scn))
    for table in TABLES:
        ((count,),) = opened.sql(f"SELECT count(*) FROM {table}").fetchall()
        assert count == manifest["rows"][table]
    assert set(tree(opened.folder)) == {
        "manifest.json",
        "scenario.json",
        "evidence.json",
        *(f"tables/{t}/part-0000{i}.parquet" for t in TABLES for i in range(2)),
    }
    assert not {str(opened.folder), "/tmp", str(TINY.parent)} & set(
        (opened.folder / "manifest.json").read_text().split('"')
    )


def test_the_scenario_can_be_had_back_and_run_again(
    scn: scenario.Scenario, twenty: results.Run, tmp_path: Path
) -> None:
    back = twenty.scenario
    assert (back.name, back.variant) == (scn.name, scn.variant)
    assert compiler.plan(back) == compiler.plan(scn)
    assert scenario.uncertain(back).keys() == scenario.uncertain(scn).keys()
    for asked in (str(TINY), f"{TINY}#baseline"):
        first = ensemble.run(scenario.load(asked), 2, 3, 1, tmp_path / asked[-4:])
        loaded = scenario.load(str(first.folder / "scenario.json"))
        again = ensemble.run(loaded, 2, 3, 1, tmp_path / f"again{asked[-4:]}")
        assert again.manifest["chunks"] == first.manifest["chunks"]
    assert "agreements.lease" not in scenario.uncertain(first.scenario)
    assert first.scenario.variant == "baseline"


@pytest.mark.parametrize("asked", ["cecot-offer#baseline", "cecot-offer#grant"])
def test_what_is_kept_of_a_variant_is_a_file_again(asked: str, tmp_path: Path) -> None:
    """Although the whole file names a variant that is not kept."""
    scn = scenario.load(asked)
    file = tmp_path / "scenario.json"
    file.write_text(json.dumps(sides.kept(scn)), encoding="utf-8")
    assert compiler.plan(scenario.load(str(file))) == compiler.plan(scn)


def test_tables_tell_what_the_engine_counted(scn: scenario.Scenario, twenty: results.Run) -> None:
    """Member 13, outside the first chunk, simulated here alone."""
    one = members.simulate(scn, 3, 13)
    people = twenty.sql("SELECT people FROM population WHERE member = 13").fetchnumpy()["people"]
    assert (people == one.outcome.population.ravel()).all()
    ((days,),) = twenty.sql("SELECT sum(person_days) FROM person_days WHERE member = 13").fetchall()
    assert days == one.outcome.person_days.sum() > 0
    draws = twenty.sql("SELECT path, value FROM draws WHERE member = 13").fetchall()
    assert dict(draws) == one.draws


@pytest.mark.parametrize(
    "extra", ["", "at_end: leave", "ends_early: {on: 2025-04-20, then: leave}"]
)
def test_flows_account_for_every_change_of_every_stage(tmp_path: Path, extra: str) -> None:
    """In each month: people at its end = at the end of the month before + in - out."""
    file = tmp_path / "tiny.yaml"
    file.write_text(TINY.read_text().replace("    places: 15\n", f"    places: 15\n    {extra}\n"))
    done = ensemble.run(scenario.load(str(file)), 5, 3, 1, tmp_path / "run")
    rows = done.sql("""
        WITH moved AS (
            SELECT member, month, system, group_name, stage_to AS stage, people FROM flows
            UNION ALL
            SELECT member, month, system, group_name, stage_from, -people FROM flows
        ), net AS (SELECT member, month, system, group_name, stage, sum(people) AS n
                   FROM moved GROUP BY ALL),
        change AS (SELECT *, people_end - lag(people_end) OVER (
                       PARTITION BY member, system, group_name, stage ORDER BY month) AS change
                   FROM stages)
        SELECT change, coalesce(n, 0)
        FROM change LEFT JOIN net USING (member, month, system, group_name, stage)
        WHERE change IS NOT NULL
    """).fetchall()
    assert len(rows) > 50
    assert [r for r in rows if r[0] != r[1]] == []
    let_go = done.sql("SELECT count(*) FROM flows WHERE cause = 'agreement-ended'").fetchall()
    assert (let_go[0][0] > 0) == bool(extra)


def test_progress_counts_members_to_the_end(scn: scenario.Scenario, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    ensemble.run(scn, 13, 1, 2, tmp_path / "run", progress=lambda *a: seen.append(a))
    assert sorted(seen) == seen
    assert len(seen) == 3 and seen[0] == (0, 13) and seen[-1] == (13, 13)


@pytest.mark.parametrize(
    ("members", "seed", "workers", "words"),
    [
        (0, 1, 1, "replicates is 0; it must be between 1 and 100000"),
        (100_001, 1, 1, "replicates is 100001"),
        (1, -1, 1, "seed is -1; it must be between 0 and 4294967295"),
        (1, 2**32, 1, "seed is 4294967296"),
        (1, 1, 0, "workers is 0; it must be between 1 and 256"),
    ],
)
def test_limits_are_stated_and_nothing_is_written(
    scn: scenario.Scenario, tmp_path: Path, members: int, seed: int, workers: int, words: str
) -> None:
    with pytest.raises(RunError, match=words):
        ensemble.run(scn, members, seed, workers, tmp_path / "run")
    with pytest.raises(RunError, match=words):
        ensemble.compare(scn, scn, members, seed, workers, tmp_path / "run")
    assert list(tmp_path.iterdir()) == []


def test_an_existing_folder_is_refused_before_any_work(
    scn: scenario.Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(members, "simulate", lambda *a: pytest.fail("work was done"))
    with pytest.raises(RunError, match="exists already"):
        ensemble.run(scn, 1, 1, 1, tmp_path)


class Fails(Exception):
    pass


@pytest.mark.parametrize("workers", [1, 2])
def test_a_failure_cancels_the_rest(
    scn: scenario.Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    begun: list[int] = []
    whole = members.simulate

    def simulate(scn: Any, seed: int, member: int, engine: str) -> Member:
        begun.append(member)
        if member == 2:
            raise Fails
        return whole(scn, seed, member, engine)

    monkeypatch.setattr(members, "simulate", simulate)
    with pytest.raises(Fails):
        ensemble.run(scn, 500, 1, workers, tmp_path / "run")
    assert len(begun) < 250
    assert not (tmp_path / "run").exists()


def test_an_impossible_member_is_named(
    scn: scenario.Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(scn: Any) -> Any:
        raise PlanError("stage x: exits sum to 1.2")

    monkeypatch.setattr(compiler, "plan", refuse)
    with pytest.raises(RunError, match=r"member 4 cannot be run: stage x: exits sum to 1\.2"):
        members.simulate(scn, 1, 4)


def test_memory_holds_one_chunk_a_worker(
    scn: scenario.Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counts the members' outcomes that are alive whenever one more is made."""
    import weakref

    alive: weakref.WeakSet[Any] = weakref.WeakSet()
    most = 0
    whole = members.simulate

    class Held:
        pass

    def simulate(scn: Any, seed: int, member: int, engine: str) -> Member:
        nonlocal most
        made = whole(scn, seed, member, engine)
        mark = Held()
        object.__setattr__(made, "mark", mark)
        alive.add(mark)
        most = max(most, len(alive))
        return made

    monkeypatch.setattr(members, "simulate", simulate)
    ensemble.run(scn, 60, 1, 1, tmp_path / "run")
    assert most <= chunks.CHUNK


def test_a_pair_runs_both_sides_on_the_same_members(
    scn: scenario.Scenario, twenty: results.Run, tmp_path: Path
) -> None:
    base = scenario.load(f"{TINY}#baseline")
    seen: list[tuple[int, int]] = []
    pair = ensemble.compare(base, scn, 20, 3, 2, tmp_path / "pair", lambda *a: seen.append(a))
    assert seen[-1] == (40, 40)
    assert tree(pair.scenario.folder) == tree(twenty.folder)
    alone = ensemble.run(base, 20, 3, 1, tmp_path / "base")
    assert tree(pair.baseline.folder) == tree(alone.folder)
    assert isinstance(results.open(pair.folder), results.Comparison)
    # Where the agreement is not in force the two sides are one and the same.
    differ = dict(
        pair.sql("SELECT member, max(abs(people)) FROM impact_population GROUP BY ALL").fetchall()
    )
    in_force = dict(
        pair.sql(
            "SELECT member, value FROM scenario_draws WHERE path = 'agreements.lease'"
        ).fetchall()
    )
    assert set(in_force.values()) == {0.0, 1.0}
    for member, value in in_force.items():
        assert (differ[member] > 0) == (value == 1)


def test_numbers_that_the_record_would_miss_are_refused(
    scn: scenario.Scenario, tmp_path: Path
) -> None:
    other = scenario.with_values(scn, {"homeland.facilities.north.places": 81})
    with pytest.raises(RunError, match=r"homeland\.facilities\.north\.places is not as"):
        ensemble.run(other, 1, 1, 1, tmp_path / "run")
    assert list(tmp_path.iterdir()) == []


def test_a_pair_of_different_days_is_refused(scn: scenario.Scenario, tmp_path: Path) -> None:
    (tmp_path / "later.yaml").write_text(TINY.read_text().replace("2025-07-01", "2025-08-01"))
    later = scenario.load(str(tmp_path / "later.yaml"))
    with pytest.raises(RunError, match="same start and end"):
        ensemble.compare(later, scn, 1, 1, 1, tmp_path / "pair")
    assert not (tmp_path / "pair").exists()

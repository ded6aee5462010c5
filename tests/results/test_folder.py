"""A run's folder: whole, asked in SQL, and found out when altered."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from bedspace import results
from bedspace.exceptions import RunError
from bedspace.results import folder as layout
from tests.results.made import comparison_folder, run_folder


def test_canonical_json_does_not_know_the_order_of_keys() -> None:
    assert layout.canonical({"b": 1, "a": {"d": "é", "c": None}}) == layout.canonical(
        {"a": {"c": None, "d": "é"}, "b": 1}
    )


def test_opening_reads_every_chunk(tmp_path: Path) -> None:
    run = results.open(run_folder(tmp_path / "run", members=23))
    assert isinstance(run, results.Run)
    assert (run.members, run.seed) == (23, 7)
    members = run.sql("SELECT DISTINCT member FROM stages ORDER BY member").fetchall()
    assert members == [(m,) for m in range(23)]
    assert set(run.population.columns) >= {"day", "people"}
    # A relation must outlive the objects it came from.
    path = tmp_path / "run"
    assert results.open(path).sql("SELECT count(*) FROM places").fetchall() == [(23 * 9,)]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT * FROM no_such_table", "no_such_table"),
        ("-- nothing", "SELECT"),
        ("selec 1", "syntax error"),
        ("SELECT system::INTEGER FROM places", "Conversion Error"),  # found when rows are read
        ("SELECT error('told by the query') FROM places", "told by the query"),
        ("SELECT 10::UTINYINT - capacity::UTINYINT FROM places", "Out of Range"),
        ("SELECT $missing", "missing"),
        ("SELECT * FROM read_parquet('nowhere.parquet')", "nowhere"),
        ("EXPLAIN SELECT 1", "not one SELECT"),
        ("\ud800", "cannot be run"),
        (None, "the query is None; it must be text"),
        (b"SELECT 1", "it must be text"),
    ],
)
def test_a_query_that_fails_is_a_run_error(tmp_path: Path, query: Any, words: str) -> None:
    """By the call itself, whether it fails when it is read, when it is bound or at its last row."""
    for made in (run_folder(tmp_path / "run", members=1), comparison_folder(tmp_path / "pair")):
        opened = results.open(made)
        asked = query
        if isinstance(opened, results.Comparison) and isinstance(query, str):
            asked = query.replace("FROM places", "FROM scenario_places")
        with pytest.raises(RunError, match=words):
            opened.sql(asked)


def test_a_query_takes_parameters(tmp_path: Path) -> None:
    """A name with a quotation mark, or one that would end the query, is a word like any other."""
    run = results.open(run_folder(tmp_path / "run", members=1))
    query = "SELECT count(*) FROM places WHERE system = $system AND capacity > $least"
    (by_hand,) = run.sql(
        "SELECT count(*) FROM places WHERE system = 'beta' AND capacity > 10"
    ).fetchall()
    assert run.sql(query, {"system": "beta", "least": 10}).fetchall() == [by_hand]
    assert by_hand > (0,)
    for hostile in ("it's", "'; DROP VIEW places; --", "a\nb", ""):
        assert run.sql(query, {"system": hostile, "least": 0}).fetchall() == [(0,)]
        assert run.sql("SELECT ? AS word", [hostile]).fetchall() == [(hostile,)]
    for wrong in ("text", 3, {"system": object(), "least": 0}, {}):
        with pytest.raises(RunError):
            run.sql(query, wrong)  # type: ignore[arg-type]  # which is what is tried


@pytest.mark.parametrize(
    "query",
    [
        "COPY (SELECT 1) TO '{}'",
        "SELECT 1; SELECT 2",
        "DROP VIEW places",
        "CREATE TABLE t AS SELECT 1",
    ],
)
def test_a_question_writes_and_changes_nothing(tmp_path: Path, query: str) -> None:
    run = results.open(run_folder(tmp_path / "run", members=1))
    file = tmp_path / "x.csv"
    with pytest.raises(RunError, match="not one SELECT"):
        run.sql(query.format(file))
    assert not file.exists()
    assert run.sql("DESCRIBE places").fetchall()
    assert run.sql("WITH a AS (FROM places) SELECT count(*) FROM a").fetchall()


def test_altered_and_missing_files_are_named(tmp_path: Path) -> None:
    folder = run_folder(tmp_path / "run", members=12)
    (folder / "scenario.json").unlink()
    part = folder / layout.part("flows", 1)
    data = bytearray(part.read_bytes())
    data[len(data) // 2] ^= 1
    part.write_bytes(data)
    with pytest.raises(RunError) as caught:
        results.open(folder)
    assert "scenario.json is missing" in str(caught.value)
    assert "tables/flows/part-00001.parquet has been altered" in str(caught.value)
    assert "population" not in str(caught.value)


@pytest.mark.parametrize(("key", "value"), [("format", 0), ("format", 99), ("draw_stream", 99)])
def test_another_version_is_refused_with_the_command(tmp_path: Path, key: str, value: int) -> None:
    folder = run_folder(tmp_path / "run", members=1)
    manifest = json.loads((folder / layout.MANIFEST).read_text())
    (folder / layout.MANIFEST).write_text(json.dumps(manifest | {key: value}))
    with pytest.raises(RunError) as caught:
        results.open(folder)
    command = f"bedspace run {folder}/scenario.json --replicates 1 --seed 7 --out NEW"
    assert str(caught.value).endswith(command)
    assert str(value) in str(caught.value)


def test_a_folder_that_is_no_run(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="no finished run"):
        results.open(tmp_path)
    with pytest.raises(RunError, match="no finished run"):
        results.open(tmp_path / "nowhere")
    (tmp_path / layout.MANIFEST).write_text("{")
    with pytest.raises(RunError, match="not JSON"):
        results.open(tmp_path)


def test_impact_is_scenario_minus_baseline(tmp_path: Path) -> None:
    """The sides differ: the baseline has no rented places, and only it has a system `gamma`."""
    pair = results.open(comparison_folder(tmp_path / "pair"))
    assert isinstance(pair, results.Comparison)
    expected: dict[tuple[object, ...], int] = {}
    for sign, side in ((1, pair.scenario), (-1, pair.baseline)):
        for member, day, system, _, _, people in side.population.fetchall():
            key = (member, day, system)
            expected[key] = expected.get(key, 0) + sign * people
    assert pair.population.columns == ["member", "day", "system", "people"]
    rows = pair.population.fetchall()
    assert [row[:3] for row in rows] == sorted(expected)
    assert {row[:3]: row[3] for row in rows} == expected
    assert {row[2] for row in rows} == {"alpha", "beta", "gamma"}
    count = pair.sql("SELECT count(*) FROM baseline_transfers").fetchall()
    assert count == [(0,)]


def test_a_comparison_notices_a_side_that_was_exchanged(tmp_path: Path) -> None:
    folder = comparison_folder(tmp_path / "pair")
    shutil.rmtree(folder / "baseline")
    run_folder(folder / "baseline", members=1)
    with pytest.raises(RunError, match=r"baseline/manifest\.json has been altered"):
        results.open(folder)

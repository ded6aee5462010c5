"""The same seed, the same bytes: however many workers, members, and in whatever order written."""

from hashlib import sha256
from pathlib import Path

import pytest
import yaml

from bedspace import ensemble, results, scenario
from tests.compile.made import backwards

pytestmark = pytest.mark.slow

NAME, SEED = "two-hundred-places", 2026


def files(folder: Path) -> dict[str, str]:
    """Every file of a folder and the hash of its bytes."""
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def twenty(tmp_path_factory: pytest.TempPathFactory) -> results.Run:
    return ensemble.run(scenario.load(NAME), 20, SEED, 1, tmp_path_factory.mktemp("twenty") / "run")


def test_the_same_bytes_with_one_and_two_workers_twice(twenty: results.Run, tmp_path: Path) -> None:
    wanted = files(twenty.folder)
    assert len(wanted) == 3 + 2 * len(results.TABLES)
    for name, workers in (("again", 1), ("two", 2), ("two-again", 2)):
        ensemble.run(scenario.load(NAME), 20, SEED, workers, tmp_path / name)
        assert files(tmp_path / name) == wanted


def test_twenty_more_members_leave_the_first_twenty(twenty: results.Run, tmp_path: Path) -> None:
    forty = ensemble.run(scenario.load(NAME), 40, SEED, 2, tmp_path / "forty")
    first = {p: h for p, h in files(twenty.folder).items() if p.startswith("tables/")}
    more = {p: h for p, h in files(forty.folder).items() if p.startswith("tables/")}
    assert first.items() <= more.items()
    assert len(more) == 2 * len(first) == 4 * len(results.TABLES)
    assert {p[-18:] for p in first} == {"part-00000.parquet", "part-00001.parquet"}
    # Members are not copies of each other.
    ((kinds,),) = forty.sql(
        "SELECT count(DISTINCT people) FROM (SELECT member, sum(people) AS people "
        "FROM population GROUP BY member)"
    ).fetchall()
    assert kinds == 40


def test_definitions_in_another_order_give_the_same_tables(
    twenty: results.Run, tmp_path: Path
) -> None:
    raw = backwards(scenario.load(NAME).raw)
    file = tmp_path / f"{NAME}.yaml"
    file.write_text(str(yaml.dump(raw, sort_keys=False)), encoding="utf-8")
    other = ensemble.run(scenario.load(str(file)), 20, SEED, 2, tmp_path / "run")
    assert list(other.scenario.systems) == list(reversed(twenty.scenario.systems))
    assert other.manifest["plan"] == twenty.manifest["plan"]
    assert other.manifest["chunks"] == twenty.manifest["chunks"]


def test_another_seed_is_another_run(twenty: results.Run, tmp_path: Path) -> None:
    other = ensemble.run(scenario.load(NAME), 20, SEED + 1, 2, tmp_path / "run")
    assert not set(files(other.folder)[p] for p in files(other.folder) if "/population/" in p) & {
        *files(twenty.folder).values()
    }

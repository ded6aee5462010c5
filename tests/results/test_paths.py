"""A folder's path is literal, whatever it holds: no pattern, no column, no home folder."""

import shutil
from pathlib import Path

import pytest

from bedspace import results
from bedspace.results import parquet
from bedspace.results.schema import TABLES
from bedspace.results.tables import BUILDERS
from tests.results.hostile import HOSTILE
from tests.results.made import comparison_folder, member, run_folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run_folder(tmp_path_factory.mktemp("made") / "run", members=12)


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run_folder(tmp_path_factory.mktemp("made") / "run", members=1)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_folder_of_any_name_is_read_as_it_stands(
    tmp_path: Path, made: Path, other: Path, name: str
) -> None:
    """Beside it lies what each pattern would find instead, and names that trouble a search."""
    for near in {"a1", "ab", "x", name, *HOSTILE[-4:]}:
        shutil.copytree(made if near == name else other, tmp_path / near / "run")
    run = results.open(tmp_path / name / "run")
    query = "SELECT count(DISTINCT member), count(*) FROM population"
    assert isinstance(run, results.Run)
    assert run.sql(query).fetchall() == results.open(made).sql(query).fetchall()
    for table in ("person_days", "draws"):
        assert run.sql(f"SELECT * FROM {table}").columns == [c.name for c in TABLES[table].columns]


@pytest.mark.parametrize("name", ["agreement=lease", "member=3", "a[1]", "~"])
def test_a_comparison_of_any_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The path is relative: `~` alone is a folder here and nobody's home."""
    comparison_folder(tmp_path / "plain")
    plain = results.open(tmp_path / "plain").population.fetchall()
    shutil.copytree(tmp_path / "plain", tmp_path / name)
    monkeypatch.chdir(tmp_path)
    assert results.open(Path(name)).population.fetchall() == plain


@pytest.mark.parametrize("name", ["~", "a*", "k=v"])
def test_a_table_is_written_where_it_was_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / name).mkdir()
    frame = BUILDERS["places"](member(0, 1))
    parquet.write(parquet.connect(), TABLES["places"], frame, Path(name) / "p.parquet")
    assert (tmp_path / name / "p.parquet").is_file()


def test_a_relation_outlives_what_it_came_from(tmp_path: Path) -> None:
    relation = results.open(run_folder(tmp_path / "a[1]", members=2)).population
    assert relation.aggregate("count(DISTINCT member)").fetchall() == [(2,)]

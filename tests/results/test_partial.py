"""A run that is being written: all or nothing at its final name, and what is finished is kept."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bedspace.exceptions import RunError
from bedspace.results import partial
from bedspace.results.partial import Aim, Partial

AIM = Aim("run", 30, 7, {"": "abc"}, {"bedspace": "1", "code": "x", "duckdb": "1.2.0"})


def keep(begun: Partial, chunk: int, side: str = "") -> None:
    record = {"side": side, "chunk": chunk, "first": 10 * chunk, "members": 10}
    partial.keep(begun, record, {f"tables/a/{chunk}": bytes([chunk] * 9)}, [1])


class Dies(BaseException):
    """What no handler of errors catches, as if the process were gone."""


def died(out: Path, chunks: int = 2, aim: Aim = AIM) -> None:
    """A run that ended without warning after some chunks."""
    with pytest.raises(Dies), partial.begin(out, aim, False) as begun:
        for chunk in range(chunks):
            keep(begun, chunk)
        raise Dies


def test_a_folder_appears_when_it_is_complete(tmp_path: Path) -> None:
    out = tmp_path / "new" / "run"
    with partial.begin(out, AIM, False) as begun:
        keep(begun, 0)
        assert not out.exists()
        assert begun.folder.parent == out.parent
    assert [str(p.relative_to(out)) for p in out.rglob("*") if p.is_file()] == ["tables/a/0"]
    assert list(out.parent.iterdir()) == [out]


@pytest.mark.parametrize("error", [ValueError, RunError, OSError, KeyboardInterrupt])
def test_nothing_is_left_where_nothing_was_finished(
    tmp_path: Path, error: type[BaseException]
) -> None:
    with (
        pytest.raises(RunError if error is OSError else error),
        partial.begin(tmp_path / "run", AIM, False) as begun,
    ):
        (begun.scratch / "x").write_text("1")
        raise error("words")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("error", [ValueError, RunError, OSError, KeyboardInterrupt, Dies])
def test_what_was_finished_is_kept_and_gone_on_with(
    tmp_path: Path, error: type[BaseException]
) -> None:
    out = tmp_path / "run"
    with (
        pytest.raises(RunError if error is OSError else error) as caught,
        partial.begin(out, AIM, False) as begun,
    ):
        keep(begun, 1)
        (begun.results / "tables/a/2.new").write_text("begun and not finished")
        raise error("words")
    if isinstance(caught.value, RunError):
        assert "words; 10 of 30 futures are kept: go on with --resume" in str(caught.value)
    assert not out.exists()
    assert partial.unfinished(out) == (10, 30)
    with partial.begin(out, AIM, True) as begun:
        assert [r["chunk"] for r in begun.kept] == [1]
        assert begun.altered == ()
        assert (begun.results / "tables/a/1").read_bytes() == b"\1" * 9
    assert list(tmp_path.iterdir()) == [out]
    assert partial.unfinished(out) is None


def test_with_nothing_to_go_on_with_resume_begins(tmp_path: Path) -> None:
    with partial.begin(tmp_path / "run", AIM, True) as begun:
        assert begun.kept == ()
    died(tmp_path / "other", chunks=0)
    with partial.begin(tmp_path / "other", AIM, False) as begun:
        assert begun.kept == ()


def test_what_is_kept_is_not_begun_again_unasked(tmp_path: Path) -> None:
    died(tmp_path / "run")
    with (
        pytest.raises(RunError, match=r"20 of 30 futures are kept: go on with --resume, choose an"),
        partial.begin(tmp_path / "run", AIM, False),
    ):
        pytest.fail("the block must not begin")
    assert partial.unfinished(tmp_path / "run") == (20, 30)


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (replace(AIM, seed=8), "begun with seed 7, not 8:"),
        (replace(AIM, members=20), "begun with 30 members, more than 20:"),
        (replace(AIM, kind="comparison"), "begun as a run, not comparison:"),
        (replace(AIM, scenarios={"": "d"}), "another scenario, or another state of its file:"),
        (replace(AIM, made_by=AIM.made_by | {"code": "y"}), "with other code of bedspace:"),
        (
            replace(AIM, made_by=AIM.made_by | {"duckdb": "2", "code": "y"}),
            "with duckdb 1.2.0, not 2:",
        ),
    ],
)
def test_another_run_is_not_gone_on_with(tmp_path: Path, other: Aim, words: str) -> None:
    died(tmp_path / "run")
    with pytest.raises(RunError) as caught, partial.begin(tmp_path / "run", other, True):
        pytest.fail("the block must not begin")
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert partial.unfinished(tmp_path / "run") == (20, 30)


def test_another_format_is_not_gone_on_with(tmp_path: Path) -> None:
    died(tmp_path / "run")
    file = partial.place(tmp_path / "run") / "run.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"format": 99}))
    with (
        pytest.raises(RunError, match="begun in folder format 99, not"),
        partial.begin(tmp_path / "run", AIM, True),
    ):
        pytest.fail("the block must not begin")


def test_more_members_may_be_asked_for(tmp_path: Path) -> None:
    died(tmp_path / "run")
    with partial.begin(tmp_path / "run", replace(AIM, members=500), True) as begun:
        assert len(begun.kept) == 2


def _truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-3])


def _flip(file: Path) -> None:
    file.write_bytes(bytes([file.read_bytes()[0] ^ 1]) + file.read_bytes()[1:])


@pytest.mark.parametrize("damage", [_truncate, _flip, Path.unlink])
def test_a_damaged_file_is_named_and_its_chunk_made_again(
    tmp_path: Path, damage: Callable[[Path], Any]
) -> None:
    died(tmp_path / "run")
    damage(partial.place(tmp_path / "run") / "results/tables/a/1")
    with partial.begin(tmp_path / "run", AIM, True) as begun:
        assert begun.altered == ("tables/a/1",)
        assert [r["chunk"] for r in begun.kept] == [0]


@pytest.mark.parametrize("damage", [_truncate, lambda f: f.write_text("[]")])
def test_a_damaged_record_is_named_too(tmp_path: Path, damage: Callable[[Path], Any]) -> None:
    died(tmp_path / "run")
    damage(partial.place(tmp_path / "run") / "done/run-00000.json")
    with partial.begin(tmp_path / "run", AIM, True) as begun:
        assert begun.altered == ("run-00000.json",)
        assert [r["chunk"] for r in begun.kept] == [1]


def test_a_damaged_aim_is_refused_and_nothing_is_removed(tmp_path: Path) -> None:
    died(tmp_path / "run")
    file = partial.place(tmp_path / "run") / "run.json"
    _truncate(file)
    for resume in (False, True):
        with (
            pytest.raises(RunError, match=r"run\.json is not as this bedspace writes it"),
            partial.begin(tmp_path / "run", AIM, resume),
        ):
            pytest.fail("the block must not begin")
    assert (file.parent / "done/run-00001.json").exists()


def test_what_exists_is_refused_and_kept(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "mine").touch()
    with (
        pytest.raises(RunError, match="exists already"),
        partial.begin(tmp_path / "run", AIM, True),
    ):
        pytest.fail("the block must not begin")
    assert [p.name for p in tmp_path.rglob("*")] == ["run", "mine"]


def test_two_runs_into_one_folder_leave_the_first(tmp_path: Path) -> None:
    out = tmp_path / "run"
    with partial.begin(out, AIM, False) as begun:
        keep(begun, 0)
        for resume in (False, True):
            with (
                pytest.raises(RunError, match="another run is being written to"),
                partial.begin(out, AIM, resume),
            ):
                pytest.fail("the block must not begin")
        keep(begun, 1)
    assert len(list((out / "tables/a").iterdir())) == 2
    assert list(tmp_path.iterdir()) == [out]


def test_what_appears_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    out = tmp_path / "run"
    with pytest.raises(RunError, match="exists already"), partial.begin(out, AIM, False) as begun:
        keep(begun, 0)
        out.mkdir()
        (out / "mine").touch()
    assert [p.name for p in out.iterdir()] == ["mine"]
    assert partial.unfinished(out) == (10, 30)


def test_a_place_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with (
        pytest.raises(RunError) as caught,
        partial.begin(tmp_path / "file" / "run", AIM, False),
    ):
        pytest.fail("the block must not begin")
    assert "cannot write the run to" in str(caught.value)
    assert "\n" not in str(caught.value)

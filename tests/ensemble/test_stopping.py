"""Ctrl-C: an orderly end, and the command that goes on to the same bytes."""

import os
import shlex
import signal
from pathlib import Path

import pytest

from tests.ensemble.commands import call, ended, finished_chunks, start, until
from tests.ensemble.files import TINY, tree

MEMBERS = 400


@pytest.fixture(scope="module")
def whole(compiled: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("whole") / "run"
    status, said, _ = call("run", TINY, "-n", MEMBERS, "--out", out)
    assert status == 0
    assert str(out) in said
    return out


@pytest.mark.slow
@pytest.mark.parametrize("executor", ["threads", "processes"])
def test_ctrl_c_says_how_to_go_on(whole: Path, tmp_path: Path, executor: str) -> None:
    out = tmp_path / "a folder"
    asked = ("run", TINY, "-n", MEMBERS, "--out", out, "--workers", 1, "--executor", executor)
    process = start(*asked)
    until(lambda: finished_chunks(out), process)
    # As a terminal does it: to the whole group, so to worker processes too.
    os.killpg(process.pid, signal.SIGINT)
    status, said, told = ended(process)
    assert status == 130
    assert said == ""
    assert "Traceback" not in told
    assert f"of {MEMBERS} futures are kept; go on with" in told
    program, *words = shlex.split(told.splitlines()[-1])
    assert (program, words[-1]) == ("bedspace", "--resume")
    assert not out.exists()

    status, _, told = call(*asked)
    assert status == 2
    assert "go on with --resume, choose another --out" in told
    assert len(told.splitlines()) == 1

    status, said, told = call(*words)
    assert status == 0, told
    assert "futures are kept" in told
    assert tree(out) == tree(whole)
    assert [p.name for p in tmp_path.iterdir()] == ["a folder"]


@pytest.mark.slow
def test_ctrl_c_before_anything_is_finished_leaves_nothing(tmp_path: Path) -> None:
    process = start("compare", "cecot-offer#baseline", "cecot-offer", "--out", tmp_path / "run")
    until(lambda: (tmp_path / ".run.partial" / "run.json").exists(), process)
    os.killpg(process.pid, signal.SIGINT)
    status, said, told = ended(process)
    assert (status, said) == (130, "")
    assert told.splitlines()[-1] == "stopped before any futures were finished; nothing is kept"
    assert list(tmp_path.iterdir()) == []


ENDLESS = """
import sys, time
from bedspace.ensemble import members
whole = members.simulate
def simulate(scn, seed, member, engine):
    return whole(scn, seed, member, engine) if member < 10 else time.sleep(1e6)
members.simulate = simulate
from bedspace.cli import main
main()
"""


@pytest.mark.slow
def test_a_second_ctrl_c_ends_at_once_and_loses_nothing(whole: Path, tmp_path: Path) -> None:
    """While the members under way never end."""
    out = tmp_path / "run"
    process = start("run", TINY, "-n", MEMBERS, "--out", out, program=["-c", ENDLESS])
    until(lambda: finished_chunks(out), process)
    os.killpg(process.pid, signal.SIGINT)
    assert process.stderr is not None
    assert "Ctrl-C again stops at once" in process.stderr.readline()
    os.killpg(process.pid, signal.SIGINT)
    status, _, told = ended(process)
    assert status == 130
    assert f"stopped: 10 of {MEMBERS} futures are kept; go on with" in told
    status, _, told = call("run", TINY, "-n", MEMBERS, "--out", out, "--resume")
    assert status == 0, told
    assert tree(out) == tree(whole)

"""Faults, each a real one: killed processes, full and unwritable disks, damaged files, two runs.

Each is one clear line, and what was finished is kept: a run that goes on ends with the same bytes.
"""

from __future__ import annotations

import contextlib
import os
import random
import resource
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ensemble.commands import call, ended, finished_chunks, start, until
from tests.ensemble.files import TINY, tree

pytestmark = pytest.mark.slow

MEMBERS = 300
ASKED = ("run", TINY, "-n", MEMBERS, "--seed", 5)


@pytest.fixture(scope="module")
def whole(compiled: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The files of a run that nothing happened to."""
    out = tmp_path_factory.mktemp("whole") / "run"
    status, _, told = call(*ASKED, "--out", out)
    assert status == 0, told
    return tree(out)


def gone_on_with(out: Path, whole: dict[str, str]) -> str:
    """Resume and hold the bytes against those of the whole run; what was told meanwhile."""
    status, _, told = call(*ASKED, "--out", out, "--resume")
    assert status == 0, told
    assert tree(out) == whole
    assert not list(out.parent.glob(".*partial*"))
    return told


def refused(*args: object, **options: object) -> str:
    """The one line of a run that could not be done."""
    status, said, told = call(*args, **options)
    assert (status, said) == (2, ""), told
    lines = [x for x in told.splitlines() if not x.startswith("tiny: ")]  # progress
    assert len(lines) == 1, told
    return lines[0]


def killed(out: Path, luck: random.Random, whole: dict[str, str]) -> None:
    """A run killed at a random moment, perhaps again while it goes on, and then left in peace."""
    again: tuple[str, ...] = ()
    for _ in range(luck.choice((1, 1, 2))):
        executor = luck.choice(("threads", "threads", "processes"))
        more = ("--out", out, "--executor", executor, "--workers", luck.choice((1, 2)), *again)
        process = start(*ASKED, *more)
        chunks = finished_chunks(out) + luck.randrange(0, 9)
        if chunks:
            until(lambda: finished_chunks(out) >= chunks, process)  # noqa: B023 - called within this turn
        time.sleep(luck.uniform(0.0, 0.1 if chunks else 2.0))
        process.kill()
        assert ended(process)[0] == -signal.SIGKILL, "it had ended before"
        until(lambda: not alive(process.pid))  # noqa: B023 - the worker processes end too
        again = ("--resume",)
    gone_on_with(out, whole)


def alive(group: int) -> bool:
    """Whether there is a process of the group."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("moment", range(3))
def test_killed_at_a_random_moment(moment: int, whole: dict[str, str], tmp_path: Path) -> None:
    killed(tmp_path / "run", random.Random(moment), whole)


@pytest.mark.prove
def test_killed_at_twenty_random_moments(whole: dict[str, str], tmp_path: Path) -> None:
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    luck = random.Random(seed)
    for moment in range(20):
        killed(tmp_path / f"run-{moment}", luck, whole)


@contextlib.contextmanager
def mounted(folder: Path, options: str) -> Iterator[Path]:
    """A small disk of its own. Skips where this user may not mount one."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("only root may mount a small disk to fill, and not everywhere")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk(whole: dict[str, str], tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", "size=500k") as disk:
        line = refused(*ASKED, "--out", disk / "run")
        assert "No space left on device" in line
        assert f"of {MEMBERS} futures are kept: go on with --resume" in line
        assert [p.name for p in disk.iterdir()] == [".run.partial"]
        kept = finished_chunks(disk / "run")
        assert kept > 0
        line = refused(*ASKED, "--out", disk / "run", "--resume")
        assert "No space left on device" in line
        assert finished_chunks(disk / "run") >= kept
        grow = ["mount", "-o", "remount,size=50m", str(disk)]
        subprocess.run(grow, check=True, capture_output=True)
        gone_on_with(disk / "run", whole)


def test_a_disk_that_has_no_room_at_all(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", "size=4k") as disk:
        assert "No space left on device" in refused(*ASKED, "--out", disk / "run")
        assert list(disk.iterdir()) == []


def test_a_quota_on_files(whole: dict[str, str], tmp_path: Path) -> None:
    """As a full disk, where no disk can be mounted: no file may be longer than 4,000 bytes."""
    line = refused(
        *ASKED, "--out", tmp_path / "run",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000)),
    )  # fmt: skip
    assert "File too large" in line
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_must_not_be_written(tmp_path: Path) -> None:
    """A disk mounted to be read only for root, a forbidden folder for anybody else."""
    if os.geteuid() == 0:
        with mounted(tmp_path / "disk", "ro") as disk:
            assert "Read-only file system" in refused(*ASKED, "--out", disk / "run")
        return
    (tmp_path / "folder").mkdir(mode=0o500)
    assert "Permission denied" in refused(*ASKED, "--out", tmp_path / "folder" / "run")


ENDLESS = """
import time
from bedspace.ensemble import members
whole = members.simulate
def simulate(scn, seed, member, engine):
    return whole(scn, seed, member, engine) if member < 20 else time.sleep(1e6)
members.simulate = simulate
from bedspace.cli import main
main()
"""


def test_two_runs_into_one_folder(whole: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "run"
    first = start(*ASKED, "--out", out, "--workers", 1, program=["-c", ENDLESS])
    until(lambda: finished_chunks(out) == 2, first)
    for more in ((), ("--resume",)):
        line = refused(*ASKED, "--out", out, *more)
        assert line.startswith(f"another run is being written to {out} now")
    assert finished_chunks(out) == 2
    first.kill()
    ended(first)
    assert f"20 of {MEMBERS} simulated futures are kept" in gone_on_with(out, whole)


def test_damaged_files_are_named_when_a_run_goes_on(whole: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "run"
    first = start(*ASKED, "--out", out, "--workers", 1, program=["-c", ENDLESS])
    until(lambda: finished_chunks(out) == 2, first)
    first.kill()
    ended(first)
    tables = tmp_path / ".run.partial" / "results" / "tables"
    for table, part, damage in (("stages", 0, b""), ("places", 1, b"PAR1 something else")):
        (tables / table / f"part-0000{part}.parquet").write_bytes(damage)
    told = gone_on_with(out, whole).splitlines()
    for path in ("tables/stages/part-00000.parquet", "tables/places/part-00001.parquet"):
        assert f"{path} is not as it was written: its members are simulated again" in told


@pytest.mark.parametrize("verb", ["sql", "report"])
def test_damaged_files_are_named_when_results_are_opened(verb: str, tmp_path: Path) -> None:
    out = tmp_path / "pair"
    status, _, told = call("compare", f"{TINY}#baseline", TINY, "-n", 3, "--out", out)
    assert status == 0, told
    part = out / "scenario" / "tables" / "stages" / "part-00000.parquet"
    part.write_bytes(part.read_bytes()[:-100])
    more = ("select 1",) if verb == "sql" else ("--out", tmp_path / "page.html")
    line = refused(verb, out, *more)
    assert "tables/stages/part-00000.parquet has been altered" in line
    assert "run it again: bedspace run" in line

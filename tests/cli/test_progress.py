"""Progress: on stderr, with the time that is left; nothing of it beside JSON."""

import os
import pty
import re
import sys
from pathlib import Path

import pytest

from bedspace.cli import progress
from tests.ensemble.commands import start
from tests.ensemble.files import TINY


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds that the next readings of the clock give; the last one stays."""
    readings = [0.0]
    monkeypatch.setattr(
        progress.time, "monotonic", lambda: readings.pop(0) if len(readings) > 1 else readings[0]
    )
    return readings


def test_plain_lines_tell_the_time_left(
    clock: list[float], capsys: pytest.CaptureFixture[str]
) -> None:
    """60 members in 12 seconds, so 140 in 28; nothing sooner than ten seconds after the last."""
    with progress.bar("x", 200) as report:
        report(0, 200)
        for seconds, done in ((5.0, 20), (12.0, 60), (15.0, 100), (30.0, 200)):
            clock[:] = [seconds]
            report(done, 200)
    assert capsys.readouterr().err.splitlines() == [
        "x: 60 of 200 simulated futures, 12 s, about 28 s left",
        "x: 200 of 200 simulated futures, 30 s",
    ]


def test_what_was_kept_took_no_time(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    with progress.bar("x", 200) as report:
        report(100, 200)
        clock[:] = [20.0]
        report(150, 200)
    assert capsys.readouterr().err.splitlines() == [
        "x: 100 of 200 simulated futures are kept",
        "x: 150 of 200 simulated futures, 20 s, about 20 s left",
    ]


def test_nothing_is_told_beside_json(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.bar("x", 20, silent=True) as report:
        report(0, 20)
        report(20, 20)
    assert capsys.readouterr().err == ""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals there")
def test_a_bar_moves_on_a_terminal(tmp_path: Path) -> None:
    """On stderr, with elapsed and remaining time; stdout stays as it is elsewhere."""
    ours, theirs = pty.openpty()
    process = start("run", TINY, "-n", 30, "--out", tmp_path / "run", stderr=theirs)
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 4096):
            shown += piece
    except OSError:  # Linux says so when the other side has gone
        pass
    said, _ = process.communicate()
    assert process.returncode == 0
    assert said.splitlines()[1] == "tiny: 30 simulated futures, seed 1"
    assert str(tmp_path / "run") in said
    plain = re.sub(rb"\x1b\[[0-9;?]*[A-Za-z]", b"", shown).decode()
    assert "tiny" in plain and "30/30" in plain
    assert re.search(r"\d:\d\d:\d\d left (-|\d):(-|\d)", plain)

"""The worked example of docs/reading.md: its commands print and write what it shows."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bedspace.cli.app import app
from bedspace.history.checks import Finding
from bedspace.history.said import ACCEPTED
from tests.docs.pages import ROOT, blocks, text

PAGE = ROOT / "docs/reading.md"


def test_the_example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    table, clean = blocks(PAGE, "csv")
    Path("county.csv").write_text(table, encoding="utf-8")
    commands, printed = blocks(PAGE, "sh"), blocks(PAGE, "text")
    assert len(commands) == len(printed) == 2
    asked, done = (CliRunner().invoke(app, shlex.split(c)[1:]) for c in commands)
    assert (asked.exit_code, asked.stderr) == (2, printed[0])
    assert (done.exit_code, done.stdout) == (0, printed[1])
    assert Path("clean.csv").read_text(encoding="utf-8") == clean
    assert Path("clean.notes.csv").is_file()


def test_every_kind_of_finding_and_doubt_is_on_the_page() -> None:
    source = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "src/bedspace/history").glob("*.py")
    )
    kinds = set(re.findall(rf'{Finding.__name__}\(\s*"([^"]+)"', source))
    kinds |= set(re.findall(r'found\.several\("([^"]+)"', source))
    page = text(PAGE)
    assert len(kinds) > 8
    assert {k for k in kinds if f"`{k}`" not in page} <= {"file", "columns", "unit jump"}
    assert all(f"`{doubt}`" in page for doubt in ACCEPTED)

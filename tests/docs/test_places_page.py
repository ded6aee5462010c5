"""docs/places.md: its scenario loads, its commands run in their order, and print what it says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bedspace.cli.app import app
from tests.docs.pages import ROOT, blocks, text

PAGE = ROOT / "docs" / "places.md"

PAIRS = re.findall(r"```sh\n(.*?)```\n\n```text\n(.*?)```", text(PAGE), re.DOTALL)
"""Commands, and what the page says the last of them prints."""


def kept(printed: str) -> list[str]:
    """Lines of an excerpt without blank ones, gaps and what the terminal puts at their ends."""
    return [line.strip() for line in printed.splitlines() if line.strip() not in ("", "...")]


@pytest.mark.slow
def test_its_commands_print_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("full.yaml").write_text(blocks(PAGE, "yaml")[0], encoding="utf-8")
    assert len(PAIRS) == len(blocks(PAGE, "sh")) == 5
    for commands, says in PAIRS:
        for command in commands.splitlines():
            program, *words = shlex.split(command)
            assert program == "bedspace"
            done = CliRunner().invoke(app, words)
            assert done.exit_code == 0, done.stderr
        printed = iter(kept(done.stdout))
        missing = [line for line in kept(says) if line not in printed]  # in their order
        assert not missing, f"{words[0]} prints no such line here: {missing[0]}"

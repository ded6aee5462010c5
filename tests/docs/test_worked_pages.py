"""Pages that work through a scenario: it loads, their commands run in order and print what they
say."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bedspace.cli.app import app
from tests.docs.pages import ROOT, blocks, text

PAGES = {"courts.md": "courts.yaml", "places.md": "full.yaml"}
"""Pages, and as what each has the reader save its scenario."""


def pairs(page: str) -> list[tuple[str, str]]:
    """Commands, and what the page says the last of them prints."""
    return re.findall(
        r"```sh\n(.*?)```\n\n```text\n(.*?)```", text(ROOT / "docs" / page), re.DOTALL
    )


def kept(printed: str) -> list[str]:
    """Lines of an excerpt without blank ones, gaps and what the terminal puts at their ends."""
    return [line.strip() for line in printed.splitlines() if line.strip() not in ("", "...")]


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_its_commands_print_what_it_says(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(PAGES[page]).write_text(blocks(ROOT / "docs" / page, "yaml")[0], encoding="utf-8")
    assert len(pairs(page)) == len(blocks(ROOT / "docs" / page, "sh")) >= 3
    for commands, says in pairs(page):
        for command in commands.splitlines():
            program, *words = shlex.split(command)
            assert program == "bedspace"
            done = CliRunner().invoke(app, words)
            assert done.exit_code == 0, done.stderr
        printed = iter(kept(done.stdout))
        missing = [line for line in kept(says) if line not in printed]  # in their order
        assert not missing, f"{words[0]} prints no such line here: {missing[0]}"

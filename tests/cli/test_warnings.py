"""Doubts: shown as warnings by validate, refused by --strict, never in the way of a run."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bedspace.cli.app import app
from bedspace.exceptions import Problem
from bedspace.scenario import Scenario, load, warnings
from bedspace.scenario.checks import doubts
from bedspace.scenario.reading.nodes import problem
from bedspace.scenario.reading.trees import Node
from tests.cli.bad_files import GOOD


def call(*args: object) -> Result:
    return CliRunner().invoke(app, [str(a) for a in args])


@pytest.fixture
def doubtful(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A good file, and one doubt about it at its first line."""
    file = tmp_path / "good.yaml"
    file.write_text(GOOD, encoding="utf-8")

    def one(scn: Scenario, tree: Node) -> Iterator[Problem]:
        yield problem(tree.mark, "this is odd", "look again")

    monkeypatch.setattr(doubts, "_DOUBTS", (one,))
    return file


def test_a_doubt_is_a_warning_on_stderr_and_the_file_is_good(doubtful: Path) -> None:
    result = call("validate", doubtful)
    assert result.exit_code == 0
    assert result.stdout.startswith("ok: ")
    assert result.stderr.splitlines() == [f"warning: {doubtful}:1:1: this is odd; look again"]
    told = json.loads(call("validate", doubtful, "--json").stdout)
    assert told["ok"] is True
    assert [w["what"] for w in told["warnings"]] == ["this is odd"]
    assert warnings(load(str(doubtful))) == [
        Problem(str(doubtful), 1, 1, "this is odd", "look again")
    ]


def test_strict_refuses_it(doubtful: Path) -> None:
    result = call("validate", doubtful, "--strict")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines() == [f"{doubtful}:1:1: this is odd; look again"]
    assert json.loads(call("validate", doubtful, "--strict", "--json").stdout)["ok"] is False

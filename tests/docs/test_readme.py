"""What the README shows is what a user gets: its commands and its Python run, its files load."""

import re
from importlib import resources
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bedspace.cli.app import app
from tests.docs.pages import PAGES, README, blocks, name, shell, text

LINES = 180


def lines(block: str) -> list[str]:
    """Lines of an excerpt without blank ones and without its gaps."""
    kept = [line.strip() for line in block.splitlines()]
    return [line for line in kept if line not in ("", "...")]


def scenarios() -> tuple[str, str]:
    """The excerpt of the shipped example, and the file of the reader's own."""
    excerpt, own = blocks(README, "yaml")
    return excerpt, own


def test_it_stays_short() -> None:
    assert len(text(README).splitlines()) <= LINES


def test_the_excerpt_is_of_the_shipped_example() -> None:
    library = resources.files("bedspace.scenario") / "library"
    shipped = lines((library / "two-hundred-places.yaml").read_text(encoding="utf-8"))
    assert [line for line in lines(scenarios()[0]) if line not in shipped] == []


def test_its_commands_run_in_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mine.yaml").write_text(scenarios()[1], encoding="utf-8")
    typed = [words[1:] for words in shell(README) if words[0] == "bedspace"]
    assert [words[0] for words in typed] == ["validate", "compare", "appraise", "sql"]
    for words in typed:
        few = ["2" if word == "20" else word for word in words]
        result = CliRunner().invoke(app, few)
        assert result.exit_code == 0, result.stderr
        assert result.stdout


@pytest.mark.slow
def test_its_python_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (code,) = blocks(README, "python")
    assert len([line for line in code.splitlines() if line]) <= 12
    exec(compile(code.replace("replicates=10", "replicates=2"), "README.md", "exec"), {})
    told = capsys.readouterr().out
    assert "united-states" in told
    assert "rests on assumption: united-states.costs.marginal" in told
    assert Path("offer.html").stat().st_size > 100_000


@pytest.mark.slow
def test_its_answer_is_the_demo_s(tmp_path: Path) -> None:
    """Sentences are compared by their words: two futures have other numbers than sixty, and of
    chances and ranges they say less."""
    result = CliRunner().invoke(app, ["demo", "--out", str(tmp_path / "demo"), "-n", "2"])
    assert result.exit_code == 0, result.stderr
    (excerpt,) = blocks(README, "text")
    question, *_ = excerpt.splitlines()
    assert question in result.stdout
    shown = [told(point) for point in points(result.stdout)]
    net, *others = points(excerpt)
    assert net.startswith("On average") and len(others) >= 3
    assert [point for point in others if told(point) not in shown] == []


def points(page: str) -> list[str]:
    """The sentences with a dash before them, each in one line."""
    found = re.findall(r"^- .*(?:\n  \S.*)*", page, re.MULTILINE)
    return [" ".join(point.removeprefix("- ").split()) for point in found]


def told(point: str) -> str:
    """A sentence without what stands in brackets, its numbers as #."""
    bare = re.sub(r" \([^()]*\)", "", point)
    return re.sub(r"\$?\d[\d,]*(?:\.\d+)?(?: m\b| bn\b)?", "#", bare)


def test_every_snippet_of_python_is_run_somewhere() -> None:
    """The README's is run here, the engine page's in tests/engine/test_page.py, the cluster page's
    in tests/ensemble/test_cluster_page.py, docs/python.md in test_python_page.py."""
    have = [name(page) for page in PAGES if blocks(page, "python")]
    assert have == ["README.md", "docs/cluster.md", "docs/engine.md", "docs/python.md"]

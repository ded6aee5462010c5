"""The answer fits a page: at most 60 lines, 80 to 120 columns, whatever the scenario is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import bedspace as bs
from bedspace import scenario
from bedspace.appraisal import Appraisal, Gate, Number, Taken
from bedspace.cli import screen
from bedspace.cli.app import app
from tests.cli.bad_files import GOOD

LINES, NARROW, BROAD = 60, 80, 120


def call(*args: object, columns: int = NARROW) -> Result:
    runner = CliRunner(env={"COLUMNS": str(columns)})
    made = runner.invoke(app, [str(a) for a in args])
    assert made.exit_code == 0, made.stderr
    return made


def too_large(page: str, columns: int) -> Iterator[str]:
    """What of a page is beyond its bounds. A command is never folded, so that it can be copied."""
    lines = page.splitlines()
    if len(lines) > LINES:
        yield f"{len(lines)} lines"
    yield from (line for line in lines if len(line) > columns and "  bedspace " not in line)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("screen")
    (base / "tiny.yaml").write_text(GOOD, encoding="utf-8")
    file = base / "tiny.yaml"
    call("compare", f"{file}#baseline", file, "-n", 2, "--out", base / "both")
    return base


@pytest.mark.parametrize("columns", [NARROW, 100, BROAD])
def test_a_page_of_each_verb_is_no_larger_than_a_page(
    columns: int, folder: Path, tmp_path: Path
) -> None:
    file = folder / "tiny.yaml"
    for words in (
        ("appraise", folder / "both"),
        ("run", file, "-n", 2, "--out", tmp_path / "run"),
        ("compare", f"{file}#baseline", file, "-n", 2, "--out", tmp_path / "both"),
    ):
        page = call(*words, columns=columns).stdout
        assert list(too_large(page, columns)) == []
        assert "simulated futures, seed 1" in page and "bedspace explain" in page


def test_columns_beyond_reason_are_not_taken(folder: Path) -> None:
    widest = call("appraise", folder / "both", columns=400).stdout
    assert list(too_large(widest, BROAD)) == []
    assert call("appraise", folder / "both", columns=1).stdout


def test_no_number_is_parted_from_its_unit(folder: Path) -> None:
    for columns in range(NARROW, 100, 3):
        lines = call("appraise", folder / "both", columns=columns).stdout.splitlines()
        told = [line for line in lines if line.startswith(("- ", "  "))]
        assert not [line for line in told if line.startswith(("  m ", "  % ", "  bn ", "  m² "))]


def test_a_page_that_is_too_long_leaves_out_the_least_first(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Sums stand in the grounds too, so their table goes first; the answer itself never goes."""
    found = _appraised("two-hundred-places")
    extra = [f"line {n}" for n in range(26)]
    screen.print_answer(found, (), extra)
    page = capsys.readouterr().out
    assert page.count("\n") <= LINES
    assert "95 % of the futures\n" not in page  # the heading of the table of sums
    assert " ".join(found.answer.sentence.text.split()) in " ".join(page.split())
    assert all(line in page for line in extra)
    assert "Taken as met: bespoke-lease-treaty/treaty" in page
    screen.print_answer(found, ())
    assert "Saved, by what is really avoided" in capsys.readouterr().out


def test_conditions_of_law_are_told_by_route() -> None:
    conditions = (
        Gate("us-removal/release", "as if"),
        Taken("us-removal/notice", "needs", "Needs notice."),
        Taken("act/paper", "unsettled", "Nobody has decided it."),
        Taken("us-removal/expedited", "needs", "Needs a hearing."),
        Number("x.y", 1, "", None, "assumption"),
    )
    stamps = [stamp for one in conditions for stamp in one.stamps]
    assert screen.by_route(stamps, "assumed power") == "us-removal/release"
    assert screen.by_route(stamps, "taken as met") == (
        "us-removal/notice, expedited (needs); act/paper (unsettled)"
    )


def test_evidence_begins_with_what_is_least_sure() -> None:
    page = call("evidence", "cecot-offer").stdout
    told, _, _, first, *_ = page.splitlines()
    assert told.startswith("The least sure first.") and "bedspace appraise cecot-offer" in page
    assert "el-salvador.pathways.emergency.held.exits.released = 10 %" in first
    assert "disputed by" in page and "bedspace evidence cecot-offer --all" in page
    below = page.partition("numbers: ")[0]
    assert list(too_large(below, NARROW)) == []
    every = call("evidence", "cecot-offer", "--all").stdout
    assert every.count(" = ") > 150 and "Sources" in every


@pytest.mark.slow
def test_evidence_begins_with_what_moves_the_answer_once_it_is_known() -> None:
    assert call("appraise", "two-hundred-places").exit_code == 0  # its numbers have ranges
    told, _, first, second, *_ = call("evidence", "two-hundred-places").stdout.splitlines()
    assert told.startswith("Those first that move an answer")
    moved = call("appraise", "two-hundred-places", "--section", "sensitivity").stdout
    assert first.split(" = ")[0] in "".join(moved.split())
    assert "of the variance of an answer" in second


def _appraised(name: str) -> Appraisal:
    scn = scenario.load(name)
    if "baseline" in scn.variants:
        return bs.appraise(bs.compare(name, "baseline", replicates=2, seed=1))
    return bs.appraisal.of_run(bs.run(name, replicates=2, seed=1))


@pytest.mark.slow
@pytest.mark.parametrize("name", bs.names())
def test_every_shipped_answer_fits_a_page(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = _appraised(name)
    capsys.readouterr()
    for columns in (NARROW, 100, BROAD):
        monkeypatch.setenv("COLUMNS", str(columns))
        screen.print_answer(found, screen.next_of(found, Path("somewhere")))
        assert list(too_large(capsys.readouterr().out, columns)) == []

"""Appraisals found again: the same bytes as made anew, and never one of something else."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bedspace import cache
from bedspace.cli import keeping
from bedspace.cli.app import app
from tests.cli.bad_files import GOOD


def call(*args: object) -> Result:
    return CliRunner().invoke(app, [str(a) for a in args])


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A scenario in three files: one that it extends and a law file beside it."""
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    (tmp_path / "below.yaml").write_text(GOOD, encoding="utf-8")
    made = tmp_path / "tiny.yaml"
    made.write_text("bedspace: 1\nextends: below.yaml\ntitle: Another title\n", encoding="utf-8")
    return made


def test_an_appraisal_is_found_again_as_it_was(file: Path) -> None:
    for how in ([], ["--json"]):
        first = call("appraise", file, "-n", "3", *how, "--fresh")
        again = call("appraise", file, "-n", "3", *how)
        assert again.stderr.startswith("found again: appraised ")
        assert again.stdout == first.stdout
    for figure in ("lease.fee.paid", "lease.saving.marginal.total"):
        told = call("explain", file, figure, "-n", "3")
        assert not told.stderr, "nothing was simulated"
        assert told.stdout == call("explain", file, figure, "-n", "3", "--fresh").stdout


def test_another_fee_is_appraised_anew_from_the_same_people(file: Path) -> None:
    assert "simulated: 6 futures" in call("appraise", file, "-n", "3").stderr
    file.with_name("below.yaml").write_text(GOOD.replace("40 EUR", "50 EUR"), encoding="utf-8")
    told = call("appraise", file, "-n", "3", "--json")
    assert "found again: 6 of 6 futures, simulated " in told.stderr
    assert told.stdout == call("appraise", file, "-n", "3", "--json", "--fresh").stdout
    file.with_name("below.yaml").write_text(GOOD, encoding="utf-8")
    back = call("appraise", file, "-n", "3", "--json")
    assert json.loads(back.stdout)["figures"] != json.loads(told.stdout)["figures"]


@pytest.mark.parametrize("asked", [["-n", "4"], ["-n", "3", "--seed", "2"]])
def test_what_is_asked_otherwise_is_made(file: Path, asked: list[str]) -> None:
    call("appraise", file, "-n", "3")
    assert "found again: appraised" not in call("appraise", file, *asked).stderr


def test_the_folder_matters_where_a_file_is_named(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    call("appraise", "tiny.yaml", "-n", "3")
    other = tmp_path / "other"
    other.mkdir()
    (other / "tiny.yaml").write_text(GOOD.replace("places: 15", "places: 5"), encoding="utf-8")
    monkeypatch.chdir(other)
    told = call("appraise", "tiny.yaml", "-n", "3").stderr
    assert "found again: 3 of 6 futures" in told, "the baseline, which has no agreement"
    monkeypatch.chdir(tmp_path)
    assert call("appraise", "tiny.yaml", "-n", "3").stderr.startswith("found again: appraised")


def test_a_folder_of_results_is_found_again_while_it_is_whole(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert call("compare", f"{file}#baseline", file, "--out", out, "-n", "3").exit_code == 0
    told = "found again: appraised "  # the comparison said its answer, so it has been made
    assert call("appraise", out).stderr.startswith(told)
    assert not call("appraise", out, "--fresh").stderr
    first = call("explain", out, "lease.fee.paid")
    for part in (*out.glob("*/tables/*/*.parquet"), *out.rglob("*.json")):
        whole = part.read_bytes()
        part.write_bytes(whole[:-1] + b"?")
        assert call("explain", out, "lease.fee.paid").exit_code == 2, part
        part.write_bytes(whole)
    assert call("explain", out, "lease.fee.paid").stdout == first.stdout
    alone = out / "scenario"
    assert call("explain", alone).exit_code == 0
    refused = call("appraise", alone)
    assert refused.exit_code == 2 and "is a single run" in refused.stderr


def test_a_damaged_one_is_made_anew(file: Path, tmp_path: Path) -> None:
    first = call("appraise", file, "-n", "3")
    for kind in ("appraisals", "asked"):
        for path in (tmp_path / "cache" / kind).iterdir():
            path.write_bytes(path.read_bytes()[:-2])
        again = call("appraise", file, "-n", "3")
        assert again.stdout == first.stdout
        assert "found again: 6 of 6 futures" in again.stderr
        assert call("appraise", file, "-n", "3").stderr.startswith("found again: appraised")


def test_a_file_changed_while_it_is_appraised_is_not_taken_for_what_was(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = keeping.appraisal_of

    def change(*args: object) -> keeping.Kept:
        file.with_name("below.yaml").write_text(GOOD.replace("40 EUR", "50 EUR"), encoding="utf-8")
        return whole(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(keeping, "appraisal_of", change)
    call("appraise", file, "-n", "3")
    monkeypatch.undo()
    monkeypatch.setenv(cache.VARIABLE, str(file.parent / "cache"))
    told = call("appraise", file, "-n", "3", "--json")
    assert "found again: 6 of 6" in told.stderr
    assert told.stdout == call("appraise", file, "-n", "3", "--json", "--fresh").stdout


def test_a_cache_that_cannot_be_written_is_said_and_no_more(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(cache.VARIABLE, str(file))
    told = call("appraise", file, "-n", "3")
    assert told.exit_code == 0 and told.stdout
    assert "the appraisal cannot be kept in" in told.stderr


def test_it_is_told_without_the_engine(file: Path, tmp_path: Path) -> None:
    """Nothing that takes long to import is needed for an appraisal that is kept."""
    call("appraise", file, "-n", "3")
    script = (
        "import sys; from bedspace.cli.app import app\n"
        f"app(['explain', {str(file)!r}, 'lease.fee.paid', '-n', '3'], standalone_mode=False)\n"
        "names = ('numba', 'duckdb', 'jinja2', 'yaml', 'bedspace.scenario')\n"
        "sys.exit(' '.join(name for name in names if name in sys.modules) or 0)"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], env=dict(os.environ), capture_output=True, text=True
    )
    assert told.returncode == 0, told.stderr
    assert "Total paid over the simulated years" in told.stdout


@pytest.mark.slow
def test_agreements_are_found_again_without_a_word(file: Path, tmp_path: Path) -> None:
    names = ("montana-arizona", "vermont-pennsylvania")
    first = call("agreements", *names, "-n", "2", "--json")
    assert first.exit_code == 0 and not first.stderr
    assert len(list((tmp_path / "cache" / "members").iterdir())) == 2
    for path in (tmp_path / "cache" / "members").iterdir():
        os.utime(path, (1000, 1000))
    again = call("agreements", *names, "-n", "2", "--json")
    assert again.stdout == first.stdout and not again.stderr
    used = [path.stat().st_mtime > 1000 for path in (tmp_path / "cache" / "members").iterdir()]
    assert used == [True, True]
    assert call("agreements", *names, "-n", "2", "--json", "--fresh").stdout == first.stdout


@pytest.mark.slow
def test_two_processes_at_once_say_the_same(file: Path, tmp_path: Path) -> None:
    """Both begin with nothing kept; whichever is first keeps what the next one finds."""
    command = [sys.executable, "-m", "bedspace.cli", "appraise", str(file), "-n", "3", "--json"]
    both = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    told = [process.communicate(timeout=300) for process in both]
    assert [process.returncode for process in both] == [0, 0], told
    assert told[0][0] == told[1][0] == call("appraise", file, "-n", "3", "--json").stdout
    assert not list((tmp_path / "cache").rglob(".*"))

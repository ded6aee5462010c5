"""bedspace report: the ending of a file, or an option, says what is written."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import bedspace as bs
from bedspace import scenario
from bedspace.cli.app import app
from tests.cli.bad_files import GOOD

FIRST = {"html": b"<!doctype html>", "csv": b"id,title,value", "parquet": b"PAR1", "pdf": b"%PDF-",
         "xlsx": b"PK", "zip": b"PK"}  # fmt: skip
"""What a file of each kind begins with."""


def call(*args: object) -> Result:
    return CliRunner().invoke(app, [str(a) for a in args])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A comparison of two members."""
    base = tmp_path_factory.mktemp("reported")
    file = base / "tiny.yaml"
    file.write_text(GOOD, encoding="utf-8")
    made = call("compare", f"{file}#baseline", file, "--out", base / "both", "-n", 2, "--json")
    assert made.exit_code == 0, made.stderr
    return base / "both"


@pytest.mark.parametrize("kind", list(FIRST))
def test_the_ending_says_what_is_written(folder: Path, tmp_path: Path, kind: str) -> None:
    if kind == "pdf":
        pytest.importorskip("typst", reason="typst, of the extra report, is missing")
    if kind in ("xlsx", "zip"):
        pytest.importorskip("openpyxl", reason="openpyxl, of the extra tables, is missing")
    out = tmp_path / "sub" / f"lease.{kind.upper()}"
    made = call("report", folder, "--out", out)
    assert (made.exit_code, made.stdout) == (0, f"{out}\n"), made.stderr
    assert out.read_bytes().startswith(FIRST[kind])
    assert [p.name for p in out.parent.iterdir()] == [out.name]
    again = bs.report(bs.open(folder), tmp_path / f"again.{kind}")
    assert again.read_bytes() == out.read_bytes()


def test_a_page_has_the_sources_and_the_commands_of_its_run(tmp_path: Path) -> None:
    """Of a user's file too that has the name of a shipped one, in a variant of the user's own."""
    file = tmp_path / "two-hundred-places.yaml"
    shipped = Path(scenario.__file__).parent / "library" / file.name
    text = shipped.read_text(encoding="utf-8")
    file.write_text(text.replace("variants:\n", "variants:\n  mine: {title: My own}\n", 1))
    made = call("compare", f"{file}#baseline", f"{file}#mine", "--out", tmp_path / "r", "-n", 2)
    assert made.exit_code == 0, made.stderr
    page = tmp_path / "page.html"
    assert call("report", tmp_path / "r", "--out", page).exit_code == 0
    told = page.read_text(encoding="utf-8")
    assert "bedspace compare" in told and "scenario/scenario.json" in told and "numpy" in told


def test_several_files_at_once(folder: Path, tmp_path: Path) -> None:
    """Nothing is written that was not asked for: no report.html beside them."""
    pytest.importorskip("typst", reason="typst, of the extra report, is missing")
    pytest.importorskip("openpyxl", reason="openpyxl, of the extra tables, is missing")
    files = [tmp_path / name for name in ("a.csv", "b", "c.data", "d")]
    options = zip(("--out", "--pdf", "--xlsx", "--zip"), files, strict=True)
    made = call("report", folder, *(word for pair in options for word in pair))
    assert made.exit_code == 0, made.stderr
    assert made.stdout.splitlines() == [str(file) for file in files]
    assert sorted(tmp_path.iterdir()) == sorted(files)
    assert files[1].read_bytes().startswith(b"%PDF-")


def test_the_zip_of_a_file_of_ones_own_can_be_made_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It holds the scenarios, and its own command runs on them and gives the same figures."""
    pytest.importorskip("openpyxl", reason="openpyxl, of the extra tables, is missing")
    out = tmp_path / "lease.zip"
    assert call("report", folder, "--zip", out).exit_code == 0
    with zipfile.ZipFile(out) as archive:
        archive.extractall(tmp_path / "there")
    monkeypatch.chdir(tmp_path / "there")
    assert "The scenario files are in the ZIP" in Path("README.md").read_text(encoding="utf-8")
    lines = Path("again.sh").read_text(encoding="utf-8").splitlines()
    (compare,) = (line.split()[1:] for line in lines if line.startswith("bedspace compare"))
    assert call(*compare).exit_code == 0
    assert call("report", "run", "--out", "again.csv").exit_code == 0
    assert Path("again.csv").read_bytes() == Path("figures.csv").read_bytes()


def test_a_single_run_has_a_pdf(folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("typst", reason="typst, of the extra report, is missing")
    out = tmp_path / "run.pdf"
    made = call("report", folder / "scenario", "--out", out, "--layout", "impact-statement")
    assert made.exit_code == 0, made.stderr
    assert out.read_bytes().startswith(b"%PDF-")


def test_what_cannot_be_written_is_said_in_a_line(folder: Path, tmp_path: Path) -> None:
    for words, said in (
        (("--out", tmp_path / "lease"), "does not say by its ending what to write"),
        (("--out", tmp_path / "a.html", "--layout", "brief"), "--layout is for a PDF"),
        (("--pdf", tmp_path / "a.pdf", "--layout", "poster"), "there are brief, impact-statement"),
    ):
        made = call("report", folder, *words)
        assert (made.exit_code, made.stdout) == (2, "")
        (line,) = made.stderr.splitlines()
        assert said in line
    assert list(tmp_path.iterdir()) == []

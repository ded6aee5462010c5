"""The command line as a process of its own: streams, exit statuses, and no traceback."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.bad_files import TEXTS

SRC = Path(__file__).resolve().parents[2] / "src"


def bedspace(*args: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bedspace.cli", *args],
        cwd=cwd,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(SRC), "PYTHONIOENCODING": "utf-8", **env},
        check=False,
    )


def test_json_alone_on_stdout(tmp_path: Path) -> None:
    done = bedspace("list", "--json", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr == ""
    assert "cecot-offer" in [item["name"] for item in json.loads(done.stdout)]


@pytest.mark.parametrize("name", ["negative capacity", "stages in a cycle", "alias bomb"])
def test_a_bad_file_ends_with_2_and_writes_nothing(name: str, tmp_path: Path) -> None:
    text, says = TEXTS[name]
    (tmp_path / "bad.yaml").write_text(text, encoding="utf-8")
    done = bedspace("run", "bad.yaml", "--out", "out", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["bad.yaml"]


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    done = bedspace("run", "two-hundred-places", "--out", "file/out", "-n", "1", cwd=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_help_and_version_do_not_load_the_engine(tmp_path: Path) -> None:
    code = (
        "import sys; from bedspace.cli.app import app; "
        "heavy = {'numba', 'duckdb', 'numpy', 'vl_convert', 'pydantic'} & set(sys.modules); "
        "sys.exit(str(sorted(heavy)) if heavy else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(SRC)},
        check=False,
    )
    assert done.returncode == 0, done.stderr

"""--set on validate, run, compare and appraise."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bedspace.cli.app import app
from tests.cli.bad_files import GOOD


def call(*args: object) -> Result:
    return CliRunner().invoke(app, [str(a) for a in args])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "tiny.yaml"
    file.write_text(GOOD, encoding="utf-8")
    return file


PLACES = "agreements.lease.places"


def test_validate_checks_what_is_set(file: Path) -> None:
    assert call("validate", file, "--set", f"{PLACES}=5").exit_code == 0
    bad = call("validate", file, "--set", f"{PLACES}=-5", "--json")
    assert bad.exit_code == 2
    (problem,) = json.loads(bad.stdout)["problems"]
    assert problem["file"] == "--set" and "too small" in problem["what"]
    assert bad.stderr.startswith("--set:1:1: ")


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("agreements.lese.places=5", "did you mean 'lease'?"),
        (PLACES, f"--set {PLACES} has no value; write --set PATH=VALUE"),
    ],
)
def test_a_wrong_setting_is_one_line(file: Path, setting: str, said: str) -> None:
    for verb in (("validate", file), ("appraise", file)):
        result = call(*verb, "--set", setting)
        assert (result.exit_code, result.stdout) == (2, "")
        (line,) = result.stderr.splitlines()
        assert said in line


def test_run_keeps_what_was_set(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    made = call("run", file, "--out", out, "-n", 1, "--set", f"{PLACES} = 5", "--json")
    assert made.exit_code == 0, made.stderr
    assert json.loads(made.stdout)["scenario"] == f"tiny ({PLACES} = 5)"
    kept = json.loads((out / "scenario.json").read_text())
    assert kept["agreements"]["lease"]["places"]["value"] == "5"
    again = call("run", file, "--out", out, "-n", 1, "--set", f"{PLACES}=6", "--resume")
    assert again.exit_code == 2 and "another scenario" in again.stderr


def test_compare_sets_both_sides_where_they_have_the_path(file: Path, tmp_path: Path) -> None:
    set_ = ("--set", f"{PLACES}=5", "--set", "homeland.facilities.north.places=120")
    out = tmp_path / "out"
    made = call("compare", f"{file}#baseline", file, "--out", out, "-n", 1, *set_)
    assert made.exit_code == 0, made.stderr
    for side in ("baseline", "scenario"):
        kept = json.loads((out / side / "scenario.json").read_text())
        places = kept["systems"]["homeland"]["facilities"]["north"]["places"]
        assert places["value"] == "120"
        assert (side == "scenario") == ("lease" in kept.get("agreements", {}))


def test_appraise_is_not_found_again_for_another_setting(file: Path) -> None:
    def places(*set_: str) -> object:
        made = call("appraise", file, "-n", 1, "--json", *set_)
        assert made.exit_code == 0, made.stderr
        return json.loads(made.stdout)["figures"]["lease.corridor.places-agreed"]["value"]

    assert places() != places("--set", f"{PLACES}=5") == 5


def test_what_is_run_already_cannot_be_set(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert call("compare", f"{file}#baseline", file, "--out", out, "-n", 1).exit_code == 0
    refused = call("appraise", out, "--set", f"{PLACES}=5")
    assert refused.exit_code == 2 and "is run already" in refused.stderr

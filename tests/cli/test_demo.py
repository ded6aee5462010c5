"""The demo: once through, and a second time from the runs it left."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bedspace.cli import demo
from bedspace.cli.app import app
from bedspace.scenario import load


def call(*args: object) -> Result:
    return CliRunner().invoke(app, [str(a) for a in args])


def test_a_key_names_everything_the_bytes_depend_on() -> None:
    scn = load("two-hundred-places")
    key = demo.key((scn,), 20, 1)
    assert key == demo.key((load("two-hundred-places"),), 20, 1)
    others = {
        demo.key((scn,), 21, 1),
        demo.key((scn,), 20, 2),
        demo.key((scn, scn), 20, 1),
        demo.key((load("two-hundred-places#baseline"),), 20, 1),
    }
    assert key not in others
    assert len(others) == 4


@pytest.mark.slow
def test_the_demo_answers_and_uses_its_runs_again(tmp_path: Path) -> None:
    out = tmp_path / "demo"
    made = call("demo", "--out", out, "-n", 2)
    assert made.exit_code == 0, made.stderr
    assert max(len(x) for x in made.stdout.splitlines() if str(out) not in x) <= 100
    assert made.stdout.count("\n") <= 60
    for words in (
        "Does holding people in El Salvador save the United States money?",
        "Nobody without a further",
        "Barred on every route:",
        "Citizens.",
        "At $54.79 a day for each person held",
        "5,948",
        "25,468",
        "1.25 m²",
        "only Salvadorans, as if all consent",
        "the grant of 2025",
        "The variants also assume us-treaty-transfer/consent",
        "From 2 simulated futures only",
        "us-bop-designation/foreign-facility (unsettled)",
        str(out / "report.html"),
    ):
        assert words in made.stdout or words in " ".join(made.stdout.split()), words
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "us-treaty-transfer/consent" in page
    runs = sorted(p.name for p in (out / "runs").iterdir())
    assert len(runs) == 4

    again = call("demo", "--out", out, "-n", 2)
    assert again.stderr.count("used again") == 4
    assert again.stdout == made.stdout
    assert (out / "report.html").read_text(encoding="utf-8") == page
    assert sorted(p.name for p in (out / "runs").iterdir()) == runs

    told = json.loads(call("demo", "--out", out, "-n", 2, "--json").stdout)
    assert len(told["appraisals"]) == 4

    part = next((out / "runs").glob("grant-*/tables/population/*.parquet"))
    part.write_bytes(b"altered")
    broken = call("demo", "--out", out, "-n", 2)
    assert broken.exit_code == 2
    assert "has been altered" in broken.stderr


@pytest.mark.slow
def test_the_first_members_of_a_run_are_a_run_of_fewer(tmp_path: Path) -> None:
    from bedspace import ensemble

    scn = load("two-hundred-places#baseline")
    many = ensemble.run(scn, 12, 1, 1, tmp_path / "many")
    few = ensemble.run(scn, 10, 1, 1, tmp_path / "few")
    query = "select member, day, facility, people from population order by all"
    first = demo.first(many, 10)
    assert first.members == 10
    assert first.sql(query).fetchall() == few.sql(query).fetchall()
    assert demo.first(many, 11).members == 12
    assert replace(first, manifest=many.manifest) == many
    shutil.rmtree(tmp_path)

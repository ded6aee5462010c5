"""bedspace explain: any figure with its formula, numbers, sources, quotations and stamps."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import bedspace as bs
from bedspace.cli.app import app
from tests.cli.bad_files import GOOD

ASSUMED = """\
    routes: [us-removal, bespoke-lease-treaty]
    assume: [{gate: us-removal/release, reason: as if}]
    fee:
"""
FEE = "      - {per_use: 40 EUR / day}\n"
QUOTED = """\
      - per_use:
          value: 40 EUR / day
          low: 30 EUR / day
          high: 60 EUR / day
          source: paper
          grade: official
          quote: forty a day
          disputed_by: [{value: 50 EUR / day, source: press}]
"""
COUNTED = "  counted: {title: A count, publisher: Homeland}\n"
SOURCES = """\
  paper: {title: The lease, publisher: The ministry, address: "https://example.org/lease"}
  press: {title: A newspaper, publisher: The press}
"""
TEXT = GOOD.replace("    fee:\n", ASSUMED).replace(FEE, QUOTED).replace(COUNTED, COUNTED + SOURCES)


def call(*args: object) -> Result:
    return CliRunner().invoke(app, [str(a) for a in args])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("explain")
    file = where / "tiny.yaml"
    file.write_text(TEXT, encoding="utf-8")
    out = where / "out"
    assert call("compare", f"{file}#baseline", file, "--out", out, "-n", "3").exit_code == 0
    return out


def test_a_figure_down_to_the_quotation(folder: Path) -> None:
    result = call("explain", folder, "lease.fee.paid")
    assert result.exit_code == 0, result.output
    text = result.stdout
    for words in (
        "Total paid over the simulated years: ",
        "= the sum of the invoice",
        "agreements.lease.fee.0.per_use: 40 EUR / day (30 to 60), official [1]",
        '"forty a day"',
        "others give 50 EUR / day: A newspaper",
        "counted in the simulation: end-of-day counts of people in the places of lease",
        "[1] The lease, https://example.org/lease",
        "assumed power us-removal/release: as if",
        "  assumed power: us-removal/release",
    ):
        assert words in re.sub(r"\s*\n[\s│]*", " ", text) or words in text, words


def test_json_has_the_same_tree(folder: Path) -> None:
    made = json.loads(call("explain", folder, "lease.fee.paid", "--json").stdout)
    assert made["id"] == "lease.fee.paid" and made["kind"] == "figure"
    fee = next(n for n in made["rests_on"] if n["id"] == "agreements.lease.fee.0.per_use")
    assert fee["quote"] == "forty a day" and fee["source"] == "The lease"
    assert (fee["low"], fee["high"], fee["grade"]) == (30, 60, "official")
    assert fee["disputed_by"] == ["50 EUR / day: A newspaper"]
    assert made["appraisal"]["members"] == 3


def test_without_a_figure_all_are_listed(folder: Path) -> None:
    made = bs.open(folder)
    assert not isinstance(made, bs.verbs.Run)
    found = bs.appraise(made)
    text = call("explain", folder).stdout
    assert [line for line in text.splitlines() if line in found.figures] == list(found.figures)
    assert "assumed power: us-removal/release" in text
    listed = json.loads(call("explain", folder, "--json").stdout)["figures"]
    assert [one["id"] for one in listed] == list(found.figures)
    assert all(one["title"] and one["formula"] for one in listed)


def test_a_wrong_id_is_one_line_that_names_the_right_one(folder: Path) -> None:
    result = call("explain", folder, "fee.paid")
    assert result.exit_code == 2 and not result.stdout
    assert "did you mean lease.fee.paid" in result.stderr and result.stderr.count("\n") == 1


def test_a_scenario_is_run_first(folder: Path) -> None:
    file = folder.parent / "tiny.yaml"
    told = call("explain", file, "lease.fee.paid", "-n", "3", "--json")
    assert told.exit_code == 0, told.output
    kept = json.loads(call("explain", folder, "lease.fee.paid", "--json").stdout)
    assert json.loads(told.stdout) == kept

"""The verbs, called in this process: what they print where, and how they end."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bedspace import __version__
from bedspace.cli.app import app
from bedspace.cli.shelf import shelf
from bedspace.scenario import load, names
from tests.cli.bad_files import GOOD, TEXTS


def call(*args: object) -> Result:
    return CliRunner().invoke(app, [str(a) for a in args])


@pytest.fixture
def good(tmp_path: Path) -> Path:
    file = tmp_path / "good.yaml"
    file.write_text(GOOD, encoding="utf-8")
    return file


def refused(result: Result) -> list[str]:
    """Lines on stderr of a verb that refused its input, and said nothing else."""
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    return result.stderr.splitlines()


def test_version() -> None:
    assert call("--version").stdout == f"bedspace {__version__}\n"


def test_list_names_every_shipped_scenario_and_variant() -> None:
    told = json.loads(call("list", "--json").stdout)
    assert [item["name"] for item in told] == names()
    for item in told:
        scn = load(item["name"])
        assert item["title"] == scn.title
        assert item["variants"] == {k: v.title or k for k, v in scn.variants.items()}
    text = call("list").stdout
    assert all(item["name"] in text and item["title"] in text for item in told)


def test_the_shelf_takes_variants_from_what_a_file_extends() -> None:
    (offer,) = shelf(["cecot-offer"])
    (below,) = shelf(["el-salvador"])
    assert set(below.variants) < set(offer.variants)


def test_validate_a_good_file(good: Path) -> None:
    result = call("validate", good)
    assert result.exit_code == 0
    assert result.stdout.startswith("ok: A tiny system")
    told = json.loads(call("validate", good, "--json").stdout)
    assert told["ok"] is True
    assert told["counts"]["systems"] == 2
    assert told["counts"]["drawn"] == 1


@pytest.mark.parametrize("name", TEXTS)
def test_bad_input_has_one_clear_message(name: str, tmp_path: Path) -> None:
    text, says = TEXTS[name]
    file = tmp_path / "bad.yaml"
    file.write_text(text, encoding="utf-8")
    lines = refused(call("validate", file))
    assert all(line.startswith(f"{file}:") for line in lines)
    assert says in lines[0]
    assert len(lines) == 1
    out = tmp_path / "out"
    assert refused(call("run", file, "--out", out)) == lines
    assert refused(call("compare", file, f"{file}#baseline", "--out", out)) == lines
    assert refused(call("evidence", file)) == lines
    assert sorted(tmp_path.iterdir()) == [file]


def test_bad_input_as_json(tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text(GOOD.replace("places: 15", "places: 1 d"), encoding="utf-8")
    result = call("validate", file, "--json")
    assert result.exit_code == 2
    told = json.loads(result.stdout)
    assert told["ok"] is False
    assert [p["line"] for p in told["problems"]] == [34]
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["validate", "missing.yaml"], "cannot be read"),
        (["validate", "cecot-ofer"], "did you mean 'cecot-offer'"),
        (["run", "cecot-offer#grunt", "--out", "OUT"], "did you mean 'grant'"),
        (["sql", "nothing-there", "select 1"], "holds no finished run"),
        (["report", "nothing-there"], "holds no finished run"),
        (["appraise", "."], "holds no finished run"),
        (["appraise", "cecot-offer", "--baseline", "bass"], "no variant 'bass'"),
        (["run", "two-hundred-places", "--out", "OUT", "--replicates", "0"], "replicates is 0"),
        (["run", "two-hundred-places", "--out", "OUT", "--seed", "-1"], "seed is -1"),
        (["run", "two-hundred-places", "--out", "OUT", "--workers", "0"], "workers is 0"),
    ],
)
def test_what_a_user_can_mend_is_said_in_a_line(
    args: list[str], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (line,) = refused(call(*args))
    assert words in line
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "args", [["run"], ["nonsense"], ["run", "two-hundred-places"], ["list", "--frobnicate"]]
)
def test_wrong_options_end_with_2(args: list[str]) -> None:
    result = call(*args)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Usage" in result.stderr


def test_help_names_every_verb() -> None:
    text = call("--help").stdout
    for verb in ("demo", "list", "validate", "evidence", "schema", "run", "compare", "appraise",
                 "report", "sql"):  # fmt: skip
        assert f"  {verb} " in text
        assert call(verb, "--help").exit_code == 0


def test_schema_is_the_languages() -> None:
    from bedspace.scenario import json_schema

    assert json.loads(call("schema").stdout) == json_schema()


def test_evidence_tells_every_number(good: Path) -> None:
    told = json.loads(call("evidence", good, "--json").stdout)
    by_path = {e["path"]: e for e in told["entries"]}
    assert by_path["homeland.groups.ordinary.stock"]["source_id"] == "counted"
    assert by_path["homeland.costs.marginal"]["low"] == 0.1
    assert told["grades"] == {"assumption": len(by_path) - 1, "official": 1}
    text = call("evidence", good, "--all").stdout
    assert "homeland.groups.ordinary.stock = 90  [official, counted]" in text
    assert "homeland.costs.marginal = 25 % (10 % to 60 %)  [assumption" in text
    assert "counted: A count (Homeland)" in text


def test_evidence_tells_who_disagrees() -> None:
    text = call("evidence", "cecot-offer").stdout
    assert "disputed by: 40000 (report-a)" in text


def test_control_characters_do_not_reach_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "loud.yaml"
    file.write_text(
        GOOD.replace("title: A tiny", 'title: "\\e[31mA tiny').replace(
            "rents a few places\n", 'rents a few places"\n', 1
        ),
        encoding="utf-8",
    )
    result = call("validate", file)
    assert "\x1b" not in result.stdout + result.stderr

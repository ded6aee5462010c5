"""Every verb takes a path as it stands: a folder's name is no pattern, no column and no variant."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bedspace import scenario
from bedspace.cli.app import app
from tests.cli.bad_files import GOOD

COUNT = "select count(*) as n from scenario_population"
SHORT = GOOD.replace("end: 2025-04-01", "end: 2025-02-10").replace(
    "until: 2025-04-01", "until: 2025-02-10"
)


def call(*args: object) -> Result:
    return CliRunner().invoke(app, [str(a) for a in args])


def right(*args: object) -> str:
    result = call(*args)
    assert result.exit_code == 0, (args, result.stderr)
    return result.stdout


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file and its comparison of two members under names of no danger."""
    base = tmp_path_factory.mktemp("made")
    (base / "mine.yaml").write_text(SHORT, encoding="utf-8")
    right("compare", f"{base}/mine.yaml#baseline", base / "mine.yaml", "--out", base / "r", "-n", 2)
    return base


FIGURE = "lease.saving.average.total"
READING = (
    ["sql", "{}", COUNT, "--json"],
    ["invoice", "{}", "--json"],
    ["explain", "{}", FIGURE],
    ["appraise", "{}", "--json"],
)


@pytest.fixture(scope="module")
def plain(made: Path) -> list[str]:
    """What each verb prints of the folder of no danger."""
    return told(made / "r", made / "page.html")


def told(folder: Path, page: Path) -> list[str]:
    right("report", folder, "--out", page)
    printed = [right(*(str(folder) if w == "{}" else w for w in words)) for words in READING]
    return [*printed, page.read_text(encoding="utf-8")]


@pytest.mark.parametrize("name", ["agreement=lease", "a[1]", "d#x", "new\nline"])
def test_verbs_that_read_results(made: Path, plain: list[str], tmp_path: Path, name: str) -> None:
    """Everything printed is the same wherever the folder lies."""
    folder = tmp_path / name / "r"
    shutil.copytree(made / "r", folder)
    assert told(folder, tmp_path / name / "page.html") == plain


@pytest.mark.parametrize("name", ["member=3", "a[1]", "d#x", "~", "it's", "100%", "a\\*b"])
def test_verbs_that_write_results(made: Path, tmp_path: Path, name: str) -> None:
    """A scenario's file in such a folder, with a variant behind it, into such a folder again."""
    base = tmp_path / name
    base.mkdir()
    file = base / "mine.yaml"
    shutil.copy(made / "mine.yaml", file)
    asked = (f"{file}#baseline", file, "--out", base / "r", "-n", 2, "--json")
    told = json.loads(right("compare", *asked))
    assert told["baseline"]["variant"] == "baseline"
    assert told["scenario"]["variant"] is None
    assert right("sql", base / "r", COUNT, "--json") == right("sql", made / "r", COUNT, "--json")
    assert json.loads(right("compare", *asked, "--resume")) == told
    assert sorted(p.name for p in base.iterdir()) == ["mine.yaml", "r"]


@pytest.mark.parametrize(
    ("asked", "name", "variant"),
    [
        ("d#x/mine.yaml", "d#x/mine.yaml", None),
        ("d#x/mine.yaml#more", "d#x/mine.yaml", "more"),
        ("d#x/mine#y.yaml", "d#x/mine#y.yaml", None),
        ("a#b.yaml#more", "a#b.yaml", "more"),
        ("cecot-offer#grant", "cecot-offer", "grant"),
        ("cecot-offer", "cecot-offer", None),
    ],
)
def test_a_variant_stands_behind_the_last_sign(asked: str, name: str, variant: str | None) -> None:
    """No such file is there: what the text says decides."""
    assert scenario.split_variant(asked) == (name, variant)


def test_a_folder_named_like_a_scenario_hides_no_variant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "two-hundred-places#baseline").mkdir()
    monkeypatch.chdir(tmp_path)
    assert scenario.load("two-hundred-places#baseline").variant == "baseline"


def test_the_command_that_makes_a_run_anew_can_be_pasted(made: Path, tmp_path: Path) -> None:
    folder = tmp_path / "my runs" / "r"
    shutil.copytree(made / "r", folder)
    manifest = folder / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_bytes()) | {"format": 0}))
    found = call("sql", folder, COUNT)
    assert found.exit_code == 2
    assert f"'{folder}/baseline/scenario.json'" in found.stderr

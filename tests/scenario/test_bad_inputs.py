"""Bad input, each mistake with its one clear message at its place."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bedspace.engine import check
from bedspace.exceptions import ScenarioError
from bedspace.scenario import load
from bedspace.scenario.reading.nodes import read
from bedspace.scenario.values.bounds import MOST_DAYS
from tests.scenario.files import GOOD, HERE, problems, written

NO_YAML = yaml.safe_load((HERE / "bad_yaml.yaml").read_text(encoding="utf-8"))
CASES = yaml.safe_load((HERE / "bad_inputs.yaml").read_text(encoding="utf-8"))


def test_the_unchanged_file_is_good(tmp_path: Path) -> None:
    assert problems(tmp_path, GOOD) == []


@pytest.mark.parametrize("case", CASES, ids=[case["case"][0] for case in CASES])
def test_one_mistake_one_message(case: dict[str, Any], tmp_path: Path) -> None:
    assert case["change"] in GOOD
    found = problems(tmp_path, GOOD.replace(case["change"], case["to"], 1))
    said = [(f"{p.line}:{p.column}", f"{p.what}; {p.mend}") for p in found]
    assert said == [(case["case"][1], case["says"])]
    assert {p.file for p in found} == {str(tmp_path / "x.yaml")}


@pytest.mark.parametrize("case", NO_YAML, ids=[case["case"] for case in NO_YAML])
def test_what_is_no_yaml_is_told_where_it_went_wrong(case: dict[str, str]) -> None:
    _, found = read(case["text"].encode(), "x")
    assert [f"{p.line}:{p.column}: {p.what}; {p.mend}" for p in found] == [case["says"]] * bool(
        case["says"]
    )


def test_the_longest_run_is_the_engines() -> None:
    assert check.MOST_DAYS == MOST_DAYS


def test_the_message_is_file_line_column_what_mend(tmp_path: Path) -> None:
    name = written(tmp_path, GOOD.replace("selection: 35 %", "selection: 35"))
    with pytest.raises(ScenarioError) as caught:
        load(name)
    assert str(caught.value) == f"{name}:55:16: 35 is too large; it cannot be above 100 %"


def test_everything_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = GOOD
    for old, new in [
        ("start: 2025-01-01", "start: 2025-13-01"),
        ("        admissions: 40 / day", "        admisions: 40 / day"),
        ("{mean: 60 d, sigma", "{mean: 60, sigma"),
        ("released: 30 %}", "released: 20 %}"),
        ("      south: {places", "      south: {places: 1}\n      south: {places"),
        ("facility: far", "facility: fra"),
        ("[agreements.lease]", "[agreements.leese]"),
    ]:
        assert text.count(old) == 1
        text = text.replace(old, new)
    found = problems(tmp_path, text)
    assert [p.line for p in found] == [3, 12, 22, 22, 39, 50, 65]
    words = [
        "does not exist",
        "admisions",
        "is needed",
        "sum to 90 %",
        "here twice",
        "'fra'",
        "leese",
    ]
    assert all(word in p.what for word, p in zip(words, found, strict=True))


def test_an_alias_bomb_is_refused_unexpanded(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 12)]
    found = problems(tmp_path, "\n".join(lines))
    assert [p.what for p in found] == ["&a0 is a YAML anchor"]


def test_after_twenty_faults_of_form_it_stops(tmp_path: Path) -> None:
    *told, last = problems(tmp_path, "\n".join(f"a{i}: !!str x" for i in range(30)))
    assert {p.what for p in told} == {"!!str is a YAML tag"}
    assert len(told) == 20
    assert last.what == "more than 20 faults stand before this"


@pytest.mark.parametrize(
    ("data", "at", "words"),
    [
        (b"a: 1\n" * 250_000, "1:1", "more than the 1 MiB"),
        (b"bedspace: 1\ntitle: caf\xe9\n", "2:11", "0xe9 is not UTF-8"),
        (GOOD.encode("utf-16"), "1:1", "is not UTF-8"),
        (b"", "1:1", "the file is empty"),
        (b"# nothing\n", "1:1", "the file is empty"),
        (b"- a\n- b\n", "1:1", "not a map of keys"),
        (b"just words\n", "1:1", "not a map of keys"),
        (b"a: " + b"[" * 5000, "1:44", "nesting is deeper"),
        (
            b"bedspace: 1\ntitle: a\x00b\n",
            "2:9",
            "U+0000 stands here, a character that YAML does not",
        ),
    ],
)
def test_files_that_cannot_be_read(data: bytes, at: str, words: str, tmp_path: Path) -> None:
    (found,) = problems(tmp_path, data)
    assert f"{found.line}:{found.column}" == at
    assert words in found.what


def test_messages_stay_on_one_bearable_line(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, GOOD.replace("reach: inside", f'reach: "a\\nb{"x" * 9000}"'))
    assert "\n" not in str(found)
    assert len(found.what) <= 240


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("cecot-ofer", "did you mean 'cecot-offer'?"),
        ("missing.yaml", "the file cannot be read: no such file"),
        (".yaml", "the file cannot be read"),
    ],
)
def test_names_that_are_not_there(name: str, words: str) -> None:
    with pytest.raises(ScenarioError, match=None) as caught:
        load(name)
    assert words in str(caught.value)


def test_a_variant_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="there is no variant 'basline'; did you mean 'base"):
        load(written(tmp_path, GOOD) + "#basline")

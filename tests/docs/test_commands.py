"""Every command on a page is one that the program takes, and every verb and option is on a page."""

import re
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

import bedspace
from bedspace.cli.app import app
from bedspace.scenario import load, names
from tests.docs.pages import PAGES, README, ROOT, commands, inline, name, text

GROUP: Any = get_command(app)


def parsed(words: list[str]) -> dict[str, Any]:
    """What the program reads from a command; fails as the program would."""
    verb = GROUP.commands[words[0]]
    params: dict[str, Any] = verb.make_context(words[0], list(words[1:])).params
    return params


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_command_is_taken(page: Path) -> None:
    for words in commands(page, "bedspace"):
        if words[0] in GROUP.commands and len(words) == 1:
            continue  # the verb's name, told of and not typed
        parsed(words)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_shipped_scenarios_and_variants_on_the_page_exist(page: Path) -> None:
    shipped = set(names())
    for words in commands(page, "bedspace"):
        for word in words[1:]:
            if word.partition("#")[0] in shipped:
                load(word)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_make_targets_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", text(ROOT / "Makefile"), re.MULTILINE))
    assert {"demo", "test"} <= targets
    for words in commands(page, "make"):
        assert words[0] in targets


def test_every_verb_is_documented() -> None:
    table = [code.split()[1] for code in inline(README) if code.startswith("bedspace ")]
    assert set(GROUP.commands) - set(table) == set()


def test_every_option_is_documented() -> None:
    page = text(README) + text(ROOT / "docs/reading.md")
    options = {
        option
        for thing in (GROUP, *GROUP.commands.values())
        for param in thing.params
        for option in param.opts
        if option.startswith("--")
    }
    assert len(options) > 5
    assert {
        option for option in options if f"`{option}" not in page and f" {option}" not in page
    } == set()


def test_every_function_of_the_public_face_is_documented() -> None:
    page = text(README)
    face = [verb for verb in bedspace.__all__ if not verb.startswith("_")]
    assert [verb for verb in face if f"bs.{verb}(" not in page] == []


def test_a_command_that_is_not_taken_fails() -> None:
    with pytest.raises(KeyError):
        parsed(["calibrate", "x"])
    with pytest.raises(Exception, match="No such option"):
        parsed(["run", "el-salvador", "--out", "x", "--membres", "3"])

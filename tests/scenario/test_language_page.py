"""docs/language.md knows every key of the language, and its example is a scenario."""

import re
from pathlib import Path

import pytest

from bedspace import compile as compiler
from bedspace.scenario import load
from bedspace.scenario.model import (
    agreements,
    costs,
    custody,
    estate,
    fees,
    hearings,
    renewals,
    scenario,
    series,
    stays,
)
from bedspace.scenario.reading.faults import keys
from bedspace.scenario.values import typed
from bedspace.scenario.values.quantities import parse
from tests.scenario.files import written

PAGE = (Path(__file__).parents[2] / "docs" / "language.md").read_text(encoding="utf-8")
MODELS = sorted(
    {
        thing
        for module in (
            scenario,
            estate,
            fees,
            hearings,
            renewals,
            series,
            stays,
            costs,
            custody,
            agreements,
            typed,
        )
        for thing in vars(module).values()
        if isinstance(thing, type) and issubclass(thing, typed.Part) and thing is not typed.Part
    },
    key=lambda thing: thing.__name__,
)


def section(name: str) -> str:
    """The part of the page about one model: `FeePart` is headed "Fee part"."""
    heading = re.sub(r"(?<=[a-z])([A-Z])", lambda found: " " + found[1].lower(), name)
    found = re.search(rf"^### {heading}$(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found, f"docs/language.md has no heading '### {heading}'"
    return found[1]


@pytest.mark.parametrize("part", MODELS, ids=lambda part: part.__name__)
def test_every_key_is_on_the_page(part: type[typed.Part]) -> None:
    rows = re.findall(r"^\| `([^`]+)` \| (.+) \| (.+) \|$", section(part.__name__), re.MULTILINE)
    assert [row[0] for row in rows] == keys(part)
    for _, _, meaning in rows:
        assert len(meaning) > 8


EXAMPLE, *MORE = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


def test_the_example_loads(tmp_path: Path) -> None:
    name = written(tmp_path, EXAMPLE)
    assert load(name).variant is None
    assert load(f"{name}#more").agreements["lease"].places.value == 500


@pytest.mark.parametrize("text", MORE)
def test_what_differs_from_the_example_loads_and_can_be_run(text: str, tmp_path: Path) -> None:
    written(tmp_path, EXAMPLE, "example.yaml")
    assert compiler.plan(load(written(tmp_path, text)))


def test_the_numbers_on_the_page_read() -> None:
    table = PAGE.split("| kind | example | base unit |")[1].split("\n\n")[0]
    examples = [text for row in table.splitlines()[2:] for text in re.findall(r"`([^`]+)`", row)]
    assert len(examples) > 15
    for text in examples:
        parse(text)

"""docs/law.md says of routes, gates and standards what the data say."""

import re
import runpy
from dataclasses import replace
from importlib import resources

import yaml

from bedspace.rules import law, standards
from tests.docs.pages import ROOT, blocks, text

PAGE = ROOT / "docs" / "law.md"
ROUTES = ROOT / "docs" / "law-routes.md"


def test_every_gate_of_every_route_is_on_the_page_that_is_written_from_the_data() -> None:
    """To mend it: python scripts/write_law_routes.py."""
    script = runpy.run_path(str(ROOT / "scripts" / "write_law_routes.py"))
    assert text(ROUTES) == script["page"]()
    for route in law.routes().values():
        for citation in route.citations:
            assert citation in text(ROUTES)


def test_every_route_is_in_the_table() -> None:
    table = text(PAGE).partition("\n## The routes")[2].partition("**Shared by routes.**")[0]
    rows = re.findall(r"^\| (`.+?) \|", table, re.MULTILINE)
    assert sorted(re.findall(r"`([\w-]+)`", " ".join(rows))) == sorted(law.routes())


def test_every_question_is_in_the_table() -> None:
    table = text(PAGE).partition("\n## Questions a gate may ask")[2].partition("\nIn a scenario")[0]
    told = set(re.findall(r"`([\w.: -]+)`", table))
    assert set(law.QUESTIONS) - told == set()
    examples = {word.partition(".")[0] for word in told if "." in word}
    assert set(law.FAMILIES) - examples <= {"receiver"}


def test_every_word_that_a_gate_asks_of_a_group_is_on_the_page() -> None:
    texts = [one for gate in law.gates(law.routes()).values() for one in gate.texts]
    asked = {name for one in texts for case in one.cases for name in case.when}
    words = {name.partition(".")[2] for name in asked if name.startswith("group.")}
    told = text(PAGE).partition("\nIn a scenario they are")[2].partition("\n## For lawyers")[0]
    assert {word for word in words if f"`{word}`" not in told} == set()


def test_every_standard_is_on_the_page() -> None:
    table = text(PAGE).partition("\n## Standards")[2]
    told = re.findall(r"^\| `([\w.-]+)` \|", table, re.MULTILINE)
    assert sorted(told) == sorted(standard.id for standard in standards.standards())


def test_the_gate_shown_is_the_gate_in_the_data() -> None:
    (shown,) = yaml.safe_load(blocks(PAGE, "yaml")[0])
    file = resources.files("bedspace.rules.law") / "data" / "routes" / "us-treaty-transfer.yaml"
    gates = yaml.safe_load(file.read_text(encoding="utf-8"))["gates"]
    assert shown in gates


def test_the_case_shown_is_one_of_the_tests() -> None:
    (shown,) = law.cases(blocks(PAGE, "yaml")[1], "page")
    file = ROOT / "tests" / "rules" / "cases" / "us-treaty-transfer.yaml"
    kept = [replace(case, where="page:1:3") for case in law.cases(text(file), "kept")]
    assert shown in kept
    assert law.differences(shown) == ()

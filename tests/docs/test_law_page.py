"""docs/law.md says of routes, gates and standards what the data say."""

import re
from importlib import resources

import yaml

from bedspace.rules import law, standards
from tests.docs.pages import ROOT, blocks, text

PAGE = ROOT / "docs" / "law.md"


def gates_on_the_page() -> dict[str, list[str]]:
    """Route -> ids in the first column of its table."""
    found = re.findall(r"^### `([\w-]+)`: (.*?)(?=^##)", text(PAGE), re.MULTILINE | re.DOTALL)
    return {route: re.findall(r"^\| `([\w-]+)` \|", part, re.MULTILINE) for route, part in found}


def test_every_route_and_gate_is_on_the_page_in_order() -> None:
    wanted = {
        name: [gate.id.rpartition("/")[2] for gate in route.gates]
        for name, route in law.routes().items()
    }
    assert gates_on_the_page() == wanted


def test_every_standard_is_on_the_page() -> None:
    table = text(PAGE).partition("\n## Standards")[2]
    told = re.findall(r"^\| `([\w.-]+)` \|", table, re.MULTILINE)
    assert sorted(told) == sorted(standard.id for standard in standards.standards())


def test_the_gate_shown_is_the_gate_in_the_data() -> None:
    ((shown,),) = (yaml.safe_load(block) for block in blocks(PAGE, "yaml"))
    file = resources.files("bedspace.rules.law") / "data" / "routes" / "us-treaty-transfer.yaml"
    gates = yaml.safe_load(file.read_text(encoding="utf-8"))["gates"]
    assert shown in gates

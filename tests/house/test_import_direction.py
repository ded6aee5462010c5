"""Rooms import only the rooms before them."""

import pytest

from tests.house.repository import ROOT
from tests.house.rooms import module_name, violations

SRC = ROOT / "src"


def test_rooms_import_only_rooms_before_them() -> None:
    files = sorted((SRC / "bedspace").rglob("*.py"))
    assert files
    found = []
    for path in files:
        module, is_package = module_name(path, SRC)
        found += violations(path.read_text(encoding="utf-8"), module, is_package)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("bedspace.engine.kernel", "import bedspace.rules"),
        ("bedspace.engine.kernel", "from bedspace.scenario import load"),
        ("bedspace.engine.kernel", "from ..scenario import load"),
        ("bedspace.engine.kernel", "from .. import scenario"),
        ("bedspace.rules.fees", "from bedspace.engine import plan"),
        ("bedspace.rules.law.gates", "from ...engine.plan import Plan"),
        ("bedspace.compile", "def late():\n    from bedspace import ensemble"),
        ("bedspace.results.reader", "from bedspace.ensemble import members"),
        ("bedspace.reporting.html", "import numpy, bedspace.cli"),
        ("bedspace.ensemble.members", "from bedspace import *"),
        ("bedspace.ensemble.members", "import bedspace"),
        ("bedspace.cellar.wine", "import os"),
        ("bedspace.appraisal.fee.paid", "from bedspace.appraisal.sender import costs"),
        ("bedspace.appraisal.members.use", "from bedspace.appraisal import contents"),
        ("bedspace.appraisal.members.use", "from ..fee.terms import schedule_of"),
        ("bedspace.appraisal.parties.corridor", "import bedspace.appraisal.uncertainty.sobol"),
        ("bedspace.appraisal.sender.costs", "from bedspace.appraisal import Figure"),
        ("bedspace.appraisal.cellar.wine", "from bedspace.appraisal.figures import making"),
        ("bedspace.scenario.values.typed", "from bedspace.scenario.reading.faults import advise"),
        ("bedspace.rules.reading", "from bedspace.rules import fees"),
    ],
)
def test_checker_sees_a_violation(module: str, source: str) -> None:
    assert len(violations(source, module)) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("bedspace", "from bedspace.cli import main"),
        ("bedspace.engine.kernel", "from bedspace.exceptions import BedspaceError\nimport numpy"),
        ("bedspace.engine.kernel", "from .plan import Plan\nfrom . import plan"),
        ("bedspace.compile", "from bedspace import engine, rules, scenario"),
        ("bedspace.results.writer", "from bedspace import __version__"),
        ("bedspace.ensemble.members", "from ..results import writer"),
        ("bedspace.cli", "from bedspace.reporting import html"),
        ("bedspace.engine.kernel", "from bedspacer.scenario import load"),
        ("bedspace.appraisal", "from bedspace.appraisal.contents import appraise"),
        ("bedspace.appraisal.sender.costs", "from bedspace.appraisal.sender import avoided"),
        ("bedspace.appraisal.sender.costs", "from bedspace.appraisal.fee import payments"),
        ("bedspace.rules.fees.parts", "from bedspace.rules import reading"),
    ],
)
def test_checker_passes_what_is_allowed(module: str, source: str) -> None:
    assert violations(source, module) == []


def test_a_package_resolves_its_own_relative_imports() -> None:
    assert violations("from .plan import Plan", "bedspace.engine", is_package=True) == []
    assert violations("from ..rules import law", "bedspace.engine", is_package=True) != []

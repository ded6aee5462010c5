"""Links between pages lead somewhere, and pictures are there, small and described."""

import re
from pathlib import Path

import pytest

from tests.docs.pages import PAGES, README, anchors, name, prose

LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_within_the_project_resolve(page: Path) -> None:
    broken = []
    for _, _, target in LINK.findall(prose(page)):
        if target.startswith("https://"):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        if not file.exists() or (anchor and anchor not in anchors(file)):
            broken.append(target)
    assert not broken


def test_the_page_links_to_every_other() -> None:
    linked = {(README.parent / target).resolve() for _, _, target in LINK.findall(prose(README))}
    assert {p.resolve() for p in PAGES} - linked == {README.resolve()}


def test_pictures_are_described_and_small() -> None:
    found = [(alt, target) for mark, alt, target in LINK.findall(prose(README)) if mark]
    assert found
    for alt, target in found:
        assert len(alt) > 100
        assert (README.parent / target).stat().st_size < 200_000


def test_anchors_are_those_of_a_forge(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# What it `can't` do, yet\n\n## Evidence\n\n## Evidence\n", encoding="utf-8")
    assert anchors(page) == {"what-it-cant-do-yet", "evidence", "evidence-1"}

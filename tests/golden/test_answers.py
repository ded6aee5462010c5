"""No shipped answer changes unseen: each is held against the file that a reviewer has read."""

import pytest

from tests.golden.answers import FILE, lines, names

WRITTEN = {
    block.splitlines()[0].removeprefix("## ").partition(",")[0]: block.splitlines()[1:]
    for block in FILE.read_text(encoding="utf-8").split("\n\n")[1:]
}


def test_every_scenario_and_variant_is_in_the_file() -> None:
    assert list(WRITTEN) == names()


@pytest.mark.slow
@pytest.mark.parametrize("name", names())
def test_answers_are_those_of_the_file(name: str) -> None:
    assert lines(name)[1:] == WRITTEN[name], "explain it in CHANGELOG.md, then write the file anew"

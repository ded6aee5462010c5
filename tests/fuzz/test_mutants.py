"""Whatever is written in a file, it is refused in lines or answered in finite numbers.

The short form stands in `make test`; the long one, thousands of other mutants, in `make prove`.
"""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from tests.fuzz import mutating
from tests.fuzz.holding import answered, base_of, read

BASES = mutating.bases()
SMALL = ["tiny", "good", "two-hundred-places", *(n for n in BASES if n.startswith("example"))]
"""Files whose mutants are run and appraised too: those that take a second or two."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a mutant is written, beside the file that the page's examples extend."""
    (tmp_path / "example.yaml").write_text(BASES["example"], encoding="utf-8")
    return tmp_path


def read_all(folder: Path, numbers: range) -> None:
    """Each number makes two mutants: one of a text, one of a tree."""
    for number in numbers:
        rng = random.Random(number)
        text = BASES[rng.choice(list(BASES))]
        read(folder, mutating.spoiled(rng, text))
        read(folder, mutating.text_of(mutating.changed(rng, mutating.tree_of(text))))


def answer_all(folder: Path, numbers: range) -> int:
    """How many of the mutants are read and answered; one in eight with its page."""
    count = 0
    for number in numbers:
        rng = random.Random(number)
        tree = mutating.shrunk(mutating.tree_of(BASES[rng.choice(SMALL)]))
        scn = read(folder, mutating.text_of(mutating.changed(rng, tree, gently=True)))
        if scn is not None:
            shutil.rmtree(folder / "out", ignore_errors=True)
            done = answered(scn, base_of(folder, scn), folder, page=number % 8 == 0)
            count += done == "answered"
    return count


@pytest.mark.slow
def test_some_mutants_are_read_or_refused(folder: Path) -> None:
    read_all(folder, range(60))


@pytest.mark.slow
def test_some_mutants_are_answered(folder: Path) -> None:
    assert answer_all(folder, range(6)) >= 1


@pytest.mark.prove
@pytest.mark.parametrize("block", range(20))
def test_mutants_are_read_or_refused_at_length(block: int, folder: Path) -> None:
    read_all(folder, range(1000 + 500 * block, 1500 + 500 * block))


@pytest.mark.prove
@pytest.mark.parametrize("block", range(20))
def test_mutants_are_answered_at_length(block: int, folder: Path) -> None:
    assert answer_all(folder, range(1000 + 100 * block, 1100 + 100 * block)) > 0


@pytest.mark.parametrize("change", ["deleted", "spoiled"])
def test_a_mutant_is_made_again_by_its_number(change: str) -> None:
    def made() -> str:
        rng = random.Random(7)
        if change == "spoiled":
            return mutating.spoiled(rng, BASES["good"])
        return mutating.text_of(mutating.changed(rng, mutating.tree_of(BASES["good"])))

    assert made() == made() != BASES["good"]

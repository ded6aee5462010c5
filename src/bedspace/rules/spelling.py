"""What a misspelt name was meant to be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from itertools import islice

ALIKE = 0.6
"""How much of two words has to agree for one to be the other misspelt (difflib's ratio)."""

_SEARCHED = 500
"""Names among which the nearest is looked for: a message must not take seconds to write."""


def alike(word: str, names: Iterable[str], most: int) -> list[str]:
    """Up to so many of the names that are spelt nearly like a word, the nearest first."""
    return get_close_matches(word, list(names), most, ALIKE)


def nearest(word: str, names: Iterable[str]) -> str | None:
    """The name that a word was probably meant to be, looked for in the first 500."""
    found = alike(word, islice(names, _SEARCHED), 1)
    return found[0] if found else None


def meant(word: str, names: Sequence[str]) -> str:
    """How to mend a wrong name: the nearest of the right ones, or all of them."""
    near = nearest(word, names)
    return f"did you mean {near!r}?" if near else f"there are {', '.join(names)}"

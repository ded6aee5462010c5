"""Characters that look like a space, or like nothing: copied from a page or a table, and told by
name where they are in the way."""

from __future__ import annotations

import re
import unicodedata

_NAMES = {
    "\t": "a tab",
    "\u00a0": "a non-breaking space",
    "\u00ad": "a soft hyphen",
    "\u202f": "a narrow non-breaking space",
    "\ufeff": "a byte order mark",
}
_SPACES = re.compile(" {2,}")


def unusual(text: str) -> str | None:
    """The first such character of a text, in words: "a non-breaking space (U+00A0)"."""
    for mark in text:
        if mark in _NAMES or (not mark.isprintable() and mark not in " \n"):
            return named(mark)
    return None


def named(mark: str) -> str:
    """A character in words, with its number in Unicode."""
    number = f"U+{ord(mark):04X}"
    known = _NAMES.get(mark) or unicodedata.name(mark, "").lower()
    if not known:
        return f"the character {number}"
    return f"{known if known[:2] == 'a ' else f'the character {known}'} ({number})"


def single_spaced(text: str) -> str:
    """A text without blanks at its ends and with one space where there are several."""
    return _SPACES.sub(" ", text.strip())

"""Text as the fonts of the paper can set it."""

from __future__ import annotations

import re
from typing import Any
from unicodedata import category, normalize

MISSING = "□"
"""Stands where the fonts have no letter."""

_SET = (
    (0x0020, 0x007E), (0x00A0, 0x024F), (0x02B0, 0x036F), (0x0370, 0x03FF), (0x0400, 0x04FF),
    (0x1E00, 0x1FFF), (0x2010, 0x2027), (0x2030, 0x2040), (0x2070, 0x209F), (0x20A0, 0x20BF),
    (0x2100, 0x211E), (0x2190, 0x22FF), (0x25A0, 0x25FF),
)  # fmt: skip
"""Latin, Greek, Cyrillic and their signs: what the typesetter's own fonts have, and what may stand
in a PDF/UA file, which refuses a letter without a shape. Scripts that are shaped or written from
the right are left out: the fonts have few of their letters."""

_NEGATIVE = re.compile(r"(?<![\w.,)\]-])-(?=\d)")


def fitted(given: Any) -> Any:
    """Maps, lists and texts, every text as it can be set: one line each, no control characters,
    and `MISSING` for letters that no font has."""
    if isinstance(given, str):
        return plain(given)
    if isinstance(given, dict):
        return {key: fitted(value) for key, value in given.items()}
    if isinstance(given, list | tuple):
        return [fitted(value) for value in given]
    return given


def plain(text: str) -> str:
    """A text as it can be set."""
    found = []
    for c in normalize("NFC", text):
        if c in "\n\t\r\v\f\u2028\u2029":
            found.append(" ")
        elif category(c) not in ("Cc", "Cf", "Cs", "Cn", "Co"):
            found.append(c if any(a <= ord(c) <= b for a, b in _SET) else MISSING)
    return "".join(found)


def signed(text: str) -> str:
    """A minus sign before numbers below nought, where a hyphen stood."""
    return _NEGATIVE.sub("−", text)

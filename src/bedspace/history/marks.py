"""What the notes of a table say of its symbols and of the marks of its footnotes."""

from __future__ import annotations

import re

from bedspace.history.layout import Layout
from bedspace.history.said import Said

_ZERO = re.compile(r"^(nil|zero|none|no (persons|people|prisoners|cases))\b", re.IGNORECASE)
_SAYS = r"(?:=|:|means|denotes|indicates|signifies|stands for)"
_SYMBOL = r"\.\.\.|\.\.|-{1,3}|[–—^~/:*#†‡]{1,2}|\[\w{1,2}\]|\([a-z\d]\)"
_DOTS = "..."


def same(mark: str) -> str:
    """A mark in one spelling: an ellipsis is three dots, letters are small."""
    return mark.strip().replace("…", _DOTS).lower()


def explained(layout: Layout, told: Said) -> dict[str, str]:
    """What each mark means, by the user or by the notes above and below the table."""
    found: dict[str, str] = {}
    notes = (line for _, line in (*layout.below, *layout.above))
    for line in (piece for note in notes for piece in re.split(r" \| |;", note)):
        text = " ".join(line.replace("…", _DOTS).split())
        letter = re.match(r"^([a-z])/\s*(\S.*)$", text)
        starts = re.match(rf"^({_SYMBOL})\s*(?:[=:]\s*)?([A-Za-z].*)$", text)
        if letter:
            found.setdefault(letter[1], letter[2])
        elif starts and (len(starts[1]) > 1 or starts[1] not in "-–—" or len(text.split()) <= 6):
            found.setdefault(starts[1].lower(), starts[2])
        symbol = rf"(?:^|[\s\"'“‘(;,])({_SYMBOL}|[a-z])[\"'”’)]?\s*{_SAYS}\s*(\S.*)"
        for mark, means in re.findall(symbol, text):
            found.setdefault(mark.lower(), means.strip())
        numbered = re.match(r"^[(\[]?(?:note )?(\d{1,2})[)\].:]?\s+([A-Z].*)$", text)
        if numbered:
            found.setdefault(numbered[1], numbered[2])
    for text in told.missing:
        found[same(text)] = "missing, as told"
    for text in told.marks:
        mark, _, means = text.partition("=")
        found[same(mark)] = means or "a mark, as told"
    return found


def means_nought(text: str) -> bool:
    """Whether an explanation says that a symbol stands for nought."""
    return bool(_ZERO.match(text.strip()))


def parts(mark: str) -> list[str]:
    """The marks in one: "/a,b" is a and b, "¹" is 1."""
    plain = mark.strip().translate(str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰", "1234567890"))
    if plain and set(plain) <= set("*†‡§"):
        return [plain]
    inner = re.sub(r"^[/\[(]|[\])]$", "", plain)
    inner = re.sub(r"^note ", "", inner, flags=re.IGNORECASE)
    return [same(part) for part in inner.split(",") if part.strip()]

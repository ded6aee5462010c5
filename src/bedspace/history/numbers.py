"""What a cell of counts says: a number, nothing, or a bound, with the mark of a footnote.

Separators are never guessed from one cell: "1.234" is 1,234 in Bern and 1.234 in Boston. The
cells of the whole table say which is meant (`convention`), or the user does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from bedspace.history.files import Cell, is_blank, text_of

NOTHING = frozenset({"na", "n/a", "n.a.", "nan", "null", "none", "#n/a", "missing", "unknown"})
"""Words for what is missing that mean nothing else."""

_WRITTEN = "^ - -- --- – — … ... .. . / ~ : * ** # † ‡ ? x z c s n p u"
SYMBOLS = frozenset(_WRITTEN.split())
"""Symbols that stand in for a number and mean what the table's notes say."""

_SPACES = "\u00a0\u2007\u2009\u202f'\u2019 "
_BRACKETED = re.compile(r"^[\[(](note )?[a-z]{1,2}\d?[\])]$", re.IGNORECASE)
_MARK = re.compile(
    r"(?P<number>.*\d)\s?(?P<mark>/[a-z](,[a-z])*|[*†‡§]+|[¹²³⁴⁵⁶⁷⁸⁹⁰]+|\[[^\]]{1,8}\]|\([a-z\d]{1,2}\)|[a-z])$",
    re.IGNORECASE,
)
_BOUND = re.compile(
    r"^(?P<sign><=?|≤|>=?|≥|under|fewer than|less than)\s*(?P<number>\d[\d.,\s]*)$", re.I
)
_SIGNED = re.compile(r"^(?P<sign>[-\u2212\u2013+]?)(?P<rest>\d.*|\.\d+)$")
_GROUPED = {
    ",": re.compile(r"^\d{1,3}(,\d{3})+$"),
    ".": re.compile(r"^\d{1,3}(\.\d{3})+$"),
    " ": re.compile(rf"^\d{{1,3}}([{_SPACES}]\d{{3}})+$"),
}
_ONE_GROUP = re.compile(r"^[1-9]\d{0,2}([.,])\d{3}$")


class Kind(Enum):
    """What a cell says."""

    NUMBER = "number"
    BLANK = "blank"
    MISSING = "missing"
    """A word that means nothing but missing, such as NA."""
    SYMBOL = "symbol"
    """A symbol that somebody has to explain."""
    BOUND = "bound"
    """`<10`: a number known to lie below (or above) another."""
    TEXT = "text"


@dataclass(frozen=True)
class Value:
    """What a cell says: `number` where it is one; `low` and `high` where it is a bound."""

    kind: Kind
    number: float | None = None
    mark: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Convention:
    """Which separator stands between thousands and which before decimals."""

    thousands: str = ","
    decimal: str = "."


def convention(cells: Iterable[Cell]) -> tuple[Convention | None, set[str]]:
    """What the cells of a table prove about its separators.

    Returns the convention, None where nothing proves one, and the separators ("," or ".") of
    numbers such as "1.234" that could be read both ways.
    """
    proof: set[str] = set()
    unclear: set[str] = set()
    for cell in cells:
        if not isinstance(cell, str):
            continue
        text = _bare(cell)
        both = re.sub(r"[^.,]", "", text)
        if not both:
            continue
        if "," in both and "." in both:
            thousands = both[0]
            last = "." if thousands == "," else ","
            if both.count(last) == 1 and both.endswith(last):
                proof.add(thousands)
        elif len(both) > 1:
            if _GROUPED[both[0]].match(text):
                proof.add(both[0])
        elif _ONE_GROUP.match(text):
            unclear.add(both)
        elif re.match(r"^\d*[.,]\d+$", text):
            proof.add("," if both == "." else ".")
    if len(proof) == 1:
        thousands = proof.pop()
        return Convention(thousands, "." if thousands == "," else ","), unclear
    return None, unclear


def _bare(cell: str) -> str:
    """The digits and separators of a number, without sign, mark and percent sign."""
    text = cell.strip().rstrip("%").strip()
    marked = _MARK.match(text)
    text = marked["number"] if marked else text
    signed = _SIGNED.match(text)
    text = signed["rest"] if signed else text
    return text if re.match(r"^[\d.,]+$", text) else ""


def value(cell: Cell, told: Convention) -> Value:
    """What a cell says under a convention of separators."""
    if is_blank(cell):
        return Value(Kind.BLANK)
    if isinstance(cell, bool | date):
        return Value(Kind.TEXT)
    if isinstance(cell, int | float):
        return Value(Kind.NUMBER, float(cell)) if abs(cell) < 1e300 else Value(Kind.TEXT)
    text = text_of(cell).strip()
    if text.lower() in NOTHING:
        return Value(Kind.MISSING)
    if text.lower() in SYMBOLS or _BRACKETED.match(text):
        return Value(Kind.SYMBOL, mark=text)
    bound = _BOUND.match(text)
    if bound:
        edge = number(bound["number"].strip(), told)
        if edge is not None:
            return _bounded(bound["sign"].lower(), edge)
    found = number(text, told)
    if found is not None:
        return Value(Kind.NUMBER, found)
    marked = _MARK.match(text)
    if marked:
        found = number(marked["number"].strip(), told)
        if found is not None:
            return Value(Kind.NUMBER, found, marked["mark"])
    return Value(Kind.TEXT)


def _bounded(sign: str, edge: float) -> Value:
    if sign in (">", ">=", "≥"):
        return Value(Kind.BOUND, low=edge + 1 if sign == ">" else edge)
    least = edge if sign in ("<=", "≤") else max(edge - 1, 0)
    return Value(Kind.BOUND, low=0.0, high=least)


def number(text: str, told: Convention) -> float | None:
    """The number that text is under a convention, None if it is none."""
    signed = _SIGNED.match(text)
    if not signed:
        return None
    rest = signed["rest"]
    whole, point, part = rest.partition(told.decimal)
    exponent = ""
    scientific = re.match(r"^(\d+)([eE][+-]?\d{1,3})$", part if point else whole)
    if scientific:
        if point:
            part, exponent = scientific[1], scientific[2]
        else:
            whole, exponent = scientific[1], scientific[2]
    if point and not part.isdecimal():
        return None
    if not whole.isdecimal():
        grouped = [t for t, form in _GROUPED.items() if form.match(whole)]
        known = any(t in (told.thousands, " ") for t in grouped)
        if not known and not (whole == "" and point):
            return None
        whole = re.sub(r"\D", "", whole)
    if not (whole + part).isascii():
        return None
    sign = -1.0 if signed["sign"] in ("-", "\u2212", "\u2013") else 1.0
    return sign * float(f"{whole or '0'}.{part or '0'}{exponent}")

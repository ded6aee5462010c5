"""What a text that is no YAML was probably meant to be: the parser says where it gave up, this says
what the user did and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from bedspace.scenario.reading.trees import Mark
from bedspace.scenario.values.characters import named, unusual

Mistake = tuple[Mark, str, str]
"""Where it is, what is wrong, how to mend it."""

_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What YAML 1.1 allows nowhere."""

_KEY = re.compile(r"\s*(?:- +)?[\w.-]+:(?=\s|$)")
_BLANK = re.compile("^[ -]*([^\\S ]|[\ufeff\u200b-\u200f\u2060])|[:-]([^\\S ])")
_QUOTES = "write a quotation mark inside the text twice, or use the other kind"


def forbidden(text: str, file: str) -> Mistake:
    """The first character of a text that YAML allows nowhere."""
    found = _FORBIDDEN.search(text)
    at = found.start() if found else 0
    line = text.count("\n", 0, at) + 1
    column = at - (text.rfind("\n", 0, at) + 1) + 1
    sign = named(text[at]) if found else "a character"
    what = f"{sign} stands here, a character that YAML does not allow"
    return Mark(file, line, column), what, "take it out"


def told(text: str, file: str, error: yaml.MarkedYAMLError) -> Mistake:
    """The likeliest mistake behind what the parser says of a text."""
    return _Text(text, file, error).told()


class _Text:
    """A text, where the parser began what it was reading, and where it gave up."""

    def __init__(self, text: str, file: str, error: yaml.MarkedYAMLError) -> None:
        # The parser's lines end where YAML's do.
        self.lines = re.split("\r\n|[\r\n\x85\u2028\u2029]", text)
        self.text, self.file = text, file
        self.says = error.problem or error.context or ""
        stop = error.problem_mark or error.context_mark
        began = error.context_mark or stop
        self.row, self.column = (stop.line, stop.column) if stop else (0, 0)
        self.first = (began.line, began.column) if began else (0, 0)

    def at(self, row: int, column: int, what: str, mend: str) -> Mistake:
        """A mistake at a place, counted from nought."""
        return Mark(self.file, row + 1, column + 1), what, mend

    def here(self, what: str, mend: str) -> Mistake:
        """A mistake where the parser gave up."""
        return self.at(self.row, self.column, what, mend)

    @property
    def line(self) -> str:
        """The line in which the parser gave up."""
        return self.lines[self.row] if self.row < len(self.lines) else ""

    @property
    def mark(self) -> str:
        """The character at which the parser gave up."""
        return self.line[self.column : self.column + 1]

    def told(self) -> Mistake:
        """The first reading that fits."""
        guesses = (self.blank, self.quote, self.colon, self.bracket, self.start, self.indent)
        found = next((one for guess in guesses if (one := guess()) is not None), None)
        return found or self.here(
            f"this is not YAML: {self.says}", "check indentation, quotes and brackets"
        )

    def blank(self) -> Mistake | None:
        """A tab before a line's text, or a space that is none there or behind a colon."""
        for row in range(self.row, max(min(self.first[0], self.row - 1), 0) - 1, -1):
            line = self.lines[row] if row < len(self.lines) else ""
            for found in _BLANK.finditer(line):
                column = found.end() - 1
                if line[column] != "\t":
                    what = f"{unusual(line[column])} stands here"
                    return self.at(row, column, what, "write a plain space, or none")
                if not line[:column].strip() or (row, column) == (self.row, self.column):
                    return self.at(row, column, "a tab stands here", "write spaces instead of it")
        return None

    def quote(self) -> Mistake | None:
        """A quotation mark that is not closed, or closed where it should not be."""
        if "end of stream" in self.says:
            what = f"the quotation mark {self.opening()} that opens here is never closed"
            return self.at(*self.first, what, "close it where the text ends")
        if "escape" in self.says:
            what = "a backslash in double quotation marks begins an escape that is not known"
            return self.here(what, r"write \\ for a backslash, or use single quotation marks")
        last: Any = None
        for event in self.events():
            if isinstance(event, yaml.ScalarEvent):
                last = event
        if last is None or last.style not in ("'", '"') or last.end_mark.line != self.row:
            return None
        start, end = last.start_mark, last.end_mark
        after = self.line[end.column : self.column]
        if after.strip() or self.mark in ("", "}", "]") or (self.mark == ":" and not after):
            return None
        where = f"line {end.line + 1}, column {end.column}, before more text"
        what = f"the quotation mark {last.style} that opens here is closed in {where}"
        mend = f"close it where the text ends; {_QUOTES}"
        if after and start.line == end.line and "expected ',' or" in self.says:
            mend = f"put a comma behind it, or close it where the text ends; {_QUOTES}"
        return self.at(start.line, start.column, what, mend)

    def opening(self) -> str:
        """The character where the parser began."""
        return self.lines[self.first[0]][self.first[1] : self.first[1] + 1]

    def events(self) -> Iterator[Any]:
        """What the parser read before it gave up."""
        try:
            yield from yaml.parse(self.text, Loader=yaml.CSafeLoader)
        except yaml.YAMLError:
            return

    def colon(self) -> Mistake | None:
        """A colon inside a text, behind no space, or missing."""
        before = self.line[: self.column]
        if self.mark == ":" and ": " in before:
            what = "a colon and a space stand inside a text"
            return self.here(what, "put the whole text in quotation marks")
        expected = "could not find expected ':'" in self.says
        row = self.first[0] if expected else self.row - 1
        joined = re.match(r"\s*(?:- +)?([\w.-]+):\S", self.lines[row]) if row >= 0 else None
        if joined and (expected or "mapping values" in self.says):
            what = f"no space stands behind the colon of {joined[1]!r}"
            return self.at(row, joined.end() - 1, what, "write key: value, with a space")
        if expected:
            return self.at(*self.first, "this is no key: no colon is behind it", "write key: value")
        return None

    def bracket(self) -> Mistake | None:
        """A bracket that is not closed, or closes nothing."""
        listing = "expected ',' or" in self.says
        closes = self.mark != "" and self.mark in "}]"
        if closes and not listing:
            what = f"the bracket {self.mark} closes nothing that is open here"
            return self.here(what, "take it out, or open it before")
        if not listing:
            return None
        what = f"the bracket {self.opening()} that opens here is not closed before "
        if closes:
            what += f"the {self.mark} in line {self.row + 1}, column {self.column + 1}"
            return self.at(*self.first, what, "close it")
        if self.row > self.first[0] and (not self.line.strip() or _KEY.match(self.line)):
            return self.at(*self.first, f"{what}line {self.row + 1}", "close it")
        return self.here("a comma is missing before this", "write a comma between two of a list")

    def start(self) -> Mistake | None:
        """A text that begins with a character of YAML's own."""
        sign = self.mark if "cannot start" in self.says else ""
        row, column = self.row, self.column
        if "comment or line break" in self.says or "alphabetic or numeric" in self.says:
            (row, column), sign = self.first, self.opening()
        if not sign:
            return None
        return self.at(row, column, f"a text cannot begin with {sign}", "put it in quotation marks")

    def indent(self) -> Mistake | None:
        """A line that begins in a column where nothing can go on."""
        begins = len(self.line) - len(self.line.lstrip(" "))
        if "mapping values" in self.says:
            what = "the line above has its value already, and this one is indented as part of it"
            return self.at(
                self.row, begins, what, "begin both in the same column, or give one value"
            )
        if "expected key" in self.says or "'-' indicator" in self.says:
            what = "this line begins in another column than those it belongs to"
            return self.at(
                self.row, begins, what, "indent what belongs together by the same spaces"
            )
        return None

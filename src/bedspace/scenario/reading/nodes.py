"""From bytes to a tree of texts. YAML is read as events, so nothing is guessed, executed or
expanded: NO stays "NO", 12:30 stays "12:30", and an alias is refused before it can multiply."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from bedspace.exceptions import Problem
from bedspace.scenario.reading import mistakes
from bedspace.scenario.reading.trees import Branch, Leaf, Mark, Node, Row
from bedspace.scenario.values.characters import named, unusual

LIMIT = 1 << 20
"""Largest file that is read, in bytes."""

DEPTH = 40
"""Deepest nesting that is read; the language itself needs about 12."""


_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff]")
"""What an escape may write and no text needs; blanks and line ends are none of them."""

MOST_PROBLEMS = 20
"""Faults of form that are told of one file."""


class Unreadable(Exception):
    """The file cannot be read on; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


def read(data: bytes, file: str) -> tuple[Branch, list[Problem]]:
    """The tree of one file, and what is wrong with its form. `file` is the name in messages.

    Of a doubled key the first is kept, so that the rest can be checked too. The tree is empty
    when the file cannot be read, or when an alias or merge key leaves open what it says.
    """
    problems: list[Problem] = []
    try:
        tree = _read(data, file, problems)
    except Unreadable as stop:
        problems.append(stop.problem)
        tree = Branch({}, Mark(file, 1, 1))
    return tree, problems


def _read(data: bytes, file: str, problems: list[Problem]) -> Branch:
    top = Mark(file, 1, 1)
    if len(data) > LIMIT:
        raise _stop(
            top,
            f"the file has {len(data):,} bytes, more than the 1 MiB that is read",
            "split it with extends",
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        raise _stop(
            Mark(file, before.count(b"\n") + 1, column),
            f"the byte {data[error.start]:#04x} is not UTF-8 text",
            "save the file as UTF-8",
        ) from None
    try:
        builder = _Builder(yaml.parse(text, Loader=yaml.CSafeLoader), file, problems)
        tree = builder.document()
    except yaml.MarkedYAMLError as error:
        raise _stop(*mistakes.told(text, file, error)) from None
    except yaml.YAMLError:
        raise _stop(*mistakes.forbidden(text, file)) from None
    if tree is None:
        raise _stop(top, "the file is empty", "begin with bedspace: 1 and a title")
    if not isinstance(tree, Branch):
        raise _stop(
            tree.mark, "the file is not a map of keys", "begin with bedspace: 1 and a title"
        )
    return Branch({}, top) if builder.open else tree


def _mark(mark: Any, file: str) -> Mark:
    return Mark(file, mark.line + 1, mark.column + 1) if mark else Mark(file, 1, 1)


def problem(mark: Mark, what: str, mend: str) -> Problem:
    """A Problem at a place in a file, its words kept to one line of bearable length."""
    return Problem(mark.file, mark.line, mark.column, _short(what), _short(mend))


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 240 else f"{line[:237]}..."


def _stop(mark: Mark, what: str, mend: str) -> Unreadable:
    return Unreadable(problem(mark, what, mend))


class _Builder:
    """Turns parser events into a tree, one document deep."""

    def __init__(self, events: Iterator[Any], file: str, problems: list[Problem]) -> None:
        self.events = events
        self.file = file
        self.problems = problems
        self.open = False  # whether something was refused that the rest may depend on
        self.shared = False  # whether an anchor or an alias was told

    def document(self) -> Node | None:
        """The first document, or None when there is none; a second one is refused."""
        tree: Node | None = None
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _stop(
                        self.place(event),
                        "a second document begins here",
                        "keep one scenario in a file and take the --- out",
                    )
                tree = self.node(next(self.events), 0)
        return tree

    def place(self, event: Any) -> Mark:
        """Where an event begins."""
        return _mark(event.start_mark, self.file)

    def node(self, event: Any, depth: int) -> Node | None:
        """The value that begins with `event`; None when it is refused."""
        mark = self.place(event)
        if isinstance(event, yaml.AliasEvent):
            self.say_shared(mark, f"*{event.anchor} is a YAML alias")
            self.open = True
            return None
        if depth > DEPTH:
            raise _stop(mark, f"the nesting is deeper than {DEPTH}", "flatten it")
        if event.anchor is not None:
            self.say_shared(mark, f"&{event.anchor} is a YAML anchor")
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.say(mark, f"{tag} is a YAML tag", "take it out")
        if isinstance(event, yaml.ScalarEvent):
            return self.leaf(event.value, mark)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.row(mark, depth)
        return self.branch(mark, depth)

    def leaf(self, text: str, mark: Mark) -> Leaf:
        """A scalar; what an escape may have put into it that no text holds is refused."""
        found = _CONTROL.search(text)
        if found is not None:
            self.say(mark, f"{named(found[0])} stands in the text", "take it out")
        return Leaf(_CONTROL.sub(" ", text), mark)

    def row(self, mark: Mark, depth: int) -> Row:
        """A list, to its end."""
        items = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            item = self.node(event, depth + 1)
            if item is not None:
                items.append(item)
        return Row(tuple(items), mark)

    def branch(self, mark: Mark, depth: int) -> Branch:
        """A map, to its end; of a doubled key the first stays."""
        items: dict[str, tuple[Mark, Node]] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self.node(event, depth + 1)
            value = self.node(next(self.events), depth + 1)
            if key is None or value is None:
                continue
            if not isinstance(key, Leaf):
                self.say(key.mark, "a key is a map or a list", "use a plain word as key")
            elif key.text == "<<":
                self.say(key.mark, "<< is a YAML merge key", "write the keys out, or use extends")
                self.open = True
            elif (odd := unusual(key.text)) is not None:
                shown = "".join(mark for mark in key.text.strip() if mark.isprintable())
                wrong = f"{odd} stands in the key {shown!r}"
                self.say(key.mark, wrong, "write plain spaces, or none")
            elif key.text in items:
                first = items[key.text][0]
                self.say(
                    key.mark,
                    f"{key.text!r} is here twice, first in line {first.line}",
                    "take one of them out",
                )
            else:
                items[key.text] = (key.mark, value)
        return Branch(items, mark)

    def say_shared(self, mark: Mark, what: str) -> None:
        """Note that values are shared, once for the file: a bomb of aliases is one mistake."""
        if not self.shared:
            self.say(mark, what, "write every value out, without anchors and aliases")
        self.shared = True

    def say(self, mark: Mark, what: str, mend: str) -> None:
        """Note a problem and go on; after too many of them, stop."""
        if len(self.problems) >= MOST_PROBLEMS:
            raise _stop(
                mark, f"more than {MOST_PROBLEMS} faults stand before this", "mend those first"
            )
        self.problems.append(problem(mark, what, mend))
